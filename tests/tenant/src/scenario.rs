//! Named situations a tenant can be put in, at the start (`--scenario`) or while it runs (`_control/scenario`).

use crate::entra::consent_policy::ConsentPolicy;
use crate::ews::quirks::Quirk as ExchangeQuirk;
use crate::graph::quirks::Quirk;

/// One named situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scenario {
    /// Who may grant permissions to the app; the last one set holds.
    Consent(ConsentPolicy),
    /// Something about signing in.
    Identity(IdentityScenario),
    /// A behaviour of Microsoft Graph.
    Graph(Quirk),
    /// A behaviour of the on-premises server.
    Exchange(ExchangeQuirk),
}

/// Situations of signing in, decided in the browser or at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdentityScenario {
    /// The user is not assigned to the enterprise app: page AADSTS50105.
    NotAssigned,
    /// Conditional Access blocks the sign-in: page AADSTS53003, and `message_only` at the token endpoint.
    ConditionalAccess,
    /// The app is disabled in the tenant: page AADSTS7000112.
    AppDisabled,
    /// The tenant is unknown: AADSTS90002.
    TenantUnknown,
    /// The app is unknown in the tenant: AADSTS700016.
    AppUnknown,
    /// Only a redirect URI other than `http://localhost` is registered: page AADSTS50011.
    RedirectNotRegistered,
    /// A refresh demands multi-factor authentication: `invalid_grant`, `basic_action`, with claims.
    MfaOnRefresh,
    /// The app is registered as a confidential client: AADSTS7000218 at the token endpoint.
    SecretDemanded,
    /// Users of the domain are managed: realm says so and no federated page is used.
    ManagedDomain,
    /// Access tokens live ten minutes (the policy minimum) instead of 60 to 90.
    ShortTokens,
    /// Every sign-in page asks for the password, whatever session there is.
    NoBrowserSession,
}

const IDENTITY: [(&str, IdentityScenario); 11] = [
    ("notAssigned", IdentityScenario::NotAssigned),
    ("conditionalAccess", IdentityScenario::ConditionalAccess),
    ("appDisabled", IdentityScenario::AppDisabled),
    ("tenantUnknown", IdentityScenario::TenantUnknown),
    ("appUnknown", IdentityScenario::AppUnknown),
    ("redirectNotRegistered", IdentityScenario::RedirectNotRegistered),
    ("mfaOnRefresh", IdentityScenario::MfaOnRefresh),
    ("secretDemanded", IdentityScenario::SecretDemanded),
    ("managedDomain", IdentityScenario::ManagedDomain),
    ("shortTokens", IdentityScenario::ShortTokens),
    ("noBrowserSession", IdentityScenario::NoBrowserSession),
];

impl Scenario {
    /// The scenario of that name, as given on the command line and in `_control`.
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(policy) = ConsentPolicy::parse(name) {
            return Some(Self::Consent(policy));
        }
        let identity = IDENTITY.iter().find(|(known, _)| *known == name);
        identity
            .map(|(_, scenario)| Self::Identity(*scenario))
            .or_else(|| Quirk::parse(name).map(Self::Graph))
            .or_else(|| ExchangeQuirk::parse(name).map(Self::Exchange))
    }

    /// The scenario's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Consent(policy) => policy.name(),
            Self::Identity(scenario) => {
                IDENTITY.iter().find(|(_, known)| known == scenario).map_or("", |(name, _)| *name)
            }
            Self::Graph(quirk) => quirk.name(),
            Self::Exchange(quirk) => quirk.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_identity_name_is_read_back() {
        for (name, scenario) in IDENTITY {
            assert_eq!(Scenario::parse(name), Some(Scenario::Identity(scenario)));
            assert_eq!(Scenario::Identity(scenario).name(), name);
        }
        assert_eq!(Scenario::parse("noSuchThing"), None);
        assert_eq!(Scenario::parse("consent:off"), Some(Scenario::Consent(ConsentPolicy::Off)));
    }
}
