//! Who the organization is, and where people sign in.

use super::{security, top};
use crate::choice::{Choice, Cloud};
use crate::key::{Key, Kind, Text};
use crate::value::DefaultValue as Default;

pub(super) const KEYS: &[Key] = &[
    top("organization.name", Kind::Text(Text::Line))
        .titled("Name of the organization", "Nombre de la organización")
        .meaning(
            "The organization's name, as people know it.",
            "El nombre de la organización, tal como la gente la conoce.",
        )
        .such_as(Default::Text("Contoso")),
    top("organization.helpUrl", Kind::Text(Text::Url))
        .titled("Help page", "Página de ayuda")
        .meaning(
            "Where people find the organization's own help on Convoke.",
            "Dónde se encuentra la ayuda de la propia organización sobre Convoke.",
        )
        .such_as(Default::Text("https://it.contoso.com/convoke")),
    top("organization.helpEmail", Kind::Text(Text::MailAddress))
        .titled("Help address", "Dirección de ayuda")
        .meaning("Whom people write to when they need help.", "A quién se escribe cuando se necesita ayuda.")
        .such_as(Default::Text("it@contoso.com")),
    security("sso.domain", Kind::Text(Text::Domain), Default::Null)
        .titled("Domain for single sign-on", "Dominio para el inicio de sesión único")
        .meaning(
            "Sent as domain_hint, so that the organization's own sign-in page opens at once.",
            "Se envía como domain_hint para que se abra enseguida la página de inicio de sesión de la organización.",
        )
        .such_as(Default::Text("contoso.com")),
    security("sso.issuer", Kind::Text(Text::Url), Default::Null)
        .titled("OpenID provider", "Proveedor OpenID")
        .meaning(
            "OpenID provider of the organization for SSO; null: SSO goes through Microsoft 365.",
            "Proveedor OpenID de la organización para el SSO; null: el SSO pasa por Microsoft 365.",
        ),
    security("sso.clientId", Kind::Text(Text::Line), Default::Null)
        .titled("Client id at the OpenID provider", "Id. de cliente en el proveedor OpenID")
        .meaning(
            "The client that Convoke is at the OpenID provider of sso.issuer.",
            "El cliente que es Convoke en el proveedor OpenID de sso.issuer.",
        ),
    security("microsoft365.tenant", Kind::Text(Text::Tenant), Default::Text("organizations"))
        .titled("Tenant", "Inquilino")
        .meaning(
            "The tenant to sign in to: its id, one of its domains, or \"organizations\" for any.",
            "El inquilino en el que se inicia sesión: su id., uno de sus dominios u \"organizations\" para cualquiera.",
        )
        .such_as(Default::Text("contoso.onmicrosoft.com")),
    security("microsoft365.clientId", Kind::Text(Text::Guid), Default::Null)
        .titled("Application (client) id", "Id. de aplicación (cliente)")
        .meaning(
            "Application (client) id of Convoke's registration.",
            "Id. de aplicación (cliente) del registro de Convoke.",
        )
        .such_as(Default::Text("00000000-0000-0000-0000-000000000000")),
    security("microsoft365.cloud", Kind::Choice(Cloud::WORDS), Default::Text("global"))
        .titled("Microsoft cloud", "Nube de Microsoft")
        .meaning(
            "The Microsoft cloud of the tenant; custom takes microsoft365.endpoints.",
            "La nube de Microsoft del inquilino; custom toma microsoft365.endpoints.",
        ),
    security("microsoft365.endpoints.authority", Kind::Text(Text::Url), Default::Null)
        .titled("Authority of a custom cloud", "Autoridad de una nube propia")
        .meaning("Root of the authority of a custom cloud.", "Raíz de la autoridad de una nube propia."),
    security("microsoft365.endpoints.graph", Kind::Text(Text::Url), Default::Null)
        .titled("Microsoft Graph of a custom cloud", "Microsoft Graph de una nube propia")
        .meaning(
            "Root of Microsoft Graph of a custom cloud, with its version.",
            "Raíz de Microsoft Graph de una nube propia, con su versión.",
        ),
];
