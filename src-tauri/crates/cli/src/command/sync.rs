//! `convokectl sync`.

use crate::arguments::ServiceName;
use crate::exit;
use crate::print::Printer;
use convoke_app::code::Failure;
use convoke_app::wire::ServiceState;
use convoke_app::{App, ServiceRound, SyncResult};
use std::process::ExitCode;

/// Runs one round.
pub async fn run(
    app: &App,
    full: bool,
    services: &[ServiceName],
    printer: &Printer,
) -> Result<ExitCode, Failure> {
    let result = app.sync(full, &super::services(services)).await?;
    printer.result(&result, || {
        result
            .services
            .iter()
            .map(|(service, round)| {
                format!(
                    "{:<10} {} new, {} changed, {} gone; {} requests, {} kB, {} ms",
                    service.as_str(),
                    round.added,
                    round.updated,
                    round.removed,
                    round.requests,
                    round.bytes / 1024,
                    round.ms
                )
            })
            .collect::<Vec<_>>()
            .join("\n")
    });
    for (services, failure) in failures(&result) {
        printer.note(&format!("{services}: {}\n{}", failure.message, failure.help));
    }
    let is_good = |round: &ServiceRound| round.state == ServiceState::Connected && round.failure.is_none();
    let all_good = result.services.values().all(is_good);
    Ok(ExitCode::from(if all_good { exit::DONE } else { exit::PARTLY }))
}

/// What failed, each failure once with the services that it kept from their round.
fn failures(result: &SyncResult) -> Vec<(String, &Failure)> {
    let mut failures: Vec<(String, &Failure)> = Vec::new();
    for (service, round) in &result.services {
        let Some(failure) = &round.failure else { continue };
        match failures.iter_mut().find(|(_, known)| *known == failure) {
            Some((services, _)) => *services = format!("{services}, {}", service.as_str()),
            None => failures.push((service.as_str().to_owned(), failure)),
        }
    }
    failures
}
