//! `convokectl sign-in`.

use crate::arguments::BrowserOptions;
use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::Failure;
use convoke_app::flow::LegOptions;
use serde_json::json;
use std::process::ExitCode;
use std::time::Duration;

/// Signs in through the browser.
pub async fn run(app: &App, browser: BrowserOptions, printer: &Printer) -> Result<ExitCode, Failure> {
    let signed_in = tokio::select! {
        signed_in = app.sign_in(None, options(browser), |url| announce(printer, browser, url)) => signed_in?,
        _ = tokio::signal::ctrl_c() => return Err(app.cancelled()),
    };
    let account = &signed_in.account;
    printer.event(
        &json!({"event": "signedIn", "account": account, "prompt": signed_in.prompt}),
        &format!("Signed in as {} ({}).", account.name, account.username),
    );
    Ok(ExitCode::SUCCESS)
}

/// How the leg runs.
pub fn options(browser: BrowserOptions) -> LegOptions {
    LegOptions { open_browser: !browser.print_url, timeout: Duration::from_secs(browser.timeout) }
}

/// Says that the browser is needed.
pub fn announce(printer: &Printer, browser: BrowserOptions, url: &str) {
    let text = if browser.print_url {
        format!("Open this address in a browser on this computer:\n{url}")
    } else {
        format!("Your browser opens. If it doesn't, open this address:\n{url}")
    };
    printer.event(&json!({"event": "browser", "url": url}), &text);
}
