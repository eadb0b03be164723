//! Delegated permissions: which exist, what a scope string asks for, what a person is told.

use std::fmt;

/// A protected API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// Microsoft Graph; the OpenID Connect scopes belong to it as well.
    Graph,
    /// Exchange Online.
    Exchange,
    /// The on-premises Exchange server, an audience of its own. It is a name of the same service principal as
    /// Exchange Online: who consented to one consented to both.
    ExchangeServer,
}

/// One delegated permission that the tenant knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permission {
    /// The API it belongs to.
    pub resource: Resource,
    /// Its short name, for example `Calendars.Read`.
    pub name: &'static str,
}

struct Known {
    resource: Resource,
    name: &'static str,
    admin_only: bool,
    label: &'static str,
}

const fn graph(name: &'static str, label: &'static str) -> Known {
    Known { resource: Resource::Graph, name, admin_only: false, label }
}

const fn admin(name: &'static str, label: &'static str) -> Known {
    Known { resource: Resource::Graph, name, admin_only: true, label }
}

/// The permissions, with the sentences of the consent page (source: "Microsoft Graph permissions reference").
const KNOWN: [Known; 21] = [
    graph("openid", "Sign you in"),
    graph("profile", "View your basic profile"),
    graph("email", "View your email address"),
    graph("offline_access", "Maintain access to data you have given it access to"),
    graph("User.Read", "Sign you in and read your profile"),
    graph("User.ReadBasic.All", "Read all users' basic profiles"),
    graph("Calendars.Read", "Read your calendars"),
    graph("Calendars.ReadBasic", "Read basic details of your calendars"),
    graph("Calendars.ReadWrite", "Have full access to your calendars"),
    graph("Calendars.Read.Shared", "Read calendars you can access"),
    graph("Calendars.ReadWrite.Shared", "Read and write to your and shared calendars"),
    graph("Contacts.Read", "Read your contacts"),
    graph("Contacts.ReadWrite", "Have full access to your contacts"),
    graph("People.Read", "Read your relevant people list"),
    graph("Mail.Read", "Read your mail"),
    graph("MailboxSettings.Read", "Read your mailbox settings"),
    admin("User.Read.All", "Read all users' full profiles"),
    admin("OrgContact.Read.All", "Read organizational contacts"),
    admin("Directory.Read.All", "Read directory data"),
    Known {
        resource: Resource::Exchange,
        name: "EWS.AccessAsUser.All",
        admin_only: false,
        label: "Access your mailbox as you by Exchange Web Services",
    },
    Known {
        resource: Resource::ExchangeServer,
        name: "EWS.AccessAsUser.All",
        admin_only: false,
        label: "Access your mailbox as you by Exchange Web Services",
    },
];

/// OpenID Connect scopes: no API permission of an access token.
pub const OPENID: [&str; 4] = ["openid", "profile", "email", "offline_access"];

impl Permission {
    fn known(self) -> Option<&'static Known> {
        KNOWN.iter().find(|known| known.resource == self.resource && known.name == self.name)
    }

    /// Whether only an administrator can ever grant it.
    pub fn admin_only(self) -> bool {
        self.known().is_some_and(|known| known.admin_only)
    }

    /// What the consent page says.
    pub fn label(self) -> &'static str {
        self.known().map_or("", |known| known.label)
    }

    /// The permission as consent knows it: that of the service principal.
    #[must_use]
    pub fn of_principal(self) -> Self {
        match self.resource {
            Resource::ExchangeServer => Self { resource: Resource::Exchange, ..self },
            _ => self,
        }
    }

    /// Whether it is one of [`OPENID`].
    pub fn is_openid(self) -> bool {
        OPENID.contains(&self.name)
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Why a scope string is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadScope {
    /// No such permission: AADSTS70011.
    Unknown(String),
    /// Nothing asked for: AADSTS900144.
    Empty,
}

/// What a scope string asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes {
    /// The permissions, in the order asked.
    pub permissions: Vec<Permission>,
    /// Resources asked for with `/.default`: everything already granted there.
    pub defaults: Vec<Resource>,
}

impl Scopes {
    /// Reads a scope string. Names may be short, or URLs on Graph's public host, Exchange Online's, or on `origin`, the
    /// tenant's own, where Graph and the on-premises server both are. That server's name may come without its port and
    /// with `https`, as clients build it from the host.
    ///
    /// # Errors
    /// When it is empty or names a permission that doesn't exist.
    pub fn parse(text: &str, origin: &str) -> Result<Self, BadScope> {
        let mut scopes = Self::default();
        for word in text.split_ascii_whitespace() {
            let (prefix, name) = word.rsplit_once('/').unwrap_or(("", word));
            if !is_resource(prefix, origin) {
                return Err(BadScope::Unknown(word.to_owned()));
            }
            if name == ".default" {
                scopes.defaults.push(resource_of(prefix, origin));
                continue;
            }
            let resource = resource_of_name(prefix, name);
            let known = KNOWN.iter().find(|known| {
                known.name.eq_ignore_ascii_case(name) && resource.is_none_or(|r| r == known.resource)
            });
            let known = known.ok_or_else(|| BadScope::Unknown(word.to_owned()))?;
            let permission = Permission { resource: known.resource, name: known.name };
            if !scopes.permissions.contains(&permission) {
                scopes.permissions.push(permission);
            }
        }
        if scopes.permissions.is_empty() && scopes.defaults.is_empty() {
            return Err(BadScope::Empty);
        }
        Ok(scopes)
    }

