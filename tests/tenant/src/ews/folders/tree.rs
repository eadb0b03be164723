//! A mailbox's folders as a tree: those of every mailbox, and the calendars and folders of contacts that the world
//! knows. A calendar that somebody else shared is in the other's mailbox and not here.

use crate::world::MailboxData;

/// What a folder is, within its mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// One that every mailbox has, by its number in [`SYSTEM`].
    System(usize),
    /// A calendar, by its number in the mailbox.
    Calendar(u64),
    /// A folder of contacts, by its number in the mailbox.
    Contacts(u64),
}

/// The element that a folder is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `t:Folder`.
    Plain,
    /// `t:CalendarFolder`.
    Calendar,
    /// `t:ContactsFolder`.
    Contacts,
    /// `t:TasksFolder`.
    Tasks,
}

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder<'a> {
    /// Which one.
    pub key: Key,
    /// The folder it lies in.
    pub parent: Option<Key>,
    /// Display name; empty for the root.
    pub name: &'a str,
    /// `FolderClass`; absent for the root.
    pub class: Option<&'static str>,
    /// Its element.
    pub kind: Kind,
    /// Its `DistinguishedFolderId`.
    pub distinguished: Option<&'static str>,
    /// The mailbox's version of its last change.
    pub changed: u64,
}

/// The root, which the user never sees.
const ROOT: usize = 0;
/// The root of what the user sees.
const TOP: usize = 1;
/// Numbers of system folders begin here: no calendar or folder of contacts has such a number.
pub const SYSTEM_KEYS: u64 = 1 << 48;

/// A folder that every mailbox has.
struct System {
    name: &'static str,
    parent: Option<Parent>,
    class: Option<&'static str>,
    kind: Kind,
    distinguished: Option<&'static str>,
}

const fn visible(name: &'static str, class: &'static str, kind: Kind, distinguished: &'static str) -> System {
    let distinguished = Some(distinguished);
    System { name, parent: Some(Parent::Top), class: Some(class), kind, distinguished }
}

const fn mail(name: &'static str, distinguished: &'static str) -> System {
    visible(name, "IPF.Note", Kind::Plain, distinguished)
}

/// Contacts that a client must not show: what messengers and the server itself remember.
const fn cards(name: &'static str, class: &'static str, distinguished: Option<&'static str>) -> System {
    System { name, parent: Some(Parent::Contacts), class: Some(class), kind: Kind::Contacts, distinguished }
}

/// The folders of every mailbox. [`ROOT`] and [`TOP`] are the first.
const SYSTEM: [System; 20] = [
    System { name: "", parent: None, class: None, kind: Kind::Plain, distinguished: Some("root") },
    System { parent: Some(Parent::Root), ..mail("Top of Information Store", "msgfolderroot") },
    mail("Inbox", "inbox"),
    mail("Drafts", "drafts"),
    mail("Sent Items", "sentitems"),
    mail("Deleted Items", "deleteditems"),
    mail("Outbox", "outbox"),
    mail("Junk Email", "junkemail"),
    visible("Tasks", "IPF.Task", Kind::Tasks, "tasks"),
    visible("Notes", "IPF.StickyNote", Kind::Plain, "notes"),
    visible("Journal", "IPF.Journal", Kind::Plain, "journal"),
    mail("Conversation History", "conversationhistory"),
    cards("Recipient Cache", "IPF.Contact.RecipientCache", Some("recipientcache")),
    cards("{06967759-274D-40B2-A3EB-D7F9E73727D7}", QUICK_CONTACTS, Some("quickcontacts")),
    cards("{A9E2BC46-B3A0-4243-B315-60D991004455}", "IPF.Contact.MOC.ImContactList", Some("imcontactlist")),
    cards("GAL Contacts", "IPF.Contact.GalContacts", None),
    cards("Organizational Contacts", "IPF.Contact.OrganizationalContacts", None),
    cards("Companies", "IPF.Contact.Company", None),
    cards("PeopleCentricConversation Buddies", "IPF.Contact.PeopleCentricConversationBuddies", None),
    System { parent: Some(Parent::Root), class: None, ..mail("Finder", "searchfolders") },
];
const QUICK_CONTACTS: &str = "IPF.Contact.MOC.QuickContacts";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parent {
    Root,
    Top,
    Contacts,
}

