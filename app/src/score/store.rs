//! What the phone shows of scores and the ratings behind them.

use super::{Audience, Disagreement, Month, Pull, Score, Segment, Side, open_wish, waits_for, wish::is_meant};
use crate::{
    id::{CustomerId, MeetingId, MemberId, RatingId},
    meeting::MeetingFormat,
    survey::{Component, Decision, Exclusion, ExclusionReason, FollowUp, PromiseAnswer, Rating},
    sync::Replica,
    text,
    time::Timestamp,
};
use std::{collections::BTreeMap, sync::Arc};

/// A rep's score as `audience` sees it, if the phone holds it.
pub fn score_of(replica: &Replica, rep: MemberId, audience: Audience) -> Option<Arc<Score>> {
    replica.scores.get(&(rep, audience)).cloned()
}

/// What `member` is shown of months that are over, oldest first.
pub fn months_of(replica: &Replica, member: MemberId) -> Vec<Arc<Month>> {
    replica.months.values().filter(|month| month.member == member && !month.parts.is_empty()).cloned().collect()
}

/// A rating in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingLine {
    /// Which.
    pub id: RatingId,
    /// Who is rated.
    pub rep: MemberId,
    /// By whom: the contact, if there is one to name, and the customer.
    pub who: Rater,
    /// When it was given.
    pub given_at: Timestamp,
    /// What the meeting was for.
    pub format: Option<MeetingFormat>,
    /// The points given.
    pub points: BTreeMap<Component, u8>,
    /// The customer's own words.
    pub comment: String,
    /// Whether somebody should hear of it.
    pub unhappy: bool,
    /// Whether the score is worked out without it.
    pub left_out: bool,
    /// Whom the customer still waits to hear from.
    pub wish: FollowUp,
}

impl RatingLine {
    /// Whether the customer still waits to hear from `reader`, who holds it as the one rated or as a manager of that one.
    pub fn waits_for(&self, reader: MemberId) -> bool {
        is_meant(self.wish, self.rep == reader)
    }
}

/// Who rated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rater {
    /// The customer.
    pub customer: CustomerId,
    /// As people call it.
    pub customer_name: String,
    /// The person there; absent where the meeting was logged without a contact.
    pub contact_name: Option<String>,
}

impl Rater {
    /// 'Anna de Wit, Bakkerij Jansen'.
    pub fn words(&self) -> String {
        match &self.contact_name {
            Some(contact) => format!("{contact}, {}", self.customer_name),
            None => self.customer_name.clone(),
        }
    }
}

/// The ratings of `rep` that the phone holds, newest first.
pub fn ratings_of(replica: &Replica, rep: MemberId) -> Vec<RatingLine> {
    let mut lines: Vec<RatingLine> =
        replica.ratings.values().filter(|rating| rating.rep == rep).map(|rating| rating_line(replica, rating)).collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.given_at, line.id)));
    lines
}

/// A rating as lists show it.
pub fn rating_line(replica: &Replica, rating: &Rating) -> RatingLine {
    RatingLine {
        id: rating.id,
        rep: rating.rep,
        who: rater(replica, rating),
        given_at: rating.given_at,
        format: replica.meetings.get(&rating.meeting).map(|meeting| meeting.format),
        points: rating.counted_answers().components.clone(),
        comment: rating.answers.comment.trim().to_owned(),
        unhappy: is_unhappy(replica, rating),
        left_out: rating.exclusion().is_some(),
        wish: open_wish(replica, rating),
    }
}

/// Whether somebody should hear of it. Whoever left it out of the score has.
fn is_unhappy(replica: &Replica, rating: &Rating) -> bool {
    rating.exclusion().is_none() && rating.answers.is_unhappy(&replica.rules())
}

/// Who gave `rating`, by the names that the phone knows.
pub fn rater(replica: &Replica, rating: &Rating) -> Rater {
    Rater {
        customer: rating.customer,
        customer_name: replica.customer_name(rating.customer, "A customer").to_owned(),
        contact_name: rating.contact.and_then(|contact| replica.contacts.get(&contact)).map(|it| it.name.clone()),
    }
}

/// A rating opened up.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingDetail {
    /// The rating itself.
    pub rating: Arc<Rating>,
    /// By whom.
    pub who: Rater,
    /// Who is rated, by name.
    pub rep_name: String,
    /// The meeting, if the phone holds it.
    pub meeting: Option<(MeetingId, MeetingFormat)>,
    /// What was promised, per promise that was asked about.
    pub promises: Vec<(String, PromiseAnswer)>,
    /// Whether it is the reader's own: only then context can be added.
    pub own: bool,
    /// Whether somebody should hear of it.
    pub unhappy: bool,
    /// Whether the customer still waits to hear from the reader.
    pub waits: bool,
    /// What it does to the reader's own score.
    pub pull: Option<Pull>,
    /// Every time it was left out of the score, the last one at the end.
    pub exclusions: Vec<ExclusionLine>,
    /// Whether the reader may leave it out and count it again.
    pub may_decide: bool,
}

