//! From an error answer to what it means.

use std::time::Duration;

use convoke_model::clean::{self, SHORT};
use http::{HeaderMap, Response};

use crate::endpoint::Endpoint;
use crate::error::{EwsError, Refusal, RefusalKind};
use crate::xml::{Element, Namespace};

/// The longest wait that a server's wish makes us do.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

/// The codes that need no more than their name (`ResponseCode`).
const KINDS: &[(&str, RefusalKind)] = &[
    ("ErrorAccessDenied", RefusalKind::AccessDenied),
    ("ErrorAccountDisabled", RefusalKind::AccessDenied),
    ("ErrorADOperation", RefusalKind::Transient),
    ("ErrorADUnavailable", RefusalKind::Transient),
    ("ErrorBatchProcessingStopped", RefusalKind::Transient),
    ("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange", RefusalKind::NotFound),
    ("ErrorCalendarOccurrenceIsDeletedFromRecurrence", RefusalKind::NotFound),
    ("ErrorCalendarViewRangeTooBig", RefusalKind::RangeTooLong),
    ("ErrorConnectionFailed", RefusalKind::Transient),
    ("ErrorExceededConnectionCount", RefusalKind::ServerBusy { back_off: None }),
    ("ErrorExceededFindCountLimit", RefusalKind::TooMany),
    ("ErrorFolderNotFound", RefusalKind::NotFound),
    ("ErrorImpersonateUserDenied", RefusalKind::AccessDenied),
    ("ErrorIncorrectSchemaVersion", RefusalKind::Version),
    ("ErrorInsufficientResources", RefusalKind::Transient),
    ("ErrorInternalServerError", RefusalKind::Transient),
    ("ErrorInternalServerTransientError", RefusalKind::Transient),
    ("ErrorInvalidSchemaVersionForMailboxVersion", RefusalKind::Version),
    ("ErrorInvalidServerVersion", RefusalKind::Version),
    ("ErrorInvalidSyncStateData", RefusalKind::SyncStateLost),
    ("ErrorIrresolvableConflict", RefusalKind::Conflict),
    ("ErrorItemNotFound", RefusalKind::NotFound),
    ("ErrorMailboxFailover", RefusalKind::Transient),
    ("ErrorMailboxMoveInProgress", RefusalKind::MoveInProgress),
    ("ErrorMailboxStoreUnavailable", RefusalKind::Transient),
    ("ErrorMissingEmailAddress", RefusalKind::NoAddress),
    ("ErrorNameResolutionNoMailbox", RefusalKind::NoResults),
    ("ErrorNameResolutionNoResults", RefusalKind::NoResults),
    ("ErrorNonExistentMailbox", RefusalKind::NoMailbox),
    ("ErrorNoRespondingCASInDestinationSite", RefusalKind::Transient),
    ("ErrorParentFolderNotFound", RefusalKind::NotFound),
    ("ErrorPasswordChangeRequired", RefusalKind::AccessDenied),
    ("ErrorPasswordExpired", RefusalKind::AccessDenied),
    ("ErrorRequestAborted", RefusalKind::Transient),
    ("ErrorSyncFolderNotFound", RefusalKind::SyncStateLost),
    ("ErrorTimeoutExpired", RefusalKind::Transient),
    ("ErrorTooManyObjectsOpened", RefusalKind::Transient),
];

/// The refusal that a SOAP fault's `code` and `holder` (its detail), or a response message, stand for.
///
/// `holder` is the element that `MessageXml` lies in.
pub(crate) fn refusal(status: u16, code: &str, text: &str, holder: Option<&Element>) -> Refusal {
    Refusal {
        status,
        kind: kind(code.trim(), text, holder),
        code: clean::line(code.trim(), SHORT),
        message: clean::line(text.trim(), SHORT),
        diagnostics: None,
    }
}

