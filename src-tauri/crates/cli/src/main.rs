//! `convokectl`: Convoke without a window, for administrators, scripts and tests.
//!
//! Role: reads the command line, calls one method of `convoke-app`, prints the answer as text or JSON, ends
//! with the exit status that `docs/interfaces.md` promises. Rules: no logic of the product here; results go to
//! stdout, everything else to stderr. To add a command: `arguments`, a file in `command`, one line in `run`.

mod arguments;
mod command;
mod exit;
mod print;

use arguments::{Arguments, Command};
use clap::Parser;
use convoke_app::code::Failure;
use convoke_app::environment::Environment;
use convoke_app::{App, logs};
use print::Printer;
use std::process::ExitCode;

/// How long threads may take to end.
const LAST_WAIT: std::time::Duration = std::time::Duration::from_secs(6);

/// Parses, runs, and turns a failure into its status.
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(level) = arguments.log {
        logs::start(&logs::Target::Stderr, level.as_str(), chrono::Utc::now());
    }
    let printer = Printer::new(arguments.json);
    // Few threads: each one that allocates keeps memory of its own.
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = match builder.worker_threads(2).max_blocking_threads(4).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            printer.note(&format!("convokectl: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(run(arguments, &printer));
    // Threads that end while the process does would free what OpenSSL's own end frees too: they end first. A
    // keychain or browser call that never returns must not keep the process.
    runtime.shutdown_timeout(LAST_WAIT);
    result.unwrap_or_else(|failure| {
        printer.failure(&failure);
        exit::of(failure.code)
    })
}

async fn run(arguments: Arguments, printer: &Printer) -> Result<ExitCode, Failure> {
    if let Command::Policy { command } = &arguments.command {
        return command::policy::run(command, arguments.policy, printer).await;
    }
    let environment = Environment::of_system(arguments.policy)?;
    let app = tokio::task::spawn_blocking(move || App::open(environment))
        .await
        .map_err(|_| Failure::new(convoke_app::code::Code::Internal))??;
    app.follow_permissions().await;
    match arguments.command {
        Command::SignIn(browser) => command::sign_in::run(&app, browser, printer).await,
        Command::Connect { service, admin_consent, exchange, browser } => {
            if command::connect_exchange::is_wanted(&app, &exchange) {
                command::connect_exchange::run(&app, exchange, browser, printer).await
            } else {
                command::connect::run(&app, &service, admin_consent, browser, printer).await
            }
        }
        Command::Sync { full, service } => command::sync::run(&app, full, &service, printer).await,
        Command::Agenda { from, to } => command::agenda::run(&app, from, to, printer).await,
        Command::Next => command::agenda::next(&app, printer).await,
        Command::Contacts { query, limit } => command::contacts::run(&app, query, limit, printer).await,
        Command::Changes { since } => command::changes::run(&app, since, printer).await,
        Command::Status => command::status::run(&app, printer).await,
        Command::AdminRequest { language, email } => {
            command::admin_request::run(&app, language, email, printer)
        }
        Command::Doctor => command::doctor::run(&app, printer).await,
        Command::Disconnect => command::sign_out::disconnect(&app, printer).await,
        Command::SignOut { purge } => command::sign_out::sign_out(&app, purge, printer).await,
        Command::Policy { .. } => Ok(ExitCode::SUCCESS),
    }
}
