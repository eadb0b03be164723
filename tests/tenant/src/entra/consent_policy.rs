//! Who may grant permissions to the app (source: "Manage app consent policies").

use super::scopes::Permission;

/// The tenant's user-consent setting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConsentPolicy {
    /// Users may grant all that isn't admin-only.
    #[default]
    Open,
    /// Microsoft's default: calendars, mail, people and Exchange need an administrator.
    MicrosoftManaged,
    /// Users may grant only what signs them in.
    LowImpact,
    /// Users may grant nothing.
    Off,
    /// As `MicrosoftManaged`, and users may ask an administrator on a form.
    Workflow,
}

const NAMES: [(&str, ConsentPolicy); 5] = [
    ("consent:open", ConsentPolicy::Open),
    ("consent:microsoftManaged", ConsentPolicy::MicrosoftManaged),
    ("consent:lowImpact", ConsentPolicy::LowImpact),
    ("consent:off", ConsentPolicy::Off),
    ("consent:workflow", ConsentPolicy::Workflow),
];

/// Beginnings of the permissions that Microsoft's default policy keeps from users.
const KEPT_FROM_USERS: [&str; 7] = [
    "Calendars.",
    "Contacts.ReadWrite",
    "People.Read",
    "Mail.",
    "MailboxSettings.",
    "OnlineMeetings.",
    "EWS.",
];

const LOW_IMPACT: [&str; 5] = ["openid", "profile", "email", "offline_access", "User.Read"];

impl ConsentPolicy {
    /// The policy of that name, with or without `consent:` in front.
    pub fn parse(name: &str) -> Option<Self> {
        let bare = name.strip_prefix("consent:").unwrap_or(name);
        NAMES.iter().find(|(known, _)| known.ends_with(&format!(":{bare}"))).map(|(_, policy)| *policy)
    }

    /// Its name, with `consent:` in front.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, policy)| *policy == self).map_or("", |(name, _)| *name)
    }

    /// Whether a user who is no administrator may grant the permission.
    pub fn user_may_grant(self, permission: Permission) -> bool {
        if permission.admin_only() {
            return false;
        }
        match self {
            Self::Open => true,
            Self::Off => false,
            Self::LowImpact => LOW_IMPACT.contains(&permission.name),
            Self::MicrosoftManaged | Self::Workflow => {
                !KEPT_FROM_USERS.iter().any(|kept| permission.name.starts_with(kept))
            }
        }
    }

    /// Whether users may ask for approval on a form (AADSTS90095 in place of AADSTS90094).
    pub fn has_request_form(self) -> bool {
        self == Self::Workflow
    }
}

#[cfg(test)]
mod tests {
    use super::super::scopes::Resource;
    use super::*;

    #[test]
    fn what_users_may_grant() {
        let check = |policy: ConsentPolicy, name: &'static str, expected: bool| {
            let permission = Permission { resource: Resource::Graph, name };
            assert_eq!(policy.user_may_grant(permission), expected, "{policy:?} {name}");
        };
        check(ConsentPolicy::Open, "Calendars.Read", true);
        check(ConsentPolicy::Open, "User.Read.All", false);
        check(ConsentPolicy::MicrosoftManaged, "Calendars.Read", false);
        check(ConsentPolicy::MicrosoftManaged, "Contacts.Read", true);
        check(ConsentPolicy::MicrosoftManaged, "Contacts.ReadWrite", false);
        check(ConsentPolicy::LowImpact, "User.Read", true);
        check(ConsentPolicy::LowImpact, "Contacts.Read", false);
        check(ConsentPolicy::Off, "openid", false);
    }

    #[test]
    fn names_are_read_with_and_without_prefix() {
        for (name, policy) in NAMES {
            assert_eq!(ConsentPolicy::parse(name), Some(policy));
            assert_eq!(ConsentPolicy::parse(&name["consent:".len()..]), Some(policy));
            assert_eq!(policy.name(), name);
        }
        assert_eq!(ConsentPolicy::parse(""), None);
    }
}
