//! The legs that go through the browser: sign-in and connect. One at a time; a new one ends the old one.

mod connect;
mod leg;
mod outcome;
mod permissions;
mod recheck;
mod sign_in;
mod states;
mod window;

pub use leg::{Leg, LegOptions};
pub use sign_in::SignedInAs;
