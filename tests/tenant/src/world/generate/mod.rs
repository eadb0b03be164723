//! How a world is made: every choice comes from one seeded generator, in a fixed order.

pub mod contacts;
pub mod dice;
pub mod draft;
pub mod links;
pub mod mailbox;
pub mod names;
pub mod people;
pub mod phrases;
pub mod repeating;
pub mod single;
pub mod today;

use super::{Mailbox, MailboxData, World, WorldOptions};
use crate::world::person::Person;
use dice::Dice;

/// The organization's mail domain.
const DOMAIN: &str = "contoso.example";
/// What the mailboxes of all users but the first hold at most.
const OTHERS: usize = 40;

/// Makes the world that the options describe.
#[must_use]
pub fn world(options: &WorldOptions) -> World {
    let mut dice = Dice::new(options.seed, "people");
    let tenant_id = dice.guid();
    let users = people::users(&mut dice, DOMAIN);
    let directory = people::directory(&mut dice, &users, options.directory, DOMAIN);
    let mut world = World {
        options: options.clone(),
        tenant_id,
        domain: DOMAIN.into(),
        users,
        mailboxes: Vec::new(),
        directory,
    };
    for user in &mut world.users {
        if options.on_premises.iter().any(|name| name.eq_ignore_ascii_case(&user.username)) {
            user.mailbox = Mailbox::OnPremises;
        }
    }
    world.mailboxes = (0..world.users.len()).map(|user| mailbox_of(&world, user)).collect();
    world
}

fn mailbox_of(world: &World, index: usize) -> MailboxData {
    let user = &world.users[index];
    let address = user.mail.clone().unwrap_or_else(|| user.username.clone());
    let mut data = MailboxData::new(&user.object_id, Person::new(&user.display_name, address));
    if user.mailbox != Mailbox::None {
        let most = if index == 0 { usize::MAX } else { OTHERS };
        let (events, contacts) = (world.options.events.min(most), world.options.contacts.min(most));
        let mut dice = Dice::new(world.options.seed, &format!("mailbox {index}"));
        mailbox::fill(&mut data, &mut dice, world, index, events);
        contacts::fill(&mut data, &mut dice, contacts);
        if user.mailbox == Mailbox::OnPremises {
            let mut dice = Dice::new(world.options.seed, &format!("colleagues {index}"));
            contacts::colleagues(&mut data, &mut dice, &world.directory);
        }
        contacts::groups(&mut data, &mut Dice::new(world.options.seed, &format!("groups {index}")));
    }
    data
}
