//! The ADMX file: every key as a policy of Windows' editor, and where it lands in the registry.
//!
//! Form: Microsoft, MS-GPREG 7.2 and 7.3, "ADMX Policy Definition Schema". No other ADMX file is referred to, since
//! Intune imports a file that depends on another one only after that one.

use super::names::{ELEMENT, Policy, REVISION, ROOT, SUPPORTED, category, level_category, string, word};
use super::xml::Xml;
use super::{REGISTRY_KEY, registry_level};
use crate::key::Kind;
use crate::keys::SECTIONS;
use crate::source::Level;

/// The file's text.
pub fn admx() -> String {
    let mut xml = Xml::new();
    let attributes = [
        ("xmlns", "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"),
        ("revision", REVISION),
        ("schemaVersion", "1.0"),
    ];
    xml.element("policyDefinitions", &attributes, |xml| {
        xml.element("policyNamespaces", &[], |xml| {
            xml.empty("target", &[("prefix", "convoke"), ("namespace", "Convoke.Policies")]);
        });
        xml.empty("resources", &[("minRequiredRevision", REVISION)]);
        xml.element("supportedOn", &[], |xml| {
            xml.element("definitions", &[], |xml| {
                xml.empty("definition", &[("name", SUPPORTED), ("displayName", &string(SUPPORTED))]);
            });
        });
        xml.element("categories", &[], categories);
        xml.element("policies", &[], |xml| Policy::all().for_each(|of| policy(xml, &of)));
    });
    xml.finish()
}

fn categories(xml: &mut Xml) {
    xml.empty("category", &[("name", ROOT), ("displayName", &string(ROOT))]);
    for level in [Level::Enforced, Level::Default] {
        let parent = level_category(level);
        child(xml, &parent, &parent, ROOT);
        for section in SECTIONS {
            let below = |policy: Policy| policy.category() == category(level, section.name);
            if Policy::all().any(below) {
                child(xml, &category(level, section.name), &format!("Section_{}", section.name), &parent);
            }
        }
    }
}

fn child(xml: &mut Xml, name: &str, text: &str, parent: &str) {
    xml.element("category", &[("name", name), ("displayName", &string(text))], |xml| {
        xml.empty("parentCategory", &[("ref", parent)]);
    });
}

fn policy(xml: &mut Xml, policy: &Policy) {
    let id = policy.id();
    let (title, help) = (string(&id), string(&policy.help()));
    let presentation = format!("$(presentation.{id})");
    let key = format!("{REGISTRY_KEY}\\{}", registry_level(policy.level));
    let mut attributes = vec![
        ("name", id.as_str()),
        ("class", "Machine"),
        ("displayName", title.as_str()),
        ("explainText", help.as_str()),
    ];
    if policy.key.kind == Kind::Bool {
        attributes.extend([("key", key.as_str()), ("valueName", policy.key.name)]);
    } else {
        attributes.extend([("presentation", presentation.as_str()), ("key", key.as_str())]);
    }
    xml.element("policy", &attributes, |xml| {
        xml.empty("parentCategory", &[("ref", &policy.category())]);
        xml.empty("supportedOn", &[("ref", SUPPORTED)]);
        values(xml, policy);
    });
}

fn values(xml: &mut Xml, policy: &Policy) {
    let key = policy.key;
    let named = [("id", ELEMENT), ("valueName", key.name)];
    let with = |more: &[(&'static str, String)], xml: &mut Xml, name: &str| {
        let more = more.iter().map(|(name, value)| (*name, value.as_str()));
        let attributes: Vec<(&str, &str)> = named.into_iter().chain(more).collect();
        xml.element("elements", &[], |xml| xml.empty(name, &attributes));
    };
    let required = || ("required", "true".to_owned());
    match key.kind {
        Kind::Bool => {
            for (name, value) in [("enabledValue", "1"), ("disabledValue", "0")] {
                xml.element(name, &[], |xml| xml.empty("decimal", &[("value", value)]));
            }
        }
        Kind::Integer { min, max } => {
            with(&[required(), ("minValue", min.to_string()), ("maxValue", max.to_string())], xml, "decimal");
        }
        Kind::Text(form) => with(&[required(), ("maxLength", form.longest().to_string())], xml, "text"),
        // Not required: an empty list of accounts lets nobody in, and may be meant.
        Kind::List { optional: true, .. } => with(&[], xml, "multiText"),
        Kind::List { optional: false, .. } => with(&[required()], xml, "multiText"),
        Kind::Choice(words) => {
            let attributes = [named.as_slice(), &[("required", "true")]].concat();
            xml.element("elements", &[], |xml| {
                xml.element("enum", &attributes, |xml| words.iter().for_each(|choice| item(xml, choice)));
            });
        }
    }
}

fn item(xml: &mut Xml, choice: &str) {
    xml.element("item", &[("displayName", &string(&word(choice)))], |xml| {
        xml.element("value", &[], |xml| xml.leaf("string", &[], choice));
    });
}
