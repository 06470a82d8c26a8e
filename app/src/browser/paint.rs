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

/// `now`, followed one paint later: what was typed shows before what hangs on it is worked out.
pub fn late<T: PartialEq + Send + Sync + 'static>(now: impl Fn() -> T + 'static) -> ReadSignal<T> {
    late_from(untrack(&now), now)
}

/// [`late`], but at first `first`.
pub fn late_from<T: PartialEq + Send + Sync + 'static>(first: T, now: impl Fn() -> T + 'static) -> ReadSignal<T> {
    let (late, follow) = signal(first);
    let waiting = StoredValue::new_local(None);
    Effect::new(move || {
        let now = now();
        let is_followed = late.with_untracked(|late| *late == now);
        // A screen that has gone by then misses nothing.
        let catch_up = move || drop(follow.try_set(now));
        waiting.set_value(match AMID.get() {
            _ if is_followed => None,
            Amid::Step => {
                catch_up();
                None
            }
            _ => Some(after_paint(catch_up)),
        });
    });
    late
}

/// Notices from here on what the person does, for [`late_from`] and [`tap_painted`]. To be called before anything else hears of it.
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
