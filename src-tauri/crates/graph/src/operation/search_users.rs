//! `GET /users?$search` (Graph `user-list.md`, `aad-advanced-queries.md`).

use bytes::Bytes;
use convoke_model::contact::{Contact, ContactSource, Email};
use http::{HeaderValue, Request, Response};
use serde::Deserialize;

use super::Operation;
use crate::clean::{self, LONG, SHORT};
use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::page::{self, Page};
use crate::{map, request};

/// People of the organization whose name or address starts with the words. Only the properties that
/// `User.ReadBasic.All` permits are asked for.
#[derive(Clone, Debug)]
pub struct SearchUsers {
    /// What was typed.
    pub text: String,
    /// How many people at most, 1 to 999.
    pub limit: u16,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wire {
    id: Option<String>,
    display_name: Option<String>,
    given_name: Option<String>,
    surname: Option<String>,
    mail: Option<String>,
    user_principal_name: Option<String>,
}

const SELECT: &str = "id,displayName,givenName,surname,mail,userPrincipalName";

impl Operation for SearchUsers {
    type Response = Page<Contact>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        let text = quoted(&self.text);
        let search = format!("\"displayName:{text}\" OR \"mail:{text}\"");
        let top = self.limit.clamp(1, 999).to_string();
        let query = [("$search", search.as_str()), ("$select", SELECT), ("$top", top.as_str())];
        let mut request = request::get(&endpoint.url(&["users"], &query)?)?;
        request.headers_mut().insert("consistencylevel", HeaderValue::from_static("eventual"));
        Ok(request)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, GraphError> {
        page::read("list of people", response, endpoint, person)
    }
}

/// Quotes and backslashes end or escape a clause; what people type has neither.
fn quoted(text: &str) -> String {
    clean::line(text, SHORT).chars().map(|c| if matches!(c, '"' | '\\') { ' ' } else { c }).collect()
}

fn person(wire: Wire) -> Result<Contact, GraphError> {
    let text = |text: &Option<String>| clean::optional(text.as_deref(), LONG);
    let address = text(&wire.mail).or_else(|| text(&wire.user_principal_name));
    Ok(Contact {
        name: text(&wire.display_name).or_else(|| address.clone()).unwrap_or_default(),
        given_name: text(&wire.given_name),
        surname: text(&wire.surname),
        emails: address.map(|address| Email { kind: "work".to_owned(), address }).into_iter().collect(),
        source: ContactSource::Directory,
        id: map::id(wire.id)?,
        ..Contact::default()
    })
}
