//! A policy that may change while the app runs, and what is in force meanwhile.
//!
//! No thread, no timer, no clock: whoever has those takes a [`Reading`] every few seconds, or when the system tells of
//! a change, and hands it over. The answer says whether anything is to be done.
//!
//! Rules:
//! - A reading counts once it was the same twice in a row. What is being written is not read half-done.
//! - A policy that blocks sign-in does not touch the settings of the session that runs: the last good ones stay in
//!   force. Nobody can sign in anew until it is mended ([`Watched::sign_in_allowed`]).
//! - Where no good policy was ever in force, the broken one is: it is shut already.
//! - Removing the policy is a change like any other: once it is gone in two readings, the product's defaults hold.

use crate::effective::Effective;
use crate::load::LoadError;
use crate::problem::{Problem, ProblemKind};
use crate::reading::Reading;

/// What a reading changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Nothing: the sources are as they were when last judged.
    Unchanged,
    /// The sources differ from the last reading; the next one decides. Worth reading again soon.
    Settling,
    /// A new policy is in force: [`Watched::in_force`].
    Applied,
    /// The new policy blocks sign-in, so the last good one stays in force. [`Watched::problems`] says what to mend.
    Kept,
}

/// The policy of a running app.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The sources when last judged.
    judged: Reading,
    /// What they say, good or not.
    newest: Effective,
    /// What holds.
    in_force: Effective,
    /// Sources that differ from the judged ones, seen once.
    settling: Option<Reading>,
}

impl Watched {
    /// The policy at the start, in force at once whatever it says.
    #[must_use]
    pub fn new(first: Reading) -> Self {
        let newest = first.effective();
        Self { judged: first, in_force: newest.clone(), newest, settling: None }
    }

    /// Takes the next reading. A [`LoadError`] (the machine got a policy of its own while a named one was in use)
    /// counts as a policy that is refused.
    pub fn observe(&mut self, reading: Result<Reading, LoadError>) -> Change {
        let reading = reading.unwrap_or_else(|error| match &error {
            LoadError::MachineHasPolicy { machine, .. } => {
                Reading::refused(machine, ProblemKind::Overruled, error.message())
            }
        });
        if reading == self.judged {
            self.settling = None;
            return Change::Unchanged;
        }
        if self.settling.as_ref() != Some(&reading) {
            self.settling = Some(reading);
            return Change::Settling;
        }
        self.settling = None;
        self.newest = reading.effective();
        self.judged = reading;
        let broken = self.newest.sign_in_allowed().is_err();
        if broken && self.in_force.sign_in_allowed().is_ok() {
            return Change::Kept;
        }
        self.in_force = self.newest.clone();
        Change::Applied
    }

    /// The settings that hold for the session that runs.
    #[must_use]
    pub fn in_force(&self) -> &Effective {
        &self.in_force
    }

    /// What the sources said when last judged; differs from [`Watched::in_force`] only while it blocks sign-in.
    #[must_use]
    pub fn newest(&self) -> &Effective {
        &self.newest
    }

    /// Whether anybody may sign in anew. Ask this, not the settings in force.
    ///
    /// # Errors
    /// The problems that must be mended first.
    pub fn sign_in_allowed(&self) -> Result<(), &[Problem]> {
        self.newest.sign_in_allowed()
    }

    /// Everything that is wrong with the sources as last judged, whether or not they are in force.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.newest.problems()
    }

    /// Whether the last good settings hold in place of what the sources say now.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.newest.sign_in_allowed().is_err() && self.in_force.sign_in_allowed().is_ok()
    }
}
