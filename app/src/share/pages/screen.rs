use super::ADDRESS;
use crate::{
    browser::{clock, document, history, random, record::Durability},
    customer::{self, ChosenCustomer, Customer, CustomerBook, OfferedCustomer},
    id::{CustomerId, TouchId},
    meeting::{Touch, TouchKind, log_address, log_draft},
    promise::{ask_inside_address, inside_ask_draft, new_promise_address, promise_draft},
    route::replacing,
    share::{Becomes, ShareDraft, customers_named, joined, shared_text},
    sync::{NotSaved, Phone, Replica, Saving, Typing, offer_undo, protocol::Mutation, storage_words},
    ui::{
        Banner, BannerTone, Button, ButtonKind, ButtonVariant, Choice, ChoiceChips, EmptyState, Glyph, Leave, List, Page, PageKind,
        SearchField, TextArea, Toaster,
    },
};
use leptos::{either::Either, ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use serde::Serialize;
use std::sync::Arc;

/// The key of what waits here.
const KEY: &str = "share";
/// As many as fit beside the search without scrolling far.
const SHOWN: usize = 5;

/// Makes something of what another app shared.
#[component]
pub(super) fn Share() -> impl IntoView {
    let phone = Phone::get();
    let kept: ShareDraft = phone.draft(KEY).unwrap_or_default();
    let text = joined(&kept.text, &shared_text(&document::query()));
    let standing = |id| phone.replica().with_untracked(|replica| replica.standing_for(id));
    let named = || phone.replica().with_untracked(|replica| customers_named(replica, &text).first().copied());
    let draft = ShareDraft { customer: kept.customer.map(standing).or_else(named), text, ..kept };
    let is_empty = draft.text.is_empty();
    // Kept first, so that a kill loses nothing; then the address says nothing of it any more.
    let keep = draft.clone();
    wasm_bindgen_futures::spawn_local(async move {
        if !document::query().is_empty() && (is_empty || phone.keep_draft(KEY, &keep, Durability::Strict).await.is_ok()) {
            history::rename(ADDRESS);
        }
    });
    match is_empty {
        true => Either::Left(view! { <Nothing /> }),
        false => Either::Right(view! { <ShareForm draft /> }),
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Page title="Share with Qdos" leave=Leave::Close("/app".to_owned())>
            <EmptyState glyph=Glyph::Share title="Nothing was shared">
                "Choose Qdos where another app offers to share a text: a message, a mail, a note. It comes here."
            </EmptyState>
        </Page>
    }
}

#[component]
fn ShareForm(draft: ShareDraft) -> impl IntoView {
    let (phone, toaster, saving, navigate) = (Phone::get(), Toaster::expect(), Saving::new(), use_navigate());
    let (text, whom, becomes) = (RwSignal::new(draft.text), RwSignal::new(draft.customer), RwSignal::new(Some(draft.becomes)));
    let chosen = move || becomes.get().unwrap_or_default();
    let typing = Typing::keep(KEY.to_owned(), Memo::new(move |_| ShareDraft { text: text.get(), customer: whom.get(), becomes: chosen() }));
    let (missing, failure) = (RwSignal::new(false), RwSignal::new(None::<&str>));
    let too_long = Memo::new(move |_| text.with(|text| chosen().too_long(text)));
    let is_blank = move || text.with(|text| text.trim().is_empty());
    let options = Becomes::ALL.map(|it| Choice::new(it, it.label())).to_vec();
    let go_on = move |event: SubmitEvent| {
        event.prevent_default();
        let becomes = becomes.get_untracked().unwrap_or_default();
        let fitted = text.with_untracked(|text| becomes.fitted(text));
        missing.set(whom.get_untracked().is_none());
        let Some(customer) = whom.get_untracked() else { return document::focus_soon("find") };
        if too_long.get_untracked().is_some() || fitted.is_empty() {
            return document::focus_soon("text");
        }
        let navigate = navigate.clone();
        if becomes == Becomes::Message {
            let touch = message(phone, customer, fitted);
            let undo = vec![Mutation::DeleteTouch { id: touch.id }];
            return saving.run_typed(typing, vec![Mutation::RecordTouch { touch }], move || {
                navigate(&customer::address(customer), replacing());
                offer_undo(phone, toaster, "Noted as a message.", undo);
            });
        }
        wasm_bindgen_futures::spawn_local(async move {
            match begin(phone, becomes, customer, &fitted).await {
                Ok(address) => {
                    typing.stop();
                    // Should forgetting it fail, it only comes back at the next start.
                    drop(phone.drop_draft(KEY).await);
                    navigate(&address, replacing());
                }
                Err(words) => failure.set(Some(words)),
            }
        });
    };
    let give_up = {
        let navigate = use_navigate();
        move |_| {
            typing.stop();
            let given_up = ShareDraft {
                text: text.get_untracked(),
                customer: whom.get_untracked(),
                becomes: becomes.get_untracked().unwrap_or_default(),
            };
            wasm_bindgen_futures::spawn_local(async move { drop(phone.drop_draft(KEY).await) });
            navigate("/app", replacing());
            toaster.offer("Not kept.", "Undo", move || {
                let back = given_up.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    match phone.keep_draft(KEY, &back, Durability::Strict).await {
                        Ok(()) => toaster.say("It waits on Today."),
                        Err(error) => toaster.say(storage_words(&error)),
                    }
                });
            });
        }
    };
    view! {
        <Page title="Share with Qdos" leave=Leave::Close("/app".to_owned()) kind=PageKind::Form>
            <form on:submit=go_on novalidate>
                <TextArea
                    name="text"
                    label="What was shared"
                    value=text
                    error=Signal::derive(move || too_long.get().or_else(|| is_blank().then(|| "Nothing is left of it. Type something.".to_owned())))
                />
                <Whom text whom missing=missing.into() />
                <ChoiceChips name="becomes" legend="What does it become?" options value=becomes />
                {move || failure.get().map(|words| view! { <Banner tone=BannerTone::Attention>{words}</Banner> })}
                <Button variant=ButtonVariant::Plain icon=Glyph::Trash2 on_click=give_up>
                    "Do not keep it"
                </Button>
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        {move || if chosen() == Becomes::Message { "Save message" } else { "Go on" }}
                    </Button>
                </div>
            </form>
        </Page>
    }
}

