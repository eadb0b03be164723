//! ADMX and ADML, read back together.

use std::collections::{BTreeMap, BTreeSet};

use convoke_policy::key::Key;
use roxmltree::{Document, Node};

use super::shape::{Shape, Shapes, Type};

const KEY: &str = r"SOFTWARE\Policies\Convoke\";

pub fn shapes(admx: &str, adml: &str) -> Shapes {
    let (admx, adml) = (Document::parse(admx).unwrap(), Document::parse(adml).unwrap());
    let texts = texts(&adml);
    let mut shapes = Shapes::new();
    for policy in all(&admx, "policy") {
        assert_eq!(policy.attribute("class"), Some("Machine"));
        let level = match policy.attribute("key").unwrap().strip_prefix(KEY).unwrap() {
            "Enforced" => "enforced",
            "Defaults" => "defaults",
            other => unreachable!("{other}"),
        };
        let help = &texts[&reference(policy, "explainText")];
        let (name, shape) = shape(policy, help);
        let presentation = policy.attribute("presentation").map(|_| reference(policy, "presentation"));
        check_presentation(presentation.map(|id| find(&adml, "presentation", &id)), &shape);
        // What holds for everybody stands with the enforced keys, since the registry has no third place.
        let level = if name.starts_with("organization.") { "" } else { level };
        shapes.insert(level.to_owned(), name, shape);
    }
    shapes
}

/// Every reference leads somewhere, and no text is left over.
pub fn check_references(admx: &str, adml: &str) {
    let (admx_text, adml_text) = (admx, adml);
    let (admx, adml) = (Document::parse(admx).unwrap(), Document::parse(adml).unwrap());
    let there = texts(&adml).into_keys().map(|id| format!("$(string.{id})"));
    let used = admx.descendants().flat_map(|node| node.attributes());
    let used: BTreeSet<&str> =
        used.map(|attribute| attribute.value()).filter(|value| value.starts_with("$(string.")).collect();
    let there: BTreeSet<String> = there.collect();
    assert!(there.iter().map(String::as_str).eq(used), "texts that are missing or not used");
    let categories: BTreeSet<&str> =
        all(&admx, "category").filter_map(|category| category.attribute("name")).collect();
    let parents = all(&admx, "parentCategory").filter_map(|parent| parent.attribute("ref"));
    parents.for_each(|parent| assert!(categories.contains(parent), "{parent}"));
    let revision = |document: &Document<'_>| document.root_element().attribute("revision").map(str::to_owned);
    assert_eq!(revision(&admx), revision(&adml));
    assert!(admx_text.is_ascii(), "only the texts are in a language");
    assert!(adml_text.len() < 1024 * 1024 && admx_text.len() < 1024 * 1024, "Intune takes 1 MB");
}

fn shape(policy: Node<'_, '_>, help: &str) -> (String, Shape) {
    let after = |words: [&str; 2]| {
        let line = help.lines().find_map(|line| words.iter().find_map(|word| line.strip_prefix(word)));
        line.unwrap().trim().to_owned()
    };
    let default = serde_json::from_str(&after(["Product default:", "Valor del producto:"])).unwrap();
    let named = after(["Key:", "Clave:"]);
    let values = after(["Values:", "Valores:"]);
    let Some(element) = all_below(policy, "elements").next().and_then(|of| of.first_element_child()) else {
        let value = |name: &str| {
            let value = all_below(policy, name).next().and_then(|of| of.first_element_child());
            value.and_then(|value| value.attribute("value")).map(str::to_owned)
        };
        assert_eq!(
            (value("enabledValue").as_deref(), value("disabledValue").as_deref()),
            (Some("1"), Some("0"))
        );
        let name = policy.attribute("valueName").unwrap().to_owned();
        assert_eq!(named, name);
        return (name, Shape { kind: Type::Bool, range: None, choices: Vec::new(), default });
    };
    let name = element.attribute("valueName").unwrap().to_owned();
    assert_eq!(named, name);
    let bound = |name: &str| element.attribute(name).map(|number| number.parse::<i64>().unwrap());
    let (kind, choices) = match element.tag_name().name() {
        "decimal" => (Type::Integer, Vec::new()),
        "text" => (Type::Text, Vec::new()),
        "enum" => {
            (Type::Text, all_below(element, "string").filter_map(|of| of.text().map(str::to_owned)).collect())
        }
        // A list is entered line by line; which words it takes is only told.
        "multiText" => {
            let words = ["a list of some of ", "una lista con algunos de "];
            let words = words.iter().find_map(|start| values.strip_prefix(start));
            (Type::List, words.map_or_else(Vec::new, |words| words.split(", ").map(str::to_owned).collect()))
        }
        other => unreachable!("{other}"),
    };
    check_told(&name, &values, &choices);
    (name, Shape { kind, range: bound("minValue").zip(bound("maxValue")), choices, default })
}

/// The values told in words are those of the table; in Spanish only the numbers and words can be compared.
fn check_told(name: &str, values: &str, choices: &[String]) {
    let allowed = Key::find(name).unwrap().kind.allowed().en;
    let numbers =
        |text: &str| text.split(' ').filter_map(|word| word.parse::<i64>().ok()).collect::<Vec<_>>();
    assert_eq!(numbers(values), numbers(&allowed), "{name}");
    choices.iter().for_each(|choice| assert!(values.contains(choice), "{name}: {values}"));
}

/// What the editor shows at first is the product's default.
fn check_presentation(presentation: Option<Node<'_, '_>>, shape: &Shape) {
    let Some(presentation) = presentation else {
        assert_eq!(shape.kind, Type::Bool);
        return;
    };
    let control = presentation.first_element_child().unwrap();
    assert_eq!(control.attribute("refId"), Some("value"));
    let shown: serde_json::Value = match control.tag_name().name() {
        "decimalTextBox" => control.attribute("defaultValue").unwrap().parse::<i64>().unwrap().into(),
        "dropdownList" => {
            let index: usize = control.attribute("defaultItem").unwrap().parse().unwrap();
            shape.choices[index].as_str().into()
        }
        "textBox" => all_below(control, "defaultValue").next().and_then(|value| value.text()).into(),
        "multiTextBox" => return assert_eq!(shape.kind, Type::List),
        other => unreachable!("{other}"),
    };
    assert_eq!(shape.default, shown);
}

fn texts(adml: &Document<'_>) -> BTreeMap<String, String> {
    let entry =
        |node: Node<'_, '_>| (node.attribute("id").unwrap().to_owned(), node.text().unwrap().to_owned());
    all(adml, "string").map(entry).collect()
}

/// The id in `$(string.ID)` or `$(presentation.ID)`.
fn reference(node: Node<'_, '_>, attribute: &str) -> String {
    let value = node.attribute(attribute).unwrap();
    value.split_once('.').unwrap().1.trim_end_matches(')').to_owned()
}

fn find<'a>(document: &'a Document<'a>, name: &'static str, id: &str) -> Node<'a, 'a> {
    all(document, name).find(|node| node.attribute("id") == Some(id)).unwrap()
}

fn all<'a>(document: &'a Document<'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    all_below(document.root(), name)
}

fn all_below<'a>(node: Node<'a, 'a>, name: &str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |node| node.tag_name().name() == name)
}
