//! Values of several runs.

use serde::Serialize;

/// Values of one figure, a run each, in order of size.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples(Vec<f64>);

/// What is told of the values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// The middle one.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The greatest.
    pub max: f64,
    /// How many there are.
    pub n: usize,
}

impl Samples {
    /// The values of runs in their order, of which the first only warms up.
    pub fn after_first(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().skip(1).collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// Median, least, greatest, number.
    pub fn summary(&self) -> Summary {
        let at = |index: usize| self.0.get(index).copied().unwrap_or(f64::NAN);
        let n = self.0.len();
        let median =
            if n.is_multiple_of(2) { (at(n.wrapping_sub(2) / 2) + at(n / 2)) / 2.0 } else { at(n / 2) };
        Summary { median, min: at(0), max: at(n.wrapping_sub(1)), n }
    }
}

/// The value below which a part of the values lies; `part` is of 100.
pub fn percentile(values: &mut [f64], part: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = (values.len() * part / 100).min(values.len().saturating_sub(1));
    values.get(index).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], expected: (f64, f64, f64, usize)) {
        let Summary { median, min, max, n } = Samples::after_first(values.iter().copied()).summary();
        assert_eq!((median, min, max, n), expected, "{values:?}");
    }

    #[test]
    fn the_first_run_does_not_count() {
        check(&[900.0, 3.0, 1.0, 2.0], (2.0, 1.0, 3.0, 3));
        check(&[900.0, 4.0, 1.0, 2.0, 3.0], (2.5, 1.0, 4.0, 4));
        check(&[900.0, 7.0], (7.0, 7.0, 7.0, 1));
        assert!(Samples::after_first([1.0]).summary().median.is_nan());
    }

    #[test]
    fn percentiles() {
        let mut values: Vec<f64> = (0..150).rev().map(f64::from).collect();
        assert_eq!(percentile(&mut values, 50), 75.0);
        assert_eq!(percentile(&mut values, 99), 148.0);
        assert_eq!(percentile(&mut [5.0], 99), 5.0);
    }
}