/// Whom it is about: whoever the text names first, the others by a few letters.
#[component]
fn Whom(
    /// What was shared.
    text: RwSignal<String>,
    /// Who is chosen.
    whom: RwSignal<Option<CustomerId>>,
    /// Whether somebody went on without choosing.
    missing: Signal<bool>,
) -> impl IntoView {
    let (phone, book) = (Phone::get(), customer::book());
    let words = RwSignal::new(String::new());
    let chosen = phone.derive(move |replica| whom.get().map(|id| replica.customer_name(id, "A customer").to_owned()));
    let offered = phone.derive(move |replica| book.with(|book| words.with(|words| text.with(|text| offers(replica, book, text, words)))));
    let choose = move |id: CustomerId| {
        whom.set(Some(id));
        document::focus_soon("whom");
    };
    let change = move |_| {
        whom.set(None);
        document::focus_soon("find");
    };
    let row = move |customer: Arc<Customer>| {
        let id = customer.id;
        view! { <OfferedCustomer name=customer.name.clone() detail=customer.place.clone() on_click=move |_| choose(id) /> }
    };
    move || match chosen.get() {
        Some(name) => Either::Left(view! { <ChosenCustomer id="whom" name on_change=change /> }),
        None => Either::Right(view! {
            <div class="stack">
                <SearchField
                    label="Which customer is it about?"
                    value=words
                    placeholder="Name, place or person"
                    error=Signal::derive(move || missing.get().then(|| "Choose whom it is about.".to_owned()))
                />
                <Show when=move || offered.with(|offered| !offered.is_empty())>
                    <List>{move || offered.get().into_iter().map(row).collect_view()}</List>
                </Show>
            </div>
        }),
    }
}

/// Who is offered: whom `text` names first, and of these and all others those that `words` may mean.
fn offers(replica: &Replica, book: &CustomerBook, text: &str, words: &str) -> Vec<Arc<Customer>> {
    let named = customers_named(replica, text);
    let mut offers: Vec<Arc<Customer>> = book.found(words).map(|it| it.customer.clone()).collect();
    offers.sort_by_key(|it| named.iter().position(|id| *id == it.id).unwrap_or(usize::MAX));
    offers.truncate(SHOWN);
    offers
}

/// `note` as a message with `customer`, now.
fn message(phone: Phone, customer: CustomerId, note: String) -> Touch {
    let (at, offset_minutes) = (clock::now(), clock::offset_minutes());
    Touch { id: TouchId(random::uuid()), customer, rep: phone.me(), kind: TouchKind::Message, at, offset_minutes, note }
}

/// Puts `text` below what was begun already of what it becomes, and answers where that goes on; what to do where it cannot be kept.
async fn begin(phone: Phone, becomes: Becomes, customer: CustomerId, text: &str) -> Result<String, &'static str> {
    match becomes {
        Becomes::Promise => {
            let (key, mut draft) = promise_draft(phone, customer);
            draft.what = becomes.fitted(&joined(&draft.what, text));
            keep(phone, &key, &draft, new_promise_address(customer)).await
        }
        Becomes::Question => {
            let (key, mut draft) = inside_ask_draft(phone, customer);
            draft.what = joined(&draft.what, text);
            keep(phone, &key, &draft, ask_inside_address(customer)).await
        }
        Becomes::Meeting | Becomes::Message => {
            let (key, mut draft) = log_draft(phone, customer);
            draft.notes.matters = joined(&draft.notes.matters, text);
            keep(phone, &key, &draft, log_address(Some(customer))).await
        }
    }
}

async fn keep(phone: Phone, key: &str, draft: &impl Serialize, address: String) -> Result<String, &'static str> {
    phone.keep_draft(key, draft, Durability::Strict).await.map(|()| address).map_err(|error| storage_words(&error))
}
