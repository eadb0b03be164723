//! Whose accounts the policy permits: at sign-in, and of who is signed in already (policy.md, `accounts`).
//!
//! An account that the policy stops permitting is nobody to the program from then on: nothing of it is shown, searched,
//! synced or asked for. Its tokens and its cache stay in the keychain and on the disk, so that a slip in the policy
//! costs nothing once it is mended.

use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use crate::profile::Profile;
use crate::wire::snapshot::{Purpose, SignIn, SignInPhase};

impl App {
    /// Why the account that signed in may not be used, if so.
    pub(crate) fn account_refused(&self) -> Option<Failure> {
        let account = self.known_account()?.profile().account;
        let permitted =
            self.policy().accounts.permit_sign_in(account.tenant_id.as_deref(), &account.username);
        (!permitted).then(|| Failure::new(Code::AccountNotAllowed).with_detail(account.username))
    }

    /// The leg as the window sees it. Where none has anything to say, it says why the account may not be used.
    pub(crate) fn leg_view(&self) -> SignIn {
        let view = self.inner.lock(&self.inner.leg).view();
        match self.account_refused() {
            Some(failure) if view.phase == SignInPhase::Idle => {
                let (phase, purpose) = (SignInPhase::Failed, Purpose::SignIn);
                SignIn { phase, purpose, services: Vec::new(), failure: Some(failure) }
            }
            _ => view,
        }
    }

    /// Ends an authorization at a tenant that the policy stopped permitting, where the sign-in is another provider's.
    pub(super) async fn follow_tenants(&self) -> Result<(), Failure> {
        let Some(account) = self.account() else { return Ok(()) };
        let profile = account.profile();
        let tenant = profile.connected.as_ref().and_then(|connected| connected.tenant_id());
        let foreign = tenant.is_some_and(|tenant| {
            let listed = self.policy().accounts.allowed_tenants.clone();
            listed.is_some_and(|listed| !listed.iter().any(|one| one.eq_ignore_ascii_case(tenant)))
        });
        if foreign { self.forget_authorization().await } else { Ok(()) }
    }

    /// Who takes over this computer's profile leaves no token of the last one behind.
    pub(super) fn forget_tokens_of_another(&self, newcomer: &Profile) -> Result<(), Failure> {
        let Some(last) = self.known_account().map(|account| account.profile()) else { return Ok(()) };
        if last.key == newcomer.key {
            return Ok(());
        }
        for entry in [last.refresh_token_entry(), last.exchange_password_entry()] {
            self.environment().keychain.delete(&entry).map_err(|error| failure::of_keychain(&error))?;
        }
        Ok(())
    }
}
