//! Faults that any endpoint can be made to show, decided by rules and served by one middleware layer.

mod serve;

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use crate::state::{Shared, lock};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FaultKind {
    /// `status` with `body`, or an error object in Graph's form; with `retryAfter` as its header if given.
    Status,
    /// `body` with `contentType` and status 200 (or `status`).
    Body,
    /// A captive portal: status 200 and a page in HTML.
    Html,
    /// The true answer, late by `delayMs`.
    Delay,
    /// No answer for as long as the client waits.
    Hang,
    /// The connection is cut before the answer.
    Reset,
    /// The true answer with its true length, cut after `bytes` (half if absent).
    Truncate,
    /// The true answer, `bytes` (1 if absent) at a time, with `delayMs` (1,000 if absent) between.
    Slow,
    /// The true answer with its next and delta links pointing to the origin `url`.
    NextLinkHost,
    /// A redirect (307, or `status`) to `url`.
    Redirect,
    /// A JSON body of `bytes` (default 256 MiB), made as it is read.
    Large,
    /// The true answer with every `from` replaced by `to`.
    Replace,
    /// The on-premises server is busy, said in one of the forms of [`BusyForm`].
    EwsBusy,
    /// Everything that an operation of the on-premises server asks for fails with response code `code`.
    EwsError,
    /// An operation of the on-premises server fails as a whole, by a SOAP fault with `code`.
    EwsFault,
    /// The true answer of an operation with blanks around its response codes.
    EwsPadded,
}

/// How the on-premises server says that it is busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BusyForm {
    /// A SOAP fault with `BackOffMilliseconds`: `backOffMs`, or 297,749.
    #[default]
    Fault,
    /// A SOAP fault with words only.
    FaultWithoutValue,
    /// Status 200 and response messages, with `BackOffMilliseconds` if `backOffMs` is given.
    Message,
    /// Status 503 by IIS, before anybody is authenticated.
    Iis,
}

impl FaultKind {
    /// The kind's name in `_control`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Body => "body",
            Self::Html => "html",
            Self::Delay => "delay",
            Self::Hang => "hang",
            Self::Reset => "reset",
            Self::Truncate => "truncate",
            Self::Slow => "slow",
            Self::NextLinkHost => "nextLinkHost",
            Self::Redirect => "redirect",
            Self::Large => "large",
            Self::Replace => "replace",
            Self::EwsBusy => "ewsBusy",
            Self::EwsError => "ewsError",
            Self::EwsFault => "ewsFault",
            Self::EwsPadded => "ewsPadded",
        }
    }
}

/// Which requests a fault meets and how it looks.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FaultRule {
    /// Met when this occurs in `METHOD path?query`; empty: every request but those of `_control`. For kinds of the
    /// on-premises server the operation's name follows, and requests that are not let in don't count.
    #[serde(rename = "match", default)]
    pub pattern: String,
    /// What goes wrong.
    pub kind: FaultKind,
    /// How many requests it meets; absent: until cleared.
    #[serde(default)]
    pub times: Option<u32>,
    /// How many matching requests pass first.
    #[serde(default)]
    pub skip: u32,
    /// HTTP status.
    #[serde(default)]
    pub status: Option<u16>,
    /// Body to answer with.
    #[serde(default)]
    pub body: Option<String>,
    /// Type of `body`; `application/json` if absent.
    #[serde(default)]
    pub content_type: Option<String>,
    /// Further headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The `Retry-After` header, a number or any text.
    #[serde(default)]
    pub retry_after: Option<serde_json::Value>,
    /// Milliseconds.
    #[serde(default)]
    pub delay_ms: Option<u64>,
    /// A count of bytes.
    #[serde(default)]
    pub bytes: Option<usize>,
    /// An origin or address.
    #[serde(default)]
    pub url: Option<String>,
    /// Text to replace.
    #[serde(default)]
    pub from: Option<String>,
    /// Its replacement.
    #[serde(default)]
    pub to: Option<String>,
    /// A response code of the on-premises server.
    #[serde(default)]
    pub code: Option<String>,
    /// How it says that it is busy.
    #[serde(default)]
    pub form: BusyForm,
    /// How long it wants to be left alone, in milliseconds.
    #[serde(default)]
    pub back_off_ms: Option<u64>,
}

