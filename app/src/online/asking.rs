use crate::{
    browser::document,
    failure::Failure,
    ui::{Banner, BannerTone},
};
use leptos::prelude::*;
use std::future::Future;
use wasm_bindgen_futures::spawn_local;

/// One thing that a form asks of the server: whether it is under way, and why it did not happen.
#[derive(Clone, Copy)]
pub struct Asking {
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    fields: StoredValue<Vec<&'static str>>,
}

/// The id of the banner that says what is about no field.
const BANNER: &str = "failure";

impl Asking {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), failure: RwSignal::new(None), fields: StoredValue::new(Vec::new()) }
    }

    /// Whether the answer is awaited.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// What to say beside `field`, which is also its control's id.
    pub fn about(self, field: &'static str) -> Signal<Option<String>> {
        self.fields.update_value(|fields| fields.push(field));
        Signal::derive(move || {
            self.failure.with(|failure| failure.as_ref().filter(|it| it.field.as_deref() == Some(field)).map(|it| it.message.clone()))
        })
    }

    /// What is about none of the form's fields.
    fn about_none(self) -> Option<String> {
        let has = |field: &str| self.fields.with_value(|fields| fields.contains(&field));
        self.failure.with(|failure| failure.as_ref().filter(|it| !it.field.as_deref().is_some_and(has)).map(|it| it.message.clone()))
    }

    /// Says why it did not happen, and puts the focus where it can be mended.
    pub fn fail(self, failure: Failure) {
        let field = failure.field.clone().unwrap_or_default();
        self.busy.set(false);
        self.failure.set(Some(failure));
        let about_a_field = self.fields.with_value(|fields| fields.contains(&field.as_str()));
        // The words are read out with what they are about.
        document::focus_soon(if about_a_field { &field } else { BANNER });
    }

    /// Asks, and goes on with what is answered. While an answer is awaited nothing else is asked.
    pub fn ask<T: 'static>(self, question: impl Future<Output = Result<T, Failure>> + 'static, then: impl FnOnce(T) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.failure.set(None);
        self.busy.set(true);
        spawn_local(async move {
            match question.await {
                Ok(answer) => {
                    // The screen may have been left meanwhile, and its signals with it.
                    self.busy.try_set(false);
                    then(answer);
                }
                Err(failure) => {
                    if !self.busy.is_disposed() {
                        self.fail(failure);
                    }
                }
            }
        });
    }
}

impl Default for Asking {
    fn default() -> Self {
        Self::new()
    }
}

/// Why it did not happen, above the form, where no field says it.
#[component]
pub fn FailureBanner(
    /// What was asked.
    of: Asking,
) -> impl IntoView {
    view! {
        <div role="alert" id=BANNER tabindex="-1">
            {move || of.about_none().map(|words| view! { <Banner tone=BannerTone::Attention>{words}</Banner> })}
        </div>
    }
    .into_any()
}
