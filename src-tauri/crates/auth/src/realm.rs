//! Where a user's domain signs in (user realm discovery, protocols §1.10).
//!
//! The answer is anonymous, a hint, and tells Microsoft the user name: ask only when somebody wants to know.

use convoke_net::{Limits, Transport};
use http::Request;
use http::header::ACCEPT;
use serde::Deserialize;
use url::Url;

use crate::authority::Authority;
use crate::error::AuthError;

/// Where the domain signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RealmKind {
    /// At the organization's own page.
    Federated,
    /// At Microsoft's page.
    Managed,
    /// Entra does not know the domain, or the authority does not tell.
    Unknown,
}

/// A domain and where it signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Realm {
    /// Where.
    pub kind: RealmKind,
    /// The domain, as Entra spells it; the user name's own where it says none.
    pub domain: String,
    /// The host of the organization's own page, where the domain is federated and Entra tells.
    pub provider: Option<String>,
}

#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    account_type: String,
    #[serde(default)]
    domain_name: Option<String>,
    #[serde(default)]
    federation_active_auth_url: Option<String>,
    #[serde(default)]
    federation_metadata_url: Option<String>,
}

/// Looks up the realm of a user name (`name@domain`).
///
/// # Errors
/// [`AuthError::Settings`] for another provider than Entra ID or a name without a domain; what the network says.
pub async fn look_up(
    authority: &Authority,
    username: &str,
    transport: &dyn Transport,
) -> Result<Realm, AuthError> {
    let (_, domain) = username.rsplit_once('@').ok_or(AuthError::Settings("the user name has no domain"))?;
    let url = address(authority, username)?;
    let request = Request::get(url.as_str())
        .header(ACCEPT, "application/json")
        .body(bytes::Bytes::new())
        .map_err(|_| AuthError::Settings("the authority is not a URL"))?;
    let answer = transport.send(request, Limits::SMALL).await?;
    let unknown = Realm { kind: RealmKind::Unknown, domain: domain.to_owned(), provider: None };
    // Some authorities have no such page.
    if answer.status().as_u16() == 404 {
        return Ok(unknown);
    }
    if !answer.status().is_success() {
        return Err(AuthError::unexpected(&url, "the realm is not told"));
    }
    let wire: Wire = serde_json::from_slice(answer.body())
        .map_err(|_| AuthError::unexpected(&url, "the realm is not JSON"))?;
    let kind = match wire.account_type.to_ascii_lowercase().as_str() {
        "federated" => RealmKind::Federated,
        "managed" => RealmKind::Managed,
        _ => return Ok(unknown),
    };
    let provider = wire.provider().filter(|_| kind == RealmKind::Federated);
    let domain = wire.domain_name.filter(|name| is_domain(name)).unwrap_or(unknown.domain);
    Ok(Realm { kind, domain, provider })
}

impl Wire {
    fn provider(&self) -> Option<String> {
        let urls = [&self.federation_active_auth_url, &self.federation_metadata_url];
        let host = |url: &String| Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        urls.into_iter().flatten().find_map(host)
    }
}

fn address(authority: &Authority, username: &str) -> Result<Url, AuthError> {
    let Authority::Entra { base, .. } = authority else {
        return Err(AuthError::Settings("only Entra ID tells realms"));
    };
    let mut url = base.clone();
    url.path_segments_mut()
        .map_err(|()| AuthError::Settings("the authority is not a URL"))?
        .pop_if_empty()
        .extend(["common", "userrealm", username]);
    url.set_query(Some("api-version=1.0"));
    Ok(url)
}

fn is_domain(name: &str) -> bool {
    name.len() <= 253 && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_name_is_one_segment() {
        let base: Url = "https://login.example/".parse().unwrap();
        let authority = Authority::Entra { base, tenant: "organizations".to_owned() };
        let url = address(&authority, "a/b?c#EXT#@d.example").unwrap();
        let expected = "https://login.example/common/userrealm/a%2Fb%3Fc%23EXT%23@d.example?api-version=1.0";
        assert_eq!(url.as_str(), expected);
    }

    #[test]
    fn domains() {
        for (name, expected) in
            [("contoso.com", true), ("müller.example", true), ("<b>", false), ("a b", false)]
        {
            assert_eq!(is_domain(name), expected, "{name}");
        }
    }
}