/// The error that an HTTP `response` without a SOAP fault stands for.
pub(crate) fn of_status<B>(response: &Response<B>, endpoint: &Endpoint) -> EwsError {
    let status = response.status().as_u16();
    // The pages of IIS are HTML too; only the Exchange behind it sets these headers.
    let is_exchange =
        ["x-feserver", "x-ms-diagnostics", "request-id"].iter().any(|name| has(response.headers(), name));
    let kind = match status {
        401 => RefusalKind::Unauthorized,
        403 if endpoint.is_exchange_online() => RefusalKind::Retired,
        403 if is_exchange || !is_html(response.headers()) => RefusalKind::AccessDenied,
        429 => RefusalKind::ServerBusy { back_off: None },
        // 511 is a portal's own (RFC 6585 §6).
        500..=599 if status != 511 => RefusalKind::ServerError,
        400 | 405..=499 if is_exchange => RefusalKind::Other,
        // 404 too: an address without EWS, never an item that is gone.
        _ => return EwsError::NotEws { status },
    };
    let diagnostics = response.headers().get("x-ms-diagnostics").and_then(|value| value.to_str().ok());
    EwsError::Refused(Box::new(Refusal {
        status,
        code: String::new(),
        message: String::new(),
        diagnostics: clean::optional(diagnostics, SHORT),
        kind,
    }))
}

pub(crate) fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("text/html"))
}

fn has(headers: &HeaderMap, name: &str) -> bool {
    headers.contains_key(name)
}

fn kind(code: &str, text: &str, holder: Option<&Element>) -> RefusalKind {
    match code {
        "ErrorServerBusy" => RefusalKind::ServerBusy { back_off: back_off(holder) },
        "ErrorNonPrimarySmtpAddress" => RefusalKind::NotPrimaryAddress { primary: primary(text, holder) },
        "ErrorSchemaValidation" | "ErrorInvalidRequest" => RefusalKind::SchemaValidation {
            line: number(holder, "LineNumber"),
            position: number(holder, "LinePosition"),
        },
        _ => {
            let known = KINDS.iter().find(|(name, _)| *name == code);
            known.map_or(RefusalKind::Other, |(_, kind)| kind.clone())
        }
    }
}

fn details(holder: Option<&Element>) -> Option<&Element> {
    let holder = holder?;
    [Namespace::Types, Namespace::Messages, Namespace::Errors]
        .into_iter()
        .find_map(|namespace| holder.child(namespace, "MessageXml"))
}

/// The text of `<t:Value Name="name">` among the details of an error.
fn detail<'a>(holder: Option<&'a Element>, name: &str) -> Option<&'a str> {
    let values = details(holder)?.all(Namespace::Types, "Value");
    values.into_iter().find(|value| value.attribute("Name") == Some(name)).map(|value| value.text().trim())
}

/// A wait of nothing is no wish: some servers say so in words ("Suggested backoff time 0 ms") or in figures.
fn back_off(holder: Option<&Element>) -> Option<Duration> {
    let figures = detail(holder, "BackOffMilliseconds")?;
    let is_figures = !figures.is_empty() && figures.bytes().all(|byte| byte.is_ascii_digit());
    let milliseconds: u64 = figures.parse().ok().or_else(|| is_figures.then_some(u64::MAX))?;
    (milliseconds > 0).then(|| Duration::from_millis(milliseconds).min(LONGEST_WAIT))
}

fn number(holder: Option<&Element>, name: &str) -> Option<u32> {
    details(holder)?.word(name)?.parse().ok()
}

fn primary(text: &str, holder: Option<&Element>) -> Option<String> {
    let is_address = |word: &&str| {
        word.split_once('@').is_some_and(|(user, domain)| !user.is_empty() && domain.contains('.'))
    };
    let in_text = || {
        let words = text.split(|c: char| {
            c.is_whitespace() || matches!(c, '\'' | '"' | '<' | '>' | '(' | ')' | ',' | ';')
        });
        words.map(|word| word.trim_end_matches(['.', ':'])).find(is_address)
    };
    let found = detail(holder, "Primary").filter(is_address).or_else(in_text);
    clean::optional(found, SHORT)
}

#[cfg(test)]
#[path = "refusal_tests.rs"]
mod tests;
