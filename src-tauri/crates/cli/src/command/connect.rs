//! `convokectl connect`.

use super::sign_in::{announce, options};
use crate::arguments::{BrowserOptions, ServiceName};
use crate::exit;
use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::Failure;
use convoke_app::wire::{ServiceState, Services};
use serde_json::json;
use std::process::ExitCode;

/// Authorizes Microsoft 365 through the browser.
pub async fn run(
    app: &App,
    services: &[ServiceName],
    admin_consent: bool,
    browser: BrowserOptions,
    printer: &Printer,
) -> Result<ExitCode, Failure> {
    let mut services = super::services(services);
    if services.is_empty() && !admin_consent {
        services = app.to_connect().await;
    }
    let connected = tokio::select! {
        connected = app.connect(&services, admin_consent, options(browser), |url| announce(printer, browser, url)) => connected?,
        _ = tokio::signal::ctrl_c() => return Err(app.cancelled()),
    };
    printer.event(&json!({"event": "connected", "services": connected}), &in_words(&connected));
    Ok(status(&connected))
}

/// Done when nothing permitted is left to connect; partly when something is.
fn status(services: &Services) -> ExitCode {
    let states = [&services.calendar, &services.contacts, &services.directory].map(|status| status.state);
    let open = |state: &ServiceState| !matches!(state, ServiceState::Connected | ServiceState::OffByPolicy);
    if states.iter().any(open) { ExitCode::from(exit::PARTLY) } else { ExitCode::from(exit::DONE) }
}

/// A line per service.
pub fn in_words(services: &Services) -> String {
    [("Calendar", &services.calendar), ("Contacts", &services.contacts), ("Directory", &services.directory)]
        .map(|(name, status)| {
            let state = state(status.state);
            let why = status.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
            format!("{name:<10} {state}{why}")
        })
        .join("\n")
}

/// A state in words.
pub fn state(of: ServiceState) -> &'static str {
    match of {
        ServiceState::Connected => "connected",
        ServiceState::NotConnected => "not connected",
        ServiceState::WaitingForAdmin => "waiting for an administrator",
        ServiceState::Declined => "declined",
        ServiceState::OffByPolicy => "off by policy",
        ServiceState::SignInRequired => "sign in required",
        ServiceState::Blocked => "blocked",
        ServiceState::Unavailable => "unavailable",
        ServiceState::Error => "error",
    }
}
