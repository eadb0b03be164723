//! An empty Tauri window, built like the real one. It prints `start PHASE UNIX_NS` lines to stderr as
//! `convoke --trace-start` does; `painted` is the second frame of a page that shows one word.

use std::io::Write;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    mark("main");
    let builder = tauri::Builder::default().invoke_handler(tauri::generate_handler![painted]);
    match builder.run(tauri::generate_context!()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "convoke-bench-window: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The page is on the screen.
#[tauri::command]
fn painted() {
    mark("painted");
}

fn mark(phase: &str) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    // A closed stderr is no reason to fail.
    let _ = writeln!(std::io::stderr(), "start {phase} {now}");
}
