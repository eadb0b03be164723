//! Home-realm discovery: whose page signs a user in (source: user realm requests of Microsoft's own libraries).

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use crate::scenario::IdentityScenario;
use crate::state::{Shared, TenantState};
use crate::world::World;

/// How the people of a domain sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Realm {
    /// On the organization's own page.
    Federated,
    /// On Entra's page.
    Managed,
    /// The domain isn't known.
    Unknown,
}

/// The part of a user name after the `@`, in small letters; the whole if there is none.
pub fn domain_of(name: &str) -> String {
    name.rsplit_once('@').map_or(name, |(_, domain)| domain).to_lowercase()
}

/// The organization's federated domain: that of the first person.
pub fn federated_domain(world: &World) -> String {
    world.users.first().map(|user| domain_of(&user.username)).unwrap_or_default()
}

/// How the people of `domain` sign in.
pub fn of_domain(state: &TenantState, domain: &str) -> Realm {
    let world = state.world();
    if federated_domain(&world).eq_ignore_ascii_case(domain) {
        let managed = state.signing_in(IdentityScenario::ManagedDomain);
        return if managed { Realm::Managed } else { Realm::Federated };
    }
    let known = world.users.iter().any(|user| domain_of(&user.username).eq_ignore_ascii_case(domain));
    if known { Realm::Managed } else { Realm::Unknown }
}

/// The user of that name, as an index into the world's users.
pub fn find_user(world: &World, username: &str) -> Option<usize> {
    world.users.iter().position(|user| user.username.eq_ignore_ascii_case(username.trim()))
}

/// `GET /common/userrealm/{upn}`.
pub async fn user_realm(State(shared): State<Shared>, Path(upn): Path<String>) -> Json<Value> {
    let domain = domain_of(&upn);
    let realm = of_domain(&shared, &domain);
    let mut answer = json!({
        "ver": "1.0",
        "account_type": match realm {
            Realm::Federated => "Federated",
            Realm::Managed => "Managed",
            Realm::Unknown => "Unknown",
        },
        "domain_name": domain,
        "cloud_instance_name": "microsoftonline.com",
        "cloud_audience_urn": "urn:federation:MicrosoftOnline",
    });
    if realm == Realm::Federated {
        let base = format!("{}/federation/{domain}", shared.urls.authority);
        answer["federation_protocol"] = json!("WSTrust");
        answer["federation_metadata_url"] = json!(format!("{base}/trust/mex"));
        answer["federation_active_auth_url"] = json!(format!("{base}/trust/2005/usernamemixed"));
    }
    Json(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_compared_in_small_letters() {
        assert_eq!(domain_of("Ana@Contoso.Example"), "contoso.example");
        assert_eq!(domain_of("contoso.example"), "contoso.example");
    }
}
