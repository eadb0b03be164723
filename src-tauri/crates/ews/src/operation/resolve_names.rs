//! `ResolveNames` in the organization's directory (EWS `resolvenames-operation`).

use bytes::Bytes;
use convoke_model::clean::{self, SHORT};
use convoke_model::contact::Contact;
use http::{Request, Response};

use super::Operation;
use crate::endpoint::Endpoint;
use crate::error::{EwsError, RefusalKind};
use crate::xml::{Namespace, Tag};
use crate::{map, parse, request};

/// People and lists of the organization whose name or address starts with the entry, at most 100; or whoever
/// has the X.500 address that the entry is.
#[derive(Clone, Debug)]
pub struct ResolveNames {
    /// What was typed, or one of [`Item::legacy_addresses`](crate::Item::legacy_addresses).
    pub entry: String,
}

impl ResolveNames {
    /// The mail address that an X.500 address stands for, by the answer to it: that of the only one found.
    #[must_use]
    pub fn mail_address(found: &[Contact]) -> Option<&str> {
        match found {
            [only] => only.emails.first().map(|email| email.address.as_str()),
            _ => None,
        }
    }
}

impl Operation for ResolveNames {
    type Response = Vec<Contact>;

    /// `ContactDataShape="AllProperties"` would bring photos and certificates along.
    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        let entry = clean::optional(Some(&self.entry), SHORT).ok_or(EwsError::Argument { field: "entry" })?;
        let operation = Tag::new("m:ResolveNames")
            .with("ReturnFullContactData", "true")
            .with("SearchScope", "ActiveDirectory")
            .with("ContactDataShape", "Default")
            .child(Tag::new("m:UnresolvedEntry").text(entry.trim()));
        request::post(endpoint, operation)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        let message = match parse::message("ResolveNames", response, endpoint) {
            Err(error) if error.kind() == Some(&RefusalKind::NoResults) => return Ok(Vec::new()),
            message => message?,
        };
        let found = message.child(Namespace::Messages, "ResolutionSet");
        let found = found.ok_or(EwsError::Missing { field: "ResolutionSet" })?;
        Ok(found.all(Namespace::Types, "Resolution").filter_map(map::directory::resolution).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Operation, ResolveNames};
    use crate::operation::test_answers::{body, endpoint, failure, messages};
    use crate::{EwsError, RefusalKind};
    use convoke_model::contact::{Contact, ContactSource, Email, Phone};

    fn names() -> ResolveNames {
        ResolveNames { entry: " <ana> ".to_owned() }
    }

    fn set(class: &str, code: &str, resolutions: &str) -> String {
        format!(
            r#"<m:ResolveNamesResponseMessage ResponseClass="{class}"><m:MessageText>x</m:MessageText><m:ResponseCode>{code}</m:ResponseCode><m:ResolutionSet TotalItemsInView="1" IncludesLastItemInRange="true">{resolutions}</m:ResolutionSet></m:ResolveNamesResponseMessage>"#
        )
    }

    const ANA: &str = r#"<t:Resolution><t:Mailbox><t:Name>Ana Gil</t:Name><t:EmailAddress>ana@x.example</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox><t:Contact><t:DisplayName>Ana Gil</t:DisplayName><t:CompleteName><t:FirstName>Ana</t:FirstName><t:LastName>Gil</t:LastName></t:CompleteName><t:CompanyName>Contoso</t:CompanyName><t:EmailAddresses><t:Entry Key="EmailAddress1">SMTP:ana@x.example</t:Entry><t:Entry Key="EmailAddress2">SIP:ana@x.example</t:Entry></t:EmailAddresses><t:PhoneNumbers><t:Entry Key="BusinessPhone">2</t:Entry></t:PhoneNumbers><t:ContactSource>ActiveDirectory</t:ContactSource></t:Contact></t:Resolution>"#;

    fn ana() -> Contact {
        let some = |text: &str| Some(text.to_owned());
        Contact {
            id: "ana@x.example".to_owned(),
            name: "Ana Gil".to_owned(),
            given_name: some("Ana"),
            surname: some("Gil"),
            company: some("Contoso"),
            emails: vec![Email { kind: "work".to_owned(), address: "ana@x.example".to_owned() }],
            phones: vec![Phone { kind: "business".to_owned(), number: "2".to_owned() }],
            source: ContactSource::Directory,
            ..Contact::default()
        }
    }

    #[test]
    fn request() {
        assert_eq!(
            body(&names()),
            r#"<m:ResolveNames ReturnFullContactData="true" SearchScope="ActiveDirectory" ContactDataShape="Default"><m:UnresolvedEntry>&lt;ana&gt;</m:UnresolvedEntry></m:ResolveNames>"#
        );
        for entry in ["", " \t", "\0"] {
            let refused = ResolveNames { entry: entry.to_owned() }.request(&endpoint());
            assert!(matches!(refused, Err(EwsError::Argument { .. })), "{entry:?}");
        }
    }

    #[test]
    fn one_many_or_nobody() {
        let parse = |content: &str| names().parse(&messages("ResolveNames", content), &endpoint());
        let one = parse(&set("Success", "NoError", ANA)).unwrap();
        assert_eq!(one, [ana()]);
        assert_eq!(ResolveNames::mail_address(&one), Some("ana@x.example"));
        // Several are a warning and no fault.
        let list = r#"<t:Resolution><t:Mailbox><t:Name>All</t:Name><t:EmailAddress>/o=X/cn=all</t:EmailAddress><t:RoutingType>EX</t:RoutingType></t:Mailbox><t:Contact><t:EmailAddresses><t:Entry Key="EmailAddress1">SMTP:all@x.example</t:Entry></t:EmailAddresses></t:Contact></t:Resolution>"#;
        let nameless = r#"<t:Resolution><t:Mailbox><t:EmailAddress>b@x.example</t:EmailAddress></t:Mailbox></t:Resolution>"#;
        let nobody = "<t:Resolution><t:Mailbox><t:Name>No address</t:Name></t:Mailbox></t:Resolution>";
        let all = [ANA, list, nameless, nobody].concat();
        let several = parse(&set("Warning", " ErrorNameResolutionMultipleResults\n", &all)).unwrap();
        let found: Vec<_> = several.iter().map(|c| (c.name.as_str(), c.id.as_str())).collect();
        assert_eq!(
            found,
            [("Ana Gil", "ana@x.example"), ("All", "all@x.example"), ("b@x.example", "b@x.example")]
        );
        assert_eq!(ResolveNames::mail_address(&several), None);
        let none = failure("ResolveNames", "ErrorNameResolutionNoResults", "No results were found.");
        assert_eq!(parse(&none).ok(), Some(Vec::new()));
        assert_eq!(ResolveNames::mail_address(&[]), None);
        let denied = failure("ResolveNames", "ErrorAccessDenied", "");
        assert_eq!(parse(&denied).unwrap_err().kind(), Some(&RefusalKind::AccessDenied));
    }
}
