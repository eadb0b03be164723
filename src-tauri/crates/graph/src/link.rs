//! Links inside answers.

use url::Url;

use crate::endpoint::Endpoint;
use crate::error::GraphError;

/// An opaque link of the server (nextLink, deltaLink) that was checked to lead back to the same server, so
/// that a token may go there (reliability B61).
#[derive(Clone, PartialEq, Eq)]
pub struct Link(Url);

/// No link of Graph was seen near it (delta tokens have up to 2 kB).
const LONGEST: usize = 16_384;

impl Link {
    /// Checks a link against the endpoint that it came from, or that a stored one is used with.
    ///
    /// # Errors
    /// [`GraphError::ForeignLink`] for another scheme, host or port; [`GraphError::BadLink`] where it is no URL.
    pub fn checked(url: &str, endpoint: &Endpoint) -> Result<Self, GraphError> {
        if url.len() > LONGEST {
            return Err(GraphError::BadLink);
        }
        let url = Url::parse(url).map_err(|_| GraphError::BadLink)?;
        if endpoint.is_home_of(&url) {
            Ok(Self(url))
        } else {
            Err(GraphError::ForeignLink {
                host: url.host_str().unwrap_or_default().chars().take(253).collect(),
            })
        }
    }

    /// The URL, to request or to store. It contains a token of the server: not for logs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The query is a token for the state of the mailbox.
        f.debug_tuple("Link").field(&self.0.host_str().unwrap_or_default()).field(&"…").finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Link;
    use crate::{Endpoint, GraphError};

    #[test]
    fn b61_links_stay_on_the_server_that_was_asked() {
        let endpoint = Endpoint::new("https://graph.microsoft.com/v1.0").unwrap();
        // The path may differ from the one that was asked (msgraph-sdk-dotnet#3121).
        assert!(
            Link::checked(
                "https://graph.microsoft.com/v1.0/me/calendar/calendarView/delta?$skiptoken=x",
                &endpoint
            )
            .is_ok()
        );
        assert!(Link::checked("https://GRAPH.microsoft.com:443/x", &endpoint).is_ok());
        for foreign in [
            "http://graph.microsoft.com/v1.0/x",
            "https://evil.example/v1.0/x",
            "https://graph.microsoft.com.evil.example/x",
            "https://graph.microsoft.com@evil.example/x",
            "https://me@graph.microsoft.com/x",
            "https://graph.microsoft.com:8443/x",
            "http://127.0.0.1/x",
            "file:///etc/passwd",
        ] {
            let refused = Link::checked(foreign, &endpoint);
            assert!(matches!(refused, Err(GraphError::ForeignLink { .. })), "{foreign}: {refused:?}");
        }
        for bad in ["", "/v1.0/me", "https://"] {
            assert!(matches!(Link::checked(bad, &endpoint), Err(GraphError::BadLink)), "{bad}");
        }
    }

    #[test]
    fn debug_output_hides_the_token() {
        let endpoint = Endpoint::new("https://graph.microsoft.com/v1.0").unwrap();
        let link = Link::checked("https://graph.microsoft.com/v1.0/x?$deltatoken=SECRET", &endpoint).unwrap();
        assert!(!format!("{link:?}").contains("SECRET"));
    }
}
