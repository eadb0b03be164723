//! Running a program to its end, and what it cost.

use crate::error::BenchError;
use std::fs::read_to_string;
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often memory is looked at. The system keeps the peak itself: only what comes after the last look is missed.
const LOOK: Duration = Duration::from_millis(2);

/// Clock ticks per second in `/proc`, which Linux has fixed for user space.
const TICKS: f64 = 100.0;

/// What a program did.
#[derive(Clone, Debug)]
pub struct Ran {
    /// What it printed on stdout.
    pub stdout: String,
    /// Milliseconds from its start until it was gone.
    pub wall: f64,
    /// Seconds of CPU, all threads.
    pub cpu: f64,
    /// Most memory that it ever had resident, in MB.
    pub peak: f64,
}

/// Runs a program to its end; it must succeed.
///
/// # Errors
/// When it does not start or does not succeed.
pub fn run(mut command: Command) -> Result<Ran, BenchError> {
    let name = command.get_program().to_string_lossy().into_owned();
    let broken = |source| BenchError::Program { program: name.clone(), source };
    let cpu = cpu_of_children();
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(broken)?;
    let ended = AtomicBool::new(false);
    let status_file = format!("/proc/{}/status", child.id());
    let (stdout, status, wall, peak) = std::thread::scope(|scope| {
        let peak = scope.spawn(|| watch_peak(&status_file, &ended));
        let mut stdout = String::new();
        let read = child.stdout.take().map_or(Ok(0), |mut pipe| pipe.read_to_string(&mut stdout));
        let status = read.and_then(|_| child.wait());
        let wall = start.elapsed();
        ended.store(true, Ordering::Relaxed);
        (stdout, status, wall, peak.join().unwrap_or(0.0))
    });
    let status = status.map_err(broken)?;
    if !status.success() {
        return Err(BenchError::Ended { program: name, status, output: stdout });
    }
    Ok(Ran { stdout, wall: wall.as_secs_f64() * 1e3, cpu: cpu_of_children() - cpu, peak })
}

fn watch_peak(status_file: &str, ended: &AtomicBool) -> f64 {
    let mut peak = 0.0;
    while !ended.load(Ordering::Relaxed) {
        let status = read_to_string(status_file).unwrap_or_default();
        peak = kilobytes(&status, "VmHWM:").map_or(peak, |found| found / 1e3);
        std::thread::sleep(LOOK);
    }
    peak
}

/// The number of a line `Name: N kB`, in kB of 1,000 bytes.
pub fn kilobytes(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let number: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(number * 1.024)
}

/// Seconds of CPU of every child that has been waited for.
fn cpu_of_children() -> f64 {
    let stat = read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = fields(&stat);
    ticks(&fields, 13) + ticks(&fields, 14)
}

/// Fields of a `stat` file behind the program's name, which may contain anything; the first is the state.
pub fn fields(stat: &str) -> Vec<&str> {
    stat.rsplit_once(')').map_or_else(Vec::new, |(_, rest)| rest.split_whitespace().collect())
}

/// A field of clock ticks in seconds.
pub fn ticks(fields: &[&str], index: usize) -> f64 {
    fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0) / TICKS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_system_are_read() {
        assert_eq!(kilobytes("VmPeak:\t 9 kB\nVmHWM:\t  1000 kB\n", "VmHWM:"), Some(1024.0));
        assert_eq!(kilobytes("VmPeak:\t 9 kB\n", "VmHWM:"), None);
        let stat = "12 (a) b) S 7 1 2 3 4 5 6 7 8 9 150 50 25 0";
        let fields = fields(stat);
        assert_eq!((fields.get(1), ticks(&fields, 11), ticks(&fields, 13)), (Some(&"7"), 1.5, 0.25));
    }
}
