//! The settings as types, section by section.

use serde::Serialize;
use url::Url;

use crate::choice::{
    AuthorizeWith, CalendarPermission, Cloud, ContactsPermission, DirectoryPermission, EwsAuth, Language,
    LogLevel, Prompt, Theme, UpdateChannel,
};
use crate::cloud::Endpoints;
use crate::values::Values;

/// Every setting of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Who the organization is.
    pub organization: Organization,
    /// SSO.
    pub sso: Sso,
    /// Where and as what the app signs in.
    pub microsoft365: Microsoft365,
    /// What is integrated, and how.
    pub integration: Integration,
    /// Whose accounts may sign in.
    pub accounts: Accounts,
    /// What is synced, and how often.
    pub sync: Sync,
    /// Announcements of meetings.
    pub notifications: Notifications,
    /// Language and looks.
    pub ui: Ui,
    /// What others may see.
    pub privacy: Privacy,
    /// Updates of the app.
    pub updates: Updates,
    /// Logs.
    pub logs: Logs,
}

/// Who the organization is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// Its name.
    pub name: Option<String>,
    /// Its own help page.
    pub help_url: Option<Url>,
    /// Its help desk's address.
    pub help_email: Option<String>,
}

/// SSO.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sso {
    /// Sent as `domain_hint`.
    pub domain: Option<String>,
    /// The organization's own OpenID provider; `None`: SSO goes through Microsoft 365.
    pub issuer: Option<Url>,
    /// The client id at that provider; given exactly when the issuer is.
    pub client_id: Option<String>,
}

/// Where and as what the app signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Microsoft365 {
    /// Tenant id, domain, or `organizations`.
    pub tenant: String,
    /// The registration's client id; `None`: not configured.
    pub client_id: Option<String>,
    /// The cloud.
    pub cloud: Cloud,
    /// Where the cloud answers; `None` only for a custom cloud without endpoints, which blocks sign-in.
    pub endpoints: Option<Endpoints>,
}

/// What is integrated, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Integration {
    /// When to ask.
    pub prompt: Prompt,
    /// Whether people may consent for themselves.
    pub user_consent: bool,
    /// Graph, EWS or both.
    pub authorize_with: AuthorizeWith,
    /// What to ask for.
    pub permissions: Permissions,
    /// The on-premises Exchange.
    pub ews: Ews,
}

/// What the app asks for, and all that it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Permissions {
    /// Calendars.
    pub calendar: CalendarPermission,
    /// Contacts.
    pub contacts: ContactsPermission,
    /// Directory.
    pub directory: DirectoryPermission,
}

impl Permissions {
    /// Nothing at all.
    pub const NONE: Self = Self {
        calendar: CalendarPermission::None,
        contacts: ContactsPermission::None,
        directory: DirectoryPermission::None,
    };
}

/// The on-premises Exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ews {
    /// Where it is.
    pub url: Option<Url>,
    /// How to authenticate there, in the order of preference.
    pub auth: Vec<EwsAuth>,
}

/// Whose accounts may sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Accounts {
    /// Tenant ids (lower case); `None`: all, empty: none.
    pub allowed_tenants: Option<Vec<String>>,
    /// Domains of user names (lower case ASCII); `None`: all, empty: none.
    pub allowed_domains: Option<Vec<String>>,
}

impl Accounts {
    /// Whether an account may stay signed in. Where a list is set, an account that has no such value is refused.
    #[must_use]
    pub fn permit(&self, tenant_id: Option<&str>, username: &str) -> bool {
        let domain = username.rsplit_once('@').map(|(_, domain)| domain);
        let listed = |list: &Option<Vec<String>>, value: Option<&str>| match list {
            None => true,
            Some(list) => value.is_some_and(|value| list.iter().any(|item| item.eq_ignore_ascii_case(value))),
        };
        listed(&self.allowed_tenants, tenant_id) && listed(&self.allowed_domains, domain)
    }

    /// The same for who signs in. A provider that is not Microsoft knows no tenant: which one it is, is checked when
    /// Microsoft 365 is connected.
    #[must_use]
    pub fn permit_sign_in(&self, tenant_id: Option<&str>, username: &str) -> bool {
        if tenant_id.is_some() {
            return self.permit(tenant_id, username);
        }
        Self { allowed_tenants: None, allowed_domains: self.allowed_domains.clone() }.permit(None, username)
    }
}

/// What is synced, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sync {
    /// Days back.
    pub past_days: u32,
    /// Days ahead.
    pub future_days: u32,
    /// Minutes between rounds.
    pub interval_minutes: u32,
}

