//! The line a tenant prints when it is ready (docs: interfaces, `convoke-tenant`), and the addresses behind it.

use serde::Serialize;

use crate::world::{Mailbox, Role, User, World};

/// Where a tenant listens, without trailing slashes.
#[derive(Debug, Clone)]
pub struct Urls {
    /// `http://localhost:P` or `https://localhost:P`: Entra's authority and the base of all else.
    pub authority: String,
}

impl Urls {
    /// Addresses for a port.
    pub fn new(port: u16, tls: bool) -> Self {
        Self { authority: format!("{}://localhost:{port}", if tls { "https" } else { "http" }) }
    }

    /// The host's name, without port.
    pub fn host(&self) -> &str {
        let host = self.authority.split_once("://").map_or(self.authority.as_str(), |(_, host)| host);
        host.rsplit_once(':').map_or(host, |(host, _)| host)
    }

    /// Microsoft Graph, with its version.
    pub fn graph(&self) -> String {
        format!("{}/v1.0", self.authority)
    }

    /// Exchange Web Services of the on-premises server.
    pub fn ews(&self) -> String {
        format!("{}/EWS/Exchange.asmx", self.authority)
    }

    /// The company's own Autodiscover: another host name than the cloud's.
    pub fn autodiscover(&self) -> String {
        self.authority.replacen("localhost", "127.0.0.1", 1)
    }

    /// The generic OpenID provider's issuer.
    pub fn sso_issuer(&self) -> String {
        format!("{}/sso", self.authority)
    }

    /// Where the tenant is controlled.
    pub fn control(&self) -> String {
        format!("{}/_control", self.authority)
    }
}

/// All that a client or a test needs to know to use the tenant.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ready {
    /// Base of Entra's paths.
    pub authority: String,
    /// The tenant's id, a GUID.
    pub tenant_id: String,
    /// The app's registration in the tenant.
    pub client_id: String,
    /// Microsoft Graph, with its version.
    pub graph: String,
    /// Exchange Web Services.
    pub ews: String,
    /// The generic OpenID provider.
    pub sso: ReadySso,
    /// PEM file of the throw-away CA; absent without TLS.
    pub ca: Option<String>,
    /// A policy file that points here, with SSO through Entra.
    pub policy: String,
    /// A policy file that points here, with SSO through the generic provider.
    pub policy_sso: String,
    /// A policy file that points here, with the on-premises server for mailboxes that are there.
    pub policy_ews: String,
    /// Who can sign in.
    pub users: Vec<ReadyUser>,
    /// Where the tenant is controlled.
    pub control: String,
}

/// The generic OpenID provider's registration of the app.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadySso {
    /// The provider's issuer.
    pub issuer: String,
    /// The app's id there.
    pub client_id: String,
}

/// A person who can sign in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadyUser {
    /// User principal name.
    pub username: String,
    /// Password on both sign-in pages.
    pub password: String,
    /// `user` or `admin`.
    pub role: &'static str,
    /// `cloud`, `onPremises` or `none`.
    pub mailbox: &'static str,
}

impl ReadyUser {
    fn of(user: &User) -> Self {
        Self {
            username: user.username.clone(),
            password: user.password.clone(),
            role: match user.role {
                Role::User => "user",
                Role::Admin => "admin",
            },
            mailbox: match user.mailbox {
                Mailbox::Cloud => "cloud",
                Mailbox::OnPremises => "onPremises",
                Mailbox::None => "none",
            },
        }
    }

    pub(crate) fn all(world: &World) -> Vec<Self> {
        world.users.iter().map(Self::of).collect()
    }
}