impl FaultRule {
    /// A rule of one kind that meets `pattern`, without limit.
    pub fn new(pattern: &str, kind: FaultKind) -> Self {
        Self {
            pattern: pattern.to_owned(),
            kind,
            times: None,
            skip: 0,
            status: None,
            body: None,
            content_type: None,
            headers: BTreeMap::new(),
            retry_after: None,
            delay_ms: None,
            bytes: None,
            url: None,
            from: None,
            to: None,
            code: None,
            form: BusyForm::default(),
            back_off_ms: None,
        }
    }

    /// Whether it is served by the on-premises server's own code, after a request was let in and read.
    fn is_for_ews(&self) -> bool {
        match self.kind {
            FaultKind::EwsBusy => self.form != BusyForm::Iis,
            FaultKind::EwsError | FaultKind::EwsFault | FaultKind::EwsPadded => true,
            _ => false,
        }
    }
}

/// The rules in force, first match first.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Mutex<Vec<FaultRule>>,
}

impl Faults {
    /// Adds a rule after those in force.
    pub fn add(&self, rule: FaultRule) {
        lock(&self.rules).push(rule);
    }

    /// Removes all rules.
    pub fn clear(&self) {
        lock(&self.rules).clear();
    }

    /// The rules in force with what is left of `times` and `skip`.
    pub fn rules(&self) -> Vec<FaultRule> {
        lock(&self.rules).clone()
    }

    /// The rule that an operation of the on-premises server meets.
    pub(crate) fn take_for_ews(&self, target: &str) -> Option<FaultRule> {
        self.take(target, FaultRule::is_for_ews)
    }

    fn take(&self, target: &str, served_here: impl Fn(&FaultRule) -> bool) -> Option<FaultRule> {
        let mut rules = lock(&self.rules);
        let found = rules.iter().position(|rule| served_here(rule) && target.contains(&rule.pattern))?;
        let rule = &mut rules[found];
        if rule.skip > 0 {
            rule.skip -= 1;
            return None;
        }
        let taken = rule.clone();
        if let Some(times) = &mut rule.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                rules.remove(found);
            }
        }
        Some(taken)
    }
}

/// Middleware that serves the faults.
pub async fn layer(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/_control") {
        return next.run(request).await;
    }
    let target = match request.uri().query() {
        Some(query) => format!("{} {}?{query}", request.method(), request.uri().path()),
        None => format!("{} {}", request.method(), request.uri().path()),
    };
    match shared.faults.take(&target, |rule| !rule.is_for_ews()) {
        None => next.run(request).await,
        Some(rule) => serve::answer(&rule, request, next).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_skips_then_meets_then_ends() {
        let faults = Faults::default();
        faults.add(FaultRule { times: Some(2), skip: 1, ..FaultRule::new("calendarView", FaultKind::Reset) });
        let met: Vec<bool> =
            (0..5).map(|_| faults.take("GET /v1.0/me/calendarView", |_| true).is_some()).collect();
        assert_eq!(met, [false, true, true, false, false]);
        assert!(faults.rules().is_empty());
    }

    #[test]
    fn each_layer_takes_its_own_kinds() {
        let faults = Faults::default();
        faults.add(FaultRule::new("FindItem", FaultKind::EwsBusy));
        faults.add(FaultRule { form: BusyForm::Iis, ..FaultRule::new("", FaultKind::EwsBusy) });
        let operation = "POST /EWS/Exchange.asmx FindItem";
        assert_eq!(faults.take_for_ews(operation).map(|rule| rule.form), Some(BusyForm::Fault));
        let by_iis = faults.take(operation, |rule| !rule.is_for_ews());
        assert_eq!(by_iis.map(|rule| rule.form), Some(BusyForm::Iis));
        assert!(faults.take_for_ews("POST /EWS/Exchange.asmx GetItem").is_none());
    }

    #[test]
    fn other_requests_pass() {
        let faults = Faults::default();
        faults.add(FaultRule::new("POST /", FaultKind::Hang));
        assert!(faults.take("GET /v1.0/me", |_| true).is_none());
    }
}
