use super::{not_met::NotMet, people::People};
use crate::{
    browser::clock,
    day::Day,
    score::{MonthsLink, RatingLine, RatingList, Reader, TitleSays},
    sync::Phone,
    team::{neglected, owner_words, reps, unhappy, waiting},
    ui::{ButtonLink, ButtonVariant, EmptyState, Glyph, Page},
};
use chrono::NaiveDate;
use leptos::{either::Either, prelude::*};

/// Where the signed-in manager can help: customers who wait to hear from the manager, unhappy ones, the people, customers not met in time.
#[component]
pub(super) fn Team() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let me = phone.me();
    let people = phone.derive(move |replica| reps(replica, me));
    let not_happy = phone.derive(move |replica| unhappy(replica, me, clock::now()));
    let not_met = Memo::new(move |_| phone.replica().with(|replica| neglected(replica, me, today.get())));
    let waiting = Memo::new(move |_| phone.replica().with(|replica| waiting(replica, me, today.get())));
    // Where the last rep has left, what is left behind is all the more to be seen.
    let is_nothing = Memo::new(move |_| {
        people.with(Vec::is_empty) && not_happy.with(Vec::is_empty) && not_met.with(Vec::is_empty) && waiting.with(Vec::is_empty)
    });
    let content = move || {
        if is_nothing.get() {
            return Either::Left(view! { <NobodyYet /> });
        }
        Either::Right(view! {
            <div class="columns">
                <div class="column">
                    {move || view! { <Ratings title="Would like to hear from you" title_says=TitleSays::Waiting lines=waiting.get() today=today.get() /> }}
                    {move || view! { <Ratings title="Not happy, last 30 days" title_says=TitleSays::Unhappy lines=not_happy.get() today=today.get() /> }}
                    {move || view! { <People people=people.get() /> }}
                    <MonthsLink href="/app/team/months" />
                </div>
                <div class="column">
                    {move || view! { <NotMet lines=not_met.get() today=today.get() /> }}
                </div>
            </div>
        })
    };
    // A manager's last tab is the team, so that everything else is reached from here.
    let more = || {
        view! {
            <ButtonLink href="/app/more" variant=ButtonVariant::Plain icon=Glyph::Ellipsis>
                "More"
            </ButtonLink>
        }
    };
    view! { <Page title="Team" trailing=more>{content}</Page> }
}

#[component]
fn NobodyYet() -> impl IntoView {
    view! {
        <EmptyState glyph=Glyph::UsersRound title="Your people show here">
            "As soon as an administrator puts reps into your team, you see here where you can help."
        </EmptyState>
    }
}

#[component]
fn Ratings(title: &'static str, title_says: TitleSays, lines: Vec<RatingLine>, today: NaiveDate) -> impl IntoView {
    let phone = Phone::get();
    let name = move |line: RatingLine| {
        let rep = phone.replica().with_untracked(|replica| owner_words(replica, line.rep));
        format!("with {rep}")
    };
    (!lines.is_empty()).then(|| view! { <RatingList title title_says lines reader=Reader::here(today) name_rep=Callback::new(name) /> })
}
