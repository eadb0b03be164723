//! Getting a machine ready: what is needed, whether it is there, and installing it where that is allowed.

mod debian;
mod needs;
mod node;

use crate::command::{program, run_quietly};
use crate::error::Error;
use crate::project::cargo;
use needs::{Check, NEEDS, Need, Source};

pub use needs::Purpose;

/// Everything that any command needs.
pub fn all() -> Result<(), Error> {
    for_purpose(Purpose::Test)?;
    println!("Everything is there.");
    Ok(())
}

/// What one purpose needs.
pub fn for_purpose(purpose: Purpose) -> Result<(), Error> {
    node::check()?;
    if cfg!(target_os = "linux") {
        system(purpose)?;
    }
    node::install()
}

/// Packages of the system, and programs that cargo installs. Linux only: macOS and Windows bring the webview and
/// the keychain along, and the tests that need more than these are left out there.
fn system(purpose: Purpose) -> Result<(), Error> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| need.serves(purpose) && !need.is_there()).collect();
    let packages = missing.iter().filter_map(|need| match need.source {
        Source::Debian(package) => Some(package),
        Source::Cargo(_) => None,
    });
    debian::install(&packages.collect::<Vec<_>>(), &names(&missing))?;
    for need in missing {
        if let Source::Cargo(arguments) = need.source {
            println!("Installing {} with cargo …", need.name);
            run_quietly(program(cargo(), [&["install", "--quiet"][..], arguments].concat()))?;
        }
        if !need.is_there() {
            return Err(Error::Missing(format!("{} was installed and still can't be found.", need.name)));
        }
    }
    Ok(())
}

fn names(needs: &[&Need]) -> Vec<&'static str> {
    needs.iter().map(|need| need.name).collect()
}

impl Need {
    fn serves(&self, purpose: Purpose) -> bool {
        self.purpose == Purpose::Run || self.purpose == purpose
    }

    fn is_there(&self) -> bool {
        match self.check {
            Check::Program(name) => crate::command::find(name).is_some(),
            Check::Library(name) => {
                crate::command::answer(program("pkg-config", ["--modversion", name])).is_some()
            }
            Check::File(path) => std::path::Path::new(path).exists(),
            Check::Succeeds(name, arguments) => crate::command::answer(program(name, arguments)).is_some(),
        }
    }
}
