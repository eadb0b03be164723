//! Changes by chance, the same for the same seed.

use super::named::{NAMES, named};
use crate::world::World;
use crate::world::generate::dice::Dice;

/// Makes `n` changes to a user's mailbox and says what they were. A mailbox that has nothing to change stays.
pub fn random(world: &mut World, user: usize, n: usize, seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed, "mutations");
    changes(n, || {
        let name = dice.pick(&NAMES);
        named(world, user, name, &mut dice)
    })
}

/// Makes `n` changes of one kind and says what they were; none if there is no such kind.
pub fn repeated(world: &mut World, user: usize, name: &str, n: usize, seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed, name);
    changes(n, || named(world, user, name, &mut dice))
}

/// Tries until there are `n`. Some attempts find nothing to change, which must not go on for ever.
fn changes(n: usize, mut attempt: impl FnMut() -> Option<String>) -> Vec<String> {
    let mut done = Vec::new();
    for _ in 0..n.saturating_mul(20) {
        if done.len() == n {
            break;
        }
        done.extend(attempt());
    }
    done
}
