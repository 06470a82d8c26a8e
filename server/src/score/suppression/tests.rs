//! Organisations drawn by chance, with reps who move, customers whom teams share, and viewers who change roles.

use super::{
    attack::{Seen, succeeds},
    *,
};
use proptest::prelude::*;
use uuid::Uuid;

fn team(n: u128) -> TeamId {
    TeamId(Uuid::from_u128(n))
}

fn rep(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(n))
}

fn customer(n: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(n))
}

fn first_of(month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, 1).expect("a month")
}

fn publish(month: &ClosedMonth, sight: &Sight, reach: &BTreeSet<Part>, published: &BTreeSet<Cell>) -> BTreeMap<Cell, Aggregate> {
    Lattice::new(month).publish(sight, reach, published)
}

const COMPONENTS: [Component; 2] = [Component::Listening, Component::Trust];

/// A month in which reps of `teams` were rated once each in one component, each by a customer of the own.
fn month(parents: &[(u128, Option<u128>)], reps: &[Option<u128>]) -> ClosedMonth {
    let rating = |n: usize| ClosedRating {
        id: RatingId(Uuid::from_u128(n as u128)),
        rep: rep(n as u128),
        customer: customer(n as u128),
        name: Name::Shown,
        components: [(Component::Trust, 4)].into(),
    };
    ClosedMonth {
        first_day: first_of(1),
        teams: parents.iter().map(|(id, parent)| (team(*id), parent.map(team))).collect(),
        reps: reps.iter().zip(0..).map(|(of, n)| (rep(n), of.map(team))).collect(),
        ratings: (0..reps.len()).map(rating).collect(),
    }
}

fn every_part(month: &ClosedMonth) -> BTreeSet<Part> {
    month.teams.keys().map(|team| Part::Team(*team)).chain([Part::Organisation]).collect()
}

fn shown(month: &ClosedMonth, sight: &Sight) -> Vec<Part> {
    publish(month, sight, &every_part(month), &BTreeSet::new()).into_keys().map(|cell| cell.part).collect()
}

fn of_rep(n: u128) -> Sight {
    Sight { named_of: [rep(n)].into(), ..Sight::default() }
}

fn of_manager(reps: impl IntoIterator<Item = u128>) -> Sight {
    Sight { every_of: reps.into_iter().map(rep).collect(), ..Sight::default() }
}

#[test]
fn a_part_is_told_when_it_and_what_is_left_of_the_larger_one_are_five() {
    let of = |sizes: &[(Option<u128>, usize)]| -> Vec<Option<u128>> {
        sizes.iter().flat_map(|(team, size)| std::iter::repeat_n(*team, *size)).collect()
    };
    let (all, one, two) = (Part::Organisation, Part::Team(team(1)), Part::Team(team(2)));
    let flat: &[(u128, Option<u128>)] = &[(1, None), (2, None)];
    for (sizes, expected) in [
        (vec![(Some(1), 4)], vec![]),
        (vec![(Some(1), 5)], vec![all, one]),
        (vec![(Some(1), 5), (Some(2), 4)], vec![all]),
        (vec![(Some(1), 5), (Some(2), 5)], vec![all, one, two]),
        (vec![(Some(1), 5), (Some(2), 5), (None, 1)], vec![all, one]),
        (vec![(Some(1), 5), (None, 5)], vec![all, one]),
    ] {
        assert_eq!(shown(&month(flat, &of(&sizes)), &Sight::default()), expected, "{sizes:?}");
    }
}

#[test]
fn a_rep_needs_five_others_and_a_manager_five_whom_somebody_else_manages() {
    let nine = month(&[(1, None)], &[[Some(1); 5].as_slice(), &[None; 4]].concat());
    assert_eq!(shown(&nine, &of_rep(0)), [Part::Organisation], "the team has only four others");
    assert_eq!(shown(&nine, &of_manager(0..5)), [Part::Team(team(1))], "the rest are four");
    assert_eq!(shown(&nine, &of_manager(5..9)), [Part::Organisation, Part::Team(team(1))]);
    let both = Sight { named_of: [rep(5)].into(), ..of_manager(0..5) };
    assert_eq!(shown(&nine, &both), [Part::Team(team(1))]);
}

