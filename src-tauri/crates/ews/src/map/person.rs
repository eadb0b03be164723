//! People as Exchange names them.

use convoke_model::clean::{self, LONG, SHORT};
use convoke_model::meeting::{Attendee, AttendeeKind, Person, Response};

use crate::xml::Element;

/// Whether an address is an X.500 name (`/o=Contoso/ou=…/cn=Recipients/cn=ana`), which only Exchange
/// understands.
pub(crate) fn is_legacy(address: &str) -> bool {
    address.trim_start().get(..3).is_some_and(|start| start.eq_ignore_ascii_case("/o="))
}

/// An address, by the way that mail to it takes. X.500 names pass, to be resolved; of routes that are neither
/// mail nor Exchange's (fax, private lists) nothing is kept. Directory entries have the route before the
/// address.
pub(super) fn address(text: Option<&str>, routing: Option<&str>) -> String {
    let text = clean::optional(text, SHORT).unwrap_or_default();
    let text = text.trim();
    let bare = match text.split_once(':') {
        Some((route, rest)) if route.eq_ignore_ascii_case("smtp") => rest,
        _ => text,
    };
    let by_mail = routing
        .is_none_or(|routing| routing.trim().is_empty() || routing.trim().eq_ignore_ascii_case("smtp"));
    if is_legacy(bare) || (by_mail && bare.contains('@')) { bare.to_owned() } else { String::new() }
}

/// Somebody in `t:Mailbox`. The name may be empty where the address is not; the name of nobody is none.
pub(super) fn person(mailbox: &Element) -> Option<Person> {
    let address = address(mailbox.value("EmailAddress"), mailbox.word("RoutingType"));
    let name =
        clean::optional(mailbox.value("Name"), LONG).filter(|name| !is_legacy(name)).unwrap_or_default();
    (!name.is_empty() || !address.is_empty()).then_some(Person { name, address })
}

/// Somebody invited. Distribution lists stand there like people, private ones without address.
pub(super) fn attendee(element: &Element, kind: AttendeeKind) -> Option<Attendee> {
    let Person { name, address } = person(element.typed("Mailbox")?)?;
    Some(Attendee { name, address, kind, response: response(element.word("ResponseType")) })
}

/// An answer to an invitation (EWS `ResponseType`).
pub(super) fn response(text: Option<&str>) -> Response {
    match text {
        Some("Organizer") => Response::Organizer,
        Some("Tentative") => Response::TentativelyAccepted,
        Some("Accept") => Response::Accepted,
        Some("Decline") => Response::Declined,
        Some("NoResponseReceived") => Response::NotResponded,
        _ => Response::None,
    }
}

#[cfg(test)]
mod tests {
    use super::{address, is_legacy};

    #[test]
    fn addresses_by_their_routes() {
        for (text, routing, expected) in [
            ("ana@x.example", Some("SMTP"), "ana@x.example"),
            (" ana@x.example ", None, "ana@x.example"),
            ("SMTP:ana@x.example", None, "ana@x.example"),
            ("smtp:ana@x.example", Some(""), "ana@x.example"),
            ("/o=X/ou=Y/cn=Recipients/cn=ana", Some("EX"), "/o=X/ou=Y/cn=Recipients/cn=ana"),
            ("/O=X/CN=ana", Some("SMTP"), "/O=X/CN=ana"),
            ("+1 323", Some("FAX"), ""),
            ("Friends", Some("MAPIPDL"), ""),
            ("x500:/o=X", None, ""),
            ("nobody", None, ""),
            ("", None, ""),
        ] {
            assert_eq!(address(Some(text), routing), expected, "{text}");
        }
        assert!(!is_legacy("/a") && !is_legacy("é"));
    }
}
