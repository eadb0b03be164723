//! Who matches all words, best first.

use super::index::{Field, SearchIndex};
use convoke_model::text::one_slip;

/// Shortest word in which a slip is forgiven, in letters.
const SLIP_FROM: usize = 5;

/// The best matches and the number of all.
pub(super) struct Ranked {
    pub total: usize,
    pub best: Vec<i64>,
}

/// Matches of the words as they are.
pub(super) fn by_name(index: &SearchIndex, typed: &[String], limit: usize) -> Ranked {
    rank(index, typed, limit, false)
}

/// Matches in which each longer word may have one slip.
pub(super) fn with_slips(index: &SearchIndex, typed: &[String], limit: usize) -> Ranked {
    if typed.iter().all(|word| word.chars().count() < SLIP_FROM) {
        return Ranked { total: 0, best: Vec::new() };
    }
    rank(index, typed, limit, true)
}

fn rank(index: &SearchIndex, typed: &[String], limit: usize, slips: bool) -> Ranked {
    // Sum of the words' points by contact, and how many words it has matched so far.
    let mut points = vec![0_u16; index.keys.len()];
    let mut matched = vec![0_u8; index.keys.len()];
    let mut candidates: Vec<u32> = Vec::new();
    for (turn, word) in typed.iter().enumerate() {
        let mut found: Vec<u32> = Vec::new();
        let mut best = vec![0_u16; index.keys.len()];
        for_each_token(index, word, slips, |token, quality| {
            for (contact, field) in index.entries(token) {
                if usize::from(matched[contact]) < turn {
                    continue;
                }
                if best[contact] == 0 {
                    found.push(contact as u32);
                }
                best[contact] = best[contact].max(worth(quality, field));
            }
        });
        for contact in &found {
            let contact = *contact as usize;
            points[contact] += best[contact];
            matched[contact] = turn as u8 + 1;
        }
        candidates = found;
    }
    top(index, &points, candidates, limit)
}

/// How well a token agrees with the word.
#[derive(Clone, Copy)]
enum Quality {
    Whole,
    Beginning,
    Slip,
}

fn worth(quality: Quality, field: Field) -> u16 {
    let agreement = match quality {
        Quality::Whole => 200,
        Quality::Beginning => 100,
        Quality::Slip => 10,
    };
    // A whole domain is worth less than the beginning of a name: everybody has it.
    match field {
        Field::Name => agreement + 40,
        Field::NamePart => agreement + 30,
        Field::Mailbox => agreement / 2 + 20,
        Field::Domain => agreement / 10 + 1,
    }
}

fn for_each_token(index: &SearchIndex, word: &str, slips: bool, mut visit: impl FnMut(usize, Quality)) {
    let beginning = index.beginning(word);
    for token in beginning.clone() {
        let quality = if index.token(token) == word { Quality::Whole } else { Quality::Beginning };
        visit(token, quality);
    }
    if !slips || word.chars().count() < SLIP_FROM {
        return;
    }
    for token in (0..index.token_count()).filter(|token| !beginning.contains(token)) {
        if one_slip(word, index.token(token)) {
            visit(token, Quality::Slip);
        }
    }
}

fn top(index: &SearchIndex, points: &[u16], mut candidates: Vec<u32>, limit: usize) -> Ranked {
    let total = candidates.len();
    let order = |contact: &u32| (std::cmp::Reverse(points[*contact as usize]), *contact);
    if limit < total {
        candidates.select_nth_unstable_by_key(limit, order);
        candidates.truncate(limit);
    }
    candidates.sort_unstable_by_key(order);
    Ranked { total, best: candidates.iter().map(|contact| index.keys[*contact as usize]).collect() }
}
