//! `convokectl sync`.

use crate::arguments::ServiceName;
use crate::exit;
use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::Failure;
use convoke_app::wire::ServiceState;
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
    let all_good = result.services.values().all(|round| round.state == ServiceState::Connected);
    Ok(ExitCode::from(if all_good { exit::DONE } else { exit::PARTLY }))
}
