//! The tenant's data: people, mailboxes, calendars, contacts. No wire format here.
//!
//! Rules: the same [`WorldOptions`] give the same world, byte for byte; changes go through [`MailboxData`], which
//! stamps them with a version so that delta rounds can tell what changed; nothing is ever dropped, what is deleted
//! keeps its tombstone. To add a kind of event, extend `generate`; both the wire and the truth follow by themselves.

pub mod contact;
pub mod event;
pub mod generate;
pub mod group;
pub mod id;
pub mod join;
pub mod mailbox;
pub mod person;
pub mod series;
pub mod span;
pub mod text;
pub mod user;
pub mod zone;

use chrono::{DateTime, Utc};

pub use mailbox::MailboxData;
pub use user::{Mailbox, Role, User};

/// What a world is made from.
#[derive(Debug, Clone)]
pub struct WorldOptions {
    /// Seed of everything.
    pub seed: u64,
    /// Entries of the first user's calendars from 30 days before to 180 days after `now`, about.
    pub events: usize,
    /// Contacts of the first user.
    pub contacts: usize,
    /// People in the directory, users included.
    pub directory: usize,
    /// User names of those whose mailbox is on premises though it would be in the cloud.
    pub on_premises: Vec<String>,
    /// The instant the data are arranged around.
    pub now: DateTime<Utc>,
}

impl WorldOptions {
    /// A world of usual size: 400 calendar entries, 300 contacts, 200 people.
    #[must_use]
    pub fn new(seed: u64, now: DateTime<Utc>) -> Self {
        Self { seed, events: 400, contacts: 300, directory: 200, on_premises: Vec::new(), now }
    }
}

/// One organization.
#[derive(Debug, Clone)]
pub struct World {
    /// What it was made from.
    pub options: WorldOptions,
    /// The tenant's id, a GUID.
    pub tenant_id: String,
    /// Its mail domain, which is federated.
    pub domain: String,
    /// Who can sign in. The first is the default user of the demo.
    pub users: Vec<User>,
    /// Mailbox contents, one for each user, empty for users without a mailbox.
    pub mailboxes: Vec<MailboxData>,
    /// Everybody in the directory; the users come first, in the same order.
    pub directory: Vec<user::DirectoryPerson>,
}

impl World {
    /// Makes the world that the options describe.
    #[must_use]
    pub fn generate(options: &WorldOptions) -> Self {
        generate::world(options)
    }

    /// Puts a user's mailbox somewhere else; whether it was elsewhere before.
    pub fn move_mailbox(&mut self, user: usize, place: Mailbox) -> bool {
        if self.users[user].mailbox == place {
            return false;
        }
        self.users[user].mailbox = place;
        let object_id = self.users[user].object_id.clone();
        self.mailboxes[user].move_server(&object_id);
        true
    }
}
