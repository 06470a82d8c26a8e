//! Where a manager can help: derived from what the phone holds of the teams that the member manages.

use crate::{
    account::{Actor, Member, Role},
    customer::{Attention, Standing, Windows},
    id::{CustomerId, MemberId},
    score::{Audience, RatingLine, Score, rating_line, wishes_to},
    sync::Replica,
    text,
    time::Timestamp,
};
use chrono::NaiveDate;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The fewest people of whom an average is told.
pub const PEOPLE_FOR_AVERAGE: usize = 5;
/// Days for which an unhappy rating stays in the team's list; after that it is found with its rep.
pub const UNHAPPY_DAYS: i64 = 30;

/// A rep in the manager's list.
#[derive(Clone, Debug, PartialEq)]
pub struct RepLine {
    /// Who.
    pub id: MemberId,
    /// By name; the list is in this order and in no other.
    pub name: String,
    /// The team, where the manager has several.
    pub team: Option<String>,
    /// What the manager sees of the score.
    pub score: Option<Arc<Score>>,
}

/// The reps whom `me` manages, alphabetically.
pub fn reps(replica: &Replica, me: MemberId) -> Vec<RepLine> {
    let Some(actor) = replica.actor(me) else { return Vec::new() };
    let several = actor.teams.len() > 1;
    let team_name = |member: &Member| member.team.and_then(|team| replica.teams.get(&team)).map(|team| team.name.clone());
    let mut lines: Vec<RepLine> = managed(replica, &actor)
        .filter(|member| works_with_customers(member))
        .map(|member| RepLine {
            id: member.id,
            name: member.name.clone(),
            team: team_name(member).filter(|_| several),
            score: replica.scores.get(&(member.id, Audience::Manager)).cloned(),
        })
        .collect();
    lines.sort_by_cached_key(|line| (text::alphabetical(&line.name), line.id));
    lines
}

/// Everybody whom `actor` manages: customers stay with whoever has left, or is no rep any more, until somebody takes over.
fn managed<'a>(replica: &'a Replica, actor: &'a Actor) -> impl Iterator<Item = &'a Member> {
    replica.members.values().map(Arc::as_ref).filter(|member| actor.manages(member))
}

fn works_with_customers(member: &Member) -> bool {
    member.active && member.is(Role::Rep)
}

/// Who looks after a customer or was rated, by name: 'Rik, who has left', 'Rik, no longer a rep'.
pub fn owner_words(replica: &Replica, owner: MemberId) -> String {
    let name = replica.member_name(owner);
    match replica.members.get(&owner) {
        Some(member) if !member.active => name + ", who has left",
        Some(member) if !member.is(Role::Rep) => name + ", no longer a rep",
        _ => name,
    }
}

/// A team's score as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// The mean of the people's estimates.
    pub value: f64,
    /// Lower end: the mean of their lower ends, which is wider than the mean's own interval and never too narrow.
    pub low: f64,
    /// Upper end, likewise.
    pub high: f64,
    /// How many people it is of.
    pub people: usize,
}

/// The average over those who have a score, from [`PEOPLE_FOR_AVERAGE`] of them on.
pub fn average(reps: &[RepLine]) -> Option<Average> {
    let scores: Vec<_> = reps.iter().filter_map(|rep| rep.score.as_ref()?.overall).collect();
    let people = scores.len();
    let mean = |ends: fn(&crate::score::Estimate) -> f64| scores.iter().map(ends).sum::<f64>() / people as f64;
    (people >= PEOPLE_FOR_AVERAGE).then(|| Average { value: mean(|it| it.value), low: mean(|it| it.low), high: mean(|it| it.high), people })
}

/// A customer who was not met within the window.
#[derive(Clone, Debug, PartialEq)]
pub struct NeglectedLine {
    /// Which.
    pub id: CustomerId,
    /// As people call it.
    pub name: String,
    /// Who looks after it, by name, and whether that one has left ([`owner_words`]).
    pub owner: String,
    /// Whether it waits for somebody else to take over.
    pub is_left_behind: bool,
    /// Since when without contact.
    pub standing: Standing,
}

