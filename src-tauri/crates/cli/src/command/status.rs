//! `convokectl status`.

use super::connect::in_words;
use super::connect_exchange::ending;
use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::Failure;
use convoke_app::wire::{ExchangeAsk, ExchangeFound, ExchangeMethod, ExchangeView};
use std::process::ExitCode;

/// Shows account, services, cache, keychain and policy.
pub async fn run(app: &App, printer: &Printer) -> Result<ExitCode, Failure> {
    let status = app.status().await?;
    printer.result(&status, || {
        let account = status.account.as_ref().map_or_else(
            || "Nobody is signed in.".to_owned(),
            |account| format!("Signed in as {} ({}).", account.name, account.username),
        );
        let as_of =
            status.as_of.map_or_else(|| "never".to_owned(), |at| at.with_timezone(&app.zone()).to_rfc2822());
        format!(
            "{account}\n{}{}\nSynced     {as_of}\nCache      {}\nKeychain   {}\nPolicy     {}",
            in_words(&status.services),
            exchange(&status.exchange),
            status.cache.state,
            status.keychain.state,
            status.policy.files.first().map_or("none", String::as_str)
        )
    });
    Ok(ExitCode::SUCCESS)
}

/// A line where an Exchange server is known or asked about.
fn exchange(of: &ExchangeView) -> String {
    let Some(server) = of.url.as_deref().or(of.host.as_deref()) else { return String::new() };
    let method = of.method.map_or("", |method| match method {
        ExchangeMethod::Oauth => ", oauth",
        ExchangeMethod::Ntlm => ", ntlm",
        ExchangeMethod::Basic => ", basic",
    });
    let who = of.found.map_or("", |found| match found {
        ExchangeFound::Policy => ", named by the policy",
        ExchangeFound::Person => ", named by you",
        ExchangeFound::Autodiscover => ", found by Autodiscover",
    });
    let why = if of.not_in_cloud { "; Microsoft 365 said that the mailbox is not there" } else { "" };
    let waits = of.asks.map(|asks| match asks {
        ExchangeAsk::Server => "waits for its address",
        ExchangeAsk::Trust => "waits for somebody to trust it",
        ExchangeAsk::Password => "waits for user name and password",
        ExchangeAsk::Browser => "waits for the sign-in in the browser",
    });
    let use_ = waits.unwrap_or(if of.in_use { "in use" } else { "not in use" });
    let end = of.ends.as_ref().map_or(String::new(), |end| format!("\n           {}", ending(end)));
    format!("\nExchange   {server}{method}{who}: {use_}{why}{end}")
}
