//! The snapshot: the state of the program as one value.

use crate::account::SignedIn;
use crate::app::{App, blocking};
use crate::code::Failure;
use crate::profile::Profile;
use crate::settings::{LANGUAGES, THEMES};
use crate::wire::query::SetSetting;
use crate::wire::snapshot::{
    AuthorizeWith, Calendar, Counts, Organization, Permissions, PolicyView, Services, SettingsView, Snapshot,
    SyncPhase, SyncView,
};
use chrono::{DateTime, Duration, Utc};
use convoke_auth::token::scope;
use convoke_model::service::{Service, ServiceState, ServiceStatus};
use convoke_policy::Effective;
use convoke_policy::choice::{self, Choice};
use convoke_policy::scopes::scope_of;
use convoke_store::{Reader, StoreError};

/// What the snapshot takes from the cache.
#[derive(Default)]
struct FromCache {
    services: Services,
    calendars: Vec<Calendar>,
    counts: Counts,
    as_of: Option<DateTime<Utc>>,
}

impl App {
    /// The state.
    ///
    /// # Errors
    /// Only when the runtime is going down.
    pub async fn snapshot(&self) -> Result<Snapshot, Failure> {
        let app = self.clone();
        blocking(move || Ok(app.snapshot_now())).await
    }

    /// Changes a setting of the user's.
    ///
    /// # Errors
    /// When policy locks it, the value isn't one of its values, or the file can't be written.
    pub async fn set_setting(&self, change: SetSetting) -> Result<(), Failure> {
        let app = self.clone();
        blocking(move || app.change_setting(&change)).await?;
        self.announce();
        Ok(())
    }

    fn change_setting(&self, change: &SetSetting) -> Result<(), Failure> {
        let values = match change.key.as_str() {
            "language" => &LANGUAGES,
            "theme" => &THEMES,
            _ => return Err(crate::code::Code::NotFound.into()),
        };
        let locked = self.policy().is_locked(&format!("ui.{}", change.key));
        if locked || !values.contains(&change.value.as_str()) {
            return Err(crate::code::Code::BlockedByOrganization.into());
        }
        let mut settings = self.inner.lock(&self.inner.settings);
        let field = if change.key == "theme" { &mut settings.theme } else { &mut settings.language };
        *field = Some(change.value.clone());
        settings.write(&self.environment().folders.config).map_err(|error| crate::failure::of_file(&error))
    }

    /// The state, read here and now: blocks for the cache.
    pub(crate) fn snapshot_now(&self) -> Snapshot {
        let account = self.account();
        let (from_cache, cache_failure) = account.as_deref().map_or_else(Default::default, |account| {
            self.read_cache(account)
                .map_or_else(|failure| (FromCache::default(), Some(failure)), |read| (read, None))
        });
        let now = self.now();
        let policy = self.policy();
        let progress = self.inner.lock(&self.inner.progress).clone();
        Snapshot {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            demo: self.environment().demo,
            now,
            time_zone: self.environment().zone.name().to_owned(),
            organization: Organization {
                name: policy.organization.name.clone(),
                help_url: policy.organization.help_url.as_ref().map(ToString::to_string),
                help_email: policy.organization.help_email.clone(),
            },
            policy: PolicyView {
                status: crate::policy_page::status(&self.policy_for_sign_in()),
                asks_email: policy.sso.domain.is_none() && policy.sso.issuer.is_none(),
                mask_private_meetings: policy.privacy.mask_private_meetings,
                user_consent: policy.integration.user_consent,
                permissions: permissions(&policy),
                authorize_with: match policy.integration.authorize_with {
                    choice::AuthorizeWith::Auto => AuthorizeWith::Auto,
                    choice::AuthorizeWith::OAuth => AuthorizeWith::Oauth,
                    choice::AuthorizeWith::Ews => AuthorizeWith::Ews,
                },
                may_choose_ews: !policy.is_locked("integration.authorizeWith"),
                ews_url: policy.integration.ews.url.as_ref().map(ToString::to_string),
                cloud: policy.microsoft365.cloud.word(),
                enforced: policy.locked(),
            },
            show_connect: account.as_deref().is_some_and(|account| account.profile().prompt_due),
            account: account.as_deref().map(|account| account.profile().account),
            sign_in: self.leg_view(),
            services: from_cache.services,
            exchange: self.exchange_view(),
            sync: SyncView {
                phase: progress.phase,
                stale: self.is_stale(from_cache.as_of, now),
                as_of: from_cache.as_of,
                failure: progress.failure,
            },
            calendars: from_cache.calendars,
            counts: from_cache.counts,
            settings: self.settings_view(),
            cache_failure,
            federation: self.inner.lock(&self.inner.federation).clone(),
        }
    }

