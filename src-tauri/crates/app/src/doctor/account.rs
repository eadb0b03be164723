//! Who is signed in, and whether the policy admits them.

use super::check::Check;
use super::fix;
use super::report::CheckId;
use crate::app::{App, blocking};
use crate::code::{Code, Failure};
use crate::failure;
use crate::profile::Profile;
use convoke_policy::settings::Accounts;

const ID: CheckId = CheckId::Account;

/// Looks at the account file; while the policy is broken, nobody can tell whom it admits.
pub async fn check(app: &App, policy: &Check) -> Check {
    let Some(account) = app.account() else {
        return nobody(app).await;
    };
    if let Some(skipped) = Check::unless(ID, &[policy]) {
        return skipped;
    }
    let account = account.profile().account;
    if is_admitted(&app.policy().accounts, account.tenant_id.as_deref(), &account.username) {
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
    let failure = Failure::new(Code::SignInRequired);
    Check::fail(
        ID,
        Some(failure.code),
        "Nobody is signed in.",
        &fix::by(fix::USER, "run convokectl sign-in."),
    )
}

/// As at sign-in: another provider knows no Microsoft tenant, so only its domain counts here.
fn is_admitted(accounts: &Accounts, tenant: Option<&str>, username: &str) -> bool {
    if tenant.is_some() {
        return accounts.permit(tenant, username);
    }
    let domains = accounts.allowed_domains.clone();
    Accounts { allowed_tenants: None, allowed_domains: domains }.permit(None, username)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenants_count_where_the_account_has_one_and_domains_always() {
        let list = |items: &[&str]| Some(items.iter().map(|item| (*item).to_owned()).collect());
        let accounts = Accounts { allowed_tenants: list(&["t1"]), allowed_domains: list(&["contoso.com"]) };
        for (tenant, username, expected) in [
            (Some("t1"), "ana@contoso.com", true),
            (Some("t2"), "ana@contoso.com", false),
            (Some("t1"), "ana@fabrikam.com", false),
            (None, "ana@contoso.com", true),
            (None, "ana@fabrikam.com", false),
        ] {
            assert_eq!(is_admitted(&accounts, tenant, username), expected, "{tenant:?} {username}");
        }
    }
}
