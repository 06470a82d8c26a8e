//! Every part of the design on static pages, to look at in a browser while working on `style/`:
//!
//! `cargo run -p app --example gallery --features ssr -- target/gallery`
//!
//! The pages link `style/` itself, so a changed partial needs only a reload. What they show is made up.

mod controls;
mod parts;
mod score;
mod screens;
mod visitor;

use std::{fs, io, path::Path};

use leptos::prelude::*;

/// File name, stylesheet, the class of `<body>`, what is on the page.
type Sample = (&'static str, &'static str, &'static str, fn() -> AnyView);

const SAMPLES: [Sample; 18] = [
    ("parts", "app.css", "", parts::parts),
    ("controls", "app.css", "", controls::controls),
    ("today", "app.css", "", screens::today),
    ("customers", "app.css", "", screens::customers),
    ("customer", "app.css", "", screens::customer),
    ("log", "app.css", "", screens::log),
    ("feedback", "app.css", "", score::feedback),
    ("rep", "app.css", "", score::rep),
    ("early", "app.css", "", score::early),
    ("behind", "app.css", "", score::behind),
    ("months", "app.css", "", score::months),
    ("team", "app.css", "", screens::team),
    ("empty", "app.css", "", screens::empty),
    ("sign-in", "app.css", "", screens::sign_in),
    ("purpose", "app.css", "", screens::purpose),
    ("survey", "survey.css", "survey", visitor::survey),
    ("handover", "survey.css", "survey", visitor::handover),
    ("thanks", "survey.css", "survey", visitor::thanks),
];

fn main() -> io::Result<()> {
    let to = std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned());
    let style = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style").canonicalize()?;
    fs::create_dir_all(&to)?;
    for (name, sheet, body, view) in SAMPLES {
        let html = Owner::new_root(None).with(|| view().to_html());
        let sheet = style.join(sheet);
        let page = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{name}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\n\
             <link rel=\"stylesheet\" href=\"file://{}\"></head>\n<body class=\"{body}\">{html}</body></html>\n",
            sheet.display()
        );
        fs::write(Path::new(&to).join(name).with_extension("html"), page)?;
    }
    println!("{} pages in {to}", SAMPLES.len());
    Ok(())
}
