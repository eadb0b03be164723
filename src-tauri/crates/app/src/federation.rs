//! Where the account's domain signs in, looked up when somebody asks.

use crate::app::App;
use crate::code::Failure;
use crate::failure;
use crate::tokens::microsoft;
use crate::wire::snapshot::{Federation, FederationKind};
use convoke_auth::realm::{RealmKind, look_up};

impl App {
    /// Looks up where the account's domain signs in, and tells the window.
    ///
    /// # Errors
    /// When nobody is signed in, or Microsoft does not answer.
    pub async fn look_up_federation(&self) -> Result<Federation, Failure> {
        let username = self.signed_in()?.profile().account.username;
        let authority = microsoft(&self.policy())?;
        let realm = look_up(&authority, &username, &*self.environment().transport)
            .await
            .map_err(|error| failure::of_auth(&error))?;
        let kind = match realm.kind {
            RealmKind::Federated => FederationKind::Federated,
            RealmKind::Managed => FederationKind::Managed,
            RealmKind::Unknown => FederationKind::Unknown,
        };
        let federation = Federation { kind, domain: realm.domain };
        *self.inner.lock(&self.inner.federation) = Some(federation.clone());
        self.announce();
        Ok(federation)
    }
}
