//! Ratings taken in one after the other against all of them solved anew.

use super::*;
use crate::score::{
    counting::Stay,
    fit::Fit,
    formula::Formula,
    mixture::Mixture,
    model::{Node, Variances},
    readings::Reading,
    solved::Part,
};
use app::{
    id::{ContactId, CustomerId, MeetingId, PromiseId, RatingId},
    meeting::{Channel, MeetingFormat},
    survey::{Component, Decision, Exclusion, ExclusionReason, PromiseAnswer, Way},
};
use proptest::prelude::*;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_780_000_000_000);

/// What happens to ratings; numbers choose among those there are.
#[derive(Clone, Debug)]
enum Event {
    Comes(Reading),
    IsCorrected(usize, BTreeMap<Component, u8>),
    HidesItsName(usize, bool),
    IsLeftOut(usize),
    CountsAgain(usize),
    WasAnotherFormat(usize),
    ReachesTheManagers(usize),
    /// All that one customer gave is by another: they are the same, or two after all.
    AreOne(CustomerId, CustomerId),
}

fn any_components() -> impl Strategy<Value = BTreeMap<Component, u8>> {
    prop::collection::btree_map(0_usize..5, 1_u8..=5, 1..=5)
        .prop_map(|points| points.into_iter().map(|(n, point)| (Component::ALL[n], point)).collect())
}

fn any_reading() -> impl Strategy<Value = Reading> {
    let who = (0_u128..4, 0_u128..4, prop::option::of(0_u128..2), 0_u128..8);
    let what = (any_components(), prop::option::of(0_u8..=10), prop::option::of((0_u128..4, 0_usize..4)));
    let when = (0_i64..200, any::<bool>(), prop::option::weighted(0.8, 0_i64..30), any::<u64>());
    (who, what, when, 0_usize..6).prop_map(
        |((rep, customer, contact, meeting), (components, recommend, promise), (age, hidden, lag, id), format)| {
            let given_at = NOW.plus_days(-age);
            let observation = Observation {
                id: RatingId(Uuid::from_u128(id.into())),
                rep: MemberId(Uuid::from_u128(rep)),
                customer: CustomerId(Uuid::from_u128(customer)),
                contact: contact.map(|contact| ContactId(Uuid::from_u128(10 * customer + contact))),
                meeting: MeetingId(Uuid::from_u128(100 * rep + 10 * customer + meeting / 4)),
                format: MeetingFormat::ALL.get(format).copied(),
                channel: Some(Channel::Video),
                way: Way::Handover,
                given_at,
                hidden,
                stays: Vec::new(),
                components,
                recommend,
                promises: promise
                    .map(|(promise, answer)| {
                        (PromiseId(Uuid::from_u128(promise)), MemberId(Uuid::from_u128(rep)), PromiseAnswer::ALL[answer])
                    })
                    .into_iter()
                    .collect(),
            };
            // Some reach their readers only a little later than now.
            let reached = lag.map(|lag| given_at.plus_days(lag).min(NOW.plus_millis(1)));
            Reading { observation, sequence: 0, rep_at: reached.filter(|_| !hidden), manager_at: reached, exclusions: Vec::new() }
        },
    )
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => any_reading().prop_map(Event::Comes),
        1 => (any::<usize>(), any_components()).prop_map(|(which, points)| Event::IsCorrected(which, points)),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(which, hidden)| Event::HidesItsName(which, hidden)),
        1 => any::<usize>().prop_map(Event::IsLeftOut),
        1 => any::<usize>().prop_map(Event::CountsAgain),
        1 => any::<usize>().prop_map(Event::WasAnotherFormat),
        1 => any::<usize>().prop_map(Event::ReachesTheManagers),
        1 => (0_u128..4, 0_u128..4).prop_map(|(from, into)| Event::AreOne(CustomerId(Uuid::from_u128(from)), CustomerId(Uuid::from_u128(into)))),
    ]
}

/// The readings to which `event` happens, as they are then.
fn after(event: Event, there: &[Reading], now: Timestamp) -> Vec<Reading> {
    let Event::AreOne(from, into) = event else { return one_after(event, there, now).into_iter().collect() };
    let at = |it: &Reading| Reading { observation: Observation { customer: into, ..it.observation.clone() }, ..it.clone() };
    there.iter().filter(|it| it.observation.customer == from).map(at).collect()
}

