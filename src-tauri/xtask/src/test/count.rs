//! Adding up what test tools say. Each tool says it once, in a line of its own form.

/// Test cases that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many passed.
    pub passed: u32,
    /// How many failed.
    pub failed: u32,
}

impl Count {
    /// Adds what a line of a tool's output says, if it is the line that says it.
    pub fn listen(&mut self, line: &str) {
        let line = without_colours(line);
        if let Some(said) = said(line.trim()) {
            self.passed = self.passed.saturating_add(said.passed);
            self.failed = self.failed.saturating_add(said.failed);
        }
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
    }
}

fn said(line: &str) -> Option<Count> {
    // cargo: `test result: ok. 18 passed; 0 failed; 0 ignored; …`, Vitest: `Tests  1 failed | 11 passed (12)`,
    // ours: `12 passed, 0 failed`.
    let rest =
        line.strip_prefix("test result:").or_else(|| line.strip_prefix("Tests ")).or_else(|| ours(line))?;
    Some(Count { passed: before(rest, "passed").unwrap_or(0), failed: before(rest, "failed").unwrap_or(0) })
}

fn ours(line: &str) -> Option<&str> {
    let mut words = line.split([' ', ',']).filter(|word| !word.is_empty());
    let number = |word: Option<&str>| word.is_some_and(|word| word.parse::<u32>().is_ok());
    let fits = number(words.next()) && words.next() == Some("passed") && number(words.next());
    (fits && words.next() == Some("failed")).then_some(line)
}

/// The number that stands before a word.
fn before(text: &str, word: &str) -> Option<u32> {
    let words: Vec<&str> = text.split([' ', ';', ',', '|']).filter(|word| !word.is_empty()).collect();
    words.windows(2).find_map(|pair| match pair {
        [number, found] if *found == word => number.parse().ok(),
        _ => None,
    })
}

/// A line without the escape sequences that colour it.
fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        rest = rest.get(1..).unwrap_or_default();
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tool_is_understood() {
        let check = |line: &str, passed, failed| {
            let mut count = Count::default();
            count.listen(line);
            assert_eq!(count, Count { passed, failed }, "{line}");
        };
        check(
            "test result: ok. 18 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
            18,
            0,
        );
        check("test result: FAILED. 15 passed; 3 failed; 0 ignored;", 15, 3);
        check("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m12 passed\u{1b}[39m\u{1b}[22m (12)", 12, 0);
        check("      Tests  1 failed | 11 passed (12)", 11, 1);
        check("7 passed, 2 failed", 7, 2);
        check(" Test Files  4 passed (4)", 0, 0);
        check("ok    2 passed, 1 failed is what it prints", 0, 0);
        check("test text::tests::passed ... ok", 0, 0);
    }
}
