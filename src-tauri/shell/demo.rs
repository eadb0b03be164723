//! `--demo`: a simulated tenant in this process and a profile that is thrown away.

use convoke_app::environment::Environment;
use convoke_app::folders::Folders;
use convoke_tenant::{Options, Running, TenantError};
use std::io::Write;
use std::path::PathBuf;
use tempfile::TempDir;

/// The demo's tenant and profile; both end with it.
pub struct Demo {
    tenant: Running,
    profile: TempDir,
}

/// Why the demo doesn't start.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// No folder for the profile.
    #[error("no folder for the demo's profile")]
    Profile(#[from] std::io::Error),
    /// The tenant didn't start.
    #[error("the simulated tenant doesn't start")]
    Tenant(#[from] TenantError),
}

impl Demo {
    /// Starts the tenant and makes the profile.
    ///
    /// # Errors
    /// When one of them can't be made.
    pub async fn start() -> Result<Self, DemoError> {
        let profile = tempfile::Builder::new().prefix("convoke-demo-").tempdir()?;
        let tenant = convoke_tenant::start(Options::default()).await?;
        let demo = Self { tenant, profile };
        demo.say_who_can_sign_in();
        Ok(demo)
    }

    /// The computer, with the demo's folders and policy.
    pub fn environment(&self) -> Environment {
        let folders = Folders::below(self.profile.path());
        let policy = PathBuf::from(&self.tenant.ready.policy);
        Environment::of_demo(folders, policy)
    }

    /// These people are made up, and so are their passwords.
    fn say_who_can_sign_in(&self) {
        let _ = writeln!(std::io::stderr(), "People of the demo (user name, password):");
        for user in &self.tenant.ready.users {
            let _ = writeln!(std::io::stderr(), "  {}  {}  ({})", user.username, user.password, user.role);
        }
    }
}
