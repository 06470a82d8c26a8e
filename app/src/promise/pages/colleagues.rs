use crate::{
    id::MemberId,
    sync::{Phone, Replica},
    text::alphabetical,
    ui::Choice,
};
use leptos::prelude::*;

/// Everybody else among us, by name, to choose from.
pub(super) fn colleagues(phone: Phone) -> Signal<Vec<Choice<MemberId>>> {
    let others = move |replica: &Replica| {
        let mut others: Vec<_> = replica.members.values().filter(|member| member.active && member.id != phone.me()).collect();
        others.sort_by_cached_key(|member| (alphabetical(&member.name), member.id));
        others.iter().map(|member| Choice::new(member.id, member.name.clone())).collect::<Vec<_>>()
    };
    phone.derive(others).into()
}
