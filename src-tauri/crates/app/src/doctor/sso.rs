//! The organization's own OpenID provider, where the policy names one.

use super::check::Check;
use super::report::CheckId;
use super::{fix, in_time};
use crate::app::App;
use crate::code::Code;
use crate::failure;
use convoke_auth::Authority;

const ID: CheckId = CheckId::Sso;

/// Asks for the provider's metadata.
pub async fn check(app: &App, needs: &[&Check]) -> Check {
    if let Some(skipped) = Check::unless(ID, needs) {
        return skipped;
    }
    let policy = app.policy();
    let Some(issuer) = &policy.sso.issuer else {
        let detail =
            "The policy names no OpenID provider of the organization: SSO goes through Microsoft 365.";
        return Check::skipped(ID, detail, fix::NOTHING);
    };
    let host = issuer.host_str().unwrap_or_default();
    let authority = Authority::OpenId { issuer: issuer.as_str().trim_end_matches('/').to_owned() };
    let transport = &*app.environment().transport;
    let asked = async { authority.discover(transport).await.map_err(|error| failure::of_auth(&error)) };
    match in_time(host, asked).await {
        Ok(_) => Check::ok(ID, &format!("The organization's OpenID provider at {host} answers.")),
        Err(failure) if failure.code == Code::UnexpectedAnswer => {
            let mend = fix::by(fix::POLICY, "set sso.issuer exactly as the provider's metadata spell it.");
            Check::of(ID, &failure).with_fix(&mend)
        }
        Err(failure) => Check::of(ID, &failure),
    }
}
