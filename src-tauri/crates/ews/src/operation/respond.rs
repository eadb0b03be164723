//! `CreateItem` of an answer to an invitation (EWS `acceptitem`, `createitem-operation`).

use bytes::Bytes;
use convoke_model::clean::{self, LONG};
use http::{Request, Response};

use super::Operation;
use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::item::ItemRef;
use crate::xml::{Element, Namespace, Tag};
use crate::{map, parse, request};

/// Accepts or declines a meeting: a series by its master's id, one date by its own.
#[derive(Clone, Debug)]
pub struct Respond {
    /// The meeting, with the version that was read. An old one is refused
    /// ([`RefusalKind::Conflict`](crate::RefusalKind::Conflict)): read it again, and answer again.
    pub item: ItemRef,
    /// What is answered.
    pub answer: Answer,
    /// A text for the organizer.
    pub comment: Option<String>,
    /// Whether the organizer gets to know.
    pub send: bool,
}

/// What is answered to an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Accept,
    /// Perhaps.
    Tentative,
    /// No.
    Decline,
}

impl Answer {
    fn tag(self) -> Tag {
        Tag::new(match self {
            Self::Accept => "t:AcceptItem",
            Self::Tentative => "t:TentativelyAcceptItem",
            Self::Decline => "t:DeclineItem",
        })
    }
}

impl Operation for Respond {
    /// The meeting as it is now, where the server names it; a declined one is mostly gone from the calendar.
    type Response = Option<ItemRef>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        if self.item.change_key.is_none() {
            return Err(EwsError::Argument { field: "version of the meeting" });
        }
        let comment = self
            .comment
            .as_deref()
            .map(|text| clean::text(text, LONG))
            .filter(|text| !text.trim().is_empty());
        let body = comment.map(|text| Tag::new("t:Body").with("BodyType", "Text").text(&text));
        let answer = self.answer.tag().children(body).child(self.item.tag("t:ReferenceItemId"));
        let operation = Tag::new("m:CreateItem")
            .with("MessageDisposition", if self.send { "SendAndSaveCopy" } else { "SaveOnly" })
            .child(Tag::new("m:Items").child(answer));
        request::post(endpoint, operation)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        let message = parse::message("CreateItem", response, endpoint)?;
        let items = message.child(Namespace::Messages, "Items").map(Element::children).unwrap_or_default();
        let meeting = items.iter().find(|item| item.is(Namespace::Types, "CalendarItem"));
        Ok(meeting.and_then(|item| map::reference(item).ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Operation, Respond};
    use crate::item::ItemRef;
    use crate::operation::test_answers::{body, endpoint, failure, messages, success};
    use crate::{EwsError, RefusalKind};

    fn respond(answer: Answer) -> Respond {
        let item = ItemRef { id: "E=".to_owned(), change_key: Some("K=".to_owned()) };
        Respond { item, answer, comment: None, send: true }
    }

    #[test]
    fn requests() {
        for (answer, name) in [
            (Answer::Accept, "AcceptItem"),
            (Answer::Tentative, "TentativelyAcceptItem"),
            (Answer::Decline, "DeclineItem"),
        ] {
            assert_eq!(
                body(&respond(answer)),
                format!(
                    r#"<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:{name}><t:ReferenceItemId Id="E=" ChangeKey="K="/></t:{name}></m:Items></m:CreateItem>"#
                )
            );
        }
        let quiet =
            Respond { send: false, comment: Some("</t:Body> Late".to_owned()), ..respond(Answer::Accept) };
        assert!(body(&quiet).starts_with("<m:CreateItem MessageDisposition=\"SaveOnly\"><m:Items><t:AcceptItem><t:Body BodyType=\"Text\">&lt;/t:Body&gt; Late</t:Body><t:ReferenceItemId "));
        let mut unknown = respond(Answer::Accept);
        unknown.item.change_key = None;
        assert!(matches!(unknown.request(&endpoint()), Err(EwsError::Argument { .. })));
    }

    #[test]
    fn answers() {
        let parse =
            |content: &str| respond(Answer::Accept).parse(&messages("CreateItem", content), &endpoint());
        let named = success(
            "CreateItem",
            r#"<m:Items><t:MeetingResponse/><t:CalendarItem><t:ItemId Id="E2=" ChangeKey="K2="/></t:CalendarItem></m:Items>"#,
        );
        assert_eq!(parse(&named).unwrap().map(|item| item.id).as_deref(), Some("E2="));
        assert_eq!(parse(&success("CreateItem", "<m:Items/>")).ok(), Some(None));
        let conflict = failure(
            "CreateItem",
            "ErrorIrresolvableConflict",
            "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.",
        );
        assert_eq!(parse(&conflict).unwrap_err().kind(), Some(&RefusalKind::Conflict));
        let gone = failure("CreateItem", "ErrorItemNotFound", "");
        assert_eq!(parse(&gone).unwrap_err().kind(), Some(&RefusalKind::NotFound));
        let cancelled = parse(&failure("CreateItem", "ErrorCalendarIsCancelledForAccept", "")).unwrap_err();
        assert_eq!(
            (cancelled.kind(), cancelled.code().as_str()),
            (Some(&RefusalKind::Other), "ErrorCalendarIsCancelledForAccept")
        );
    }
}
