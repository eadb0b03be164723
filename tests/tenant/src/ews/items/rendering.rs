//! How items are to be written for one request.

use chrono::{DateTime, TimeDelta, Utc};

use crate::ews::address::AddressBook;
use crate::ews::call::Call;
use crate::ews::shape::{Base, Shape};
use crate::ews::time::RequestZone;
use crate::ews::version::SchemaVersion;
use crate::world::{MailboxData, World};

/// Which operation writes: lists know less of an item than reading it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// `FindItem`: no bodies, nobody invited, no rules; texts of 255 characters; names without addresses.
    Find,
    /// `SyncFolderItems`: no bodies, nobody invited, no rules.
    Sync,
    /// `GetItem`: everything.
    Get,
}

/// All that writing an item needs beside the item.
#[derive(Debug)]
pub struct Rendering<'a> {
    /// The world.
    pub world: &'a World,
    /// The mailbox.
    pub mailbox: &'a MailboxData,
    /// The organization's people.
    pub people: AddressBook<'a>,
    /// What is wanted.
    pub shape: Shape,
    /// The zone of times.
    pub zone: RequestZone,
    /// The schema.
    pub version: SchemaVersion,
    /// Which operation writes.
    pub reading: Reading,
}

impl<'a> Rendering<'a> {
    /// The rendering that a call asks for.
    #[must_use]
    pub fn new(call: &Call<'_>, world: &'a World, reading: Reading) -> Self {
        Self {
            world,
            mailbox: &world.mailboxes[call.user],
            people: AddressBook::new(call.state, world),
            shape: Shape::read(call.body.child("ItemShape")),
            zone: call.zone,
            version: call.version,
            reading,
        }
    }

    /// The same, with the usual properties.
    #[must_use]
    pub fn with_default_shape(&self) -> Self {
        let shape = Shape { base: Base::Default, ..Shape::read(None) };
        Self { shape, people: self.people.clone(), ..*self }
    }

    /// An instant.
    #[must_use]
    pub fn time(&self, at: DateTime<Utc>) -> String {
        self.zone.write(at)
    }

    /// The instant that stands for a version of the mailbox: later versions are later.
    #[must_use]
    pub fn stamp(&self, version: u64) -> String {
        let seconds = TimeDelta::seconds(i64::try_from(version).unwrap_or(0));
        self.time(self.world.options.now - TimeDelta::days(40) + seconds)
    }
}
