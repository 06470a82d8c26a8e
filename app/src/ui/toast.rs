//! A word after the deed, with a way to take it back: said once, by whoever calls [`Toaster::say`], shown by the one [`ToastRegion`].

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

/// Long enough to read a sentence.
const READ: Duration = Duration::from_secs(5);
/// Long enough to think again.
const RECONSIDER: Duration = Duration::from_secs(10);

/// Says things in the app's one [`ToastRegion`].
#[derive(Clone, Copy)]
pub struct Toaster {
    shown: RwSignal<Option<Toast>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

#[derive(Clone)]
struct Toast {
    words: String,
    action: Option<(String, Callback<()>)>,
}

impl Toaster {
    /// Makes it available to everything below; called once by the shell.
    pub fn provide() -> Self {
        let toaster = Self { shown: RwSignal::new(None), timer: StoredValue::new(None) };
        provide_context(toaster);
        toaster
    }

    /// The one that the shell provides.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Says what has been done.
    pub fn say(self, words: impl Into<String>) {
        self.show(Toast { words: words.into(), action: None });
    }

    /// Says what has been done and offers one thing, such as 'Undo'.
    pub fn offer(self, words: impl Into<String>, label: impl Into<String>, act: impl Fn() + Send + Sync + 'static) {
        self.show(Toast { words: words.into(), action: Some((label.into(), Callback::new(move |()| act()))) });
    }

    /// Takes it away.
    pub fn dismiss(self) {
        self.hold();
        self.shown.set(None);
    }

    fn show(self, toast: Toast) {
        self.shown.set(Some(toast));
    }

    /// Starts the time after which it goes by itself.
    fn let_go(self) {
        self.hold();
        let time = self.shown.with_untracked(|toast| match toast {
            Some(Toast { action: Some(_), .. }) => RECONSIDER,
            _ => READ,
        });
        let timer = set_timeout_with_handle(move || self.shown.set(None), time);
        self.timer.set_value(timer.ok());
    }

    /// Stays for as long as a finger, a pointer or the focus is on it.
    fn hold(self) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
    }
}

/// Where toasts appear: once in the shell, above the tabs. Read out when it changes.
#[component]
pub fn ToastRegion(
    /// Whose words it shows.
    toaster: Toaster,
) -> impl IntoView {
    Effect::new(move || {
        if toaster.shown.with(Option::is_some) {
            toaster.let_go();
        }
    });
    let action = move |(label, act): (String, Callback<()>)| {
        let act = move |_| {
            toaster.dismiss();
            act.run(());
        };
        view! { <button class="toast-action" type="button" on:click=act>{label}</button> }
    };
    let toast = move || {
        toaster.shown.get().map(|toast| {
            view! {
                <div
                    class="toast"
                    on:pointerenter=move |_| toaster.hold()
                    on:pointerleave=move |_| toaster.let_go()
                    on:focusin=move |_| toaster.hold()
                    on:focusout=move |_| toaster.let_go()
                >
                    <p>{toast.words}</p>
                    {toast.action.map(action)}
                </div>
            }
        })
    };
    view! { <div class="toast-region" role="status">{toast}</div> }.into_any()
}
