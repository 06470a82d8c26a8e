use fast_qr::{
    QRBuilder,
    convert::{Builder, Shape, svg::SvgBuilder},
};
use leptos::prelude::*;

/// An address as a QR code, with the address under it for those who type. Dark on white in both themes: cameras want it so.
#[component]
pub fn QrCode(
    /// What it leads to.
    #[prop(into)]
    address: String,
) -> impl IntoView {
    let drawing = QRBuilder::new(address.as_str()).build().map(|code| SvgBuilder::default().shape(Shape::Square).to_str(&code));
    let short = address.split_once("://").map_or(address.clone(), |(_, rest)| rest.to_owned());
    view! {
        <figure class="survey-qr">
            <div role="img" aria-label="QR code of the address below" inner_html=drawing.unwrap_or_default()></div>
            <figcaption>{short}</figcaption>
        </figure>
    }
}
