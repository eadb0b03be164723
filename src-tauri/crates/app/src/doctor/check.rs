//! One check: its sentence, its fix, and what it is skipped for.

use super::fix;
use super::report::{CheckId, CheckStatus};
use crate::code::{Code, Failure};
use convoke_graph::clean;
use serde::Serialize;

/// Bytes of a detail or fix that are kept: parts of them come from servers.
const LONGEST: usize = 2_048;

/// One check.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// Which.
    pub id: CheckId,
    /// How it ended.
    pub status: CheckStatus,
    /// One true sentence. Never a secret.
    pub detail: String,
    /// What to do and who can do it; `None` exactly where all is well.
    pub fix: Option<String>,
    /// The cause, where a failed check has one of the product's.
    pub code: Option<Code>,
    /// The failed check behind this one: itself, or the one for which it was skipped.
    #[serde(skip)]
    cause: Option<CheckId>,
}

impl Check {
    fn new(id: CheckId, status: CheckStatus, detail: &str, fix: Option<&str>) -> Self {
        let clean = |text: &str| clean::line(text, LONGEST);
        Self { id, status, detail: clean(detail), fix: fix.map(clean), code: None, cause: None }
    }

    pub(super) fn ok(id: CheckId, detail: &str) -> Self {
        Self::new(id, CheckStatus::Ok, detail, None)
    }

    pub(super) fn warn(id: CheckId, detail: &str, fix: &str) -> Self {
        Self::new(id, CheckStatus::Warn, detail, Some(fix))
    }

    pub(super) fn fail(id: CheckId, code: Option<Code>, detail: &str, fix: &str) -> Self {
        Self { code, cause: Some(id), ..Self::new(id, CheckStatus::Fail, detail, Some(fix)) }
    }

    /// Failed as the product's failures tell it, with the line for support in the sentence.
    pub(super) fn of(id: CheckId, failure: &Failure) -> Self {
        Self::fail(id, Some(failure.code), &told(failure), &fix::of(failure))
    }

    /// The same with another step.
    pub(super) fn with_fix(self, fix: &str) -> Self {
        Self { fix: Some(clean::line(fix, LONGEST)), ..self }
    }

    /// The same where nothing hangs on it: a failure becomes a warning.
    pub(super) fn into_warning(self) -> Self {
        match self.status {
            CheckStatus::Fail => Self { status: CheckStatus::Warn, code: None, cause: None, ..self },
            _ => self,
        }
    }

    /// Not looked at, because there is nothing to look at.
    pub(super) fn skipped(id: CheckId, detail: &str, fix: &str) -> Self {
        Self::new(id, CheckStatus::Skipped, detail, Some(fix))
    }

    /// Skipped, where one of the checks that this one stands on has failed, or was skipped for one that has.
    pub(super) fn unless(id: CheckId, needs: &[&Self]) -> Option<Self> {
        let cause = needs.iter().find_map(|needed| needed.cause)?;
        let name = cause.as_str();
        let detail = format!("Not checked, because {name} failed.");
        let fix = fix::by(fix::USER, &format!("see {name} first, then run convokectl doctor again."));
        Some(Self { cause: Some(cause), ..Self::skipped(id, &detail, &fix) })
    }

    /// Skipped because of a check that is broken.
    pub(super) fn after(id: CheckId, broken: &Self) -> Self {
        Self::unless(id, &[broken]).unwrap_or_else(|| Self::skipped(id, &broken.detail, fix::NOTHING))
    }

    /// The check that failed: this one, or the one for which it was skipped.
    pub(super) fn broken_by(&self) -> Option<CheckId> {
        self.cause
    }
}

/// The sentence of a failure, with what is behind it.
fn told(failure: &Failure) -> String {
    match &failure.detail {
        Some(detail) => {
            format!("{}: {}.", failure.message.trim_end_matches('.'), detail.trim_end_matches('.'))
        }
        None => failure.message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Report;
    use super::*;

    #[test]
    fn what_stands_on_a_failed_check_is_skipped_and_names_the_first_cause() {
        let good = Check::ok(CheckId::Policy, "Good.");
        let nothing = Check::skipped(CheckId::Sso, "None.", "Nothing.");
        assert!(Check::unless(CheckId::Realm, &[&good, &nothing]).is_none());
        let failed = Check::of(CheckId::Tls, &Failure::new(Code::TlsUntrusted).with_detail("self-signed."));
        assert_eq!(failed.detail, "The server's certificate is not trusted by this computer: self-signed.");
        let second = Check::unless(CheckId::Authority, &[&good, &failed]).unwrap();
        let third = Check::unless(CheckId::Graph, &[&good, &second]).unwrap();
        assert_eq!(third.status, CheckStatus::Skipped);
        assert!(third.detail.contains("tls failed") && third.fix.is_some(), "{third:?}");
        let report = Report { checks: vec![good, nothing, failed, second, third] };
        assert_eq!(report.failures().collect::<Vec<_>>(), [Some(Code::TlsUntrusted)]);
    }

    #[test]
    fn a_failure_on_which_nothing_hangs_is_a_warning() {
        let check = Check::of(CheckId::Ews, &Failure::new(Code::Offline)).into_warning();
        assert_eq!((check.status, check.code, check.broken_by()), (CheckStatus::Warn, None, None));
        assert_eq!(Check::ok(CheckId::Ews, "Good.").into_warning().status, CheckStatus::Ok);
    }

    #[test]
    fn control_characters_of_servers_stay_out_of_the_terminal() {
        let check = Check::warn(CheckId::Realm, "a\u{1b}[31m\nb", "c\u{7}");
        assert_eq!((check.detail.as_str(), check.fix.as_deref()), ("a[31m b", Some("c")));
    }

    #[test]
    fn the_shape_in_json() {
        let check = serde_json::to_value(Check::ok(CheckId::Ews, "Good.")).unwrap();
        let expected = serde_json::json!(
            {"id": "ews", "status": "ok", "detail": "Good.", "fix": null, "code": null}
        );
        assert_eq!(check, expected);
    }
}
