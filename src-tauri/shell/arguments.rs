//! The command line of the window. Anything that isn't listed is refused, never passed on.

use std::ffi::OsString;

/// What the program was asked to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Run against the embedded simulated tenant in a throw-away profile.
    pub demo: bool,
    /// Print when each phase of the start was reached.
    pub trace_start: bool,
}

/// What a command line means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// Open the window.
    Open(Arguments),
    /// Print this and end well.
    Print(String),
    /// Print this and end with status 2.
    Refuse(String),
}

const USAGE: &str = "\
Usage: convoke [OPTIONS]

Options:
      --demo         Try Convoke with made-up people and meetings; nothing is kept
      --trace-start  Print `start PHASE UNIX_NS` lines to stderr while starting
      --version      Print the version
      --help         Print this
";

/// Reads a command line without the program's own name.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Parsed {
    let mut parsed = Arguments::default();
    for argument in arguments {
        match argument.to_str() {
            Some("--demo") if cfg!(feature = "demo") => parsed.demo = true,
            Some("--trace-start") => parsed.trace_start = true,
            Some("--version") => return Parsed::Print(format!("convoke {}\n", env!("CARGO_PKG_VERSION"))),
            Some("--help" | "-h") => return Parsed::Print(USAGE.to_owned()),
            // Older macOS adds a process serial number when the Finder starts a program.
            Some(serial) if cfg!(target_os = "macos") && serial.starts_with("-psn_") => {}
            _ => return Parsed::Refuse(format!("convoke: unknown argument\n\n{USAGE}")),
        }
    }
    Parsed::Open(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], expected: Parsed) {
        assert_eq!(parse(arguments.iter().map(OsString::from)), expected, "{arguments:?}");
    }

    #[test]
    fn known_arguments_are_read() {
        check(&[], Parsed::Open(Arguments::default()));
        check(&["--trace-start"], Parsed::Open(Arguments { demo: false, trace_start: true }));
        check(&["--help"], Parsed::Print(USAGE.to_owned()));
    }

    #[test]
    fn b46_strange_arguments_are_refused() {
        let refused = Parsed::Refuse(format!("convoke: unknown argument\n\n{USAGE}"));
        for strange in ["--x", "; rm", "../../etc/passwd", "", "--demo=1", &"a".repeat(1 << 20)] {
            check(&[strange], refused.clone());
        }
    }

    #[cfg(unix)]
    #[test]
    fn b46_arguments_that_are_no_text_are_refused() {
        use std::os::unix::ffi::OsStringExt;
        assert!(matches!(parse([OsString::from_vec(vec![0xff, 0xfe])]), Parsed::Refuse(_)));
    }
}
