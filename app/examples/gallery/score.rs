//! What shows a score, with the same components as on phones.

use crate::screens::tabs;
use app::{
    id::{CustomerId, MemberId, RatingId, TeamId},
    meeting::MeetingFormat,
    score::*,
    survey::{Component, Coverage, ExclusionReason, FollowUp},
    time::Timestamp,
    ui::*,
};
use chrono::{Days, Months, NaiveDate};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_780_308_000_000); // 2026-06-01T10:00:00Z
const REP: MemberId = MemberId(Uuid::from_u128(1));
const MANAGER: MemberId = MemberId(Uuid::from_u128(2));

fn reader(me: MemberId) -> Reader {
    Reader { me, today: NOW.date_at(0), offset_minutes: 60 }
}

/// Points from Listening to Progress; 0 is left out.
fn line(n: i64, contact: &str, customer: &str, format: MeetingFormat, points: [u8; 5], comment: &str) -> RatingLine {
    RatingLine {
        id: RatingId(Uuid::from_u128(n as u128)),
        rep: REP,
        who: Rater {
            customer: CustomerId(Uuid::from_u128(n as u128)),
            customer_name: customer.to_owned(),
            contact_name: Some(contact.to_owned()).filter(|name| !name.is_empty()),
        },
        given_at: NOW.plus_days(1 - 6 * n),
        format: Some(format),
        points: Component::ALL.into_iter().zip(points).filter(|(_, point)| *point > 0).collect(),
        comment: comment.to_owned(),
        unhappy: points.contains(&1) || points.contains(&2),
        left_out: false,
        wish: FollowUp::No,
    }
}

fn lines() -> Vec<RatingLine> {
    use MeetingFormat::{Discovery, Introductory, Negotiation, Presentation, Relationship};
    vec![
        line(1, "Jo Maddox", "Kestrel Foods", Discovery, [5, 4, 4, 4, 3], "You wrote down what the kitchen needs before showing anything."),
        line(2, "Kim Lee", "Tidewater Hotels", Presentation, [4, 4, 5, 0, 4], ""),
        line(3, "Ana Souza", "Orchard & Sons", Negotiation, [3, 3, 2, 3, 3], "We had to ask twice for the price list."),
        line(4, "Sam Ito", "Kestrel Foods", Introductory, [5, 5, 4, 4, 0], ""),
        line(5, "", "Marsh Bakery", Relationship, [5, 4, 5, 5, 4], "Always on time."),
        line(6, "Lea Brandt", "A very long company name that has to wrap somewhere, Limited", Discovery, [4, 3, 4, 3, 4], ""),
        RatingLine { left_out: true, ..line(7, "Kim Lee", "Tidewater Hotels", Discovery, [4, 4, 4, 4, 3], "") },
    ]
}

/// A quarter of weeks in which the formula changed once.
fn past() -> Vec<PastScore> {
    let first = NaiveDate::from_ymd_opt(2026, 3, 8).expect("a date");
    let values = [64.2, 64.0, 66.5, 68.1, 67.6, 69.9, 71.0, 70.2, 72.4, 71.3, 72.0, 71.3, 73.0];
    let week = |(nth, value): (usize, f64)| {
        let half = 13.0 - 0.5 * nth as f64;
        PastScore {
            on: first + Days::new(7 * nth as u64),
            value,
            low: value - half,
            high: value + 0.9 * half,
            formula: if nth < 7 { 2 } else { 3 },
        }
    };
    values.into_iter().enumerate().map(week).collect()
}

fn estimate(value: f64, low: f64, high: f64) -> Estimate {
    Estimate { value, low, high, ratings: 14, customers: 6 }
}

