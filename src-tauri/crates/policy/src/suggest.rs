//! "Did you mean".

use crate::key::Key;
use crate::keys::KEYS;

/// The key that a mistyped dotted name most probably stands for, by the whole name or by its last part.
pub fn nearest_key(name: &str) -> Option<&'static str> {
    nearest(name, KEYS.iter().map(|key| key.name))
        .or_else(|| by_last_part(last_part(name)).map(|key| key.name))
}

/// The only key whose last part is near a name.
pub fn by_last_part(name: &str) -> Option<&'static Key> {
    let near = nearest(name, KEYS.iter().map(|key| last_part(key.name)))?;
    let mut named = KEYS.iter().filter(|key| last_part(key.name) == near);
    let first = named.next()?;
    named.next().is_none().then_some(first)
}

/// The last part of a dotted name.
pub fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// The candidate that a mistyped word most probably stands for.
pub fn nearest(word: &str, candidates: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    // Far longer words can't be near, and their distance is dear to compute.
    if word.chars().count() > 64 {
        return None;
    }
    let plain = simplify(word);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&plain, &simplify(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= tolerance(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Case, hyphens and underscores are the commonest slips and cost nothing.
fn simplify(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

fn tolerance(candidate: &str) -> usize {
    (candidate.chars().count() / 3).clamp(1, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_not() {
        let check = |word, expected| {
            assert_eq!(nearest(word, ["pastDays", "futureDays", "intervalMinutes"]), expected, "{word}");
        };
        check("pastDay", Some("pastDays"));
        check("past_days", Some("pastDays"));
        check("PASTDAYS", Some("pastDays"));
        check("fuutreDays", Some("futureDays"));
        check("pollMinutes", None);
        check("", None);
        check(&"x".repeat(100_000), None);
    }
}
