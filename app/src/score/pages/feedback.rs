use super::months::MonthsLink;
use crate::{
    account::{Viewed, record_look},
    day::Day,
    id::MemberId,
    promise::promises_of_address,
    recovery::MadeRight,
    reflection::SharedReflections,
    route::param,
    score::{AlsoInScore, Audience, RatingList, Reader, ScoreSheet, disagreements_of, ratings_of, score_of, words},
    sync::{Phone, device::Connection},
    ui::{Banner, ButtonLink, ButtonVariant, EmptyState, Glyph, Icon, Leave, List, ListRow, Page},
};
use leptos::prelude::*;

/// The signed-in rep's own feedback.
#[component]
pub(super) fn OwnFeedback() -> impl IntoView {
    let me = Phone::get().me();
    view! {
        <Page title="Feedback">
            <Feedback rep=me audience=Audience::Rep />
            <MadeRight />
            <MonthsLink href="/app/feedback/months" />
            <List>
                <ListRow
                    title="My time with customers"
                    detail="Where it goes, and a look in the mirror"
                    href="/app/engagement"
                    lead=|| view! { <Icon glyph=Glyph::Clock /> }
                />
            </List>
        </Page>
    }
}

/// A rep's feedback as the manager sees it; the rep learns who looked.
#[component]
pub(super) fn RepFeedback() -> impl IntoView {
    let phone = Phone::get();
    let rep: Option<MemberId> = param("member");
    let known = phone.derive(move |replica| rep.filter(|rep| replica.members.contains_key(rep)).map(|rep| (rep, replica.member_name(rep))));
    let title = move || known.get().map_or_else(|| "Not here".to_owned(), |(_, name)| name);
    Effect::new(move || {
        if let Some((rep, _)) = known.get() {
            record_look(phone, rep, Viewed::Score);
        }
    });
    let feedback = move || {
        known.get().map(|(rep, name)| {
            view! {
                <p class="score-note">{format!("{name} sees that you looked.")}</p>
                <Feedback rep audience=Audience::Manager />
                <List>
                    <ListRow title="Promises" detail="What is open, and how they went" href=promises_of_address(rep) lead=|| view! { <Icon glyph=Glyph::HeartHandshake /> } />
                </List>
                <SharedReflections author=rep />
            }
        })
    };
    view! {
        <Page title=Signal::derive(title) leave=Leave::Back("/app/team".to_owned())>
            {feedback}
            <Show when=move || known.get().is_none()>
                <p>"This person is not on your phone. Perhaps somebody else manages them now."</p>
            </Show>
        </Page>
    }
}

/// What there is to see of a rep's score, down to the ratings.
#[component]
fn Feedback(
    /// Whose.
    rep: MemberId,
    /// Who looks.
    audience: Audience,
) -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let score = phone.derive(move |replica| score_of(replica, rep, audience));
    let lines = phone.derive(move |replica| ratings_of(replica, rep));
    let disagreements = phone.derive(move |replica| disagreements_of(replica, rep, audience));
    let half_life_days = phone.derive(|replica| replica.rules().half_life_days);
    let offline = move || phone.connection().get() == Connection::Offline;
    let ratings = move || {
        let (lines, reader) = (lines.get(), Reader::here(today.get()));
        let pulls = score.get().map(|score| score.pulls.clone()).unwrap_or_default();
        (!lines.is_empty()).then(|| view! { <RatingList title="Ratings, newest first" lines reader pulls /> })
    };
    let also = move || score.get().map(|score| view! { <AlsoInScore hidden=score.hidden_pull raters=score.raters_pull /> });
    let sheet = move || match (score.get(), audience) {
        (Some(score), _) if score.ratings > 0 => view! {
            <ScoreSheet
                score=(*score).clone()
                lines=lines
                disagreements=disagreements
                half_life_days=half_life_days.get()
                reader=Reader::here(today.get())
            >
                {ratings}
                {also}
            </ScoreSheet>
        }
        .into_any(),
        (_, Audience::Rep) => view! { <NothingYet /> {ratings} }.into_any(),
        (_, Audience::Manager) => view! { <p>{words::not_enough_yet(0, 0)}"."</p> {ratings} }.into_any(),
    };
    view! {
        <Show when=offline>
            <Banner icon=Glyph::WifiOff>"You are offline. This is what your phone last heard."</Banner>
        </Show>
        {sheet}
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    let log = || view! { <ButtonLink href="/app/log" variant=ButtonVariant::Primary>"Log a meeting"</ButtonLink> };
    view! {
        <EmptyState glyph=Glyph::MessageCircleHeart title="Your customers’ feedback comes here" action=log>
            "Log a meeting and ask the customer to rate it, by link or on your phone. What they say shows here on the next working morning."
        </EmptyState>
    }
}
