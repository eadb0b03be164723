//! What the policy permits, against what the account was granted. A permission taken away hides its feature, ends the
//! authorization that reaches further than permitted, and asks again (policy.md, `integration.permissions`).

use crate::app::{App, blocking};
use crate::code::Failure;
use crate::failure;
use crate::wire::row::Changed;
use convoke_auth::token::scope;
use convoke_model::service::{Service, ServiceState};
use convoke_policy::choice::Prompt;
use convoke_policy::scopes::{ALWAYS, scope_of};

/// How the grants of an account stand to the policy.
#[derive(Debug, PartialEq, Eq)]
enum Difference {
    /// All that is permitted was granted, and no more.
    None,
    /// Something permitted was not granted: it is asked for.
    Missing,
    /// More was granted than is permitted: the tokens reach further than they may.
    Excess,
}

impl App {
    /// Brings the account in line with the policy in force. Called at the start and after each change of policy.
    pub async fn follow_permissions(&self) {
        if let Err(failure) = self.try_to_follow_permissions().await {
            tracing::warn!(code = ?failure.code, "the account is not in line with the policy yet");
        }
    }

    async fn try_to_follow_permissions(&self) -> Result<(), Failure> {
        self.follow_tenants().await?;
        self.follow_exchange_policy().await?;
        let Some(account) = self.account() else { return Ok(()) };
        let granted = account.profile().granted;
        // EWS grants the whole mailbox, whatever is permitted.
        if account.profile().uses_exchange()
            || account.profile().connected.is_none()
            || self.policy().sign_in_allowed().is_err()
        {
            return Ok(());
        }
        let excess = match difference(&self.scopes_of(&Service::ALL), &granted) {
            Difference::None => return Ok(()),
            Difference::Missing => false,
            Difference::Excess => {
                self.forget_authorization().await?;
                true
            }
        };
        let permissions = self.policy().integration.permissions;
        let (app, changing) = (self.clone(), account.clone());
        let lost = blocking(move || {
            let cache = changing.cache()?;
            let known = cache.reader().and_then(|reader| reader.service_statuses());
            let known = known.map_err(|error| failure::of_store(&error))?;
            let mut writer = cache.writer().map_err(|error| failure::of_store(&error))?;
            let mut lost = excess;
            for service in Service::ALL {
                let was = known.iter().find(|(name, _)| *name == service).map(|(_, status)| status.state);
                if scope_of(service, &permissions).is_none() {
                    writer.forget_service(service).map_err(|error| failure::of_store(&error))?;
                } else if was == Some(ServiceState::Connected) && !app.is_connected(service) {
                    lost = true;
                    let state = ServiceState::NotConnected.into();
                    writer.set_service_status(service, &state).map_err(|error| failure::of_store(&error))?;
                }
            }
            Ok(lost)
        })
        .await?;
        if !lost {
            return Ok(());
        }
        // What only an administrator can give asks nobody again: it has its own state.
        let asks = self.policy().integration.prompt != Prompt::Never;
        let (app, changing) = (self.clone(), account.clone());
        blocking(move || changing.change(app.environment(), |profile| profile.prompt_due = asks)).await?;
        for what in [Changed::Calendars, Changed::Meetings, Changed::Contacts] {
            self.announce_rows(what);
        }
        self.announce();
        Ok(())
    }
}

fn difference(permitted: &[String], granted: &[String]) -> Difference {
    let is_permitted = |had: &String| {
        had == ALWAYS || permitted.iter().any(|scope| scope::short(scope) == scope::short(had))
    };
    if !granted.iter().all(is_permitted) {
        return Difference::Excess;
    }
    if permitted.iter().all(|scope| scope::is_granted(scope, granted)) {
        Difference::None
    } else {
        Difference::Missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grants_against_permissions() {
        let check = |permitted: &[&str], granted: &[&str], expected| {
            let list = |scopes: &[&str]| scopes.iter().map(ToString::to_string).collect::<Vec<_>>();
            assert_eq!(difference(&list(permitted), &list(granted)), expected, "{permitted:?} {granted:?}");
        };
        let (user, read, write, contacts) =
            (ALWAYS, "Calendars.Read", "Calendars.ReadWrite", "Contacts.Read");
        check(&[user, read, contacts], &[user, read, contacts], Difference::None);
        check(&[user, contacts], &[user, read, contacts], Difference::Excess);
        check(&[user, read, contacts], &[user, contacts], Difference::Missing);
        check(&[user, write], &[user, read], Difference::Excess);
        check(&[user, read], &[user, write], Difference::Excess);
        check(&[user], &[], Difference::Missing);
    }
}
