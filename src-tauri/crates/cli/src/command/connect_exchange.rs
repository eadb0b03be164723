//! `convokectl connect` at the mailbox's own Exchange server.

use super::connect::in_words;
use super::sign_in::{announce, options};
use crate::arguments::{BrowserOptions, ExchangeOptions};
use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::{Code, Failure};
use convoke_app::wire::ExchangeQuery;
use convoke_app::wire::exchange::EwsEnd;
use secrecy::SecretString;
use serde_json::json;
use std::io::{BufRead, Read};
use std::process::ExitCode;
use zeroize::Zeroizing;

/// Longest line that is read as a password, in bytes: no directory allows a longer one.
const LONGEST: u64 = 4096;

/// Whether the command is about an Exchange server: by its options, or by the policy.
pub fn is_wanted(app: &App, exchange: &ExchangeOptions) -> bool {
    exchange.exchange
        || exchange.ews_url.is_some()
        || exchange.user.is_some()
        || exchange.password_stdin
        || exchange.trust_host.is_some()
        || app.is_exchange_decided()
}

/// Connects the mailbox at its Exchange server.
pub async fn run(
    app: &App,
    exchange: ExchangeOptions,
    browser: BrowserOptions,
    printer: &Printer,
) -> Result<ExitCode, Failure> {
    let password = if exchange.password_stdin { Some(password()?) } else { None };
    let query =
        ExchangeQuery { url: exchange.ews_url, user: exchange.user, password, trust: exchange.trust_host };
    let connecting = app.connect_exchange(query, options(browser), |url| announce(printer, browser, url));
    let connected = tokio::select! {
        connected = connecting => connected,
        _ = tokio::signal::ctrl_c() => return Err(app.cancelled()),
    };
    if let Some(end) = app.exchange_end() {
        printer.note(&ending(&end));
    }
    let connected = connected?;
    printer.event(&json!({"event": "connected", "services": connected}), &in_words(&connected));
    Ok(ExitCode::SUCCESS)
}

/// When EWS ends at a server of Exchange Online.
pub fn ending(end: &EwsEnd) -> String {
    format!(
        "EWS ends in Exchange Online: from {} it is off unless the organization chose otherwise, from {} for everybody.",
        end.off_by_default, end.switched_off
    )
}

/// The first line of stdin, without its end.
fn password() -> Result<SecretString, Failure> {
    let mut line = Zeroizing::new(String::with_capacity(LONGEST as usize));
    let read = std::io::stdin().lock().take(LONGEST).read_line(&mut line);
    read.map_err(|error| Failure::new(Code::PasswordRequired).with_detail(error.to_string()))?;
    match line.trim_end_matches(['\r', '\n']) {
        "" => Err(Failure::new(Code::PasswordRequired).with_detail("standard input has no password")),
        entered => Ok(SecretString::from(entered)),
    }
}
