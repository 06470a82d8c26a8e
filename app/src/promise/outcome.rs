//! What goes to the customer once a promise is settled.

use super::{Promise, PromiseState};
use crate::time::words;
use chrono::NaiveDate;

/// The message that tells how `promise` went, with what was `done`, from `rep` of `organisation`, to be sent on `today`.
pub fn outcome_message(promise: &Promise, done: &str, rep: &str, organisation: &str, today: NaiveDate) -> String {
    let (what, by) = (promise.what.trim().trim_end_matches('.'), words::date(promise.due, today));
    let promised = format!("We promised you by {by}: {what}.");
    let went = match (promise.state, &promise.course.agreed) {
        (PromiseState::Open, _) => "We are on it.".to_owned(),
        (PromiseState::Kept, _) => "It is done.".to_owned(),
        (PromiseState::Late, _) => "It is done. It took us longer than we said, and we are sorry for that.".to_owned(),
        (PromiseState::Changed, Some(agreed)) => {
            format!("As we agreed, it will be by {}: {}.", words::date(agreed.due, today), agreed.what.trim().trim_end_matches('.'))
        }
        (PromiseState::Changed, None) => "As we agreed, it is not needed any more.".to_owned(),
        (PromiseState::NotKept, _) => "We did not manage it, and we are sorry. Tell us what would help you now.".to_owned(),
    };
    let signed = [rep, organisation].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n");
    let paragraphs = ["Hello,", &promised, &went, done.trim(), &signed];
    paragraphs.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{CustomerId, MemberId, PromiseId},
        promise::{Agreed, Course},
        sync::sample::on,
    };
    use uuid::Uuid;

    #[test]
    fn the_customer_reads_what_was_promised_and_what_came_of_it() {
        let (me, today) = (MemberId(Uuid::from_u128(1)), on("2026-06-11"));
        let promise = |state, agreed| Promise {
            id: PromiseId(Uuid::from_u128(2)),
            customer: CustomerId(Uuid::nil()),
            meeting: None,
            maker: me,
            keeper: me,
            what: "Replace the valve.".into(),
            due: on("2026-06-10"),
            evidence: String::new(),
            state,
            course: Course { agreed, ..Course::default() },
        };
        let agreed = Agreed { promise: PromiseId(Uuid::nil()), what: "Replace the pump".into(), due: on("2026-07-01") };
        let kept = outcome_message(&promise(PromiseState::Kept, None), "The technician came on Monday.\n", "Sanne", "Noord", today);
        let expected =
            "Hello,\n\nWe promised you by Wed 10 Jun: Replace the valve.\n\nIt is done.\n\nThe technician came on Monday.\n\nSanne\nNoord";
        assert_eq!(kept, expected);
        for (state, agreed, says) in [
            (PromiseState::Late, None, "longer than we said"),
            (PromiseState::Changed, Some(agreed), "it will be by Wed 1 Jul: Replace the pump."),
            (PromiseState::Changed, None, "not needed any more"),
            (PromiseState::NotKept, None, "we are sorry"),
        ] {
            let told = outcome_message(&promise(state, agreed), "", "Sanne", "", today);
            assert!(told.contains(says) && told.ends_with("\n\nSanne"), "{told}");
        }
    }
}
