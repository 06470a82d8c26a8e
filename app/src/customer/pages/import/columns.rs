use crate::{
    account::{Role, active_members},
    browser::files,
    customer::{Column, example_file},
    sync::Phone,
    ui::{Button, Disclosure, Glyph, Toaster},
};
use leptos::prelude::*;

/// What a file may hold, and one to begin with.
#[component]
pub(super) fn Columns() -> impl IntoView {
    let (phone, toaster) = (Phone::get(), Toaster::expect());
    let download = move |_| {
        let owner = phone.replica().with_untracked(|it| active_members(it, Role::Rep).first().map(|rep| rep.email.clone()));
        let text = example_file(&owner.unwrap_or_else(|| "rep@example.com".to_owned()));
        if files::offer("customers.csv", "text/csv", &text).is_err() {
            toaster.say("This browser allows no downloads here.");
        }
    };
    let columns = Column::ALL.map(|column| {
        view! {
            <dt>
                <code>{column.name()}</code>
            </dt>
            <dd>{column.explanation()}</dd>
        }
    });
    view! {
        <Disclosure title="The columns" detail="And an example to fill in">
            <p class="aside">"The first line names the columns, in any order. Leave out what you do not need; an empty cell leaves what is there."</p>
            <dl class="terms import-columns">{columns.into_iter().collect_view()}</dl>
            <Button icon=Glyph::Download on_click=download>
                "Download an example"
            </Button>
        </Disclosure>
    }
    .into_any()
}
