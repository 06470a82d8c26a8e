//! Photos on screen: chosen in a form, in a strip below what they are attached to, and one filling the screen.

mod again;
mod choose;
mod chosen;
mod look;
mod picture;
mod strip;
mod view;

pub use again::AtHand;
pub use choose::PhotoPicker;
pub use chosen::ChosenPhotos;
pub use strip::Photos;
