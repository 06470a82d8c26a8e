//! Pages that the server renders whole: HTML, one style sheet, no script.

use leptos::prelude::*;

/// What a page needs beside its body.
pub struct Head {
    /// Its name in the browser.
    pub title: String,
    /// The address of its style sheet.
    pub stylesheet: String,
    /// The class of its body.
    pub class: &'static str,
}

/// Renders a page. None is for search engines: all are for somebody in particular.
pub fn render<V: IntoView + 'static>(page: impl FnOnce() -> (Head, V)) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        let (Head { title, stylesheet, class }, body) = page();
        view! {
            <html lang="en">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                    <meta name="robots" content="noindex" />
                    <meta name="color-scheme" content="light dark" />
                    <title>{title}</title>
                    <link rel="icon" href="/favicon.svg" />
                    <link rel="stylesheet" href=stylesheet />
                </head>
                <body class=class>{body}</body>
            </html>
        }
        .to_html()
    });
    owner.cleanup();
    format!("<!DOCTYPE html>{html}")
}
