//! Slips of the finger.

/// Whether `typed` is `word`, or the beginning of it, but for one slip: a letter wrong, missing, too many, or
/// two neighbours swapped. Both are folded.
#[must_use]
pub fn one_slip(typed: &str, word: &str) -> bool {
    if typed.is_ascii() && word.is_ascii() {
        return slip(typed.as_bytes(), word.as_bytes());
    }
    let typed: Vec<char> = typed.chars().collect();
    let word: Vec<char> = word.chars().collect();
    slip(&typed, &word)
}

fn slip<T: PartialEq>(typed: &[T], word: &[T]) -> bool {
    let same = typed.iter().zip(word).take_while(|(left, right)| left == right).count();
    let (typed, word) = (&typed[same..], &word[same..]);
    let begins = |skip_word: usize, skip_typed: usize| match (word.get(skip_word..), typed.get(skip_typed..))
    {
        (Some(word), Some(typed)) => word.starts_with(typed),
        _ => false,
    };
    let swapped = || typed.len() > 1 && word.len() > 1 && typed[0] == word[1] && typed[1] == word[0];
    typed.is_empty() || begins(1, 1) || begins(1, 0) || begins(0, 1) || (swapped() && begins(2, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, word: &str, expected: bool) {
        assert_eq!(one_slip(typed, word), expected, "{typed} / {word}");
    }

    #[test]
    fn one_slip_is_forgiven_two_are_not() {
        check("smiht", "smith", true);
        check("smyth", "smith", true);
        check("smth", "smith", true);
        check("smiith", "smith", true);
        check("xmith", "smith", true);
        check("kovalcz", "kovalchuk", true);
        check("smytt", "smith", false);
        check("mstih", "smith", false);
        check("smithson", "smith", false);
        check("", "smith", true);
    }
}
