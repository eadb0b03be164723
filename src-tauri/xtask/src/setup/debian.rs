//! Installing packages on Debian and its descendants, as root or where sudo asks for no password.

use crate::command::{answer, find, program, run_quietly};
use crate::error::Error;

/// Installs packages, or says what a person has to install.
pub fn install(packages: &[&str], names: &[&str]) -> Result<(), Error> {
    let mut packages = packages.to_vec();
    packages.dedup();
    if packages.is_empty() {
        return Ok(());
    }
    let names = names.join(", ");
    if find("apt-get").is_none() {
        let known_as = packages.join(" ");
        return Err(Error::Missing(format!(
            "Missing: {names}.\nInstall them with this system's package manager, then try again. Debian calls them:\n  {known_as}"
        )));
    }
    let Some(prefix) = privileges() else {
        let command = format!("sudo apt-get update && sudo apt-get install -y {}", packages.join(" "));
        return Err(Error::Missing(format!("Missing: {names}.\nInstall them, then try again:\n  {command}")));
    };
    println!("Installing {} …", packages.join(" "));
    apt(prefix, &["update", "-qq"])?;
    apt(prefix, &[&["install", "-y", "-qq", "--no-install-recommends"][..], &packages].concat())
}

/// What goes before a command so that it may install packages; `None` if nothing helps.
fn privileges() -> Option<&'static [&'static str]> {
    if answer(program("id", ["-u"])).as_deref() == Some("0") {
        return Some(&["env"]);
    }
    answer(program("sudo", ["-n", "true"])).map(|_| &["sudo", "-n", "env"][..])
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Result<(), Error> {
    let words = [prefix, &["DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments].concat();
    match words.split_first() {
        Some((first, rest)) => run_quietly(program(first, rest)),
        None => Ok(()),
    }
}
