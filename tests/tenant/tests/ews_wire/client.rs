//! A client that knows only the wire.

use chrono::{DateTime, Utc};
use convoke_tenant::ews::quirks::Quirk;
use convoke_tenant::faults::FaultRule;
use convoke_tenant::log::RequestRecord;
use convoke_tenant::xml::{Node, read};
use convoke_tenant::{Options, Running, Scenario};

/// The instant all tests take place at: some weeks before Europe's clocks change.
pub const NOW: &str = "2026-03-12T09:42:00Z";
/// The user whose mailbox is on premises.
pub const PAT: usize = 3;
/// The user with the large mailbox, in the cloud unless a test moves it.
pub const LUCIA: usize = 0;

const ENVELOPE: &str = "<?xml version='1.0' encoding='utf-8'?><s:Envelope \
    xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
    xmlns:m='http://schemas.microsoft.com/exchange/services/2006/messages' \
    xmlns:t='http://schemas.microsoft.com/exchange/services/2006/types'>";

pub struct Client {
    pub tenant: Running,
    pub http: reqwest::Client,
    /// User name and password for Basic.
    pub basic: Option<(String, String)>,
    /// Inside of the SOAP header.
    pub header: String,
}

pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn root(&self) -> Node {
        read(self.text.as_bytes()).unwrap_or_else(|error| panic!("{} {error}: {}", self.status, self.text))
    }

    /// All elements of that name, wherever they are.
    pub fn all(&self, name: &str) -> Vec<Node> {
        let mut found = Vec::new();
        collect(&self.root(), name, &mut found);
        found
    }

    pub fn one(&self, name: &str) -> Node {
        self.all(name).into_iter().next().unwrap_or_else(|| panic!("no {name}: {}", self.text))
    }

    /// The response codes, of a fault or of each message.
    pub fn codes(&self) -> Vec<String> {
        self.all("ResponseCode").iter().map(|code| code.text.trim().to_owned()).collect()
    }

    pub fn challenges(&self) -> Vec<&str> {
        self.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap()).collect()
    }
}

fn collect(node: &Node, name: &str, found: &mut Vec<Node>) {
    // An item's body has the name of the envelope's.
    if node.name == name && !node.namespace.starts_with("http://schemas.xmlsoap.org") {
        found.push(node.clone());
    }
    node.children.iter().for_each(|child| collect(child, name, found));
}

pub fn text_of(node: &Node, name: &str) -> String {
    node.child_text(name).unwrap_or_default().to_owned()
}

pub fn id_of(node: &Node) -> (String, String) {
    let id = node.child("ItemId").unwrap();
    (id.attribute("Id").unwrap().to_owned(), id.attribute("ChangeKey").unwrap().to_owned())
}

pub async fn start() -> Client {
    start_with(Options { seed: 7, events: 120, contacts: 60, ..Options::default() }).await
}

/// A tenant with Basic on, and a client that is Pat.
pub async fn start_with(options: Options) -> Client {
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let tenant = convoke_tenant::start(Options { now: Some(now), ..options }).await.unwrap();
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let header = "<t:RequestServerVersion Version='Exchange2013_SP1'/>".to_owned();
    let mut client = Client { tenant, http, basic: None, header };
    client.set(Quirk::Basic, true);
    client.sign_in(PAT);
    client
}

impl Client {
    pub fn sign_in(&mut self, user: usize) {
        let user = &self.tenant.ready.users[user];
        self.basic = Some((user.username.clone(), user.password.clone()));
    }

    pub fn set(&self, quirk: Quirk, on: bool) {
        self.tenant.shared.set_scenario(Scenario::Exchange(quirk), on);
    }

    pub fn fault(&self, rule: FaultRule) {
        self.tenant.shared.faults.add(rule);
    }

    pub fn log(&self) -> Vec<RequestRecord> {
        self.tenant.shared.log.since(0)
    }

    pub fn envelope(&self, body: &str) -> String {
        format!("{ENVELOPE}<s:Header>{}</s:Header><s:Body>{body}</s:Body></s:Envelope>", self.header)
    }

    pub async fn post(&self, body: &str) -> Answer {
        self.send(self.envelope(body), &[]).await
    }

    pub async fn send(&self, body: String, headers: &[(&str, &str)]) -> Answer {
        let request =
            self.http.post(&self.tenant.ready.ews).header("content-type", "text/xml; charset=utf-8");
        let request = match &self.basic {
            Some((name, password)) => request.basic_auth(name, Some(password)),
            None => request,
        };
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        read_answer(request.body(body).send().await.unwrap()).await
    }

    /// What takes place in a window, in full.
    pub async fn view(&self, folder: &str, from: &str, to: &str) -> Answer {
        let view = format!("<m:CalendarView StartDate='{from}' EndDate='{to}'/>");
        self.find_item("AllProperties", &view, folder).await
    }

    pub async fn find_item(&self, base: &str, view: &str, folder: &str) -> Answer {
        self.post(&format!(
            "<m:FindItem Traversal='Shallow'><m:ItemShape><t:BaseShape>{base}</t:BaseShape></m:ItemShape>{view}\
             <m:ParentFolderIds>{}</m:ParentFolderIds></m:FindItem>",
            folder_element(folder)
        ))
        .await
    }

    pub async fn get_items(&self, shape: &str, ids: &[String]) -> Answer {
        let ids: String = ids.iter().map(|id| format!("<t:ItemId Id='{id}'/>")).collect();
        self.post(&format!(
            "<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape>{shape}</m:ItemShape>\
             <m:ItemIds>{ids}</m:ItemIds></m:GetItem>"
        ))
        .await
    }

    pub async fn get_folder(&self, folder: &str) -> Answer {
        self.post(&format!(
            "<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape>\
             <m:FolderIds>{}</m:FolderIds></m:GetFolder>",
            folder_element(folder)
        ))
        .await
    }

    pub async fn sync(&self, folder: &str, state: &str, most: usize) -> Answer {
        let state =
            if state.is_empty() { String::new() } else { format!("<m:SyncState>{state}</m:SyncState>") };
        self.post(&format!(
            "<m:SyncFolderItems><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>\
             <m:SyncFolderId>{}</m:SyncFolderId>{state}<m:MaxChangesReturned>{most}</m:MaxChangesReturned>\
             </m:SyncFolderItems>",
            folder_element(folder)
        ))
        .await
    }

    pub fn mutate(&self, user: usize, name: &str, seed: u64) -> String {
        let mut dice = convoke_tenant::world::generate::dice::Dice::new(seed, name);
        let mut world = self.tenant.shared.world_mut();
        let told = (0..50).find_map(|_| convoke_tenant::mutate::named(&mut world, user, name, &mut dice));
        told.unwrap_or_else(|| panic!("{name} found nothing to change"))
    }

    pub async fn control(&self, method: reqwest::Method, path: &str, body: serde_json::Value) -> u16 {
        let url = format!("{}/{path}", self.tenant.ready.control);
        let request = self.http.request(method, url).header("content-type", "application/json");
        request.body(body.to_string()).send().await.unwrap().status().as_u16()
    }
}

pub async fn read_answer(response: reqwest::Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, text: response.text().await.unwrap() }
}

/// A folder by its distinguished name or its id.
pub fn folder_element(folder: &str) -> String {
    if folder.len() < 40 {
        format!("<t:DistinguishedFolderId Id='{folder}'/>")
    } else {
        format!("<t:FolderId Id='{folder}'/>")
    }
}
