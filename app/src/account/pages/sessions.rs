use crate::{
    account::{SessionLine, describe_agent, end_session, revoke_session, sessions},
    browser::clock,
    day::Day,
    online::{Asking, Confirm, Load, Loaded, NeedsNetwork},
    time::words,
    ui::{Badge, BadgeTone, Button, ButtonLink, Glyph, Icon, Leave, List, ListRow, Page, Sheet, Toaster},
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
            <p class="aside">"What was saved on a device stays there until you sign in to it again, unless you clear it."</p>
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
    let (open, id) = (RwSignal::new(false), line.id.clone());
    let end = move |_| {
        asking.ask(end_session(line.id.clone()), move |()| {
            toaster.say("Signed out there.");
            all.again();
        });
    };
    let clear = move |_| {
        asking.ask(revoke_session(id.clone()), move |()| {
            toaster.say("Signed out there. It is cleared as soon as it connects.");
            all.again();
        });
    };
    let title = "Sign out ".to_owned() + &browser + "?";
    let sheet = (!line.here).then(|| {
        view! {
            <Sheet open title>
                <p>"If it is still yours: what is on it stays until you sign in there again."</p>
                <Button full=true busy=asking.busy() on_click=end>
                    "Sign out, keep what is on it"
                </Button>
                <p>"If it was lost: what it had not sent goes to your administrators, who can still save it, and it is emptied as soon as it connects."</p>
                <Confirm of=asking label="Sign out and clear it" on_click=clear />
            </Sheet>
        }
    });
    let state = if line.here {
        view! { <Badge tone=BadgeTone::Accent>"This one"</Badge> }.into_any()
    } else {
        view! { <Button on_click=move |_| open.set(true) attr:aria-label=label>"Sign out"</Button> }.into_any()
    };
    view! {
        <ListRow title=browser detail lead=|| view! { <Icon glyph=Glyph::Smartphone /> } trailing=move || view! { {state} {sheet} } />
    }
    .into_any()
}
