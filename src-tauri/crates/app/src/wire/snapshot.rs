//! The state of the program as one value: what the UI shows besides rows.

use crate::code::Failure;
use crate::wire::exchange::ExchangeView;
use chrono::{DateTime, Utc};
use convoke_model::service::{Service, ServiceStatus};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything that the window needs to decide what to show.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// The program's version.
    pub version: String,
    /// Whether it runs against the embedded simulated tenant.
    pub demo: bool,
    /// The current instant.
    pub now: DateTime<Utc>,
    /// The local zone's IANA name.
    pub time_zone: String,
    /// Who manages this installation.
    pub organization: Organization,
    /// How the policy stands.
    pub policy: PolicyView,
    /// Who is signed in.
    pub account: Option<Account>,
    /// The browser leg under way, if any.
    pub sign_in: SignIn,
    /// Whether the prompt rule says to show the connect view now.
    pub show_connect: bool,
    /// State of each service.
    pub services: Services,
    /// The Exchange server of an on-premises mailbox.
    pub exchange: ExchangeView,
    /// State of the synchronization.
    pub sync: SyncView,
    /// Calendars of the mailbox.
    pub calendars: Vec<Calendar>,
    /// How much is cached.
    pub counts: Counts,
    /// The user's settings.
    pub settings: SettingsView,
    /// Why the cache can't be read, if it can't.
    pub cache_failure: Option<Failure>,
    /// Where the account's domain signs in, as asked for in the profile.
    pub federation: Option<Federation>,
}

/// The organization named by policy.
#[derive(Clone, Debug, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// Its name.
    pub name: Option<String>,
    /// Its help page.
    pub help_url: Option<String>,
    /// Its help address.
    pub help_email: Option<String>,
}

/// How the policy stands.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyView {
    /// Overall status.
    pub status: PolicyStatus,
    /// Whether the sign-in view asks for an e-mail address.
    pub asks_email: bool,
    /// Whether private meetings are masked in lists.
    pub mask_private_meetings: bool,
    /// Whether people may consent for themselves.
    pub user_consent: bool,
    /// What the policy permits the app to ask for.
    pub permissions: Permissions,
    /// How the mailbox is authorized, and whether the user may choose.
    pub authorize_with: AuthorizeWith,
    /// Whether the policy leaves that choice to the user.
    pub may_choose_ews: bool,
    /// The EWS address that the policy names.
    pub ews_url: Option<String>,
    /// Which Microsoft cloud the organization lives in.
    #[ts(type = "'global' | 'usGov' | 'usGovDod' | 'china' | 'custom'")]
    pub cloud: &'static str,
    /// The keys that nobody but the administrator can change.
    #[ts(type = "string[]")]
    pub enforced: Vec<&'static str>,
}

/// What the policy permits the app to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Permissions {
    /// Calendars.
    #[ts(type = "'none' | 'read' | 'readWrite'")]
    pub calendar: &'static str,
    /// Contacts.
    #[ts(type = "'none' | 'read'")]
    pub contacts: &'static str,
    /// Directory.
    #[ts(type = "'none' | 'basic'")]
    pub directory: &'static str,
}

/// How the mailbox is authorized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AuthorizeWith {
    /// Microsoft Graph, and EWS where the mailbox turns out to be on-premises.
    Auto,
    /// Microsoft Graph.
    Oauth,
    /// EWS.
    Ews,
}

/// Whether the account's domain signs in at the organization's own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FederationKind {
    /// At the organization's own page.
    Federated,
    /// At Microsoft's page.
    Managed,
    /// Nobody knows.
    Unknown,
}

/// Where the account's domain signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Federation {
    /// Where.
    pub kind: FederationKind,
    /// The domain.
    pub domain: String,
}

/// Overall status of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PolicyStatus {
    /// There is none.
    None,
    /// In force, without a mistake.
    Ok,
    /// In force; some keys are wrong.
    Problems,
    /// Not used.
    Refused,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Display name.
    pub name: String,
    /// User name, most often the mail address.
    pub username: String,
    /// Entra tenant id, where known.
    pub tenant_id: Option<String>,
    /// Entra object id, where known.
    pub object_id: Option<String>,
}

/// The browser leg.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// How far it is.
    pub phase: SignInPhase,
    /// What it is for.
    pub purpose: Purpose,
    /// The services that the open page asks for; none for SSO.
    pub services: Vec<Service>,
    /// Why it failed.
    pub failure: Option<Failure>,
}

/// How far a browser leg is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignInPhase {
    /// None under way.
    Idle,
    /// The browser is open.
    Browser,
    /// The answer came and is checked.
    Finishing,
    /// It failed.
    Failed,
}

/// What a browser leg is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// SSO.
    SignIn,
    /// Authorization of Microsoft 365.
    Connect,
}

/// State of each service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Services {
    /// Calendars.
    pub calendar: ServiceStatus,
    /// Contacts.
    pub contacts: ServiceStatus,
    /// Directory.
    pub directory: ServiceStatus,
}

/// State of the synchronization.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncView {
    /// What it does now.
    pub phase: SyncPhase,
    /// When the cache last equalled the server.
    pub as_of: Option<DateTime<Utc>>,
    /// Whether that is longer ago than it should be.
    pub stale: bool,
    /// Why the last round failed.
    pub failure: Option<Failure>,
}

/// What the synchronization does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SyncPhase {
    /// Nothing.
    Idle,
    /// A round runs.
    Running,
    /// The network is away.
    Offline,
    /// The last round failed.
    Failed,
}

/// A calendar.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// The server's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// `#rrggbb`.
    pub colour: Option<String>,
    /// Owner's address.
    pub owner: Option<String>,
    /// Whether it is the default one.
    pub is_default: bool,
}

/// How much is cached.
#[derive(Clone, Copy, Debug, Default, Serialize, TS)]
pub struct Counts {
    /// Meetings.
    pub meetings: u32,
    /// Contacts.
    pub contacts: u32,
}

/// The user's settings.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SettingsView {
    /// `system`, `en` or `es`.
    #[ts(type = "'system' | 'en' | 'es'")]
    pub language: String,
    /// `system`, `light` or `dark`.
    #[ts(type = "'system' | 'light' | 'dark'")]
    pub theme: String,
    /// Keys that policy enforces.
    pub locked: Vec<String>,
}
