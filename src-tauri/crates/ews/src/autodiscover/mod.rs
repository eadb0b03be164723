//! Autodiscover: where the EWS of an address is, without I/O (MS-OXDSCLI; EWS "Autodiscover for Exchange").
//!
//! Role: names the places to ask in their order ([`Search::candidates`]), says what to ask each
//! ([`Candidate`]) and what its answer means ([`Answer`]), and rules on every step away from it
//! ([`Search::follow`], [`Search::readdress`], [`Search::arrive`]). The caller sends, asks the user, and
//! looks up neither directory (SCP) nor DNS (SRV) here.
//!
//! Rules, all of them pure: https only; at most ten steps; no place is asked the same twice; a host that is
//! neither the mail domain, nor below it, nor named by the policy gets nothing (not even the address) before
//! somebody agreed; credentials never go along to another host.

mod candidate;
mod json;
mod pox;
mod search;

pub use candidate::{Answer, Candidate, Nothing, Service};
pub use search::{Place, Refused, Search, Step};

#[cfg(test)]
#[path = "autodiscover_tests.rs"]
mod tests;
