//! Folding of one text.

use super::script;
use unicode_normalization::char::decompose_compatible;

/// Which of two usual spellings to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `ü` → `u`, `й` → `y`.
    Short,
    /// `ü` → `ue`, `й` → `i`.
    Long,
    /// As [`Self::Long`], but Cyrillic read as Ukrainian: `г` → `h`, `и` → `y`.
    Ukrainian,
}

/// The text in lower case without accents, in Latin letters where it is Cyrillic or Greek.
///
/// Scripts without an alphabet of their own kind here (Chinese, Arabic, Devanagari, …) keep their letters.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        push_folded(character, Spelling::Short, &mut folded);
    }
    folded
}

/// Appends the folded form of one character.
pub(super) fn push_folded(character: char, spelling: Spelling, folded: &mut String) {
    if character.is_ascii() {
        folded.push(character.to_ascii_lowercase());
        return;
    }
    for lower in character.to_lowercase() {
        if let Some(text) = script::composed(lower, spelling) {
            folded.push_str(text);
            continue;
        }
        decompose_compatible(lower, |part| push_part(part, spelling, folded));
    }
}

fn push_part(part: char, spelling: Spelling, folded: &mut String) {
    if is_accent(part) || is_apostrophe(part) {
        return;
    }
    match script::letter(part, spelling) {
        Some(text) => folded.push_str(text),
        None => folded.extend(part.to_lowercase()),
    }
}

/// Marks that people leave out when they type: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels.
/// Marks of Indic scripts are letters to their readers and stay.
fn is_accent(mark: char) -> bool {
    matches!(mark, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Apostrophes of names such as O’Brien; the plain `'` is dropped by [`super::words`], which sees whole words.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2bc}' | '\u{2bb}' | '`' | '\u{b4}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(fold(input), expected, "{input}");
    }

    #[test]
    fn accents_and_ligatures() {
        check("Müller", "muller");
        check("Straße", "strasse");
        check("Ægir Ødegård", "aegir odegard");
        check("Nguyễn Thị Đào", "nguyen thi dao");
        check("Łukasz Żółć", "lukasz zolc");
        check("İSTANBUL ışık", "istanbul isik");
        check("ﬁnn Ｆｕｌｌ", "finn full");
    }

    #[test]
    fn other_alphabets_become_latin() {
        check("Сергей Щукин", "sergey shchukin");
        check("Αλέξης Ψωμάς", "alexis psomas");
        check("Зоя Юрьевна", "zoya yurevna");
    }

    #[test]
    fn scripts_without_transliteration_stay() {
        check("田中太郎", "田中太郎");
        check("हिन्दी", "हिन्दी");
        check("مُحَمَّد", "محمد");
    }
}
