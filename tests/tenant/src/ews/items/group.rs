//! Groups of contacts, which lie among the contacts (source: `DistributionListType`).

use super::common::{self, StoreItem};
use super::folders;
use super::property::{Property, leaf, listed, read_only, render};
use super::rendering::Rendering;
use crate::ews::shape::Base::Default;
use crate::world::group::ContactGroup;
use crate::xml::{Element, element};

/// A group.
#[derive(Debug, Clone, Copy)]
pub struct GroupItem<'a>(pub &'a ContactGroup);

impl GroupItem<'_> {
    /// As it is written.
    #[must_use]
    pub fn render(&self, how: &Rendering<'_>) -> Element {
        render("t:DistributionList", self, &properties(), Vec::new, how)
    }
}

impl StoreItem for GroupItem<'_> {
    fn id(&self, how: &Rendering<'_>) -> String {
        how.mailbox.contact_key_id(self.0.key, Some(0))
    }

    fn key(&self) -> u64 {
        self.0.key
    }

    fn created(&self) -> u64 {
        1
    }

    fn changed(&self) -> u64 {
        1
    }

    fn folder_id(&self, how: &Rendering<'_>) -> String {
        folders::id(how.mailbox, folders::Key::Contacts(self.0.folder))
    }

    fn class(&self) -> &'static str {
        "IPM.DistList"
    }

    fn subject(&self) -> &str {
        self.0.name
    }

    fn html(&self) -> String {
        "<html>\r\n<body>\r\n</body>\r\n</html>\r\n".into()
    }

    fn preview(&self) -> String {
        String::new()
    }
}

fn properties<'a>() -> Vec<Property<GroupItem<'a>>> {
    let mut all = common::properties();
    all.extend([
        listed("contacts:DisplayName", Default, |item: &GroupItem<'_>, _| leaf("t:DisplayName", item.0.name)),
        listed("contacts:FileAs", Default, |item: &GroupItem<'_>, _| leaf("t:FileAs", item.0.name)),
        listed("contacts:ContactSource", Default, |_, _| leaf("t:ContactSource", "Store")),
        read_only("distributionlist:Members", Default, |item: &GroupItem<'_>, how| {
            let members = item.0.members.iter().map(|person| {
                element("t:Member").child(how.people.mailbox(person, true)).leaf("t:Status", "Normal")
            });
            Some(element("t:Members").children(members))
        }),
    ]);
    all
}
