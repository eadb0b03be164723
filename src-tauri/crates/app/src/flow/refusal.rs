//! What a refused sign-in means to the person, and what the browser shows then.
//!
//! An organization that keeps consent from its users keeps the sign-in itself from them too, until somebody consented
//! once: Microsoft's page says "Need admin approval" and leads nowhere, or back with "declined" (protocols §1.9). Who
//! presses Cancel says so in `error_subcode`. Who closes that page is silent; where the policy says that users may not
//! consent, silence means that page.

use super::leg::Running;
use crate::code::{Code, Failure};
use crate::failure;
use convoke_auth::loopback::page::Page;
use convoke_auth::{AuthError, Authority};

/// The failure of a sign-in. `may_consent` is whether users may consent for themselves, by the policy.
pub(super) fn of_sign_in(
    error: &AuthError,
    authority: &Authority,
    may_consent: bool,
    running: &Running,
) -> Failure {
    let told = failure::of_auth(error);
    match error {
        AuthError::Cancelled if running.needs_approval() => Failure::new(Code::AdminApprovalRequired),
        AuthError::Declined(_) if !authority.is_entra() => {
            Failure { detail: told.detail, ..Failure::new(Code::SignInRefused) }
        }
        AuthError::Declined(refusal) if refusal.suberror.as_deref() != Some("cancel") => needs_approval(told),
        AuthError::ConsentRequired(_) => needs_approval(told),
        AuthError::Timeout(_) if !may_consent && authority.is_entra() => needs_approval(told),
        _ => told,
    }
}

/// The same failure, told as what it is: an administrator must approve. Microsoft's own word for it may say otherwise.
pub(super) fn needs_approval(told: Failure) -> Failure {
    Failure { detail: told.detail, ..Failure::new(Code::AdminApprovalRequired) }
}

/// What the browser shows after a failure.
pub(super) fn page(failure: &Failure) -> Page {
    match failure.code {
        Code::ConsentDeclined => Page::Declined,
        Code::AdminApprovalRequired => Page::NeedsAdmin,
        Code::BlockedByOrganization => Page::Blocked,
        Code::AccountMismatch | Code::AccountNotAllowed => Page::OtherAccount,
        _ => Page::Failed,
    }
}
