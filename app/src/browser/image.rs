//! Pictures that the person chose, made small. Drawing one anew leaves behind whatever else its file said.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ImageBitmap, ImageBitmapOptions, ImageEncodeOptions, ImageOrientation, OffscreenCanvas, OffscreenCanvasRenderingContext2d,
};

use super::{
    files::Chosen,
    window::{describe, window},
};

/// Qualities tried one after the other, from what looks as good as new down to what still shows what it is about.
const QUALITIES: [f64; 6] = [0.85, 0.75, 0.65, 0.5, 0.35, 0.2];

/// A JPEG.
pub struct Drawn {
    /// Its bytes.
    pub jpeg: Vec<u8>,
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
}

/// Why a picture could not be made small.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// This browser cannot show it: another kind of file, or a damaged one.
    #[error("this browser cannot show it")]
    Unreadable,
    /// Not even the lowest quality makes it small enough.
    #[error("it cannot be made small enough")]
    TooLarge,
    /// The browser failed, as where memory is short.
    #[error("the browser could not draw it: {0}")]
    Failed(String),
}

impl From<JsValue> for ImageError {
    fn from(thrown: JsValue) -> Self {
        Self::Failed(describe(&thrown))
    }
}

/// Draws a picture upright, at most `side` pixels on the longer side, as a JPEG of at most `bytes`.
///
/// # Errors
/// [`ImageError`].
pub async fn draw(chosen: &Chosen, side: u16, bytes: usize) -> Result<Drawn, ImageError> {
    let upright = ImageBitmapOptions::new();
    upright.set_image_orientation(ImageOrientation::FromImage);
    let decoded = window().create_image_bitmap_with_blob_and_image_bitmap_options(chosen.file(), &upright)?;
    let picture: ImageBitmap = JsFuture::from(decoded).await.map_err(|_| ImageError::Unreadable)?.unchecked_into();
    let (width, height) = fitted(picture.width(), picture.height(), side);
    let drawn = on_canvas(&picture, width, height);
    // Twelve million pixels are not left to the garbage collector.
    picture.close();
    let canvas = drawn?;
    for quality in QUALITIES {
        let jpeg = encode(&canvas, quality).await?;
        if jpeg.len() <= bytes {
            return Ok(Drawn { jpeg, width, height });
        }
    }
    Err(ImageError::TooLarge)
}

/// The size within `side`, in the same proportions; nothing is made larger.
fn fitted(width: u32, height: u32, side: u16) -> (u16, u16) {
    let scale = (f64::from(side) / f64::from(width.max(height).max(1))).min(1.0);
    let fit = |length: u32| (f64::from(length) * scale).round().clamp(1.0, f64::from(side)) as u16;
    (fit(width), fit(height))
}

fn on_canvas(picture: &ImageBitmap, width: u16, height: u16) -> Result<OffscreenCanvas, ImageError> {
    let canvas = OffscreenCanvas::new(width.into(), height.into())?;
    let context = canvas.get_context("2d")?.ok_or_else(|| ImageError::Failed("no canvas".to_owned()))?;
    let context: OffscreenCanvasRenderingContext2d = context.unchecked_into();
    // What can be seen through would turn black.
    context.set_fill_style_str("white");
    let (width, height) = (width.into(), height.into());
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

async fn encode(canvas: &OffscreenCanvas, quality: f64) -> Result<Vec<u8>, ImageError> {
    let how = ImageEncodeOptions::new();
    how.set_type("image/jpeg");
    how.set_quality(quality);
    let blob: Blob = JsFuture::from(canvas.convert_to_blob_with_options(&how)?).await?.unchecked_into();
    Ok(Uint8Array::new(&JsFuture::from(blob.array_buffer()).await?).to_vec())
}
