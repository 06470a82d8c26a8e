use crate::{
    account::{Absence, absence_words, covers},
    browser::{clock, random},
    day::Day,
    form::Problems,
    id::{AbsenceId, MemberId},
    sync::{NotSaved, Phone, Saving, offer_undo, protocol::Mutation},
    ui::{Button, ButtonKind, ButtonVariant, Choice, DateField, EmptyState, Glyph, Icon, Leave, List, ListRow, Page, SelectField, Toaster},
};
use leptos::{ev::SubmitEvent, prelude::*};

/// When the member is away, and who covers.
#[component]
pub(super) fn Away() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let absences = phone.derive(move |replica| {
        let mut all = replica.availability(phone.me()).absences;
        all.retain(|absence| absence.until >= today.get());
        all
    });
    let rows = move || absences.get().into_iter().map(|absence| view! { <Planned absence /> }).collect_view();
    view! {
        <Page title="Away" leave=Leave::Back("/app/more".to_owned())>
            <p class="aside">
                "While you are away, windows and reminders stand still. Everybody in your organisation sees when you are away, never why."
            </p>
            <Show
                when=move || absences.with(|absences| !absences.is_empty())
                fallback=|| {
                    view! {
                        <EmptyState glyph=Glyph::Sun title="No days away are planned">
                            "Plan them here, and name who looks after what is due meanwhile."
                        </EmptyState>
                    }
                }
            >
                <List title="Planned">{rows}</List>
            </Show>
            <Plan />
        </Page>
    }
}

/// An absence, with the way to take it back.
#[component]
fn Planned(absence: Absence) -> impl IntoView {
    let (phone, today, saving, toaster) = (Phone::get(), Day::today(), Saving::new(), Toaster::expect());
    let member = phone.me();
    let cover = absence.cover.map(|cover| phone.replica().with_untracked(|replica| replica.member_name(cover)));
    let detail = cover.map_or_else(|| "Nobody covers".to_owned(), |cover| format!("{cover} covers"));
    let title = absence_words(&absence, today.get_untracked());
    let label = format!("Remove {title}");
    let remove = move |_| {
        let undo = vec![Mutation::PlanAbsence { member, absence: absence.clone() }];
        saving.run(vec![Mutation::CancelAbsence { member, id: absence.id }], move || {
            offer_undo(phone, toaster, "Removed. Windows count these days again.", undo);
        });
    };
    view! {
        <ListRow title=title detail=detail lead=|| view! { <Icon glyph=Glyph::Sun /> }>
            <span>
                <Button on_click=remove attr:aria-label=label>
                    "Remove"
                </Button>
            </span>
            <NotSaved saving />
        </ListRow>
    }
}

/// Plans days away.
#[component]
fn Plan() -> impl IntoView {
    let (phone, saving, toaster) = (Phone::get(), Saving::new(), Toaster::expect());
    let member = phone.me();
    let (from, until) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let cover = RwSignal::new(None::<MemberId>);
    let problems = RwSignal::new(Problems::default());
    let about = move |field: &'static str| Signal::derive(move || problems.with(|problems| problems.about(field)));
    let options =
        phone.derive(move |replica| covers(replica, member).iter().map(|it| Choice::new(it.id, it.name.clone())).collect::<Vec<_>>());
    let has_covers = Memo::new(move |_| options.with(|options| !options.is_empty()));
    let plan = move |event: SubmitEvent| {
        event.prevent_default();
        let mut found = Problems::default();
        let mut day = |field: &'static str, text: String| {
            text.parse().map_err(|_| found.add(field, "Choose a day.".to_owned())).unwrap_or_else(|()| clock::today())
        };
        let absence = Absence {
            id: AbsenceId(random::uuid()),
            from: day("from", from.get_untracked()),
            until: day("until", until.get_untracked()),
            cover: cover.get_untracked(),
        };
        if found.is_empty() {
            found.check("", absence.check(member));
        }
        problems.set(found.clone());
        if let Some(field) = found.first() {
            return crate::browser::document::focus_soon(field);
        }
        saving.run(vec![Mutation::PlanAbsence { member, absence }], move || {
            from.set(String::new());
            until.set(String::new());
            toaster.say("Planned. Enjoy it.");
        });
    };
    view! {
        <form class="card stack" on:submit=plan novalidate>
            <h2>"Plan days away"</h2>
            <DateField name="from" label="First day" value=from error=about("from") />
            <DateField name="until" label="Last day" value=until error=about("until") />
            <Show
                when=move || has_covers.get()
                fallback=|| {
                    view! {
                        <p class="aside">
                            "Only colleagues who see your customers can cover for you: those who look after some with you, and your manager."
                        </p>
                    }
                }
            >
                <SelectField
                    name="cover"
                    label="Who covers"
                    options
                    value=cover
                    none="Nobody"
                    hint="Sees those of your visits and customers that both of you see, and only while you are away."
                    error=about("cover")
                />
            </Show>
            <NotSaved saving />
            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit full=true busy=saving.busy()>
                "Plan it"
            </Button>
        </form>
    }
    .into_any()
}
