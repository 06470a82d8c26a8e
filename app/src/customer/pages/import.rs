//! Customers and contacts from a CSV file, for administrators: chosen, looked at, then imported as a whole or not at all.

mod columns;
mod report;

use self::{columns::Columns, report::Report};
use crate::{
    browser::{document, files::Chosen},
    customer::{CsvFile, IMPORT_BYTES_MAX, ImportReport, import, import_counts, preview_import},
    failure::Failure,
    online::{Asking, FailureBanner, NeedsNetwork},
    sync::{Phone, protocol::ProblemCode},
    ui::{Banner, Button, ButtonVariant, Card, CardTone, FileButton, Leave, Page},
};
use leptos::{ev::Event, prelude::*};

/// The id of what chooses a file.
const FILE: &str = "file";

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
    let told = move || match looked.get() {
        Some(it) => view! { <Told it /> }.into_any(),
        None if asking.busy().get() => view! { <p class="aside">"Asking the server …"</p> }.into_any(),
        None => ().into_any(),
    };
    let rest = move || looked.get().map(|it| view! { <Rest it looked asking /> });
    let variant = Signal::derive(move || if looked.with(Option::is_some) { ButtonVariant::Quiet } else { ButtonVariant::Primary });
    view! {
        <Page title="Import customers" leave=Leave::Back("/app/more".to_owned())>
            <NeedsNetwork />
            <p>
                "Choose a CSV file from your spreadsheet or your other system. You first see what it would do. It is imported as a whole or not at all, and importing it again changes nothing."
            </p>
            <Columns />
            <FileButton id=FILE accept=".csv,text/csv,text/plain" variant full=true on_choose=choose>
                {move || if looked.with(Option::is_some) { "Choose another file" } else { "Choose a CSV file" }}
            </FileButton>
            <FailureBanner of=asking />
            // There before it says anything, so that it is read out.
            <div role="status">{told}</div>
            {rest}
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

/// What the file does or did, in one sentence.
#[component]
fn Told(it: Looked) -> impl IntoView {
    let Looked { name, report, .. } = it;
    let (words, tone) = match (report.problems.len(), import_counts(&report.counts)) {
        (1, _) => ("One thing is to be mended first. Nothing was imported.".to_owned(), CardTone::Attention),
        (2.., _) => (report.problems.len().to_string() + " things are to be mended first. Nothing was imported.", CardTone::Attention),
        (0, None) => ("Nothing to change: everything in this file is here already.".to_owned(), CardTone::Plain),
        (0, Some(counts)) if report.done => ("Imported: ".to_owned() + &counts + ".", CardTone::Accent),
        (0, Some(counts)) => ("It brings ".to_owned() + &counts + ". Nothing is imported yet.", CardTone::Plain),
    };
    view! {
        <Card title=name tone>
            <p>{words}</p>
        </Card>
    }
    .into_any()
}

/// Line by line, and the button that imports it all.
#[component]
fn Rest(it: Looked, looked: RwSignal<Option<Looked>>, asking: Asking) -> impl IntoView {
    let phone = Phone::get();
    let report = it.report.clone();
    let ready = report.problems.is_empty() && !report.done && !report.counts.is_nothing();
    let unread = (!report.unread.is_empty()).then(|| {
        let columns = "These columns are not read: ".to_owned() + &report.unread.join(", ") + ".";
        view! { <Banner>{columns}</Banner> }
    });
    let go = move |_| {
        let it = it.clone();
        asking.ask(import(it.file.clone()), move |report| {
            phone.sync_now();
            looked.set(Some(Looked { report, ..it }));
            // The button that had the focus is gone.
            document::focus_soon(FILE);
        });
    };
    let button = ready.then(|| {
        view! {
            <div class="page-action">
                <Button variant=ButtonVariant::Primary full=true busy=asking.busy() on_click=go>
                    "Import it"
                </Button>
            </div>
        }
    });
    view! {
        {unread}
        <Report report />
        {button}
    }
    .into_any()
}
