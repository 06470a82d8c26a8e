//! Who gets in and how: what the server tells of sessions, links and members' access. None of it is kept on a phone.

use super::Member;
use crate::{
    id::{MemberId, OrganisationId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Who a session signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The member's organisation.
    pub organisation: OrganisationId,
    /// The member.
    pub member: MemberId,
    /// The member's name.
    pub name: String,
}

/// A browser in which the member is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// Names it; gives no access.
    pub id: String,
    /// What the browser says of itself.
    pub agent: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to a quarter of an hour.
    pub seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// What a link lets its holder do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// Choose the first password.
    Invitation,
    /// Choose another password.
    Reset,
}

/// Whose link it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkHolder {
    /// The member's name.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The organisation's name.
    pub organisation: String,
    /// What the link is for.
    pub purpose: LinkPurpose,
}

/// A link as it is shown to the administrator, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedLink {
    /// The whole address.
    pub url: String,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// Whether and how a member gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Has no password and no link that works.
    NotInvited,
    /// Has a link to choose the first password.
    Invited {
        /// When the link stops working.
        until: Timestamp,
    },
    /// Has a password.
    Active {
        /// When the member was last here, as far as sessions that still last tell.
        seen_at: Option<Timestamp>,
    },
    /// May not sign in.
    Deactivated,
}

/// A member as administrators see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberLine {
    /// The member.
    pub member: Member,
    /// Whether and how the member gets in.
    pub standing: Standing,
}

/// A browser and what it runs on, in words: 'Safari on iPhone'.
pub fn describe_agent(agent: &str) -> String {
    // Each says the names of those before it, too.
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "Chromebook"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    // Chrome on an iPhone goes by another name.
    let browser = if agent.contains("CriOS") { Some("Chrome") } else { find(&BROWSERS) };
    match (browser, find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Safari/604.1",
                "Chrome on iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            ("curl/8.0", "Unknown browser"),
        ] {
            assert_eq!(describe_agent(agent), words);
        }
    }
}