fn score(audience: Audience) -> Score {
    let components = [
        (Component::Listening, estimate(88.0, 82.6, 93.2)),
        (Component::Understanding, estimate(81.0, 73.0, 88.4)),
        (Component::Trust, estimate(76.0, 67.2, 84.5)),
        (Component::Value, Estimate { value: 64.0, low: 52.3, high: 75.1, ratings: 9, customers: 5 }),
    ];
    Score {
        ratings: 14,
        customers: 6,
        overall: Some(estimate(73.0, 66.1, 79.2)),
        components: components.into(),
        change: Some(ScoreChange { by: 6.0, low: 1.2, high: 11.0 }),
        coverage: Coverage { asked: 12, due: 15, handed_over: 5 },
        reliability: Some(Reliability { value: 86.0, low: 70.0, high: 96.0, promises: 9 }),
        net_promoter: Some(NetPromoter { net: 23.0, low: -9.6, high: 51.2, answers: 18 }),
        standing: Some(Standing::Above(Certainty::VeryLikely)),
        movement: Some(Movement {
            since: NaiveDate::from_ymd_opt(2026, 5, 25).expect("a date"),
            from: 71.34,
            to: 73.02,
            parts: BTreeMap::from([(Cause::NewRatings, 2.31), (Cause::Ageing, -0.44), (Cause::Refit, -0.19)]),
        }),
        burst: 4,
        past: past(),
        formula: 3,
        ..Score::unknown(REP, audience, NOW.plus_days(0))
    }
}

fn disagreements() -> Vec<DisagreementLine> {
    let side = |mean, raters, names: &[&str]| DisagreementSide {
        mean,
        raters,
        hidden: 0,
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        segment: None,
    };
    let of = |industry: &str, side| DisagreementSide { segment: Some(Segment::Industry(industry.to_owned())), ..side };
    vec![
        DisagreementLine {
            component: Component::Trust,
            lower: side(2.1, 2, &["Orchard & Sons"]),
            higher: side(4.6, 3, &["Kestrel Foods", "Marsh Bakery", "Tidewater Hotels"]),
        },
        DisagreementLine {
            component: Component::Value,
            lower: of("Hospitality", side(2.8, 3, &[])),
            higher: of("Food", side(4.4, 2, &["Kestrel Foods", "Marsh Bakery"])),
        },
    ]
}

/// As a manager reads them: also who is not to be named to the rep.
fn managers_disagreements() -> Vec<DisagreementLine> {
    let mut lines = disagreements();
    lines[0].lower.hidden = 1;
    lines
}

pub(crate) fn feedback() -> AnyView {
    let pulls = [Pull::MuchUp, Pull::Up, Pull::MuchDown, Pull::Hardly, Pull::Up, Pull::Down, Pull::Hardly];
    let pulls: BTreeMap<RatingId, Pull> = lines().iter().map(|line| line.id).zip(pulls).collect();
    let reader = reader(REP);
    view! {
        <Page title="Feedback">
            <ScoreSheet score=score(Audience::Rep) lines=lines() disagreements=disagreements() half_life_days=180 reader>
                <RatingList title="Ratings, newest first" lines=lines() reader pulls />
                <AlsoInScore hidden=Some(Pull::Hardly) raters=Some(Pull::Up) />
            </ScoreSheet>
        </Page>
        {tabs("/app/feedback")}
    }
    .into_any()
}

/// The same rep as the manager sees it: what ratings do to the score only the rep learns.
pub(crate) fn rep() -> AnyView {
    let reader = reader(MANAGER);
    view! {
        <Page title="Fleur Jansen" leave=Leave::Back("#".to_owned())>
            <p class="score-note">"Fleur Jansen sees that you looked."</p>
            <ScoreSheet score=Score { apart: true, ..score(Audience::Manager) } lines=lines() disagreements=managers_disagreements() half_life_days=180 reader>
                <RatingList title="Ratings, newest first" lines=lines() reader />
            </ScoreSheet>
        </Page>
        {tabs("/app/team")}
    }
    .into_any()
}

