//! The one table of feature, permission and Microsoft Graph scope.
//!
//! A scope is asked for in exactly the declared words: a granted `Contacts.ReadWrite` does not satisfy a request
//! for `Contacts.Read`. (What an answer allows is another matter: there the wider one counts, in the sign-in's own
//! comparison.) `MailboxSettings.Read` and `People.Read` are left out on purpose: Microsoft's managed consent policy
//! keeps both from users (Entra, "Manage app consent policies").

use convoke_model::service::Service;

use crate::choice::{CalendarPermission, ContactsPermission, DirectoryPermission};
use crate::settings::Permissions;

/// The scope that every sign-in asks for: the user's own name and address.
pub const ALWAYS: &str = "User.Read";

/// A scope, what it is for, and when the policy permits it.
#[derive(Clone, Copy, Debug)]
pub struct ScopeRow {
    /// The service it belongs to.
    pub service: Service,
    /// The delegated permission's short name.
    pub scope: &'static str,
    /// What the app does with it, for people.
    pub feature: &'static str,
    permitted: fn(&Permissions) -> bool,
}

/// Every scope of a service.
pub const SCOPES: [ScopeRow; 4] = [
    ScopeRow {
        service: Service::Calendar,
        scope: "Calendars.Read",
        feature: "Show your meetings",
        permitted: |permissions| permissions.calendar == CalendarPermission::Read,
    },
    ScopeRow {
        service: Service::Calendar,
        scope: "Calendars.ReadWrite",
        feature: "Show your meetings and answer invitations",
        permitted: |permissions| permissions.calendar == CalendarPermission::ReadWrite,
    },
    ScopeRow {
        service: Service::Contacts,
        scope: "Contacts.Read",
        feature: "Show your contacts",
        permitted: |permissions| permissions.contacts == ContactsPermission::Read,
    },
    ScopeRow {
        service: Service::Directory,
        scope: "User.ReadBasic.All",
        feature: "Find people in your organization",
        permitted: |permissions| permissions.directory == DirectoryPermission::Basic,
    },
];

/// The scope of a service, if the policy permits the service at all.
#[must_use]
pub fn scope_of(service: Service, permissions: &Permissions) -> Option<&'static str> {
    let permitted = |row: &&ScopeRow| row.service == service && (row.permitted)(permissions);
    SCOPES.iter().find(permitted).map(|row| row.scope)
}

/// What to ask for so that these services work: [`ALWAYS`] first, then the permitted scope of each service.
#[must_use]
pub fn scopes(services: &[Service], permissions: &Permissions) -> Vec<&'static str> {
    let wanted = Service::ALL.into_iter().filter(|service| services.contains(service));
    std::iter::once(ALWAYS).chain(wanted.filter_map(|service| scope_of(service, permissions))).collect()
}

/// The services that the policy permits.
#[must_use]
pub fn permitted(permissions: &Permissions) -> Vec<Service> {
    Service::ALL.into_iter().filter(|&service| scope_of(service, permissions).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Choice;

    #[test]
    fn the_whole_matrix() {
        let check = |calendar: &str, contacts: &str, directory: &str, expected: &[&str]| {
            let permissions = Permissions {
                calendar: CalendarPermission::from_word(calendar).unwrap(),
                contacts: ContactsPermission::from_word(contacts).unwrap(),
                directory: DirectoryPermission::from_word(directory).unwrap(),
            };
            assert_eq!(scopes(&Service::ALL, &permissions), expected);
            assert_eq!(permitted(&permissions).len(), expected.len() - 1);
        };
        let (read, write, contacts, people) =
            ("Calendars.Read", "Calendars.ReadWrite", "Contacts.Read", "User.ReadBasic.All");
        check("none", "none", "none", &[ALWAYS]);
        check("none", "none", "basic", &[ALWAYS, people]);
        check("none", "read", "none", &[ALWAYS, contacts]);
        check("none", "read", "basic", &[ALWAYS, contacts, people]);
        check("read", "none", "none", &[ALWAYS, read]);
        check("read", "none", "basic", &[ALWAYS, read, people]);
        check("read", "read", "none", &[ALWAYS, read, contacts]);
        check("read", "read", "basic", &[ALWAYS, read, contacts, people]);
        check("readWrite", "none", "none", &[ALWAYS, write]);
        check("readWrite", "none", "basic", &[ALWAYS, write, people]);
        check("readWrite", "read", "none", &[ALWAYS, write, contacts]);
        check("readWrite", "read", "basic", &[ALWAYS, write, contacts, people]);
    }

    #[test]
    fn only_the_wanted_services_are_asked_for() {
        let permissions = crate::Effective::default().integration.permissions;
        assert_eq!(scopes(&[Service::Contacts], &permissions), [ALWAYS, "Contacts.Read"]);
        assert_eq!(scopes(&[], &permissions), [ALWAYS]);
    }
}
