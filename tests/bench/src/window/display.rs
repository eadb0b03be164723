//! A display that nobody looks at.

use crate::error::BenchError;
use crate::tenant::end;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running X server without a screen; it ends with its owner.
pub struct Display {
    server: Child,
    /// Its name, for `DISPLAY`.
    pub name: String,
}

impl Display {
    /// Starts one; what it says goes to a file in a folder.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(folder: &Path) -> Result<Self, BenchError> {
        let log = folder.join("display.log");
        let log = std::fs::File::create(&log).map_err(BenchError::file(log))?;
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(BenchError::program("Xvfb"))?;
        let mut number = String::new();
        if let Some(stdout) = server.stdout.take() {
            BufReader::new(stdout).read_line(&mut number).map_err(BenchError::program("Xvfb"))?;
        }
        let display = Self { server, name: format!(":{}", number.trim()) };
        if number.trim().is_empty() {
            return Err(BenchError::Silent { program: "Xvfb".to_owned(), awaited: "its number".to_owned() });
        }
        Ok(display)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}
