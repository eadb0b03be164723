//! Finding the Exchange server of a mail address, and what it accepts (Microsoft: "Autodiscover for Exchange"; MS-OXDSCLI).
//!
//! Role: walks a [`Search`](convoke_ews::autodiscover::Search) over a [`Transport`](convoke_net::Transport). The search
//! says where to ask and rules on every step; here it is asked, and remembered what was heard ([`Visit`]), so that a
//! person can be told why a server was found or not.
//!
//! Rules:
//! - Places are asked one after the other, each once, [`MOST_VISITS`] at most. One that fails says nothing of the
//!   next.
//! - A host that is neither the mail domain's nor named is a question first ([`Finding::Question`]), and gets nothing
//!   before its answer.
//! - Credentials go to the places that the search names itself for the domain it began with, when they ask for them, and
//!   along a redirect to the very same host; never to Exchange Online. When they are refused once, they are not sent again: every try counts
//!   towards locking the account.
//!
//! To change where is asked or what is trusted, go to `convoke_ews::autodiscover`; to change what is sent, to
//! `walk.rs`.

mod challenges;
mod finding;
mod walk;

pub use challenges::{challenges, offered};
pub use finding::{Finding, Outcome, Visit};
pub use walk::{Discovery, MOST_VISITS, ServerCredentials};
