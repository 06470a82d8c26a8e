use super::*;
use proptest::prelude::*;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_781_000_000_000);

const MAKER: MemberId = MemberId(Uuid::from_u128(1));
const KEEPER: MemberId = MemberId(Uuid::from_u128(2));
const STRANGER: MemberId = MemberId(Uuid::from_u128(3));

fn id(n: u128) -> PromiseId {
    PromiseId(Uuid::from_u128(n))
}

fn promise(keeper: MemberId) -> Promise {
    Promise {
        id: id(10),
        customer: CustomerId(Uuid::from_u128(8)),
        meeting: None,
        maker: MAKER,
        keeper,
        what: "Replace the valve".into(),
        due: "2026-06-10".parse().expect("a date"),
        evidence: String::new(),
        state: PromiseState::Open,
        course: Course::default(),
    }
}

fn agreed(n: u128) -> Agreed {
    Agreed { promise: id(n), what: "Replace the pump".into(), due: "2026-07-01".parse().expect("a date") }
}

fn cannot(why: &str) -> KeeperAnswer {
    KeeperAnswer::Cannot { why: why.into() }
}

#[test]
fn the_keeper_says_whether_it_can_be_done_while_it_is_open() {
    let kept = promise(KEEPER).settled(KEEPER, PromiseState::Kept, None, NOW).expect("the keeper may").promise;
    for (it, by, answer, may, why) in [
        (promise(KEEPER), KEEPER, KeeperAnswer::Can, true, "the keeper"),
        (promise(KEEPER), KEEPER, cannot("No valves until July"), true, "the keeper, with a reason"),
        (promise(KEEPER), KEEPER, cannot(" "), false, "without a reason"),
        (promise(KEEPER), MAKER, KeeperAnswer::Can, false, "the maker for the keeper"),
        (promise(KEEPER), STRANGER, KeeperAnswer::Can, false, "a stranger"),
        (promise(MAKER), MAKER, KeeperAnswer::Can, false, "nobody is asked about an own promise"),
        (kept, KEEPER, KeeperAnswer::Can, false, "it is settled"),
    ] {
        assert_eq!(it.answered(by, answer).is_ok(), may, "{why}");
    }
}

#[test]
fn a_promise_given_to_somebody_else_is_asked_about_anew() {
    let refused = promise(KEEPER).answered(KEEPER, cannot("No valves until July")).expect("the keeper may");
    assert_eq!((refused.why_not(), refused.awaits_keeper()), (Some("No valves until July"), false));
    let other = refused.handed(MAKER, STRANGER).expect("the maker may");
    assert_eq!((other.keeper, other.awaits_keeper(), other.why_not()), (STRANGER, true, None));
    assert_eq!(refused.handed(MAKER, KEEPER).expect("the maker may"), refused, "to the same keeper nothing changes");
    assert!(!refused.handed(MAKER, MAKER).expect("the maker may").awaits_keeper());
    assert_eq!(refused.handed(KEEPER, STRANGER), Err(Refusal::NotYours), "whoever keeps it does not pass it on");
}

#[test]
fn it_tells_of_the_keeper_unless_the_keeper_had_said_no() {
    let asked = promise(KEEPER);
    let can = asked.answered(KEEPER, KeeperAnswer::Can).expect("the keeper may");
    let not = asked.answered(KEEPER, cannot("No valves")).expect("the keeper may");
    let let_stand = not.settled(MAKER, PromiseState::NotKept, None, NOW).expect("the maker may").promise;
    assert_eq!([&promise(MAKER), &asked, &can, &not, &let_stand].map(Promise::answerable), [MAKER, KEEPER, KEEPER, MAKER, MAKER]);
}

#[test]
fn what_was_agreed_instead_is_a_promise_between_the_same_people() {
    let by_maker = promise(KEEPER).settled(MAKER, PromiseState::Changed, Some(agreed(11)), NOW).expect("the maker may");
    let instead = by_maker.instead.clone().expect("something was agreed");
    assert_eq!((instead.id, instead.what.as_str(), instead.maker, instead.keeper), (id(11), "Replace the pump", MAKER, KEEPER));
    assert!(instead.awaits_keeper() && instead.is_untouched_instead_of(id(10)));
    let by_keeper = promise(KEEPER).settled(KEEPER, PromiseState::Changed, Some(agreed(11)), NOW).expect("the keeper may");
    assert!(!by_keeper.instead.expect("something was agreed").awaits_keeper(), "whoever agreed it can do it");
    let back = by_maker.promise.settled(MAKER, PromiseState::Open, None, NOW).expect("the maker may");
    assert_eq!((back.promise, back.given_up, back.instead), (promise(KEEPER), Some(id(11)), None));
    let again = by_maker.promise.settled(MAKER, PromiseState::Changed, Some(agreed(12)), NOW).expect("the maker may");
    assert_eq!((again.given_up, again.instead.map(|it| it.id)), (Some(id(11)), Some(id(12))));
    let twice = by_maker.promise.settled(MAKER, PromiseState::Changed, Some(agreed(11)), NOW).expect("the maker may");
    assert_eq!((twice.given_up, &twice.promise), (None, &by_maker.promise), "said twice, it is so once");
}

