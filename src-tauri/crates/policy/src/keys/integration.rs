//! What of Microsoft 365 is integrated, how, and for whose accounts.

use super::{comfort, security};
use crate::choice::{
    AuthorizeWith, CalendarPermission, Choice, ContactsPermission, DirectoryPermission, EwsAuth, Prompt,
};
use crate::key::{Item, Key, Kind, Text};
use crate::value::DefaultValue as Default;

pub(super) const KEYS: &[Key] = &[
    comfort("integration.prompt", Kind::Choice(Prompt::WORDS), Default::Text("firstSignIn"))
        .titled("When to ask to integrate", "Cuándo se pide integrar")
        .meaning(
            "When to ask people to integrate Microsoft 365 after SSO.",
            "Cuándo se pide integrar Microsoft 365 después del SSO.",
        ),
    comfort("integration.userConsent", Kind::Bool, Default::Bool(true))
        .titled("People may consent for themselves", "Cada persona puede dar su consentimiento")
        .meaning(
            "Whether people may consent for themselves; false: the app shows who must act instead.",
            "Si cada persona puede dar su consentimiento; false: la aplicación muestra quién debe actuar.",
        ),
    comfort("integration.authorizeWith", Kind::Choice(AuthorizeWith::WORDS), Default::Text("auto"))
        .titled("Authorize with", "Autorizar con")
        .meaning(
            "Microsoft Graph, EWS, or Graph with EWS for mailboxes that are on-premises.",
            "Microsoft Graph, EWS, o Graph con EWS para los buzones locales.",
        ),
    security(
        "integration.permissions.calendar",
        Kind::Choice(CalendarPermission::WORDS),
        Default::Text("read"),
    )
    .titled("Permission: calendar", "Permiso: calendario")
    .meaning(
        "What of the calendars the app asks for. No effect on EWS, which grants the whole mailbox.",
        "Qué pide la aplicación de los calendarios. Sin efecto en EWS, que concede todo el buzón.",
    ),
    security(
        "integration.permissions.contacts",
        Kind::Choice(ContactsPermission::WORDS),
        Default::Text("read"),
    )
    .titled("Permission: contacts", "Permiso: contactos")
    .meaning(
        "What of the contacts the app asks for. No effect on EWS.",
        "Qué pide la aplicación de los contactos. Sin efecto en EWS.",
    ),
    security(
        "integration.permissions.directory",
        Kind::Choice(DirectoryPermission::WORDS),
        Default::Text("basic"),
    )
    .titled("Permission: directory", "Permiso: directorio")
    .meaning(
        "What of the organization's directory the app asks for. No effect on EWS.",
        "Qué pide la aplicación del directorio de la organización. Sin efecto en EWS.",
    ),
    security("integration.ews.url", Kind::Text(Text::EwsUrl), Default::Null)
        .titled("Address of EWS", "Dirección de EWS")
        .meaning("EWS of the on-premises Exchange.", "EWS del Exchange local."),
    security(
        "integration.ews.auth",
        Kind::List { item: Item::Choice(EwsAuth::WORDS), optional: false },
        Default::List(&["oauth"]),
    )
    .titled("Authentication for EWS", "Autenticación para EWS")
    .meaning(
        "Ways to authenticate at the on-premises Exchange.",
        "Formas de autenticarse en el Exchange local.",
    ),
    security(
        "accounts.allowedTenants",
        Kind::List { item: Item::Text(Text::Guid), optional: true },
        Default::Null,
    )
    .titled("Tenants that may sign in", "Inquilinos que pueden iniciar sesión")
    .meaning(
        "Ids of the tenants whose accounts may sign in; null: all, an empty list: none.",
        "Id. de los inquilinos cuyas cuentas pueden iniciar sesión; null: todos, una lista vacía: ninguno.",
    )
    .such_as(Default::List(&["00000000-0000-0000-0000-000000000000"])),
    security(
        "accounts.allowedDomains",
        Kind::List { item: Item::Text(Text::Domain), optional: true },
        Default::Null,
    )
    .titled("Domains that may sign in", "Dominios que pueden iniciar sesión")
    .meaning(
        "Domains of the user names that may sign in; null: all, an empty list: none.",
        "Dominios de los nombres de usuario que pueden iniciar sesión; null: todos, una lista vacía: ninguno.",
    )
    .such_as(Default::List(&["contoso.com"])),
];
