//! The parts of the shell, one file per concern. This one puts them together.

mod arguments;
mod commands;
#[cfg(feature = "demo")]
mod demo;
#[cfg(target_os = "linux")]
mod drawing;
mod events;
mod first_paint;
mod instance;
mod navigation;
mod product;
mod profile;
// WebView2 puts a page of its own in place of one that crashed, with a button that reloads.
#[cfg(not(windows))]
mod recovery;
mod trace;
mod window;

use arguments::{Arguments, Parsed};
use convoke_app::environment::Environment;
use convoke_app::logs::Target;
use first_paint::FirstPaint;
use instance::Claim;
use product::Product;
use profile::Profile;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;
use tauri::async_runtime::spawn;
use trace::{Phase, StartTrace};
use window::FollowedTheme;

/// Runs the program with the arguments of this process.
#[must_use]
pub fn run() -> ExitCode {
    match arguments::parse(std::env::args_os().skip(1)) {
        Parsed::Open(arguments) => open(arguments).unwrap_or_else(|error| fail(&error)),
        Parsed::Print(text) => {
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Parsed::Refuse(text) => {
            let _ = std::io::stderr().write_all(text.as_bytes());
            ExitCode::from(2)
        }
    }
}

/// Opens the window and stays until it is closed. The profile outlives the window.
fn open(arguments: Arguments) -> Result<ExitCode, OpenError> {
    let trace = Arc::new(StartTrace::new(arguments.trace_start));
    trace.mark(Phase::Main);
    let profile = Profile::of(arguments)?;
    let environment = profile.environment();
    let folders = environment.folders.clone();
    let level = convoke_app::policy_source::log_level(&environment);
    let logging = convoke_app::logs::start(&Target::File(&folders.logs), level, SystemTime::now().into());
    let Claim::First(_first) = instance::claim(&folders.data)? else {
        return Ok(ExitCode::SUCCESS);
    };
    let product = Product::open(Environment { logging, ..environment });
    run_window(product, trace, folders.data)
}

fn run_window(product: Product, trace: Arc<StartTrace>, data: PathBuf) -> Result<ExitCode, OpenError> {
    let closing = product.clone();
    let answering = Arc::new(OnceLock::new());
    let listener = Arc::clone(&answering);
    let paint = Arc::new(FirstPaint::default());
    let builder = tauri::Builder::default()
        .manage(product.clone())
        .manage(FollowedTheme::default())
        .manage(Arc::clone(&trace))
        .manage(Arc::clone(&paint))
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let handle = app.handle();
            let _window = window::open(handle, &trace)?;
            #[cfg(target_os = "linux")]
            drawing::choose(&_window)?;
            #[cfg(target_os = "linux")]
            recovery::watch(&_window)?;
            spawn(events::forward(handle.clone(), product.clone()));
            spawn(product.clone().keep_in_sync(paint));
            spawn(product.watch_others());
            let handle = handle.clone();
            let answers = async move { instance::answer(&data, || window::show(&handle)).await };
            // Set once: `setup` runs once.
            let _ = listener.set(spawn(answers));
            Ok(())
        });
    #[cfg(target_os = "macos")]
    let builder = recovery::on_macos(builder);
    let code = builder.build(tauri::generate_context!())?.run_return(|_, _| {});
    // Whoever starts from here on waits for the lock instead of calling a window that is gone.
    if let Some(answering) = answering.get() {
        answering.abort();
    }
    tauri::async_runtime::block_on(closing.close());
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Why the window didn't open.
#[derive(Debug, thiserror::Error)]
enum OpenError {
    #[error("the profile can't be used")]
    Profile(#[from] profile::ProfileError),
    #[error(transparent)]
    Claim(#[from] instance::ClaimError),
    #[error("the window can't be opened")]
    Window(#[from] tauri::Error),
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    let mut line = format!("convoke: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    let _ = writeln!(std::io::stderr(), "{line}");
    ExitCode::FAILURE
}
