//! The number that telephones dial into a Teams meeting with, as an invitation's text has it.

/// Digits of such a number; Teams gives nine.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// The number of `Phone conference ID: 703 029 723#`, whatever the language of its label: what stands after a colon,
/// has only digits, and ends with the sign that telephones end it with.
#[must_use]
pub fn conference_id(text: &str) -> Option<String> {
    text.lines().take(20_000).find_map(in_line)
}

fn in_line(line: &str) -> Option<String> {
    let (before, _) = line.split_once('#')?;
    let (_, number) = before.rsplit_once([':', '\u{FF1A}'])?;
    let is_number = number.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | '\u{A0}'));
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (is_number && DIGITS.contains(&digits.len())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::conference_id;

    #[test]
    fn numbers_that_end_with_the_sign() {
        for (text, expected) in [
            ("Join\nPhone conference ID: 703 029 723#\n", Some("703029723")),
            ("Conference ID: 703\u{A0}029\u{A0}723#", Some("703029723")),
            ("Telefonkonferenz-ID： 703029723# (lokale Nummer)", Some("703029723")),
            ("Meeting ID: 234 567 890 123", None),
            ("+34 91 206 5541,,703029723#", None),
            ("Channel: #12345678", None),
            ("Ticket: 12345#", None),
            ("Ticket: 1234567890123#", None),
            ("Track: a703029723#", None),
            ("#", None),
            ("", None),
        ] {
            assert_eq!(conference_id(text).as_deref(), expected, "{text}");
        }
    }
}
