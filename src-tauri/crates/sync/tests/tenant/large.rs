//! The heaviest mailboxes of research.

use convoke_tenant::Options;
use convoke_tenant::ews::quirks::Quirk;

use crate::desk::{Desk, synced};

/// The whole mailbox, where views beyond the server's limit are cut, or fail.
async fn is_read_whole(events: usize, contacts: usize, fails: bool) {
    let desk = Desk::new(Options { seed: 2, events, contacts, ..Options::default() }).await;
    desk.set(Quirk::FindLimitError, fails);
    let report = synced(&desk.exchange()).await;
    desk.is_true(&format!("{report:?}"));
}

#[tokio::test]
async fn twelve_thousand_events_and_five_thousand_contacts() {
    is_read_whole(12_000, 5_000, false).await;
}

#[tokio::test]
async fn a_server_that_refuses_what_it_would_cut() {
    is_read_whole(5_000, 20, true).await;
}
