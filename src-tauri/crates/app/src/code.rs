//! The closed list of what can go wrong, as it crosses the edge to people, scripts and the UI.
//!
//! Rule: add a code only where somebody acts differently on it. Nothing may match on message texts.

use crate::reason::Reason;
use convoke_model::service::{ServiceState, ServiceStatus};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The cause of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Code {
    /// This computer has no network.
    Offline,
    /// The server can't be reached.
    ServerUnreachable,
    /// The server answers, and can't do it now.
    ServerFailing,
    /// The server asks to wait.
    Throttled,
    /// The network wants its own sign-in page seen first.
    CaptivePortal,
    /// The server's certificate isn't trusted.
    TlsUntrusted,
    /// A proxy wants credentials.
    ProxyAuthentication,
    /// The user must sign in (again).
    SignInRequired,
    /// Microsoft 365 has not been connected.
    NotConnected,
    /// The policy permits nothing of it.
    OffByPolicy,
    /// The user cancelled.
    SignInCancelled,
    /// Nothing came back from the browser in time.
    SignInTimedOut,
    /// The identity provider refused.
    SignInRefused,
    /// The ID token failed a check.
    IdTokenRefused,
    /// No browser could be opened.
    BrowserNotOpened,
    /// No loopback port could be opened.
    LoopbackUnavailable,
    /// A server answered something that makes no sense.
    UnexpectedAnswer,
    /// Another account authorized than the one signed in.
    AccountMismatch,
    /// Policy doesn't allow this account.
    AccountNotAllowed,
    /// The user refused a permission.
    ConsentDeclined,
    /// An administrator must approve.
    AdminApprovalRequired,
    /// The organization's rules block it.
    BlockedByOrganization,
    /// There is no mailbox to read.
    MailboxUnavailable,
    /// The granted permissions don't cover it.
    PermissionMissing,
    /// The Exchange server wants user name and password.
    PasswordRequired,
    /// The Exchange server refused user name or password.
    PasswordRefused,
    /// The Exchange server offers no way to sign in that the policy allows.
    NoCommonSignIn,
    /// Something between here and the Exchange server ends TLS.
    ExtendedProtection,
    /// A foreign host claims the mailbox, and nobody vouched for it.
    HostNotTrusted,
    /// No Exchange server was found for the account.
    ExchangeNotFound,
    /// The Exchange server does not let the account read what is there.
    ExchangeDenied,
    /// The Exchange server refuses the tokens of the organization's sign-in.
    TokenRefused,
    /// Exchange Online no longer answers EWS.
    EwsRetired,
    /// No keychain is there.
    KeychainUnavailable,
    /// The keychain is locked or silent.
    KeychainLocked,
    /// The cache can't be used.
    CacheUnusable,
    /// A newer version wrote the cache.
    CacheNewer,
    /// The disk is full.
    DiskFull,
    /// The policy has a mistake in what decides security.
    PolicyInvalid,
    /// The policy file isn't the administrator's alone.
    PolicyRefused,
    /// A policy was named, and the machine has one of its own.
    PolicyOverruled,
    /// No organization is set up.
    NotConfigured,
    /// The app registration or the tenant is set up wrongly.
    Misconfigured,
    /// A link may not be opened.
    LinkNotAllowed,
    /// It isn't there.
    NotFound,
    /// A fault of the program.
    Internal,
}

impl Code {
    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}

/// Who can do something about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Who {
    /// The user.
    User,
    /// An administrator of the organization.
    Administrator,
    /// The help desk.
    HelpDesk,
    /// Nobody needs to: it heals by itself.
    Nobody,
}

/// A failure as a person meets it: one true sentence, what to do, and who can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message} {help}")]
pub struct Failure {
    /// The cause.
    pub code: Code,
    /// One true sentence, in English.
    pub message: String,
    /// What to do, in English.
    pub help: String,
    /// Who can do it.
    pub who: Who,
    /// A line to copy for support: codes, correlation id, time. Never a secret.
    pub detail: Option<String>,
    /// Why Microsoft refused, where its number says more than the code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub reason: Option<Reason>,
}

impl Failure {
    /// The failure of a code, with its standard sentence.
    #[must_use]
    pub fn new(code: Code) -> Self {
        let (message, help, who) = crate::sentence::of(code);
        Self { code, message: message.to_owned(), help: help.to_owned(), who, detail: None, reason: None }
    }

    /// The same with the sentence of Microsoft's own reason.
    #[must_use]
    pub fn because(mut self, reason: Option<Reason>) -> Self {
        if let Some(reason) = reason {
            let (message, help, who) = reason.text();
            self = Self {
                message: message.to_owned(),
                help: help.to_owned(),
                who,
                reason: Some(reason),
                ..self
            };
        }
        self
    }

    /// The same as the status of a service.
    #[must_use]
    pub fn as_status(self, state: ServiceState) -> ServiceStatus {
        ServiceStatus {
            state,
            code: Some(self.code.as_str()),
            message: Some(self.message),
            help: Some(self.help),
            reason: self.reason.map(Reason::name),
            detail: self.detail,
        }
    }

    /// The same with a line for support.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}
