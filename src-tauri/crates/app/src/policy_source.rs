//! The policy as this program found it, and what `convokectl policy` says about it.

use crate::code::{Code, Failure};
use crate::environment::Environment;
use convoke_policy::{Effective, FileSource, LoadError, PolicyEnvironment, StdFileSystem, locations};
use std::path::{Path, PathBuf};

pub use convoke_policy::{Problem, Row, Status};

/// A policy file is never larger than this; what is larger is refused without being read whole.
const MAX_BYTES: u64 = 1 << 20;

/// Reads the policy of this machine, or the named one where the machine has none.
///
/// # Errors
/// When a file was named and the machine has a policy of its own.
pub(crate) fn load(environment: &Environment) -> Result<Effective, Failure> {
    read(environment.policy_file.clone())
}

/// Every key of the policy in force, with value and source.
///
/// # Errors
/// As at start: when a file was named and the machine has a policy of its own.
pub fn show(named: Option<PathBuf>) -> Result<Vec<Row>, Failure> {
    let named = named.or_else(|| std::env::var_os(locations::OVERRIDE_VARIABLE).map(PathBuf::from));
    Ok(read(named)?.rows())
}

/// Every problem of a file, notes left out.
///
/// # Errors
/// When the file can't be read.
pub fn validate(file: &Path) -> Result<Vec<Problem>, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::new(Code::PolicyInvalid).with_detail(format!("{}: {error}", file.display()))
    };
    let mut bytes = Vec::new();
    let open = std::fs::File::open(file).map_err(unreadable)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(open, MAX_BYTES + 1), &mut bytes).map_err(unreadable)?;
    let name = file.display().to_string();
    let problems = convoke_policy::validate(FileSource { name: &name, bytes: &bytes });
    Ok(problems.into_iter().filter(Problem::is_fault).collect())
}

fn read(override_file: Option<PathBuf>) -> Result<Effective, Failure> {
    let places = PolicyEnvironment { machine_dir: locations::machine_dir(), override_file };
    convoke_policy::load(&places, &StdFileSystem).map_err(|error| match error {
        LoadError::MachineHasPolicy { .. } => Failure {
            code: Code::PolicyRefused,
            message: error.to_string(),
            help: "Only your administrator can change this machine's policy.".to_owned(),
            who: crate::code::Who::Administrator,
            detail: None,
        },
    })
}

/// Why nobody may sign in under this policy, if so.
pub(crate) fn sign_in_refused(policy: &Effective) -> Option<Failure> {
    let first = policy.sign_in_allowed().err()?.first()?;
    let refused = first.kind == convoke_policy::ProblemKind::Refused;
    let code = if refused { Code::PolicyRefused } else { Code::PolicyInvalid };
    Some(Failure::new(code).with_detail(first.to_string()))
}
