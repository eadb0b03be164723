//! Accounts of the company's own directory: who a name means, whether the password is right, whether the account may
//! sign in at all. A client is told the same whatever is wrong.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::ntlm;
use crate::entra::realm::domain_of;
use crate::world::World;

/// Wrong passwords that lock an account, where a policy of the directory says so.
const THRESHOLD: u32 = 5;
/// How long it stays locked.
const LOCKED_FOR: TimeDelta = TimeDelta::minutes(30);

/// Whether an account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// It may.
    #[default]
    Active,
    /// It is locked until an administrator unlocks it.
    Locked,
    /// Its password has expired.
    PasswordExpired,
    /// It is disabled.
    Disabled,
}

/// Why a sign-in is refused; for the log, never for the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such account.
    Unknown,
    /// The password is wrong.
    WrongPassword,
    /// Too many wrong passwords, or locked by an administrator.
    Locked,
    /// The password is right but has expired.
    PasswordExpired,
    /// The account is disabled.
    Disabled,
    /// The answer is not bound to the TLS channel.
    NotBound,
    /// It is no message of the scheme, or comes at the wrong time.
    Malformed,
}

impl Refusal {
    /// The word for the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown account",
            Self::WrongPassword => "wrong password",
            Self::Locked => "account locked",
            Self::PasswordExpired => "password expired",
            Self::Disabled => "account disabled",
            Self::NotBound => "not bound to the channel",
            Self::Malformed => "malformed",
        }
    }
}

#[derive(Debug, Default)]
struct Account {
    standing: Standing,
    failures: u32,
    locked_until: Option<DateTime<Utc>>,
}

/// What the directory remembers of accounts.
#[derive(Debug, Default)]
pub struct Accounts(BTreeMap<usize, Account>);

impl Accounts {
    /// Sets an account's standing and forgets its wrong passwords.
    pub fn set(&mut self, user: usize, standing: Standing) {
        self.0.insert(user, Account { standing, ..Account::default() });
    }

    /// Decides about a sign-in in which the password was right or wrong.
    ///
    /// # Errors
    /// When it is refused.
    pub fn decide(
        &mut self,
        user: usize,
        password_is_right: bool,
        locks: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let account = self.0.entry(user).or_default();
        if account.standing == Standing::Locked || account.locked_until.is_some_and(|until| until > now) {
            return Err(Refusal::Locked);
        }
        if !password_is_right {
            account.failures += 1;
            if locks && account.failures >= THRESHOLD {
                (account.failures, account.locked_until) = (0, Some(now + LOCKED_FOR));
            }
            return Err(Refusal::WrongPassword);
        }
        match account.standing {
            Standing::PasswordExpired => Err(Refusal::PasswordExpired),
            Standing::Disabled => Err(Refusal::Disabled),
            Standing::Active | Standing::Locked => {
                account.failures = 0;
                Ok(())
            }
        }
    }
}

/// The user that a name and a domain mean: a user principal name with no domain, or an account name with the domain's
/// old or new name.
#[must_use]
pub fn find(world: &World, user: &str, domain: &str) -> Option<usize> {
    let upn = if domain.is_empty() {
        if !user.contains('@') {
            return None;
        }
        user.to_owned()
    } else {
        let is_ours = domain.eq_ignore_ascii_case(&world.domain)
            || domain.eq_ignore_ascii_case(&ntlm::netbios(&world.domain));
        if !is_ours {
            return None;
        }
        // Some clients send a user principal name together with the domain.
        if domain_of(user).eq_ignore_ascii_case(&world.domain) {
            user.to_owned()
        } else {
            format!("{user}@{}", world.domain)
        }
    };
    crate::entra::realm::find_user(world, &upn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::WorldOptions;

    #[test]
    fn names_have_two_forms() {
        let now: DateTime<Utc> = "2026-03-12T09:42:00Z".parse().unwrap();
        let world = World::generate(&WorldOptions { events: 0, contacts: 0, ..WorldOptions::new(1, now) });
        let check = |user: &str, domain: &str, expected: Option<usize>| {
            assert_eq!(find(&world, user, domain), expected, "{domain}\\{user}");
        };
        check("pat.obrien@contoso.example", "", Some(3));
        check("PAT.OBRIEN", "CONTOSO", Some(3));
        check("pat.obrien", "contoso.example", Some(3));
        check("pat.obrien@contoso.example", "contoso", Some(3));
        check("pat.obrien", "", None);
        check("pat.obrien", "FABRIKAM", None);
        check("nobody", "CONTOSO", None);
    }

    #[test]
    fn five_wrong_passwords_lock_an_account_for_a_while() {
        let mut accounts = Accounts::default();
        let now: DateTime<Utc> = "2026-03-12T09:42:00Z".parse().unwrap();
        for _ in 0..THRESHOLD {
            assert_eq!(accounts.decide(0, false, true, now), Err(Refusal::WrongPassword));
        }
        assert_eq!(accounts.decide(0, true, true, now), Err(Refusal::Locked));
        assert_eq!(accounts.decide(1, true, true, now), Ok(()));
        assert_eq!(accounts.decide(0, true, true, now + LOCKED_FOR), Ok(()));
        accounts.set(0, Standing::PasswordExpired);
        assert_eq!(accounts.decide(0, true, true, now), Err(Refusal::PasswordExpired));
    }
}
