//! The policy as this program found it, and what `convokectl policy` says about it.

use crate::code::{Code, Failure};
use crate::environment::Environment;
use convoke_policy::choice::Choice;
use convoke_policy::{
    Effective, LoadError, ManagedSettings, PolicyEnvironment, ProblemKind, Reading, StdFileSystem, Unmanaged,
    locations, managed,
};
use std::path::{Path, PathBuf};

pub use convoke_policy::explain::Said;
pub use convoke_policy::generate::json_schema;
pub use convoke_policy::{
    Effective as Policy, Explanation, Problem, Row, Source, Status, UnknownKey, explain,
};

/// Reads the policy of this machine, or the named one where the machine has none.
///
/// # Errors
/// When a file was named and the machine has a policy of its own.
pub(crate) fn load(environment: &Environment) -> Result<Effective, Failure> {
    read(environment.machine_policy.clone(), environment.policy_file.clone())
}

/// The level of logging that policy wants. Cheap enough to ask before the program opens.
#[must_use]
pub fn log_level(environment: &Environment) -> &'static str {
    load(environment).unwrap_or_default().logs.level.word()
}

/// The policy of this machine, or the named one: what the commands about the policy show.
///
/// # Errors
/// As at start: when a file was named and the machine has a policy of its own.
pub fn in_force(named: Option<PathBuf>) -> Result<Policy, Failure> {
    let named = named.or_else(|| std::env::var_os(locations::OVERRIDE_VARIABLE).map(PathBuf::from));
    read(locations::machine_dir(), named)
}

/// Every problem and every note of a file. That it can't be read is a problem too.
#[must_use]
pub fn validate(file: &Path) -> Vec<Problem> {
    convoke_policy::validate_file(file, &StdFileSystem)
}

fn read(machine_dir: Option<PathBuf>, override_file: Option<PathBuf>) -> Result<Effective, Failure> {
    take(machine_dir, override_file).map(|reading| reading.effective()).map_err(|error| not_taken(&error))
}

/// What all sources of the policy hold now.
///
/// # Errors
/// [`LoadError::MachineHasPolicy`] if a file was named on a machine that has a policy.
pub(crate) fn reading(environment: &Environment) -> Result<Reading, LoadError> {
    take(environment.machine_policy.clone(), environment.policy_file.clone())
}

fn take(machine_dir: Option<PathBuf>, override_file: Option<PathBuf>) -> Result<Reading, LoadError> {
    // The demo and the tests name no machine's folder, and must not hear of this machine's management either.
    let (system, nobody) = (managed::system(), Unmanaged);
    let managed: &dyn ManagedSettings = if machine_dir.is_some() { &system } else { &nobody };
    Reading::take(&PolicyEnvironment { machine_dir, override_file }, &StdFileSystem, managed)
}

/// Why there is no policy to speak of.
pub(crate) fn not_taken(error: &LoadError) -> Failure {
    let LoadError::MachineHasPolicy { .. } = error;
    Failure {
        message: error.to_string(),
        // The message itself says what to leave out.
        help: "Only your administrator can change this machine's policy.".to_owned(),
        ..Failure::new(Code::PolicyOverruled)
    }
}

/// Why nobody may sign in under this policy, if so.
pub(crate) fn sign_in_refused(policy: &Effective) -> Option<Failure> {
    let first = policy.sign_in_allowed().err()?.first()?;
    let code = match first.kind {
        ProblemKind::Overruled => Code::PolicyOverruled,
        ProblemKind::Refused | ProblemKind::Untrusted => Code::PolicyRefused,
        _ => Code::PolicyInvalid,
    };
    let mut failure = Failure::new(code).with_detail(first.to_string());
    if code == Code::PolicyRefused {
        // The sentence of the code says that; which of the reasons it is, only the problem knows.
        failure.message = format!("The policy file {} can't be used. {}", first.file, first.message.en);
    }
    Some(failure)
}
