use crate::{
    account::{IssuedLink, LinkPurpose, MemberLine, Standing, issue_link, standing_badge, standing_sentence},
    browser::{clock, document},
    day::Day,
    online::{Asking, FailureBanner, HandOver},
    time::words,
    ui::{Badge, Button, ButtonVariant, Card, Glyph},
};
use leptos::prelude::*;

/// The id of the link, which takes the focus when it is there.
const LINK: &str = "link";

/// Whether and how the member gets in, and a new link to do so.
#[component]
pub(super) fn GettingIn(line: MemberLine) -> impl IntoView {
    let (asking, issued) = (Asking::new(), RwSignal::new(None::<IssuedLink>));
    let (id, name, standing) = (line.member.id, StoredValue::new(line.member.name), RwSignal::new(line.standing));
    let today = Day::today();
    let sentence = move || standing_sentence(standing.get(), clock::now(), clock::offset_minutes(), today.get());
    let issue = move |_| {
        asking.ask(issue_link(id), move |link| {
            if link.purpose == LinkPurpose::Invitation {
                standing.set(Standing::Invited { until: link.expires_at });
            }
            issued.set(Some(link));
            document::focus_soon(LINK);
        });
    };
    let link = move || match (issued.get(), standing.get_untracked()) {
        (Some(link), _) => view! { <Link link name=name.get_value() /> }.into_any(),
        (None, Standing::Deactivated) => ().into_any(),
        (None, standing) => {
            let (offer, variant) = match standing {
                Standing::NotInvited => ("Make an invitation link", ButtonVariant::Primary),
                Standing::Invited { .. } => ("Make a new link, in place of that one", ButtonVariant::Quiet),
                Standing::Active { .. } | Standing::Deactivated => ("Make a link for a new password", ButtonVariant::Quiet),
            };
            view! {
                <Button variant icon=Glyph::KeyRound full=true busy=asking.busy() on_click=issue>
                    {offer}
                </Button>
            }
            .into_any()
        }
    };
    view! {
        <Card title="Getting in" trailing=move || view! { <Badge>{move || standing_badge(standing.get())}</Badge> }>
            <p>{sentence}</p>
            <FailureBanner of=asking />
            {link}
        </Card>
    }
    .into_any()
}

/// A link as it is shown once, to be handed over.
#[component]
fn Link(link: IssuedLink, name: String) -> impl IntoView {
    let IssuedLink { url, purpose, expires_at } = link;
    let until = words::moment(expires_at, clock::offset_minutes(), Day::today().get_untracked());
    let what = match purpose {
        LinkPurpose::Invitation => "Whoever opens this link chooses a password and is in.",
        LinkPurpose::Reset => "Whoever opens this link chooses a new password; until then the old one works.",
    };
    view! {
        <p>{what} " It is for " <strong>{name}</strong> " alone."</p>
        <p class="field-hint">"Works once, until " {until} ". It is shown only now: hand it over in a message that nobody else reads."</p>
        <HandOver address=url id=LINK paste="Paste it into a message." />
    }
    .into_any()
}
