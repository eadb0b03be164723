//! The one table of keys. Reading, checking, defaults, provenance and generators all follow it.

use crate::choice::{
    AuthorizeWith, CalendarPermission, Choice, Cloud, ContactsPermission, DirectoryPermission, EwsAuth,
    Language, LogLevel, Prompt, Theme, UpdateChannel,
};
use crate::key::{Item, Key, Kind, Place, Text};
use crate::value::DefaultValue as Default;

const OPTIONAL_URL: Kind = Kind::Text(Text::Url);

const fn comfort(name: &'static str, kind: Kind, default: Default, doc: &'static str) -> Key {
    Key { name, kind, default, place: Place::Levels, security: false, doc }
}

const fn security(name: &'static str, kind: Kind, default: Default, doc: &'static str) -> Key {
    Key { name, kind, default, place: Place::Levels, security: true, doc }
}

const fn top(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, default: Default::Null, place: Place::Top, security: false, doc }
}

/// Every key, in the order of the documentation. Keys of a section stand together.
pub const KEYS: &[Key] = &[
    top("organization.name", Kind::Text(Text::Line), "The organization's name, as people know it."),
    top("organization.helpUrl", OPTIONAL_URL, "Where people find the organization's own help on Convoke."),
    top("organization.helpEmail", Kind::Text(Text::MailAddress), "Whom people write to when they need help."),
    security(
        "sso.domain",
        Kind::Text(Text::Domain),
        Default::Null,
        "Sent as domain_hint, so that the organization's own sign-in page opens at once.",
    ),
    security(
        "sso.issuer",
        OPTIONAL_URL,
        Default::Null,
        "OpenID provider of the organization for SSO; null: SSO goes through Microsoft 365.",
    ),
    security(
        "sso.clientId",
        Kind::Text(Text::Line),
        Default::Null,
        "The client that Convoke is at the OpenID provider of sso.issuer.",
    ),
    security(
        "microsoft365.tenant",
        Kind::Text(Text::Tenant),
        Default::Text("organizations"),
        "The tenant to sign in to: its id, one of its domains, or \"organizations\" for any.",
    ),
    security(
        "microsoft365.clientId",
        Kind::Text(Text::Guid),
        Default::Null,
        "Application (client) id of Convoke's registration.",
    ),
    security(
        "microsoft365.cloud",
        Kind::Choice(Cloud::WORDS),
        Default::Text("global"),
        "The Microsoft cloud of the tenant; custom takes microsoft365.endpoints.",
    ),
    security(
        "microsoft365.endpoints.authority",
        OPTIONAL_URL,
        Default::Null,
        "Root of the authority of a custom cloud.",
    ),
    security(
        "microsoft365.endpoints.graph",
        OPTIONAL_URL,
        Default::Null,
        "Root of Microsoft Graph of a custom cloud, with its version.",
    ),
    comfort(
        "integration.prompt",
        Kind::Choice(Prompt::WORDS),
        Default::Text("firstSignIn"),
        "When to ask people to integrate Microsoft 365 after SSO.",
    ),
    comfort(
        "integration.userConsent",
        Kind::Bool,
        Default::Bool(true),
        "Whether people may consent for themselves; false: the app shows who must act instead.",
    ),
    comfort(
        "integration.authorizeWith",
        Kind::Choice(AuthorizeWith::WORDS),
        Default::Text("auto"),
        "Microsoft Graph, EWS, or Graph with EWS for mailboxes that are on-premises.",
    ),
    security(
        "integration.permissions.calendar",
        Kind::Choice(CalendarPermission::WORDS),
        Default::Text("read"),
        "What of the calendars the app asks for. No effect on EWS, which grants the whole mailbox.",
    ),
    security(
        "integration.permissions.contacts",
        Kind::Choice(ContactsPermission::WORDS),
        Default::Text("read"),
        "What of the contacts the app asks for. No effect on EWS.",
    ),
    security(
        "integration.permissions.directory",
        Kind::Choice(DirectoryPermission::WORDS),
        Default::Text("basic"),
        "What of the organization's directory the app asks for. No effect on EWS.",
    ),
    security("integration.ews.url", OPTIONAL_URL, Default::Null, "EWS of the on-premises Exchange."),
    security(
        "integration.ews.auth",
        Kind::List { item: Item::Choice(EwsAuth::WORDS), optional: false },
        Default::List(&["oauth"]),
        "Ways to authenticate at the on-premises Exchange.",
    ),
    security(
        "accounts.allowedTenants",
        Kind::List { item: Item::Text(Text::Guid), optional: true },
        Default::Null,
        "Ids of the tenants whose accounts may sign in; null: all, an empty list: none.",
    ),
    security(
        "accounts.allowedDomains",
        Kind::List { item: Item::Text(Text::Domain), optional: true },
        Default::Null,
        "Domains of the user names that may sign in; null: all, an empty list: none.",
    ),
    comfort(
        "sync.pastDays",
        Kind::Integer { min: 0, max: 730 },
        Default::Integer(30),
        "How many days back meetings are kept.",
    ),
    comfort(
        "sync.futureDays",
        Kind::Integer { min: 1, max: 730 },
        Default::Integer(180),
        "How many days ahead meetings are fetched.",
    ),
    comfort(
        "sync.intervalMinutes",
        Kind::Integer { min: 1, max: 1440 },
        Default::Integer(5),
        "Minutes between two rounds of background sync.",
    ),
    comfort("notifications.enabled", Kind::Bool, Default::Bool(true), "Whether meetings are announced."),
    comfort(
        "notifications.minutesBefore",
        Kind::Integer { min: 0, max: 1440 },
        Default::Integer(5),
        "Minutes before the start at which a meeting is announced.",
    ),
    comfort(
        "notifications.showDetailsOnLockScreen",
        Kind::Bool,
        Default::Bool(false),
        "Whether an announcement on the lock screen shows more than that there is a meeting.",
    ),
    comfort("ui.language", Kind::Choice(Language::WORDS), Default::Text("system"), "The app's language."),
    comfort(
        "ui.theme",
        Kind::Choice(Theme::WORDS),
        Default::Text("system"),
        "Light, dark, or as the system.",
    ),
    comfort(
        "privacy.maskPrivateMeetings",
        Kind::Bool,
        Default::Bool(true),
        "Whether private meetings are masked wherever others may look.",
    ),
    comfort(
        "privacy.allowExport",
        Kind::Bool,
        Default::Bool(true),
        "Whether people may export vCard and ICS.",
    ),
    comfort(
        "updates.channel",
        Kind::Choice(UpdateChannel::WORDS),
        Default::Text("stable"),
        "Which releases the app takes.",
    ),
    comfort("logs.level", Kind::Choice(LogLevel::WORDS), Default::Text("info"), "How much the logs say."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_none_is_a_section() {
        for (index, key) in KEYS.iter().enumerate() {
            assert!(!crate::key::is_section(key.name), "{}", key.name);
            assert!(KEYS.iter().skip(index + 1).all(|other| other.name != key.name), "{}", key.name);
            assert!(key.doc.ends_with('.'), "{}", key.name);
        }
    }

    #[test]
    fn defaults_pass_their_own_check() {
        for key in KEYS.iter().filter(|key| key.default != Default::Null) {
            let json = serde_json::to_string(&crate::Value::from(key.default)).unwrap();
            let (section, name) = key.name.rsplit_once('.').unwrap();
            let mut text = format!("{{\"{name}\":{json}}}");
            for part in section.rsplit('.') {
                text = format!("{{\"{part}\":{text}}}");
            }
            let text = format!("{{\"defaults\":{text}}}");
            let parsed = crate::read(crate::FileSource { name: "d", bytes: text.as_bytes() });
            assert!(parsed.problems.is_empty(), "{}: {:?}", key.name, parsed.problems);
            assert_eq!(parsed.values.len(), 1);
        }
    }
}
