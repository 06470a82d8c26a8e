//! One rating opened up: what was answered, by whom, about which meeting, and what the rep adds.

use super::{add_context::AddContext, decide::Decide, feedback_address};
use crate::{
    account::{Viewed, record_look},
    customer,
    day::Day,
    id::RatingId,
    meeting::meeting_address,
    reflection::reflect_address,
    route::param,
    score::{LeftOut, PullLine, RatingDetail, Reader, rating_detail, words},
    survey::{Answers, Component, FollowUp, PromiseAnswer, RECOMMEND_MAX, wording},
    sync::Phone,
    ui::{Badge, BadgeTone, Card, Disclosure, Leave, List, ListRow, Page, Points},
};
use leptos::prelude::*;

/// One rating.
#[component]
pub(super) fn ShowRating() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let id: Option<RatingId> = param("rating");
    let detail = phone.derive(move |replica| rating_detail(replica, id?, phone.me()));
    let title = move || detail.get().map_or_else(|| "Not here".to_owned(), |it| it.who.customer_name);
    Effect::new(move || {
        if let Some(detail) = detail.get() {
            record_look(phone, detail.rating.rep, Viewed::Score);
        }
    });
    let back = move |detail: &RatingDetail| if detail.own { "/app/feedback".to_owned() } else { feedback_address(detail.rating.rep) };
    let leave = Leave::Back(detail.get_untracked().as_ref().map_or_else(|| "/app/feedback".to_owned(), back));
    view! {
        <Page title=Signal::derive(title) leave>
            {move || match detail.get() {
                Some(detail) => view! { <Rating detail reader=Reader::here(today.get()) /> }.into_any(),
                None => view! { <p>"This rating is not on your phone. Perhaps it has not reached you yet."</p> }.into_any(),
            }}
            <Decide detail />
        </Page>
    }
}

#[component]
fn Rating(detail: RatingDetail, reader: Reader) -> impl IntoView {
    let RatingDetail { rating, who, rep_name, meeting, promises, own, unhappy, waits, pull, exclusions, may_decide: _ } = detail;
    let answers = rating.answers.clone();
    let rep = if own { "you".to_owned() } else { rep_name };
    let asked_for = match answers.follow_up {
        FollowUp::No => None,
        FollowUp::Rep => Some(format!("Would like to hear from {rep}.")),
        FollowUp::SomeoneElse => Some(match own {
            true => "Would like to hear from somebody else.".to_owned(),
            false => format!("Would like to hear from somebody other than {rep}."),
        }),
    };
    let hidden = (answers.hide_name && !own).then(|| words::keep_hidden(&rep));
    let reach = rating.contact.filter(|_| waits).map(|contact| view! { <customer::Reach contact /> });
    let comment = Some(answers.comment.trim().to_owned()).filter(|comment| !comment.is_empty());
    let context = match own {
        true => view! { <AddContext rating=rating.id context=rating.context.clone() /> }.into_any(),
        false => Some(rating.context.clone())
            .filter(|context| !context.is_empty())
            .map(|context| view! { <Card title=format!("{rep} adds")><p class="rating-context">{context}</p></Card> })
            .into_any(),
    };
    let about = format!("{}, about {rep}", reader.day(rating.given_at));
    view! {
        <Card title=who.contact_name.clone().unwrap_or_else(|| who.customer_name.clone())>
            <p class="score-note">{about}</p>
            {pull.map(|pull| view! { <p><PullLine pull words=words::pull(pull) /></p> })}
            {unhappy.then(|| view! { <p><Badge tone=BadgeTone::Attention>"Not happy"</Badge></p> })}
            {hidden.map(|words| view! { <p class="score-note">{words}</p> })}
            {comment.map(|comment| view! { <blockquote class="rating-quote">{comment}</blockquote> })}
            {asked_for.map(|words| view! { <p><strong>{words}</strong></p> })}
            {reach}
            <AnswerList answers promises />
            {rating.first_answers.clone().map(|first| view! {
                <Disclosure title="What was answered first" detail=words::corrected(rating.answers.hide_name)>
                    <AnswerList answers=first promises=Vec::new() />
                </Disclosure>
            })}
        </Card>
        <LeftOut exclusions reader />
        <List title="It is about">
            {meeting.map(|(id, format)| view! {
                <ListRow title=format!("{} meeting", format.label()) href=meeting_address(id) />
            })}
            <ListRow title=who.customer_name.clone() href=customer::address(who.customer) />
            {meeting.filter(|_| own).map(|(id, _)| view! {
                <ListRow title="Next time I will …" detail="What you take from it, for your eyes only" href=reflect_address(Some(id)) />
            })}
        </List>
        {context}
    }
}

/// Answers by question, those left out said to be so.
#[component]
fn AnswerList(
    /// The answers.
    answers: Answers,
    /// What was promised, with what the customer says became of it.
    promises: Vec<(String, PromiseAnswer)>,
) -> impl IntoView {
    let component = |component: Component| {
        let point = answers.components.get(&component).copied();
        let words = point.map_or("Left out", words::point);
        let points = point.map(|point| view! { <Points value=point words=format!("{point} of 5") /> });
        view! { <dt>{component.label()}</dt> <dd>{words} {points}</dd> }
    };
    let recommend = answers.recommend.map(|points| {
        view! { <dt>"Would recommend us"</dt> <dd>{format!("{points} of {RECOMMEND_MAX}")}</dd> }
    });
    let promises = promises
        .into_iter()
        .map(|(what, answer)| view! { <dt>{format!("Promise: {what}")}</dt> <dd>{wording::promise_answer(answer)}</dd> });
    view! {
        <dl class="answers">
            {Component::ALL.into_iter().map(component).collect_view()}
            {recommend}
            {promises.collect_view()}
        </dl>
    }
}