/// A rep with few ratings, as seen by the rep and, below it, by the manager.
pub(crate) fn early() -> AnyView {
    let few = lines().split_off(5);
    let first = Score {
        ratings: 2,
        customers: 2,
        overall: Some(Estimate { value: 70.0, low: 46.0, high: 91.0, ratings: 2, customers: 2 }),
        components: [(Component::Trust, Estimate { value: 69.0, low: 44.0, high: 92.0, ratings: 2, customers: 2 })].into(),
        standing: Some(Standing::TooEarly),
        coverage: Coverage { asked: 2, due: 2, handed_over: 0 },
        ..Score::unknown(REP, Audience::Rep, NOW)
    };
    let hidden = Score { ratings: 2, customers: 2, ..Score::unknown(REP, Audience::Manager, NOW) };
    view! {
        <Page title="Feedback">
            <ScoreSheet score=first lines=few.clone() disagreements=Vec::new() half_life_days=180 reader=reader(REP)>
                <RatingList title="Ratings, newest first" lines=few reader=reader(REP) />
            </ScoreSheet>
            <ScoreSheet score=hidden lines=Vec::new() disagreements=Vec::new() half_life_days=180 reader=reader(MANAGER)>""</ScoreSheet>
        </Page>
        {tabs("/app/feedback")}
    }
    .into_any()
}

/// Left out, counted again, and left out for another reason.
fn exclusions() -> Vec<ExclusionLine> {
    let by = |name: &str, days, note: &str| DecisionLine { name: name.to_owned(), at: NOW.plus_days(days), note: note.to_owned() };
    vec![
        ExclusionLine {
            reason: ExclusionReason::Test,
            by: by("Marit Visser", -9, "I tried the link on Kim’s phone."),
            lifted: Some(by("Marit Visser", -8, "Kim had answered before I did.")),
        },
        ExclusionLine {
            reason: ExclusionReason::Duplicate,
            by: by("Marit Visser", -2, "Kim sent it once more from the tablet and told us so."),
            lifted: None,
        },
    ]
}

/// What opens below a component, what is left out, and the steps of a relationship.
pub(crate) fn behind() -> AnyView {
    view! {
        <Page title="Behind a score">
            <Card title="Listening">
                <ComponentRatings component=Component::Listening lines=lines() reader=reader(REP) />
            </Card>
            <LeftOut exclusions=exclusions() reader=reader(REP) />
            <StandsOn step=Some(Component::Understanding) />
            <StandsOn step=Some(Component::Progress) />
            <StandsOn step=None />
        </Page>
        {tabs("/app/feedback")}
    }
    .into_any()
}

/// Averages of months that are over, one of which a team has nothing to tell of.
pub(crate) fn months() -> AnyView {
    let (rep, team) = (REP, TeamId(Uuid::from_u128(3)));
    let sum = |share: f64, count: u32| Aggregate { sum: (f64::from(count) * share) as u32, count, reps: 6, customers: count / 10 * 5 };
    let part = |part: Part, nth: u32, count: u32| PartOfMonth {
        part,
        components: Component::ALL
            .into_iter()
            .zip([4.3, 4.1, 3.9, 3.6, 3.7])
            .map(|(component, mean)| (component, sum(mean + 0.07 * f64::from(nth * 3 % 5), count)))
            .collect(),
    };
    let month = |nth: u32| {
        let team = (nth != 2).then(|| part(Part::Team(team), nth, 21 + nth));
        let parts = [part(Part::Organisation, nth + 1, 60 + nth)].into_iter().chain(team).collect();
        Arc::new(Month { member: rep, first_day: NaiveDate::from_ymd_opt(2025, 12, 1).expect("a date") + Months::new(nth), parts })
    };
    let (months, teams) = ((0..6).map(month).collect::<Vec<_>>(), BTreeMap::from([(team, "North".to_owned())]));
    view! {
        <Page title="Month by month" leave=Leave::Back("#".to_owned())>
            <MonthByMonth months teams />
        </Page>
        {tabs("/app/feedback")}
    }
    .into_any()
}
