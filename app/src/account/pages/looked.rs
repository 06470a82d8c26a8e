use crate::{
    account::{ViewingLine, viewed_words, viewings_of},
    day::Day,
    sync::Phone,
    time::words,
    ui::{Avatar, AvatarKind, EmptyState, Glyph, Leave, List, ListRow, Page},
};
use leptos::prelude::*;

/// Who looked at the data of the signed-in member.
#[component]
pub(super) fn WhoLooked() -> impl IntoView {
    let (phone, today) = (Phone::get(), Day::today());
    let lines = phone.derive(move |replica| viewings_of(replica, phone.me()));
    let row = move |line: ViewingLine| {
        let when = words::capitalised(&words::day(line.on, today.get()));
        let avatar = line.viewer.clone();
        view! {
            <ListRow
                title=line.viewer
                detail=format!("{} · {when}", viewed_words(line.viewed))
                lead=move || view! { <Avatar name=avatar kind=AvatarKind::Person /> }
            />
        }
    };
    view! {
        <Page title="Who looked at my data" leave=Leave::Back("/app/more".to_owned())>
            <Show
                when=move || lines.with(|lines| !lines.is_empty())
                fallback=|| {
                    view! {
                        <EmptyState glyph=Glyph::Eye title="Nobody has looked yet">
                            "When a manager opens your score or your meetings, their name and the day are here."
                        </EmptyState>
                    }
                }
            >
                <p class="aside">"Each day on which somebody looked, once."</p>
                <List>{move || lines.get().into_iter().map(row).collect_view()}</List>
            </Show>
        </Page>
    }
}
