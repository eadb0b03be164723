//! The one source of chance.

use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// A generator that gives the same choices for the same seed and purpose on every machine.
#[derive(Debug, Clone)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The generator for one purpose.
    #[must_use]
    pub fn new(seed: u64, purpose: &str) -> Self {
        let digest = Sha256::digest(format!("{seed} {purpose}"));
        Self(ChaCha8Rng::from_seed(digest.into()))
    }

    /// A number below `bound`; 0 if that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        // 32 bits whatever the machine's word is, and a bias too small to matter here.
        let bound = bound.max(1) as u64;
        ((u64::from(self.0.next_u32()) * bound) >> 32) as usize
    }

    /// A number from `low` to `high`, inclusive.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of the items, which must not be none.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// So many decimal digits, the first not zero.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|place| char::from(b'0' + self.between(i64::from(place == 0), 9) as u8)).collect()
    }

    /// So many lower-case letters.
    pub fn letters(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }

    /// A GUID of version 4.
    pub fn guid(&mut self) -> String {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }
}
