//! Who can mend what, by the name of the role that suffices (Microsoft Entra, "built-in roles").

use crate::code::{Code, Failure, Who};
use crate::reason::Reason;

/// Whoever sits at this computer.
pub const USER: &str = "User";
/// The organization's help desk.
pub const HELP_DESK: &str = "Help desk";
/// Whoever rolls the policy file out.
pub const POLICY: &str = "Administrator who rolls out the policy file";
/// Consents for everybody, and sets up registrations and enterprise apps.
pub const APPS: &str = "Cloud Application Administrator or Application Administrator";
/// Writes rules of access.
const ACCESS: &str = "Conditional Access Administrator";
/// Gives out licences, and knows where mailboxes lie.
pub const MAILBOXES: &str = "Exchange Administrator or License Administrator";
/// Enables accounts.
const ACCOUNTS: &str = "User Administrator";
/// Clears risk.
const RISK: &str = "Security Administrator";
/// Checks and mends the domain in the tenant.
pub const DOMAINS: &str = "Domain Name Administrator";

/// Runs the organization's own Exchange.
pub const EXCHANGE: &str = "Administrator of the Exchange server";

/// What is skipped because it does not apply.
pub const NOTHING: &str = "Nothing needs to be done.";

/// A step and who can take it.
pub fn by(who: &str, step: &str) -> String {
    format!("{who}: {step}")
}

/// The step towards a password that an Exchange server takes.
pub fn password() -> String {
    let step = "enter user name and password in the profile, or run convokectl connect --exchange --user NAME \
                --password-stdin; an expired password or a locked account looks the same as a wrong one.";
    by(USER, step)
}

/// The step of a failure and who can take it. The product's sentences speak to the user, of others too.
pub fn of(failure: &Failure) -> String {
    if matches!(failure.code, Code::Offline | Code::ServerUnreachable) {
        let step =
            "check the network; if other pages open, the help desk can tell whether this server is blocked.";
        return by(USER, step);
    }
    let who = match failure.who {
        Who::User => return by(USER, &failure.help),
        Who::Nobody => return by("Nobody needs to act", &failure.help),
        Who::HelpDesk => HELP_DESK,
        Who::Administrator => role(failure),
    };
    format!("{} Who can do it: {who}.", failure.help)
}

/// The least role of an administrator that suffices.
fn role(failure: &Failure) -> &'static str {
    match failure.reason {
        Some(Reason::TenantNotFound | Reason::OtherCloud | Reason::SingleTenantApp) => return POLICY,
        Some(Reason::ConditionalAccess | Reason::DeviceRules) => return ACCESS,
        Some(Reason::Risk) => return RISK,
        Some(Reason::AccountDisabled) => return ACCOUNTS,
        // The organization forbids these, yet not by a rule of access: they are settings of the enterprise app.
        Some(Reason::NotAssigned | Reason::AppDisabled) => return APPS,
        _ => {}
    }
    match failure.code {
        Code::PolicyInvalid
        | Code::PolicyRefused
        | Code::PolicyOverruled
        | Code::NotConfigured
        | Code::OffByPolicy
        | Code::NoCommonSignIn
        | Code::EwsRetired => POLICY,
        Code::MailboxUnavailable => MAILBOXES,
        Code::TokenRefused => EXCHANGE,
        Code::BlockedByOrganization => ACCESS,
        _ => APPS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn names(fix: &str, role: &str) {
        assert!(fix.contains(&format!("{role}: ")) || fix.ends_with(&format!(": {role}.")), "{fix}");
    }

    #[test]
    fn administrators_are_named_by_the_role_that_suffices() {
        let failed = |code| of(&Failure::new(code));
        names(&failed(Code::AdminApprovalRequired), APPS);
        names(&failed(Code::BlockedByOrganization), ACCESS);
        names(&failed(Code::MailboxUnavailable), MAILBOXES);
        names(&failed(Code::SignInRequired), USER);
        names(&failed(Code::NoCommonSignIn), POLICY);
        names(&failed(Code::ExtendedProtection), HELP_DESK);
        names(&failed(Code::TlsUntrusted), HELP_DESK);
        names(&failed(Code::ServerUnreachable), USER);
    }

    #[test]
    fn every_reason_of_an_administrator_names_one() {
        let blocked = Code::BlockedByOrganization;
        for reason in Reason::ALL.iter().filter(|reason| reason.text().2 == Who::Administrator) {
            let role = match reason {
                Reason::ConditionalAccess | Reason::DeviceRules => ACCESS,
                Reason::Risk => RISK,
                Reason::AccountDisabled => ACCOUNTS,
                Reason::TenantNotFound | Reason::OtherCloud | Reason::SingleTenantApp => POLICY,
                Reason::NotAssigned | Reason::AppDisabled => APPS,
                Reason::NeedsApproval
                | Reason::ApprovalRequested
                | Reason::WrongPlatform
                | Reason::AppNotFound
                | Reason::RedirectNotRegistered
                | Reason::NotPublicClient
                | Reason::ServiceMissing => {
                    names(&of(&Failure::new(Code::Misconfigured).because(Some(*reason))), APPS);
                    continue;
                }
                other => panic!("{other:?} has no role"),
            };
            names(&of(&Failure::new(blocked).because(Some(*reason))), role);
        }
    }
}