/// All folders, parents before their children.
#[must_use]
pub fn tree(mailbox: &MailboxData) -> Vec<Folder<'_>> {
    let default_contacts = mailbox.folders.first().map(|folder| Key::Contacts(folder.key));
    let mut folders = Vec::new();
    let below = |parent: Parent| match parent {
        Parent::Root => Some(Key::System(ROOT)),
        Parent::Top => Some(Key::System(TOP)),
        Parent::Contacts => default_contacts,
    };
    let system = |of_contacts: bool| {
        let rows = SYSTEM.iter().enumerate();
        let rows = rows.filter(move |(_, row)| (row.parent == Some(Parent::Contacts)) == of_contacts);
        rows.map(|(index, row)| Folder {
            key: Key::System(index),
            parent: row.parent.and_then(below),
            name: row.name,
            class: row.class,
            kind: row.kind,
            distinguished: row.distinguished,
            changed: 1,
        })
    };
    folders.extend(system(false));
    folders.extend(calendars(mailbox));
    folders.extend(contacts(mailbox));
    folders.extend(system(true));
    folders
}

/// Further calendars lie in the default one, where Outlook makes them.
fn calendars(mailbox: &MailboxData) -> impl Iterator<Item = Folder<'_>> {
    let default = mailbox.calendars.first().map(|calendar| calendar.key);
    mailbox.calendars.iter().filter(|calendar| !calendar.is_shared).map(move |calendar| Folder {
        key: Key::Calendar(calendar.key),
        parent: if calendar.is_default { Some(Key::System(TOP)) } else { default.map(Key::Calendar) },
        name: &calendar.name,
        class: Some("IPF.Appointment"),
        kind: Kind::Calendar,
        distinguished: calendar.is_default.then_some("calendar"),
        changed: calendar.changed,
    })
}

fn contacts(mailbox: &MailboxData) -> impl Iterator<Item = Folder<'_>> {
    mailbox.folders.iter().filter(|folder| folder.gone.is_none()).map(|folder| Folder {
        key: Key::Contacts(folder.key),
        parent: Some(folder.parent.map_or(Key::System(TOP), Key::Contacts)),
        name: &folder.name,
        class: Some("IPF.Contact"),
        kind: Kind::Contacts,
        distinguished: folder.parent.is_none().then_some("contacts"),
        changed: folder.changed,
    })
}

/// How many items lie in a folder; a series counts once.
#[must_use]
pub fn count(mailbox: &MailboxData, key: Key) -> usize {
    match key {
        key if is_messenger(key) => mailbox.live_contacts().take(MESSENGER).count(),
        Key::System(_) => 0,
        Key::Calendar(key) => mailbox.live_events().filter(|event| event.calendar == key).count(),
        Key::Contacts(key) => {
            let groups = mailbox.groups.iter().filter(|group| group.folder == key).count();
            groups + mailbox.live_contacts().filter(|contact| contact.folder == key).count()
        }
    }
}

/// Whether a folder is the one in which messengers keep copies of contacts.
#[must_use]
pub fn is_messenger(key: Key) -> bool {
    matches!(key, Key::System(number) if SYSTEM[number].class == Some(QUICK_CONTACTS))
}

/// Contacts of which messengers keep a copy.
pub const MESSENGER: usize = 3;

/// The id of a folder.
#[must_use]
pub fn id(mailbox: &MailboxData, key: Key) -> String {
    match key {
        Key::System(number) => mailbox.folder_id(SYSTEM_KEYS + number as u64),
        Key::Calendar(key) => {
            mailbox.calendar(key).map(|calendar| mailbox.calendar_id(calendar)).unwrap_or_default()
        }
        Key::Contacts(key) => mailbox.folder_id(key),
    }
}
