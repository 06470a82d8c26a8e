use crate::{
    id::TeamId,
    online::{Asking, Confirm},
    route::replacing,
    sync::Phone,
    team::{in_the_way, remove_team},
    ui::{Button, ButtonVariant, Glyph, Sheet, Toaster},
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// Removes a team that is empty; of any other it says what is in the way.
#[component]
pub(super) fn Remove(team: TeamId) -> impl IntoView {
    let in_the_way = Phone::get().derive(move |replica| in_the_way(replica, team));
    let content = move || match in_the_way.get() {
        Some(words) => view! { <p class="aside">{words}</p> }.into_any(),
        None => view! { <Ask team /> }.into_any(),
    };
    content.into_any()
}

#[component]
fn Ask(team: TeamId) -> impl IntoView {
    let (phone, toaster, asking, navigate) = (Phone::get(), Toaster::expect(), Asking::new(), use_navigate());
    let open = RwSignal::new(false);
    let remove = move |_| {
        let navigate = navigate.clone();
        asking.ask(remove_team(team), move |()| {
            toaster.say("Team removed.");
            phone.sync_now();
            navigate("/app/more/teams", replacing());
        });
    };
    view! {
        <Button variant=ButtonVariant::Danger icon=Glyph::Trash2 on_click=move |_| open.set(true)>
            "Remove this team"
        </Button>
        <Sheet open title="Remove this team?">
            <p>"Nobody is in it and no team is part of it, so nothing else changes."</p>
            <Confirm of=asking label="Remove team" on_click=remove />
        </Sheet>
    }
    .into_any()
}
