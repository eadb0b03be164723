//! The server that is asked, and how.

use convoke_model::endpoint::is_allowed;
use url::Url;

use crate::error::EwsError;
use crate::retirement;
use crate::version::SchemaVersion;

/// An EWS address (`https://mail.contoso.com/EWS/Exchange.asmx`) with what every request to it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
    version: SchemaVersion,
    anchor: Option<String>,
}

impl Endpoint {
    /// An endpoint of the default version.
    ///
    /// # Errors
    /// [`EwsError::Endpoint`] unless it is https (or http on a loopback host) without user, query and
    /// fragment.
    pub fn new(url: &str) -> Result<Self, EwsError> {
        let refused = || EwsError::Endpoint { url: url.chars().take(200).collect() };
        let url = Url::parse(url).map_err(|_| refused())?;
        if url.query().is_some() || url.fragment().is_some() || !is_allowed(&url) {
            return Err(refused());
        }
        Ok(Self { url, version: SchemaVersion::default(), anchor: None })
    }

    /// The same server, asked in another version; see [`SchemaVersion::step_down`].
    #[must_use]
    pub fn with_version(self, version: SchemaVersion) -> Self {
        Self { version, ..self }
    }

    /// With the mailbox that requests are for, so that a farm of servers sends them to the same one
    /// (`X-AnchorMailbox`).
    #[must_use]
    pub fn with_anchor(self, mailbox: &str) -> Self {
        Self { anchor: Some(mailbox.to_owned()), ..self }
    }

    /// The version that requests name.
    #[must_use]
    pub fn version(&self) -> SchemaVersion {
        self.version
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The host, for messages.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The permission that tokens for it carry under hybrid modern authentication: the resource is the server's own
    /// host, a name that the organization has given to the Exchange service principal (evolution-ews
    /// `e-oauth2-service-office365.c`; Microsoft: "Configure Exchange Server on-premises to use Hybrid Modern
    /// Authentication").
    #[must_use]
    pub fn scope(&self) -> String {
        format!("https://{}/EWS.AccessAsUser.All", self.host())
    }

    pub(crate) fn anchor(&self) -> Option<&str> {
        self.anchor.as_deref()
    }

    pub(crate) fn is_exchange_online(&self) -> bool {
        retirement::is_exchange_online(&self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::Endpoint;

    #[test]
    fn the_scope_is_that_of_the_servers_own_host() {
        for url in
            ["https://Mail.contoso.com/EWS/Exchange.asmx", "https://mail.contoso.com:444/ews/exchange.asmx"]
        {
            let scope = Endpoint::new(url).unwrap().scope();
            assert_eq!(scope, "https://mail.contoso.com/EWS.AccessAsUser.All");
        }
    }

    #[test]
    fn only_secure_addresses() {
        for (url, good) in [
            ("https://mail.contoso.com/EWS/Exchange.asmx", true),
            ("http://localhost:4000/EWS/Exchange.asmx", true),
            ("http://mail.contoso.com/EWS/Exchange.asmx", false),
            ("https://user@mail.contoso.com/EWS/Exchange.asmx", false),
            ("https://mail.contoso.com/EWS/Exchange.asmx?x=1", false),
            ("https://mail.contoso.com/EWS/Exchange.asmx#x", false),
            ("mail.contoso.com", false),
            ("", false),
        ] {
            assert_eq!(Endpoint::new(url).is_ok(), good, "{url}");
        }
    }
}
