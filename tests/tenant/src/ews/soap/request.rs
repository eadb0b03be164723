//! Reading a request's envelope.

use super::{Fault, SOAP};
use crate::ews::schema::{self, MESSAGES, Operation, TYPES};
use crate::ews::time::RequestZone;
use crate::ews::version::{Release, SchemaVersion};
use crate::xml::{self, Node};

/// A request that keeps to the schema.
#[derive(Debug)]
pub struct Request {
    /// Which operation.
    pub operation: &'static Operation,
    /// The operation's element.
    pub body: Node,
    /// The schema it names.
    pub version: SchemaVersion,
    /// The zone it names.
    pub zone: RequestZone,
}

/// Reads a request.
///
/// # Errors
/// A fault when it is no envelope, asks for a schema that the server doesn't have or for somebody else's rights, names
/// an operation that is not served, or breaks the schema.
pub fn read(release: Release, bytes: &[u8]) -> Result<Request, Fault> {
    let envelope = xml::read(bytes).map_err(|error| Fault::invalid_request(error.to_string()))?;
    if (envelope.namespace.as_str(), envelope.name.as_str()) != (SOAP, "Envelope") {
        return Err(Fault::invalid_request("The request is no SOAP 1.1 envelope."));
    }
    let header = envelope.children.iter().find(|child| child.namespace == SOAP && child.name == "Header");
    let version = version(release, header)?;
    let zone = zone(header)?;
    if header.is_some_and(|header| header.child("ExchangeImpersonation").is_some()) {
        let text = "The account does not have permission to impersonate the requested user.";
        return Err(Fault::new("ErrorImpersonateUserDenied", text));
    }
    let body = envelope.children.into_iter().find(|child| child.namespace == SOAP && child.name == "Body");
    let body = body.and_then(|body| body.children.into_iter().next());
    let body = body.ok_or_else(|| Fault::invalid_request("The request has no body."))?;
    let operation = (body.namespace == MESSAGES).then(|| schema::find(&body.name)).flatten();
    let operation = operation.ok_or_else(|| {
        let text = format!("The operation {} is not served by this simulated server.", body.name);
        Fault::invalid_request(text)
    })?;
    schema::validate(&body, operation.schema).map_err(|violation| Fault::schema(&violation))?;
    Ok(Request { operation, body, version, zone })
}

fn version(release: Release, header: Option<&Node>) -> Result<SchemaVersion, Fault> {
    let named = header.and_then(|header| typed(header, "RequestServerVersion"));
    let Some(named) = named else { return Ok(SchemaVersion::OLDEST) };
    let version = SchemaVersion::named(named.attribute("Version").unwrap_or_default());
    version.filter(|version| release.has(*version)).ok_or_else(Fault::invalid_server_version)
}

fn zone(header: Option<&Node>) -> Result<RequestZone, Fault> {
    let context = header.and_then(|header| typed(header, "TimeZoneContext"));
    let Some(context) = context else { return Ok(RequestZone::UTC) };
    let id = context.child("TimeZoneDefinition").and_then(|zone| zone.attribute("Id")).unwrap_or_default();
    RequestZone::named(id).ok_or_else(|| Fault::new("ErrorTimeZone", "The specified time zone isn't valid."))
}

fn typed<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    node.children.iter().find(|child| child.namespace == TYPES && child.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(release: Release, header: &str, body: &str) -> String {
        let text = format!(
            "<s:Envelope xmlns:s='{SOAP}' xmlns:m='{MESSAGES}' xmlns:t='{TYPES}'><s:Header>{header}</s:Header>\
             <s:Body>{body}</s:Body></s:Envelope>"
        );
        read(release, text.as_bytes())
            .map_or_else(|fault| fault.code, |request| request.operation.name.into())
    }

    const GET_FOLDER: &str = "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>\
        <m:FolderIds><t:DistinguishedFolderId Id='calendar'/></m:FolderIds></m:GetFolder>";

    #[test]
    fn headers_and_bodies_are_checked() {
        let check = |header: &str, body: &str, expected: &str| {
            assert_eq!(code(Release::Exchange2013, header, body), expected, "{header} {body}");
        };
        check("", GET_FOLDER, "GetFolder");
        check("<t:RequestServerVersion Version='Exchange2013_SP1'/>", GET_FOLDER, "GetFolder");
        check("<t:RequestServerVersion Version='Exchange2016'/>", GET_FOLDER, "ErrorInvalidServerVersion");
        check("<t:RequestServerVersion Version='x'/>", GET_FOLDER, "ErrorInvalidServerVersion");
        let zone =
            |id: &str| format!("<t:TimeZoneContext><t:TimeZoneDefinition Id='{id}'/></t:TimeZoneContext>");
        check(&zone("Romance Standard Time"), GET_FOLDER, "GetFolder");
        check(&zone("Mars Standard Time"), GET_FOLDER, "ErrorTimeZone");
        check("<t:ExchangeImpersonation/>", GET_FOLDER, "ErrorImpersonateUserDenied");
        check("", "<m:GetStreamingEvents/>", "ErrorInvalidRequest");
        check("", "<t:GetFolder/>", "ErrorInvalidRequest");
        check("", "<m:GetFolder/>", "ErrorSchemaValidation");
        check("", "", "ErrorInvalidRequest");
    }
}
