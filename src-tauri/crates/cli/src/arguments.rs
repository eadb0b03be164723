//! The command line, as `docs/interfaces.md` promises it.

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Meetings and contacts of Microsoft 365, for scripts and administrators.
#[derive(Debug, Parser)]
#[command(name = "convokectl", version, propagate_version = true)]
pub struct Arguments {
    /// Print results as JSON on stdout.
    #[arg(long, global = true)]
    pub json: bool,
    /// Use this policy file; refused where the machine has a policy of its own.
    #[arg(long, global = true, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Log to stderr: error, warn, info, debug or trace.
    #[arg(long, global = true, value_name = "LEVEL")]
    pub log: Option<LogLevel>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A level of logging.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LogLevel {
    /// Only errors.
    Error,
    /// And warnings.
    Warn,
    /// And what happens.
    Info,
    /// And how.
    Debug,
    /// And every step.
    Trace,
}

impl LogLevel {
    /// The name that the log understands.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// A language of texts for other people.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
}

impl Language {
    /// Its tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }
}

/// A service, by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ServiceName {
    /// Calendars.
    Calendar,
    /// Contacts.
    Contacts,
    /// Directory.
    Directory,
}

/// What is given as a mail address is none.
#[derive(Debug, thiserror::Error)]
#[error("this is no mail address")]
struct NoMailAddress;

fn mail_address(text: &str) -> Result<String, NoMailAddress> {
    if convoke_app::links::is_mail_address(text) { Ok(text.to_owned()) } else { Err(NoMailAddress) }
}

/// How to go through the browser.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct BrowserOptions {
    /// Open no browser: print the address to open.
    #[arg(long)]
    pub print_url: bool,
    /// Seconds to wait for the browser.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub timeout: u64,
}

/// The organization's own Exchange server, for a mailbox that is not in Microsoft 365.
#[derive(Clone, Debug, clap::Args)]
pub struct ExchangeOptions {
    /// Use the mailbox on an Exchange server: the policy's, the known one, or one that is found.
    #[arg(long)]
    pub exchange: bool,
    /// Its EWS address.
    #[arg(long, value_name = "URL")]
    pub ews_url: Option<String>,
    /// The user name there: `DOMAIN\\user` or an address.
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// Read the password there from the first line of stdin.
    #[arg(long)]
    pub password_stdin: bool,
    /// Trust this foreign host, which says that it has the mailbox.
    #[arg(long, value_name = "HOST")]
    pub trust_host: Option<String>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in with the organization's SSO in the browser.
    SignIn(BrowserOptions),
    /// Authorize Microsoft 365 in the browser.
    Connect {
        /// Only this service; may be repeated. Otherwise what is not connected yet, or all for an administrator.
        #[arg(long)]
        service: Vec<ServiceName>,
        /// Consent on behalf of the organization, as an administrator.
        #[arg(long)]
        admin_consent: bool,
        /// The mailbox's own Exchange server.
        #[command(flatten)]
        exchange: ExchangeOptions,
        /// The browser leg.
        #[command(flatten)]
        browser: BrowserOptions,
    },
    /// Run one round of synchronization.
    Sync {
        /// Read everything again, not only what changed.
        #[arg(long)]
        full: bool,
        /// Only this service; may be repeated.
        #[arg(long)]
        service: Vec<ServiceName>,
    },
    /// List meetings from the cache.
    Agenda {
        /// First local day, today if left out.
        #[arg(long, value_name = "DATE")]
        from: Option<chrono::NaiveDate>,
        /// Last local day; seven days from the first if left out.
        #[arg(long, value_name = "DATE")]
        to: Option<chrono::NaiveDate>,
    },
    /// Show the running or next meeting.
    Next,
    /// Search contacts in the cache; all of them without a query.
    Contacts {
        /// What to search for.
        query: Option<String>,
        /// Results at most.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// List what sync found changed.
    Changes {
        /// Only after this instant (RFC 3339).
        #[arg(long, value_name = "TIME")]
        since: Option<chrono::DateTime<chrono::Utc>>,
    },
    /// Show account, services, cache and policy.
    Status,
    /// Print the request to an administrator: who asks, for which permissions, and the link that grants them.
    AdminRequest {
        /// Its language.
        #[arg(long, value_name = "LANGUAGE", default_value = "en")]
        language: Language,
        /// Who asks, while nobody is signed in.
        #[arg(long, value_name = "ADDRESS", value_parser = mail_address)]
        email: Option<String>,
    },
    /// Check everything from the policy to the mailbox, and say who can mend what.
    Doctor,
    /// Forget the tokens and destroy the cache with its key; you stay signed in.
    Disconnect,
    /// Sign out and forget the tokens; the cache stays, encrypted.
    SignOut {
        /// Destroy the cache and its key too.
        #[arg(long)]
        purge: bool,
    },
    /// Look at the policy.
    Policy {
        /// What to do with it.
        #[command(subcommand)]
        command: PolicyCommand,
    },
}

/// What to do with the policy.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Name every problem of a file, with line and column.
    Validate {
        /// The file.
        file: PathBuf,
    },
    /// Show the effective policy with the source of every key.
    Show,
    /// Say why a key has its value, and what people will see of it.
    Explain {
        /// The key, for example sync.pastDays.
        key: String,
    },
    /// Print the JSON Schema of a policy file.
    Schema,
    /// Show what people would see under a file, in a simulated tenant (needs the package convoke-tenant).
    Rehearse {
        /// The file.
        file: PathBuf,
    },
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::{CommandFactory, Parser};

    #[test]
    fn who_asks_is_a_mail_address() {
        let parses = |address: &str| {
            Arguments::try_parse_from(["convokectl", "admin-request", "--email", address]).is_ok()
        };
        assert!(parses("ana@contoso.example"));
        assert!(!parses("ana") && !parses("ana@a.example\nBcc: b@a.example"));
    }

    #[test]
    fn help_says_what_becomes_of_the_cache() {
        let program = Arguments::command();
        let check = |command: &str, expected: &str| {
            let about = program.find_subcommand(command).and_then(clap::Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            assert!(about.contains(expected), "{command}: {about}");
        };
        check("disconnect", "destroy the cache");
        check("sign-out", "cache stays");
    }
}
