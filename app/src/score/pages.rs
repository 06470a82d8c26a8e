//! The feedback screens: the rep's own, a rep's as the manager sees it, one rating.

mod add_context;
mod feedback;
mod look;
mod rating;
mod rating_list;
mod score_card;
mod score_sheet;
mod score_table;

use crate::{
    id::{MemberId, RatingId},
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

pub use rating_list::RatingList;

/// The addresses of the feedback screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/feedback"), || view! { <feedback::OwnFeedback /> }.into_any()),
        screen(path!("/app/feedback/ratings/:rating"), || view! { <rating::ShowRating /> }.into_any()),
        // Below the tab that a manager comes from.
        screen(path!("/app/team/:member"), || view! { <feedback::RepFeedback /> }.into_any()),
        screen(path!("/app/team/ratings/:rating"), || view! { <rating::ShowRating /> }.into_any()),
    ]
}

/// The address of a rep's feedback as the manager sees it.
pub fn feedback_address(rep: MemberId) -> String {
    format!("/app/team/{rep}")
}

/// The address of a rating: the rep's own lie below Feedback, others' below Team.
fn rating_address(rating: RatingId, own: bool) -> String {
    let tab = if own { "feedback" } else { "team" };
    format!("/app/{tab}/ratings/{rating}")
}
