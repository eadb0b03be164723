//! What is granted and what lacks, as one sentence and one step.

use super::check::Check;
use super::fix;
use super::report::CheckId;
use crate::code::Code;

const ID: CheckId = CheckId::Consent;

/// The scopes that the policy needs, by who must act.
#[derive(Debug, Default)]
pub struct Lacking {
    /// Granted: nobody.
    pub granted: Vec<&'static str>,
    /// Approved since, and not used yet.
    pub approved: Vec<&'static str>,
    /// An administrator.
    pub waiting: Vec<&'static str>,
    /// The user, who refused once.
    pub declined: Vec<&'static str>,
    /// The user, who has not been asked.
    pub open: Vec<&'static str>,
}

/// The step of an administrator, with the link that grants exactly what is needed.
pub fn approve(link: &str) -> String {
    fix::by(fix::APPS, &format!("open this link in a private window and approve: {link}"))
}

impl Lacking {
    /// What is true, the gravest first. `users_may`: whether the policy says that users can consent.
    pub fn told(&self, users_may: bool, link: &str) -> Check {
        let connect = || {
            let step =
                format!("run convokectl connect; if its page asks for an administrator, send them {link}");
            if users_may { fix::by(fix::USER, &step) } else { approve(link) }
        };
        let detail = self.sentence();
        if !self.waiting.is_empty() {
            Check::fail(ID, Some(Code::AdminApprovalRequired), &detail, &approve(link))
        } else if !self.declined.is_empty() {
            Check::fail(ID, Some(Code::ConsentDeclined), &detail, &connect())
        } else if !self.open.is_empty() {
            Check::fail(ID, Some(Code::NotConnected), &detail, &connect())
        } else if !self.approved.is_empty() {
            Check::warn(ID, &detail, &fix::by(fix::USER, "run convokectl sync, which takes it into use."))
        } else {
            Check::ok(ID, &detail)
        }
    }

    fn sentence(&self) -> String {
        let parts = [
            ("waiting for an administrator", &self.waiting),
            ("refused by the user", &self.declined),
            ("not granted yet", &self.open),
            ("approved by now and not used yet", &self.approved),
            ("granted", &self.granted),
        ];
        let parts = parts.into_iter().filter(|(_, scopes)| !scopes.is_empty());
        let parts: Vec<String> =
            parts.map(|(what, scopes)| format!("{what}: {}", scopes.join(", "))).collect();
        format!("Of what the policy needs, {}.", parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_decides_and_the_link_is_named() {
        let link = "https://login.example/t/v2.0/adminconsent?client_id=x";
        let check = |lacking: Lacking, users_may: bool, code: Option<Code>, who: &str| {
            let check = lacking.told(users_may, link);
            assert_eq!(check.code, code, "{check:?}");
            let fix = check.fix.clone().unwrap_or_default();
            assert!(fix.starts_with(who), "{check:?}");
            assert_eq!(fix.contains(link), code.is_some(), "{check:?}");
            check.detail
        };
        let waiting = || Lacking { waiting: vec!["A"], granted: vec!["B"], ..Lacking::default() };
        let detail = check(waiting(), true, Some(Code::AdminApprovalRequired), fix::APPS);
        assert_eq!(detail, "Of what the policy needs, waiting for an administrator: A; granted: B.");
        let declined = || Lacking { declined: vec!["A"], open: vec!["B"], ..Lacking::default() };
        check(declined(), true, Some(Code::ConsentDeclined), fix::USER);
        let open = || Lacking { open: vec!["A"], ..Lacking::default() };
        check(open(), true, Some(Code::NotConnected), fix::USER);
        check(open(), false, Some(Code::NotConnected), fix::APPS);
        check(Lacking { approved: vec!["A"], ..Lacking::default() }, true, None, fix::USER);
        check(Lacking { granted: vec!["A", "B"], ..Lacking::default() }, true, None, "");
    }
}
