//! Bounds on what a server says.
//!
//! Texts lose their control characters (NUL would end them in other programs) and are cropped: subjects,
//! names and places to 4,096 bytes (Outlook itself stops at 255 characters), previews to 4,096, everything
//! short to 512. Bidirectional marks stay: they belong to names of some scripts, and the window isolates
//! them.

/// Bytes of a subject, place, name or preview that are kept.
pub const LONG: usize = 4_096;

/// Bytes of a code, address, number or category that are kept.
pub const SHORT: usize = 512;

/// Bytes of an id or link that are kept; longer ones could not be sent back and are refused.
pub const ID: usize = 2_048;

/// Entries of a list (attendees, numbers, categories) that are kept; Graph allows 500 attendees.
pub const LIST: usize = 1_000;

/// `text` without control characters other than tab and line end, cropped to `limit` bytes.
#[must_use]
pub fn text(text: &str, limit: usize) -> String {
    let keep = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    crop(text, limit).chars().filter(keep).collect()
}

/// As [`text`], in one line: line ends become spaces.
#[must_use]
pub fn line(text: &str, limit: usize) -> String {
    let one_line = |c: char| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c };
    self::text(text, limit).chars().map(one_line).collect()
}

/// A present and not blank text, one line.
#[must_use]
pub fn optional(text: Option<&str>, limit: usize) -> Option<String> {
    text.map(|text| line(text, limit)).filter(|text| !text.trim().is_empty())
}

/// Whether an id can be stored and sent back as it is: neither empty nor longer than [`ID`], no control
/// characters.
#[must_use]
pub fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= ID && !id.chars().any(char::is_control)
}

fn crop(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::{ID, is_id, line, optional, text};

    #[test]
    fn b47_texts_lose_control_characters_and_are_cropped() {
        assert_eq!(text("a\0b\u{1b}[31m\r\nc\u{85}", 100), "ab[31m\r\nc");
        assert_eq!(line("a\r\nb\tc", 100), "a  b c");
        assert_eq!(text(&"é".repeat(1_000_000), 5), "éé");
        assert_eq!(line("<img src=x onerror=invoke()>", 100), "<img src=x onerror=invoke()>");
        assert_eq!(optional(Some(" \0 "), 10), None);
        assert_eq!(optional(Some("x "), 10).as_deref(), Some("x "));
    }

    #[test]
    fn ids_are_kept_as_they_are_or_refused() {
        for (id, good) in [("AAMk+/=", true), ("", false), ("a\0b", false), ("a\nb", false)] {
            assert_eq!(is_id(id), good, "{id:?}");
        }
        assert!(is_id(&"A".repeat(ID)) && !is_id(&"A".repeat(ID + 1)));
    }
}
