//! People of the organization as the on-premises server finds them: names, personas, photos.

mod ambiguous;
mod persona;
mod photo;
mod resolve;

pub use persona::{find, get};
pub use photo::photo;
pub use resolve::resolve;
