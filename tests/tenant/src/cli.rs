//! The command line of `convoke-tenant`.

use chrono::{DateTime, Utc};
use clap::Parser;
use convoke_tenant::{Options, Scenario};

/// A simulated Microsoft 365 tenant on loopback.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    /// Loopback port; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Serve https with a certificate of a throw-away CA.
    #[arg(long)]
    tls: bool,
    /// Seed of the data.
    #[arg(long, default_value_t = Options::default().seed)]
    seed: u64,
    /// Events in the first user's mailbox, about.
    #[arg(long, default_value_t = Options::default().events)]
    events: usize,
    /// Contacts in the first user's mailbox.
    #[arg(long, default_value_t = Options::default().contacts)]
    contacts: usize,
    /// People in the directory.
    #[arg(long, default_value_t = Options::default().directory)]
    directory: usize,
    /// A user whose mailbox is on premises from the start, beside those that always are; may be given several times.
    #[arg(long, value_name = "USERNAME")]
    on_premises: Vec<String>,
    /// A scenario that is on from the start; may be given several times.
    #[arg(long = "scenario", value_name = "NAME", value_parser = scenario)]
    scenarios: Vec<Scenario>,
    /// The instant the tenant's clock starts at and the data are built around, RFC 3339; default: the machine's clock.
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime<Utc>>,
    /// End when standard input ends: with the program that started this one, however that ends.
    #[arg(long)]
    pub attached: bool,
}

impl From<Arguments> for Options {
    fn from(arguments: Arguments) -> Self {
        Self {
            port: arguments.port,
            tls: arguments.tls,
            seed: arguments.seed,
            events: arguments.events,
            contacts: arguments.contacts,
            directory: arguments.directory,
            on_premises: arguments.on_premises,
            scenarios: arguments.scenarios,
            now: arguments.now,
        }
    }
}

fn scenario(name: &str) -> Result<Scenario, UnknownScenario> {
    Scenario::parse(name).ok_or(UnknownScenario)
}

/// A scenario that doesn't exist.
#[derive(Debug, thiserror::Error)]
#[error("no such scenario")]
struct UnknownScenario;
