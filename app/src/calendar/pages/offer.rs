use crate::{
    browser::{document, random},
    calendar::{Event, EventKey, Offer, OfferKind, Taken, because_words, choices, event_title, offer_words, taken_words, usual_format},
    day::Day,
    id::{CustomerId, MeetingId},
    meeting::{MeetingFormat, length_words},
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    time::words,
    ui::{Button, ButtonVariant, Choice, SelectField, Switch, Toaster},
};
use leptos::prelude::*;
use std::collections::HashMap;

/// As what one event is to be taken over. Kept by whoever knows it, since the row that shows it is made anew.
#[derive(Clone)]
struct Tick {
    is_taken: ArcRwSignal<bool>,
    customer: ArcRwSignal<Option<CustomerId>>,
    format: ArcRwSignal<Option<MeetingFormat>>,
    error: ArcRwSignal<Option<&'static str>>,
}

/// What was chosen, event by event; it outlives that the offers are told anew.
#[derive(Clone, Copy, Default)]
pub(super) struct Ticked(StoredValue<HashMap<EventKey, Tick>>);

impl Ticked {
    fn of(self, offer: &Offer, phone: Phone) -> Tick {
        if let Some(tick) = self.0.with_value(|all| all.get(&offer.event.key).cloned()) {
            return tick;
        }
        let customer = offer.customer();
        let format = customer.map(|customer| phone.replica().with_untracked(|replica| usual_format(replica, customer)));
        let tick = Tick {
            is_taken: ArcRwSignal::new(false),
            customer: ArcRwSignal::new(customer),
            format: ArcRwSignal::new(format),
            error: ArcRwSignal::new(None),
        };
        self.0.update_value(|all| {
            all.insert(offer.event.key.clone(), tick.clone());
        });
        tick
    }
}

/// What may be taken over, and the button that does it.
#[component]
pub(super) fn Offers(
    /// What is offered.
    of: Memo<Vec<Offer>>,
    /// What was chosen.
    ticked: Ticked,
) -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let tick = move |offer: &Offer| ticked.of(offer, phone);
    let customers =
        phone.derive(|replica| choices(replica).iter().map(|customer| Choice::new(customer.id, customer.name.clone())).collect::<Vec<_>>());
    let count = Memo::new(move |_| of.get().into_iter().filter(|offer| tick(offer).is_taken.get()).count());
    let save = move |_| {
        let mut mutations = Vec::new();
        let (mut made, mut changed, mut ticks) = (Vec::new(), 0, Vec::new());
        for (position, offer) in of.get_untracked().into_iter().enumerate() {
            let tick = tick(&offer);
            if !tick.is_taken.get_untracked() {
                continue;
            }
            let taken = match offer.kind {
                OfferKind::New(_) => match as_taken(phone, &offer, &tick) {
                    Ok(taken) => Some(taken),
                    Err(words) => {
                        tick.error.set(Some(words));
                        return document::focus_soon(&format!("customer-{position}"));
                    }
                },
                _ => None,
            };
            match &taken {
                Some(taken) => made.push(Mutation::DeleteMeeting { id: taken.id }),
                None => changed += 1,
            }
            mutations.extend(offer.take(taken));
            ticks.push(tick);
        }
        if mutations.is_empty() {
            return;
        }
        let words = taken_words(made.len(), changed);
        saving.run(mutations, move || {
            // What moves later is another question.
            for tick in ticks {
                tick.is_taken.set(false);
            }
            match changed {
                0 => offer_undo(phone, toaster, words, made),
                _ => toaster.say(words),
            }
        });
    };
    view! {
        <ol class="offers">
            <For each=move || of.get().into_iter().enumerate() key=|(position, offer)| (*position, offer.event.key.clone(), offer.event.starts_at) let:row>
                <OfferRow position=row.0 tick=tick(&row.1) offer=row.1 customers />
            </For>
        </ol>
        <Show when=move || of.with(|offers| !offers.is_empty())>
            <div class="page-action">
                <NotSaved saving />
                <Button variant=ButtonVariant::Primary full=true busy=saving.busy() on_click=save>
                    {move || match count.get() {
                        0 => "Choose what to take over".to_owned(),
                        1 => "Take one over".to_owned(),
                        many => format!("Take {many} over"),
                    }}
                </Button>
            </div>
        </Show>
    }
    .into_any()
}

/// What was chosen for an event that becomes a visit.
fn as_taken(phone: Phone, offer: &Offer, tick: &Tick) -> Result<Taken, &'static str> {
    let customer = tick.customer.get_untracked().ok_or("Choose whom the visit is to.")?;
    let contacts = match &offer.kind {
        OfferKind::New(Some(guess)) if guess.customer == customer => guess.contacts.clone(),
        _ => Vec::new(),
    };
    let usual = || phone.replica().with_untracked(|replica| usual_format(replica, customer));
    let format = tick.format.get_untracked().unwrap_or_else(usual);
    Ok(Taken { id: MeetingId(random::uuid()), rep: phone.me(), customer, contacts, format })
}

#[component]
fn OfferRow(position: usize, offer: Offer, tick: Tick, customers: Memo<Vec<Choice<CustomerId>>>) -> impl IntoView {
    let today = Day::today();
    let Event { title, place, starts_at, offset_minutes, length_minutes, .. } = offer.event.clone();
    let when = move || {
        let start = words::capitalised(&words::moment(starts_at, offset_minutes, today.get()));
        let place = if place.is_empty() { String::new() } else { format!(" · {place}") };
        format!("{start}, {}{place}", length_words(length_minutes))
    };
    let about = match &offer.kind {
        OfferKind::New(guess) => guess.as_ref().map(|guess| because_words(guess.because)),
        kind => offer_words(kind),
    };
    let is_new = matches!(offer.kind, OfferKind::New(_));
    let formats = MeetingFormat::ALL.map(|format| Choice::new(format, format.label())).to_vec();
    let (is_taken, customer, format) = (RwSignal::from(tick.is_taken), RwSignal::from(tick.customer), RwSignal::from(tick.format));
    let error = Signal::derive(move || tick.error.get().filter(|_| customer.with(Option::is_none)).map(str::to_owned));
    let chosen = move || {
        is_new.then(|| {
            let formats = formats.clone();
            view! {
                <SelectField
                    name=format!("customer-{position}")
                    label="Customer"
                    options=customers
                    value=customer
                    hint=about.map(str::to_owned)
                    error
                />
                <SelectField name=format!("format-{position}") label="What for" options=formats value=format none="As the last time" />
            }
        })
    };
    let told = (!is_new).then(|| about.map(|words| view! { <p class="aside">{words}</p> }));
    view! {
        <li class="card">
            <Switch name=format!("take-{position}") label=event_title(&title) value=is_taken hint=Signal::derive(when) />
            {told}
            <Show when=move || is_taken.get()>{chosen.clone()}</Show>
        </li>
    }
    .into_any()
}
