//! The identity half of the tenant, over real sockets: what a browser and an app see.

mod browser;
mod consent;
mod control;
mod sign_in;
mod sso;
mod tokens;
