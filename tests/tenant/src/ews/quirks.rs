//! Behaviours of the on-premises server that can be switched on and off by name.

/// One behaviour. Those of [`Quirk::defaults`] are how servers are; the others are how one of them is set up, or how
/// it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quirk {
    /// The server is Exchange 2013 SP1; without this and the next two it is the Subscription Edition.
    Exchange2013,
    /// The server is Exchange 2016.
    Exchange2016,
    /// The server is Exchange 2019.
    Exchange2019,
    /// Basic authentication is on.
    Basic,
    /// Hybrid modern authentication is on: an empty bearer token is told where to get one.
    HybridModernAuth,
    /// OAuth is on for other servers, not for people: the challenge names no authorization endpoint.
    OauthWithoutHma,
    /// Extended protection is required: NTLM must be bound to the TLS channel (RFC 5929).
    ExtendedProtection,
    /// Five wrong passwords lock an account for thirty minutes.
    AccountLockout,
    /// A view of more than 1,000 entries fails; without it the first 1,000 are sent.
    FindLimitError,
    /// Half of the people of the organization appear under their X.500 addresses.
    LegacyAddresses,
    /// Some names end in a control character, which XML can't hold.
    ControlCharacters,
    /// Autodiscover sends people round in circles.
    AutodiscoverLoop,
    /// Autodiscover sends people to another address of this server first.
    AutodiscoverRedirectUrl,
    /// Autodiscover sends people to a host of somebody else.
    AutodiscoverForeign,
}

const NAMES: [(&str, Quirk); 14] = [
    ("exchange2013", Quirk::Exchange2013),
    ("exchange2016", Quirk::Exchange2016),
    ("exchange2019", Quirk::Exchange2019),
    ("ewsBasic", Quirk::Basic),
    ("hybridModernAuth", Quirk::HybridModernAuth),
    ("oauthWithoutHma", Quirk::OauthWithoutHma),
    ("ewsExtendedProtection", Quirk::ExtendedProtection),
    ("accountLockout", Quirk::AccountLockout),
    ("ewsFindLimitError", Quirk::FindLimitError),
    ("ewsLegacyAddresses", Quirk::LegacyAddresses),
    ("ewsControlCharacters", Quirk::ControlCharacters),
    ("autodiscoverLoop", Quirk::AutodiscoverLoop),
    ("autodiscoverRedirectUrl", Quirk::AutodiscoverRedirectUrl),
    ("autodiscoverForeign", Quirk::AutodiscoverForeign),
];

impl Quirk {
    /// The behaviour of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, quirk)| *quirk)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        NAMES.iter().find(|(_, known)| known == self).map_or("", |(name, _)| name)
    }

    /// The behaviours of every server, on from the start.
    #[must_use]
    pub fn defaults() -> &'static [Self] {
        &[Self::LegacyAddresses, Self::ControlCharacters]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back_and_is_of_this_service_alone() {
        for (name, quirk) in NAMES {
            assert_eq!(Quirk::parse(name), Some(quirk));
            assert_eq!(quirk.name(), name);
            assert_eq!(crate::Scenario::parse(name), Some(crate::Scenario::Exchange(quirk)));
        }
    }
}