    /// Whether a permission of that name is asked for.
    pub fn asks(&self, name: &str) -> bool {
        self.permissions.iter().any(|permission| permission.name == name)
    }

    /// The APIs asked for, without the OpenID Connect scopes; each once.
    pub fn resources(&self) -> Vec<Resource> {
        let named = self.permissions.iter().filter(|permission| !permission.is_openid());
        let mut found: Vec<Resource> = named.map(|permission| permission.resource).collect();
        found.extend(&self.defaults);
        found.sort();
        found.dedup();
        found
    }
}

const EXCHANGE_ONLINE: &str = "https://outlook.office365.com";

fn is_resource(prefix: &str, origin: &str) -> bool {
    prefix.is_empty()
        || prefix == "https://graph.microsoft.com"
        || prefix == EXCHANGE_ONLINE
        || prefix.strip_suffix("/v1.0").unwrap_or(prefix) == origin
        || is_server(prefix, origin)
}

/// Whether it is the on-premises server's name and not Graph's: `https` and the host, with or without the port.
fn is_server(prefix: &str, origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    prefix.strip_prefix("https://").is_some_and(|rest| rest == name || rest == host) && prefix != origin
}

fn resource_of(prefix: &str, origin: &str) -> Resource {
    match prefix {
        EXCHANGE_ONLINE => Resource::Exchange,
        _ if is_server(prefix, origin) => Resource::ExchangeServer,
        _ => Resource::Graph,
    }
}

/// The API that a permission's URL means; where it is none, the name decides.
fn resource_of_name(prefix: &str, name: &str) -> Option<Resource> {
    let of_exchange = name.to_ascii_lowercase().starts_with("ews.");
    match prefix {
        "" => None,
        EXCHANGE_ONLINE => Some(Resource::Exchange),
        _ if of_exchange => Some(Resource::ExchangeServer),
        _ => Some(Resource::Graph),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "http://localhost:8080";

    fn names(text: &str) -> Vec<&'static str> {
        Scopes::parse(text, ORIGIN).unwrap().permissions.iter().map(|p| p.name).collect()
    }

    #[test]
    fn short_and_url_names_in_any_case() {
        assert_eq!(names("openid calendars.read"), ["openid", "Calendars.Read"]);
        assert_eq!(names("https://graph.microsoft.com/User.Read User.Read"), ["User.Read"]);
        assert_eq!(names("http://localhost:8080/Contacts.Read"), ["Contacts.Read"]);
    }

    #[test]
    fn unknown_hosts_and_names_are_refused() {
        let unknown = |text: &str| Err(BadScope::Unknown(text.to_owned()));
        let check = |text: &str| assert_eq!(Scopes::parse(text, ORIGIN), unknown(text));
        check("https://evil.example/User.Read");
        check("Calendar.Read");
        assert_eq!(Scopes::parse("  ", ORIGIN), Err(BadScope::Empty));
    }

    #[test]
    fn the_on_premises_server_is_an_audience_of_its_own() {
        let check = |text: &str, expected: Resource| {
            assert_eq!(Scopes::parse(text, ORIGIN).unwrap().resources(), [expected], "{text}");
        };
        check("EWS.AccessAsUser.All", Resource::Exchange);
        check("https://outlook.office365.com/EWS.AccessAsUser.All", Resource::Exchange);
        check("http://localhost:8080/EWS.AccessAsUser.All", Resource::ExchangeServer);
        check("https://localhost:8080/EWS.AccessAsUser.All openid", Resource::ExchangeServer);
        check("https://localhost/EWS.AccessAsUser.All", Resource::ExchangeServer);
        check("http://localhost:8080/Contacts.Read", Resource::Graph);
        assert!(Scopes::parse("https://mail.evil.example/EWS.AccessAsUser.All", ORIGIN).is_err());
        let permission = Permission { resource: Resource::ExchangeServer, name: "EWS.AccessAsUser.All" };
        assert_eq!(permission.of_principal().resource, Resource::Exchange);
    }

    #[test]
    fn resources_leave_openid_scopes_out() {
        let scopes = Scopes::parse("openid User.Read EWS.AccessAsUser.All", ORIGIN).unwrap();
        assert_eq!(scopes.resources(), [Resource::Graph, Resource::Exchange]);
        let openid = Scopes::parse("openid profile", ORIGIN).unwrap();
        assert!(openid.resources().is_empty());
    }
}
