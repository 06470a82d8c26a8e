//! Organisations with a known truth.

use super::*;
use crate::score::Stay;
use app::{
    customer::{Customer, CustomerSize},
    id::RatingId,
    survey::Way,
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_780_000_000_000);

/// Organisations of one kind.
#[derive(Clone, Copy)]
struct World {
    reps: u128,
    /// Raters per rep, and how often each rates.
    raters: u128,
    ratings: u128,
    /// How many reps a rater rates.
    crossed: u128,
    /// Where views lie, how much they vary from meeting to meeting, and how much leniency does.
    mean: f64,
    noise: f64,
    leniency: f64,
    /// How far apart the two halves of the first rep's raters are.
    split: f64,
}

const PLAIN: World = World { reps: 8, raters: 6, ratings: 3, crossed: 1, mean: 4.0, noise: 0.7, leniency: 0.0, split: 0.0 };

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// A standard normal draw.
fn normal(random: &mut fastrand::Rng) -> f64 {
    (-2.0 * (1.0 - random.f64()).ln()).sqrt() * (std::f64::consts::TAU * random.f64()).cos()
}

fn organisation(world: World, seed: u64) -> Vec<Observation> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut ratings = Vec::new();
    // Raters form panels; each panel rates `crossed` reps.
    let panels = world.reps.div_ceil(world.crossed);
    let lenient: Vec<f64> = (0..panels * world.raters).map(|_| world.leniency * normal(&mut random)).collect();
    for rep in 0..world.reps {
        let standing = world.mean + 0.3 * normal(&mut random);
        for place in 0..world.raters {
            let rater = rep / world.crossed * world.raters + place;
            let split = if rep == 0 { if place < world.raters / 2 { -0.5 } else { 0.5 } } else { 0.0 };
            for _ in 0..world.ratings {
                let view = standing + lenient[rater as usize] + split * world.split;
                let point = |random: &mut fastrand::Rng| cut::cut(view + world.noise * normal(random)) as u8;
                let components = Component::ALL.into_iter().map(|component| (component, point(&mut random))).collect();
                ratings.push(rating(ratings.len() as u128, rep, rater, components));
            }
        }
    }
    ratings
}

fn rating(meeting: u128, rep: u128, rater: u128, components: BTreeMap<Component, u8>) -> Observation {
    Observation {
        id: RatingId(id(meeting)),
        rep: MemberId(id(rep + 7_000)),
        customer: CustomerId(id(rater)),
        contact: None,
        meeting: MeetingId(id(meeting)),
        format: None,
        channel: None,
        way: Way::Link,
        given_at: NOW.plus_days(-20),
        stays: vec![Stay::since(NOW.plus_days(-20))],
        hidden: false,
        components,
        recommend: None,
        promises: Vec::new(),
    }
}

fn told(ratings: Vec<Observation>, audience: Audience, now: Timestamp) -> BTreeMap<MemberId, Vec<Disagreement>> {
    disagreements(&ratings.into_iter().collect(), &Businesses::default(), audience, now)
}

/// A customer who does something.
fn business(n: u128, industry: &str, size: CustomerSize) -> Customer {
    Customer {
        id: CustomerId(id(n)),
        name: format!("Customer {n}"),
        place: String::new(),
        industry: industry.to_owned(),
        size,
        owner: first(),
        co_owners: BTreeSet::new(),
        owned_since: NOW.date_at(0),
        tier: Default::default(),
        window_days: None,
        ideal_days: None,
        archived: false,
        united: None,
        version: 0,
        history: Default::default(),
    }
}

fn first() -> MemberId {
    MemberId(id(7_000))
}

/// The share of organisations with a finding, about the first rep and about anybody.
fn found(world: World, organisations: u64) -> (f64, f64) {
    let (mut of_first, mut of_any) = (0, 0);
    for seed in 0..organisations {
        let told = told(organisation(world, seed), Audience::Rep, NOW);
        of_first += u32::from(told.contains_key(&first()));
        of_any += u32::from(!told.is_empty());
    }
    (f64::from(of_first) / organisations as f64, f64::from(of_any) / organisations as f64)
}

