//! The Microsoft clouds and where they answer.
//!
//! Hosts: Microsoft Entra, "National clouds"; Microsoft Graph, "National cloud deployments".

use serde::Serialize;
use url::Url;

pub use crate::choice::Cloud;
pub use convoke_model::exchange_online::is_exchange_online;

/// Where a cloud answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Endpoints {
    /// Root of the authority; the tenant and Entra's paths are appended.
    pub authority: Url,
    /// Root of Microsoft Graph with its version, for example `https://graph.microsoft.com/v1.0`.
    pub graph: Url,
}

impl Endpoints {
    /// The endpoints of a cloud; `None` for the custom one, whose endpoints the policy names.
    #[must_use]
    pub fn of(cloud: Cloud) -> Option<Self> {
        let (authority, graph) = match cloud {
            Cloud::Global => ("https://login.microsoftonline.com", "https://graph.microsoft.com/v1.0"),
            Cloud::UsGov => ("https://login.microsoftonline.us", "https://graph.microsoft.us/v1.0"),
            Cloud::UsGovDod => ("https://login.microsoftonline.us", "https://dod-graph.microsoft.us/v1.0"),
            Cloud::China => {
                ("https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn/v1.0")
            }
            Cloud::Custom => return None,
        };
        Some(Self { authority: Url::parse(authority).ok()?, graph: Url::parse(graph).ok()? })
    }

    /// The endpoints of a custom cloud. A Graph root without a path gets `/v1.0`.
    #[must_use]
    pub fn custom(authority: Url, mut graph: Url) -> Self {
        if graph.path() == "/" {
            graph.set_path("/v1.0");
        }
        Self { authority, graph }
    }

    /// Where a cloud answers Autodiscover for its mailboxes: it knows which of them are on-premises, and says so without
    /// a sign-in. A custom cloud answers where its Graph does.
    #[must_use]
    pub fn autodiscover(&self, cloud: Cloud) -> Option<Url> {
        let root = match cloud {
            Cloud::Global => "https://outlook.office365.com/",
            Cloud::UsGov => "https://outlook.office365.us/",
            Cloud::UsGovDod => "https://outlook-dod.office365.us/",
            Cloud::China => "https://partner.outlook.cn/",
            Cloud::Custom => return self.graph.join("/").ok(),
        };
        Url::parse(root).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Choice;

    #[test]
    fn every_cloud_but_the_custom_one_has_endpoints() {
        for cloud in Cloud::WORDS.iter().filter_map(|word| Cloud::from_word(word)) {
            assert_eq!(Endpoints::of(cloud).is_none(), cloud == Cloud::Custom, "{cloud:?}");
        }
    }

    #[test]
    fn autodiscover_of_a_cloud_is_exchange_onlines_and_of_a_custom_one_its_own() {
        for cloud in Cloud::WORDS.iter().filter_map(|word| Cloud::from_word(word)) {
            let own = Url::parse("http://localhost:1/v1.0").unwrap();
            let endpoints = Endpoints::of(cloud).unwrap_or(Endpoints { authority: own.clone(), graph: own });
            let root = endpoints.autodiscover(cloud).unwrap();
            assert_eq!(is_exchange_online(root.host_str().unwrap()), cloud != Cloud::Custom, "{root}");
            assert_eq!(root.path(), "/");
        }
    }

    #[test]
    fn a_bare_graph_host_gets_the_version() {
        let check = |graph: &str, expected: &str| {
            let authority = Url::parse("https://login.example.com").unwrap();
            let endpoints = Endpoints::custom(authority, Url::parse(graph).unwrap());
            assert_eq!(endpoints.graph.as_str(), expected);
        };
        check("http://localhost:1", "http://localhost:1/v1.0");
        check("http://localhost:1/v1.0", "http://localhost:1/v1.0");
        check("http://localhost:1/beta", "http://localhost:1/beta");
    }
}
