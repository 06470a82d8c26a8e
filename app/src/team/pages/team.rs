use super::{not_met::NotMet, people::People};
use crate::{
    browser::clock,
    day::Day,
    score::{MonthsLink, RatingLine, RatingList, Reader},
    sync::Phone,
    team::{RepLine, neglected, reps, unhappy},
    ui::{ButtonLink, ButtonVariant, EmptyState, Glyph, Page},
};
use chrono::NaiveDate;
use leptos::{either::Either, prelude::*};

/// Where the signed-in manager can help: unhappy customers, the people, customers not met in time.
#[component]
pub(super) fn Team() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let me = phone.me();
    let people = phone.derive(move |replica| reps(replica, me));
    let not_happy = phone.derive(move |replica| unhappy(replica, me, clock::now()));
    let not_met = Memo::new(move |_| phone.replica().with(|replica| neglected(replica, me, today.get())));
    let content = move || {
        if people.get().is_empty() {
            return Either::Left(view! { <NobodyYet /> });
        }
        Either::Right(view! {
            <div class="columns">
                <div class="column">
                    {move || view! { <NotHappy lines=not_happy.get() people=people.get() today=today.get() /> }}
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
fn NotHappy(lines: Vec<RatingLine>, people: Vec<RepLine>, today: NaiveDate) -> impl IntoView {
    let name = move |line: RatingLine| {
        let rep = people.iter().find(|rep| rep.id == line.rep).map(|rep| rep.name.clone());
        rep.map_or_else(String::new, |rep| format!("with {rep}"))
    };
    (!lines.is_empty())
        .then(|| view! { <RatingList title="Not happy, last 30 days" lines reader=Reader::here(today) name_rep=Callback::new(name) /> })
}
