//! Plain XML: the older service of the company's own server, for people who have signed in.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::{POX, base, is_company};
use crate::entra::realm::domain_of;
use crate::ews::legacy_dn;
use crate::ews::quirks::Quirk;
use crate::state::Shared;
use crate::world::{Mailbox, World};
use crate::xml::{self, Element, Node, element};

const REQUEST: &str = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";
const RESPONSE: &str = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
const OUTLOOK: &str = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
/// Domain of the addresses that lead to the cloud.
const CLOUD_DOMAIN: &str = "contoso.mail.onmicrosoft.example";

/// Answers a request.
pub fn answer(shared: &Shared, headers: &HeaderMap, body: &[u8]) -> Response {
    let response = match xml::read(body).ok().as_ref().and_then(asked) {
        None => error("600", "Invalid Request"),
        Some((_, schema)) if schema != OUTLOOK => error("601", "Provider is not available"),
        Some((email, _)) => about(shared, headers, email),
    };
    let document = element("Autodiscover").with("xmlns", RESPONSE).child(response);
    let Ok(bytes) = xml::write(&document) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    response
}

/// The address asked about, and the schema wanted.
fn asked(root: &Node) -> Option<(&str, &str)> {
    let request =
        root.child("Request").filter(|_| root.namespace == REQUEST && root.name == "Autodiscover")?;
    let email = request.child_text("EMailAddress").filter(|email| email.contains('@'))?;
    Some((email, request.child_text("AcceptableResponseSchema")?))
}

fn about(shared: &Shared, headers: &HeaderMap, email: &str) -> Element {
    if shared.exchange_has(Quirk::AutodiscoverLoop) {
        return redirect_address(&other_of_circle(email));
    }
    if shared.exchange_has(Quirk::AutodiscoverForeign)
        || (shared.exchange_has(Quirk::AutodiscoverRedirectUrl) && !is_company(headers))
    {
        return redirect_url(&format!("{}{POX}", base(shared, &shared.urls.autodiscover())));
    }
    let world = shared.world();
    let user = world
        .users
        .iter()
        .position(|user| user.mail.as_deref().is_some_and(|mail| mail.eq_ignore_ascii_case(email)));
    match user.map(|user| (user, world.users[user].mailbox)) {
        Some((user, Mailbox::OnPremises)) => settings(shared, &world, user),
        Some((_, Mailbox::Cloud)) => {
            let alias = email.split('@').next().unwrap_or_default();
            redirect_address(&format!("{alias}@{CLOUD_DOMAIN}"))
        }
        _ => error("500", "The e-mail address can't be found."),
    }
}

/// Two addresses that lead to each other.
fn other_of_circle(email: &str) -> String {
    let (alias, domain) = (email.split('@').next().unwrap_or_default(), domain_of(email));
    match domain.strip_prefix("mail.") {
        Some(domain) => format!("{alias}@{domain}"),
        None => format!("{alias}@mail.{domain}"),
    }
}

fn error(code: &str, message: &str) -> Element {
    let error = element("Error")
        .with("Time", "09:42:00.0000000")
        .with("Id", "2477272013")
        .leaf("ErrorCode", code)
        .leaf("Message", message)
        .child(element("DebugData"));
    element("Response").child(error)
}

fn account(action: &str) -> Element {
    element("Account").leaf("AccountType", "email").leaf("Action", action)
}

fn outlook(account: Element) -> Element {
    element("Response").with("xmlns", OUTLOOK).child(account)
}

fn redirect_address(email: &str) -> Element {
    outlook(account("redirectAddr").leaf("RedirectAddr", email))
}

fn redirect_url(url: &str) -> Element {
    outlook(account("redirectUrl").leaf("RedirectUrl", url))
}

/// The services: `EXCH` for computers inside the company, under a name that only its own DNS knows, `EXPR` for
/// everybody else.
fn settings(shared: &Shared, world: &World, user: usize) -> Element {
    let person = &world.directory[user];
    let inside = format!("https://ex01.{}/EWS/Exchange.asmx", world.domain);
    let about = element("User")
        .leaf("DisplayName", &person.display_name)
        .leaf("LegacyDN", legacy_dn(person))
        .leaf_some("AutoDiscoverSMTPAddress", person.mail.clone())
        .leaf("DeploymentId", &world.tenant_id);
    let services = account("settings")
        .leaf("MicrosoftOnline", "False")
        .child(protocol("EXCH", &format!("ex01.{}", world.domain), &inside))
        .child(protocol("EXPR", shared.urls.host(), &shared.urls.ews()));
    element("Response").with("xmlns", OUTLOOK).child(about).child(services)
}

fn protocol(kind: &str, server: &str, ews: &str) -> Element {
    element("Protocol")
        .leaf("Type", kind)
        .leaf("Server", server)
        .leaf("ASUrl", ews)
        .leaf("EwsUrl", ews)
        .leaf("OOFUrl", ews)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_have_two_addresses() {
        assert_eq!(other_of_circle("a@contoso.example"), "a@mail.contoso.example");
        assert_eq!(other_of_circle("a@mail.contoso.example"), "a@contoso.example");
    }
}
