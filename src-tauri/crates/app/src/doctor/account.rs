//! Who is signed in, and whether the policy admits them.

use super::check::Check;
use super::fix;
use super::report::CheckId;
use crate::app::{App, blocking};
use crate::code::Code;
use crate::failure;
use crate::profile::Profile;

const ID: CheckId = CheckId::Account;

/// Looks at the account file; while the policy is broken, nobody can tell whom it admits.
pub async fn check(app: &App, policy: &Check) -> Check {
    let Some(account) = app.known_account() else {
        return nobody(app).await;
    };
    if let Some(skipped) = Check::unless(ID, &[policy]) {
        return skipped;
    }
    let account = account.profile().account;
    if app.policy().accounts.permit_sign_in(account.tenant_id.as_deref(), &account.username) {
        return Check::ok(ID, &format!("Signed in as {}.", account.username));
    }
    let code = Code::AccountNotAllowed;
    let detail = format!("Signed in as {}, whom the policy's accounts.* do not admit.", account.username);
    let step = "sign in with an account of the organization: convokectl sign-in.";
    Check::fail(ID, Some(code), &detail, &fix::by(fix::USER, step))
}

/// A file that can't be read looks like nobody to the rest of the product.
async fn nobody(app: &App) -> Check {
    let data = app.environment().folders.data.clone();
    if let Err(failure) =
        blocking(move || Profile::read(&data).map_err(|error| failure::of_file(&error))).await
    {
        return Check::of(ID, &failure);
    }
    Check::fail(ID, Some(Code::SignInRequired), "Nobody is signed in.", &sign_in(app))
}

/// The step towards a sign-in. Where users may not consent, Microsoft may keep the sign-in itself from them.
fn sign_in(app: &App) -> String {
    let policy = app.policy();
    let step = if policy.integration.user_consent || policy.sso.issuer.is_some() {
        "run convokectl sign-in."
    } else {
        "run convokectl sign-in; if its page says that an administrator must approve, send them the text of \
         convokectl admin-request: who may not consent can't sign in before."
    };
    fix::by(fix::USER, step)
}
