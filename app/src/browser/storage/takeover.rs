//! The moment at which another tab takes the storage over: the last at which something can be kept here.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::browser::document;

thread_local! {
    static LISTENERS: RefCell<Vec<Weak<dyn Fn()>>> = const { RefCell::new(Vec::new()) };
}

/// Calls `act` at that moment, for as long as the guard is kept. What it begins to write before it returns, or in what it spawns, is still written.
#[must_use = "dropping the guard unsubscribes"]
pub fn on_takeover(act: impl Fn() + 'static) -> Rc<dyn Fn()> {
    let act: Rc<dyn Fn()> = Rc::new(act);
    LISTENERS.with_borrow_mut(|listeners| {
        listeners.retain(|listener| listener.strong_count() > 0);
        listeners.push(Rc::downgrade(&act));
    });
    act
}

/// Tells whoever listens. Where nobody does, nothing is being typed: the page is loaded again.
pub fn give_way() {
    let listeners: Vec<Rc<dyn Fn()>> = LISTENERS.with_borrow(|listeners| listeners.iter().filter_map(Weak::upgrade).collect());
    if listeners.is_empty() {
        document::reload();
    }
    listeners.iter().for_each(|act| act());
}
