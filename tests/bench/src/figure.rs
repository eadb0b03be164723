//! A figure, and how it reads.

use crate::sample::{Samples, Summary};
use serde_json::{Value, json};

/// One thing measured, and what it is held against.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// In what unit.
    pub unit: &'static str,
    /// The product's values.
    pub own: Samples,
    /// The reference's name and values, from the same run.
    pub reference: Option<(&'static str, Samples)>,
    /// The goal, in words.
    pub goal: Option<&'static str>,
}

impl Figure {
    /// A figure without a reference.
    pub fn alone(name: impl Into<String>, unit: &'static str, own: Samples) -> Self {
        Self { name: name.into(), unit, own, reference: None, goal: None }
    }

    /// The same with a reference.
    pub fn against(mut self, name: &'static str, samples: Samples) -> Self {
        self.reference = Some((name, samples));
        self
    }

    /// The same with a goal.
    pub fn with_goal(mut self, goal: &'static str) -> Self {
        self.goal = Some(goal);
        self
    }

    /// How many times the reference it is.
    pub fn ratio(&self) -> Option<f64> {
        let (_, reference) = self.reference.as_ref()?;
        let ratio = self.own.summary().median / reference.summary().median;
        ratio.is_finite().then_some(ratio)
    }

    /// A line for people.
    pub fn line(&self) -> String {
        let own = told(self.own.summary(), self.unit);
        let reference = self.reference.as_ref().map_or_else(String::new, |(name, samples)| {
            format!("{name} {}", told(samples.summary(), self.unit))
        });
        let ratio = self.ratio().map_or_else(String::new, |ratio| format!("{ratio:.2}x"));
        let goal = self.goal.map_or_else(String::new, |goal| format!("goal {goal}"));
        format!("  {:<34} {own:<30} {reference:<42} {ratio:>7}  {goal}", self.name).trim_end().to_owned()
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        let reference =
            self.reference.as_ref().map(|(name, samples)| json!({"name": name, "values": samples.summary()}));
        json!({
            "name": self.name, "unit": self.unit, "own": self.own.summary(), "reference": reference,
            "ratio": self.ratio(), "goal": self.goal,
        })
    }
}

/// `median unit (min–max, n)`.
fn told(summary: Summary, unit: &str) -> String {
    let Summary { median, min, max, n } = summary;
    let digits = match median.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    format!("{median:.digits$} {unit} ({min:.digits$}–{max:.digits$}, n {n})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_all() {
        let samples = |values: [f64; 3]| Samples::after_first([0.0].into_iter().chain(values));
        let figure = Figure::alone("start", "ms", samples([120.0, 110.0, 130.0]))
            .against("bare", samples([100.0, 90.0, 101.0]))
            .with_goal("≤ 1.35x");
        let line = figure.line();
        for part in ["120 ms (110–130, n 3)", "bare 100 ms (90–101, n 3)", "1.20x", "goal ≤ 1.35x"] {
            assert!(line.contains(part), "{part} in {line}");
        }
        assert_eq!(Figure::alone("x", "ms", samples([1.0; 3])).ratio(), None);
    }
}