/// Customers of the people whom `me` manages that are past their window on `today`, the longest first.
pub fn neglected(replica: &Replica, me: MemberId, today: NaiveDate) -> Vec<NeglectedLine> {
    let Some(actor) = replica.actor(me) else { return Vec::new() };
    let owners: BTreeMap<MemberId, &Member> = managed(replica, &actor).map(|member| (member.id, member)).collect();
    let windows = Windows::on(replica, today);
    let mut lines: Vec<NeglectedLine> = replica
        .customers
        .values()
        .filter(|customer| !customer.archived)
        .filter_map(|customer| {
            Some(NeglectedLine {
                id: customer.id,
                name: customer.name.clone(),
                is_left_behind: !works_with_customers(owners.get(&customer.owner)?),
                owner: owner_words(replica, customer.owner),
                standing: windows.standing(customer),
            })
        })
        .filter(|line| line.standing.attention == Attention::Overdue)
        .collect();
    lines.sort_by_cached_key(|line| (Reverse(line.standing.days_over), text::alphabetical(&line.name), line.id));
    lines
}

/// Unhappy ratings of the people whom `me` manages that count, given within [`UNHAPPY_DAYS`] before `now`, newest first.
pub fn unhappy(replica: &Replica, me: MemberId, now: Timestamp) -> Vec<RatingLine> {
    let Some(actor) = replica.actor(me) else { return Vec::new() };
    let people: BTreeSet<MemberId> = managed(replica, &actor).map(|member| member.id).collect();
    let since = now.plus_days(-UNHAPPY_DAYS);
    let mut lines: Vec<RatingLine> = replica
        .ratings
        .values()
        .filter(|rating| people.contains(&rating.rep) && rating.given_at >= since)
        .map(|rating| rating_line(replica, rating))
        .filter(|line| line.unhappy)
        .collect();
    lines.sort_by_key(|line| Reverse((line.given_at, line.id)));
    lines
}

