//! Join links: finding the one link of an invitation that leads into its meeting.
//!
//! Links come from outside, so every one is parsed, unwrapped from the mail scanners that rewrote it
//! ([`unwrap`]), and matched against the hosts of known providers ([`providers`]). To add a provider, add a
//! rule to the table there.

mod conference;
mod find;
mod html;
mod open;
mod passcode;
mod providers;
mod scan;
mod unwrap;

pub use conference::conference_id;
pub use find::{JoinLink, JoinSources, find};
pub use html::plain;
pub use open::{LinkRefused, openable};
pub use passcode::passcode;
