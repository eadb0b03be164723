//! `convokectl status`.

use super::connect::in_words;
use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::Failure;
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
            "{account}\n{}\nSynced     {as_of}\nCache      {}\nKeychain   {}\nPolicy     {}",
            in_words(&status.services),
            status.cache.state,
            status.keychain.state,
            status.policy.files.first().map_or("none", String::as_str)
        )
    });
    Ok(ExitCode::SUCCESS)
}
