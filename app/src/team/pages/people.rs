use crate::{
    score::{feedback_address, words},
    team::{Average, RepLine, average},
    time,
    ui::{Avatar, Card, Interval, List, ListRow},
};
use leptos::{either::Either, prelude::*};

/// Reps by name: a list by score would be a ranking.
#[component]
pub(super) fn People(people: Vec<RepLine>) -> impl IntoView {
    let average = average(&people).map(|average| view! { <Together average /> });
    (!people.is_empty()).then(|| {
        view! {
            <List title="People">{people.into_iter().map(|rep| view! { <Rep rep /> }).collect_view()}</List>
            {average}
        }
    })
}

#[component]
fn Rep(rep: RepLine) -> impl IntoView {
    let score = rep.score.as_deref();
    let overall = score.and_then(|score| score.overall);
    let asked = score.map(|score| words::asked(&score.coverage));
    let detail: Vec<String> = [rep.team.clone(), asked].into_iter().flatten().collect();
    let name = rep.name.clone();
    let meaning = match (score, overall) {
        (Some(score), Some(overall)) => Either::Left(view! {
            <Interval estimate=overall.value low=overall.low high=overall.high words=words::sentence("Overall", &overall) />
            <span class="list-row-detail">
                {format!("{}, {}", time::words::capitalised(&words::likely(&overall)), words::change_short(score.change.as_ref()))}
            </span>
        }),
        _ => {
            let (ratings, customers) = score.map_or((0, 0), |score| (score.ratings, score.customers));
            Either::Right(view! { <span class="list-row-detail">{words::not_enough_yet(ratings, customers)}</span> })
        }
    };
    view! {
        <ListRow
            title=rep.name
            detail=detail.join(" · ")
            href=feedback_address(rep.id)
            lead=move || view! { <Avatar name=name.clone() /> }
            trailing=move || overall.map(|overall| view! { <span class="score-number">{words::number(&overall)}</span> })
        >
            {meaning}
        </ListRow>
    }
}

#[component]
fn Together(average: Average) -> impl IntoView {
    let meaning = format!("likely {:.0} to {:.0}, over {} people", average.low.floor(), average.high.ceil(), average.people);
    let words = format!("Together {:.0}, {meaning}", average.value);
    view! {
        <Card>
            <div class="score-card">
                <div class="score-card-head"><h2>"Together"</h2> <span class="score-card-number" aria-hidden="true">{format!("{:.0}", average.value)}</span></div>
                <Interval estimate=average.value low=average.low high=average.high words=words.clone() />
                <p class="score-card-meaning" aria-hidden="true">{time::words::capitalised(&meaning)}</p>
            </div>
        </Card>
    }
}
