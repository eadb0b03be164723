//! What people see at their next sign-in, in one sentence or two, for the keys that steer it.

use convoke_model::service::Service;

use super::exchange;
use crate::choice::{AuthorizeWith, Prompt};
use crate::effective::Effective;
use crate::scopes::{SCOPES, permitted, scope_of, scopes};

/// The sentence, for a key that steers sign-in and consent.
pub fn sentence(effective: &Effective, key: &str) -> Option<String> {
    let sentence: fn(&Effective) -> String = match key {
        "integration.prompt" => prompt,
        "integration.userConsent" => user_consent,
        "integration.authorizeWith" => exchange::authorize_with,
        "integration.ews.url" => exchange::url,
        "integration.ews.auth" => exchange::auth,
        "integration.permissions.calendar" => |policy| permission(policy, Service::Calendar),
        "integration.permissions.contacts" => |policy| permission(policy, Service::Contacts),
        "integration.permissions.directory" => |policy| permission(policy, Service::Directory),
        _ => return None,
    };
    Some(match effective.sign_in_allowed() {
        Ok(()) => sentence(effective),
        Err(_) => "Nobody can sign in until the policy is mended; the app shows what is wrong.".to_owned(),
    })
}

fn prompt(policy: &Effective) -> String {
    let services = permitted(&policy.integration.permissions);
    if services.is_empty() {
        return "Nobody is asked: integration.permissions permit nothing to connect.".to_owned();
    }
    let services = match policy.integration.authorize_with {
        AuthorizeWith::Ews => "the organization's Exchange server".to_owned(),
        _ => in_words(&services),
    };
    match policy.integration.prompt {
        Prompt::FirstSignIn => format!(
            "Right after the first sign-in on a device, people are asked once to connect {services}. Whoever refuses, or for whom it fails, connects by hand from then on."
        ),
        Prompt::EverySignIn => format!(
            "After every sign-in, people are asked to connect what is still missing of {services}; never what only an administrator can give."
        ),
        Prompt::Never => {
            format!("Nobody is asked. People can connect {services} by hand in their profile.")
        }
    }
}

fn user_consent(policy: &Effective) -> String {
    if policy.integration.authorize_with == AuthorizeWith::Ews {
        let consent = exchange::consent(policy);
        let effect = if consent.is_empty() { "No effect: passwords need no consent, and" } else { "As" };
        return format!(
            "{effect} integration.authorizeWith is ews: nobody is asked for permissions of Microsoft Graph.{consent}"
        );
    }
    let permissions = &policy.integration.permissions;
    let asked = scopes(&permitted(permissions), permissions).join(", ");
    if policy.integration.user_consent {
        format!(
            "Microsoft's page asks each person to consent to {asked}. Where the tenant leaves one of them to administrators, the rest connects and that service waits."
        )
    } else {
        format!(
            "Nobody is sent to a page that asks for {asked} and ends in \"Need admin approval\": the app shows who must consent, and offers \"I am an administrator and consent on behalf of the organization\". The sign-in itself needs a consent too; where nobody gave it, the app shows the request to an administrator, whose link covers both."
        )
    }
}

fn permission(policy: &Effective, service: Service) -> String {
    if policy.integration.authorize_with == AuthorizeWith::Ews {
        return "No effect: integration.authorizeWith is ews, and EWS grants the whole mailbox.".to_owned();
    }
    let name = in_words(&[service]);
    let scope = scope_of(service, &policy.integration.permissions);
    let feature = SCOPES.iter().find(|row| Some(row.scope) == scope).map(|row| row.feature);
    let on_premises = exchange::no_effect_of_permissions(policy);
    match (scope, feature) {
        (Some(scope), Some(feature)) => format!(
            "Connecting {name} asks for {scope} (\"{feature}\"). An account that granted something else is disconnected and asked again.{on_premises}"
        ),
        _ => format!(
            "Nothing is asked for: {name} is off by policy, and an account that had connected it is disconnected.{on_premises}"
        ),
    }
}

fn in_words(services: &[Service]) -> String {
    let name = |service: &Service| match service {
        Service::Calendar => "the calendar",
        Service::Contacts => "the contacts",
        Service::Directory => "the directory",
    };
    let names: Vec<&str> = services.iter().map(name).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
