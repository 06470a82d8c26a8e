use leptos::prelude::*;

use super::{Glyph, Icon, IconSize};

/// How a tab stands in the bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TabKind {
    /// Among the others.
    #[default]
    Plain,
    /// The big one: what the app is for.
    Primary,
}

/// One place of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its address; addresses below it belong to it.
    pub href: String,
    /// Its name, always shown.
    pub label: String,
    /// Its drawing.
    pub icon: Glyph,
    /// How it stands in the bar.
    pub kind: TabKind,
}

impl Tab {
    /// A plain tab.
    pub fn new(href: impl Into<String>, label: impl Into<String>, icon: Glyph) -> Self {
        Self { href: href.into(), label: label.into(), icon, kind: TabKind::Plain }
    }

    /// The big one.
    pub fn primary(href: impl Into<String>, label: impl Into<String>, icon: Glyph) -> Self {
        Self { kind: TabKind::Primary, ..Self::new(href, label, icon) }
    }
}

/// The places of the app, at the thumb.
#[component]
pub fn TabBar(
    /// The places, in order.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
    /// The address of the screen in view.
    #[prop(into)]
    path: Signal<String>,
) -> impl IntoView {
    let current = Memo::new(move |_| tabs.with(|tabs| path.with(|path| current_tab(tabs, path))));
    let item = move |(position, tab): (usize, Tab)| {
        let (kind, size) = match tab.kind {
            TabKind::Plain => (None, IconSize::Normal),
            TabKind::Primary => (Some("primary"), IconSize::Large),
        };
        view! {
            <li>
                <a
                    class="tab"
                    href=tab.href
                    data-kind=kind
                    aria-current=move || (current.get() == Some(position)).then_some("page")
                >
                    <span class="tab-mark">
                        <Icon glyph=tab.icon size />
                    </span>
                    <span class="tab-label">{tab.label}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="tab-bar" aria-label="Main">
            <ul role="list">{move || tabs.get().into_iter().enumerate().map(item).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

/// The tab whose address is the longest that `path` lies at or below.
fn current_tab(tabs: &[Tab], path: &str) -> Option<usize> {
    let path = path.trim_end_matches('/');
    let holds = |tab: &Tab| path.strip_prefix(tab.href.trim_end_matches('/')).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    tabs.iter().enumerate().filter(|(_, tab)| holds(tab)).max_by_key(|(_, tab)| tab.href.len()).map(|(position, _)| position)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tabs() -> Vec<Tab> {
        [("/app", "Today"), ("/app/customers", "Customers"), ("/app/log", "Log")]
            .map(|(href, label)| Tab::new(href, label, Glyph::Sun))
            .to_vec()
    }

    #[test]
    fn a_screen_belongs_to_the_tab_it_lies_below() {
        let cases = [
            ("/app", Some(0)),
            ("/app/", Some(0)),
            ("/app/customers", Some(1)),
            ("/app/customers/7", Some(1)),
            ("/app/log", Some(2)),
            ("/app/logbook", Some(0)),
            ("/elsewhere", None),
        ];
        for (path, tab) in cases {
            assert_eq!(current_tab(&tabs(), path), tab, "{path}");
        }
    }
}
