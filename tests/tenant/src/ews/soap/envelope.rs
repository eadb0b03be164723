//! Writing answers and faults. Prefixes are those of real servers: `s`, `h`, `m`, `t`, and `a` and `e` in faults.

use std::io;

use super::{ERRORS, Fault, SOAP};
use crate::ews::schema::TYPES;
use crate::ews::version::Release;
use crate::xml::{Element, element, write};

/// The document of an answer.
///
/// # Errors
/// Never in practice, see [`write`].
pub fn answer(release: Release, body: Element) -> io::Result<Vec<u8>> {
    let header = element("s:Header").child(release.header());
    let body = element("s:Body")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with("xmlns:xsd", "http://www.w3.org/2001/XMLSchema")
        .child(body);
    write(&element("s:Envelope").with("xmlns:s", SOAP).child(header).child(body))
}

/// The document of a fault. It has no header, and so doesn't tell the server's version.
///
/// # Errors
/// Never in practice, see [`write`].
pub fn fault(fault: &Fault) -> io::Result<Vec<u8>> {
    let code = element("faultcode").with("xmlns:a", TYPES).text(format!("a:{}", fault.code));
    let reason = fault.reason.as_ref().unwrap_or(&fault.text);
    let reason = element("faultstring").with("xml:lang", "en-US").text(reason);
    let mut detail = element("detail")
        .child(element("e:ResponseCode").with("xmlns:e", ERRORS).text(&fault.code))
        .child(element("e:Message").with("xmlns:e", ERRORS).text(&fault.text));
    if !fault.xml.is_empty() {
        detail = detail.child(element("t:MessageXml").with("xmlns:t", TYPES).children(fault.xml.clone()));
    }
    let fault = element("s:Fault").child(code).child(reason).child(detail);
    write(&element("s:Envelope").with("xmlns:s", SOAP).child(element("s:Body").child(fault)))
}
