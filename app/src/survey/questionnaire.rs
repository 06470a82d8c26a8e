use super::{Invitation, InvitationState, PROMISES_ASKED_MAX};
use crate::{
    account::{Actor, Member},
    id::{ContactId, CustomerId, MemberId, PromiseId},
    meeting::MeetingFormat,
    organisation::{Organisation, Rules},
    promise::Promise,
    team::Team,
    text,
    time::Timestamp,
};
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

/// A promise that the customer is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedPromise {
    /// Which.
    pub id: PromiseId,
    /// What was promised.
    pub what: String,
    /// By when.
    pub due: NaiveDate,
}

/// What one survey asks and tells, decided before it is shown. A handed-over device shows this and holds nothing else in its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Questionnaire {
    /// Who asks.
    pub organisation: String,
    /// How answers are handled, in the organisation's words.
    pub privacy_notice: String,
    /// Who is rated.
    pub rep: String,
    /// Who else sees the answers: the rep's managers, by name.
    pub managers: Vec<String>,
    /// Fits the words; absent while the meeting is not known.
    #[serde(default)]
    pub format: Option<MeetingFormat>,
    /// Whether to ask about recommending the organisation.
    #[serde(default)]
    pub recommend: bool,
    /// Promises to ask about.
    #[serde(default)]
    pub promises: Vec<AskedPromise>,
}

impl Questionnaire {
    /// The questions that every customer of `rep` gets, also while the meeting is not known.
    pub fn generic<'a>(
        organisation: &Organisation,
        rep: &Member,
        members: impl IntoIterator<Item = &'a Member>,
        teams: impl IntoIterator<Item = &'a Team> + Clone,
    ) -> Self {
        Self {
            organisation: organisation.name.clone(),
            privacy_notice: organisation.privacy_notice.clone(),
            rep: rep.name.clone(),
            managers: managers_of(rep, members, teams).into_iter().map(|manager| manager.name.clone()).collect(),
            format: None,
            recommend: false,
            promises: Vec::new(),
        }
    }

    /// How many taps it takes at most: one for each question, one for being contacted, one to send.
    pub fn taps(&self) -> usize {
        super::Component::ALL.len() + usize::from(self.recommend) + self.promises.len() + 2
    }
}

/// The active managers of `rep`, by name: whoever sees the rep's ratings.
pub fn managers_of<'a>(
    rep: &Member,
    members: impl IntoIterator<Item = &'a Member>,
    teams: impl IntoIterator<Item = &'a Team> + Clone,
) -> Vec<&'a Member> {
    let manages = |member: &Member| member.active && Actor::new(member.clone(), teams.clone()).manages(rep);
    let mut managers: Vec<&Member> = members.into_iter().filter(|member| manages(member)).collect();
    managers.sort_by_cached_key(|manager| (text::alphabetical(&manager.name), manager.id));
    managers
}

/// Whether `contact` is asked about recommending at `now`: when `recommend_every_days` passed since it was last asked that, which
/// follows from the invitations before. Nobody is asked whose last time cannot be known.
pub fn recommend_is_due<'a>(
    contact: Option<ContactId>,
    earlier: impl IntoIterator<Item = &'a Invitation>,
    rules: &Rules,
    now: Timestamp,
) -> bool {
    if contact.is_none() {
        return false;
    }
    let reached = |i: &&Invitation| i.contact == contact && i.asked_at <= now && i.state == InvitationState::Asked;
    let mut times: Vec<Timestamp> = earlier.into_iter().filter(reached).map(|invitation| invitation.asked_at).collect();
    times.sort_unstable();
    let mut next = Timestamp(i64::MIN);
    for at in times.into_iter().chain([now]) {
        let due = at >= next;
        if due {
            next = at.plus_days(i64::from(rules.recommend_every_days));
        }
        if at == now && due {
            return true;
        }
    }
    false
}

/// Days after its date for which a promise is still asked about: later nobody remembers.
const PROMISE_ASKED_DAYS: i64 = 90;

