//! `calendarView`: what takes place in a window, each date of a series with all its properties.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::call::Call;
use super::delta::instant;
use super::event_json::Renderer;
use super::event_round::instances;
use super::prefer::Prefer;
use super::quirks::Quirk;
use super::reply::{Failure, Reply};
use super::{Graph, lists};

/// Longest window (source: the service's own message).
const MOST_DAYS: i64 = 1825;
/// Entries of a page when nothing is asked.
pub const PAGE: usize = 10;
/// Most entries of a page.
pub const MOST: usize = 1000;

/// The window that a request names.
pub fn window(call: &Call) -> Result<(DateTime<Utc>, DateTime<Utc>), Failure> {
    let (Some(start), Some(end)) = (call.query.get("startdatetime"), call.query.get("enddatetime")) else {
        let message = "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.";
        return Err(Failure::new(400, "ErrorInvalidParameter", message));
    };
    let (Some(start), Some(end)) = (instant(start), instant(end)) else {
        return Err(Failure::new(
            400,
            "ErrorInvalidParameter",
            "The value of the window is no date and time.",
        ));
    };
    if end < start {
        return Err(Failure::new(
            400,
            "ErrorInvalidParameter",
            "The end of the window lies before its start.",
        ));
    }
    if (end - start).num_days() > MOST_DAYS {
        let message = format!(
            "Your request can't be completed. The range between the start and end dates is greater than the allowed range. Maximum number of days: {MOST_DAYS}"
        );
        return Err(Failure::new(400, "ErrorInvalidRequest", message));
    }
    Ok((start, end))
}

/// A page of the window.
pub fn list(graph: &Graph, call: &Call, user: usize, calendar: Option<&str>) -> Result<Reply, Failure> {
    let window = window(call)?;
    let prefer = Prefer::of(&call.headers)?;
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[user];
    let key = lists::find_calendar(mailbox, calendar)?;
    let renderer = Renderer::new(mailbox, &prefer, world.options.now);
    let events = mailbox.live_events().filter(|event| event.calendar == key);
    let mut found: Vec<_> = events.flat_map(|event| instances(event, window)).collect();
    found.sort_by_cached_key(|instance| (instance.instants().0, instance.event.key));
    let context = format!("{}/$metadata#Collection(event)", graph.shared.urls.graph());
    if call.query.get("orderby").is_none() && call.query.get("filter").is_none() {
        return Ok(page(graph, call, &prefer, &context, &found, |instance| renderer.full(instance)));
    }
    let rendered = found.iter().map(|instance| renderer.full(instance));
    let mut values: Vec<Value> = filtered(call, rendered)?;
    order(call, &mut values)?;
    Ok(page(graph, call, &prefer, &context, &values, Clone::clone))
}

/// A page of a list that is read by `$top` and `$skip`.
pub fn page<T>(
    graph: &Graph,
    call: &Call,
    prefer: &Prefer,
    context: &str,
    items: &[T],
    render: impl Fn(&T) -> Value,
) -> Reply {
    let skip = call.query.number("skip").unwrap_or(0);
    let size = call.query.number("top").or(prefer.page_size).unwrap_or(PAGE).clamp(1, MOST);
    let rest = items.get(skip..).unwrap_or_default();
    let taken = &rest[..rest.len().min(size)];
    let select = call.query.get("select");
    let mut value = json!({
        "@odata.context": context,
        "value": taken.iter().map(|item| selected(render(item), select)).collect::<Vec<_>>(),
    });
    if call.query.get("count").is_some_and(|count| count.eq_ignore_ascii_case("true")) {
        value["@odata.count"] = items.len().into();
    }
    if taken.len() < rest.len() {
        let query = call.query.with("skip", &(skip + taken.len()).to_string());
        let base = graph.shared.urls.graph();
        let base = if graph.shared.has(Quirk::ForeignNextLink) {
            "https://graph.attacker.example/v1.0"
        } else {
            &base
        };
        value["@odata.nextLink"] = format!("{base}{}?{query}", call.path).into();
    }
    Reply::json(value).honouring(prefer)
}

/// The value with the properties that `$select` names, and those of the protocol.
pub fn selected(value: Value, select: Option<&str>) -> Value {
    let (Some(select), Value::Object(map)) = (select, &value) else {
        return value;
    };
    let names: Vec<&str> = select.split(',').map(str::trim).collect();
    let wanted = |name: &str| name == "id" || name.starts_with('@') || names.contains(&name);
    Value::Object(
        map.iter()
            .filter(|(name, _)| wanted(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}

/// `$filter` in its simplest form: `property eq literal`.
fn filtered(call: &Call, values: impl Iterator<Item = Value>) -> Result<Vec<Value>, Failure> {
    let Some(filter) = call.query.get("filter") else {
        return Ok(values.collect());
    };
    let parts: Vec<&str> = filter.splitn(3, ' ').collect();
    let [path, "eq", literal] = parts.as_slice() else {
        return Err(Failure::new(
            400,
            "ErrorInvalidUrlQueryFilter",
            "The filter is not supported by this tenant.",
        ));
    };
    let literal = match *literal {
        "true" => json!(true),
        "false" => json!(false),
        text => json!(text.trim_matches('\'')),
    };
    Ok(values.filter(|value| at(value, path) == literal).collect())
}

fn order(call: &Call, values: &mut [Value]) -> Result<(), Failure> {
    let Some(order) = call.query.get("orderby") else {
        return Ok(());
    };
    let (path, direction) = order.split_once(' ').unwrap_or((order, "asc"));
    if path.contains(',') {
        return Err(Failure::new(
            400,
            "ErrorInvalidUrlQuery",
            "One property to order by is supported by this tenant.",
        ));
    }
    values.sort_by_cached_key(|value| at(value, path).to_string());
    if direction.eq_ignore_ascii_case("desc") {
        values.reverse();
    }
    Ok(())
}

fn at(value: &Value, path: &str) -> Value {
    path.split('/').fold(value.clone(), |value, name| value[name].clone())
}
