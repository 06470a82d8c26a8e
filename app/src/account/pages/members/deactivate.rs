use super::Named;
use crate::{
    account::{Member, Role, save_member},
    online::{Asking, Confirm, FailureBanner},
    sync::Phone,
    ui::{Button, ButtonLink, ButtonVariant, Card, Sheet, Toaster},
};
use leptos::prelude::*;

/// Shuts a member out, who has left, or lets one back in.
#[component]
pub(super) fn Deactivate(
    /// Who.
    member: Member,
    /// Where their customers are handed over.
    customers: String,
    /// Asked again afterwards.
    named: Named,
) -> impl IntoView {
    let (phone, toaster, asking, open) = (Phone::get(), Toaster::expect(), Asking::new(), RwSignal::new(false));
    // Nobody shuts the door behind oneself.
    if member.id == phone.me() {
        return ().into_any();
    }
    let (active, is_rep, name) = (member.active, member.is(Role::Rep), member.name.clone());
    let turn = move |_| {
        let after = Member { active: !active, ..member.clone() };
        asking.ask(save_member(after), move |()| {
            open.set(false);
            toaster.say(if active { "Deactivated." } else { "Active again." });
            phone.sync_now();
            named.all.again();
        });
    };
    if !active {
        return view! {
            <Card title="Back again?">
                <p>"Once active again, this person signs in with a new invitation link or the old password."</p>
                <FailureBanner of=asking />
                <Button full=true busy=asking.busy() on_click=turn>
                    "Activate again"
                </Button>
            </Card>
        }
        .into_any();
    }
    let hand_over = is_rep.then(|| {
        view! {
            <p>"Customers stay with a rep who has left until you hand them over, and nobody looks after them meanwhile. Best do that first:"</p>
            <ButtonLink href=customers full=true>
                "Hand over their customers"
            </ButtonLink>
        }
    });
    view! {
        <Button variant=ButtonVariant::Danger full=true on_click=move |_| open.set(true)>
            "Deactivate"
        </Button>
        <Sheet open title="Deactivate ".to_owned() + &name + "?">
            <p>"They are signed out everywhere and cannot sign in any more. Their devices hand over what they had not sent, then are cleared. Everything they logged, and what customers said of it, is kept. You can activate them again."</p>
            {hand_over}
            <Confirm of=asking label="Deactivate now" on_click=turn />
        </Sheet>
    }
    .into_any()
}
