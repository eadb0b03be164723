//! Which part of a name to highlight.

use super::fold::{Spelling, push_folded};
use super::words::{begins_with, words};

/// The parts of `text` that match the typed, folded words, as half-open ranges of UTF-16 units in order.
///
/// A word matched letter by letter is marked as far as it was typed; one matched by another spelling, whole.
#[must_use]
pub fn matched(text: &str, typed: &[String]) -> Vec<(u32, u32)> {
    let mut ranges = Vec::new();
    for word in words(text) {
        let longest = typed.iter().filter(|typed| begins_with(word, typed)).max_by_key(|typed| typed.len());
        let Some(typed) = longest else { continue };
        let start = utf16_len(&text[..offset_in(text, word)]);
        let length = folded_prefix(word, typed).unwrap_or(word);
        ranges.push((start, start + utf16_len(length)));
    }
    ranges
}

/// Whether each of the typed, folded words begins some word of the texts.
#[must_use]
pub fn mentions<'a>(texts: impl IntoIterator<Item = &'a str>, typed: &[String]) -> bool {
    let mut missing: Vec<&String> = typed.iter().collect();
    for word in texts.into_iter().flat_map(words) {
        missing.retain(|typed| !begins_with(word, typed));
        if missing.is_empty() {
            return true;
        }
    }
    missing.is_empty()
}

/// The shortest part of `word` whose short or long folding covers `typed`.
fn folded_prefix<'a>(word: &'a str, typed: &str) -> Option<&'a str> {
    [Spelling::Short, Spelling::Long].into_iter().find_map(|spelling| {
        let mut folded = String::new();
        for (at, character) in word.char_indices() {
            push_folded(character, spelling, &mut folded);
            if folded.starts_with(typed) {
                return Some(&word[..at + character.len_utf8()]);
            }
            if !typed.starts_with(folded.as_str()) {
                return None;
            }
        }
        None
    })
}

/// Where `part`, a slice of `text`, begins in it.
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len())
}

fn utf16_len(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn check(text: &str, typed: &str, expected: &[(u32, u32)]) {
        assert_eq!(matched(text, &tokens(typed)), expected, "{text} / {typed}");
    }

    #[test]
    fn highlights_what_was_typed() {
        check("Anna Müller", "mul an", &[(0, 2), (5, 8)]);
        check("Anna Müller", "muell", &[(5, 9)]);
        check("Mueller", "müll", &[(0, 7)]);
        check("😀 Ben", "b", &[(3, 4)]);
        check("Щукин", "shch", &[(0, 1)]);
        check("Ben", "x", &[]);
    }
    #[test]
    fn all_words_somewhere() {
        let texts = ["Quarterly review", "Köln, Room 5"];
        for (typed, expected) in
            [("room qua", true), ("koeln", true), ("koln rev", true), ("uarter", false), ("", true)]
        {
            assert_eq!(mentions(texts, &tokens(typed)), expected, "{typed}");
        }
    }
}