#[test]
fn whoever_managed_reps_once_is_not_told_of_them_by_what_is_left() {
    let ten = month(&[(1, None)], &[[Some(1); 5].as_slice(), &[None; 5]].concat());
    let once = |reps: std::ops::Range<u128>| Sight { some_of: reps.map(rep).collect(), ..Sight::default() };
    assert_eq!(shown(&ten, &once(0..0)), [Part::Organisation, Part::Team(team(1))]);
    assert_eq!(shown(&ten, &once(0..1)), [Part::Organisation], "the team has only four others");
    assert_eq!(shown(&ten, &once(0..6)), [], "and now so has the organisation");
    let still = Sight { some_of: [rep(0)].into(), ..of_manager(0..5) };
    assert_eq!(shown(&ten, &still), [Part::Organisation, Part::Team(team(1))], "who sees all of a team may see its sum");
}

#[test]
fn one_rep_without_ratings_is_not_given_away_by_two_equal_numbers() {
    let mut month = month(&[(1, None)], &[[Some(1); 6].as_slice(), &[None]].concat());
    month.ratings.pop();
    assert_eq!(shown(&month, &Sight::default()), [Part::Organisation]);
}

#[test]
fn the_own_hidden_ratings_are_never_what_is_left() {
    let mut month = month(&[(1, None)], &[[Some(1); 6].as_slice(), &[None]].concat());
    month.ratings[6].name = Name::Hidden;
    assert_eq!(shown(&month, &of_rep(6)), [Part::Organisation]);
}

#[test]
fn customers_are_five_too() {
    let mut month = month(&[], &[None; 8]);
    for (n, rating) in month.ratings.iter_mut().enumerate() {
        rating.customer = customer(n as u128 % 4);
    }
    assert_eq!(shown(&month, &Sight::default()), []);
    month.ratings[0].customer = customer(9);
    assert_eq!(shown(&month, &Sight::default()), [Part::Organisation]);
}

#[test]
fn sums_are_over_a_team_and_all_below_it() {
    let month =
        month(&[(1, None), (2, Some(1)), (3, Some(9)), (4, Some(5)), (5, Some(4))], &[[Some(2); 6].as_slice(), &[Some(5)]].concat());
    let told = publish(&month, &Sight::default(), &every_part(&month), &BTreeSet::new());
    let told: Vec<(Part, Aggregate)> = told.into_iter().map(|(cell, sum)| (cell.part, sum)).collect();
    assert_eq!(told, [(Part::Organisation, Aggregate { sum: 28, count: 7, reps: 7, customers: 5 })], "a ring of teams is no part");
    let cell = |part| Cell { month: first_of(1), part, component: Component::Trust };
    let before = [Part::Team(team(2))].map(cell).into();
    let told = publish(&month, &Sight::default(), &every_part(&month), &before);
    let six = Aggregate { sum: 24, count: 6, reps: 6, customers: 5 };
    assert_eq!(told, [1, 2].map(|n| (cell(Part::Team(team(n))), six)).into(), "what was told before stays, and the rest makes room");
}

/// A viewer's months: what was seen of each, and which parts were within reach by then.
struct Career {
    months: Vec<ClosedMonth>,
    sights: Vec<Sight>,
    reaches: Vec<BTreeSet<Part>>,
}

fn career(seed: u64) -> Career {
    let mut random = fastrand::Rng::with_seed(seed);
    let teams = random.u128(1..6);
    let parents: Vec<(u128, Option<u128>)> =
        (0..teams).map(|id| (id, (id > 0 && random.u8(..3) > 0).then(|| random.u128(..id.max(1))))).collect();
    let reps = random.u128(6..12);
    let customers = random.u128(5..10);
    let any_team = |random: &mut fastrand::Rng| (random.u8(..8) > 0).then(|| team(random.u128(..teams)));
    let mut of: BTreeMap<MemberId, Option<TeamId>> = (0..reps).map(|n| (rep(n), any_team(&mut random))).collect();
    let mut career = Career { months: Vec::new(), sights: Vec::new(), reaches: Vec::new() };
    let mut reach = BTreeSet::new();
    for n in 1..=2 {
        let mut month = ClosedMonth { first_day: first_of(n), reps: of.clone(), ..month(&parents, &[]) };
        for of in 0..reps {
            for _ in 0..random.u8(..4) {
                let given: Vec<Component> = COMPONENTS.into_iter().filter(|_| random.u8(..6) > 0).collect();
                let (by, hidden) = (random.u128(..customers), random.u8(..6) == 0);
                month.ratings.push(ClosedRating {
                    id: RatingId(Uuid::from_u128(random.u128(..))),
                    rep: rep(of),
                    customer: customer(by),
                    name: if hidden { Name::Hidden } else { Name::Shown },
                    components: given.into_iter().zip(std::iter::repeat_with(|| random.u8(1..=5))).collect(),
                });
            }
        }
        let managed = Part::Team(team(random.u128(..teams)));
        let manages = random.bool();
        career.sights.push(Sight {
            every_of: of.iter().filter(|(_, of)| manages && path(**of, &month.teams).contains(&managed)).map(|(rep, _)| *rep).collect(),
            named_of: [rep(random.u128(..reps))].into_iter().filter(|_| random.bool()).collect(),
            some_of: [rep(random.u128(..reps))].into_iter().filter(|_| random.u8(..4) == 0).collect(),
        });
        reach.extend(every_part(&month).into_iter().filter(|_| random.u8(..4) > 0));
        career.reaches.push(reach.clone());
        career.months.push(month);
        for team in of.values_mut() {
            if random.u8(..5) == 0 {
                *team = any_team(&mut random);
            }
        }
    }
    career
}

