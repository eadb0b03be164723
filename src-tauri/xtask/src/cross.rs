//! `cargo xtask cross`: type-checks the programs for Windows and macOS on a Debian machine.
//!
//! rustup's toolchain has no standard library for other systems without a download, so this uses Debian's own
//! compiler, which brings the library's source along and builds it. C code is not compiled, see `cross/cc.sh`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{program, run as run_program};
use crate::error::Error;
use crate::project::root;
use crate::setup::{self, Purpose};

/// A system that this machine can't run programs of.
#[derive(Debug)]
struct System {
    name: &'static str,
    target: &'static str,
}

const SYSTEMS: [System; 2] = [
    System { name: "windows", target: "x86_64-pc-windows-gnu" },
    System { name: "macos", target: "aarch64-apple-darwin" },
];

const CC: &str = include_str!("cross/cc.sh");
const AR: &str = include_str!("cross/ar.sh");

/// Checks the systems that are named, or both. A warning in our own code is a failure.
pub fn check(arguments: &[String]) -> Result<(), Error> {
    let chosen = chosen(arguments)?;
    if !Path::new("/etc/debian_version").exists() {
        let text = "The type-check for other systems uses Debian's packages of Rust; run it on Debian.";
        return Err(Error::Missing(text.to_owned()));
    }
    setup::for_purpose(Purpose::Cross)?;
    let folder = root().join("target/cross");
    let tools = Tools::put_down(&folder)?;
    for system in chosen {
        println!("── {}", system.name);
        run_program(tools.check(system, &folder))?;
    }
    Ok(())
}

fn chosen(arguments: &[String]) -> Result<Vec<&'static System>, Error> {
    let find = |name: &String| SYSTEMS.iter().find(|system| system.name == name);
    let known = |name: &String| {
        find(name).ok_or_else(|| Error::Usage(format!("cross knows windows and macos, not {name}")))
    };
    if arguments.is_empty() { Ok(SYSTEMS.iter().collect()) } else { arguments.iter().map(known).collect() }
}

/// The stand-ins, where they lie.
struct Tools {
    cc: PathBuf,
    ar: PathBuf,
}

impl Tools {
    fn put_down(folder: &Path) -> Result<Self, Error> {
        let tools = Self { cc: folder.join("cc"), ar: folder.join("ar") };
        let failed = |source| Error::Start { program: "cross".to_owned(), source };
        std::fs::create_dir_all(folder).map_err(failed)?;
        for (path, text) in [(&tools.cc, CC), (&tools.ar, AR)] {
            std::fs::write(path, text).map_err(failed)?;
            run_program(program("chmod", ["+x".as_ref(), path.as_os_str()]))?;
        }
        Ok(tools)
    }

    fn check(&self, system: &System, folder: &Path) -> Command {
        let mut command =
            program("/usr/bin/cargo", ["check", "--package", "convoke", "--package", "convoke-cli"]);
        command.args(["--target", system.target, "-Zbuild-std=std,panic_abort"]);
        command.args(["-Zwarnings", "--config", "build.warnings=\"deny\""]);
        let suffix = system.target.replace('-', "_");
        for name in ["CC", "CXX"] {
            command.env(format!("{name}_{suffix}"), &self.cc);
        }
        command.env(format!("AR_{suffix}"), &self.ar).env(format!("RANLIB_{suffix}"), "true");
        // Building the standard library is for toolchains that are not stable, unless one insists.
        command.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", "/usr/bin/rustc").env_remove("RUSTUP_TOOLCHAIN");
        // The headers are asked for a version only.
        command
            .env("OPENSSL_NO_VENDOR", "1")
            .env("OPENSSL_INCLUDE_DIR", "/usr/include")
            .env("OPENSSL_LIB_DIR", "/usr/lib/x86_64-linux-gnu");
        command.env("SDKROOT", folder).env("CARGO_TARGET_DIR", folder.join("build"));
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_by_name() {
        let names = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            chosen(&words).map(|systems| systems.iter().map(|system| system.name).collect::<Vec<_>>()).ok()
        };
        assert_eq!(names(&[]), Some(vec!["windows", "macos"]));
        assert_eq!(names(&["macos"]), Some(vec!["macos"]));
        assert_eq!(names(&["beos"]), None);
    }
}
