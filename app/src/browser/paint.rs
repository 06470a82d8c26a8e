//! Work that waits until what the person did shows: a tap or a letter is answered at once, however long what it leads to takes.

use super::event;
use futures_channel::oneshot;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::{cell::Cell, rc::Rc};

/// What the browser is still busy with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Amid {
    /// A tap, on something other than the way back.
    Tap,
    /// A step back or forth. The browser scrolls to where one was as soon as it is taken: the screen has to be there, as long as it was.
    Step,
    /// Neither.
    Nothing,
}

thread_local! {
    static AMID: Cell<Amid> = const { Cell::new(Amid::Nothing) };
}

/// Work that was put off; dropped, it is not done.
struct Waiting(Rc<Cell<bool>>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

/// Does `work` once what has changed on the page by now is painted.
fn after_paint(work: impl FnOnce() + 'static) -> Waiting {
    let dropped = Rc::new(Cell::new(false));
    let is_dropped = dropped.clone();
    let work = move || {
        if !is_dropped.get() {
            work();
        }
    };
    // A frame is asked for before it is painted; a task comes after it.
    request_animation_frame(move || {
        Timeout::new(0, work).forget();
    });
    Waiting(dropped)
}

/// What `work` makes, worked out anew whenever what `follow` reads has changed, but only once that change is painted. Until then it is what it
/// was, at first `first`.
pub fn late<T: PartialEq + Clone + Send + Sync + 'static>(
    first: T,
    follow: impl Fn() + 'static,
    work: impl Fn() -> T + Copy + 'static,
) -> Memo<T> {
    let (made, make) = signal(first);
    let waiting = StoredValue::new_local(None);
    Effect::new(move || {
        follow();
        // A screen that has gone by then misses nothing.
        let make = move || drop(make.try_set(untrack(work)));
        waiting.set_value(match AMID.get() {
            Amid::Step => {
                make();
                None
            }
            _ => Some(after_paint(make)),
        });
    });
    Memo::new(move |_| made.get())
}

/// Notices from here on what the person does, for [`late`] and [`tap_painted`]. To be called before anything else hears of it.
pub fn notice_taps() {
    let notice = |what: Amid| {
        AMID.set(what);
        Timeout::new(0, || AMID.set(Amid::Nothing)).forget();
    };
    StoredValue::new_local([event::on_tap(move || notice(Amid::Tap)), event::on_step(move || notice(Amid::Step))]);
}

/// Returns at once, unless the person tapped just now: then once the tap shows.
pub async fn tap_painted() {
    if AMID.get() != Amid::Tap {
        return;
    }
    let (painted, is_painted) = oneshot::channel();
    let _waiting = after_paint(move || {
        // Who waited may have gone.
        let _ = painted.send(());
    });
    // An error would be that it is never painted: then there is nothing to wait for.
    let _ = is_painted.await;
}
