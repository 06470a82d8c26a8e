use leptos::prelude::*;

/// The model in words that hold for all of it.
#[component]
pub(super) fn WorkedOut(
    /// Days after which a rating counts half.
    half_life_days: u16,
) -> impl IntoView {
    let recent = format!(
        "A rating counts half after {half_life_days} days. Several people rating one meeting never count as two meetings, however many they are."
    );
    let parts = [
        (
            "An estimate, not an average",
            "The dot is the best guess; the bar is where the true value likely lies, 95 times out of 100. With few ratings the bar is wide and \
             the estimate stays near everybody’s mean; every rating narrows it."
                .to_owned(),
        ),
        (
            "Fair to those who visit strict customers",
            "Some customers, and some people there, rate everybody strictly, others generously. The estimate allows for that, and for the kind \
             of meeting and whether it was in person, by video or by phone."
                .to_owned(),
        ),
        ("Recent meetings weigh more", recent),
        (
            "Promises kept count too",
            "Reliability comes only from promises whose customers said how they went. Overall is fitted to whole ratings, so it need not be the \
             mean of the numbers step by step."
                .to_owned(),
        ),
        (
            "Told by version",
            "When the organisation changes what weighs how much, or the formula changes, a new version begins on that day. What stood before is \
             never rewritten."
                .to_owned(),
        ),
        (
            "To learn from, nothing else",
            "Customers who hide their name count once three of them have rated; for the one rated as three people of whom nothing else is \
             known, by what all three answered. Above or below is said only where little doubt is left. No pay, target or warning rests on any \
             of this, and people are never listed by score."
                .to_owned(),
        ),
    ];
    let part = |(what, how)| view! { <dt>{what}</dt> <dd>{how}</dd> };
    view! { <dl class="worked-out">{parts.map(part).into_iter().collect_view()}</dl> }.into_any()
}
