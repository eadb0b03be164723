//! What people see of the organization's own Exchange: its keys in one sentence or two.

use convoke_model::exchange_online::{OFF_BY_DEFAULT, SWITCHED_OFF, is_exchange_online};
use url::Url;

use crate::choice::{AuthorizeWith, Choice, EwsAuth};
use crate::effective::Effective;

/// Of a key that only an Exchange server gives a meaning to.
const NO_EFFECT: &str =
    "No effect: integration.authorizeWith is oauth, so nobody is led to an Exchange server.";

/// Whether nobody can connect an Exchange server, not by hand either.
fn is_graph_only(policy: &Effective) -> bool {
    policy.integration.authorize_with == AuthorizeWith::OAuth && policy.is_locked("integration.authorizeWith")
}

/// Graph, EWS, or what is found.
pub fn authorize_with(policy: &Effective) -> String {
    match policy.integration.authorize_with {
        AuthorizeWith::OAuth if is_graph_only(policy) => {
            "Everybody connects Microsoft 365. Whose mailbox is on the organization's own Exchange sees no meetings and contacts, and is told that Microsoft 365 has no mailbox for them.".to_owned()
        }
        AuthorizeWith::OAuth => {
            "Everybody connects Microsoft 365; whose mailbox is on the organization's own Exchange can connect that by hand in their profile.".to_owned()
        }
        AuthorizeWith::Ews => format!(
            "Nobody is asked for permissions of Microsoft Graph: connecting {}. Meetings and contacts come from the Exchange server alone; who has moved to Microsoft 365 sees nothing new until this key is auto or oauth.",
            ways(policy)
        ),
        AuthorizeWith::Auto => format!(
            "People connect Microsoft 365. Where it says that a mailbox is not there, Convoke turns to {}, and connecting {}. A mailbox that moves back is followed.",
            server(policy),
            ways(policy)
        ),
    }
}

/// Which server.
pub fn url(policy: &Effective) -> String {
    let integration = &policy.integration;
    let Some(url) = &integration.ews.url else {
        return match integration.authorize_with {
            AuthorizeWith::OAuth => NO_EFFECT.to_owned(),
            _ => "Where a mailbox is on-premises, Autodiscover finds its server: Microsoft 365 is asked first, then the hosts of the person's mail domain. A server on another domain is asked about before it is trusted; name it here, and nobody is asked.".to_owned(),
        };
    };
    let host = host(url);
    if is_exchange_online(host) {
        return format!(
            "{host} is Exchange Online, where EWS is off by default from {OFF_BY_DEFAULT} and ends for everybody on {SWITCHED_OFF}. Leave the key out: Microsoft Graph serves those mailboxes."
        );
    }
    match integration.authorize_with {
        AuthorizeWith::OAuth if is_graph_only(policy) => NO_EFFECT.to_owned(),
        AuthorizeWith::OAuth => {
            format!("Used only by who connects {host} by hand: integration.authorizeWith is oauth.")
        }
        AuthorizeWith::Auto => format!(
            "Who has no mailbox in Microsoft 365 gets meetings and contacts from {host}, and nothing is searched for.{}",
            consent(policy)
        ),
        AuthorizeWith::Ews => {
            format!("Everybody gets meetings and contacts from {host}.{}", consent(policy))
        }
    }
}

/// Which ways to sign in there.
pub fn auth(policy: &Effective) -> String {
    if is_graph_only(policy) {
        return NO_EFFECT.to_owned();
    }
    let steps: Vec<String> = policy.integration.ews.auth.iter().map(|way| way_in_words(*way)).collect();
    let no_effect = match policy.integration.authorize_with {
        AuthorizeWith::OAuth => " It concerns only who connects a server by hand.",
        _ => "",
    };
    let password = policy.integration.ews.auth.iter().any(|way| *way != EwsAuth::OAuth);
    let password = if password {
        " A password is asked for in the app, kept in the system's keychain, and not sent again once it was refused."
    } else {
        " Where the server has no hybrid modern authentication, nobody gets in."
    };
    format!(
        "The first of these that the server offers is used: {}.{password}{no_effect}",
        steps.join("; then ")
    )
}

fn way_in_words(way: EwsAuth) -> String {
    let what = match way {
        EwsAuth::OAuth => "the organization's sign-in in the browser (hybrid modern authentication)",
        EwsAuth::Ntlm => "user name and password, which do not leave this computer in the clear",
        EwsAuth::Basic => "user name and password, sent to the server itself within TLS",
    };
    format!("{}: {what}", way.word())
}

/// What connecting comes to, as the rest of a sentence.
fn ways(policy: &Effective) -> String {
    let auth = &policy.integration.ews.auth;
    let browser = auth.contains(&EwsAuth::OAuth);
    let password = auth.iter().any(|way| *way != EwsAuth::OAuth);
    match (browser, password) {
        (true, true) => {
            "opens the browser or asks for user name and password, whichever of integration.ews.auth the server offers first"
        }
        (true, false) => "opens the browser, where the server has hybrid modern authentication, and fails otherwise",
        (false, _) => "asks for user name and password of the server",
    }
    .to_owned()
}

fn server(policy: &Effective) -> String {
    match &policy.integration.ews.url {
        Some(url) => host(url).to_owned(),
        None => "the server that Autodiscover finds".to_owned(),
    }
}

/// The consent that hybrid modern authentication needs, as a sentence; nothing where the policy does without.
pub fn consent(policy: &Effective) -> String {
    let ews = &policy.integration.ews;
    if !ews.auth.contains(&EwsAuth::OAuth) {
        return String::new();
    }
    let scope = format!("https://{}/EWS.AccessAsUser.All", ews.url.as_ref().map_or("SERVER", host));
    if policy.integration.user_consent {
        format!(
            " With hybrid modern authentication, Microsoft's page asks to consent to {scope}, the whole mailbox."
        )
    } else {
        format!(
            " With hybrid modern authentication, an administrator must have consented to {scope}, the whole mailbox: nobody is shown a page that asks for it."
        )
    }
}

/// That permissions mean nothing to EWS, as a sentence; nothing where nobody can connect a server.
pub fn no_effect_of_permissions(policy: &Effective) -> &'static str {
    if is_graph_only(policy) { "" } else { " Where the mailbox is on an Exchange server, it has no effect." }
}

/// Its name, without port.
fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}
