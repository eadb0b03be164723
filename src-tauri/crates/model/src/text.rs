//! Matching of text that people type against names that people have.
//!
//! Both sides are *folded* to plain lower-case letters: accents go, `ß` is `ss`, Cyrillic and Greek are written
//! in Latin. What can be spelled in two ways (`Müller`, `Mueller`; `Сергей`, `Sergey`, `Sergei`) is indexed
//! under both, see [`spellings`]; what was typed is folded once, so that `sue` does not also find `Susan`.

mod fold;
mod matched;
mod script;
mod slip;
mod words;

pub use fold::fold;
pub use matched::{matched, mentions};
pub use slip::one_slip;
pub use words::{spellings, tokens, words};
