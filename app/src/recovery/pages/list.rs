use super::row::CaseRow;
use crate::{
    recovery::{CaseLine, cases_of},
    sync::Phone,
    ui::{ButtonLink, ButtonVariant, Card, Disclosure, EmptyState, Glyph, Icon, Leave, List, ListRow, Page},
};
use leptos::prelude::*;

/// What the signed-in member is to make right, what was, and what the member's people are at.
#[component]
pub(super) fn CaseList() -> impl IntoView {
    let phone = Phone::get();
    let cases = phone.derive(move |replica| cases_of(replica, phone.me()));
    let rows = |lines: Vec<CaseLine>| lines.into_iter().map(|line| view! { <CaseRow line /> }).collect_view();
    let list = move |title: &'static str, lines: Vec<CaseLine>| (!lines.is_empty()).then(|| view! { <List title>{rows(lines)}</List> });
    let closed = move || {
        let closed = cases.with(|cases| cases.closed.clone());
        (!closed.is_empty()).then(|| view! { <Disclosure title="Closed"><List>{rows(closed)}</List></Disclosure> })
    };
    let succeeded = move || {
        let count = cases.with(|cases| cases.made_right());
        (count > 0).then(|| {
            view! {
                <Card title=made_right_words(count)>
                    <p>"They were let down, you acted, and a later meeting was rated by somebody who is not unhappy."</p>
                </Card>
            }
        })
    };
    let choose = || view! { <ButtonLink href="/app/customers" variant=ButtonVariant::Primary>"Choose a customer"</ButtonLink> };
    view! {
        <Page title="Make it right" leave=Leave::Back("/app/more".to_owned())>
            <Show when=move || cases.with(|cases| cases.open.is_empty())>
                <EmptyState glyph=Glyph::Handshake title="Nothing to make right" action=choose>
                    "When a rating says that somebody is not happy, or a promise was not kept, it comes here by itself. If you notice something first, open it from the customer’s page."
                </EmptyState>
            </Show>
            {move || list("To be made right", cases.with(|cases| cases.open.clone()))}
            {succeeded}
            {closed}
            {move || list("Your people are at it", cases.with(|cases| cases.of_people.clone()))}
        </Page>
    }
}

fn made_right_words(count: usize) -> String {
    match count {
        1 => "You made it right once".to_owned(),
        2 => "You made it right twice".to_owned(),
        many => format!("You made it right {many} times"),
    }
}

/// That the signed-in rep made things right, beside what customers say of the rest. Nothing while there was none.
#[component]
pub fn MadeRight() -> impl IntoView {
    let phone = Phone::get();
    let count = phone.derive(move |replica| cases_of(replica, phone.me()).made_right());
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <List>
                    <ListRow
                        title=made_right_words(count)
                        detail="Customers who were let down and are not unhappy any more"
                        href="/app/recovery"
                        lead=|| view! { <Icon glyph=Glyph::Handshake /> }
                    />
                </List>
            }
        })
    }
}
