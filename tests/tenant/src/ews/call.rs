//! One request to a mailbox: who asks, what, and how the answer is to be written.

use super::schema::Operation;
use super::soap::{Fault, Message, Problem, Request};
use super::time::RequestZone;
use super::version::SchemaVersion;
use super::{convert_id, find_item, folders, get_item, people, respond, sync_items};
use crate::state::TenantState;
use crate::world::Mailbox;
use crate::xml::Node;

/// A request that was let in and read.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The tenant.
    pub state: &'a TenantState,
    /// The caller, whose mailbox it is: an index into the world's users.
    pub user: usize,
    /// The schema that the request names.
    pub version: SchemaVersion,
    /// The zone that the request names.
    pub zone: RequestZone,
    /// The operation.
    pub operation: &'static Operation,
    /// The request.
    pub body: &'a Node,
}

impl<'a> Call<'a> {
    /// A request of a user.
    #[must_use]
    pub fn new(state: &'a TenantState, user: usize, request: &'a Request) -> Self {
        let Request { operation, body, version, zone } = request;
        Self { state, user, version: *version, zone: *zone, operation, body }
    }

    /// Answers it.
    ///
    /// # Errors
    /// A fault that fails the request as a whole.
    pub fn answer(&self) -> Result<Vec<Message>, Fault> {
        if let Err(problem) = self.mailbox_is_here() {
            return Ok(self.all_fail(&problem));
        }
        match self.operation.name {
            "GetFolder" => Ok(folders::get(self)),
            "FindFolder" => Ok(folders::find(self)),
            "SyncFolderHierarchy" => Ok(folders::sync(self)),
            "SyncFolderItems" => Ok(sync_items::sync(self)),
            "FindItem" => Ok(find_item::find(self)),
            "GetItem" => Ok(get_item::get(self)),
            "CreateItem" => Ok(respond::create(self)),
            "ResolveNames" => Ok(people::resolve(self)),
            "FindPeople" => Ok(people::find(self)),
            "GetPersona" => Ok(people::get(self)),
            "ConvertId" => Ok(convert_id::convert(self)),
            name => Err(Fault::invalid_request(format!("The operation {name} is not served."))),
        }
    }

    /// Every target fails for the same reason.
    #[must_use]
    pub fn all_fail(&self, problem: &Problem) -> Vec<Message> {
        let targets = self.operation.targets.and_then(|name| self.body.child(name));
        let count = targets.map_or(1, |targets| targets.children.len());
        (0..count).map(|_| Message::error(self.operation, problem.clone())).collect()
    }

    /// Whether the caller's mailbox is on this server, and is not being moved. Names are resolved for everybody.
    fn mailbox_is_here(&self) -> Result<(), Problem> {
        if self.state.exchange.data().moving.contains(&self.user) {
            let text = "The mailbox is being moved to another server; try again later.";
            return Err(Problem::new("ErrorMailboxMoveInProgress", text));
        }
        let is_here = self.state.world().users[self.user].mailbox == Mailbox::OnPremises;
        if is_here || matches!(self.operation.name, "ConvertId") {
            return Ok(());
        }
        if self.operation.name == "ResolveNames" {
            let text = "User must have a mailbox for name resolution operations.";
            return Err(Problem::new("ErrorNameResolutionNoMailbox", text));
        }
        let text = "When making a request as an account that does not have a mailbox, you must specify the mailbox \
                    primary SMTP address for any distinguished folder Ids.";
        Err(Problem::new("ErrorMissingEmailAddress", text))
    }

    /// The answers for each child of one element of the request.
    #[must_use]
    pub fn each(
        &self,
        element: &str,
        answer: impl Fn(&Node) -> Result<Vec<crate::xml::Element>, Problem>,
    ) -> Vec<Message> {
        let targets = self.body.child(element).map(|node| node.children.as_slice()).unwrap_or_default();
        targets.iter().map(|target| Message::of(self.operation, answer(target))).collect()
    }
}
