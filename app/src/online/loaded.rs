use crate::{
    failure::Failure,
    ui::{Banner, BannerTone, Button},
};
use leptos::{prelude::*, task::spawn_local};
use std::{future::Future, pin::Pin, sync::Arc};

type Question<T> = dyn Fn() -> Pin<Box<dyn Future<Output = Result<T, Failure>>>> + Send + Sync;

/// Something that a screen asks the server for when it opens, and again when something changed.
pub struct Load<T: Send + Sync + 'static> {
    question: StoredValue<Arc<Question<T>>>,
    answer: RwSignal<Option<Result<T, Failure>>>,
    /// How often it was asked: answers may overtake each other, and only the last one counts.
    asked: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Clone + Send + Sync + 'static> Load<T> {
    /// Asks at once.
    pub fn new<F: Future<Output = Result<T, Failure>> + 'static>(question: impl Fn() -> F + Send + Sync + 'static) -> Self {
        let question: Arc<Question<T>> = Arc::new(move || Box::pin(question()));
        let load = Self { question: StoredValue::new(question), answer: RwSignal::new(None), asked: StoredValue::new(0) };
        load.again();
        load
    }

    /// Asks again; what was answered before stays in view meanwhile.
    pub fn again(self) {
        let question = self.question.get_value();
        let number = self.asked.get_value() + 1;
        self.asked.set_value(number);
        spawn_local(async move {
            let answer = question().await;
            // The screen may have been left meanwhile.
            if self.asked.try_get_value() == Some(number) {
                self.answer.set(Some(answer));
            }
        });
    }

    /// The answer, once it is there.
    pub fn get(self) -> Option<T> {
        self.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok()).cloned())
    }

    /// Why there is no answer, if there is none.
    pub fn failure(self) -> Option<Failure> {
        self.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err()).cloned())
    }
}

/// What was loaded, or why it was not and how to try again.
#[component]
pub fn Loaded<T: Clone + Send + Sync + 'static>(
    /// What to show.
    of: Load<T>,
    /// Shows it.
    shown: Callback<T, AnyView>,
) -> impl IntoView {
    let shown = move || match (of.get(), of.failure()) {
        (Some(answer), _) => shown.run(answer),
        (None, Some(failure)) => view! {
            <Banner tone=BannerTone::Attention action=move || view! { <Button on_click=move |_| of.again()>"Try again"</Button> }>
                {failure.message}
            </Banner>
        }
        .into_any(),
        (None, None) => view! { <p role="status" class="aside">"Asking the server …"</p> }.into_any(),
    };
    shown.into_any()
}
