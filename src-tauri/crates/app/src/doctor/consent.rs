//! The permissions that the policy needs, against those that are granted: asked of Entra where there is a token.

use super::cache::Found;
use super::check::Check;
use super::lacking::{self, Lacking};
use super::report::CheckId;
use super::{MICROSOFT, fix, in_time};
use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use crate::profile::Profile;
use crate::tokens::resource;
use crate::wire::query::InLanguage;
use convoke_auth::AccessToken;
use convoke_auth::token::scope;
use convoke_model::service::{Service, ServiceState};
use convoke_policy::scopes::{ALWAYS, permitted, scope_of};

const ID: CheckId = CheckId::Consent;

/// Compares; the token is for the check of Graph.
pub async fn check(app: &App, needs: &[&Check], found: Option<&Found>) -> (Check, Option<AccessToken>) {
    let skipped = Check::unless(ID, needs);
    let Some(profile) = app.account().map(|account| account.profile()).filter(|_| skipped.is_none()) else {
        let nobody = || Check::skipped(ID, "Nobody is signed in.", fix::NOTHING);
        return (skipped.unwrap_or_else(nobody), None);
    };
    let permissions = app.policy().integration.permissions;
    let services = permitted(&permissions);
    if services.is_empty() {
        let step = fix::by(fix::POLICY, "set integration.permissions if Convoke should show anything.");
        return (Check::skipped(ID, "The policy permits no service, so nothing is needed.", &step), None);
    }
    let token = match token(app, &profile).await {
        Ok(token) => token,
        Err(failure) => return (refused(app, &failure), None),
    };
    let granted = token.as_ref().map(|token| token.scopes.clone()).unwrap_or_default();
    let mut lacking = Lacking::default();
    if scope::is_granted(ALWAYS, &granted) { &mut lacking.granted } else { &mut lacking.open }.push(ALWAYS);
    for service in services {
        let Some(needed) = scope_of(service, &permissions) else { continue };
        if scope::is_granted(needed, &granted) {
            lacking.granted.push(needed);
            continue;
        }
        match found.map(|found| state(found, service)) {
            Some(ServiceState::WaitingForAdmin) if is_approved(app, &profile, needed).await => {
                lacking.approved.push(needed);
            }
            Some(ServiceState::WaitingForAdmin) => lacking.waiting.push(needed),
            Some(ServiceState::Declined) => lacking.declined.push(needed),
            _ => lacking.open.push(needed),
        }
    }
    (lacking.told(app.policy().integration.user_consent, &link(app)), token)
}

/// A token for what was granted; `None` where Microsoft 365 has never been connected.
async fn token(app: &App, profile: &Profile) -> Result<Option<AccessToken>, Failure> {
    if profile.connected.is_none() {
        return Ok(None);
    }
    let source = app.token_source(profile)?;
    let asked = async { source.access_token().await.map_err(|error| failure::of_auth(&error)) };
    in_time(MICROSOFT, asked).await.map(Some)
}

/// Whether what waited has been approved since; what it says is not remembered.
async fn is_approved(app: &App, profile: &Profile, needed: &str) -> bool {
    let asked = async {
        let session = app.session(profile)?;
        let granted = session.probe(&resource(&[needed.to_owned()])).await;
        granted.map_err(|error| failure::of_auth(&error))
    };
    in_time(MICROSOFT, asked).await.is_ok_and(|granted| scope::is_granted(needed, &granted))
}

fn state(found: &Found, service: Service) -> ServiceState {
    match service {
        Service::Calendar => found.services.calendar.state,
        Service::Contacts => found.services.contacts.state,
        Service::Directory => found.services.directory.state,
    }
}

/// The link on which an administrator grants exactly what is needed.
fn link(app: &App) -> String {
    let request = app.admin_request(&InLanguage { language: "en".to_owned() });
    request.map(|request| request.link).unwrap_or_default()
}

/// No token: somebody withdrew, or somebody must sign in again.
fn refused(app: &App, failure: &Failure) -> Check {
    let check = Check::of(ID, failure);
    match failure.code {
        Code::AdminApprovalRequired => check.with_fix(&lacking::approve(&link(app))),
        Code::SignInRequired | Code::PermissionMissing | Code::ConsentDeclined => {
            check.with_fix(&fix::by(fix::USER, "run convokectl connect."))
        }
        _ => check,
    }
}
