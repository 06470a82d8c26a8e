//! Members by what they do; and who looked at whose data: told once a day, shown to the one looked at.

use super::{Member, Role, Viewed, Viewing};
use crate::{
    id::{MemberId, ViewingId},
    sync::Replica,
    text,
};
use chrono::NaiveDate;
use std::{cmp::Reverse, sync::Arc};

/// Everybody who holds `role` and may sign in, alphabetically.
pub fn active_members(replica: &Replica, role: Role) -> Vec<Arc<Member>> {
    let mut members: Vec<Arc<Member>> = replica.members.values().filter(|member| member.active && member.is(role)).cloned().collect();
    members.sort_by_cached_key(|member| (text::alphabetical(&member.name), member.id));
    members
}

/// A look, as the one looked at reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewingLine {
    /// Which.
    pub id: ViewingId,
    /// Who looked, by name.
    pub viewer: String,
    /// At what.
    pub viewed: Viewed,
    /// On which day.
    pub on: NaiveDate,
}

/// Who looked at the data of `member`, the latest first.
pub fn viewings_of(replica: &Replica, member: MemberId) -> Vec<ViewingLine> {
    let mut lines: Vec<ViewingLine> = replica
        .viewings
        .values()
        .filter(|viewing| viewing.subject == member)
        .map(|it| ViewingLine { id: it.id, viewer: replica.member_name(it.viewer), viewed: it.viewed, on: it.on })
        .collect();
    lines.sort_by_cached_key(|line| (Reverse(line.on), text::alphabetical(&line.viewer), line.viewed));
    lines
}

/// Whether a look of `viewer` at `subject` is to be recorded today: it is a manager's, and was not yet.
pub fn is_to_be_recorded(replica: &Replica, viewer: MemberId, subject: MemberId, viewed: Viewed, today: NaiveDate) -> bool {
    let told = |it: &Viewing| it.viewer == viewer && it.subject == subject && it.viewed == viewed && it.on == today;
    !replica.viewings.values().any(|viewing| told(viewing)) && replica.manages(viewer, subject)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::TeamId, sync::protocol::Row, team::Team};
    use std::collections::BTreeSet;
    use uuid::Uuid;

    const MANAGER: MemberId = MemberId(Uuid::from_u128(1));
    const REP: MemberId = MemberId(Uuid::from_u128(2));
    const OTHER: MemberId = MemberId(Uuid::from_u128(3));

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn replica() -> Replica {
        let mut replica = Replica::default();
        for (team, member, name, role) in
            [(1, MANAGER, "Marit", Role::Manager), (1, REP, "Fleur", Role::Rep), (2, OTHER, "Otto", Role::Manager)]
        {
            let team = TeamId(Uuid::from_u128(team));
            replica.put(Row::Team(Team { id: team, name: "A team".into(), parent: None }));
            let roles = BTreeSet::from([role]);
            replica.put(Row::Member(Member { id: member, name: name.into(), email: name.into(), team: Some(team), roles, active: true }));
        }
        replica
    }

    fn look(id: u128, viewer: MemberId, on: &str) -> Row {
        Row::Viewing(Viewing { id: ViewingId(Uuid::from_u128(id)), viewer, subject: REP, viewed: Viewed::Score, on: date(on) })
    }

    #[test]
    fn a_look_is_recorded_once_a_day_and_only_a_managers() {
        let mut replica = replica();
        let due = |replica: &Replica, viewer, on: &str| is_to_be_recorded(replica, viewer, REP, Viewed::Score, date(on));
        assert!(due(&replica, MANAGER, "2026-06-01"));
        assert!(!due(&replica, OTHER, "2026-06-01"), "another team's manager cannot look");
        assert!(!due(&replica, REP, "2026-06-01"), "one's own data is one's own");
        replica.put(look(1, MANAGER, "2026-06-01"));
        assert!(!due(&replica, MANAGER, "2026-06-01"));
        assert!(due(&replica, MANAGER, "2026-06-02"));
    }

    #[test]
    fn the_one_looked_at_reads_who_looked_the_latest_first() {
        let mut replica = replica();
        for row in [look(1, MANAGER, "2026-06-01"), look(2, MANAGER, "2026-06-03"), look(3, OTHER, "2026-06-03")] {
            replica.put(row);
        }
        let lines: Vec<_> = viewings_of(&replica, REP).into_iter().map(|line| (line.on.to_string(), line.viewer)).collect();
        let expected = [("2026-06-03", "Marit"), ("2026-06-03", "Otto"), ("2026-06-01", "Marit")];
        assert_eq!(lines, expected.map(|(on, viewer)| (on.to_owned(), viewer.to_owned())));
        assert!(viewings_of(&replica, MANAGER).is_empty());
    }
}