#[test]
fn something_is_agreed_only_about_what_was_changed() {
    for (state, agreed, may, why) in [
        (PromiseState::Changed, Some(agreed(11)), true, "changed to something"),
        (PromiseState::Changed, None, true, "dropped together"),
        (PromiseState::Kept, Some(agreed(11)), false, "kept"),
        (PromiseState::Changed, Some(agreed(10)), false, "in its own place"),
        (PromiseState::Changed, Some(Agreed { what: " ".into(), ..agreed(11) }), false, "nothing"),
    ] {
        assert_eq!(promise(MAKER).settled(MAKER, state, agreed, NOW).is_ok(), may, "{why}");
    }
}

#[test]
fn what_was_done_is_reported_once_it_is_settled() {
    let report = |done: &str, told: &str| Report { done: done.into(), told: told.into() };
    assert!(promise(MAKER).reported(MAKER, report("Replaced", "By phone"), NOW).is_err(), "it is open");
    let kept = promise(MAKER).settled(MAKER, PromiseState::Kept, None, NOW).expect("the maker may").promise;
    assert_eq!(kept.reported(STRANGER, report("Replaced", ""), NOW), Err(Refusal::NotYours));
    let told = kept.reported(MAKER, report("Replaced", "By phone"), NOW).expect("the maker may");
    assert_eq!(told.course.report, Some(report("Replaced", "By phone")));
    assert_eq!(told.reported(MAKER, report(" ", ""), NOW).expect("the maker may"), kept, "with nothing said it is as before");
}

#[test]
fn what_two_say_of_how_it_went_stands_side_by_side() {
    let report = |done: &str| Report { done: done.into(), told: String::new() };
    let (by_keeper, by_maker) = (NOW, NOW.plus_days(1));
    let kept = promise(KEEPER).settled(KEEPER, PromiseState::Kept, None, by_keeper).expect("the keeper may").promise;
    let told = kept.reported(KEEPER, report("Replaced on Monday"), by_keeper).expect("the keeper may");
    assert_eq!(told.course.said.len(), 1, "who corrects an own word says one");
    let same = told.settled(MAKER, PromiseState::Kept, None, by_maker).expect("the maker may").promise;
    assert_eq!(same, told, "saying the same adds nothing");

    let not = told.settled(MAKER, PromiseState::NotKept, None, by_maker).expect("the maker may").promise;
    let otherwise = |it: &Promise| it.course.said_otherwise().map(|said| (said.by, said.state, said.at)).collect::<Vec<_>>();
    assert_eq!((not.state, otherwise(&not)), (PromiseState::NotKept, vec![(KEEPER, PromiseState::Kept, by_keeper)]));
    let rewritten = not.reported(MAKER, report("It still leaks"), by_maker).expect("the maker may");
    let texts: Vec<_> = rewritten.course.said.iter().filter_map(|said| said.report.clone()).collect();
    assert_eq!(texts, [report("Replaced on Monday"), report("It still leaks")], "neither text is lost");
    let back = rewritten.settled(MAKER, PromiseState::Kept, None, by_maker).expect("the maker may").promise;
    let undone = back.reported(MAKER, report("Replaced on Monday"), by_maker).expect("the maker may");
    assert_eq!(undone, told, "what is taken back leaves what the other said");

    let more = kept.reported(MAKER, report("It holds"), by_maker).expect("the maker may");
    assert_eq!((more.course.said.len(), otherwise(&more)), (2, vec![]), "who adds to a word does not say otherwise");
    let late = not.settled(KEEPER, PromiseState::Late, None, by_keeper).expect("the keeper may").promise;
    let reported = late.reported(MAKER, report("It still leaks"), by_maker).expect("the maker may");
    assert_eq!(
        reported.course.stands().map(|said| (said.by, said.state)),
        Some((KEEPER, PromiseState::Late)),
        "who reports on it does not say it"
    );
    assert!(otherwise(&reported).contains(&(MAKER, PromiseState::NotKept, by_maker)));
    let changed = promise(KEEPER).settled(KEEPER, PromiseState::Changed, Some(agreed(11)), by_keeper).expect("the keeper may").promise;
    let late = changed.settled(MAKER, PromiseState::Late, None, by_maker).expect("the maker may").promise;
    assert_eq!(late.course.said[0].agreed, Some(agreed(11)), "what was agreed can still be read");
}

