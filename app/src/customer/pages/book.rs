use crate::{customer::CustomerBook, day::Day, sync::Phone};
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy)]
struct Kept(Memo<Arc<CustomerBook>>);

/// Keeps the customers as lists show them, for all screens: with thousands of them, no screen waits for that.
pub fn keep_book(phone: Phone) {
    let today = Day::today();
    let book = phone.derive(move |replica| Arc::new(CustomerBook::of(replica, today.get())));
    provide_context(Kept(book));
    phone.on_quiet(move || book.with_untracked(|_| ()));
}

/// The customers as lists show them.
pub fn book() -> Memo<Arc<CustomerBook>> {
    let Kept(book) = use_context().expect("the shell keeps the book");
    book
}
