//! Half a year, told in the order in which it happened.

mod after;
mod answers;
mod inside;
mod visits;

use super::{
    cast::{self, CUSTOMERS, FAMILY_NAMES, FIRST_NAMES, MANAGERS, REPS, ROLES, TEAMS},
    chance::Chance,
    phrases,
};
use after::Promised;
use app::{
    account::{Member, Role},
    customer::{Contact, Customer, Insight, Tier},
    id::{ContactId, CustomerId, InsightId, MemberId, RatingId, TeamId},
    survey::{Answers, Invitation},
    sync::protocol::Mutation,
    team::Team,
    time::Timestamp,
};
use std::collections::BTreeSet;

/// Everything that happens, and to whom.
pub(super) struct Story {
    pub(super) teams: Vec<Team>,
    /// Without the administrator, who comes with the organisation.
    pub(super) members: Vec<Member>,
    /// In the order of time.
    pub(super) events: Vec<Event>,
    /// What only happens once the ratings have reached their readers.
    pub(super) afterwards: Vec<Event>,
}

/// Something that somebody does.
pub(super) struct Event {
    pub(super) at: Timestamp,
    pub(super) actor: MemberId,
    pub(super) deed: Deed,
}

/// What somebody does.
pub(super) enum Deed {
    /// Something that a phone sends.
    Send(Mutation),
    /// A customer is asked.
    Ask(Invitation),
    /// The customer answers.
    Answer { rating: RatingId, invitation: Invitation, answers: Answers },
}

/// A customer as the story knows it.
struct Account {
    customer: CustomerId,
    contacts: Vec<ContactId>,
    /// Index into [`REPS`].
    rep: usize,
    /// How much kinder than others this customer rates, in points.
    leaning: f64,
    /// Days for which nobody has been there.
    neglected_days: i64,
    /// What was promised there and when it falls due.
    promised: Vec<Promised>,
}

/// Tells the story that `seed` makes of the half year before `now`.
pub(super) fn tell(seed: u64, now: Timestamp) -> Story {
    let mut teller = Teller::new(seed, now);
    teller.open_accounts();
    let visits = teller.visits();
    for visit in visits {
        teller.visit(&visit);
    }
    teller.plan_visits();
    teller.touches();
    teller.looks();
    teller.absences();
    teller.promise_for_colleagues();
    teller.ask_inside();
    teller.notice_what_went_wrong();
    let Teller { teams, members, mut events, mut afterwards, .. } = teller;
    for told in [&mut events, &mut afterwards] {
        told.retain(|event| event.at <= now);
        told.sort_by_key(|event| event.at);
    }
    Story { teams, members, events, afterwards }
}

/// Makes up the story.
struct Teller {
    chance: Chance,
    now: Timestamp,
    teams: Vec<Team>,
    members: Vec<Member>,
    accounts: Vec<Account>,
    invitations: Vec<Invitation>,
    events: Vec<Event>,
    afterwards: Vec<Event>,
}

impl Teller {
    fn new(seed: u64, now: Timestamp) -> Self {
        let (mut chance, founded) = (Chance::new(seed), now.plus_days(-220));
        let teams: Vec<Team> =
            TEAMS.iter().map(|name| Team { id: TeamId(chance.id(founded)), name: (*name).to_owned(), parent: None }).collect();
        let mut member = |person: &cast::Person, team: usize, role: Role| Member {
            id: MemberId(chance.id(founded)),
            name: person.name.to_owned(),
            email: person.email(),
            team: Some(teams[team].id),
            roles: BTreeSet::from([role]),
            active: true,
        };
        let reps = REPS.iter().map(|rep| (&rep.person, rep.team, Role::Rep));
        let managers = MANAGERS.iter().enumerate().map(|(team, manager)| (manager, team, Role::Manager));
        // Reps first: their index is the one in the cast.
        let members = reps.chain(managers).map(|(person, team, role)| member(person, team, role)).collect();
        Self { chance, now, teams, members, accounts: vec![], invitations: vec![], events: vec![], afterwards: vec![] }
    }

    fn rep(&self, index: usize) -> MemberId {
        self.members[index].id
    }

    fn send(&mut self, at: Timestamp, actor: MemberId, mutation: Mutation) {
        self.events.push(Event { at, actor, deed: Deed::Send(mutation) });
    }

