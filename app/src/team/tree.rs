//! Teams as they nest, for those who set them up.

use super::{Team, subtree};
use crate::{
    account::{Member, Role},
    id::TeamId,
    sync::Replica,
    text,
    ui::Choice,
};
use std::{collections::BTreeSet, sync::Arc};

/// A team among the others.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamLine {
    /// The team.
    pub team: Arc<Team>,
    /// How many teams it is inside of.
    pub depth: usize,
    /// How many active people are in it.
    pub people: usize,
    /// Who manages it, by name.
    pub managers: Vec<String>,
}

/// Every team, each below the one that it is part of, alphabetically beside each other.
pub fn team_tree(replica: &Replica) -> Vec<TeamLine> {
    let mut lines = Vec::new();
    // A team whose parent this phone does not know stands by itself.
    for team in below(replica, None) {
        add(replica, team, 0, &mut lines);
    }
    lines
}

fn add(replica: &Replica, team: Arc<Team>, depth: usize, lines: &mut Vec<TeamLine>) {
    let people = people_in(replica, team.id);
    let active = people.iter().filter(|member| member.active);
    lines.push(TeamLine {
        depth,
        people: active.clone().count(),
        managers: active.filter(|member| member.is(Role::Manager)).map(|member| member.name.clone()).collect(),
        team: team.clone(),
    });
    for child in below(replica, Some(team.id)) {
        add(replica, child, depth + 1, lines);
    }
}

fn below(replica: &Replica, parent: Option<TeamId>) -> Vec<Arc<Team>> {
    let known = |team: &Team| team.parent.filter(|parent| replica.teams.contains_key(parent));
    let mut teams: Vec<Arc<Team>> = replica.teams.values().filter(|team| known(team) == parent).cloned().collect();
    teams.sort_by_cached_key(|team| (text::alphabetical(&team.name), team.id));
    teams
}

/// Everybody in a team itself, also who is deactivated, alphabetically.
pub fn people_in(replica: &Replica, team: TeamId) -> Vec<Arc<Member>> {
    let mut people: Vec<Arc<Member>> = replica.members.values().filter(|member| member.team == Some(team)).cloned().collect();
    people.sort_by_cached_key(|member| (text::alphabetical(&member.name), member.id));
    people
}

/// A team with those that it is inside of: 'North › Utrecht'.
pub fn team_path(replica: &Replica, team: TeamId) -> Option<String> {
    let team = replica.teams.get(&team)?;
    let (mut path, mut seen, mut above) = (team.name.clone(), BTreeSet::from([team.id]), team.parent);
    // A ring of parents, which no screen can make, ends instead of looping.
    while let Some(parent) = above.filter(|parent| seen.insert(*parent)).and_then(|parent| replica.teams.get(&parent)) {
        path = parent.name.clone() + " › " + &path;
        above = parent.parent;
    }
    Some(path)
}

/// The teams that can be chosen, in the order of [`team_tree`]; without `except` and those below it, which cannot be inside of themselves.
pub fn team_choices(replica: &Replica, except: Option<TeamId>) -> Vec<Choice<TeamId>> {
    let out = except.map(|team| subtree(team, replica.teams.values().map(Arc::as_ref))).unwrap_or_default();
    let ids = team_tree(replica).into_iter().map(|line| line.team.id).filter(|id| !out.contains(id));
    ids.filter_map(|id| Some(Choice::new(id, team_path(replica, id)?))).collect()
}

/// Why a team cannot be removed yet, if it cannot.
pub fn in_the_way(replica: &Replica, team: TeamId) -> Option<String> {
    let people = match people_in(replica, team).len() {
        0 => None,
        1 => Some("one person is in it".to_owned()),
        many => Some(many.to_string() + " people are in it"),
    };
    let teams = match below(replica, Some(team)).len() {
        0 => None,
        1 => Some("one team is part of it".to_owned()),
        many => Some(many.to_string() + " teams are part of it"),
    };
    let found: Vec<String> = people.into_iter().chain(teams).collect();
    (!found.is_empty()).then(|| "Only an empty team can be removed: ".to_owned() + &found.join(", and ") + ". Move them first.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::MemberId, sync::protocol::Row};
    use uuid::Uuid;

    fn id(number: u128) -> TeamId {
        TeamId(Uuid::from_u128(number))
    }

    /// North with Utrecht and Arnhem in it, and South, managed by Marit, where Anna is and Bas was.
    fn replica() -> Replica {
        let mut replica = Replica::default();
        for (number, name, parent) in [(1, "South", None), (2, "North", None), (3, "Utrecht", Some(2)), (4, "Arnhem", Some(2))] {
            replica.put(Row::Team(Team { id: id(number), name: name.into(), parent: parent.map(id) }));
        }
        for (number, name, role, active) in
            [(1, "Marit", Role::Manager, true), (2, "Anna", Role::Rep, true), (3, "Bas", Role::Manager, false)]
        {
            let member = MemberId(Uuid::from_u128(number));
            let roles = BTreeSet::from([role]);
            replica.put(Row::Member(Member { id: member, name: name.into(), email: String::new(), team: Some(id(1)), roles, active }));
        }
        replica
    }

    #[test]
    fn teams_stand_below_what_they_are_part_of() {
        let lines = team_tree(&replica());
        let seen: Vec<(&str, usize)> = lines.iter().map(|line| (line.team.name.as_str(), line.depth)).collect();
        assert_eq!(seen, [("North", 0), ("Arnhem", 1), ("Utrecht", 1), ("South", 0)]);
        let south = &lines[3];
        assert_eq!((south.people, south.managers.as_slice()), (2, ["Marit".to_owned()].as_slice()), "who is deactivated does not count");
    }

    #[test]
    fn a_team_can_be_part_of_any_that_is_not_below_it() {
        let labels = |except| team_choices(&replica(), except).into_iter().map(|choice| choice.label).collect::<Vec<_>>();
        assert_eq!(labels(None), ["North", "North › Arnhem", "North › Utrecht", "South"]);
        assert_eq!(labels(Some(id(2))), ["South"]);
    }

    #[test]
    fn what_is_in_the_way_of_removing_a_team_is_said() {
        let replica = replica();
        assert_eq!(in_the_way(&replica, id(3)), None);
        for (team, words) in [(1, "3 people are in it"), (2, "2 teams are part of it")] {
            let said = in_the_way(&replica, id(team)).expect("not empty");
            assert!(said.contains(words), "{said}");
        }
    }
}