    fn read_cache(&self, account: &SignedIn) -> Result<FromCache, Failure> {
        let cache = account.cache()?;
        let read = |reader: &Reader<'_>| -> Result<FromCache, StoreError> {
            let counts = reader.counts()?;
            Ok(FromCache {
                services: self.services(reader, &account.profile())?,
                calendars: reader.calendars()?.into_iter().map(calendar).collect(),
                counts: Counts {
                    meetings: u32::try_from(counts.meetings).unwrap_or(u32::MAX),
                    contacts: u32::try_from(counts.contacts).unwrap_or(u32::MAX),
                },
                as_of: self.as_of(reader)?,
            })
        };
        cache.reader().and_then(|reader| read(&reader)).map_err(|error| crate::failure::of_store(&error))
    }

    /// State of each service: policy first, then what the last authorization and sync left, as far as `granted` bears
    /// it out.
    pub(crate) fn services(&self, reader: &Reader<'_>, profile: &Profile) -> Result<Services, StoreError> {
        let stored = reader.service_statuses()?;
        let permissions = self.policy().integration.permissions;
        let of = |service: Service| {
            let stored = stored.iter().find(|(name, _)| *name == service).map(|(_, status)| status.clone());
            let status = stored.unwrap_or_default();
            if profile.exchange.is_some() {
                return status;
            }
            let Some(needed) = scope_of(service, &permissions) else {
                return ServiceStatus::from(ServiceState::OffByPolicy);
            };
            // Signing out and another program end an authorization without the cache: what needs one is over then.
            let over = needs_grant(status.state) && !scope::is_granted(needed, &profile.granted);
            if over { ServiceStatus::default() } else { status }
        };
        Ok(Services {
            calendar: of(Service::Calendar),
            contacts: of(Service::Contacts),
            directory: of(Service::Directory),
        })
    }

    /// When the cache last equalled the server: the oldest of the services that sync.
    pub(crate) fn as_of(&self, reader: &Reader<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut oldest: Option<DateTime<Utc>> = None;
        for service in [Service::Calendar, Service::Contacts] {
            if let Some(at) = reader.as_of(service)? {
                oldest = Some(oldest.map_or(at, |known| known.min(at)));
            }
        }
        Ok(oldest)
    }

    /// Whether two intervals passed without a good round.
    pub(crate) fn is_stale(&self, as_of: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        let allowed = Duration::minutes(2 * i64::from(self.policy().sync.interval_minutes));
        as_of.is_some_and(|at| now - at > allowed)
    }

    fn settings_view(&self) -> SettingsView {
        let settings = self.inner.lock(&self.inner.settings).clone();
        let ui = &self.policy().ui;
        let locked: Vec<String> = ["language", "theme"]
            .into_iter()
            .filter(|key| self.policy().is_locked(&format!("ui.{key}")))
            .map(str::to_owned)
            .collect();
        let choose = |key: &str, chosen: Option<String>, policy: &str| {
            chosen.filter(|_| !locked.iter().any(|name| name == key)).unwrap_or_else(|| policy.to_owned())
        };
        SettingsView {
            language: choose("language", settings.language, ui.language.word()),
            theme: choose("theme", settings.theme, ui.theme.word()),
            locked,
        }
    }

    /// Whether a round runs, failed, or waits.
    #[must_use]
    pub fn sync_phase(&self) -> SyncPhase {
        self.inner.lock(&self.inner.progress).phase
    }
}

/// Whether a service can only be in this state with an authorization.
fn needs_grant(state: ServiceState) -> bool {
    matches!(
        state,
        ServiceState::Connected
            | ServiceState::SignInRequired
            | ServiceState::Unavailable
            | ServiceState::Error
    )
}

fn permissions(policy: &Effective) -> Permissions {
    let permitted = policy.integration.permissions;
    Permissions {
        calendar: permitted.calendar.word(),
        contacts: permitted.contacts.word(),
        directory: permitted.directory.word(),
    }
}

fn calendar(record: convoke_model::record::CalendarRecord) -> Calendar {
    Calendar {
        id: record.id,
        name: record.name,
        colour: record.colour,
        owner: record.owner,
        is_default: record.is_default,
    }
}