/// A [`Exclusion`] with the names that the phone knows.
#[derive(Clone, Debug, PartialEq)]
pub struct ExclusionLine {
    /// Why.
    pub reason: ExclusionReason,
    /// Who decided it.
    pub by: DecisionLine,
    /// Who let it count again.
    pub lifted: Option<DecisionLine>,
}

/// A [`Decision`] with the name that the phone knows.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionLine {
    /// By name, or 'you'.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// What was found.
    pub note: String,
}

/// A rating as `reader` opens it, if the phone holds it.
pub fn rating_detail(replica: &Replica, id: RatingId, reader: MemberId) -> Option<RatingDetail> {
    let rating = replica.ratings.get(&id)?;
    let promise = |promise| replica.promises.get(promise).map_or_else(|| "A promise".to_owned(), |it| it.what.clone());
    let may_decide =
        || replica.actor(reader).zip(replica.members.get(&rating.rep)).is_some_and(|(actor, rep)| rating.is_decided_by(&actor, rep));
    let pull = || score_of(replica, reader, Audience::Rep).and_then(|score| score.pulls.get(&id).copied());
    Some(RatingDetail {
        rating: rating.clone(),
        who: rater(replica, rating),
        rep_name: replica.member_name(rating.rep),
        meeting: replica.meetings.get(&rating.meeting).map(|meeting| (meeting.id, meeting.format)),
        promises: rating.answers.promises.iter().map(|(id, answer)| (promise(id), *answer)).collect(),
        own: rating.rep == reader,
        unhappy: is_unhappy(replica, rating),
        waits: waits_for(replica, rating, reader),
        pull: if rating.exclusion().is_none() { pull() } else { None },
        exclusions: rating.exclusions.iter().map(|it| exclusion_line(replica, it, reader)).collect(),
        may_decide: may_decide(),
    })
}

fn exclusion_line(replica: &Replica, exclusion: &Exclusion, reader: MemberId) -> ExclusionLine {
    let line = |it: &Decision| DecisionLine {
        name: if it.member == reader { "you".to_owned() } else { replica.member_name(it.member) },
        at: it.at,
        note: it.note.clone(),
    };
    ExclusionLine { reason: exclusion.reason, by: line(&exclusion.by), lifted: exclusion.lifted.as_ref().map(line) }
}

/// A [`Disagreement`] with the names that the phone knows.
#[derive(Clone, Debug, PartialEq)]
pub struct DisagreementLine {
    /// In which component.
    pub component: Component,
    /// Those who gave less.
    pub lower: DisagreementSide,
    /// Those who gave more.
    pub higher: DisagreementSide,
}

/// One side of a [`DisagreementLine`].
#[derive(Clone, Debug, PartialEq)]
pub struct DisagreementSide {
    /// Mean of the raters' means, 1 to 5.
    pub mean: f64,
    /// How many raters.
    pub raters: u32,
    /// How many of them hid their name from the rep.
    pub hidden: u32,
    /// The customers among them that may be named, alphabetically.
    pub names: Vec<String>,
    /// What they have in common, where that tells the sides apart.
    pub segment: Option<Segment>,
}

/// Where customers clearly disagree about `rep`, as `audience` sees it.
pub fn disagreements_of(replica: &Replica, rep: MemberId, audience: Audience) -> Vec<DisagreementLine> {
    let line = |it: &Disagreement| DisagreementLine {
        component: it.component,
        lower: disagreement_side(replica, &it.lower),
        higher: disagreement_side(replica, &it.higher),
    };
    score_of(replica, rep, audience).map(|score| score.disagreements.iter().map(line).collect()).unwrap_or_default()
}

fn disagreement_side(replica: &Replica, side: &Side) -> DisagreementSide {
    let mut names: Vec<String> = side.customers.iter().filter_map(|it| replica.customers.get(it)).map(|it| it.name.clone()).collect();
    names.sort_by_cached_key(|name| text::alphabetical(name));
    DisagreementSide { mean: side.mean, raters: side.raters, hidden: side.hidden, names, segment: side.segment.clone() }
}

/// The step that `rep`'s relationship with `customer` stands on, by the rep's own score; nothing where its ratings do not say.
pub fn step_of(replica: &Replica, rep: MemberId, customer: CustomerId) -> Option<Component> {
    score_of(replica, rep, Audience::Rep)?.steps.get(&customer).copied()
}

