//! The parts every screen is made of. They know no feature and no data, only how something looks, is named and is reached.
//!
//! - One component per file; its style is the partial of the same name under `style/ui`.
//! - The root element's class is the component's name, variants are attributes.
//! - Each compiles for the phone (`csr`) and for the customer's pages (`ssr`), where it works without script.
//! - Each hands back an erased view, so that the types of screens built from them stay shallow and quick to compile.
//! - A field's `name` is its id: focusing that id reads out the question and what is wrong with the answer.
//! - What a tap does goes into `on_click`, further attributes go on the component: `<Button on_click=save attr:id="save">`.

mod avatar;
mod badge;
mod banner;
mod button;
mod card;
mod choice;
mod choice_chips;
mod disclosure;
mod empty_state;
mod field;
mod gate;
mod icon;
mod interval;
mod list;
mod page;
mod points;
mod progress_dots;
mod save_state;
mod scale;
mod segmented;
mod sheet;
mod switch;
mod tab_bar;
mod terms;
mod toast;
mod top_bar;

pub use avatar::*;
pub use badge::*;
pub use banner::*;
pub use button::*;
pub use card::*;
pub use choice::*;
pub use choice_chips::*;
pub use disclosure::*;
pub use empty_state::*;
pub use field::*;
pub use gate::*;
pub use icon::*;
pub use interval::*;
pub use list::*;
pub use page::*;
pub use points::*;
pub use progress_dots::*;
pub use save_state::*;
pub use scale::*;
pub use segmented::*;
pub use sheet::*;
pub use switch::*;
pub use tab_bar::*;
pub use terms::*;
pub use toast::*;
pub use top_bar::*;
