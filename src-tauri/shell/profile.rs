//! Whose files, keychain and policy the window works with: the user's own, or the demo's.

use super::arguments::Arguments;
#[cfg(feature = "demo")]
use super::demo::{Demo, DemoError};
use convoke_app::code::Failure;
use convoke_app::environment::Environment;

/// The profile; kept as long as the window is open.
pub struct Profile {
    environment: Environment,
    #[cfg(feature = "demo")]
    _demo: Option<Demo>,
}

/// Why there is no profile.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The computer lacks something.
    #[error(transparent)]
    Environment(#[from] Failure),
    /// The demo doesn't start.
    #[cfg(feature = "demo")]
    #[error(transparent)]
    Demo(#[from] DemoError),
}

impl Profile {
    /// The profile that the command line asks for.
    ///
    /// # Errors
    /// When the computer has no place for it, or the demo doesn't start.
    pub fn of(arguments: Arguments) -> Result<Self, ProfileError> {
        #[cfg(feature = "demo")]
        if arguments.demo {
            let demo = tauri::async_runtime::block_on(Demo::start())?;
            return Ok(Self { environment: demo.environment(), _demo: Some(demo) });
        }
        Ok(Self {
            environment: Environment::of_system(None)?,
            #[cfg(feature = "demo")]
            _demo: None,
        })
    }

    /// What the product takes from the computer.
    pub fn environment(&self) -> Environment {
        self.environment.clone()
    }
}
