use crate::{id::TeamId, sync::Refusal, text};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A team of members; its managers see its members' customers, meetings, released ratings and scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// As people call it.
    pub name: String,
    /// The team that it is part of.
    pub parent: Option<TeamId>,
}

impl Team {
    /// Whether it can be kept among `teams`, which may hold an earlier state of it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check<'a>(&self, teams: impl IntoIterator<Item = &'a Team>) -> Result<(), Refusal> {
        text::check_required("name", &self.name, text::NAME_MAX)?;
        let Some(parent) = self.parent else { return Ok(()) };
        let teams: Vec<&Team> = teams.into_iter().collect();
        if !teams.iter().any(|team| team.id == parent) {
            return Err(Refusal::invalid("parent", "this team is not there any more; choose another"));
        }
        if subtree(self.id, teams).contains(&parent) {
            return Err(Refusal::invalid("parent", "a team cannot be part of itself or of a team below it"));
        }
        Ok(())
    }
}

/// `root` and every team below it. A ring of parents, which no screen can make, ends instead of looping.
pub fn subtree<'a>(root: TeamId, teams: impl IntoIterator<Item = &'a Team>) -> BTreeSet<TeamId> {
    let mut children: BTreeMap<TeamId, Vec<TeamId>> = BTreeMap::new();
    for team in teams {
        if let Some(parent) = team.parent {
            children.entry(parent).or_default().push(team.id);
        }
    }
    let mut found = BTreeSet::from([root]);
    let mut open = vec![root];
    while let Some(team) = open.pop() {
        for child in children.get(&team).into_iter().flatten() {
            if found.insert(*child) {
                open.push(*child);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn team(id: u128, parent: Option<u128>) -> Team {
        Team { id: TeamId(Uuid::from_u128(id)), name: format!("Team {id}"), parent: parent.map(|p| TeamId(Uuid::from_u128(p))) }
    }

    fn ids(numbers: &[u128]) -> BTreeSet<TeamId> {
        numbers.iter().map(|n| TeamId(Uuid::from_u128(*n))).collect()
    }

    #[test]
    fn a_subtree_holds_the_team_and_all_below_it_and_nothing_beside_it() {
        let teams = [team(1, None), team(2, Some(1)), team(3, Some(2)), team(4, Some(1)), team(5, None)];
        assert_eq!(subtree(teams[1].id, &teams), ids(&[2, 3]));
        assert_eq!(subtree(teams[0].id, &teams), ids(&[1, 2, 3, 4]));
        assert_eq!(subtree(teams[4].id, &teams), ids(&[5]));
    }

    #[test]
    fn a_team_is_part_of_another_that_is_not_below_it() {
        let teams = [team(1, None), team(2, Some(1)), team(3, Some(2)), team(4, None)];
        for (id, parent, kept) in [
            (1, Some(4), true),
            (3, Some(1), true),
            (3, None, true),
            (9, Some(3), true),
            (1, Some(1), false),
            (1, Some(3), false),
            (9, Some(9), false),
            (2, Some(8), false),
        ] {
            assert_eq!(team(id, parent).check(&teams).is_ok(), kept, "{id} {parent:?}");
        }
    }

    #[test]
    fn a_ring_of_parents_ends() {
        let teams = [team(1, Some(2)), team(2, Some(1))];
        assert_eq!(subtree(teams[0].id, &teams), ids(&[1, 2]));
    }
}