fn cells(shown: BTreeMap<Cell, Aggregate>) -> BTreeSet<Cell> {
    shown.into_keys().collect()
}

/// Every cell of `month` that has five reps and five customers by itself, which is not enough.
fn large_cells(month: &ClosedMonth) -> BTreeSet<Cell> {
    let large = |sum: &Aggregate| sum.reps >= 5 && sum.customers >= 5;
    Lattice::new(month)
        .sums
        .into_iter()
        .filter(|(cell, sum)| COMPONENTS.contains(&cell.component) && large(sum))
        .map(|(cell, _)| cell)
        .collect()
}

/// `month` as somebody with `sight` sees it, who of the reps seen in part saw now this and now that.
fn seen<'a>(month: &'a ClosedMonth, sight: &Sight, cells: &'a BTreeSet<Cell>, seed: u64) -> Seen<'a> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut is_seen = |it: &&ClosedRating| sight.sees(it) || (sight.some_of.contains(&it.rep) && random.bool());
    Seen {
        month,
        cells,
        ratings: month.ratings.iter().filter(&mut is_seen).map(|it| it.id).collect(),
        whole: sight.every_of.clone(),
        known: month.reps.keys().filter(|rep| sight.knows(**rep)).copied().collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_a_viewer_is_ever_shown_tells_of_fewer_than_five(seed in any::<u64>()) {
        let Career { months, sights, reaches } = career(seed);
        let mut shown = cells(publish(&months[0], &sights[0], &reaches[0], &BTreeSet::new()));
        let before = shown.clone();
        // A month later the viewer reaches more parts, of the old month too.
        for (month, sight) in months.iter().zip(&sights) {
            shown.extend(cells(publish(month, sight, &reaches[1], &before)));
        }
        prop_assert!(before.is_subset(&shown));
        let attacked: Vec<_> = months.iter().zip(&sights).map(|(month, sight)| seen(month, sight, &shown, seed)).collect();
        prop_assert!(!succeeds(&attacked), "{:?} {:?}", shown, sights);
    }

    #[test]
    fn what_is_judged_safe_cannot_be_broken(seed in any::<u64>()) {
        let Career { months, sights, .. } = career(seed);
        let mut large = large_cells(&months[0]);
        for cell in large.clone() {
            // Sight that grew afterwards, and every part of what is safe.
            for sight in &sights {
                if Lattice::new(&months[0]).is_safe(sight, &large) {
                    prop_assert!(!succeeds(&[seen(&months[0], sight, &large, seed)]), "{:?} {:?}", large, sight);
                }
            }
            large.remove(&cell);
        }
    }

    #[test]
    fn what_is_published_does_not_depend_on_the_points_given(seed in any::<u64>()) {
        let Career { mut months, sights, reaches } = career(seed);
        let before = cells(publish(&months[0], &sights[0], &reaches[0], &BTreeSet::new()));
        months[0].ratings.iter_mut().for_each(|it| it.components.values_mut().for_each(|point| *point = 6 - *point));
        prop_assert_eq!(before, cells(publish(&months[0], &sights[0], &reaches[0], &BTreeSet::new())));
    }
}

#[test]
fn cells_that_are_large_by_themselves_are_broken_often() {
    let (mut shown, mut broken) = (0, 0);
    for seed in 0..100 {
        let Career { months, sights, .. } = career(seed);
        let large = large_cells(&months[0]);
        shown += u32::from(!publish(&months[0], &sights[0], &every_part(&months[0]), &BTreeSet::new()).is_empty());
        broken += u32::from(succeeds(&[seen(&months[0], &sights[0], &large, seed)]));
    }
    assert!(broken >= 20 && shown >= 20, "of 100 organisations {broken} are broken and {shown} shown something");
}
