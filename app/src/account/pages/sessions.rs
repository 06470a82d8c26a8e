use crate::{
    account::{SessionLine, describe_agent, end_session, sessions},
    browser::clock,
    day::Day,
    online::{Asking, FailureBanner, Load, Loaded, NeedsNetwork},
    time::words,
    ui::{Badge, BadgeTone, Button, ButtonLink, Glyph, Icon, Leave, List, ListRow, Page, Toaster},
};
use leptos::prelude::*;

/// Where the member is signed in: a lost phone is signed out from here.
#[component]
pub(super) fn Sessions() -> impl IntoView {
    let (all, asking) = (Load::new(sessions), Asking::new());
    let shown = Callback::new(move |lines: Vec<SessionLine>| {
        view! { <List>{lines.into_iter().map(|line| view! { <Session line all asking /> }).collect_view()}</List> }.into_any()
    });
    view! {
        <Page title="Where you are signed in" leave=Leave::Back("/app/more".to_owned())>
            <NeedsNetwork />
            <p class="aside">"What was saved on a device stays there until somebody signs in to it again."</p>
            <FailureBanner of=asking />
            <Loaded of=all shown />
            <ButtonLink href="/app/more/sign-out" icon=Glyph::LogOut full=true>
                "Sign out everywhere"
            </ButtonLink>
        </Page>
    }
    .into_any()
}

#[component]
fn Session(line: SessionLine, all: Load<Vec<SessionLine>>, asking: Asking) -> impl IntoView {
    let (toaster, today) = (Toaster::expect(), Day::today().get_untracked());
    let browser = describe_agent(&line.agent);
    let since = words::day(line.created_at.date_at(clock::offset_minutes()), today);
    let mut detail = "Since ".to_owned() + &since;
    if !line.here {
        detail += ", last used ";
        detail += &words::ago(line.seen_at, clock::now());
    }
    let label = "Sign out ".to_owned() + &browser;
    let end = move |_| {
        asking.ask(end_session(line.id.clone()), move |()| {
            toaster.say("Signed out there.");
            all.again();
        });
    };
    let state = if line.here {
        view! { <Badge tone=BadgeTone::Accent>"This one"</Badge> }.into_any()
    } else {
        view! { <Button on_click=end attr:aria-label=label>"Sign out"</Button> }.into_any()
    };
    view! { <ListRow title=browser detail lead=|| view! { <Icon glyph=Glyph::Smartphone /> } trailing=move || state /> }.into_any()
}
