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