/// The promises of `rep` to `customer` that fell due since the contact was last asked, the latest first.
pub fn promises_to_ask<'a>(
    promises: impl IntoIterator<Item = &'a Promise>,
    customer: CustomerId,
    rep: MemberId,
    last_asked: Option<NaiveDate>,
    today: NaiveDate,
) -> Vec<AskedPromise> {
    let oldest = today.checked_sub_signed(TimeDelta::days(PROMISE_ASKED_DAYS)).unwrap_or(NaiveDate::MIN);
    let after = last_asked.map_or(oldest, |last| last.max(oldest));
    let fell_due = |p: &&Promise| p.customer == customer && p.maker == rep && p.due > after && p.due <= today;
    let mut asked: Vec<AskedPromise> = promises
        .into_iter()
        .filter(fell_due)
        .map(|promise| AskedPromise { id: promise.id, what: promise.what.clone(), due: promise.due })
        .collect();
    asked.sort_by(|a, b| (b.due, a.id).cmp(&(a.due, b.id)));
    asked.truncate(PROMISES_ASKED_MAX);
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::Role,
        id::{InvitationId, MeetingId, TeamId},
        promise::PromiseState,
        survey::Way,
    };
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn member(n: u128, name: &str, team: u128, roles: &[Role]) -> Member {
        Member {
            id: MemberId(id(n)),
            name: name.into(),
            email: String::new(),
            team: Some(TeamId(id(team))),
            roles: roles.iter().copied().collect(),
            active: true,
        }
    }

    #[test]
    fn the_managers_of_the_team_and_above_see_the_answers_and_nobody_beside_them() {
        let team = |n, parent: Option<u128>| Team { id: TeamId(id(n)), name: String::new(), parent: parent.map(|p| TeamId(id(p))) };
        let teams = [team(1, None), team(2, Some(1)), team(3, Some(1))];
        let members = [
            member(1, "Rep", 2, &[Role::Rep]),
            member(2, "Vera", 2, &[Role::Manager]),
            member(3, "Anna", 1, &[Role::Manager, Role::Administrator]),
            member(4, "Beside", 3, &[Role::Manager]),
            member(5, "Colleague", 2, &[Role::Rep]),
            Member { active: false, ..member(6, "Left", 2, &[Role::Manager]) },
        ];
        let names: Vec<&str> = managers_of(&members[0], &members, &teams).iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["Anna", "Vera"]);
        let own: Vec<&str> = managers_of(&members[1], &members, &teams).iter().map(|m| m.name.as_str()).collect();
        assert_eq!(own, ["Anna"], "nobody manages oneself");
    }

    fn asked(days_ago: i64, state: InvitationState) -> Invitation {
        Invitation {
            id: InvitationId(id(1)),
            meeting: MeetingId(id(1)),
            customer: CustomerId(id(1)),
            contact: Some(ContactId(id(1))),
            rep: MemberId(id(1)),
            way: Way::Link,
            asked_at: NOW.plus_days(-days_ago),
            state,
        }
    }

    #[test]
    fn a_contact_is_asked_about_recommending_at_most_every_ninety_days() {
        use InvitationState::{Asked, NotNow};
        let due = |earlier: &[Invitation]| recommend_is_due(Some(ContactId(id(1))), earlier, &Rules::default(), NOW);
        assert!(due(&[]));
        assert!(!due(&[asked(40, Asked)]));
        assert!(due(&[asked(90, Asked)]));
        assert!(due(&[asked(100, Asked), asked(40, Asked)]), "the one in between did not ask it");
        assert!(!due(&[asked(130, Asked), asked(100, Asked), asked(40, Asked)]), "the second in between asked it again");
        assert!(due(&[asked(40, NotNow)]), "'not now' was not asked");
        assert!(!recommend_is_due(None, &[], &Rules::default(), NOW), "an unknown contact may have been asked yesterday");
    }

    #[test]
    fn two_promises_at_most_that_fell_due_since_the_contact_was_last_asked() {
        let promise = |n: u128, due: &str, maker: u128| Promise {
            id: PromiseId(id(n)),
            customer: CustomerId(id(1)),
            meeting: None,
            maker: MemberId(id(maker)),
            keeper: MemberId(id(maker)),
            what: format!("Promise {n}"),
            due: due.parse().expect("a date"),
            evidence: String::new(),
            state: PromiseState::Open,
            course: Default::default(),
        };
        let promises = [
            promise(1, "2026-05-01", 1),
            promise(2, "2026-05-20", 1),
            promise(3, "2026-05-25", 2),
            promise(4, "2026-06-02", 1),
            promise(5, "2026-05-30", 1),
            promise(6, "2025-05-30", 1),
        ];
        let ask = |last: Option<&str>| -> Vec<String> {
            let last = last.map(|text| text.parse().expect("a date"));
            let today = "2026-06-01".parse().expect("a date");
            promises_to_ask(&promises, CustomerId(id(1)), MemberId(id(1)), last, today).into_iter().map(|p| p.what).collect()
        };
        assert_eq!(ask(None), ["Promise 5", "Promise 2"], "not another's, not what is still to come, not a year ago");
        assert_eq!(ask(Some("2026-05-25")), ["Promise 5"]);
        assert!(ask(Some("2026-05-30")).is_empty());
    }
}
