//! Ambiguous name resolution of the directory: whom a few letters may mean (source: Active Directory "Ambiguous Name
//! Resolution").

use crate::ews::address::legacy_dn;
use crate::world::World;
use crate::world::contact::Card;
use crate::world::user::DirectoryPerson;

/// What somebody typed.
#[derive(Debug, Clone)]
pub struct Entry(String);

impl Entry {
    /// Reads an entry; `smtp:` and the like may stand before an address.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        let bare = ["smtp:", "sip:", "ex:"].iter().find_map(|prefix| text.strip_prefix(prefix));
        Self(bare.unwrap_or(&text).to_owned())
    }

    /// Everybody of the directory that it may mean, by name. Who has no address of mail is not in the address list,
    /// and guests of the cloud are not in the company's own directory.
    #[must_use]
    pub fn in_directory<'a>(&self, world: &'a World) -> Vec<&'a DirectoryPerson> {
        let listed = world.directory.iter().filter(|person| person.is_in_address_list());
        let mut found: Vec<&DirectoryPerson> = listed.filter(|person| self.means(person)).collect();
        found.sort_by(|one, other| one.display_name.cmp(&other.display_name));
        found
    }

    /// Whether it may mean a contact.
    #[must_use]
    pub fn means_contact(&self, card: &Card) -> bool {
        let parts = [&card.name, &card.given_name, &card.surname];
        let by_name = parts.into_iter().any(|part| self.begins(part));
        by_name || card.emails.iter().any(|address| self.begins(address))
    }

    fn means(&self, person: &DirectoryPerson) -> bool {
        if self.0.starts_with("/o=") {
            return legacy_dn(person).eq_ignore_ascii_case(&self.0);
        }
        let mail = person.mail.as_deref().unwrap_or_default();
        let alias = person.username.split('@').next().unwrap_or_default();
        let parts = [&person.display_name, &person.given_name, &person.surname, mail, alias, person.office];
        parts.into_iter().any(|part| self.begins(part)) || self.is_both_names_of(person)
    }

    fn is_both_names_of(&self, person: &DirectoryPerson) -> bool {
        let Some((one, other)) = self.0.split_once(' ') else { return false };
        let begins = |name: &str, part: &str| name.to_lowercase().starts_with(part.trim());
        let fits = |given: &str, surname: &str| {
            begins(&person.given_name, given) && begins(&person.surname, surname)
        };
        fits(one, other) || fits(other, one)
    }

    fn begins(&self, text: &str) -> bool {
        !text.is_empty() && text.to_lowercase().starts_with(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::WorldOptions;

    #[test]
    fn beginnings_of_names_addresses_and_whole_x500_addresses_are_found() {
        let now = "2026-03-12T09:42:00Z".parse().unwrap();
        let world = World::generate(&WorldOptions { events: 0, contacts: 0, ..WorldOptions::new(1, now) });
        let has = |text: &str, name: &str| {
            let found = Entry::new(text).in_directory(&world);
            found.iter().any(|person| person.display_name == name)
        };
        assert!(
            has("pat", "Pat O'Brien") && has("o'br", "Pat O'Brien") && has("SMTP:pat.obrien@", "Pat O'Brien")
        );
        assert!(has("brien pat", "Pat O'Brien") == has("nobody at all", "Pat O'Brien"));
        assert!(has("o'b pa", "Pat O'Brien") && has("анна ш", "Анна Шевченко"));
        assert!(!has("ken.sato@", "佐藤 健"), "who has no mail is not listed");
        let dn = legacy_dn(&world.directory[3]).to_uppercase();
        assert_eq!(Entry::new(&dn).in_directory(&world).len(), 1);
        assert!(Entry::new("/o=Contoso").in_directory(&world).is_empty());
    }
}
