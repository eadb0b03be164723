//! What a mailbox holds, with the version that every change gets.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::contact::{Contact, ContactFolder};
use super::event::{Event, Instance, Shape};
use super::group::ContactGroup;
use super::id::{Ids, ItemId, Kind};
use super::person::Person;

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its number in the mailbox.
    pub key: u64,
    /// Display name.
    pub name: String,
    /// Graph `calendarColor`.
    pub color: &'static str,
    /// `#rrggbb`; empty where the server names none.
    pub hex_color: &'static str,
    /// Whether it is the default one.
    pub is_default: bool,
    /// Whose it is; not the mailbox's owner for shared ones.
    pub owner: Person,
    /// Whether somebody else shared it: unscoped ids don't find its events.
    pub is_shared: bool,
    /// The mailbox's version of its last change.
    pub changed: u64,
    /// How often its id has changed.
    pub moves: u16,
}

/// The contents of one mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxData {
    /// Its ids.
    pub ids: Ids,
    /// Its owner.
    pub owner: Person,
    /// Calendars; the default one comes first.
    pub calendars: Vec<Calendar>,
    /// Events by number, tombstones included.
    pub events: BTreeMap<u64, Event>,
    /// Folders of contacts; the default one comes first.
    pub folders: Vec<ContactFolder>,
    /// Contacts by number, tombstones included.
    pub contacts: BTreeMap<u64, Contact>,
    /// Groups of contacts.
    pub groups: Vec<ContactGroup>,
    /// Whether an item was read, with the version of that change, by the item's number.
    pub read_flags: BTreeMap<u64, (bool, u64)>,
    /// How often the mailbox was moved to another server.
    pub moves: u32,
    /// The version of the last change.
    pub version: u64,
    next_key: u64,
}

impl MailboxData {
    /// An empty mailbox.
    #[must_use]
    pub fn new(object_id: &str, owner: Person) -> Self {
        Self {
            ids: Ids::new(object_id),
            owner,
            calendars: Vec::new(),
            events: BTreeMap::new(),
            folders: Vec::new(),
            contacts: BTreeMap::new(),
            groups: Vec::new(),
            read_flags: BTreeMap::new(),
            moves: 0,
            version: 1,
            next_key: 1,
        }
    }

    /// Gives everything new ids, as a move to another server does.
    pub fn move_server(&mut self, object_id: &str) {
        self.moves += 1;
        self.ids = Ids::new(&format!("{object_id} after move {}", self.moves));
    }

    /// A number that nothing has yet.
    pub fn new_key(&mut self) -> u64 {
        self.next_key += 1;
        self.next_key
    }

    /// The version for one more change.
    pub fn new_version(&mut self) -> u64 {
        self.version += 1;
        self.version
    }

    /// Events that are not deleted.
    pub fn live_events(&self) -> impl Iterator<Item = &Event> {
        self.events.values().filter(|event| event.gone.is_none())
    }

    /// Contacts that are not deleted.
    pub fn live_contacts(&self) -> impl Iterator<Item = &Contact> {
        self.contacts.values().filter(|contact| contact.gone.is_none())
    }

    /// The calendar of that number.
    #[must_use]
    pub fn calendar(&self, key: u64) -> Option<&Calendar> {
        self.calendars.iter().find(|calendar| calendar.key == key)
    }

    /// The folder of that number, unless deleted.
    #[must_use]
    pub fn folder(&self, key: u64) -> Option<&ContactFolder> {
        self.folders.iter().find(|folder| folder.key == key && folder.gone.is_none())
    }

    /// Adds an event as a change of its own and gives its number.
    pub fn add_event(&mut self, calendar: u64, content: super::event::Content, shape: Shape) -> u64 {
        let (key, version) = (self.new_key(), self.new_version());
        let event = Event { key, calendar, content, shape, created: version, changed: version, gone: None };
        self.events.insert(key, event);
        key
    }

    /// Adds a contact as a change of its own and gives its number.
    pub fn add_contact(&mut self, folder: u64, card: super::contact::Card, has_photo: bool) -> u64 {
        let (key, version) = (self.new_key(), self.new_version());
        let contact = Contact {
            key,
            folder,
            card,
            arrived: version,
            changed: version,
            gone: None,
            left: Vec::new(),
            has_photo,
        };
        self.contacts.insert(key, contact);
        key
    }

    /// The id of an event, or of one date of a series.
    #[must_use]
    pub fn event_id(&self, key: u64, date: Option<NaiveDate>, immutable: bool) -> String {
        let moves = if immutable { None } else { Some(0) };
        self.ids.write(ItemId { kind: Kind::Event, key, date, moves })
    }

    /// The id of what takes place.
    #[must_use]
    pub fn instance_id(&self, instance: &Instance<'_>, immutable: bool) -> String {
        self.event_id(instance.event.key, instance.date, immutable)
    }

    /// The id of a contact. The one that is not immutable changes when the contact moves to another folder.
    #[must_use]
    pub fn contact_id(&self, contact: &Contact, immutable: bool) -> String {
        let moves = if immutable { None } else { Some(contact.left.len()) };
        self.contact_key_id(contact.key, moves)
    }

    /// The id that a contact, or a group, had after so many moves between folders.
    #[must_use]
    pub fn contact_key_id(&self, key: u64, moves: Option<usize>) -> String {
        let moves = moves.map(|moves| u16::try_from(moves).unwrap_or(u16::MAX));
        self.ids.write(ItemId { kind: Kind::Contact, key, date: None, moves })
    }

    /// The id of a calendar, never immutable.
    #[must_use]
    pub fn calendar_id(&self, calendar: &Calendar) -> String {
        self.ids.write(ItemId {
            kind: Kind::Calendar,
            key: calendar.key,
            date: None,
            moves: Some(calendar.moves),
        })
    }

    /// The id of a folder, never immutable.
    #[must_use]
    pub fn folder_id(&self, key: u64) -> String {
        self.ids.write(ItemId { kind: Kind::Folder, key, date: None, moves: Some(0) })
    }

    /// The page of an event in Outlook on the web of the company's own server.
    #[must_use]
    pub fn owa_link(&self, instance: &Instance<'_>) -> String {
        let id = self.instance_id(instance, false);
        let id: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
        let domain = self.owner.address.rsplit_once('@').map_or("", |(_, domain)| domain);
        format!(
            "https://mail.{domain}/owa/?ItemID={id}&exvsurl=1&viewmodel=ICalendarItemDetailsViewModelFactory"
        )
    }

    /// The page of an event in Outlook on the web. Dates of a series that were not changed have their series' page,
    /// because a delta round sends no other.
    #[must_use]
    pub fn web_link(&self, instance: &Instance<'_>) -> String {
        let date = if instance.is_exception { instance.date } else { None };
        let id = self.event_id(instance.event.key, date, false);
        let id: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
        format!("https://outlook.office365.com/owa/?itemid={id}&exvsurl=1&path=/calendar/item")
    }
}
