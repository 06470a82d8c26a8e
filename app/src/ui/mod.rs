//! The parts every screen is made of. They know no feature and no data, only how something looks, is named and is reached.
//!
//! - One component per file; its style is the partial of the same name under `style/ui`.
//! - The root element's class is the component's name, variants are attributes.
//! - Each compiles for the phone (`csr`) and for the customer's pages (`ssr`), where it works without script.
//! - Listeners and further attributes go on the component: `<Button on:click=save attr:id="save">`.

mod button;
mod card;
mod choice;
mod choice_chips;
mod field;
mod icon;
mod list;
mod page;
mod scale;
mod tab_bar;
mod top_bar;

pub use button::*;
pub use card::*;
pub use choice::*;
pub use choice_chips::*;
pub use field::*;
pub use icon::*;
pub use list::*;
pub use page::*;
pub use scale::*;
pub use tab_bar::*;
pub use top_bar::*;
