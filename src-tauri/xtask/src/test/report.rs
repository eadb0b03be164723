//! Running steps and telling how each went.

use std::time::{Duration, Instant};

use super::count::Count;
use super::steps::Step;
use crate::command::run_listening;
use crate::error::Error;

/// How the steps went so far.
#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<String>,
    total: Count,
    /// The essential step that failed.
    stopped_by: Option<&'static str>,
}

impl Report {
    /// Runs a step, unless an essential one before it failed.
    pub fn run(&mut self, step: &'static Step) {
        if let Some(cause) = self.stopped_by {
            self.lines.push(format!("skipped  {:<10} because {cause} failed", step.name));
            return;
        }
        println!("── {}: {}", step.name, step.what);
        let began = Instant::now();
        let mut count = Count::default();
        let succeeded = match run_listening((step.command)(), |line| count.listen(line)) {
            Ok(succeeded) => succeeded,
            Err(error) => {
                eprintln!("{error}");
                false
            }
        };
        self.add(step, succeeded, count, began.elapsed());
    }

    fn add(&mut self, step: &'static Step, succeeded: bool, mut count: Count, took: Duration) {
        if !succeeded {
            // A tool that fails without naming a case has failed as a whole.
            count.failed = count.failed.max(1);
            self.stopped_by = step.essential.then_some(step.name);
        }
        let word = if succeeded && count.failed == 0 { "ok" } else { "FAILED" };
        let cases = match count {
            Count { passed: 0, failed: 0 } => String::new(),
            Count { passed, failed } => format!("{passed} passed, {failed} failed"),
        };
        let line = format!("{word:<8} {:<10} {:>7.1} s  {cases}", step.name, took.as_secs_f64());
        println!("{}", line.trim_end());
        self.lines.push(line);
        self.total += count;
    }

    /// Prints how it went; an error unless everything passed.
    pub fn finish(self) -> Result<(), Error> {
        println!("\n── summary");
        self.lines.iter().for_each(|line| println!("{}", line.trim_end()));
        println!("{} passed, {} failed", self.total.passed, self.total.failed);
        if self.total.failed == 0 { Ok(()) } else { Err(Error::Tests) }
    }
}
