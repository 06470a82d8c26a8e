use crate::{
    customer,
    day::Day,
    id::MemberId,
    meeting::{Channel, Correction, Meeting, channel_words, length_words, status_words},
    sync::Phone,
    time::words,
    ui::{Badge, BadgeTone, Glyph, Icon, IconSize, List, ListRow},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Who, when, how: what a meeting is at a glance.
#[component]
pub fn Facts(
    /// The meeting.
    meeting: Signal<Arc<Meeting>>,
) -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let name = move |member: MemberId| phone.replica().with(|replica| replica.member_name_or(member, "a colleague").to_owned());
    let customer = phone.derive(move |replica| replica.customers.get(&meeting.get().customer).cloned());
    let people = phone.derive(move |replica| {
        let meeting = meeting.get();
        let names = meeting.contacts.iter().filter_map(|id| replica.contacts.get(id)).map(|contact| contact.name.clone());
        names.collect::<Vec<_>>().join(", ")
    });
    let ours = move || {
        let meeting = meeting.get();
        let rep = (meeting.rep != phone.me()).then_some(meeting.rep);
        rep.into_iter().chain(meeting.colleagues.iter().copied()).map(name).collect::<Vec<_>>().join(", ")
    };
    let when = move || {
        let meeting = meeting.get();
        let start = words::capitalised(&words::moment(meeting.starts_at, meeting.offset_minutes, today.get()));
        format!("{start}, {}", length_words(meeting.length_minutes))
    };
    let channel = move || match meeting.with(|meeting| meeting.channel) {
        Channel::InPerson => Glyph::Handshake,
        Channel::Video => Glyph::Video,
        Channel::Phone => Glyph::Phone,
    };
    view! {
        <div class="facts">
            <Show when=move || meeting.with(|meeting| !meeting.is_held())>
                <p>
                    <Badge tone=BadgeTone::Accent icon=Glyph::Calendar>
                        {move || status_words(meeting.with(|meeting| meeting.status))}
                    </Badge>
                </p>
            </Show>
            <p class="fact">
                <Icon glyph=Glyph::Building2 size=IconSize::Small />
                {move || customer.get().map(|it| view! { <a href=customer::address(it.id)>{it.name.clone()}</a> })}
            </p>
            <p class="fact">
                <Icon glyph=Glyph::Clock size=IconSize::Small />
                {when}
            </p>
            <p class="fact">
                {move || view! { <Icon glyph=channel() size=IconSize::Small /> }}
                {move || channel_words(meeting.with(|meeting| meeting.channel))}
            </p>
            <Show when=move || people.with(|people| !people.is_empty())>
                <p class="fact">
                    <Icon glyph=Glyph::User size=IconSize::Small />
                    {people}
                </p>
            </Show>
            <Show when=move || !ours().is_empty()>
                <p class="fact">
                    <Icon glyph=Glyph::UsersRound size=IconSize::Small />
                    "From us: "
                    {ours}
                </p>
            </Show>
        </div>
    }
}

/// What was said, as far as it was written down.
#[component]
pub fn NotesShown(
    /// The meeting.
    meeting: Signal<Arc<Meeting>>,
) -> impl IntoView {
    let rows = move || {
        let notes = meeting.get().notes.clone();
        let notes = [
            ("What matters to them", notes.matters),
            ("How they measure success", notes.success),
            ("Roadblocks", notes.roadblocks),
            ("Moving targets", notes.moving_targets),
            ("Innovations that could help", notes.innovations),
            ("Next step", notes.next_step),
        ];
        let row = |(label, words): (&'static str, String)| {
            (!words.trim().is_empty()).then(|| view! { <div class="note"><dt>{label}</dt><dd>{words}</dd></div> })
        };
        notes.into_iter().filter_map(row).collect_view()
    };
    let any = move || meeting.with(|meeting| meeting.notes != Default::default());
    view! {
        <Show when=any>
            <section class="card">
                <h2>"What was said"</h2>
                <dl class="notes">{rows}</dl>
            </section>
        </Show>
    }
}

/// What a manager changed after a customer was asked, and why.
#[component]
pub fn Corrections(
    /// The meeting.
    meeting: Signal<Arc<Meeting>>,
) -> impl IntoView {
    let phone = Phone::get();
    let today = Day::today();
    let rows = move || {
        let row = |Correction { by, at, reason }: Correction| {
            let name = phone.replica().with(|replica| replica.member_name_or(by, "A manager").to_owned());
            let detail = format!("Changed by {name}, {}", words::day(at.date_at(0), today.get()));
            view! { <ListRow title=reason detail=detail lead=|| view! { <Icon glyph=Glyph::PenLine /> } /> }
        };
        meeting.get().corrections.iter().cloned().map(row).collect_view()
    };
    view! {
        <Show when=move || meeting.with(|meeting| !meeting.corrections.is_empty())>
            <List title="Changed later">{rows}</List>
        </Show>
    }
}
