use super::{Choosing, reps};
use crate::{
    browser::clock,
    customer::{Assignment, Tier, assign_customers},
    id::MemberId,
    online::{Asking, FailureBanner},
    sync::{Phone, Refusal},
    ui::{Button, ButtonKind, ButtonVariant, Choice, DateField, NumberField, SelectField, Sheet, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*};
use std::collections::BTreeSet;

/// What to do with the customers chosen, at the thumb.
#[component]
pub(super) fn Assign(choosing: Choosing) -> impl IntoView {
    let open = RwSignal::new(false);
    let count = Memo::new(move |_| choosing.chosen.with(Vec::len));
    let words = move || match count.get() {
        1 => "Change one customer".to_owned(),
        many => "Change ".to_owned() + &many.to_string() + " customers",
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="page-action">
                <Button variant=ButtonVariant::Primary full=true on_click=move |_| open.set(true)>
                    {words}
                </Button>
            </div>
        </Show>
        <Sheet open title=Signal::derive(words)>
            <Show when=move || open.get()>
                <Form choosing open />
            </Show>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Form(choosing: Choosing, open: RwSignal<bool>) -> impl IntoView {
    let (phone, toaster, asking) = (Phone::get(), Toaster::expect(), Asking::new());
    let owner = RwSignal::new(None::<MemberId>);
    let (with, without) = (RwSignal::new(None::<MemberId>), RwSignal::new(None::<MemberId>));
    let since = RwSignal::new(clock::today().to_string());
    let tier = RwSignal::new(None::<Tier>);
    let window = RwSignal::new(String::new());
    let everybody = phone.derive(reps);
    let sharing = sharing(phone, choosing);
    let tiers = Tier::ALL.map(|tier| Choice::new(tier, tier.label())).to_vec();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let read = || -> Result<Assignment, Refusal> {
            let days = match window.get_untracked().trim() {
                "" => None,
                digits => Some(digits.parse().map_err(|_| Refusal::invalid("window_days", "give whole days, or leave it empty"))?),
            };
            let day = since.get_untracked().parse().map_err(|_| Refusal::invalid("since", "choose a day"))?;
            let assignment = Assignment {
                owner: owner.get_untracked(),
                since: owner.get_untracked().map(|_| day),
                with: with.get_untracked().into_iter().collect(),
                without: without.get_untracked().into_iter().collect(),
                tier: tier.get_untracked(),
                window_days: days,
            };
            assignment.check(clock::today()).map(|()| assignment)
        };
        let assignment = match read() {
            Ok(assignment) => assignment,
            Err(refusal) => return asking.fail(refusal.into()),
        };
        let wanted = choosing.chosen.get_untracked();
        asking.ask(assign_customers(wanted, assignment), move |changed| {
            toaster.say(match changed {
                0 => "Nothing to change: they were so already.".to_owned(),
                1 => "One customer changed.".to_owned(),
                many => many.to_string() + " customers changed.",
            });
            phone.sync_now();
            open.set(false);
            choosing.chosen.set(Vec::new());
            choosing.found.again();
        });
    };
    view! {
        <form class="stack" on:submit=submit novalidate>
            <SelectField
                name="owner"
                label="Who looks after them"
                options=everybody
                value=owner
                none="As it is"
                hint="Ratings stay with who met. The new owner starts a full window."
                error=asking.about("owner")
            />
            <Show when=move || owner.with(Option::is_some)>
                <DateField name="since" label="From" value=since error=asking.about("since") max=clock::today().to_string() />
            </Show>
            <SelectField name="with" label="Also looked after by" options=everybody value=with none="Nobody more" />
            <Show when=move || sharing.with(|sharing| !sharing.is_empty())>
                <SelectField name="without" label="No longer looked after by" options=sharing value=without none="Nobody" />
            </Show>
            <SelectField name="tier" label="Attention they want" options=tiers value=tier none="As it is" />
            <NumberField
                name="window_days"
                label="Meet them within"
                unit="days"
                optional=true
                hint="Empty leaves it as it is; 0 goes back to your rule."
                value=window
                error=asking.about("window_days")
            />
            <FailureBanner of=asking />
            <div class="sheet-action">
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=asking.busy()>
                    "Save"
                </Button>
            </div>
        </form>
    }
    .into_any()
}

/// Who looks after any of the customers chosen beside their owners.
fn sharing(phone: Phone, choosing: Choosing) -> Memo<Vec<Choice<MemberId>>> {
    phone.derive(move |replica| {
        let chosen = choosing.chosen.get();
        let customers = choosing.found.get().map(|found| found.customers).unwrap_or_default();
        let members: BTreeSet<MemberId> =
            customers.into_iter().filter(|customer| chosen.contains(&customer.id)).flat_map(|customer| customer.co_owners).collect();
        members.into_iter().map(|member| Choice::new(member, replica.member_name(member))).collect()
    })
}
