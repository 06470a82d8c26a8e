//! Customers of the whole organisation, for administrators: found, chosen, and given to somebody else.

mod chosen;
mod found;

use self::{chosen::Assign, found::Found};
use crate::{
    account::{Role, active_members},
    customer::{CustomerSearch, CustomersFound, search_customers},
    id::{CustomerId, MemberId},
    online::{Load, Loaded, NeedsNetwork},
    sync::{Phone, Replica},
    text,
    ui::{Button, ButtonKind, Choice, Leave, Page, SearchField, SelectField},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_query_map;

/// What was found and what of it was chosen.
#[derive(Clone, Copy)]
struct Choosing {
    found: Load<CustomersFound>,
    chosen: RwSignal<Vec<CustomerId>>,
}

/// Searches all customers and changes those that are chosen.
#[component]
pub(super) fn AllCustomers() -> impl IntoView {
    let asked: Option<MemberId> = use_query_map().with_untracked(|query| query.get("owner")).and_then(|owner| owner.parse().ok());
    let (words, owner) = (RwSignal::new(String::new()), RwSignal::new(asked));
    let found = Load::new(move || search_customers(CustomerSearch { owner: owner.get_untracked(), words: words.get_untracked() }));
    let choosing = Choosing { found, chosen: RwSignal::new(Vec::new()) };
    // What is not in view any more is not changed either.
    let search = move || {
        choosing.chosen.set(Vec::new());
        found.again();
    };
    Effect::watch(move || owner.get(), move |_, _, _| search(), false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        search();
    };
    let owners = Phone::get().derive(owners);
    let shown = Callback::new(move |found| view! { <Found found choosing filtered=owner.get_untracked().is_some() /> }.into_any());
    view! {
        <Page title="All customers" leave=Leave::Back("/app/more".to_owned())>
            <NeedsNetwork />
            <form class="customer-search" role="search" on:submit=submit>
                <div class="field-and-button">
                    <SearchField label="Find customers" value=words placeholder="Name or place" />
                    <Button kind=ButtonKind::Submit>"Search"</Button>
                </div>
                <SelectField name="of" label="Whose" options=owners value=owner none="Everybody’s" />
            </form>
            <Loaded of=found shown />
            <Assign choosing />
        </Page>
    }
    .into_any()
}

/// Who can be looked for: whoever owns customers may have left, or be no rep any more.
fn owners(replica: &Replica) -> Vec<Choice<MemberId>> {
    let mut members: Vec<_> = replica.members.values().filter(|member| member.is(Role::Rep) || !member.active).collect();
    members.sort_by_cached_key(|member| (!member.active, text::alphabetical(&member.name)));
    let label = |active: bool, name: &str| if active { name.to_owned() } else { name.to_owned() + " (deactivated)" };
    members.into_iter().map(|member| Choice::new(member.id, label(member.active, &member.name))).collect()
}

/// Who can look after customers.
fn reps(replica: &Replica) -> Vec<Choice<MemberId>> {
    active_members(replica, Role::Rep).into_iter().map(|member| Choice::new(member.id, member.name.clone())).collect()
}