/// Worlds in which raters agree but for leniency that can be known.
const AGREED: [(&str, World); 8] = [
    ("plain", PLAIN),
    ("near the end of the scale", World { mean: 4.7, noise: 0.9, ..PLAIN }),
    ("noisy, two ratings each", World { noise: 1.2, ratings: 2, ..PLAIN }),
    ("one rating each", World { noise: 1.2, ratings: 1, raters: 10, ..PLAIN }),
    ("ten raters", World { raters: 10, ..PLAIN }),
    ("three reps", World { reps: 3, ratings: 2, noise: 1.2, ..PLAIN }),
    ("harsh and lenient raters who rate many", World { leniency: 0.6, crossed: 8, ratings: 2, ..PLAIN }),
    ("harsh and lenient raters who rate two", World { leniency: 0.6, crossed: 2, ratings: 2, ..PLAIN }),
];

/// Whether at most a tenth of `organisations` of each world hear otherwise, but for three standard errors of the simulation.
fn assert_agreed(organisations: u64) {
    for (name, world) in AGREED {
        let (_, any) = found(world, organisations);
        println!("{name}: {any}");
        assert!(any <= 0.1 + 3.0 * (0.09 / organisations as f64).sqrt(), "{name}: {any}");
    }
}

#[test]
fn where_raters_agree_one_organisation_in_ten_at_most_hears_otherwise() {
    assert_agreed(16);
}

#[test]
#[ignore = "minutes: the figures in the module's description; `make soak` runs it"]
fn where_raters_agree_one_organisation_in_ten_at_most_hears_otherwise_in_many() {
    assert_agreed(1_500);
}

#[test]
fn a_clear_split_is_found() {
    for (name, world, at_least) in [
        ("three ratings each", World { split: 2.0, ..PLAIN }, 0.95),
        ("two ratings each", World { split: 2.0, ratings: 2, ..PLAIN }, 0.8),
        ("one rating each where others rate alike", World { split: 3.0, raters: 8, ratings: 1, ..PLAIN }, 0.4),
        ("raters whose leniency is known", World { split: 2.0, leniency: 0.5, crossed: 8, ..PLAIN }, 0.8),
    ] {
        let (of_first, _) = found(world, 16);
        assert!(of_first >= at_least, "{name}: {of_first}");
    }
}

/// Two customers who give 2 and two who give 5, three times each.
fn four_raters() -> Vec<Observation> {
    let points = |point| Component::ALL.into_iter().map(|component| (component, point)).collect();
    let of = |n: u128| rating(n, 0, n % 4, points(if n % 4 < 2 { 2 } else { 5 }));
    (0..12).map(of).collect()
}

#[test]
fn sides_are_told_with_their_customers() {
    let told = told(four_raters(), Audience::Rep, NOW);
    let told = &told[&first()];
    assert_eq!(told.iter().map(|it| it.component).collect::<Vec<_>>(), Component::ALL);
    let customers = |numbers: [u128; 2]| numbers.map(|n| CustomerId(id(n))).into();
    assert_eq!((told[0].lower.mean, told[0].lower.raters, &told[0].lower.customers), (2.0, 2, &customers([0, 1])));
    assert_eq!((told[0].higher.mean, told[0].higher.raters, &told[0].higher.customers), (5.0, 2, &customers([2, 3])));
}

#[test]
fn what_a_segment_explains_is_told_of_the_segment() {
    let customers = |of: fn(u128) -> (&'static str, CustomerSize)| {
        let customers = (0..4).map(move |n| (n, of(n))).map(|(n, (industry, size))| business(n, industry, size));
        disagreements(&four_raters().into_iter().collect(), &customers.collect(), Audience::Rep, NOW).remove(&first()).unwrap_or_default()
    };
    let of = |it: &Disagreement| (it.lower.segment.clone(), it.higher.segment.clone());
    let industry = |name: &str| Some(Segment::Industry(name.to_owned()));
    let told = customers(|n| (["Retail", "retail ", "Health", "Health"][n as usize], CustomerSize::Unknown));
    assert_eq!(told.iter().map(of).collect::<Vec<_>>(), vec![(industry("Retail"), industry("Health")); 5], "one finding per component");
    assert_eq!((told[0].lower.mean, told[0].lower.raters, told[0].higher.mean), (2.0, 2, 5.0));
    let told = customers(|n| ("", [CustomerSize::Small, CustomerSize::Small, CustomerSize::Large, CustomerSize::Large][n as usize]));
    assert_eq!(of(&told[0]), (Some(Segment::Size(CustomerSize::Small)), Some(Segment::Size(CustomerSize::Large))));
    for (why, told) in [
        (
            "each industry has one rater on each side",
            customers(|n| (["Retail", "Health", "Retail", "Health"][n as usize], CustomerSize::Unknown)),
        ),
        ("one rater speaks for no industry", customers(|n| (["Retail", "", "Health", "Health"][n as usize], CustomerSize::Unknown))),
    ] {
        assert!(told.len() == 5 && told.iter().all(|it| of(it) == (None, None)), "{why}: {told:?}");
    }
}

