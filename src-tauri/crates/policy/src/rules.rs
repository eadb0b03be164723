//! Values that don't go together, found after the merge.

use crate::choice::{Choice, Cloud};
use crate::message::Message;
use crate::problem::{Problem, ProblemKind, Severity};
use crate::sentences as say;
use crate::value::Value;
use crate::values::Values;
use convoke_model::exchange_online::{OFF_BY_DEFAULT, SWITCHED_OFF, is_exchange_online};

/// Everything that is wrong between keys.
pub fn problems(values: &Values) -> Vec<Problem> {
    [sso_halves(values), endpoints(values), ews_host(values), ews_plain_http(values)]
        .into_iter()
        .flatten()
        .chain(
            ["accounts.allowedTenants", "accounts.allowedDomains"]
                .into_iter()
                .filter_map(|key| nobody(values, key)),
        )
        .collect()
}

/// An issuer without a client id, or the reverse, can't sign anybody in.
fn sso_halves(values: &Values) -> Option<Problem> {
    let (given, missing) = match (values.text("sso.issuer"), values.text("sso.clientId")) {
        (Some(_), None) => ("sso.issuer", "sso.clientId"),
        (None, Some(_)) => ("sso.clientId", "sso.issuer"),
        _ => return None,
    };
    Some(conflict(values, given, say::needs(given, missing)))
}

/// A custom cloud needs both endpoints, and only a custom cloud takes any: the app must never talk to another
/// cloud than the administrator wrote.
fn endpoints(values: &Values) -> Option<Problem> {
    const BOTH: [&str; 2] = ["microsoft365.endpoints.authority", "microsoft365.endpoints.graph"];
    let custom = values.choice::<Cloud>("microsoft365.cloud") == Cloud::Custom;
    let missing = BOTH.into_iter().find(|key| values.text(key).is_none());
    let given = BOTH.into_iter().find(|key| values.text(key).is_some());
    match (custom, missing, given) {
        (true, Some(missing), _) => Some(conflict(values, "microsoft365.cloud", say::custom_needs(missing))),
        (false, _, Some(given)) => {
            let word = values.choice::<Cloud>("microsoft365.cloud").word();
            Some(conflict(values, given, say::only_custom(given, word)))
        }
        _ => None,
    }
}

/// EWS in Exchange Online ends; only the on-premises Exchange keeps it.
fn ews_host(values: &Values) -> Option<Problem> {
    let key = "integration.ews.url";
    let url = values.url(key)?;
    is_exchange_online(url.host_str()?).then(|| {
        let message = say::ews_ended(key, OFF_BY_DEFAULT.to_string(), SWITCHED_OFF.to_string());
        Problem { severity: Severity::Warning, kind: ProblemKind::Doubtful, ..at(values, key, message) }
    })
}

/// Passwords for EWS must not be sent without TLS, not even to this machine's own test server in production.
fn ews_plain_http(values: &Values) -> Option<Problem> {
    let key = "integration.ews.url";
    let basic = values.list("integration.ews.auth")?.iter().any(|word| word == "basic");
    (values.url(key)?.scheme() == "http" && basic).then(|| {
        let message = say::ews_passwords(key);
        Problem { severity: Severity::Note, kind: ProblemKind::Doubtful, ..at(values, key, message) }
    })
}

/// An empty list lets nobody in: allowed, and seldom meant.
fn nobody(values: &Values, key: &str) -> Option<Problem> {
    (values.value(key) == Value::List(Vec::new())).then(|| {
        let message = say::nobody(key);
        Problem { severity: Severity::Note, kind: ProblemKind::Doubtful, ..at(values, key, message) }
    })
}

fn conflict(values: &Values, key: &str, message: Message) -> Problem {
    Problem { blocks_sign_in: true, ..at(values, key, message) }
}

/// A problem at the place where a key's value comes from.
fn at(values: &Values, key: &str, message: Message) -> Problem {
    let source = values.source(key);
    let file = source.file.unwrap_or_default();
    Problem {
        line: source.line,
        column: source.column,
        key: Some(key.to_owned()),
        blocks_sign_in: false,
        ..Problem::of_file(&file, ProblemKind::Conflict, message)
    }
}
