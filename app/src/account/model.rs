use super::check_email;
use crate::{
    id::{MemberId, TeamId, ViewingId},
    sync::Refusal,
    team::{Team, subtree},
    text,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a member may do; a member has one or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Visits customers and logs meetings.
    Rep,
    /// Sees and helps the members of a team and of the teams below it.
    Manager,
    /// Sets up the organisation.
    Administrator,
}

impl Role {
    /// All of them, in the order that people are told.
    pub const ALL: [Self; 3] = [Self::Rep, Self::Manager, Self::Administrator];
}

/// A person of the organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// As colleagues and customers know the person.
    pub name: String,
    /// Signs in with this; unique over the server, lower case.
    pub email: String,
    /// Where the person works; a manager manages this team and all below it.
    pub team: Option<TeamId>,
    /// At least one.
    pub roles: BTreeSet<Role>,
    /// Whether the person may sign in.
    pub active: bool,
}

impl Member {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check(&self) -> Result<(), Refusal> {
        text::check_required("name", &self.name, text::NAME_MAX)?;
        check_email(&self.email)?;
        if self.roles.is_empty() {
            return Err(Refusal::invalid("roles", "choose at least one"));
        }
        if self.is(Role::Manager) && self.team.is_none() {
            return Err(Refusal::invalid("team", "choose the team that this person manages"));
        }
        Ok(())
    }

    /// Whether `administrator` may put this member in the place of `before`. Nobody shuts the door behind oneself, so that an organisation
    /// always has an administrator.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field.
    pub fn check_by(&self, administrator: MemberId) -> Result<(), Refusal> {
        self.check()?;
        if self.id == administrator && !self.is(Role::Administrator) {
            return Err(Refusal::invalid("roles", "another administrator has to take this role from you"));
        }
        if self.id == administrator && !self.active {
            return Err(Refusal::invalid("active", "another administrator has to deactivate you"));
        }
        Ok(())
    }

    /// The team whose managers manage this member: its own, and for a manager the one above. See [`Actor::manages`].
    pub fn managed_in<'a>(&self, teams: impl IntoIterator<Item = &'a Team>) -> Option<TeamId> {
        match self.team {
            Some(own) if self.is(Role::Manager) => teams.into_iter().find(|team| team.id == own)?.parent,
            own => own,
        }
    }

    /// Whether the member holds `role`.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// A signed-in member with what follows from the teams.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Who acts.
    pub member: Member,
    /// The teams that this member manages: its own and all below it, if it is a manager.
    pub teams: BTreeSet<TeamId>,
}

impl Actor {
    /// `member` acting among `teams`.
    pub fn new<'a>(member: Member, teams: impl IntoIterator<Item = &'a Team>) -> Self {
        let managed = match member.team {
            Some(team) if member.is(Role::Manager) => subtree(team, teams),
            _ => BTreeSet::new(),
        };
        Self { member, teams: managed }
    }

    /// Whether `other` works in a team that this member manages. Nobody manages oneself, nor one with whom one manages a team together.
    pub fn manages(&self, other: &Member) -> bool {
        let beside = other.is(Role::Manager) && other.team == self.member.team;
        !beside && other.team.is_some_and(|team| self.teams.contains(&team))
    }

    /// Whether this member sets up the organisation.
    pub fn is_administrator(&self) -> bool {
        self.member.is(Role::Administrator)
    }
}

/// What somebody looked at; shown to the one looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Viewed {
    /// The score and the ratings behind it.
    Score,
    /// The meetings.
    Meetings,
}

impl Viewed {
    /// As rows and logs name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Meetings => "meetings",
        }
    }
}

/// One look of a manager at a rep's data; at most one a day for each kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Viewing {
    /// Its id.
    pub id: ViewingId,
    /// Who looked.
    pub viewer: MemberId,
    /// At whose data.
    pub subject: MemberId,
    /// At what.
    pub viewed: Viewed,
    /// On which day, in the viewer's time zone.
    pub on: NaiveDate,
}

/// The fewest digits of the PIN that unlocks a handed-over device.
pub const PIN_DIGITS_MIN: usize = 4;
/// The most digits of that PIN.
pub const PIN_DIGITS_MAX: usize = 12;

/// Whether `pin` can be set: digits only, not all the same and not a run such as 1234.
pub fn pin_is_usable(pin: &str) -> bool {
    let digits = pin.as_bytes();
    let step = |by: i16| digits.windows(2).all(|w| i16::from(w[1]) - i16::from(w[0]) == by);
    (PIN_DIGITS_MIN..=PIN_DIGITS_MAX).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) && !step(0) && !step(1) && !step(-1)
}

/// Milliseconds to wait before another PIN may be tried after `failures` wrong ones in a row: none for the first four,
/// then 30 s, doubling up to an hour.
pub fn pin_wait_millis(failures: u32) -> i64 {
    match failures {
        0..=4 => 0,
        n => (30_000_i64 << (n - 5).min(7)).min(3_600_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_pin_that_anybody_would_try_first_is_refused() {
        for (pin, usable) in [
            ("2580", true),
            ("402913", true),
            ("1234", false),
            ("9876", false),
            ("0000", false),
            ("123", false),
            ("12a4", false),
            ("1234567890123", false),
        ] {
            assert_eq!(pin_is_usable(pin), usable, "{pin}");
        }
    }

    fn team(id: u128, parent: Option<u128>) -> Team {
        Team { id: TeamId(Uuid::from_u128(id)), name: String::new(), parent: parent.map(|parent| TeamId(Uuid::from_u128(parent))) }
    }

    fn member(id: u128, team: Option<u128>, roles: &[Role]) -> Member {
        Member {
            id: MemberId(Uuid::from_u128(id)),
            name: String::new(),
            email: String::new(),
            team: team.map(|team| TeamId(Uuid::from_u128(team))),
            roles: roles.iter().copied().collect(),
            active: true,
        }
    }

    #[test]
    fn a_member_is_managed_by_whoever_manages_the_team_that_it_is_managed_in() {
        let teams = [team(1, None), team(2, Some(1)), team(3, Some(2)), team(4, Some(1))];
        let mut members = vec![member(99, None, &[Role::Rep, Role::Administrator])];
        for team in 1..=4 {
            members.push(member(team * 10, Some(team), &[Role::Rep]));
            members.push(member(team * 10 + 1, Some(team), &[Role::Rep, Role::Manager]));
            members.push(member(team * 10 + 2, Some(team), &[Role::Manager]));
        }
        for manager in &members {
            let actor = Actor::new(manager.clone(), &teams);
            for other in &members {
                let seen = other.managed_in(&teams).is_some_and(|team| actor.teams.contains(&team));
                assert_eq!(actor.manages(other), seen, "{manager:?} {other:?}");
                let is_beside = manager.team == other.team && other.is(Role::Manager);
                assert!(!(is_beside && seen), "{manager:?} {other:?}");
            }
        }
        let north = Actor::new(members.iter().find(|it| it.id == MemberId(Uuid::from_u128(21))).expect("there").clone(), &teams);
        let managed: Vec<u128> = members.iter().filter(|it| north.manages(it)).map(|it| it.id.0.as_u128()).collect();
        assert_eq!(managed, [20, 30, 31, 32]);
    }

    #[test]
    fn wrong_pins_wait_ever_longer_but_never_more_than_an_hour() {
        assert_eq!([0, 4, 5, 6, 12, 400].map(pin_wait_millis), [0, 0, 30_000, 60_000, 3_600_000, 3_600_000]);
    }
}
