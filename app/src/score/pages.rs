//! The feedback screens: the rep's own, a rep's as the manager sees it, one rating.

mod add_context;
mod decide;
mod feedback;
mod months;
mod rating;

use crate::{
    id::MemberId,
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

pub use months::MonthsLink;

/// The addresses of the feedback screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/feedback"), || view! { <feedback::OwnFeedback /> }.into_any()),
        screen(path!("/app/feedback/ratings/:rating"), || view! { <rating::ShowRating /> }.into_any()),
        screen(path!("/app/feedback/months"), || view! { <months::Months back="/app/feedback" /> }.into_any()),
        screen(path!("/app/team/months"), || view! { <months::Months back="/app/team" /> }.into_any()),
        // Below the tab that a manager comes from.
        screen(path!("/app/team/:member"), || view! { <feedback::RepFeedback /> }.into_any()),
        screen(path!("/app/team/ratings/:rating"), || view! { <rating::ShowRating /> }.into_any()),
    ]
}

/// The address of a rep's feedback as the manager sees it.
pub fn feedback_address(rep: MemberId) -> String {
    format!("/app/team/{rep}")
}
