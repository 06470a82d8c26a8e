use crate::{
    customer::{ImportReport, import_line, import_place},
    ui::{Disclosure, List, ListRow},
};
use leptos::prelude::*;

/// As many lines as anybody reads.
const SHOWN: usize = 100;

/// What is to be mended; where that is nothing, what each line does.
#[component]
pub(super) fn Report(report: ImportReport) -> impl IntoView {
    let ImportReport { problems, lines, .. } = report;
    if !problems.is_empty() {
        let row = |problem| view! { <ListRow title=import_place(&problem) detail=problem.message /> };
        return view! { <List title="To be mended in the file">{problems.into_iter().map(row).collect_view()}</List> }.into_any();
    }
    let left = lines.len().saturating_sub(SHOWN);
    let detail = match lines.len() {
        1 => "One line".to_owned(),
        many => many.to_string() + " lines",
    };
    let rows = lines.into_iter().take(SHOWN).map(|line| view! { <ListRow title=line.customer.clone() detail=import_line(&line) /> });
    let more = (left > 0).then(|| view! { <p class="aside">"And " {left} " more lines."</p> });
    view! {
        <Disclosure title="What each line does" detail>
            <List>{rows.collect_view()}</List>
            {more}
        </Disclosure>
    }
    .into_any()
}
