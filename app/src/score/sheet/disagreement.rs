use crate::{
    score::{Audience, DisagreementLine, DisagreementSide, scale, words},
    survey::POINT_MAX,
    time::words::capitalised,
    ui::Card,
};
use leptos::prelude::*;

/// Where customers clearly disagree: the two sides, and who is on each.
#[component]
pub(super) fn Disagreements(
    /// In which components, by whom.
    lines: Vec<DisagreementLine>,
    /// Who reads.
    audience: Audience,
) -> impl IntoView {
    let title = match audience {
        Audience::Rep => "Your customers see this differently",
        Audience::Manager => "Customers see this differently",
    };
    let hidden = lines.iter().any(|line| line.lower.hidden + line.higher.hidden > 0);
    (!lines.is_empty()).then(|| {
        view! {
            <Card title=title>
                {lines.into_iter().map(|line| view! { <Sides line /> }).collect_view()}
                <p class="score-note">"Neither side is wrong: they may need different things."</p>
                {hidden.then(|| view! { <p class="score-note">"Please speak of what was said, and keep hidden names to yourself."</p> })}
            </Card>
        }
        .into_any()
    })
}

#[component]
fn Sides(line: DisagreementLine) -> impl IntoView {
    let percent = |points: f64| format!("{:.1}%", scale(points));
    let at = |side: &DisagreementSide| percent(side.mean);
    let point = |point: u8| view! { <circle class="disagreement-point" cx=percent(point.into()) cy="50%" r="0.1875rem" /> };
    let side = |name: &'static str, side: &DisagreementSide| {
        view! {
            <div data-side=name>
                <dt>
                    <svg class="disagreement-mark" aria-hidden="true"><circle data-side=name cx="50%" cy="50%" r="0.375rem" /></svg>
                    {match &side.segment {
                        Some(segment) => format!("{}: {}", words::segment(segment), words::about_point(side.mean)),
                        None => capitalised(&words::about_point(side.mean)),
                    }}
                </dt>
                <dd>{words::people(side)}</dd>
                {words::hidden_from_rep(side).map(|words| view! { <dd>{words}</dd> })}
            </div>
        }
    };
    let (lower, higher) = (at(&line.lower), at(&line.higher));
    view! {
        <section class="disagreement">
            <h3>{line.component.label()}</h3>
            <svg class="disagreement-line" role="img" aria-label=words::disagreement(&line)>
                <line x1="0" x2="100%" y1="50%" y2="50%" />
                {(1..=POINT_MAX).map(point).collect_view()}
                <circle data-side="lower" cx=lower cy="50%" r="0.4375rem" />
                <circle data-side="higher" cx=higher cy="50%" r="0.4375rem" />
            </svg>
            <div class="score-card-ends" aria-hidden="true"><span>"not at all"</span><span>"completely"</span></div>
            <dl class="disagreement-sides">{side("higher", &line.higher)} {side("lower", &line.lower)}</dl>
        </section>
    }
    .into_any()
}
