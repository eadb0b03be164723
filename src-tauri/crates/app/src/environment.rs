//! What the product takes from the computer: folders, keychain, browser, network, clock, zone.
//! Everything below takes these as arguments; only this file reads the process's environment.

use crate::code::{Code, Failure};
use crate::folders::Folders;
use crate::logs::Logging;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use convoke_auth::browser::{Browser, SystemBrowser};
use convoke_auth::keychain::{MemoryKeychain, OsKeychain, OsKeychainOptions, SecretStore};
use convoke_model::clock::Clock;
use convoke_net::{Client, ClientOptions, Transport};
use convoke_policy::locations;
use std::path::PathBuf;
use std::sync::Arc;

/// The computer, as far as the product sees it.
#[derive(Clone)]
pub struct Environment {
    /// Folders of the profile.
    pub folders: Folders,
    /// Folder of the machine's own policy.
    pub machine_policy: Option<PathBuf>,
    /// Policy file for machines that have no policy of their own.
    pub policy_file: Option<PathBuf>,
    /// Where secrets lie.
    pub keychain: Arc<dyn SecretStore>,
    /// How a page is opened for the user.
    pub browser: Arc<dyn Browser>,
    /// The network.
    pub transport: Arc<dyn Transport>,
    /// How further connections are made, such as those that sign in with a password.
    pub client_options: ClientOptions,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The local zone.
    pub zone: Tz,
    /// Whether this is the demo.
    pub demo: bool,
    /// The log, where it follows the policy.
    pub logging: Logging,
}

/// The machine's clock.
struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

impl Environment {
    /// The computer that this process runs on. `policy_file` comes from the command line and goes before
    /// `CONVOKE_POLICY_FILE`.
    ///
    /// # Errors
    /// When the system names no home folder.
    pub fn of_system(policy_file: Option<PathBuf>) -> Result<Self, Failure> {
        let variable = |name: &str| std::env::var(name).ok();
        let folders = Folders::of_system(&variable)
            .ok_or_else(|| Failure::new(Code::CacheUnusable).with_detail("no home folder"))?;
        let policy_file = policy_file.or_else(|| variable(locations::OVERRIDE_VARIABLE).map(PathBuf::from));
        Ok(Self::in_folders(folders, policy_file))
    }

    /// The demo: folders, policy and keychain of its own, so that nothing of the machine is touched or asked.
    #[must_use]
    pub fn of_demo(folders: Folders, policy_file: PathBuf) -> Self {
        Self {
            machine_policy: None,
            keychain: Arc::new(MemoryKeychain::default()),
            demo: true,
            ..Self::in_folders(folders, Some(policy_file))
        }
    }

    fn in_folders(folders: Folders, policy_file: Option<PathBuf>) -> Self {
        let client_options = ClientOptions::default();
        let client = Client::new(client_options.clone());
        Self {
            folders,
            machine_policy: locations::machine_dir(),
            policy_file,
            keychain: Arc::new(OsKeychain::new(OsKeychainOptions::default())),
            browser: Arc::new(SystemBrowser::new(std::env::var_os("BROWSER"))),
            transport: Arc::new(client),
            client_options,
            clock: Arc::new(SystemClock),
            zone: local_zone(std::env::var("TZ").ok().as_deref()),
            demo: false,
            logging: Logging::default(),
        }
    }
}

/// The zone that `TZ` names, else the system's, else UTC.
fn local_zone(variable: Option<&str>) -> Tz {
    variable
        .and_then(|name| name.trim_start_matches(':').parse().ok())
        .or_else(|| iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()))
        .unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_the_variables() {
        assert_eq!(local_zone(Some("Asia/Tokyo")), Tz::Asia__Tokyo);
        assert_eq!(local_zone(Some(":Europe/Madrid")), Tz::Europe__Madrid);
    }
}
