//! Opening a page in the user's browser.

use std::ffi::{OsStr, OsString};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use url::Url;

/// Why no browser opened. The link can still be copied.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// No program to open pages with was found or could be started.
    #[error("no browser could be started")]
    NotFound,
    /// The program that opens pages failed.
    #[error("{program} could not open the page")]
    Failed {
        /// The program.
        program: String,
    },
}

/// Opens pages. Called on a thread that may block for a second.
pub trait Browser: Send + Sync {
    /// Opens `url`.
    ///
    /// # Errors
    /// [`BrowserError`] when it is known that no page opened.
    fn open(&self, url: &Url) -> Result<(), BrowserError>;
}

/// Opens nothing: the caller shows the link (`convokectl --print-url`).
#[derive(Clone, Copy, Debug, Default)]
pub struct NoBrowser;

impl Browser for NoBrowser {
    fn open(&self, _url: &Url) -> Result<(), BrowserError> {
        Ok(())
    }
}

/// The browser that the system is set to, or the commands of the `BROWSER` variable.
#[derive(Clone, Debug)]
pub struct SystemBrowser {
    variable: Option<OsString>,
    /// How long a failure of the opener is waited for; openers that work may run as long as the browser.
    patience: Duration,
}

impl SystemBrowser {
    /// With the value of the environment's `BROWSER`, where it is set.
    #[must_use]
    pub fn new(variable: Option<OsString>) -> Self {
        Self { variable, patience: Duration::from_secs(1) }
    }

    /// The argument vectors to try in order. The URL is always one argument and never passes a shell (B22).
    fn commands(&self, url: &Url) -> Vec<Vec<OsString>> {
        match self.variable.as_deref().and_then(OsStr::to_str).filter(|value| !value.trim().is_empty()) {
            Some(value) => from_variable(value, url.as_str()),
            None => opener::COMMANDS
                .iter()
                .map(|words| words.iter().map(OsString::from).chain([OsString::from(url.as_str())]).collect())
                .collect(),
        }
    }
}

impl Browser for SystemBrowser {
    fn open(&self, url: &Url) -> Result<(), BrowserError> {
        let mut last = BrowserError::NotFound;
        for command in self.commands(url) {
            let Some((program, arguments)) = command.split_first() else {
                continue;
            };
            let started = Command::new(program)
                .args(arguments)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn();
            let Ok(child) = started else { continue };
            match settle(child, self.patience) {
                true => return Ok(()),
                false => last = BrowserError::Failed { program: program.to_string_lossy().into_owned() },
            }
        }
        Err(last)
    }
}

/// Whether the opener works: it ended well, or it still runs after `patience`.
fn settle(mut child: Child, patience: Duration) -> bool {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if start.elapsed() < patience => std::thread::sleep(Duration::from_millis(20)),
            Ok(None) => break,
            Err(_) => return false,
        }
    }
    // Reaped on a thread of its own, so that no zombie stays when the browser ends.
    std::thread::spawn(move || drop(child.wait()));
    true
}

/// `BROWSER` as the desktop tools read it: commands between colons, words between blanks, `%s` for the URL.
fn from_variable(value: &str, url: &str) -> Vec<Vec<OsString>> {
    let separator = if cfg!(windows) { ';' } else { ':' };
    value
        .split(separator)
        .filter(|command| !command.trim().is_empty())
        .map(|command| {
            let mut words: Vec<OsString> = command
                .split_whitespace()
                .map(|word| if word == "%s" { OsString::from(url) } else { OsString::from(word) })
                .collect();
            if !command.split_whitespace().any(|word| word == "%s") {
                words.push(OsString::from(url));
            }
            words
        })
        .collect()
}

/// The system's openers. `rundll32` takes the URL as it is; `cmd /c start` would interpret `&`.
mod opener {
    #[cfg(target_os = "macos")]
    pub(super) const COMMANDS: &[&[&str]] = &[&["/usr/bin/open"]];
    #[cfg(windows)]
    pub(super) const COMMANDS: &[&[&str]] = &[&["rundll32.exe", "url.dll,FileProtocolHandler"]];
    #[cfg(not(any(target_os = "macos", windows)))]
    pub(super) const COMMANDS: &[&[&str]] =
        &[&["xdg-open"], &["gio", "open"], &["sensible-browser"], &["x-www-browser"]];
}

#[cfg(test)]
mod tests {
    use super::{Browser, BrowserError, SystemBrowser, from_variable};
    use url::Url;

    const TRICKY: &str = "https://login.example/?a=1&b=$(touch%20x);`id`";

    #[test]
    fn b22_the_url_is_one_argument() {
        assert_eq!(from_variable("firefox", TRICKY), [["firefox", TRICKY]]);
        assert_eq!(from_variable("firefox --new-tab %s", TRICKY), [["firefox", "--new-tab", TRICKY]]);
        #[cfg(unix)]
        assert_eq!(from_variable("a:b %s::", TRICKY), [vec!["a", TRICKY], vec!["b", TRICKY]]);
    }

    #[test]
    #[cfg(unix)]
    fn b22_a_browser_that_fails_is_reported() {
        let url = Url::parse(TRICKY).unwrap();
        let open = |variable: &str| SystemBrowser::new(Some(variable.into())).open(&url);
        assert!(matches!(open("/bin/false"), Err(BrowserError::Failed { .. })));
        assert!(matches!(open("/nonexistent/browser"), Err(BrowserError::NotFound)));
        assert!(open("/bin/true").is_ok());
        assert!(open("/nonexistent/browser:/bin/false:/bin/true").is_ok());
    }

    #[test]
    fn an_empty_variable_is_no_variable() {
        let url = Url::parse("https://login.example/").unwrap();
        assert!(!SystemBrowser::new(Some(" ".into())).commands(&url).is_empty());
    }
}
