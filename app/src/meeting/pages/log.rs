use super::{
    form::{Colleagues, Contacts, CustomerChoice, Fields, FormatChoice, HowMet, Insights, Promises, Said, When, show},
    log_plan_address, saved_address,
};
use crate::{
    browser::{clock, random},
    customer::customer_in_address,
    form::Problems,
    id::{CustomerId, MeetingId},
    meeting::{Meeting, MeetingDraft, MeetingStatus, Stamp},
    photo::{ChosenPhotos, PhotoPicker, PhotoSubject, photos_of},
    reflection::ReturningActions,
    route::{param, replacing},
    sync::{NotSaved, Phone, Resumed, Saving, Typing, protocol::Mutation},
    ui::{Button, ButtonKind, ButtonVariant, Disclosure, Leave, Page, PageKind},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// Logs a meeting: customer, format, save; everything else if one wants. Resumes what was typed before.
#[component]
pub(super) fn Log() -> impl IntoView {
    let phone = Phone::get();
    let plan = param::<MeetingId>("plan").and_then(|id| phone.replica().with_untracked(|replica| replica.meetings.get(&id).cloned()));
    let customer = customer_in_address();
    // What was typed under the address stays there, also once another stands for whom it names.
    let opened_for = param::<CustomerId>("customer");
    let key = draft_key(plan.as_deref(), opened_for);
    let fresh = match &plan {
        Some(plan) => MeetingDraft::of(plan),
        None => MeetingDraft { customer, ..MeetingDraft::starting(clock::wall()) },
    };
    let draft = phone.draft(&key).unwrap_or(fresh);
    view! { <LogForm draft key opened_for plan /> }
}

/// The meeting with `customer` as far as it was typed, and the key of its draft.
pub fn log_draft(phone: Phone, customer: CustomerId) -> (String, MeetingDraft) {
    let key = draft_key(None, Some(customer));
    let fresh = || MeetingDraft { customer: Some(customer), ..MeetingDraft::starting(clock::wall()) };
    let kept = phone.draft(&key).unwrap_or_else(fresh);
    (key, kept)
}

/// The draft's key: one per plan, one per customer it was opened for, and one for the tab.
pub(super) fn draft_key(plan: Option<&Meeting>, customer: Option<CustomerId>) -> String {
    match (plan, customer) {
        (Some(plan), _) => format!("log/plan/{}", plan.id),
        (None, Some(customer)) => format!("log/customer/{customer}"),
        (None, None) => "log".to_owned(),
    }
}

#[component]
fn LogForm(draft: MeetingDraft, key: String, opened_for: Option<CustomerId>, plan: Option<Arc<Meeting>>) -> impl IntoView {
    let phone = Phone::get();
    let has_photos = ChosenPhotos::are_kept(phone, &key);
    let is_open =
        has_photos || draft != MeetingDraft { customer: draft.customer, format: draft.format, ..MeetingDraft::starting(clock::wall()) };
    let fields = Fields::of(draft);
    let typing = Typing::keep(key.clone(), Memo::new(move |_| fields.draft()));
    let photos = ChosenPhotos::of_draft(key.clone());
    let of_plan = plan.as_ref().map(|plan| PhotoSubject::Meeting(plan.id));
    let there = phone.derive(move |replica| of_plan.map_or(0, |plan| photos_of(replica, plan).len()));
    let (saving, navigate) = (Saving::new(), use_navigate());
    let open_plan = {
        let navigate = navigate.clone();
        Callback::new(move |plan: Arc<Meeting>| navigate(&log_plan_address(plan.id), replacing()))
    };
    let save = {
        let plan = plan.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            let id = plan.as_ref().map_or_else(|| MeetingId(random::uuid()), |plan| plan.id);
            let typed = fields.typed();
            match read(phone, &typed, plan.as_deref(), id) {
                Ok(mut mutations) => {
                    mutations.extend(typed.customer.map(|at| photos.attach(PhotoSubject::Meeting(id), at)).unwrap_or_default());
                    let navigate = navigate.clone();
                    fields.problems.set(Problems::default());
                    saving.run_typed(typing, mutations, move || {
                        navigate(&saved_address(id, opened_for), replacing());
                    });
                }
                Err(found) => show(fields, found),
            }
        }
    };
    let needs_customer = plan.is_none();
    view! {
        <Page title="Log a meeting" leave=Leave::Close("/app".to_owned()) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <Resumed typing />
                {if needs_customer {
                    view! { <CustomerChoice fields question="Whom did you meet?" open_plan /> }.into_any()
                } else {
                    view! { <CustomerChoice fields question="Whom did you meet?" /> }.into_any()
                }}
                <FormatChoice fields />
                <ReturningActions customer=fields.customer.into() format=fields.format.into() />
                <Show when=move || fields.customer.with(Option::is_some)>
                    <Contacts fields />
                </Show>
                <Disclosure title="Add more" detail="Time, what was said, promises, worth knowing, photos" open=is_open>
                    <div class="stack" data-gap="large">
                        <When fields />
                        <HowMet fields />
                        <Colleagues fields />
                        <Said fields />
                        <Promises fields />
                        <Insights fields />
                        <PhotoPicker chosen=photos there />
                    </div>
                </Disclosure>
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        "Save meeting"
                    </Button>
                </div>
            </form>
        </Page>
    }
}

/// The mutations that save what was typed: a new meeting, or the plan that happened.
fn read(phone: Phone, draft: &MeetingDraft, plan: Option<&Meeting>, id: MeetingId) -> Result<Vec<Mutation>, Problems> {
    let stamp = Stamp { id, rep: phone.me(), now: clock::now(), instant: &clock::instant };
    match plan {
        Some(plan) => draft.edit(plan, MeetingStatus::Held, None, stamp),
        None => draft.create(MeetingStatus::Held, stamp),
    }
}
