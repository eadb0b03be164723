//! Running other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::error::Error;
use crate::project::root;

/// A program with its arguments, started in the root of the repository.
pub fn program<A: AsRef<OsStr>>(name: impl AsRef<OsStr>, arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

/// Runs a program to its end, its output on the terminal.
pub fn run(mut command: Command) -> Result<(), Error> {
    let status = command.status().map_err(|source| Error::Start { program: words(&command), source })?;
    if status.success() { Ok(()) } else { Err(Error::Failed { program: words(&command) }) }
}

/// Runs a program without a word. If it fails, its output is shown.
pub fn run_quietly(mut command: Command) -> Result<(), Error> {
    let output = command.output().map_err(|source| Error::Start { program: words(&command), source })?;
    if output.status.success() {
        return Ok(());
    }
    eprint!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(Error::Failed { program: words(&command) })
}

/// What a program prints, if it succeeds.
pub fn answer(mut command: Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program with its output on the terminal, line by line, and hands each line of stdout to `listen`.
/// Returns whether it succeeded.
pub fn run_listening(mut command: Command, mut listen: impl FnMut(&str)) -> Result<bool, Error> {
    let name = words(&command);
    let started = |source| Error::Start { program: name.clone(), source };
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().map_err(started)?;
    if let Some(stdout) = child.stdout.take() {
        pass_on(stdout, &mut listen);
    }
    let status = child.wait().map_err(started)?;
    Ok(status.success())
}

fn pass_on(output: impl Read, listen: &mut impl FnMut(&str)) {
    let mut reader = BufReader::new(output);
    let mut line = Vec::new();
    // A line need not be text; what can't be read ends the listening, not the program.
    while matches!(reader.read_until(b'\n', &mut line), Ok(length) if length > 0) {
        let mut terminal = std::io::stdout().lock();
        if terminal.write_all(&line).and_then(|()| terminal.flush()).is_err() {
            thread::yield_now();
        }
        listen(&String::from_utf8_lossy(&line));
        line.clear();
    }
}

/// Where a program is, looked for as a shell would, and where cargo installs.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = cargo_bin();
    std::env::split_paths(&path).chain(installed).map(|folder| folder.join(name)).find_map(|path| {
        let suffixes = if cfg!(windows) { ["", "exe"] } else { ["", ""] };
        suffixes.into_iter().map(|suffix| path.with_extension(suffix)).find(|path| is_program(path))
    })
}

fn cargo_bin() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).map(|home| home.join("bin"))
}

fn is_program(path: &Path) -> bool {
    path.is_file()
}

fn words(command: &Command) -> String {
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    let words = std::iter::once(command.get_program().to_string_lossy()).chain(arguments);
    words.collect::<Vec<_>>().join(" ")
}
