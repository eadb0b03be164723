//! `convokectl policy rehearse`.

use super::connect::state;
use crate::exit;
use crate::print::Printer;
use convoke_app::code::Failure;
use convoke_app::policy_source::{self, Problem};
use convoke_app::rehearsal::{self, ExchangeSeen, PersonSeen, Rehearsal, ServiceSeen, SignInSeen};
use convoke_app::wire::{ExchangeAsk, ServiceState};
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

/// Lets people of every kind meet the policy in `file`, in a simulated tenant.
pub async fn run(file: &Path, printer: &Printer) -> Result<ExitCode, Failure> {
    let problems = policy_source::validate(file);
    let blocks = problems.iter().any(|problem| problem.blocks_sign_in);
    for problem in &problems {
        printer.note(&problem.to_string());
    }
    if blocks {
        printer.note("Nobody could sign in under this policy, so there is nothing to rehearse.");
        printer.result_as_json(&result(file, &problems, None));
        return Ok(ExitCode::from(exit::POLICY));
    }
    let own = std::env::current_exe().ok();
    let program = rehearsal::find(own.as_deref(), std::env::var_os("PATH").as_deref())?;
    let cancelled = async {
        // Without that signal nothing can cancel it.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let rehearsed = rehearsal::rehearse(file, &program, cancelled).await?;
    printer.result(&result(file, &problems, Some(&rehearsed)), || in_words(&rehearsed));
    Ok(ExitCode::from(exit::DONE))
}

fn result(file: &Path, problems: &[Problem], rehearsed: Option<&Rehearsal>) -> serde_json::Value {
    let (notes, people) = rehearsed.map(|of| (&of.notes, &of.people)).unzip();
    json!({
        "file": file, "problems": problems,
        "notes": notes.map_or(&[][..], Vec::as_slice), "people": people.map_or(&[][..], Vec::as_slice),
    })
}

fn in_words(rehearsed: &Rehearsal) -> String {
    let notes = rehearsed.notes.iter().map(|note| format!("Note: {note}"));
    notes.chain(rehearsed.people.iter().map(person)).collect::<Vec<_>>().join("\n\n")
}

fn person(of: &PersonSeen) -> String {
    let mut lines = vec![
        format!("{} (consent: {})", of.who, of.consent),
        format!("  The first sign-in {}.", sign_in(&of.first_sign_in)),
    ];
    if !of.pages.is_empty() {
        lines.push(format!("  Pages they meet: {}.", of.pages.join(" > ")));
    }
    if of.services.is_some() && !of.connects {
        lines.push("  They connect nothing by themselves, as they are not asked.".to_owned());
    }
    if let Some(failure) = &of.connect_failure {
        let first = if of.exchange.as_ref().is_some_and(|seen| seen.in_use) { " at first" } else { "" };
        lines.push(format!("  Connecting{first} ends with: {failure}"));
    }
    if let Some(seen) = &of.exchange {
        lines.push(format!("  {}", exchange(seen, of.connect_failure.as_ref())));
    }
    if let Some(services) = &of.services {
        lines.push(service("Calendar", &services.calendar));
        lines.push(service("Contacts", &services.contacts));
        lines.push(service("Directory", &services.directory));
    }
    if let Some(next) = &of.next_sign_in {
        lines.push(format!("  The next sign-in {}.", sign_in(next)));
    }
    lines.join("\n")
}

/// `told` has been said before.
fn exchange(of: &ExchangeSeen, told: Option<&Failure>) -> String {
    let asks = of.asks.iter().map(|ask| match ask {
        ExchangeAsk::Server => "for its address",
        ExchangeAsk::Trust => "whether to trust it",
        ExchangeAsk::Password => "for user name and password",
        ExchangeAsk::Browser => "for the sign-in in the browser",
    });
    let asks: Vec<&str> = asks.collect();
    let asks = if asks.is_empty() { "nothing".to_owned() } else { asks.join(", then ") };
    let end = match (of.in_use, &of.failure) {
        (true, _) => "Meetings and contacts come from it".to_owned(),
        (false, Some(failure)) if told != Some(failure) => {
            format!("It ends with: {}", failure.to_string().trim_end_matches('.'))
        }
        (false, _) => "It is not connected".to_owned(),
    };
    format!("At the organization's Exchange server they are asked {asks}. {end}.")
}

fn sign_in(of: &SignInSeen) -> String {
    match (&of.failure, of.asks) {
        (Some(failure), _) => format!("fails: {}", failure.to_string().trim_end_matches('.')),
        (None, true) => "asks to integrate Microsoft 365".to_owned(),
        (None, false) => "does not ask to integrate Microsoft 365".to_owned(),
    }
}

fn service(name: &str, of: &ServiceSeen) -> String {
    let line = format!("  {name:<10} {}", state(of.state));
    if matches!(of.state, ServiceState::Connected | ServiceState::OffByPolicy) {
        return line;
    }
    let step = of.step.as_deref().map(|step| format!(" {step}")).unwrap_or_default();
    format!("{line}: {}{step}", of.sentence)
}
