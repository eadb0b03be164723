//! The user, and single people of the directory.

use serde_json::{Value, json};

use super::Graph;
use super::access::Entered;
use super::call::Call;
use super::reply::{Failure, Reply};
use super::view::selected;
use crate::world::World;
use crate::world::user::DirectoryPerson;

/// The permission without which the directory gives basic properties only.
const FULL: &str = "User.Read.All";
const BASIC: [&str; 6] = ["id", "displayName", "givenName", "surname", "mail", "userPrincipalName"];

/// The signed-in user, with all usual properties.
pub fn me(graph: &Graph, call: &Call, user: usize) -> Result<Reply, Failure> {
    let world = graph.shared.world();
    let mut value = selected(properties(&world.directory[user]), call.query.get("select"));
    value["@odata.context"] = format!("{}/$metadata#users/$entity", graph.shared.urls.graph()).into();
    Ok(Reply::json(value))
}

/// Somebody of the directory.
pub fn user(graph: &Graph, call: &Call, who: &str, entered: &Entered) -> Result<Reply, Failure> {
    let world = graph.shared.world();
    let person = find(&world, who).ok_or_else(|| not_found(who))?;
    let mut value = selected(visible(person, entered), call.query.get("select"));
    value["@odata.context"] = format!("{}/$metadata#users/$entity", graph.shared.urls.graph()).into();
    Ok(Reply::json(value))
}

/// The person of that object id or user principal name.
pub fn find<'a>(world: &'a World, who: &str) -> Option<&'a DirectoryPerson> {
    let is_meant = |person: &&DirectoryPerson| {
        person.object_id.eq_ignore_ascii_case(who) || person.username.eq_ignore_ascii_case(who)
    };
    world.directory.iter().find(is_meant)
}

/// 404 as the directory says it.
pub fn not_found(who: &str) -> Failure {
    let message = format!(
        "Resource '{who}' does not exist or one of its queried reference-property objects are not present."
    );
    Failure::new(404, "Request_ResourceNotFound", message)
}

/// What the caller may see: with basic permission the other properties are null.
pub fn visible(person: &DirectoryPerson, entered: &Entered) -> Value {
    let mut value = properties(person);
    if let (false, Value::Object(map)) = (entered.scopes.iter().any(|scope| scope == FULL), &mut value) {
        for (name, value) in map.iter_mut().filter(|(name, _)| !BASIC.contains(&name.as_str())) {
            *value = if name == "businessPhones" { json!([]) } else { Value::Null };
        }
    }
    value
}

fn properties(person: &DirectoryPerson) -> Value {
    let optional = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    json!({
        "id": person.object_id,
        "displayName": person.display_name,
        "givenName": optional(&person.given_name),
        "surname": optional(&person.surname),
        "mail": person.mail,
        "userPrincipalName": person.username,
        "jobTitle": optional(person.job_title),
        "department": optional(person.department),
        "officeLocation": optional(person.office),
        "mobilePhone": person.mobile,
        "businessPhones": person.business_phone.iter().collect::<Vec<_>>(),
        "preferredLanguage": null,
    })
}
