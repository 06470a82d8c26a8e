use leptos::prelude::*;

/// Numbers as a table, for those who read better without drawings; the first of each row is its name.
pub(crate) fn number_table(label: String, caption: String, head: &[&'static str], rows: Vec<Vec<String>>) -> AnyView {
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let name = cells.next();
        view! { <tr><th scope="row">{name}</th> {cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    view! {
        // Scrolled sideways by itself at large text, also by those who use the keyboard.
        <div class="score-table-frame" role="region" aria-label=label tabindex="0">
            <table class="score-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{head.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