/// The one reading to which `event` happens, as it is then; nothing where there is none.
fn one_after(event: Event, there: &[Reading], now: Timestamp) -> Option<Reading> {
    let chosen = |which: usize| there.get(which.checked_rem(there.len())?).cloned();
    let changed = |which: usize, change: &dyn Fn(&mut Reading)| {
        let mut reading = chosen(which)?;
        change(&mut reading);
        Some(reading)
    };
    let decision = || Decision { member: MemberId(Uuid::nil()), at: now, note: "seen".into() };
    match event {
        Event::Comes(reading) => Some(reading),
        Event::IsCorrected(which, points) => changed(which, &|it| it.observation.components.clone_from(&points)),
        Event::HidesItsName(which, hidden) => changed(which, &|it| it.observation.hidden = hidden),
        Event::IsLeftOut(which) => changed(which, &|it| {
            if it.exclusions.last().is_none_or(|last| last.lifted.is_some()) {
                it.exclusions.push(Exclusion { reason: ExclusionReason::Test, by: decision(), lifted: None });
            }
        }),
        Event::CountsAgain(which) => {
            changed(which, &|it| it.exclusions.iter_mut().for_each(|last| last.lifted = last.lifted.take().or_else(|| Some(decision()))))
        }
        Event::WasAnotherFormat(which) => changed(which, &|it| it.observation.format = Some(MeetingFormat::ALL[0])),
        Event::ReachesTheManagers(which) => changed(which, &|it| it.manager_at = Some(now)),
        Event::AreOne(..) => None,
    }
}

