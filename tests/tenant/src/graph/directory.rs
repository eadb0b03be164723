//! Search in the directory (source: "List users", "Advanced query capabilities").

use serde_json::{Value, json};

use super::Graph;
use super::access::Entered;
use super::call::Call;
use super::people::visible;
use super::reply::{Failure, Reply};
use super::view::selected;
use crate::world::user::DirectoryPerson;

/// People of a page when nothing is asked, and at most.
const PAGE: usize = 100;
const MOST: usize = 999;
/// Properties of a list when nothing is selected.
const USUAL: &str = "businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,userPrincipalName";

/// A page of the people that a query finds.
pub fn search(graph: &Graph, call: &Call, entered: &Entered) -> Result<Reply, Failure> {
    let matches = matcher(call)?;
    let size = call.query.number("top").unwrap_or(PAGE);
    if size == 0 || size > MOST {
        return Err(unsupported("Invalid page size specified. Must be between 1 and 999 inclusive."));
    }
    let world = graph.shared.world();
    let found: Vec<&DirectoryPerson> = world.directory.iter().filter(|person| matches(person)).collect();
    let skip = call.query.number("skiptoken").unwrap_or(0);
    let rest = found.get(skip..).unwrap_or_default();
    let taken = &rest[..rest.len().min(size)];
    let select = Some(call.query.get("select").unwrap_or(USUAL));
    let base = graph.shared.urls.graph();
    let mut value = json!({
        "@odata.context": format!("{base}/$metadata#users"),
        "value": taken.iter().map(|person| selected(visible(person, entered), select)).collect::<Vec<Value>>(),
    });
    if call.query.get("count") == Some("true") {
        value["@odata.count"] = found.len().into();
    }
    if taken.len() < rest.len() {
        let query = call.query.with("skiptoken", &(skip + taken.len()).to_string());
        value["@odata.nextLink"] = format!("{base}/users?{query}").into();
    }
    Ok(Reply::json(value).with("x-ms-resource-unit", "2"))
}

type Matcher = Box<dyn Fn(&DirectoryPerson) -> bool>;

fn matcher(call: &Call) -> Result<Matcher, Failure> {
    let eventual =
        call.header("consistencylevel").is_some_and(|level| level.eq_ignore_ascii_case("eventual"));
    match (call.query.get("search"), call.query.get("filter")) {
        (Some(_), _) if !eventual => Err(unsupported(
            "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
        )),
        (Some(search), _) => searched(search),
        (None, Some(filter)) => filtered(filter),
        (None, None) => Ok(Box::new(|_| true)),
    }
}

/// Clauses `"property:text"`, joined by AND or OR.
fn searched(search: &str) -> Result<Matcher, Failure> {
    let mut clauses: Vec<(String, String)> = Vec::new();
    for (index, part) in
        search.split('"').enumerate().filter(|(index, part)| index % 2 == 1 || !part.trim().is_empty())
    {
        match (index % 2, part.split_once(':'), part.trim()) {
            (1, Some((name, text)), _) => clauses.push((name.to_owned(), text.to_lowercase())),
            (0, _, "AND" | "OR" | "and" | "or") => {}
            _ => {
                return Err(unsupported(
                    "Syntax error: $search must be made of clauses \"property:value\" in double quotes.",
                ));
            }
        }
    }
    let all = search.contains("\" AND \"");
    if let Some((name, _)) =
        clauses.iter().find(|(name, _)| property(&DirectoryPerson::default(), name).is_none())
    {
        return Err(unsupported(&format!("Property '{name}' does not support $search.")));
    }
    Ok(Box::new(move |person| {
        let hit = |(name, text): &(String, String)| clause(person, name, text);
        if all { clauses.iter().all(hit) } else { clauses.iter().any(hit) }
    }))
}

/// `startswith(property,'text')`, the form that needs no advanced query.
fn filtered(filter: &str) -> Result<Matcher, Failure> {
    let inner = filter.strip_prefix("startswith(").and_then(|rest| rest.strip_suffix(')'));
    let Some((name, text)) = inner.and_then(|inner| inner.split_once(',')) else {
        return Err(unsupported("Unsupported or invalid query filter clause specified."));
    };
    let (name, text) = (name.trim().to_owned(), text.trim().trim_matches('\'').to_lowercase());
    Ok(Box::new(move |person| {
        property(person, &name).is_some_and(|value| value.to_lowercase().starts_with(&text))
    }))
}

/// Display names are found by the beginnings of their words, everything else by its own beginning.
fn clause(person: &DirectoryPerson, name: &str, text: &str) -> bool {
    let value = property(person, name).unwrap_or_default().to_lowercase();
    if name != "displayName" {
        return value.starts_with(text);
    }
    let words: Vec<&str> = value.split(|letter: char| !letter.is_alphanumeric()).collect();
    let wanted = |word: &str| words.iter().any(|known| known.starts_with(word));
    text.split_whitespace().all(wanted)
}

fn property<'a>(person: &'a DirectoryPerson, name: &str) -> Option<&'a str> {
    match name {
        "displayName" => Some(&person.display_name),
        "givenName" => Some(&person.given_name),
        "surname" => Some(&person.surname),
        "mail" => Some(person.mail.as_deref().unwrap_or_default()),
        "userPrincipalName" => Some(&person.username),
        _ => None,
    }
}

fn unsupported(message: &str) -> Failure {
    Failure::new(400, "Request_UnsupportedQuery", message)
}
