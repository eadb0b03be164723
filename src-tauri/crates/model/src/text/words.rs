//! Words of a text, and the spellings under which each is found.

use super::fold::{Spelling, is_apostrophe, push_folded};
use unicode_normalization::char::is_combining_mark;

/// Longest folded word that is kept, in bytes; the rest of a longer one is cut.
const LONGEST: usize = 64;

/// The words of a text as written: runs of letters and digits with apostrophes inside; every Chinese
/// character is a word of its own, because nothing says where words end.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !is_word_part(character))
        .flat_map(split_ideographs)
        .filter(|word| !word.is_empty())
}

/// What was typed, as folded words.
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    words(text).map(|word| spell(word, Spelling::Short)).filter(|word| !word.is_empty()).collect()
}

/// All folded spellings under which one word of a name is found: `Müller` → `muller`, `mueller`;
/// `Mueller` → `mueller`, `muller`; `O'Brien` → `obrien`, `brien`.
#[must_use]
pub fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![spell(word, Spelling::Short)];
    if !word.is_ascii() {
        all.push(spell(word, Spelling::Long));
        all.push(spell(word, Spelling::Ukrainian));
    }
    if let Some(short) = contracted(&all[0]) {
        all.push(short);
    }
    if word.contains(is_apostrophe) {
        all.extend(
            word.split(is_apostrophe).filter(|part| part.len() > 1).map(|part| spell(part, Spelling::Short)),
        );
    }
    let mut distinct: Vec<String> = Vec::with_capacity(all.len());
    for spelling in all {
        if !spelling.is_empty() && !distinct.contains(&spelling) {
            distinct.push(spelling);
        }
    }
    distinct
}

/// One word, folded, without apostrophes, cut to [`LONGEST`].
fn spell(word: &str, spelling: Spelling) -> String {
    let mut folded = String::with_capacity(word.len());
    for character in word.chars().filter(|character| !is_apostrophe(*character)) {
        let before = folded.len();
        push_folded(character, spelling, &mut folded);
        if folded.len() > LONGEST {
            folded.truncate(before);
            break;
        }
    }
    folded
}

/// `mueller` → `muller`: so that a name written without umlauts is found by one typed with them.
fn contracted(folded: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 4] = [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")];
    let found = PAIRS.iter().any(|(long, _)| folded.contains(long));
    found.then(|| PAIRS.iter().fold(folded.to_owned(), |text, (long, short)| text.replace(long, short)))
}

fn is_word_part(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character) || is_apostrophe(character)
}

fn split_ideographs(run: &str) -> impl Iterator<Item = &str> {
    let run = run.trim_matches(is_apostrophe);
    let mut rest = run;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if is_ideograph(first) {
            first.len_utf8()
        } else {
            rest.find(is_ideograph).unwrap_or(rest.len())
        };
        let (word, tail) = rest.split_at(end);
        rest = tail;
        Some(word)
    })
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether any spelling of the word begins with what was typed.
pub(super) fn begins_with(word: &str, typed: &str) -> bool {
    let start = word.as_bytes().get(..typed.len());
    if start.is_some_and(|start| start.eq_ignore_ascii_case(typed.as_bytes())) {
        return true;
    }
    // Most words have one spelling only: nothing to try.
    let plain = word.is_ascii() && !word.contains(is_apostrophe);
    if plain && !["ae", "oe", "ue", "aa"].iter().any(|pair| word.to_ascii_lowercase().contains(pair)) {
        return false;
    }
    spellings(word).iter().any(|spelling| spelling.starts_with(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_tokens(input: &str, expected: &[&str]) {
        assert_eq!(tokens(input), expected, "{input}");
    }

    fn check_spellings(input: &str, expected: &[&str]) {
        assert_eq!(spellings(input), expected, "{input}");
    }

    #[test]
    fn words_end_at_everything_but_letters_and_digits() {
        check_tokens("  Jean-Luc  O’Brien ", &["jean", "luc", "obrien"]);
        check_tokens("anna.kov@contoso.com", &["anna", "kov", "contoso", "com"]);
        check_tokens("田中 Tarō", &["田", "中", "taro"]);
        check_tokens("\" * NEAR( ' -", &["near"]);
        check_tokens("", &[]);
    }

    #[test]
    fn both_spellings_of_a_word() {
        check_spellings("Müller", &["muller", "mueller"]);
        check_spellings("Mueller", &["mueller", "muller"]);
        check_spellings("Сергей", &["sergey", "sergei", "serhei"]);
        check_spellings("O'Brien", &["obrien", "brien"]);
        check_spellings("Smith", &["smith"]);
    }

    #[test]
    fn b58_endless_word_is_cut() {
        assert_eq!(tokens(&"a".repeat(1_000_000)), ["a".repeat(LONGEST)]);
    }
}
