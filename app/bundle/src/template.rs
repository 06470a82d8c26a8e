//! Filling in `{{name}}` in the shell.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};

/// Replaces every `{{name}}` of `text` by its value; a name without a value is an error.
pub(crate) fn fill(text: &str, values: &BTreeMap<String, String>) -> anyhow::Result<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").context("an opening {{ is never closed")?;
        let Some(value) = values.get(name) else {
            bail!("nothing is called {name}");
        };
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_replaced_and_an_unknown_one_is_an_error() {
        let values = BTreeMap::from([("app.css".to_owned(), "/assets/app-1.css".to_owned())]);
        for (text, filled) in [
            ("", Some("")),
            ("plain { } text", Some("plain { } text")),
            ("{{app.css}}", Some("/assets/app-1.css")),
            ("<{{app.css}}|{{app.css}}>", Some("</assets/app-1.css|/assets/app-1.css>")),
            ("{{app.js}}", None),
            ("{{app.css", None),
        ] {
            assert_eq!(fill(text, &values).ok().as_deref(), filled, "{text}");
        }
    }
}
