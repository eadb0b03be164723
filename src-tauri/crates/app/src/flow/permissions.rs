//! What the policy permits, against what the account was granted. A permission taken away hides its feature, ends the
//! authorization that reaches further than permitted, and asks again; one that is new asks too, once (policy.md,
//! `integration.permissions`).

use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::Failure;
use crate::failure;
use crate::wire::row::Changed;
use convoke_auth::token::scope;
use convoke_model::service::{Service, ServiceState};
use convoke_policy::choice::Prompt;
use convoke_policy::prompt;
use convoke_policy::scopes::{ALWAYS, permitted, scope_of};
use std::sync::Arc;

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
        if self.policy().sign_in_allowed().is_err() {
            return Ok(());
        }
        let new = self.newly_permitted(&account).await?;
        let profile = account.profile();
        // EWS grants the whole mailbox, whatever is permitted.
        if profile.uses_exchange() || profile.connected.is_none() {
            return Ok(());
        }
        let excess = match difference(&self.scopes_of(&Service::ALL), &profile.granted) {
            Difference::None => return Ok(()),
            Difference::Missing => false,
            Difference::Excess => {
                self.forget_authorization().await?;
                true
            }
        };
        let mut changed = self.follow_services(&account, new).await?;
        if excess {
            changed.extend(self.services_permitted().iter().map(|_| ServiceState::NotConnected));
        } else if changed.is_empty() {
            return Ok(());
        }
        let mode = self.policy().integration.prompt;
        let asks = prompt::decide_after_change(mode, &changed);
        let (app, changing) = (self.clone(), account.clone());
        blocking(move || {
            changing.change(app.environment(), |profile| {
                profile.prompt_due = asks || (profile.prompt_due && mode != Prompt::Never);
            })
        })
        .await?;
        for what in [Changed::Calendars, Changed::Meetings, Changed::Contacts] {
            self.announce_rows(what);
        }
        self.announce();
        Ok(())
    }

    fn services_permitted(&self) -> Vec<Service> {
        permitted(&self.policy().integration.permissions)
    }

    /// The services that were not permitted when this was looked at last. From now on they were.
    async fn newly_permitted(&self, account: &Arc<SignedIn>) -> Result<Vec<Service>, Failure> {
        let now = self.services_permitted();
        // Where it was never looked at, nothing is known to have changed.
        let before = account.profile().permitted.unwrap_or_else(|| now.clone());
        let new = now.iter().copied().filter(|service| !before.contains(service)).collect();
        let (app, changing) = (self.clone(), account.clone());
        blocking(move || changing.change(app.environment(), |profile| profile.permitted = Some(now))).await?;
        Ok(new)
    }

    /// Hides what is off, and takes note of what lost its authorization and of what is `new`. Answers the states of
    /// these two. Where users may not consent they wait for an administrator, and are looked at by themselves.
    async fn follow_services(
        &self,
        account: &Arc<SignedIn>,
        new: Vec<Service>,
    ) -> Result<Vec<ServiceState>, Failure> {
        let policy = self.policy();
        let open = if policy.integration.user_consent {
            ServiceState::NotConnected
        } else {
            ServiceState::WaitingForAdmin
        };
        let (app, account) = (self.clone(), account.clone());
        blocking(move || {
            let cache = account.cache()?;
            let known = cache.reader().and_then(|reader| reader.service_statuses());
            let known = known.map_err(|error| failure::of_store(&error))?;
            let mut writer = cache.writer().map_err(|error| failure::of_store(&error))?;
            let mut changed = Vec::new();
            for service in Service::ALL {
                let was = known.iter().find(|(name, _)| *name == service).map(|(_, status)| status.state);
                if scope_of(service, &policy.integration.permissions).is_none() {
                    writer.forget_service(service).map_err(|error| failure::of_store(&error))?;
                    continue;
                }
                let lost = was == Some(ServiceState::Connected);
                let begins = new.contains(&service) && was.is_none_or(prompt::can_be_connected);
                if (lost || begins) && !app.is_connected(service) {
                    writer
                        .set_service_status(service, &open.into())
                        .map_err(|error| failure::of_store(&error))?;
                    changed.push(open);
                }
            }
            Ok(changed)
        })
        .await
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
    use crate::environment::Environment;
    use crate::folders::Folders;
    use crate::profile::{Connected, Profile};
    use crate::wire::snapshot::Account;
    use convoke_auth::Identity;

    /// A desk with somebody who connected calendar and directory, under a policy that permits no more.
    struct Desk {
        folder: tempfile::TempDir,
        app: App,
    }

    impl Desk {
        async fn new(integration: &str) -> Self {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("policy.json"), policy("none", integration)).unwrap();
            profile().write(&Folders::below(folder.path()).data).unwrap();
            let desk = Self { app: app(&folder), folder };
            desk.app.follow_permissions().await;
            assert!(!desk.app.snapshot_now().show_connect, "nothing changed");
            desk
        }

        /// Permits contacts; whether the connect view is due, and the state of contacts.
        async fn permit_contacts(&self, integration: &str) -> (bool, ServiceState) {
            std::fs::write(self.folder.path().join("policy.json"), policy("read", integration)).unwrap();
            self.app.reload_policy().await.unwrap();
            let snapshot = self.app.snapshot_now();
            (snapshot.show_connect, snapshot.services.contacts.state)
        }
    }

    fn app(folder: &tempfile::TempDir) -> App {
        let folders = Folders::below(folder.path());
        App::open(Environment::of_demo(folders, folder.path().join("policy.json"))).unwrap()
    }

    fn policy(contacts: &str, integration: &str) -> String {
        format!(
            r#"{{"enforced":{{"integration":{{{integration}"permissions":{{"contacts":"{contacts}"}}}}}}}}"#
        )
    }

    fn profile() -> Profile {
        let text = |text: &str| Some(text.to_owned());
        let identity = Identity {
            tenant_id: text("t"),
            object_id: text("o"),
            subject: "s".to_owned(),
            issuer: "i".to_owned(),
            username: None,
            name: None,
        };
        Profile {
            key: "k".to_owned(),
            account: Account {
                name: "Ana".to_owned(),
                username: "ana@a.example".to_owned(),
                tenant_id: text("t"),
                object_id: text("o"),
            },
            issuer: "i".to_owned(),
            subject: "s".to_owned(),
            prompt_due: false,
            choose_account: false,
            permitted: Some(vec![Service::Calendar, Service::Directory]),
            granted: [ALWAYS, "Calendars.Read", "User.ReadBasic.All"].map(str::to_owned).to_vec(),
            challenge: None,
            exchange: None,
            connected: Some(Connected::from(&identity)),
        }
    }

    #[tokio::test]
    async fn what_is_permitted_anew_asks_once() {
        let desk = Desk::new("").await;
        assert_eq!(desk.permit_contacts("").await, (true, ServiceState::NotConnected));
        desk.app.dismiss_connect().await.unwrap();
        let again = app(&desk.folder);
        again.follow_permissions().await;
        assert!(!again.snapshot_now().show_connect, "once");
    }

    #[tokio::test]
    async fn what_only_an_administrator_gives_asks_nobody() {
        let only = r#""userConsent":false,"#;
        let desk = Desk::new(only).await;
        assert_eq!(desk.permit_contacts(only).await, (false, ServiceState::WaitingForAdmin));
    }

    #[tokio::test]
    async fn a_policy_that_never_asks_does_not_ask_then_either() {
        let never = r#""prompt":"never","#;
        let desk = Desk::new(never).await;
        assert_eq!(desk.permit_contacts(never).await, (false, ServiceState::NotConnected));
    }

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