/// Something is held, learned or not.
fn held(rules: &Rules) -> Held {
    let node = |(share, rep, customer, residual)| Node { share, variances: Variances { rep, customer, window: 1.0, residual } };
    let nodes: Vec<Node> = [(0.5, 0.1, 0.2, 0.4), (0.3, 0.02, 0.05, 0.9), (0.2, 1e-6, 0.3, 0.5)].map(node).to_vec();
    let fit = Fit {
        formula: Formula::of(rules, None),
        ratings: 10,
        means: Component::ALL.into_iter().map(|component| (component, 3.5)).collect(),
        // One of the components was never rated while it was learned.
        components: Component::ALL[..4].iter().map(|component| (*component, nodes.clone())).collect(),
        overall: nodes,
    };
    Held::next(None, 10, rules, NOW.plus_days(-20), |_| fit)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

fn same(a: &Mixture, b: &Mixture) -> bool {
    near(a.mean(), b.mean()) && near(a.variance(), b.variance())
}

fn assert_says_the_same(updated: Option<&Part>, anew: Option<&Part>) -> Result<(), TestCaseError> {
    let (Some(updated), Some(anew)) = (updated, anew) else {
        prop_assert_eq!(updated.is_some(), anew.is_some());
        return Ok(());
    };
    let place = |names: &[MemberId], rep: MemberId| names.iter().position(|other| *other == rep).expect("the same reps");
    prop_assert_eq!(BTreeSet::from_iter(updated.rows.reps()), BTreeSet::from_iter(anew.rows.reps()));
    prop_assert!(near(updated.posterior.mean(), anew.posterior.mean()));
    for (number, rep) in anew.rows.reps().iter().enumerate() {
        let other = place(updated.rows.reps(), *rep);
        prop_assert_eq!(anew.rows.of_rep(number), updated.rows.of_rep(other));
        prop_assert!(same(&updated.posterior.rep(other), &anew.posterior.rep(number)));
        prop_assert!(same(&updated.posterior.effect(other), &anew.posterior.effect(number)));
    }
    let mut pairs = 0;
    for (rep, customer) in anew.rows.pairs() {
        let (name, whose) = (anew.rows.reps()[rep], anew.rows.customers()[customer]);
        let other =
            (place(updated.rows.reps(), name), updated.rows.customers().iter().position(|it| *it == whose).expect("the same customers"));
        prop_assert!(same(&updated.posterior.with_customer(other.0, other.1), &anew.posterior.with_customer(rep, customer)));
        pairs += 1;
    }
    prop_assert_eq!(pairs, updated.rows.pairs().count());
    Ok(())
}

/// Three reps rated by one person each at two customers.
fn few() -> Vec<Observation> {
    let rated = |n: u128| Observation {
        id: RatingId(Uuid::from_u128(n)),
        rep: MemberId(Uuid::from_u128(n % 3)),
        customer: CustomerId(Uuid::from_u128(n % 2)),
        contact: Some(ContactId(Uuid::from_u128(n))),
        meeting: MeetingId(Uuid::from_u128(n)),
        format: None,
        channel: None,
        way: Way::Link,
        given_at: NOW,
        hidden: false,
        stays: vec![Stay::since(NOW)],
        components: Component::ALL.into_iter().map(|component| (component, 4)).collect(),
        recommend: None,
        promises: Vec::new(),
    };
    (0..6).map(rated).collect()
}

#[test]
fn whoever_comes_is_taken_in_and_only_who_leaves_for_good_has_all_solved_anew() {
    let held = held(&Rules::default());
    let part = Part::overall(&few().into_iter().collect(), &held.fit, NOW).expect("rated");
    let is_taken_in =
        |was: Option<&Observation>, is: Option<&Observation>| part.clone().take_in(&[Change { was: was.cloned(), is: is.cloned() }]);
    let first = &few()[0];
    let another = Observation { id: RatingId(Uuid::from_u128(9)), ..first.clone() };
    for more in [
        another.clone(),
        Observation { contact: None, ..another.clone() },
        Observation { customer: CustomerId(Uuid::from_u128(9)), ..another.clone() },
        Observation { rep: MemberId(Uuid::from_u128(9)), ..another.clone() },
        Observation { meeting: MeetingId(Uuid::from_u128(9)), ..another },
    ] {
        assert!(is_taken_in(None, Some(&more)), "{more:?}");
    }
    assert!(is_taken_in(Some(first), Some(&Observation { format: Some(MeetingFormat::ALL[0]), ..first.clone() })));
    assert!(!is_taken_in(Some(first), None), "its person gave no other");
}

#[test]
fn how_ratings_scatter_is_told_only_where_five_reps_and_five_customers_taught_it() {
    let held = held(&Rules::default());
    for (reps, customers, told) in [(4, 6, false), (6, 4, false), (5, 5, true)] {
        let rated = |n: u128| Observation {
            id: RatingId(Uuid::from_u128(n)),
            rep: MemberId(Uuid::from_u128(n % reps)),
            customer: CustomerId(Uuid::from_u128(n / reps)),
            ..few()[0].clone()
        };
        let known = |observation| Reading { observation, sequence: 0, rep_at: Some(NOW), manager_at: None, exclusions: Vec::new() };
        let readings: Readings = (0..reps * customers).map(rated).map(known).collect();
        let spread = View::new(Audience::Rep, &readings, &held, NOW).spread(&held.fit);
        assert_eq!(spread.len(), if told { 4 } else { 0 }, "{reps} reps, {customers} customers");
        // Variances of 0.175 and 0.57, as deviations in points of 100.
        assert!(spread.values().all(|it| *it == Spread { customer: 10.0, residual: 19.0 }), "{spread:?}");
    }
}

/// Two numbers that were rounded to tenths from as good as the same.
fn told_alike(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.1 + 1e-6
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn ratings_taken_in_say_what_they_say_anew(
        start in prop::collection::vec(any_reading(), 0..12),
        events in prop::collection::vec(any_event(), 1..12),
        at_once in 1_usize..4,
    ) {
        let rules = Rules::default();
        let held = held(&rules);
        for audience in Audience::ALL {
            let mut there: Vec<Reading> = start.clone();
            let mut readings: Readings = there.iter().cloned().collect();
            let mut view = View::new(audience, &readings, &held, NOW);
            for (minute, events) in events.chunks(at_once).enumerate() {
                let now = NOW.plus_millis(minute as i64 + 1);
                let mut changed = BTreeMap::new();
                for event in events {
                    for reading in after(event.clone(), &there, now) {
                        there.retain(|it| it.observation.id != reading.observation.id);
                        there.push(reading.clone());
                        changed.insert(reading.observation.id, reading);
                    }
                }
                let before = readings.take_in(changed.into_values().collect());
                prop_assert_eq!(&readings, &there.iter().cloned().collect::<Readings>());
                view.take_in(&before, &readings, &held, now);
                let anew = View::new(audience, &readings, &held, now);
                assert_says_the_same(view.solved.overall.as_ref(), anew.solved.overall.as_ref())?;
                prop_assert_eq!(view.solved.components.len(), anew.solved.components.len());
                for (component, part) in &anew.solved.components {
                    assert_says_the_same(view.solved.components.get(component), Some(part))?;
                }
                prop_assert_eq!(&view.stages, &anew.stages);
                prop_assert_eq!(&view.unsettled, &anew.unsettled);
                let (scores, fresh) = (view.scores(&held, &rules), anew.scores(&held, &rules));
                prop_assert_eq!(scores.len(), fresh.len());
                for (rep, score) in &scores {
                    let other = &fresh[rep];
                    let estimates = |it: &crate::score::RepScore| it.components.values().chain(&it.overall).copied().collect::<Vec<_>>();
                    prop_assert_eq!(estimates(score).len(), estimates(other).len());
                    for (a, b) in estimates(score).into_iter().zip(estimates(other)) {
                        prop_assert!(told_alike(a.value, b.value) && told_alike(a.low, b.low) && told_alike(a.high, b.high), "{a:?} {b:?}");
                        prop_assert_eq!((a.ratings, a.customers), (b.ratings, b.customers));
                    }
                    prop_assert!(score.pulls.iter().all(|(id, pull)| (other.pulls[id] - pull).abs() < 1e-7));
                    prop_assert_eq!((score.pulls.len(), score.apart, score.reliability), (other.pulls.len(), other.apart, other.reliability));
                    prop_assert_eq!((score.net_promoter, score.burst), (other.net_promoter, other.burst));
                    if let (Some(overall), Some(movement)) = (score.overall, score.overall.and_then(|it| view.movement(*rep, &it))) {
                        let sum = movement.from + movement.parts.values().sum::<f64>();
                        prop_assert!((sum - overall.value).abs() < 1e-9, "{movement:?} {overall:?}");
                    }
                }
            }
        }
    }
}
