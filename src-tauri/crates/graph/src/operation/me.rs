//! `GET /me` (Graph `user-get.md`).

use bytes::Bytes;
use http::{Request, Response};
use serde::Deserialize;

use super::Operation;
use crate::clean::{self, LONG, SHORT};
use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::{map, parse, request};

/// The signed-in user.
#[derive(Clone, Copy, Debug)]
pub struct GetMe;

/// Who is signed in, as the directory says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// The object id.
    pub id: String,
    /// The display name; the sign-in name where there is none.
    pub name: String,
    /// The sign-in name; not always a mail address.
    pub username: String,
    /// The mail address, where there is a mailbox.
    pub mail: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wire {
    id: Option<String>,
    display_name: Option<String>,
    user_principal_name: Option<String>,
    mail: Option<String>,
}

impl Operation for GetMe {
    type Response = Me;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        request::get(&endpoint.url(&["me"], &[("$select", "id,displayName,userPrincipalName,mail")])?)
    }

    fn parse(&self, response: &Response<Bytes>, _: &Endpoint) -> Result<Self::Response, GraphError> {
        let wire: Wire = parse::json("user", response)?;
        let username = clean::optional(wire.user_principal_name.as_deref(), SHORT).unwrap_or_default();
        Ok(Me {
            id: map::id(wire.id)?,
            name: clean::optional(wire.display_name.as_deref(), LONG).unwrap_or_else(|| username.clone()),
            mail: clean::optional(wire.mail.as_deref(), SHORT),
            username,
        })
    }
}
