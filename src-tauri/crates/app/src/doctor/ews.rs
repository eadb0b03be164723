//! The organization's own Exchange. Convoke does not speak its protocol yet, and says so.

use super::check::Check;
use super::fix;
use super::report::CheckId;
use crate::app::App;

const ID: CheckId = CheckId::Ews;

/// Says why it is not checked.
pub fn check(app: &App, policy: &Check) -> Check {
    if let Some(skipped) = Check::unless(ID, &[policy]) {
        return skipped;
    }
    match &app.policy().integration.ews.url {
        None => Check::skipped(ID, "The policy names no Exchange of the organization's own.", fix::NOTHING),
        Some(url) => {
            let host = url.host_str().unwrap_or_default();
            let detail = format!("The policy names {host}; this version of Convoke does not use EWS yet.");
            Check::skipped(ID, &detail, fix::NOTHING)
        }
    }
}
