use super::mirror::Mirror;
use crate::{
    customer,
    day::Day,
    engagement::{
        Colleague, Engagement, Share, Span, colleague_words, depth_words, engagement, focus_words, frequency_words, hours, network_words,
        reach_words, self_check, share_words, span_label, time_words,
    },
    sync::{Phone, StillReading},
    ui::{Avatar, Banner, Card, Choice, Disclosure, Glyph, Leave, List, ListRow, Page, Segmented},
};
use leptos::prelude::*;

/// Where one's own time with customers goes. Worked out here, from what the phone holds.
#[component]
pub(super) fn OwnEngagement() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let span = RwSignal::new(Span::default());
    let told = phone.derive(move |replica| engagement(replica, phone.me(), span.get(), today.get()));
    let checks = phone.derive(move |replica| self_check(replica, phone.me(), span.get(), today.get()));
    let options = Span::ALL.map(|span| Choice::new(span, span_label(span))).to_vec();
    view! {
        <Page title="My time with customers" leave=Leave::Back("/app/feedback".to_owned())>
            <Segmented name="span" legend="How far back" options value=span />
            <Banner icon=Glyph::Lock>"Worked out on this phone from what you logged. Only you see it, and nothing of it is sent."</Banner>
            <StillReading />
            <div class="columns">
                <div class="column">{move || view! { <Patterns told=told.get() span=span.get() /> }}</div>
                <div class="column">{move || view! { <Mirror checks=checks.get() span=span.get() /> }}</div>
            </div>
        </Page>
    }
}

#[component]
fn Patterns(told: Engagement, span: Span) -> impl IntoView {
    let sentence = |words: String| view! { <p>{words}</p> };
    let colleague = |it: Colleague| {
        let (detail, name) = (colleague_words(&it), it.name.clone());
        view! { <ListRow title=it.name detail=detail lead=move || view! { <Avatar name=name /> } /> }
    };
    let (time, reach, network) = (time_words(&told, span), reach_words(&told), network_words(&told, span));
    let (focus, frequency, depth) = (focus_words(&told), frequency_words(&told), depth_words(&told));
    let Engagement { shares, colleagues, .. } = told;
    let most = shares.first().map_or(1, |share| share.minutes.max(1));
    let shares = (!shares.is_empty()).then(|| view! { <Shares shares most /> });
    let colleagues = (!colleagues.is_empty()).then(|| {
        view! {
            <Disclosure title="Who was with you">
                <List>{colleagues.into_iter().map(colleague).collect_view()}</List>
            </Disclosure>
        }
    });
    view! {
        <Card title="Time">{sentence(time)} {focus.map(sentence)} {shares}</Card>
        <Card title="Reach">{sentence(reach)} {frequency.map(sentence)} {depth.map(sentence)}</Card>
        <Card title="Colleagues">{sentence(network)} {colleagues}</Card>
    }
}

/// Customers drawn at most: those after them had little.
const DRAWN: usize = 8;

/// Where the time went. The drawing is the table of its numbers.
#[component]
fn Shares(shares: Vec<Share>, most: u32) -> impl IntoView {
    let caption = format!("Time by customer. {}", shares.iter().take(DRAWN).map(share_words).collect::<Vec<_>>().join(", "));
    let left = shares.len().saturating_sub(DRAWN);
    let row = move |share: Share| {
        let length = 100.0 * f64::from(share.minutes) / f64::from(most);
        view! {
            <tr>
                <th scope="row"><a href=customer::address(share.customer)>{share.name}</a></th>
                <td>
                    <svg class="distribution-bar" aria-hidden="true">
                        <rect class="distribution-track" width="100%" height="100%" rx="0.25rem" />
                        <rect class="distribution-length" width=format!("{length:.1}%") height="100%" rx="0.25rem" />
                    </svg>
                </td>
                <td>{hours(share.minutes)}</td>
            </tr>
        }
    };
    view! {
        <table class="distribution time-shares">
            <caption class="visually-hidden">{caption}</caption>
            <tbody>{shares.into_iter().take(DRAWN).map(row).collect_view()}</tbody>
        </table>
        {(left > 0).then(|| view! { <p class="aside">{format!("And {left} more, with less.")}</p> })}
    }
}