/// Ratings of others whose customers still wait on `today` to hear from `me`, newest first. Those of the unhappy are among [`unhappy`].
pub fn waiting(replica: &Replica, me: MemberId, today: NaiveDate) -> Vec<RatingLine> {
    let others = wishes_to(replica, me, today).into_iter().filter(|rating| rating.rep != me).rev();
    others.map(|rating| rating_line(replica, &rating)).filter(|line| !line.unhappy).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::{Absence, Availability},
        customer::{Customer, CustomerBook, Tier},
        id::{AbsenceId, MeetingId, RatingId, TeamId},
        meeting::Touch,
        score::Estimate,
        survey::{Answers, Component, FollowUp, Rating, Way},
        sync::protocol::Row,
        sync::sample::{a_customer, a_touch},
        team::Team,
    };
    use chrono::TimeDelta;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_780_308_000_000); // 2026-06-01T10:00:00Z
    const MANAGER: MemberId = MemberId(Uuid::from_u128(100));

    fn today() -> NaiveDate {
        NOW.date_at(0)
    }

    fn id(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    /// A manager of team 1 with these reps in it, and Zoë in team 2.
    fn replica(reps: &[&str]) -> Replica {
        let mut replica = Replica::default();
        for team in [1, 2] {
            replica.put(Row::Team(Team { id: TeamId(Uuid::from_u128(team)), name: format!("Team {team}"), parent: None }));
        }
        let mut put = |n, name: &str, team, role| {
            let team = Some(TeamId(Uuid::from_u128(team)));
            let roles = BTreeSet::from([role]);
            replica.put(Row::Member(Member { id: id(n), name: name.into(), email: String::new(), team, roles, active: true }));
        };
        put(100, "Marit", 1, Role::Manager);
        put(99, "Zoë", 2, Role::Rep);
        for (n, name) in reps.iter().enumerate() {
            put(n as u128, name, 1, Role::Rep);
        }
        replica
    }

    fn score(of: u128, value: Option<f64>) -> Row {
        Row::Score(Score {
            ratings: 6,
            customers: 4,
            overall: value.map(|value| Estimate { value, low: value - 10.0, high: value + 10.0, ratings: 6, customers: 4 }),
            ..Score::unknown(id(of), Audience::Manager, NOW)
        })
    }

    fn customer(n: u128, owner: u128) -> Customer {
        Customer { owner: id(owner), ..a_customer(n) }
    }

    fn touch(n: u128, customer: u128, days_ago: i64) -> Row {
        Row::Touch(Touch { rep: id(0), ..a_touch(n, customer, NOW.plus_days(-days_ago)) })
    }

    fn rating(n: u128, of: u128, point: u8, days_ago: i64) -> Row {
        Row::Rating(Rating {
            id: RatingId(Uuid::from_u128(n)),
            meeting: MeetingId(Uuid::from_u128(n)),
            customer: CustomerId(Uuid::from_u128(1)),
            contact: None,
            rep: id(of),
            way: Way::Link,
            given_at: NOW.plus_days(-days_ago),
            answers: Answers { components: BTreeMap::from([(Component::Value, point)]), ..Answers::default() },
            first_answers: None,
            context: String::new(),
            exclusions: Vec::new(),
        })
    }

    #[test]
    fn reps_are_listed_by_name_whatever_their_score() {
        let mut replica = replica(&["Émile", "Fons", "Anna", "bas"]);
        replica.put(score(0, Some(95.0)));
        replica.put(score(1, Some(40.0)));
        let names: Vec<String> = reps(&replica, MANAGER).into_iter().map(|rep| rep.name).collect();
        assert_eq!(names, ["Anna", "bas", "Émile", "Fons"], "and nobody of another team");
        assert!(reps(&replica, id(0)).is_empty(), "a rep manages nobody");
    }

    #[test]
    fn an_average_is_told_of_five_people_on() {
        let mut replica = replica(&["A", "B", "C", "D", "E"]);
        for n in 0..4 {
            replica.put(score(n, Some(70.0 + n as f64)));
        }
        replica.put(score(4, None));
        assert_eq!(average(&reps(&replica, MANAGER)), None, "the fifth has too few ratings");
        replica.put(score(4, Some(74.0)));
        assert_eq!(average(&reps(&replica, MANAGER)), Some(Average { value: 72.0, low: 62.0, high: 82.0, people: 5 }));
    }

    #[test]
    fn a_customer_is_neglected_until_any_contact() {
        let mut replica = replica(&["Anna"]);
        for n in 1..=3 {
            replica.put(Row::Customer(customer(n, 0)));
        }
        replica.put(Row::Customer(customer(4, 99)));
        replica.put(Row::Customer(Customer { archived: true, ..customer(5, 0) }));
        replica.put(touch(1, 1, 10));
        replica.put(touch(2, 2, 50));
        let found = |replica: &Replica| neglected(replica, MANAGER, today()).iter().map(|line| line.id.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(found(&replica), [3, 2], "never met, then 50 days; not the other team's, not the archived one");
        replica.put(touch(3, 3, 0));
        assert_eq!(found(&replica), [2]);
        replica.put(touch(4, 2, -5));
        assert_eq!(found(&replica), [2], "what is planned is no contact yet");
    }

    #[test]
    fn a_manager_sees_what_the_rep_sees() {
        let mut replica = replica(&["Anna"]);
        let tiers = Tier::ALL.into_iter().zip(1..);
        tiers.for_each(|(tier, n)| replica.put(Row::Customer(Customer { tier, window_days: (n == 2).then_some(60), ..customer(n, 0) })));
        (1..=3).for_each(|n| replica.put(touch(n, n, 70)));
        let (from, until) = ((today() - TimeDelta::days(20)), today());
        let absences = vec![Absence { id: AbsenceId(Uuid::nil()), from, until, cover: None }];
        for absences in [vec![], absences] {
            replica.put(Row::Availability(Availability { absences, ..Availability::of(id(0)) }));
            let reps = CustomerBook::of(&replica, today());
            let reps = reps.all().map(|it| (it.customer.id, it.standing));
            let mut reps: Vec<_> = reps.filter(|(_, standing)| standing.attention == Attention::Overdue).collect();
            let mut managers: Vec<_> = neglected(&replica, MANAGER, today()).into_iter().map(|it| (it.id, it.standing)).collect();
            reps.sort_by_key(|(id, _)| *id);
            managers.sort_by_key(|(id, _)| *id);
            assert_eq!(managers, reps);
        }
    }

    #[test]
    fn unhappy_ratings_tell_who_and_when_newest_first() {
        let mut replica = replica(&["Anna"]);
        replica.put(Row::Customer(customer(1, 0)));
        for row in [rating(1, 0, 2, 20), rating(2, 0, 3, 1), rating(3, 0, 1, 3), rating(4, 0, 1, 40), rating(5, 99, 1, 1)] {
            replica.put(row);
        }
        let found: Vec<u128> = unhappy(&replica, MANAGER, NOW).iter().map(|line| line.id.0.as_u128()).collect();
        assert_eq!(found, [3, 1]);
    }

    /// The rep `n` of team 1 as it is now.
    fn changed(n: u128, role: Role, active: bool) -> Row {
        let team = Some(TeamId(Uuid::from_u128(1)));
        Row::Member(Member { id: id(n), name: "Rik".into(), email: String::new(), team, roles: BTreeSet::from([role]), active })
    }

    #[test]
    fn what_somebody_leaves_behind_is_still_to_be_looked_after() {
        for (role, active, owner) in [
            (Role::Rep, true, "Rik"),
            (Role::Rep, false, "Rik, who has left"),
            (Role::Administrator, true, "Rik, no longer a rep"),
            (Role::Administrator, false, "Rik, who has left"),
        ] {
            let mut replica = replica(&["Rik"]);
            replica.put(changed(0, role, active));
            replica.put(Row::Customer(customer(1, 0)));
            replica.put(rating(1, 0, 1, 3));
            let is_rep = role == Role::Rep && active;
            assert_eq!(reps(&replica, MANAGER).len(), usize::from(is_rep), "{owner}");
            let left: Vec<(String, bool)> =
                neglected(&replica, MANAGER, today()).into_iter().map(|line| (line.owner, line.is_left_behind)).collect();
            assert_eq!(left, [(owner.to_owned(), !is_rep)]);
            assert_eq!(unhappy(&replica, MANAGER, NOW).len(), 1, "{owner}");
            assert_eq!(owner_words(&replica, id(0)), owner);
        }
    }

    #[test]
    fn a_customer_who_waits_for_the_manager_shows_once() {
        let mut replica = replica(&["Anna"]);
        let wishing = |n, of, point, follow_up| {
            let Row::Rating(mut it) = rating(n, of, point, 3) else { unreachable!("a rating") };
            it.answers.follow_up = follow_up;
            Row::Rating(it)
        };
        for row in [
            wishing(1, 0, 5, FollowUp::SomeoneElse),
            wishing(2, 0, 1, FollowUp::SomeoneElse),
            wishing(3, 0, 5, FollowUp::Rep),
            wishing(4, 99, 5, FollowUp::SomeoneElse),
        ] {
            replica.put(row);
        }
        let found = |lines: Vec<RatingLine>| lines.iter().map(|line| line.id.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(found(waiting(&replica, MANAGER, today())), [1]);
        let sad = unhappy(&replica, MANAGER, NOW);
        assert!(sad.iter().all(|line| line.waits_for(MANAGER)), "and says so among the unhappy");
        assert_eq!(found(sad), [2]);
        assert!(waiting(&replica, id(0), today()).is_empty());
    }
}
