//! Leaving a rating out of the score and counting it again: by whom, with what reason. Nothing of it is ever taken back, only added to.

use super::Rating;
use crate::{
    account::{Actor, Member},
    id::MemberId,
    sync::Refusal,
    text,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Why a rating does not count: never because it is bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionReason {
    /// Somebody tried it out.
    Test,
    /// It was meant for somebody else.
    WrongPerson,
    /// The same person's same view, once more.
    Duplicate,
}

impl ExclusionReason {
    /// All reasons.
    pub const ALL: [Self; 3] = [Self::Test, Self::WrongPerson, Self::Duplicate];
}

/// A rating left out of the score, for everybody who sees it to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Why.
    pub reason: ExclusionReason,
    /// Who decided it.
    pub by: Decision,
    /// Who let it count again; absent while it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifted: Option<Decision>,
}

/// Who decided what, when, in whose words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who.
    pub member: MemberId,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// What was found.
    pub note: String,
}

/// The most characters of what was found.
pub const EXCLUSION_NOTE_MAX: usize = text::LINE_MAX;

impl Decision {
    /// Whether it can be kept: it says what was found.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] about `note`.
    pub fn check(&self) -> Result<(), Refusal> {
        text::check_required("note", &self.note, EXCLUSION_NOTE_MAX)
    }
}

impl Rating {
    /// What keeps it out of the score now; absent where it counts.
    pub fn exclusion(&self) -> Option<&Exclusion> {
        self.exclusions.last().filter(|last| last.lifted.is_none())
    }

    /// Whether `actor` may leave it out and let it count again: whoever manages `rep`, who is rated. Customers were told by name who reads
    /// their answers, and nobody can decide about what may not be read: an administrator who manages nobody does not.
    pub fn is_decided_by(&self, actor: &Actor, rep: &Member) -> bool {
        rep.id == self.rep && actor.manages(rep)
    }

    /// Itself left out of the score from `by` on.
    ///
    /// # Errors
    /// [`Refusal::LeftOut`] where it is, [`Refusal::Invalid`] where the note is missing or too long.
    pub fn excluded(&self, reason: ExclusionReason, by: Decision) -> Result<Self, Refusal> {
        by.check()?;
        if self.exclusion().is_some() {
            return Err(Refusal::LeftOut);
        }
        let exclusions = self.exclusions.iter().cloned().chain([Exclusion { reason, by, lifted: None }]).collect();
        Ok(Self { exclusions, ..self.clone() })
    }

    /// Itself counting again from `by` on; that it was left out stays.
    ///
    /// # Errors
    /// [`Refusal::Counts`] where it does, [`Refusal::Invalid`] where the note is missing or too long.
    pub fn counted(&self, by: Decision) -> Result<Self, Refusal> {
        by.check()?;
        let mut counted = self.clone();
        match counted.exclusions.last_mut() {
            Some(last) if last.lifted.is_none() => last.lifted = Some(by),
            _ => return Err(Refusal::Counts),
        }
        Ok(counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{account::Role, id::TeamId, sync::sample::a_rating, team::Team};
    use uuid::Uuid;

    const REP: u128 = 20;

    fn rating() -> Rating {
        a_rating(1, id(REP), Timestamp(0))
    }

    fn id(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    fn member(n: u128, team: u128, roles: &[Role]) -> Member {
        Member {
            id: id(n),
            name: String::new(),
            email: String::new(),
            team: Some(TeamId(Uuid::from_u128(team))),
            roles: roles.iter().copied().collect(),
            active: true,
        }
    }

    fn by(note: &str) -> Decision {
        Decision { member: id(30), at: Timestamp(5), note: note.to_owned() }
    }

    #[test]
    fn the_reps_managers_decide_and_nobody_about_oneself() {
        use Role::{Administrator, Manager, Rep};
        let team = |n, parent: Option<u128>| Team {
            id: TeamId(Uuid::from_u128(n)),
            name: String::new(),
            parent: parent.map(|parent| TeamId(Uuid::from_u128(parent))),
        };
        let teams = [team(1, None), team(2, Some(1)), team(3, Some(1))];
        for (actor, of, may, why) in [
            (member(30, 2, &[Manager]), member(REP, 2, &[Rep]), true, "the team's manager"),
            (member(30, 1, &[Manager]), member(REP, 2, &[Rep]), true, "the manager above"),
            (member(30, 3, &[Manager]), member(REP, 2, &[Rep]), false, "another team's manager"),
            (member(30, 2, &[Rep]), member(REP, 2, &[Rep]), false, "a colleague"),
            (member(30, 3, &[Administrator]), member(REP, 2, &[Rep]), false, "an administrator who manages nobody"),
            (member(30, 2, &[Manager, Administrator]), member(REP, 2, &[Rep]), true, "a manager who is an administrator, too"),
            (member(REP, 2, &[Rep]), member(REP, 2, &[Rep]), false, "the one rated"),
            (member(REP, 2, &[Rep, Administrator]), member(REP, 2, &[Rep, Administrator]), false, "the one rated, an administrator"),
            (member(REP, 2, &[Rep, Manager]), member(REP, 2, &[Rep, Manager]), false, "the one rated, a manager"),
            (member(30, 2, &[Manager]), member(REP, 2, &[Rep, Manager]), false, "who manages the team together with the one rated"),
            (member(30, 2, &[Manager]), member(21, 2, &[Rep]), false, "the manager of somebody else"),
        ] {
            assert_eq!(rating().is_decided_by(&Actor::new(actor, &teams), &of), may, "{why}");
        }
    }

    #[test]
    fn what_was_decided_stays_beside_what_is_decided_next() {
        let out = rating().excluded(ExclusionReason::Test, by("I tried the link")).expect("it counts");
        assert_eq!((out.exclusion().map(|it| it.reason), out.answers.clone()), (Some(ExclusionReason::Test), rating().answers));
        let again = out.counted(by("It was Carla after all")).expect("it is left out");
        assert_eq!(again.exclusion(), None);
        let twice = again.excluded(ExclusionReason::Duplicate, by("She sent it twice")).expect("it counts");
        let notes: Vec<&str> =
            twice.exclusions.iter().flat_map(|it| [Some(&it.by), it.lifted.as_ref()]).flatten().map(|it| it.note.as_str()).collect();
        assert_eq!(notes, ["I tried the link", "It was Carla after all", "She sent it twice"]);
    }

    #[test]
    fn what_is_so_already_or_says_nothing_is_refused() {
        let out = rating().excluded(ExclusionReason::Test, by("I tried the link")).expect("it counts");
        let again = out.counted(by("No")).expect("it is left out");
        assert_eq!(out.excluded(ExclusionReason::Duplicate, by("Again")), Err(Refusal::LeftOut));
        assert_eq!([rating(), again].map(|it| it.counted(by("Again"))), [Err(Refusal::Counts), Err(Refusal::Counts)]);
        for note in ["", "  \n", &"x".repeat(EXCLUSION_NOTE_MAX + 1), "\0"] {
            for refused in [rating().excluded(ExclusionReason::Test, by(note)), out.counted(by(note))] {
                assert!(matches!(&refused, Err(Refusal::Invalid { field, .. }) if field == "note"), "{refused:?}");
            }
        }
        assert!(rating().excluded(ExclusionReason::Test, by(&"x".repeat(EXCLUSION_NOTE_MAX))).is_ok());
    }
}
