use super::{find, save};
use crate::{db::Writing, error::Error, score};
use app::{
    organisation::{Organisation, Settings},
    sync::Refusal,
    time::Timestamp,
};
use chrono::NaiveDate;
use chrono_tz::Tz;

/// A time zone by its IANA name.
///
/// # Errors
/// [`Refusal::Invalid`] about `time_zone`.
pub fn time_zone(name: &str) -> Result<Tz, Refusal> {
    name.trim().parse().map_err(|_| Refusal::invalid("time_zone", "choose a time zone such as Europe/Amsterdam"))
}

/// The organisation's time zone.
pub fn zone(organisation: &Organisation) -> Tz {
    // Checked when it was set; a zone that a later database dropped must not stop anything.
    time_zone(&organisation.time_zone).unwrap_or(Tz::UTC)
}

/// The calendar date of `now` in the organisation.
pub fn today(organisation: &Organisation, now: Timestamp) -> NaiveDate {
    now.to_utc().with_timezone(&zone(organisation)).date_naive()
}

/// Keeps what administrators may change of the organisation. A changed purpose is dated today.
///
/// # Errors
/// [`Refusal`] where it cannot be kept.
pub async fn save_settings(writing: &mut Writing, settings: Settings) -> Result<(), Error> {
    settings.check()?;
    let zone = time_zone(&settings.time_zone)?;
    let before = find(writing.tx.up_to_date().await?, writing.organisation).await?.ok_or_else(Error::not_found)?;
    let purpose = settings.purpose.trim().to_owned();
    let after = Organisation {
        name: settings.name.trim().to_owned(),
        time_zone: zone.name().to_owned(),
        purpose_dated: if purpose == before.purpose {
            before.purpose_dated
        } else {
            writing.now.to_utc().with_timezone(&zone).date_naive()
        },
        purpose,
        privacy_notice: settings.privacy_notice.trim().to_owned(),
        rules: settings.rules,
        ..before.clone()
    };
    if after.rules != before.rules {
        score::rules_changed(writing).await?;
    }
    save(writing, &after).await
}
