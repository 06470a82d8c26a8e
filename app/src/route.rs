//! One address, one screen. Each feature lists its own in `routes()`; `root` puts the lists together.

use crate::browser::paint::tap_painted;
use leptos::prelude::*;
use leptos_router::{
    ChooseView, NavigateOptions, NestedRoute, PossibleRouteMatch,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    hooks::{use_params_map, use_query_map},
};
use std::{str::FromStr, sync::Arc};

/// The screens of one feature, first match first.
pub type Screens = Vec<AnyNestedRoute>;

/// The screen that `view` makes at `path`. It is made anew when the address names something else.
///
/// All screens have one type, whatever their path: the router is compiled once instead of once per screen.
pub fn screen(path: impl PossibleRouteMatch + Send + Sync + 'static, view: fn() -> AnyView) -> AnyNestedRoute {
    let path: Arc<dyn PossibleRouteMatch + Send + Sync> = Arc::new(path);
    NestedRoute::new(path, Screen(view)).into_any_nested_route()
}

/// Makes the screen around anew, as when its address is opened.
#[derive(Clone, Copy)]
pub struct Anew(RwSignal<()>);

impl Anew {
    /// That of the screen around.
    ///
    /// # Panics
    /// Outside every screen.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Makes it anew, unless it has gone.
    pub fn make(self) {
        self.0.try_set(());
    }
}

/// A screen that is made once the tap that leads to it shows: a full one takes a slow phone many frames.
#[derive(Clone, Copy)]
struct Screen(fn() -> AnyView);

impl ChooseView for Screen {
    async fn choose(self) -> AnyView {
        tap_painted().await;
        let params = use_params_map();
        let anew = RwSignal::new(());
        let made_anew = move || {
            params.track();
            anew.track();
            provide_context(Anew(anew));
            (self.0)()
        };
        made_anew.into_any()
    }

    async fn preload(&self) {}
}

/// What the address names under `name`, if it is of the right form.
pub fn param<T: FromStr>(name: &str) -> Option<T> {
    use_params_map().with_untracked(|params| params.get(name)).and_then(|text| text.parse().ok())
}

/// What the address says of `name` behind its question mark, when the screen opens.
pub fn query(name: &str) -> Option<String> {
    use_query_map().with_untracked(|query| query.get(name))
}

/// For going on to what a form made: the way back leads past the form.
pub fn replacing() -> NavigateOptions {
    NavigateOptions { replace: true, ..NavigateOptions::default() }
}
