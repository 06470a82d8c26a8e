use super::{IMPORT, feed::FeedCard, source::SourceCard};
use crate::{
    online::{Asking, FailureBanner, NeedsNetwork},
    ui::{Glyph, Icon, Leave, List, ListRow, Page},
};
use leptos::prelude::*;

/// How the member's calendar and Qdos hear of each other.
#[component]
pub(super) fn CalendarScreen() -> impl IntoView {
    let asking = Asking::new();
    view! {
        <Page title="Calendar" leave=Leave::Back("/app/more".to_owned())>
            <List title="Into Qdos">
                <ListRow
                    title="Take visits over"
                    detail="From a file, or from the calendar below"
                    href=IMPORT
                    lead=|| view! { <Icon glyph=Glyph::Calendar /> }
                />
            </List>
            <NeedsNetwork />
            <FailureBanner of=asking />
            <FeedCard asking />
            <SourceCard asking />
        </Page>
    }
    .into_any()
}