/// Announcements of meetings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Notifications {
    /// Whether there are any.
    pub enabled: bool,
    /// Minutes before the start.
    pub minutes_before: u32,
    /// Whether the lock screen shows what the meeting is.
    pub show_details_on_lock_screen: bool,
}

/// Language and looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ui {
    /// Language.
    pub language: Language,
    /// Theme.
    pub theme: Theme,
}

/// What others may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Privacy {
    /// Whether private meetings are masked.
    pub mask_private_meetings: bool,
    /// Whether vCard and ICS export are offered.
    pub allow_export: bool,
}

/// Updates of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Updates {
    /// Which releases.
    pub channel: UpdateChannel,
}

/// Logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Logs {
    /// How much they say.
    pub level: LogLevel,
}

impl Settings {
    /// The settings of merged values.
    pub(crate) fn of(values: &Values) -> Self {
        Self {
            organization: Organization {
                name: values.text("organization.name"),
                help_url: values.url("organization.helpUrl"),
                help_email: values.text("organization.helpEmail"),
            },
            sso: Sso {
                domain: values.text("sso.domain"),
                issuer: values.url("sso.issuer"),
                client_id: values.text("sso.clientId"),
            },
            microsoft365: microsoft365(values),
            integration: integration(values),
            accounts: Accounts {
                allowed_tenants: values.list("accounts.allowedTenants"),
                allowed_domains: values.list("accounts.allowedDomains"),
            },
            sync: Sync {
                past_days: values.number("sync.pastDays"),
                future_days: values.number("sync.futureDays"),
                interval_minutes: values.number("sync.intervalMinutes"),
            },
            notifications: Notifications {
                enabled: values.flag("notifications.enabled"),
                minutes_before: values.number("notifications.minutesBefore"),
                show_details_on_lock_screen: values.flag("notifications.showDetailsOnLockScreen"),
            },
            ui: Ui { language: values.choice("ui.language"), theme: values.choice("ui.theme") },
            privacy: Privacy {
                mask_private_meetings: values.flag("privacy.maskPrivateMeetings"),
                allow_export: values.flag("privacy.allowExport"),
            },
            updates: Updates { channel: values.choice("updates.channel") },
            logs: Logs { level: values.choice("logs.level") },
        }
    }

    /// What holds of the security keys while the policy is broken: nothing is asked for, nobody is let in.
    pub(crate) fn shut(self) -> Self {
        let nobody = || Some(Vec::new());
        Self {
            integration: Integration { permissions: Permissions::NONE, ..self.integration },
            accounts: Accounts { allowed_tenants: nobody(), allowed_domains: nobody() },
            ..self
        }
    }
}

fn microsoft365(values: &Values) -> Microsoft365 {
    let cloud = values.choice("microsoft365.cloud");
    let custom = || {
        let authority = values.url("microsoft365.endpoints.authority")?;
        Some(Endpoints::custom(authority, values.url("microsoft365.endpoints.graph")?))
    };
    Microsoft365 {
        tenant: values.text("microsoft365.tenant").unwrap_or_default(),
        client_id: values.text("microsoft365.clientId"),
        cloud,
        endpoints: Endpoints::of(cloud).or_else(custom),
    }
}

fn integration(values: &Values) -> Integration {
    Integration {
        prompt: values.choice("integration.prompt"),
        user_consent: values.flag("integration.userConsent"),
        authorize_with: values.choice("integration.authorizeWith"),
        permissions: Permissions {
            calendar: values.choice("integration.permissions.calendar"),
            contacts: values.choice("integration.permissions.contacts"),
            directory: values.choice("integration.permissions.directory"),
        },
        ews: Ews { url: values.url("integration.ews.url"), auth: values.choices("integration.ews.auth") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenants_count_where_the_account_has_one_and_domains_always() {
        let list = |items: &[&str]| Some(items.iter().map(|item| (*item).to_owned()).collect());
        let accounts = Accounts { allowed_tenants: list(&["t1"]), allowed_domains: list(&["contoso.com"]) };
        for (tenant, username, expected) in [
            (Some("t1"), "ana@contoso.com", true),
            (Some("t2"), "ana@contoso.com", false),
            (Some("t1"), "ana@fabrikam.com", false),
            (None, "ana@contoso.com", true),
            (None, "ana@fabrikam.com", false),
        ] {
            assert_eq!(accounts.permit_sign_in(tenant, username), expected, "{tenant:?} {username}");
        }
    }
}
