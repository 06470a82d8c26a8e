use super::{
    form::{Colleagues, Contacts, CustomerChoice, Fields, FormatChoice, HowMet, When, show},
    meeting_address,
};
use crate::{
    browser::{clock, random},
    customer::customer_in_address,
    form::Problems,
    id::{CustomerId, MeetingId},
    meeting::{MeetingDraft, MeetingStatus, Stamp},
    route::{param, replacing},
    sync::{NotSaved, Phone, Resumed, Saving, Typing},
    ui::{Button, ButtonKind, ButtonVariant, Disclosure, Leave, Page, PageKind, TextArea},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::hooks::use_navigate;

/// Plans a visit.
#[component]
pub(super) fn Plan() -> impl IntoView {
    let phone = Phone::get();
    let customer = customer_in_address();
    let key = param::<CustomerId>("customer").map_or("plan".to_owned(), |customer| format!("plan/customer/{customer}"));
    let fresh = || MeetingDraft { customer, ..MeetingDraft::starting(tomorrow_at_ten()) };
    let fields = Fields::of(phone.draft(&key).unwrap_or_else(fresh));
    let typing = Typing::keep(key, Memo::new(move |_| fields.draft()));
    let (saving, navigate) = (Saving::new(), use_navigate());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let id = MeetingId(random::uuid());
        let stamp = Stamp { id, rep: phone.me(), now: clock::now(), instant: &clock::instant };
        match fields.typed().create(MeetingStatus::Planned, stamp) {
            Ok(mutations) => {
                let navigate = navigate.clone();
                fields.problems.set(Problems::default());
                saving.run_typed(typing, mutations, move || {
                    navigate(&meeting_address(id), replacing());
                });
            }
            Err(found) => show(fields, found),
        }
    };
    view! {
        <Page title="Plan a visit" leave=Leave::Close("/app".to_owned()) kind=PageKind::Form>
            <form on:submit=save novalidate>
                <Resumed typing />
                <CustomerChoice fields question="Whom will you visit?" />
                <FormatChoice fields />
                <When fields />
                <HowMet fields />
                <Show when=move || fields.customer.with(Option::is_some)>
                    <Contacts fields />
                </Show>
                <Disclosure title="Add more" detail="Colleagues, what you want to find out">
                    <div class="stack" data-gap="large">
                        <Colleagues fields />
                        <TextArea
                            name="matters"
                            label="What you want to find out"
                            optional=true
                            hint="It will be there when you log the visit."
                            value=fields.matters
                            max_length=5000
                        />
                    </div>
                </Disclosure>
                <div class="page-action">
                    <NotSaved saving />
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                        "Save visit"
                    </Button>
                </div>
            </form>
        </Page>
    }
}

/// When visits are planned for, unless another time is chosen.
fn tomorrow_at_ten() -> chrono::NaiveDateTime {
    let tomorrow = clock::today() + chrono::TimeDelta::days(1);
    tomorrow.and_hms_opt(10, 0, 0).expect("every day has a ten o'clock on the wall")
}
