use super::offer::{Offers, Ticked};
use crate::{
    browser::{clock, files::Chosen},
    calendar::{CALENDAR_BYTES_MAX, LeftOut, NotRead, Places, Reading, event_title, left_out_words, offers, read},
    sync::Phone,
    time::Timestamp,
    ui::{Banner, BannerTone, Disclosure, EmptyState, FileButton, Glyph, Leave, List, ListRow, Page},
};
use chrono::NaiveDateTime;
use leptos::{ev::Event, prelude::*};

/// The id of what chooses a file.
const FILE: &str = "file";

/// A file that was chosen, and what is in it.
type Chose = Option<(String, Result<Reading, String>)>;

/// Takes visits over from a file, or from the calendar that the server reads. Nothing is asked of the server.
#[component]
pub(super) fn ImportScreen() -> impl IntoView {
    let (phone, chosen) = (Phone::get(), RwSignal::new(Chose::None));
    let choose = move |event: Event| {
        let Some(file) = Chosen::of(&event) else { return };
        wasm_bindgen_futures::spawn_local(async move {
            let found = read_file(&file).await;
            // The screen may have been left meanwhile.
            let _ = chosen.try_set(Some((file.name(), found)));
        });
    };
    let elsewhere = phone.derive(move |replica| replica.coming_events.get(&phone.me()).cloned());
    let reading = Memo::new(move |_| match chosen.get() {
        Some((_, found)) => found.ok(),
        None => elsewhere.get().map(|it| it.reading.clone()),
    });
    let problem = move || match chosen.get() {
        Some((name, Err(words))) => Some(format!("{name}: {words}")),
        Some(_) => None,
        None => elsewhere.get().and_then(|it| it.problem.clone()),
    };
    let offered = Memo::new(move |_| {
        let events = reading.with(|reading| reading.as_ref().map(|reading| reading.events.clone()).unwrap_or_default());
        phone.replica().with(|replica| offers(replica, &events, phone.me(), clock::now()))
    });
    let is_read = move || reading.with(Option::is_some);
    let left_out = move || reading.with(|reading| reading.as_ref().map(|it| it.left_out.clone()).unwrap_or_default());
    let is_more = move || reading.with(|reading| reading.as_ref().is_some_and(|it| it.is_more));
    let ticked = Ticked::default();
    view! {
        <Page title="Take visits over" leave=Leave::Back("/app/more/calendar".to_owned())>
            <p>
                "What is in your calendar for the coming 60 days, with the customer that it may be with. Choose what is a visit; the rest stays where it is."
            </p>
            <FileButton id=FILE accept=".ics,text/calendar" full=true on_choose=choose>
                "Choose a calendar file (.ics)"
            </FileButton>
            // There before it says anything, so that it is read out.
            <div role="status">
                {move || problem().map(|words| view! { <Banner tone=BannerTone::Attention>{words}</Banner> })}
                {move || file_words(&chosen.get(), offered.with(Vec::len)).map(|words| view! { <p class="aside">{words}</p> })}
            </div>
            <Show when=move || !is_read() && problem().is_none()>
                <EmptyState glyph=Glyph::Calendar title="No calendar yet">
                    "Export a calendar as a file and choose it here, or let Qdos read it: More, Calendar."
                </EmptyState>
            </Show>
            <Show when=move || is_read() && offered.with(Vec::is_empty)>
                <EmptyState glyph=Glyph::Check title="Nothing to take over">
                    "Everything that is coming is here already, or is none of your visits."
                </EmptyState>
            </Show>
            <Offers of=offered ticked />
            <Show when=is_more>
                <Banner>"There is more in this calendar than is shown. Take these over first, then choose it again."</Banner>
            </Show>
            {move || {
                let left_out = left_out();
                (!left_out.is_empty()).then(|| view! { <LeftOutList left_out /> })
            }}
        </Page>
    }
    .into_any()
}

fn file_words(chosen: &Chose, offered: usize) -> Option<String> {
    let (name, _) = chosen.as_ref().filter(|(_, found)| found.is_ok())?;
    Some(match offered {
        0 => format!("{name} was read."),
        1 => format!("{name}: one event that may be a visit."),
        many => format!("{name}: {many} events that may be visits."),
    })
}

#[component]
fn LeftOutList(left_out: Vec<LeftOut>) -> impl IntoView {
    let rows = left_out.into_iter().map(|it| view! { <ListRow title=event_title(&it.title) detail=left_out_words(it.why) /> });
    view! {
        <Disclosure title="Not read" detail="Plan these by hand, if they are visits">
            <List>{rows.collect_view()}</List>
        </Disclosure>
    }
    .into_any()
}

async fn read_file(file: &Chosen) -> Result<Reading, String> {
    if file.size() > CALENDAR_BYTES_MAX as f64 {
        return Err(NotRead::TooLarge.to_string());
    }
    let bytes = file.read().await.map_err(|_| "This file cannot be read. Choose it again, or save it somewhere else first.".to_owned())?;
    read(&bytes, &Here, clock::now()).map_err(|error| error.to_string())
}

/// Where the phone is. Of other zones it knows what the file says of them.
struct Here;

impl Places for Here {
    fn named(&self, zone: &str, wall: NaiveDateTime) -> Option<i16> {
        (clock::time_zone().as_deref() == Some(zone)).then(|| self.here(wall))
    }

    fn here(&self, wall: NaiveDateTime) -> i16 {
        clock::instant(wall).1
    }

    fn here_at(&self, at: Timestamp) -> i16 {
        clock::offset_minutes_at(at)
    }
}
