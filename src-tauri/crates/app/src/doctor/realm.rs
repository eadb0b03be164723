//! Where the people of the domain sign in: at the organization's own page or at Microsoft's (protocols §1.10).

use super::check::Check;
use super::report::CheckId;
use super::{MICROSOFT, fix, in_time};
use crate::app::App;
use crate::failure;
use crate::tokens::microsoft;
use convoke_auth::realm::{Realm, RealmKind, look_up};

const ID: CheckId = CheckId::Realm;

/// Asks by the account's own name, because a tenant may lead some people of a domain elsewhere; by the policy's domain
/// where nobody is signed in.
pub async fn check(app: &App, needs: &[&Check]) -> Check {
    if let Some(skipped) = Check::unless(ID, needs) {
        return skipped;
    }
    let policy = app.policy();
    let account = app.account().map(|account| account.profile().account.username);
    let by_domain = || policy.sso.domain.as_ref().map(|domain| format!("user@{domain}"));
    let Some(username) = account.filter(|name| name.contains('@')).or_else(by_domain) else {
        let mend =
            fix::by(fix::USER, "sign in with convokectl sign-in; or the administrator sets sso.domain.");
        return Check::skipped(ID, "Nobody is signed in, and the policy names no sso.domain.", &mend);
    };
    let asked = async {
        let authority = microsoft(&policy)?;
        let transport = &*app.environment().transport;
        look_up(&authority, &username, transport).await.map_err(|error| failure::of_auth(&error))
    };
    match in_time(MICROSOFT, asked).await {
        Ok(realm) => told(&realm),
        Err(failure) => Check::of(ID, &failure),
    }
}

fn told(realm: &Realm) -> Check {
    let Realm { kind, domain, provider } = realm;
    match (kind, provider) {
        (RealmKind::Federated, Some(provider)) => {
            Check::ok(ID, &format!("{domain} is federated: its people sign in at {provider}."))
        }
        (RealmKind::Federated, None) => Check::ok(
            ID,
            &format!("{domain} is federated: its people sign in at the organization's own page."),
        ),
        (RealmKind::Managed, _) => {
            Check::ok(ID, &format!("{domain} is managed: its people sign in at Microsoft's page."))
        }
        (RealmKind::Unknown, _) => Check::warn(
            ID,
            &format!("Microsoft does not tell where the people of {domain} sign in."),
            &fix::by(
                fix::DOMAINS,
                "check that the domain is verified in the tenant, and spelled so in sso.domain.",
            ),
        ),
    }
}
