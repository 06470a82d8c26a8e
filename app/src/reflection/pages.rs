//! The reflection screens: write, read again, share; what to do next time.

mod action_row;
mod ask;
mod course;
mod form;
mod list;
mod returning;
mod row;
mod show;
mod write;

use crate::{
    id::{MeetingId, ReflectionId},
    route::{Screens, screen},
};
use leptos::prelude::*;
use leptos_router::path;

pub use action_row::ActionRow;
pub use ask::{AskToReflect, OfferToReflect};
pub use returning::ReturningActions;
pub use row::SharedReflections;

/// The addresses of the reflection screens.
pub fn routes() -> Screens {
    vec![
        screen(path!("/app/reflect"), || view! { <write::WriteReflection /> }.into_any()),
        screen(path!("/app/reflect/:meeting"), || view! { <write::WriteReflection /> }.into_any()),
        screen(path!("/app/reflections/course"), || view! { <course::OwnCourse /> }.into_any()),
        screen(path!("/app/reflections"), || view! { <list::ReflectionList /> }.into_any()),
        screen(path!("/app/reflections/:reflection"), || view! { <show::ShowReflection /> }.into_any()),
        screen(path!("/app/reflections/:reflection/edit"), || view! { <write::EditReflection /> }.into_any()),
    ]
}

/// Where a reflection is written, about a meeting where there is one.
pub fn reflect_address(meeting: Option<MeetingId>) -> String {
    meeting.map_or("/app/reflect".to_owned(), |meeting| format!("/app/reflect/{meeting}"))
}

/// The address of a reflection.
pub fn reflection_address(reflection: ReflectionId) -> String {
    format!("/app/reflections/{reflection}")
}
