//! The legs that go through the browser: sign-in and connect. One at a time; a new one ends the old one.

mod accounts;
mod ask;
mod connect;
mod exchange;
mod leg;
mod organization;
mod outcome;
mod permissions;
mod recheck;
mod refusal;
mod sign_in;
mod states;
mod window;

pub(crate) use ask::WHO;
pub use leg::{Leg, LegOptions};
pub(crate) use sign_in::SIGN_IN;
pub use sign_in::SignedInAs;
