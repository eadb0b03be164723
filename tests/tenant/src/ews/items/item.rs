//! Any item, and what lies in a folder.

use std::borrow::Cow;

use super::calendar::CalendarItem;
use super::common::{StoreItem, item_id};
use super::contact::ContactItem;
use super::folders::{self, Key};
use super::group::GroupItem;
use super::rendering::Rendering;
use crate::world::MailboxData;
use crate::world::contact::Contact;
use crate::world::id::change_key;
use crate::xml::Element;

/// An item of any kind.
#[derive(Debug, Clone)]
pub enum Item<'a> {
    /// A calendar item.
    Calendar(CalendarItem<'a>),
    /// A contact.
    Contact(Box<ContactItem<'a>>),
    /// A group of contacts.
    Group(GroupItem<'a>),
}

/// Numbers of the copies that messengers keep begin here.
const COPY_KEYS: u64 = 1 << 44;

impl Item<'_> {
    /// As it is written.
    #[must_use]
    pub fn render(&self, how: &Rendering<'_>) -> Element {
        match self {
            Self::Calendar(item) => item.render(how),
            Self::Contact(item) => item.render(how),
            Self::Group(item) => item.render(how),
        }
    }

    /// Its id as an element.
    #[must_use]
    pub fn id(&self, how: &Rendering<'_>) -> Element {
        match self {
            Self::Calendar(item) => item_id(item, how),
            Self::Contact(item) => item_id(&**item, how),
            Self::Group(item) => item_id(item, how),
        }
    }

    /// Its id.
    #[must_use]
    pub fn id_text(&self, how: &Rendering<'_>) -> String {
        match self {
            Self::Calendar(item) => item.id(how),
            Self::Contact(item) => item.id(how),
            Self::Group(item) => item.id(how),
        }
    }

    /// The key of its present version.
    #[must_use]
    pub fn change_key(&self) -> String {
        let (_, changed, key) = self.versions();
        change_key(key, changed)
    }

    /// The mailbox's versions that brought it and that changed it last, and its number.
    #[must_use]
    pub fn versions(&self) -> (u64, u64, u64) {
        let of = |item: &dyn StoreItem| (item.created(), item.changed(), item.key());
        match self {
            Self::Calendar(item) => of(item),
            Self::Contact(item) => of(&**item),
            Self::Group(item) => of(item),
        }
    }
}

/// A contact in its own folder.
#[must_use]
pub fn contact_item(contact: &Contact) -> Item<'_> {
    let folder = Key::Contacts(contact.folder);
    Item::Contact(Box::new(ContactItem { contact: Cow::Borrowed(contact), folder }))
}

/// What lies in a folder: single items, masters, contacts, groups.
#[must_use]
pub fn contents(mailbox: &MailboxData, folder: Key) -> Vec<Item<'_>> {
    match folder {
        Key::Calendar(calendar) => {
            let events = mailbox.live_events().filter(|event| event.calendar == calendar);
            events.map(|event| Item::Calendar(CalendarItem::whole(event))).collect()
        }
        Key::Contacts(key) => {
            let contacts = mailbox.live_contacts().filter(|contact| contact.folder == key);
            let groups = mailbox.groups.iter().filter(|group| group.folder == key);
            contacts
                .map(|contact| {
                    Item::Contact(Box::new(ContactItem { contact: Cow::Borrowed(contact), folder }))
                })
                .chain(groups.map(|group| Item::Group(GroupItem(group))))
                .collect()
        }
        _ if folders::is_messenger(folder) => {
            mailbox.live_contacts().take(folders::MESSENGER).map(|contact| copy(contact, folder)).collect()
        }
        Key::System(_) => Vec::new(),
    }
}

/// The contact, group or copy of that number.
#[must_use]
pub fn contact(mailbox: &MailboxData, key: u64, moves: Option<u16>) -> Option<Item<'_>> {
    if let Some(group) = mailbox.groups.iter().find(|group| group.key == key) {
        return Some(Item::Group(GroupItem(group)));
    }
    let contact = mailbox.contacts.get(&(key % COPY_KEYS)).filter(|contact| contact.gone.is_none())?;
    if key >= COPY_KEYS {
        let folder = folders::tree(mailbox).into_iter().find(|folder| folders::is_messenger(folder.key))?;
        return Some(copy(contact, folder.key));
    }
    // A contact that was moved to another folder has another id there.
    let is_same = Some(contact.left.len()) == moves.map(usize::from);
    is_same.then(|| contact_item(contact))
}

fn copy(contact: &Contact, folder: Key) -> Item<'static> {
    let copied = Contact { key: COPY_KEYS + contact.key, left: Vec::new(), ..contact.clone() };
    Item::Contact(Box::new(ContactItem { contact: Cow::Owned(copied), folder }))
}
