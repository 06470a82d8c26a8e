use super::*;
use crate::{
    id::AbsenceId,
    sync::sample::{a_customer, on},
};
use proptest::prelude::*;
use uuid::Uuid;

fn away(from: &str, until: &str) -> Absence {
    Absence { id: AbsenceId(Uuid::nil()), from: on(from), until: on(until), cover: None }
}

/// Regular customers: ideally every 30 days, at the latest every 45.
fn rules() -> Rules {
    Rules::default()
}

#[test]
fn a_window_starts_at_the_last_contact_or_when_the_owner_took_over() {
    use Attention::{Due, OnTrack, Overdue};
    let today = on("2026-06-01");
    for (last, own_window, since, attention, over) in [
        (Some("2026-05-20"), None, "2026-01-01", OnTrack, 0),
        (Some("2026-05-02"), None, "2026-01-01", OnTrack, 0),
        (Some("2026-05-01"), None, "2026-01-01", Due, 0),
        (Some("2026-04-17"), None, "2026-01-01", Due, 0),
        (Some("2026-04-16"), None, "2026-01-01", Overdue, 1),
        (Some("2026-04-01"), None, "2026-01-01", Overdue, 16),
        (Some("2026-04-01"), Some(90), "2026-01-01", Due, 0),
        (Some("2026-04-03"), Some(90), "2026-01-01", OnTrack, 0),
        (Some("2026-01-01"), None, "2026-05-25", OnTrack, 0),
        (None, None, "2026-01-01", Overdue, 106),
    ] {
        let customer = Customer { window_days: own_window, owned_since: on(since), ..a_customer(1) };
        let standing = standing(&customer, last.map(on), &rules(), &[], today);
        assert_eq!((standing.attention, standing.days_over), (attention, over), "{last:?} {own_window:?} {since}");
    }
}

#[test]
fn a_tier_has_the_organisations_window_and_a_customer_may_have_its_own() {
    use WindowRule::{OfTier, Own};
    for (tier, ideal, most, expected) in [
        (Tier::Key, None, None, (14, 30, OfTier(Tier::Key))),
        (Tier::Regular, None, None, (30, 45, OfTier(Tier::Regular))),
        (Tier::Occasional, None, None, (90, 180, OfTier(Tier::Occasional))),
        // As customers were before they had tiers: the one number is the most.
        (Tier::Regular, None, Some(90), (60, 90, Own)),
        (Tier::Regular, None, Some(1), (1, 1, Own)),
        (Tier::Regular, Some(10), None, (10, 45, Own)),
        (Tier::Key, Some(10), Some(20), (10, 20, Own)),
        // Two people who had not seen each other's edit.
        (Tier::Regular, Some(60), Some(20), (20, 20, Own)),
    ] {
        let customer = Customer { tier, ideal_days: ideal, window_days: most, ..a_customer(1) };
        let Window { ideal_days, most_days, rule } = Window::of(&customer, &rules());
        assert_eq!((ideal_days, most_days, rule), expected, "{tier:?} {ideal:?} {most:?}");
    }
}