    /// Every customer with the people there, given to the reps in turn, those of the South to its own.
    fn open_accounts(&mut self) {
        for (index, (name, place, industry, size)) in CUSTOMERS.into_iter().enumerate() {
            let rep = if index < 30 { index % 8 } else { 8 + index % 3 };
            let at = self.now.plus_days(-7 * REPS[rep].weeks - 10);
            let (owner, id) = (self.rep(rep), CustomerId(self.chance.id(at)));
            let customer = Customer {
                place: place.to_owned(),
                industry: industry.to_owned(),
                size,
                tier: match index % 10 {
                    0 => Tier::Key,
                    5 => Tier::Occasional,
                    _ => Tier::Regular,
                },
                window_days: self.chance.happens(0.1).then_some(90),
                ..Customer::new(id, name.to_owned(), owner, at.date_at(60))
            };
            self.send(at, owner, Mutation::CreateCustomer { customer });
            let contacts = self.contacts(at, owner, id, index);
            let neglected_days = if index % 9 == 4 { self.chance.between(55, 100) } else { 0 };
            let leaning = self.chance.normal(0.4);
            self.accounts.push(Account { customer: id, contacts, rep, leaning, neglected_days, promised: vec![] });
        }
    }

    fn contacts(&mut self, at: Timestamp, owner: MemberId, customer: CustomerId, index: usize) -> Vec<ContactId> {
        let mut contacts = Vec::new();
        for nth in 0..self.chance.between(2, 4) as usize {
            let id = ContactId(self.chance.id(at));
            let first = FIRST_NAMES[(index * 7 + nth * 11) % FIRST_NAMES.len()];
            let family = FAMILY_NAMES[(index * 3 + nth * 13) % FAMILY_NAMES.len()];
            let contact = Contact { role: self.chance.one(&ROLES).to_owned(), ..Contact::new(id, customer, format!("{first} {family}")) };
            self.send(at, owner, Mutation::CreateContact { contact });
            contacts.push(id);
        }
        if self.chance.happens(0.7) {
            let insight = Insight {
                id: InsightId(self.chance.id(at)),
                contact: contacts[0],
                customer,
                meeting: None,
                author: owner,
                written_at: at,
                text: self.chance.one(phrases::INSIGHTS).to_owned(),
            };
            self.send(at, owner, Mutation::RecordInsight { insight });
        }
        contacts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::meeting::MeetingStatus;

    const NOW: Timestamp = Timestamp(1_780_308_000_000); // 2026-06-01T10:00:00Z

    fn mutations(story: &Story) -> impl Iterator<Item = &Mutation> {
        story.events.iter().filter_map(|event| match &event.deed {
            Deed::Send(mutation) => Some(mutation),
            _ => None,
        })
    }

    #[test]
    fn the_same_seed_tells_the_same_story() {
        let told = || tell(7, NOW);
        let (a, b) = (told(), told());
        assert_eq!(mutations(&a).collect::<Vec<_>>(), mutations(&b).collect::<Vec<_>>());
        assert_eq!(a.events.len(), b.events.len());
    }

    #[test]
    fn the_story_has_the_size_that_a_company_has_after_half_a_year() {
        let story = tell(super::super::SEED, NOW);
        let count = |of: fn(&Mutation) -> bool| mutations(&story).filter(|mutation| of(mutation)).count();
        assert_eq!((story.teams.len(), story.members.len()), (2, 13));
        assert_eq!(count(|it| matches!(it, Mutation::CreateCustomer { .. })), 40);
        let past = |it: &Mutation| matches!(it, Mutation::CreateMeeting { meeting } if meeting.status != MeetingStatus::Planned);
        assert_eq!(count(past), 300);
        assert!(count(|it| matches!(it, Mutation::CreateMeeting { meeting } if meeting.status == MeetingStatus::Planned)) > 10);
        assert!(count(|it| matches!(it, Mutation::WriteReflection { .. })) > 40);
        assert!(count(|it| matches!(it, Mutation::MakePromise { .. })) > 80);
        let answers = story.events.iter().filter(|event| matches!(event.deed, Deed::Answer { .. })).count();
        assert!((100..=250).contains(&answers), "{answers} ratings");
    }

    #[test]
    fn every_rep_has_a_visit_to_come_on_any_day() {
        for day in 0..60 {
            let now = NOW.plus_days(day).plus_millis(day * 3_600_000);
            let story = tell(super::super::SEED, now);
            let planned = |it: &Mutation| match it {
                Mutation::CreateMeeting { meeting } if meeting.status == MeetingStatus::Planned && meeting.starts_at > now => {
                    Some(meeting.rep)
                }
                _ => None,
            };
            assert_eq!(mutations(&story).filter_map(planned).collect::<BTreeSet<_>>().len(), cast::REPS.len(), "day {day}");
        }
    }

    #[test]
    fn nothing_happens_in_the_future_or_before_its_cause() {
        let story = tell(3, NOW);
        assert!(story.events.is_sorted_by_key(|event| event.at));
        assert!(story.events.iter().all(|event| event.at <= NOW));
        let mut asked = BTreeSet::new();
        for event in &story.events {
            match &event.deed {
                Deed::Ask(invitation) => assert!(asked.insert(invitation.id)),
                Deed::Answer { invitation, .. } => assert!(asked.contains(&invitation.id)),
                Deed::Send(_) => {}
            }
        }
    }
}
