//! The window, against an empty one.

mod display;
mod opened;
mod tree;

use crate::error::BenchError;
use crate::figure::Figure;
use crate::group::Told;
use crate::place::Place;
use crate::programs::built;
use crate::sample::Samples;
use display::Display;
use opened::Opened;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

/// Events of the mailbox.
const EVENTS: usize = 20_000;

/// Meetings that must be cached of them: not all events lie in the window of days.
const LEAST_CACHED: f64 = 15_000.0;

/// What goes on right after the start, a sync for one, is not idleness.
const SETTLE: Duration = Duration::from_secs(5);

/// How long idleness is watched.
const IDLE: Duration = Duration::from_secs(20);

/// A display and a signed-in computer whose cache is full, and the two programs.
struct Windows {
    // Dropped first: the programs on it have ended by then.
    display: Display,
    place: Place,
    own: PathBuf,
    bare: PathBuf,
}

impl Windows {
    fn prepare() -> Result<Self, BenchError> {
        let (own, bare) = (built("convoke")?, built("convoke-bench-window")?);
        let place = Place::connected(EVENTS, 1_000)?;
        let (_, answer) = place.sync()?;
        let cached = answer["services"]["calendar"]["added"].as_f64().unwrap_or(0.0);
        if cached < LEAST_CACHED {
            return Err(BenchError::Wrong(format!("too few meetings are cached: {answer}")));
        }
        Ok(Self { display: Display::start(place.home())?, place, own, bare })
    }

    fn open_own(&self) -> Result<Opened, BenchError> {
        let mut command = self.place.command(&self.own);
        command.arg("--trace-start");
        Opened::start(command, &self.display)
    }

    fn open_bare(&self) -> Result<Opened, BenchError> {
        Opened::start(self.place.command(&self.bare), &self.display)
    }
}

/// From exec to the frame after the first meeting, against the second frame of an empty window.
///
/// # Errors
/// When a window does not open or shows nothing.
pub fn start(runs: usize) -> Result<Told, BenchError> {
    let windows = Windows::prepare()?;
    let (mut own, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..=runs {
        own.push(windows.open_own()?.close());
        bare.push(windows.open_bare()?.close());
    }
    let of = |all: &[opened::Phases], phase: &str| {
        Samples::after_first(all.iter().map(|phases| phases.get(phase).copied().unwrap_or(f64::NAN)))
    };
    let mut figures = vec![
        Figure::alone("painted", "ms", of(&own, "painted"))
            .against("empty window", of(&bare, "painted"))
            .with_goal("≤ 1.35x"),
        Figure::alone("until main", "ms", of(&own, "main")).against("empty window", of(&bare, "main")),
    ];
    for phase in ["setup", "cache", "firstFrame"] {
        figures.push(Figure::alone(format!("until {phase}"), "ms", of(&own, phase)));
    }
    Ok(Told { figures, notes: Vec::new() })
}

/// Memory and CPU of a window at rest, with every process that it started, against an empty window.
///
/// # Errors
/// When a window does not open.
pub fn idle(runs: usize) -> Result<Told, BenchError> {
    let windows = Windows::prepare()?;
    let (mut own, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..=runs {
        own.push(rest(windows.open_own()?));
        bare.push(rest(windows.open_bare()?));
    }
    let of = |all: &[(f64, f64)], get: fn(&(f64, f64)) -> f64| Samples::after_first(all.iter().map(get));
    let figures = vec![
        Figure::alone("memory (PSS)", "MB", of(&own, |rest| rest.0))
            .against("empty window", of(&bare, |rest| rest.0))
            .with_goal("≤ empty + 60 MB"),
        Figure::alone("CPU", "%", of(&own, |rest| rest.1))
            .against("empty window", of(&bare, |rest| rest.1))
            .with_goal("≤ empty + 0.3 points"),
    ];
    Ok(Told { figures, notes: Vec::new() })
}

/// Memory in MB at the end of the rest, and CPU during it in percent of one processor.
fn rest(window: Opened) -> (f64, f64) {
    sleep(SETTLE);
    let before = window.cpu();
    sleep(IDLE);
    let used = window.cpu() - before;
    let memory = window.memory();
    window.close();
    (memory, used / IDLE.as_secs_f64() * 100.0)
}
