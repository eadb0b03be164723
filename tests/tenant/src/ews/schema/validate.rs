//! Checking an element against its type.

use super::fields::{is_field, is_indexed};
use super::{Attribute, Child, Content, Place as Slot, Type, Values};
use crate::ews::time;
use crate::xml::{Node, Place};

/// The first thing in a request that breaks the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where.
    pub place: Place,
    /// What, in the words of .NET's validator, which real servers pass on.
    pub text: String,
}

/// Checks an element and all in it.
///
/// # Errors
/// The first violation, in document order.
pub fn validate(node: &Node, kind: &Type) -> Result<(), Violation> {
    if matches!(kind.content, Content::Anything) {
        return Ok(());
    }
    attributes(node, kind.attributes)?;
    match &kind.content {
        Content::Anything => Ok(()),
        Content::Text(values) => match node.children.first() {
            Some(child) => Err(violation(child, no_elements(node))),
            None if accepts(*values, node.text.trim()) => Ok(()),
            None => Err(violation(node, bad_value("element", &node.name, node.text.trim()))),
        },
        Content::Sequence(slots) => sequence(node, slots),
    }
}

fn attributes(node: &Node, known: &[Attribute]) -> Result<(), Violation> {
    for (name, value) in node.attributes.iter().filter(|(name, _)| !name.contains(':')) {
        let Some(attribute) = known.iter().find(|attribute| attribute.name == name) else {
            return Err(violation(node, format!("The '{name}' attribute is not declared.")));
        };
        if !accepts(attribute.values, value) {
            return Err(violation(node, bad_value("attribute", name, value)));
        }
    }
    let missing =
        known.iter().find(|attribute| attribute.required && node.attribute(attribute.name).is_none());
    match missing {
        Some(attribute) => {
            Err(violation(node, format!("The required attribute '{}' is missing.", attribute.name)))
        }
        None => Ok(()),
    }
}

fn sequence(node: &Node, slots: &[Slot]) -> Result<(), Violation> {
    if !node.text.trim().is_empty() {
        let text = format!("The element '{}' cannot contain text.", node.name);
        return Err(violation(node, text));
    }
    let (mut at, mut taken) = (0, 0);
    for child in &node.children {
        loop {
            let Some(slot) = slots.get(at) else {
                return Err(violation(child, invalid_child(node, child, &[])));
            };
            if let Some(known) = slot.any_of.iter().find(|known| taken < slot.most && is(known, child)) {
                taken += 1;
                validate(child, known.kind)?;
                break;
            }
            if taken < slot.least {
                return Err(violation(child, invalid_child(node, child, &slots[at..])));
            }
            if !slots[at + 1..].iter().any(|later| later.any_of.iter().any(|known| is(known, child))) {
                let open = if taken < slot.most { at } else { at + 1 };
                return Err(violation(child, invalid_child(node, child, &slots[open..])));
            }
            (at, taken) = (at + 1, 0);
        }
    }
    let lacks = slots.iter().enumerate().skip(at).any(|(index, slot)| {
        let there = if index == at { taken } else { 0 };
        there < slot.least
    });
    if !lacks {
        return Ok(());
    }
    let open = if taken < slots[at].most { at } else { at + 1 };
    Err(violation(node, incomplete(node, &slots[open..])))
}

fn is(known: &Child, node: &Node) -> bool {
    known.name == node.name && known.namespace == node.namespace
}

fn accepts(values: Values, text: &str) -> bool {
    match values {
        Values::Any => true,
        Values::NotEmpty => !text.is_empty(),
        Values::Bool => ["true", "false", "1", "0"].contains(&text),
        Values::Between(low, high) => text.parse().is_ok_and(|number: i64| (low..=high).contains(&number)),
        Values::DateTime => time::parse(text).is_some(),
        Values::OneOf(names) => names.contains(&text),
        Values::WordOf(words) => words.split_ascii_whitespace().any(|word| word == text),
        Values::FieldUri => is_field(text),
        Values::IndexedFieldUri => is_indexed(text),
    }
}

fn violation(node: &Node, text: String) -> Violation {
    Violation { place: node.place, text }
}

fn bad_value(kind: &str, name: &str, value: &str) -> String {
    format!("The '{name}' {kind} is invalid - The value '{value}' is invalid according to its datatype.")
}

fn no_elements(node: &Node) -> String {
    format!("The element '{}' cannot contain child elements because it holds a text.", node.name)
}

fn invalid_child(node: &Node, child: &Node, expected: &[Slot]) -> String {
    format!(
        "The element '{}' in namespace '{}' has invalid child element '{}' in namespace '{}'.{}",
        node.name,
        node.namespace,
        child.name,
        child.namespace,
        listed(expected)
    )
}

fn incomplete(node: &Node, expected: &[Slot]) -> String {
    let (name, namespace) = (&node.name, &node.namespace);
    format!("The element '{name}' in namespace '{namespace}' has incomplete content.{}", listed(expected))
}

/// What may come next: up to the first element that must.
fn listed(slots: &[Slot]) -> String {
    let mut names = Vec::new();
    for slot in slots {
        names.extend(slot.any_of.iter().map(|child| child.name));
        if slot.least > 0 {
            break;
        }
    }
    if names.is_empty() {
        return String::new();
    }
    format!(" List of possible elements expected: '{}'.", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;

    const OPENING: &str = "xmlns='http://schemas.microsoft.com/exchange/services/2006/messages' xmlns:t='http://schemas.microsoft.com/exchange/services/2006/types'";

    fn check(request: &str, expected: Result<(), &str>) {
        let node = crate::xml::read(request.replacen('>', &format!(" {OPENING}>"), 1).as_bytes()).unwrap();
        let found = validate(&node, find(&node.name).unwrap().schema);
        match (found, expected) {
            (Ok(()), Ok(())) => {}
            (Err(found), Err(expected)) => assert!(found.text.contains(expected), "{}", found.text),
            (found, _) => panic!("{request}: {found:?}"),
        }
    }

    #[test]
    fn order_names_and_values_are_checked() {
        const SHAPE: &str = "<ItemShape><t:BaseShape>IdOnly</t:BaseShape></ItemShape>";
        const FOLDER: &str = "<ParentFolderIds><t:DistinguishedFolderId Id='calendar'/></ParentFolderIds>";
        let find = |inner: &str| format!("<FindItem Traversal='Shallow'>{inner}</FindItem>");
        check(&find(&format!("{SHAPE}{FOLDER}")), Ok(()));
        check(&find(&format!("{FOLDER}{SHAPE}")), Err("invalid child element 'ParentFolderIds'"));
        check(
            &find(SHAPE),
            Err("incomplete content. List of possible elements expected: 'IndexedPageItemView"),
        );
        check(&find(&format!("{SHAPE}<Foo/>{FOLDER}")), Err("invalid child element 'Foo'"));
        check(&find(&format!("{SHAPE}{FOLDER}{FOLDER}")), Err("invalid child element 'ParentFolderIds'"));
        check(&format!("<FindItem>{SHAPE}{FOLDER}</FindItem>"), Err("required attribute 'Traversal'"));
        let shape = SHAPE.replace("IdOnly", "Everything");
        check(&find(&format!("{shape}{FOLDER}")), Err("The value 'Everything'"));
        let folder = FOLDER.replace("calendar", "kalender");
        check(&find(&format!("{SHAPE}{folder}")), Err("The value 'kalender'"));
        let view = "<CalendarView StartDate='2026-03-01' EndDate='2026-04-01T00:00:00Z'/>";
        check(&find(&format!("{SHAPE}{view}{FOLDER}")), Err("The value '2026-03-01'"));
    }
}