/// Something that somebody does to a promise.
#[derive(Clone, Debug)]
enum Deed {
    Answer(KeeperAnswer),
    Hand(MemberId),
    Settle(PromiseState, Option<Agreed>),
    Report(Report),
}

fn deed() -> impl Strategy<Value = Deed> {
    let answer = prop_oneof![Just(KeeperAnswer::Unsaid), Just(KeeperAnswer::Can), "[n ]{0,2}".prop_map(|why| cannot(&why))];
    let settle = (0..PromiseState::ALL.len(), prop::option::of(10_u128..14));
    prop_oneof![
        answer.prop_map(Deed::Answer),
        (1_u128..4).prop_map(|n| Deed::Hand(MemberId(Uuid::from_u128(n)))),
        settle.prop_map(|(state, n)| Deed::Settle(PromiseState::ALL[state], n.map(agreed))),
        "[d ]{0,2}".prop_map(|done| Deed::Report(Report { done, told: String::new() })),
    ]
}

fn does(it: &Promise, by: MemberId, deed: &Deed) -> Result<Promise, Refusal> {
    match deed.clone() {
        Deed::Answer(answer) => it.answered(by, answer),
        Deed::Hand(keeper) => it.handed(by, keeper),
        Deed::Settle(state, agreed) => it.settled(by, state, agreed, NOW).map(|settled| settled.promise),
        Deed::Report(report) => it.reported(by, report, NOW),
    }
}

proptest! {
    #[test]
    fn whatever_happens_a_promise_says_nothing_that_contradicts_itself(
        deeds in prop::collection::vec((1_u128..5, deed()), 0..30),
    ) {
        let mut it = promise(KEEPER);
        for (by, deed) in deeds {
            let by = MemberId(Uuid::from_u128(by));
            let Ok(after) = does(&it, by, &deed) else { continue };
            prop_assert!(it.may_settle(by), "only those who made or keep it change it");
            prop_assert_eq!(does(&after, by, &deed), Ok(after.clone()), "the same again changes nothing more");
            it = after;
            prop_assert!(it.course.agreed.is_none() || it.state == PromiseState::Changed);
            prop_assert!(it.course.agreed.as_ref().is_none_or(|agreed| agreed.promise != it.id));
            prop_assert!(it.course.report.as_ref().is_none_or(|report| !report.is_empty()));
            let stands = it.course.said.last().map_or((PromiseState::Open, &None, &None), |said| (said.state, &said.agreed, &said.report));
            prop_assert_eq!(stands, (it.state, &it.course.agreed, &it.course.report), "the last word stands");
            prop_assert!(it.course.said.windows(2).all(|pair| pair[0].by != pair[1].by) && it.course.said.len() <= 20);
            prop_assert!(it.why_not().is_none_or(|why| !why.trim().is_empty()));
            prop_assert!([it.maker, it.keeper].contains(&it.answerable()));
            prop_assert!(!(it.awaits_keeper() && it.why_not().is_some()));
            prop_assert_eq!(
                (it.id, it.maker, &it.what, it.due),
                (promise(KEEPER).id, MAKER, &promise(KEEPER).what, promise(KEEPER).due),
                "what was said to the customer stays as it was said"
            );
        }
    }

    #[test]
    fn taking_back_how_it_went_makes_it_as_it_was(state in 0..PromiseState::ALL.len(), n in prop::option::of(11_u128..14)) {
        let state = PromiseState::ALL[state];
        let agreed = n.filter(|_| state == PromiseState::Changed).map(agreed);
        let settled = promise(KEEPER).settled(MAKER, state, agreed.clone(), NOW).expect("the maker may");
        let back = settled.promise.settled(MAKER, PromiseState::Open, None, NOW).expect("the maker may");
        prop_assert_eq!(&back.promise, &promise(KEEPER));
        prop_assert_eq!(back.given_up, agreed.map(|agreed| agreed.promise), "and what was agreed goes with it");
    }
}
