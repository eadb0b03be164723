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
use crate::wire::exchange::ExchangeMethod;
use crate::wire::query::AdminRequestQuery;
use convoke_auth::AccessToken;
use convoke_auth::token::scope;
use convoke_ews::Endpoint;
use convoke_model::service::{Service, ServiceState};
use convoke_policy::scopes::{ALWAYS, permitted, scope_of};

const ID: CheckId = CheckId::Consent;

/// What connects the mailbox's own server anew.
const EXCHANGE: &str = "convokectl connect --exchange";

/// Compares; the token is for the check of Graph.
pub async fn check(app: &App, needs: &[&Check], found: Option<&Found>) -> (Check, Option<AccessToken>) {
    let skipped = Check::unless(ID, needs);
    let Some(profile) = app.account().map(|account| account.profile()).filter(|_| skipped.is_none()) else {
        let nobody = || Check::skipped(ID, "Nobody is signed in.", fix::NOTHING);
        return (skipped.unwrap_or_else(nobody), None);
    };
    if profile.uses_exchange() || app.is_exchange_decided() {
        return (exchange(app, &profile).await, None);
    }
    let permissions = app.policy().integration.permissions;
    let services = permitted(&permissions);
    if services.is_empty() {
        let step = fix::by(fix::POLICY, "set integration.permissions if Convoke should show anything.");
        return (Check::skipped(ID, "The policy permits no service, so nothing is needed.", &step), None);
    }
    let token = match token(app, &profile).await {
        Ok(token) => token,
        Err(failure) => return (refused(app, &failure, "convokectl connect"), None),
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

/// On an Exchange server permissions have no effect: what counts is the one consent of hybrid modern authentication,
/// where that is how the server is signed in at.
async fn exchange(app: &App, profile: &Profile) -> Check {
    let in_use = profile.exchange.as_ref().filter(|exchange| exchange.in_use);
    let Some(exchange) = in_use else {
        let detail = "Permissions of Microsoft Graph are not needed: integration.authorizeWith is ews.";
        return Check::skipped(ID, detail, fix::NOTHING);
    };
    let endpoint = exchange.url.as_deref().and_then(|url| Endpoint::new(url).ok());
    let host = endpoint.as_ref().map(Endpoint::host).unwrap_or_default();
    let no_effect = "integration.permissions have no effect there: EWS grants the whole mailbox.";
    let Some(endpoint) = endpoint.as_ref().filter(|_| exchange.method == Some(ExchangeMethod::Oauth)) else {
        let detail =
            format!("Meetings and contacts come from {host}, with user name and password; {no_effect}");
        return Check::skipped(ID, &detail, fix::NOTHING);
    };
    let needed = endpoint.scope();
    let asked = async {
        let granted = app.session(profile)?.probe(&resource(std::slice::from_ref(&needed))).await;
        granted.map_err(|error| failure::of_auth(&error))
    };
    match in_time(MICROSOFT, asked).await {
        Ok(granted) if scope::is_granted(&needed, &granted) => {
            Check::ok(ID, &format!("Granted: {needed}; {no_effect}"))
        }
        Ok(_) => {
            let detail = format!("{needed} is not granted.");
            let link = link(app);
            let step = format!("run {EXCHANGE}; if its page asks for an administrator, send them {link}");
            Check::fail(ID, Some(Code::NotConnected), &detail, &fix::by(fix::USER, &step))
        }
        Err(failure) => refused(app, &failure, EXCHANGE),
    }
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
    let request = app.admin_request(&AdminRequestQuery { language: "en".to_owned(), email: None });
    request.map(|request| request.link).unwrap_or_default()
}

/// No token: somebody withdrew, or somebody must sign in again.
fn refused(app: &App, failure: &Failure, command: &str) -> Check {
    let check = Check::of(ID, failure);
    match failure.code {
        Code::AdminApprovalRequired => check.with_fix(&lacking::approve(&link(app))),
        Code::SignInRequired | Code::PermissionMissing | Code::ConsentDeclined => {
            check.with_fix(&fix::by(fix::USER, &format!("run {command}.")))
        }
        _ => check,
    }
}
