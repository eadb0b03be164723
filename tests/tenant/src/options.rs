//! What a tenant is started with.

use chrono::{DateTime, Utc};

use crate::scenario::Scenario;

/// The settings of one tenant. Same seed, sizes and `now`: same data, byte for byte.
#[derive(Debug, Clone)]
pub struct Options {
    /// The loopback port; 0 takes a free one.
    pub port: u16,
    /// Serve https with a certificate of a throw-away CA.
    pub tls: bool,
    /// Seed of the world's data.
    pub seed: u64,
    /// How many events the first user's mailbox holds, about.
    pub events: usize,
    /// How many contacts the first user's mailbox holds.
    pub contacts: usize,
    /// How many people the directory holds.
    pub directory: usize,
    /// User names of those whose mailbox is on premises from the start, beside those that always are.
    pub on_premises: Vec<String>,
    /// Scenarios that are on from the start.
    pub scenarios: Vec<Scenario>,
    /// The instant the tenant's clock starts at and the world is built around; absent: the machine's clock.
    pub now: Option<DateTime<Utc>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            tls: false,
            seed: 1,
            events: 400,
            contacts: 300,
            directory: 200,
            on_premises: Vec::new(),
            scenarios: Vec::new(),
            now: None,
        }
    }
}
