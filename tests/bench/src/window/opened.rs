//! A window that was opened, and when it got where.

use super::display::Display;
use super::tree::Tree;
use crate::error::BenchError;
use crate::tenant::end;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Milliseconds from exec to each phase.
pub type Phases = BTreeMap<String, f64>;

/// How long a window may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long the processes of a window may outlive it.
const LAST_WAIT: Duration = Duration::from_secs(10);

/// A window on the screen.
pub struct Opened {
    child: Child,
    phases: Phases,
}

impl Opened {
    /// Starts a program that says `start PHASE UNIX_NS` on stderr, and waits until it painted.
    ///
    /// # Errors
    /// When it does not start or does not paint.
    pub fn start(mut command: Command, display: &Display) -> Result<Self, BenchError> {
        let program = command.get_program().to_string_lossy().into_owned();
        command
            .env("DISPLAY", &display.name)
            .env("GDK_BACKEND", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_AT_BRIDGE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let began = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let mut child = command.spawn().map_err(BenchError::program(&program))?;
        let (said, heard) = channel();
        if let Some(stderr) = child.stderr.take() {
            // Reads on after the window painted, so that the program never waits for a full pipe.
            std::thread::spawn(move || {
                for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                    let _ = said.send(line);
                }
            });
        }
        let mut opened = Self { child, phases: Phases::new() };
        if opened.listen(&heard, began) {
            return Ok(opened);
        }
        opened.close();
        Err(BenchError::Silent { program, awaited: "start painted".to_owned() })
    }

    /// Whether it says that it painted.
    fn listen(&mut self, heard: &Receiver<String>, began: u128) -> bool {
        let late = Instant::now() + PATIENCE;
        while let Ok(line) = heard.recv_timeout(late.saturating_duration_since(Instant::now())) {
            let Some((phase, at)) = line.strip_prefix("start ").and_then(|rest| rest.split_once(' ')) else {
                continue;
            };
            let at: u128 = at.trim().parse().unwrap_or(began);
            let since = Duration::from_nanos(u64::try_from(at.saturating_sub(began)).unwrap_or(u64::MAX));
            self.phases.insert(phase.to_owned(), since.as_secs_f64() * 1e3);
            if phase == "painted" {
                return true;
            }
        }
        false
    }

    /// Seconds of CPU that its processes have used.
    pub fn cpu(&self) -> f64 {
        Tree::of(self.child.id()).cpu()
    }

    /// Memory of its processes in MB; what they share with others counts by their part.
    pub fn memory(&self) -> f64 {
        Tree::of(self.child.id()).memory()
    }

    /// Ends it and waits until its processes are gone too.
    pub fn close(mut self) -> Phases {
        let tree = Tree::of(self.child.id());
        end(&mut self.child);
        let late = Instant::now() + LAST_WAIT;
        while tree.lives() && Instant::now() < late {
            std::thread::sleep(Duration::from_millis(20));
        }
        self.phases
    }
}
