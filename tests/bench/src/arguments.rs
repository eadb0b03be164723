//! The command line.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Measures Convoke against plain programs that do the same.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    /// What to do; measuring, if nothing is named.
    #[command(subcommand)]
    pub task: Option<Task>,
    /// Measure only this; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// So many runs count, beside the first, which never does.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub runs: Option<u16>,
    /// Where the report goes.
    #[arg(long, value_name = "FILE", default_value = "report.json")]
    pub report: PathBuf,
}

/// The references that run in a process of their own, and the setting for a profiler.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Reads a mailbox into a new file, and prints what it did as JSON.
    Naive {
        /// Graph's root.
        #[arg(long)]
        graph: String,
        /// An access token.
        #[arg(long)]
        token: String,
        /// The file.
        #[arg(long)]
        file: PathBuf,
    },
    /// Signs somebody in, prints the environment for a shell, and keeps all of it until stdin ends: for a profiler.
    Place {
        /// Events of the mailbox.
        #[arg(long, default_value_t = 10_000)]
        events: usize,
        /// Contacts of the mailbox.
        #[arg(long, default_value_t = 10_000)]
        contacts: usize,
    },
    /// Asks some addresses, and prints how many milliseconds it took.
    Requests {
        /// An access token.
        #[arg(long)]
        token: String,
        /// The addresses.
        links: Vec<String>,
    },
}
