//! Changes by chance, the same for the same seed.

use super::named::{NAMES, named};
use crate::world::World;
use crate::world::generate::dice::Dice;

/// Makes `n` changes to a user's mailbox and says what they were. A mailbox that has nothing to change stays.
pub fn random(world: &mut World, user: usize, n: usize, seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed, "mutations");
    let mut done = Vec::new();
    // Some changes find nothing to change, which must not go on for ever.
    for _ in 0..n.saturating_mul(20) {
        if done.len() == n {
            break;
        }
        let name = dice.pick(&NAMES);
        done.extend(named(world, user, name, &mut dice));
    }
    done
}
