//! The ways to sign in that an Exchange server offers, against those that the policy allows.

use super::check::Check;
use super::ews::ID;
use super::exchange_server::Named;
use super::fix;
use crate::code::Code;
use convoke_ews::challenge::{Challenges, Trust};
use convoke_policy::choice::{Choice, EwsAuth};

/// The comparison.
#[derive(Debug)]
pub struct SignIns {
    offered: Vec<&'static str>,
    allowed: Vec<EwsAuth>,
    common: Option<EwsAuth>,
    /// Whether it takes tokens, but none of this tenant.
    foreign: bool,
}

/// Compares. Where the tenant is not known yet, tokens of any count as its own.
pub fn compare(allowed: &[EwsAuth], offered: &Challenges, tenant: Option<&str>) -> SignIns {
    let foreign = offered.bearer.as_ref().is_some_and(|bearer| match (&bearer.trust, tenant) {
        (Trust::Tenants(_), Some(tenant)) => !bearer.trust.includes(tenant),
        _ => false,
    });
    let has = |way: EwsAuth| match way {
        EwsAuth::OAuth => offered.bearer.is_some() && !foreign,
        EwsAuth::Ntlm => offered.ntlm,
        EwsAuth::Basic => offered.basic.is_some(),
    };
    let names = [
        (offered.bearer.is_some(), "oauth"),
        (offered.negotiate, "negotiate"),
        (offered.ntlm, "ntlm"),
        (offered.basic.is_some(), "basic"),
    ];
    SignIns {
        offered: names.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect(),
        allowed: allowed.to_vec(),
        common: allowed.iter().copied().find(|way| has(*way)),
        foreign,
    }
}

impl SignIns {
    /// The first that the policy allows and the server offers.
    pub fn common(&self) -> Option<EwsAuth> {
        self.common
    }

    /// Both lists, as a sentence.
    pub fn in_words(&self) -> String {
        let foreign = if self.foreign { " (oauth for another tenant than the account's)" } else { "" };
        format!(
            "It offers {}{foreign}; integration.ews.auth allows {}.",
            list(&self.offered),
            list(&self.allowed.iter().map(|way| way.word()).collect::<Vec<_>>())
        )
    }

    /// The server and the policy have nothing in common.
    pub fn nothing_in_common(&self, named: &Named) -> Check {
        let detail = format!(
            "{}, which offers no sign-in that the policy allows. {}",
            named.in_words(),
            self.in_words()
        );
        let names: Vec<&str> =
            self.offered.iter().copied().filter(|name| EwsAuth::from_word(name).is_some()).collect();
        let policy = if names.is_empty() || self.foreign {
            String::new()
        } else {
            fix::by(fix::POLICY, &format!("add one of {} to integration.ews.auth. ", names.join(", ")))
        };
        let server =
            fix::by(fix::EXCHANGE, "switch one that is allowed on at the server's EWS virtual directory.");
        Check::fail(ID, Some(Code::NoCommonSignIn), &detail, &format!("{policy}{server}"))
    }

    /// The server is the mailbox's, and is not signed in at yet.
    pub fn to_be_used(&self, named: &Named, way: EwsAuth) -> Check {
        let detail = |what: &str| {
            format!("{}, which is not connected yet: {what} {}", named.in_words(), self.in_words())
        };
        match way {
            EwsAuth::OAuth => {
                let detail = detail("it takes the organization's sign-in.");
                let step = "run convokectl connect --exchange, which opens the browser; if its page asks for an \
                            administrator, send them the text of convokectl admin-request.";
                Check::fail(ID, Some(Code::SignInRequired), &detail, &fix::by(fix::USER, step))
            }
            EwsAuth::Ntlm | EwsAuth::Basic => {
                let detail = detail("it wants user name and password.");
                Check::fail(ID, Some(Code::PasswordRequired), &detail, &fix::password())
            }
        }
    }
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::exchange::ExchangeFound;
    use EwsAuth::{Basic, Ntlm, OAuth};
    use convoke_ews::Endpoint;
    use convoke_ews::challenge::Bearer;

    fn hybrid(tenant: &str) -> Challenges {
        let trust = Trust::Tenants(vec![tenant.to_owned()]);
        let bearer = Some(Bearer { trust, ..Bearer::default() });
        Challenges { bearer, negotiate: true, ntlm: true, basic: None }
    }

    fn named() -> Named {
        let endpoint = Endpoint::new("https://mail.contoso.com/EWS/Exchange.asmx").unwrap();
        Named { endpoint, found: ExchangeFound::Policy }
    }

    #[test]
    fn the_first_that_is_allowed_and_offered_is_named_with_both_lists() {
        let of = |allowed: &[EwsAuth], tenant| compare(allowed, &hybrid("t1"), tenant);
        assert_eq!(of(&[OAuth, Ntlm], Some("T1")).common(), Some(OAuth));
        assert_eq!(of(&[OAuth, Ntlm], None).common(), Some(OAuth));
        assert_eq!(of(&[OAuth, Ntlm], Some("t2")).common(), Some(Ntlm));
        assert_eq!(of(&[Basic], Some("t1")).common(), None);
        assert_eq!(
            of(&[Ntlm, OAuth], Some("t1")).in_words(),
            "It offers oauth, negotiate, ntlm; integration.ews.auth allows ntlm, oauth."
        );
    }

    #[test]
    fn who_has_nothing_in_common_is_told_what_to_add_and_where() {
        let fix = |check: &Check| check.fix.clone().unwrap();
        let check = compare(&[Basic], &hybrid("t1"), Some("t1")).nothing_in_common(&named());
        assert_eq!(check.code, Some(Code::NoCommonSignIn));
        assert!(fix(&check).contains("add one of oauth, ntlm to integration.ews.auth"), "{check:?}");
        assert!(fix(&check).contains(fix::EXCHANGE), "{check:?}");
        // Adding oauth would help nobody: the server trusts another tenant.
        let check = compare(&[OAuth], &hybrid("t1"), Some("t2")).nothing_in_common(&named());
        assert!(check.detail.contains("another tenant") && !fix(&check).contains("add one"), "{check:?}");
        let check = compare(&[OAuth], &Challenges::default(), None).nothing_in_common(&named());
        assert!(check.detail.contains("It offers nothing;"), "{check:?}");
    }

    #[test]
    fn what_a_person_must_do_goes_by_the_way() {
        let check = |allowed: &[EwsAuth], code: Code, words: &str| {
            let sign_ins = compare(allowed, &hybrid("t1"), Some("t1"));
            let check = sign_ins.to_be_used(&named(), sign_ins.common().unwrap());
            assert_eq!(check.code, Some(code));
            assert!(check.fix.as_deref().unwrap().contains(words), "{check:?}");
        };
        check(&[OAuth], Code::SignInRequired, "opens the browser");
        check(&[Ntlm], Code::PasswordRequired, "--password-stdin");
    }
}