/// What `customer` answered about `rep` for each component, newest first: what the step of the relationship rests on, beside what these
/// people answer about others.
pub fn step_evidence(replica: &Replica, rep: MemberId, customer: CustomerId) -> Vec<(Component, Vec<u8>)> {
    let mut lines = ratings_of(replica, rep);
    lines.retain(|line| line.who.customer == customer && !line.left_out);
    let given = |component: Component| lines.iter().filter_map(|line| line.points.get(&component).copied()).collect();
    Component::ALL.into_iter().map(|component| (component, given(component))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::{Member, Role},
        customer::Customer,
        id::TeamId,
        survey::{Answers, Way},
        sync::protocol::Row,
        team::Team,
    };
    use std::collections::BTreeSet;
    use uuid::Uuid;

    const REP: MemberId = MemberId(Uuid::from_u128(1));

    fn rating(id: u128, of: MemberId, day: i64, point: u8) -> Rating {
        Rating {
            id: RatingId(Uuid::from_u128(id)),
            meeting: MeetingId(Uuid::from_u128(id)),
            customer: CustomerId(Uuid::from_u128(5)),
            contact: None,
            rep: of,
            way: Way::Link,
            given_at: Timestamp(1_780_000_000_000).plus_days(day),
            answers: Answers { components: BTreeMap::from([(Component::Trust, point)]), ..Answers::default() },
            first_answers: None,
            context: String::new(),
            exclusions: Vec::new(),
        }
    }

    fn replica(ratings: impl IntoIterator<Item = Rating>) -> Replica {
        let mut replica = Replica::default();
        replica.put(Row::Member(Member {
            id: REP,
            name: "Fleur Jansen".into(),
            email: String::new(),
            team: None,
            roles: BTreeSet::new(),
            active: true,
        }));
        replica.put(Row::Customer(Customer {
            id: CustomerId(Uuid::from_u128(5)),
            name: "Bakkerij Smit".into(),
            place: String::new(),
            industry: String::new(),
            size: Default::default(),
            owner: REP,
            co_owners: BTreeSet::new(),
            owned_since: "2026-01-01".parse().expect("a date"),
            tier: Default::default(),
            window_days: None,
            ideal_days: None,
            archived: false,
            united: None,
            version: 0,
            history: Default::default(),
        }));
        ratings.into_iter().for_each(|rating| replica.put(Row::Rating(rating)));
        replica
    }

    #[test]
    fn a_reps_ratings_show_newest_first_and_nobody_elses() {
        let other = MemberId(Uuid::from_u128(2));
        let replica = replica([rating(1, REP, 0, 4), rating(2, REP, 9, 5), rating(3, other, 1, 5), rating(4, REP, 3, 2)]);
        let lines = ratings_of(&replica, REP);
        assert_eq!(lines.iter().map(|line| line.id.0.as_u128()).collect::<Vec<_>>(), [2, 4, 1]);
        assert_eq!(lines.iter().map(|line| line.unhappy).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(lines[0].who.words(), "Bakkerij Smit");
    }

    #[test]
    fn a_line_says_whom_the_customer_waits_to_hear_from() {
        let manager = MemberId(Uuid::from_u128(2));
        for (follow_up, waits) in [(FollowUp::No, [false, false]), (FollowUp::Rep, [true, false]), (FollowUp::SomeoneElse, [false, true])] {
            let mut rating = rating(1, REP, 0, 5);
            rating.answers.follow_up = follow_up;
            let line = ratings_of(&replica([rating]), REP).remove(0);
            assert_eq!([REP, manager].map(|reader| line.waits_for(reader)), waits, "{follow_up:?}");
        }
    }

    #[test]
    fn a_step_rests_on_what_that_customer_answered_about_that_rep() {
        let elsewhere = Rating { customer: CustomerId(Uuid::from_u128(6)), ..rating(3, REP, 4, 1) };
        let others = rating(4, MemberId(Uuid::from_u128(2)), 4, 1);
        let by = Decision { member: REP, at: Timestamp(7), note: "A try".into() };
        let left_out = rating(5, REP, 5, 1).excluded(ExclusionReason::Test, by).expect("it counts");
        let replica = replica([rating(1, REP, 0, 4), rating(2, REP, 3, 5), elsewhere, others, left_out]);
        let evidence = step_evidence(&replica, REP, CustomerId(Uuid::from_u128(5)));
        assert_eq!(evidence.iter().map(|(component, _)| *component).collect::<Vec<_>>(), Component::ALL);
        assert_eq!(evidence.iter().map(|(_, points)| points.clone()).collect::<Vec<_>>(), [vec![], vec![], vec![5, 4], vec![], vec![]]);
    }

    #[test]
    fn a_rating_says_what_it_does_only_to_the_one_rated() {
        let mut replica = replica([rating(1, REP, 0, 4)]);
        let id = RatingId(Uuid::from_u128(1));
        let pulls = BTreeMap::from([(id, Pull::Up)]);
        replica.put(Row::Score(Score { pulls, ..Score::unknown(REP, Audience::Rep, Timestamp(0)) }));
        assert_eq!(rating_detail(&replica, id, REP).expect("held").pull, Some(Pull::Up));
        assert_eq!(rating_detail(&replica, id, MemberId(Uuid::from_u128(2))).expect("held").pull, None);
    }

    #[test]
    fn what_is_left_out_is_marked_pulls_nothing_and_worries_nobody() {
        let rating = rating(1, REP, 0, 1);
        let (id, manager) = (rating.id, MemberId(Uuid::from_u128(2)));
        let by = Decision { member: manager, at: Timestamp(7), note: "I tried it".into() };
        let out = rating.excluded(ExclusionReason::Test, by.clone()).expect("it counts");
        let again = out.counted(Decision { note: "It was real".into(), ..by }).expect("it is left out");
        for (rating, left_out) in [(rating, false), (out, true), (again, false)] {
            let mut replica = replica([rating]);
            replica
                .put(Row::Score(Score { pulls: BTreeMap::from([(id, Pull::Down)]), ..Score::unknown(REP, Audience::Rep, Timestamp(0)) }));
            let (line, detail) = (ratings_of(&replica, REP).remove(0), rating_detail(&replica, id, REP).expect("held"));
            assert_eq!((line.left_out, line.unhappy, detail.unhappy), (left_out, !left_out, !left_out));
            assert_eq!(detail.pull, (!left_out).then_some(Pull::Down));
        }
    }

    #[test]
    fn a_decision_names_who_made_it_and_calls_the_reader_you() {
        let (rep, manager) = (REP, MemberId(Uuid::from_u128(2)));
        let by = Decision { member: manager, at: Timestamp(7), note: "I tried it".into() };
        let rating = rating(1, rep, 0, 1).excluded(ExclusionReason::Test, by).expect("it counts");
        let mut replica = replica([rating.clone()]);
        let team = Team { id: TeamId(Uuid::from_u128(1)), name: "North".into(), parent: None };
        for (id, name, role) in [(rep, "Fleur Jansen", Role::Rep), (manager, "Mia Manager", Role::Manager)] {
            replica.put(Row::Member(Member {
                id,
                name: name.into(),
                email: String::new(),
                team: Some(team.id),
                roles: BTreeSet::from([role]),
                active: true,
            }));
        }
        replica.put(Row::Team(team));
        for (reader, name, may_decide) in [(rep, "Mia Manager", false), (manager, "you", true)] {
            let detail = rating_detail(&replica, rating.id, reader).expect("held");
            assert_eq!((detail.exclusions[0].by.name.as_str(), detail.may_decide), (name, may_decide));
        }
    }

    #[test]
    fn sides_are_named_by_the_customers_that_the_phone_knows() {
        let mut replica = replica([]);
        let side = |mean, customers: &[u128]| Side {
            mean,
            raters: 3,
            hidden: 0,
            customers: customers.iter().map(|n| CustomerId(Uuid::from_u128(*n))).collect(),
            segment: None,
        };
        let disagreements = vec![Disagreement { component: Component::Trust, lower: side(2.0, &[5, 6]), higher: side(4.5, &[]) }];
        let steps = BTreeMap::from([(CustomerId(Uuid::from_u128(5)), Component::Trust)]);
        replica.put(Row::Score(Score { disagreements, steps, ..Score::unknown(REP, Audience::Rep, Timestamp(0)) }));
        let lines = disagreements_of(&replica, REP, Audience::Rep);
        assert_eq!(lines[0].lower.names, ["Bakkerij Smit"], "the other is not on this phone");
        assert!(lines[0].higher.names.is_empty());
        assert!(disagreements_of(&replica, REP, Audience::Manager).is_empty());
        assert_eq!(step_of(&replica, REP, CustomerId(Uuid::from_u128(5))), Some(Component::Trust));
        assert_eq!(step_of(&replica, REP, CustomerId(Uuid::from_u128(6))), None);
    }

    #[test]
    fn only_the_one_rated_adds_context() {
        let replica = replica([rating(1, REP, 0, 4)]);
        let id = RatingId(Uuid::from_u128(1));
        assert!(rating_detail(&replica, id, REP).expect("held").own);
        assert!(!rating_detail(&replica, id, MemberId(Uuid::from_u128(2))).expect("held").own);
        assert_eq!(rating_detail(&replica, RatingId(Uuid::from_u128(9)), REP), None);
    }
}
