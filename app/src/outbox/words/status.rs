use crate::{
    sync::{
        client::{Connection, Health},
        warning::Warning,
    },
    time::{Timestamp, words},
};

/// How sync stands at `now`: in a few words, and in a sentence.
pub fn status_words(health: &Health, now: Timestamp) -> (String, String) {
    let waits = match health.unsent {
        0 => None,
        1 => Some("1 item waits on this phone".to_owned()),
        many => Some(format!("{many} items wait on this phone")),
    };
    let or = |calm: &str| waits.clone().unwrap_or_else(|| calm.to_owned());
    let last = health.synced_at.map_or_else(String::new, |at| format!(" Last exchanged {}.", words::ago(at, now)));
    match health.connection {
        Connection::Unknown => (or("Nothing waits"), "The server has not been asked yet.".to_owned()),
        Connection::Busy => (or("Looking for news"), "Exchanging with the server now.".to_owned()),
        Connection::UpToDate => (or("All sent"), last.trim().to_owned()),
        Connection::Offline => (or("No connection"), format!("It goes on by itself as soon as there is a connection.{last}")),
        Connection::Troubled => {
            (or("Nothing waits"), format!("The server does not answer as it should. Qdos tries again by itself.{last}"))
        }
        Connection::SignedOut => (or("Signed out"), "Your session has ended. Sign in again to send and receive.".to_owned()),
        Connection::Revoked => (
            or("Signed out for good"),
            "What you saved here goes to your administrators. Then everything of yours is removed from here.".to_owned(),
        ),
        Connection::AnotherMember => (or("Somebody else is signed in"), "Sign in as yourself to send and receive.".to_owned()),
    }
}

/// What may cost the person what the phone holds, and what to do about it.
pub fn warning_words(warning: &Warning, now: Timestamp) -> String {
    match warning {
        Warning::StorageFails => "This phone could not store something. Make room on it, then start Qdos again.".to_owned(),
        Warning::StorageNearlyFull(used) => format!("{:.0} % of the room for Qdos on this phone is used. Make room on it.", used * 100.0),
        Warning::NotPersisted => "This browser may clear what it stores when space runs short. Put Qdos on your home screen.".to_owned(),
        Warning::NotInstalled => "An iPhone clears what websites store after a week without use. Put Qdos on your home screen.".to_owned(),
        Warning::ClockOff(minutes) => {
            let direction = if *minutes > 0 { "ahead" } else { "behind" };
            format!("This phone’s clock is {} minutes {direction}. Set it to automatic, so that dates are right.", minutes.abs())
        }
        Warning::WaitsSince(since) => {
            format!("Something was saved {} and has not been sent. Connect to a network soon.", words::ago(*since, now))
        }
        Warning::Lost(1) => {
            "One item saved on this phone is gone from it and never reached the server. Tell your administrator.".to_owned()
        }
        Warning::Lost(count) => {
            format!("{count} items saved on this phone are gone from it and never reached the server. Tell your administrator.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    #[test]
    fn the_status_never_claims_more_than_is_known() {
        let status = |connection, unsent| status_words(&Health { connection, unsent, ..Health::default() }, NOW).0;
        assert_eq!(status(Connection::Unknown, 0), "Nothing waits");
        assert_eq!(status(Connection::Offline, 1), "1 item waits on this phone");
        assert_eq!(status(Connection::UpToDate, 0), "All sent");
        assert_eq!(status(Connection::SignedOut, 3), "3 items wait on this phone");
    }
}
