use crate::{
    customer::{self, last_contact_words, standing_badge},
    team::NeglectedLine,
    ui::{Avatar, AvatarKind, Badge, BadgeTone, Glyph, List, ListRow},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// Customers past their window, the longest first.
#[component]
pub(super) fn NotMet(lines: Vec<NeglectedLine>, today: NaiveDate) -> impl IntoView {
    let row = move |line: NeglectedLine| {
        let last = last_contact_words(line.standing.last_contact, today);
        let badge = standing_badge(&line.standing, today);
        let name = line.name.clone();
        view! {
            <ListRow
                title=line.name
                detail=format!("{} · {last}", line.owner)
                href=customer::address(line.id)
                lead=move || view! { <Avatar name=name.clone() kind=AvatarKind::Company /> }
                trailing=move || badge.clone().map(|words| view! { <Badge tone=BadgeTone::Attention icon=Glyph::CircleAlert>{words}</Badge> })
            />
        }
    };
    let hand_over = lines.iter().any(|line| line.is_left_behind).then(|| {
        view! {
            <p class="aside">
                "Customers without a rep wait for a new one: an administrator hands them over, under More, All customers."
            </p>
        }
    });
    (!lines.is_empty()).then(|| {
        view! {
            <div class="stack" data-gap="small">
                <List title="Not met in time">{lines.into_iter().map(row).collect_view()}</List>
                {hand_over}
            </div>
        }
    })
}