#[test]
fn people_who_see_one_kind_of_meeting_otherwise_are_told_of_the_kind() {
    let points = |point| Component::ALL.into_iter().map(|component| (component, point)).collect();
    let ratings = (0..24).map(|n: u128| {
        let (format, point) = if (n / 4).is_multiple_of(2) { (MeetingFormat::Discovery, 5) } else { (MeetingFormat::Negotiation, 2) };
        Observation { format: Some(format), ..rating(n, 0, n % 4, points(point)) }
    });
    let told = told(ratings.collect(), Audience::Rep, NOW);
    let segments = |it: &Disagreement| (it.lower.segment.clone(), it.higher.segment.clone());
    let expected = (Some(Segment::Format(MeetingFormat::Negotiation)), Some(Segment::Format(MeetingFormat::Discovery)));
    assert_eq!(told[&first()].iter().map(segments).collect::<Vec<_>>(), vec![expected; 5], "no rater differs from another");
}

#[test]
fn segments_that_agree_are_told_of_no_oftener_than_raters_who_do() {
    let sizes = [CustomerSize::Micro, CustomerSize::Small, CustomerSize::Large];
    let (organisations, mut any) = (16, 0);
    for seed in 0..organisations {
        let customers = (0..48).map(|n| business(n, ["Retail", "Health"][n as usize % 2], sizes[n as usize % 3])).collect();
        let mut ratings = organisation(PLAIN, seed);
        for (n, it) in ratings.iter_mut().enumerate() {
            it.format = Some(MeetingFormat::ALL[n % 3]);
        }
        any += usize::from(!disagreements(&ratings.into_iter().collect(), &customers, Audience::Rep, NOW).is_empty());
    }
    let any = any as f64 / organisations as f64;
    assert!(any <= 0.1 + 3.0 * (0.09 / organisations as f64).sqrt(), "{any}");
}

#[test]
fn hidden_names_are_for_managers_only_and_old_ratings_for_nobody() {
    let mut ratings = four_raters();
    ratings[0].hidden = true;
    let hidden = |audience| {
        let told = told(ratings.clone(), audience, NOW).remove(&first()).unwrap_or_default();
        told.iter().map(|it| it.lower.hidden + it.higher.hidden).collect::<BTreeSet<_>>()
    };
    assert_eq!(hidden(Audience::Manager), BTreeSet::from([1]), "who is not to be named to the rep");
    assert!(hidden(Audience::Rep).iter().all(|hidden| *hidden == 0));
    for it in ratings.iter_mut().filter(|it| it.customer == CustomerId(id(0))) {
        it.hidden = true;
    }
    assert!(told(ratings.clone(), Audience::Manager, NOW).contains_key(&first()));
    assert_eq!(told(ratings.clone(), Audience::Rep, NOW), BTreeMap::new(), "three raters are left");
    assert_eq!(told(four_raters(), Audience::Manager, NOW.plus_days(365)), BTreeMap::new());
}

#[test]
fn a_customer_who_is_harsh_with_everybody_does_not_disagree() {
    let world = World { crossed: 8, ratings: 3, raters: 6, noise: 0.4, ..PLAIN };
    let mut ratings = organisation(world, 3);
    for it in ratings.iter_mut().filter(|it| [0, 1].map(|n| CustomerId(id(n))).contains(&it.customer)) {
        it.components.values_mut().for_each(|point| *point = point.saturating_sub(2).max(1));
    }
    assert_eq!(told(ratings.clone(), Audience::Rep, NOW), BTreeMap::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_order_in_which_ratings_arrive_does_not_matter(seed in any::<u64>()) {
        let ratings = organisation(World { split: 2.0, crossed: 2, reps: 4, ..PLAIN }, seed);
        let mut shuffled = ratings.clone();
        fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
        prop_assert_eq!(told(ratings, Audience::Rep, NOW), told(shuffled, Audience::Rep, NOW));
    }
}
