//! People as the server writes them: many of the organization under their X.500 address, as its own directory knows
//! them, everybody else under an SMTP address.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::quirks::Quirk;
use crate::state::TenantState;
use crate::world::World;
use crate::world::person::Person;
use crate::world::user::DirectoryPerson;
use crate::xml::{Element, element};

/// The directory by address, and how people are written.
#[derive(Debug, Clone)]
pub struct AddressBook<'a> {
    by_address: HashMap<String, (usize, &'a DirectoryPerson)>,
    legacy: bool,
    control_characters: bool,
}

impl<'a> AddressBook<'a> {
    /// The address book of the organization.
    #[must_use]
    pub fn new(state: &TenantState, world: &'a World) -> Self {
        let people = world.directory.iter().enumerate().filter(|(_, person)| person.is_in_address_list());
        let by_address = people
            .filter_map(|(index, person)| Some((person.mail.as_ref()?.to_lowercase(), (index, person))))
            .collect();
        Self {
            by_address,
            legacy: state.exchange_has(Quirk::LegacyAddresses),
            control_characters: state.exchange_has(Quirk::ControlCharacters),
        }
    }

    /// A person as `t:Mailbox`. Lists of items name people without addresses.
    #[must_use]
    pub fn mailbox(&self, person: &Person, with_address: bool) -> Element {
        let written = element("t:Mailbox").leaf("t:Name", self.name(person));
        if !with_address {
            return written.leaf("t:MailboxType", "OneOff");
        }
        let (address, routing) = self.routed(&person.address);
        let is_ours = self.by_address.contains_key(&person.address.to_lowercase());
        let kind = if is_ours { "Mailbox" } else { "OneOff" };
        written.leaf("t:EmailAddress", address).leaf("t:RoutingType", routing).leaf("t:MailboxType", kind)
    }

    /// An address with its `RoutingType`.
    #[must_use]
    pub fn routed(&self, address: &str) -> (String, &'static str) {
        match self.by_address.get(&address.to_lowercase()) {
            Some((index, known)) if self.legacy && index % 2 == 0 => (legacy_dn(known), "EX"),
            _ => (address.to_owned(), "SMTP"),
        }
    }

    /// A name, or the address where there is none.
    #[must_use]
    pub fn name(&self, person: &Person) -> String {
        if person.name.is_empty() {
            person.address.clone()
        } else {
            self.shown(&person.name, &person.address)
        }
    }

    /// A name as it is sent; some end in what XML can't hold.
    #[must_use]
    pub fn shown(&self, name: &str, seed: &str) -> String {
        let has_control = self.control_characters && Sha256::digest(seed)[0].is_multiple_of(8);
        if has_control { format!("{name}\u{1f}") } else { name.to_owned() }
    }
}

/// `legacyExchangeDN`: somebody's address in the organization's own directory.
#[must_use]
pub fn legacy_dn(person: &DirectoryPerson) -> String {
    let digest = Sha256::digest(&person.object_id);
    let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    let alias = person.username.split('@').next().unwrap_or_default();
    format!("/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn={hex}-{alias}")
}
