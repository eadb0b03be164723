//! Literal requests and answers for the tests of operations.

use bytes::Bytes;
use http::{Request, Response};

use super::Operation;
use crate::Endpoint;

pub(crate) fn endpoint() -> Endpoint {
    Endpoint::new("https://mail.contoso.example/EWS/Exchange.asmx").unwrap()
}

pub(crate) fn requested(operation: &impl Operation) -> Request<Bytes> {
    operation.request(&endpoint()).unwrap()
}

/// The body of the SOAP envelope that is sent.
pub(crate) fn body(operation: &impl Operation) -> String {
    let request = requested(operation);
    let text = String::from_utf8(request.body().to_vec()).unwrap();
    let (_, body) = text.split_once("<soap:Body>").unwrap();
    body.strip_suffix("</soap:Body></soap:Envelope>").unwrap().to_owned()
}

pub(crate) fn answer(status: u16, body: impl Into<Bytes>) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header("content-type", "text/xml; charset=utf-8")
        .body(body.into())
        .unwrap()
}

/// An answer with this in its SOAP body, as Exchange frames it.
pub(crate) fn soap(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="1544" MinorBuildNumber="4" Version="V2017_07_11" xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types" xmlns="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/></s:Header><s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">{body}</s:Body></s:Envelope>"#
    )
}

/// As [`soap`], with these messages in the answer to the operation of that name.
pub(crate) fn messages(name: &str, messages: &str) -> Response<Bytes> {
    answer(
        200,
        soap(&format!(
            r#"<m:{name}Response xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages>{messages}</m:ResponseMessages></m:{name}Response>"#
        )),
    )
}

/// A message that says it worked.
pub(crate) fn success(name: &str, content: &str) -> String {
    format!(
        r#"<m:{name}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>{content}</m:{name}ResponseMessage>"#
    )
}

/// A message that says it failed.
pub(crate) fn failure(name: &str, code: &str, text: &str) -> String {
    format!(
        r#"<m:{name}ResponseMessage ResponseClass="Error"><m:MessageText>{text}</m:MessageText><m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey></m:{name}ResponseMessage>"#
    )
}
