//! The ADML files: the texts of the ADMX file in one language each, and how its values are asked for.

use super::Language;
use super::glosses::gloss;
use super::names::{ELEMENT, Policy, REVISION, ROOT, SUPPORTED, level_category, word, words};
use super::xml::Xml;
use crate::key::{Item, Kind, Text, Words};
use crate::keys::SECTIONS;
use crate::source::Level;
use crate::value::{DefaultValue, Value};

/// The file's text.
pub fn adml(language: Language) -> String {
    let mut xml = Xml::new();
    let attributes = [
        ("xmlns", "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"),
        ("revision", REVISION),
        ("schemaVersion", "1.0"),
    ];
    xml.element("policyDefinitionResources", &attributes, |xml| {
        xml.leaf("displayName", &[], "Convoke");
        xml.leaf("description", &[], language.of(DESCRIPTION));
        xml.element("resources", &[], |xml| {
            xml.element("stringTable", &[], |xml| strings(xml, language));
            xml.element("presentationTable", &[], |xml| {
                Policy::all().for_each(|policy| presentation(xml, &policy, language));
            });
        });
    });
    xml.finish()
}

const DESCRIPTION: Words =
    Words { en: "What an organization wants of Convoke.", es: "Lo que una organización quiere de Convoke." };
const SINCE: Words = Words { en: "Convoke 0.1 or later", es: "Convoke 0.1 o posterior" };
const ENFORCED: Words =
    Words { en: "Enforced: people can't change it.", es: "Obligatorio: las personas no pueden cambiarlo." };
const DEFAULTS: Words = Words {
    en: "A default: it holds until the user chooses otherwise.",
    es: "Predeterminado: vale hasta que el usuario elija otra cosa.",
};

fn strings(xml: &mut Xml, language: Language) {
    let mut string = |id: &str, text: &str| xml.leaf("string", &[("id", id)], text);
    string(ROOT, "Convoke");
    string(SUPPORTED, language.of(SINCE));
    string(&level_category(Level::Enforced), language.of(Words { en: "Enforced", es: "Obligatorio" }));
    string(&level_category(Level::Default), language.of(Words { en: "Defaults", es: "Predeterminado" }));
    for section in SECTIONS {
        string(&format!("Section_{}", section.name), language.of(section.title));
    }
    for choice in words() {
        let meaning = gloss(choice).map(|meaning| format!("{choice}: {}", language.of(meaning)));
        string(&word(choice), meaning.as_deref().unwrap_or(choice));
    }
    for policy in Policy::all() {
        string(&policy.id(), language.of(policy.key.title));
        string(&policy.help(), &help(&policy, language));
    }
}

fn help(policy: &Policy, language: Language) -> String {
    let key = policy.key;
    let level = if policy.level == Level::Enforced { ENFORCED } else { DEFAULTS };
    let default = serde_json::to_string(&Value::from(key.default)).unwrap_or_default();
    let (name, values, product) = match language {
        Language::English => ("Key", "Values", "Product default"),
        Language::Spanish => ("Clave", "Valores", "Valor del producto"),
    };
    format!(
        "{}\n\n{name}: {}\n{values}: {}\n{product}: {default}\n\n{}",
        language.of(key.doc),
        key.name,
        allowed(key.kind, language),
        language.of(level)
    )
}

fn allowed(kind: Kind, language: Language) -> String {
    match language {
        Language::English => kind.allowed().en,
        Language::Spanish => in_spanish(kind),
    }
}

fn in_spanish(kind: Kind) -> String {
    match kind {
        Kind::Bool => "true o false".to_owned(),
        Kind::Integer { min, max } => format!("un número entero de {min} a {max}"),
        Kind::Choice(words) => format!("uno de {}", words.join(", ")),
        Kind::Text(Text::Tenant) => form(Text::Tenant).to_owned(),
        Kind::Text(text) => format!("{}, o null", form(text)),
        Kind::List { item, optional } => {
            let null = if optional { ", o null" } else { "" };
            match item {
                Item::Text(text) => format!("una lista; cada elemento, {}{null}", form(text)),
                Item::Choice(words) => format!("una lista con algunos de {}{null}", words.join(", ")),
            }
        }
    }
}

fn form(text: Text) -> &'static str {
    match text {
        Text::Line => "un texto de una línea",
        Text::Domain => "un dominio",
        Text::Tenant => "un id. de inquilino, un dominio u `organizations`",
        Text::Guid => "un GUID",
        Text::Url | Text::EwsUrl => "una URL",
        Text::MailAddress => "una dirección de correo",
    }
}

/// What the editor asks for. A switch needs nothing but the policy's own "enabled" and "disabled".
fn presentation(xml: &mut Xml, policy: &Policy, language: Language) {
    let key = policy.key;
    let title = language.of(key.title);
    let element = ("refId", ELEMENT);
    let mut ask =
        |inside: &dyn Fn(&mut Xml)| xml.element("presentation", &[("id", &policy.id())], |xml| inside(xml));
    match (key.kind, key.default) {
        (Kind::Bool, _) => {}
        (Kind::Integer { .. }, DefaultValue::Integer(default)) => ask(&|xml| {
            xml.leaf("decimalTextBox", &[element, ("defaultValue", &default.to_string())], title);
        }),
        (Kind::Choice(words), DefaultValue::Text(default)) => ask(&|xml| {
            let at = words.iter().position(|word| *word == default).unwrap_or_default();
            let attributes = [element, ("noSort", "true"), ("defaultItem", &at.to_string())];
            xml.leaf("dropdownList", &attributes, title);
        }),
        (Kind::List { .. }, _) => ask(&|xml| xml.leaf("multiTextBox", &[element], title)),
        (_, default) => ask(&|xml| {
            xml.element("textBox", &[element], |xml| {
                xml.leaf("label", &[], title);
                if let DefaultValue::Text(default) = default {
                    xml.leaf("defaultValue", &[], default);
                }
            });
        }),
    }
}
