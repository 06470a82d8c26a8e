//! Customers and contacts from a CSV file, for administrators: chosen, looked at, then imported as a whole or not at all.

mod columns;
mod report;

use self::{columns::Columns, report::Report};
use crate::{
    browser::files::Chosen,
    customer::{CsvFile, IMPORT_BYTES_MAX, ImportReport, import, import_counts, preview_import},
    failure::Failure,
    online::{Asking, FailureBanner, NeedsNetwork},
    sync::{Phone, protocol::ProblemCode},
    ui::{Banner, Button, ButtonVariant, Card, CardTone, Glyph, Icon, Leave, Page, PageKind},
};
use leptos::{ev::Event, prelude::*};

/// A file, and what importing it does.
#[derive(Clone, PartialEq)]
struct Looked {
    name: String,
    file: CsvFile,
    report: ImportReport,
}

/// Imports customers and their contacts.
#[component]
pub(super) fn Import() -> impl IntoView {
    let (asking, looked) = (Asking::new(), RwSignal::new(None::<Looked>));
    let choose = move |event: Event| {
        let Some(chosen) = Chosen::of(&event) else { return };
        looked.set(None);
        asking.ask(look_at(chosen), move |it| looked.set(Some(it)));
    };
    let result = move || looked.get().map(|it| view! { <Outcome it looked asking /> });
    view! {
        <Page title="Import customers" leave=Leave::Back("/app/more".to_owned()) kind=PageKind::Form>
            <NeedsNetwork />
            <p>
                "Choose a CSV file from your spreadsheet or your other system. You first see what it would do. It is imported as a whole or not at all, and importing it again changes nothing."
            </p>
            <Columns />
            <div class="file">
                <input id="file" class="visually-hidden" type="file" accept=".csv,text/csv,text/plain" on:change=choose />
                <label class="button" for="file" data-variant="quiet" data-width="full">
                    <Icon glyph=Glyph::Upload />
                    <span class="button-label">
                        {move || if looked.with(Option::is_some) { "Choose another file" } else { "Choose a CSV file" }}
                    </span>
                </label>
            </div>
            <FailureBanner of=asking />
            <div role="status">{move || asking.busy().get().then(|| view! { <p class="aside">"Asking the server …"</p> })}</div>
            {result}
        </Page>
    }
    .into_any()
}

async fn look_at(chosen: Chosen) -> Result<Looked, Failure> {
    let told = |code, words| Failure::new(code, words);
    if chosen.size() > IMPORT_BYTES_MAX as f64 {
        return Err(told(ProblemCode::TooLarge, "This file is larger than 1 MB. Split it and import one part after the other."));
    }
    let bytes = chosen.read().await;
    let file = CsvFile(
        bytes.map_err(|_| told(ProblemCode::Internal, "This file cannot be read. Choose it again, or save it somewhere else first."))?,
    );
    let report = preview_import(file.clone()).await?;
    Ok(Looked { name: chosen.name(), file, report })
}

/// What the file does, and the button that does it.
#[component]
fn Outcome(it: Looked, looked: RwSignal<Option<Looked>>, asking: Asking) -> impl IntoView {
    let phone = Phone::get();
    let Looked { name, file, report } = it;
    let counts = import_counts(&report.counts);
    let fine = report.problems.is_empty();
    let words = match (&counts, report.done) {
        _ if !fine => match report.problems.len() {
            1 => "One thing is to be mended first. Nothing was imported.".to_owned(),
            many => many.to_string() + " things are to be mended first. Nothing was imported.",
        },
        (None, _) => "Nothing to change: everything in this file is here already.".to_owned(),
        (Some(counts), true) => "Imported: ".to_owned() + counts + ".",
        (Some(counts), false) => "It brings ".to_owned() + counts + ". Nothing is imported yet.",
    };
    let tone = match (fine, report.done) {
        (false, _) => CardTone::Attention,
        (true, true) => CardTone::Accent,
        (true, false) => CardTone::Plain,
    };
    let ready = fine && !report.done && counts.is_some();
    let kept = name.clone();
    let go = move |_| {
        let (name, file) = (kept.clone(), file.clone());
        let sent = file.clone();
        asking.ask(import(sent), move |report| {
            phone.sync_now();
            looked.set(Some(Looked { name, file, report }));
        });
    };
    let unread = (!report.unread.is_empty()).then(|| {
        let columns = "These columns are not read: ".to_owned() + &report.unread.join(", ") + ".";
        view! { <Banner>{columns}</Banner> }
    });
    view! {
        <section class="stack" role="status">
            <Card title=name tone>
                <p>{words}</p>
            </Card>
        </section>
        {unread}
        <Report report />
        {ready
            .then(|| {
                view! {
                    <div class="page-action">
                        <Button variant=ButtonVariant::Primary full=true busy=asking.busy() on:click=go>
                            "Import it"
                        </Button>
                    </div>
                }
            })}
    }
    .into_any()
}
