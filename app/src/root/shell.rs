use super::{Start, not_found::NotFound, notices::UpdateNotice, tabs::Tabs};
use crate::{
    account::{self, SignedOut},
    customer,
    day::Day,
    meeting,
    route::Screens,
    survey::{HandoverScreen, keep_stocked},
    ui::{ToastRegion, Toaster},
};
use leptos::{children::ToChildren, either::EitherOf3, prelude::*, tachys::view::iterators::StaticVec};
use leptos_router::components::{FlatRoutes, FlatRoutesProps, Router};

/// Every screen of a signed-in member.
fn screens() -> Screens {
    [account::routes(), customer::routes(), meeting::routes()].into_iter().flatten().collect()
}

/// What is around every screen.
#[component]
pub(super) fn Shell(
    /// Who is in front of the app.
    start: Start,
) -> impl IntoView {
    Day::provide();
    let toaster = Toaster::provide();
    match start {
        Start::Locked(device) => {
            provide_context(device);
            EitherOf3::A(view! { <HandoverScreen /> })
        }
        Start::SignedOut(device) => {
            provide_context(device);
            EitherOf3::B(view! { <SignedOut /> })
        }
        Start::Open(device, phone) => {
            provide_context(device);
            provide_context(phone);
            keep_stocked(phone);
            EitherOf3::C(view! {
                <Router>
                    <a class="skip-link" href="#main">"Skip to content"</a>
                    <UpdateNotice />
                    <Screens of=screens() />
                    <Tabs />
                    <ToastRegion toaster />
                </Router>
            })
        }
    }
}

/// The screen that the address names.
#[component]
fn Screens(
    /// All there are.
    of: Screens,
) -> impl IntoView {
    // Written out because `view!` takes routes only as tags, one type each.
    let of = FlatRoutesProps::builder().fallback(|| view! { <NotFound /> }).children(ToChildren::to_children(move || StaticVec::from(of)));
    FlatRoutes(of.build())
}