#[test]
fn days_on_which_the_owner_is_away_do_not_count() {
    use Attention::{Due, OnTrack, Overdue};
    let holiday = || vec![away("2026-06-01", "2026-06-14")];
    for (absences, last, today, attention, over, paused) in [
        // 30 and 45 days after 10 May: 9 and 24 June; later by those away after that.
        (vec![], "2026-05-10", "2026-06-10", Due, 0, None),
        (holiday(), "2026-05-10", "2026-06-10", OnTrack, 0, Some("2026-06-14")),
        (holiday(), "2026-05-10", "2026-06-23", OnTrack, 0, None),
        (holiday(), "2026-05-10", "2026-06-24", Due, 0, None),
        (holiday(), "2026-05-10", "2026-07-09", Overdue, 1, None),
        // What was overdue before stays as it was, and gets no worse.
        (holiday(), "2026-04-10", "2026-05-31", Overdue, 6, None),
        (holiday(), "2026-04-10", "2026-06-14", Overdue, 6, Some("2026-06-14")),
        (holiday(), "2026-04-10", "2026-06-15", Overdue, 7, None),
        // A contact during the absence, by a colleague, starts the window anew.
        (holiday(), "2026-06-05", "2026-06-10", OnTrack, 0, Some("2026-06-14")),
        // Absences that overlap count once.
        (vec![away("2026-06-05", "2026-06-14"), away("2026-06-01", "2026-06-10")], "2026-05-10", "2026-06-24", Due, 0, None),
    ] {
        let standing = standing(&a_customer(1), Some(on(last)), &rules(), &absences, on(today));
        let told = (standing.attention, standing.days_over, standing.paused_until);
        assert_eq!(told, (attention, over, paused.map(on)), "{absences:?} {last} {today}");
    }
}

#[test]
fn a_new_owner_starts_a_full_window() {
    let customer = Customer { owned_since: on("2026-05-25"), ..a_customer(1) };
    let standing = standing(&customer, Some(on("2026-01-01")), &rules(), &[], on("2026-06-01"));
    assert_eq!((standing.start, standing.last_contact), (WindowStart::Ownership, Some(on("2026-01-01"))));
    assert_eq!((standing.ideal_ends, standing.window_ends), (on("2026-06-24"), on("2026-07-09")));
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0..400_i64).prop_map(|days| on("2026-01-01") + TimeDelta::days(days))
}

fn absences() -> impl Strategy<Value = Vec<Absence>> {
    let one = (day(), 0..40_i64).prop_map(|(from, days)| Absence {
        id: AbsenceId(Uuid::nil()),
        from,
        until: from + TimeDelta::days(days),
        cover: None,
    });
    proptest::collection::vec(one, 0..4)
}

fn a_window() -> impl Strategy<Value = Customer> {
    (proptest::option::of(1..200_u16), proptest::option::of(1..200_u16), day(), 0..3_usize).prop_map(|(ideal, most, since, tier)| {
        Customer { ideal_days: ideal, window_days: most, owned_since: since, tier: Tier::ALL[tier], ..a_customer(1) }
    })
}

proptest! {
    #[test]
    fn a_window_holds_as_many_days_that_count_as_it_is_long(customer in a_window(), last in proptest::option::of(day()), away in absences(), today in day()) {
        let it = standing(&customer, last, &rules(), &away, today);
        let begun = last.map_or(customer.owned_since, |last| last.max(customer.owned_since));
        let counts = |date: &NaiveDate| !away.iter().any(|it| it.from <= *date && *date <= it.until);
        let days = |until: NaiveDate| begun.iter_days().skip(1).take_while(|date| *date <= until).filter(counts).count();
        prop_assert_eq!(days(it.window_ends), usize::from(it.window.most_days));
        prop_assert_eq!(days(it.ideal_ends), usize::from(it.window.ideal_days));
        let over = days(today).saturating_sub(usize::from(it.window.most_days));
        prop_assert_eq!(usize::from(it.days_over), over);
    }

    #[test]
    fn time_only_worsens_and_contact_only_helps(customer in a_window(), last in day(), away in absences(), today in day(), later in 0..90_i64) {
        let at = |last: NaiveDate, today: NaiveDate| standing(&customer, Some(last), &rules(), &away, today).attention;
        prop_assert!(at(last, today) <= at(last, today + TimeDelta::days(later)));
        prop_assert!(at(last + TimeDelta::days(later), today) <= at(last, today));
    }

    #[test]
    fn an_absence_never_makes_a_customer_due_sooner(customer in a_window(), last in day(), away in absences(), today in day()) {
        let with = standing(&customer, Some(last), &rules(), &away, today);
        let without = standing(&customer, Some(last), &rules(), &[], today);
        prop_assert!(with.attention <= without.attention && with.window_ends >= without.window_ends);
    }
}
