//! `convokectl disconnect` and `convokectl sign-out`.

use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::Failure;
use convoke_app::wire::SignOutQuery;
use serde_json::json;
use std::process::ExitCode;

/// Forgets the tokens, and destroys the cache with its key.
pub async fn disconnect(app: &App, printer: &Printer) -> Result<ExitCode, Failure> {
    app.disconnect().await?;
    printer.result(&json!({"disconnected": true}), || {
        "Disconnected. What was kept on this computer is destroyed.".to_owned()
    });
    Ok(ExitCode::SUCCESS)
}

/// Signs out.
pub async fn sign_out(app: &App, purge: bool, printer: &Printer) -> Result<ExitCode, Failure> {
    app.sign_out(SignOutQuery { purge }).await?;
    printer.result(&json!({"signedOut": true, "purged": purge}), || "Signed out.".to_owned());
    Ok(ExitCode::SUCCESS)
}
