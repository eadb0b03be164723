//! Events with everything in them, by their ids.

use bytes::Bytes;
use convoke_model::record::EventRecord;
use http::{Request, Response};

use super::get_item::{self, Outcome};
use super::{Operation, fields};
use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::item::ItemRef;
use crate::map;
use crate::xml::{Element, Namespace};

/// What [`CalendarView`](super::CalendarView) can't give: body, attendees, addresses.
#[derive(Clone, Debug)]
pub struct GetEvents {
    /// The events, 1 to [`BATCH`](super::BATCH).
    pub items: Vec<ItemRef>,
}

impl Operation for GetEvents {
    type Response = Vec<Outcome<EventRecord>>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        get_item::request(endpoint, fields::detailed(endpoint.version()), &self.items)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        get_item::parse(response, endpoint, &self.items, |item: &Element| {
            if !item.is(Namespace::Types, "CalendarItem") {
                return Err(EwsError::Missing { field: "CalendarItem" });
            }
            map::event::event(item)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{GetEvents, Operation, Outcome};
    use crate::item::ItemRef;
    use crate::operation::test_answers::{answer, body, endpoint, failure, messages, success};
    use crate::{EwsError, RefusalKind, SchemaVersion};

    fn events(ids: &[&str]) -> GetEvents {
        let item = |id: &&str| ItemRef { id: (*id).to_owned(), change_key: Some("old".to_owned()) };
        GetEvents { items: ids.iter().map(item).collect() }
    }

    fn event(id: &str) -> String {
        success(
            "GetItem",
            &format!(
                r#"<m:Items><t:CalendarItem><t:ItemId Id="{id}" ChangeKey="new"/><t:Subject>S</t:Subject><t:Body BodyType="Text">Hello</t:Body><t:Start>2026-03-02T08:00:00Z</t:Start><t:End>2026-03-02T09:00:00Z</t:End></t:CalendarItem></m:Items>"#
            ),
        )
    }

    #[test]
    fn request() {
        let body = body(&events(&["A+/=", "B"]));
        assert!(body.starts_with("<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:BodyType>Text</t:BodyType><t:AdditionalProperties><t:FieldURI FieldURI=\"item:Subject\"/>"), "{body}");
        for field in [
            "item:Body",
            "calendar:RequiredAttendees",
            "calendar:Resources",
            "calendar:JoinOnlineMeetingUrl",
            "item:WebClientReadFormQueryString",
            "item:Preview",
        ] {
            assert!(body.contains(&format!(r#"<t:FieldURI FieldURI="{field}"/>"#)), "{field}");
        }
        // By id alone: an old version of the item is no reason to refuse it.
        assert!(body.ends_with(
            r#"</m:ItemShape><m:ItemIds><t:ItemId Id="A+/="/><t:ItemId Id="B"/></m:ItemIds></m:GetItem>"#
        ));
        for ids in [&[][..], &["x"; 11]] {
            assert!(matches!(events(ids).request(&endpoint()), Err(EwsError::Argument { .. })));
        }
        assert!(events(&["x"; 10]).request(&endpoint()).is_ok());
        let old = endpoint().with_version(SchemaVersion::Exchange2010Sp2);
        let request = events(&["A"]).request(&old).unwrap();
        assert!(!String::from_utf8_lossy(request.body()).contains("Preview"));
    }

    #[test]
    fn f43_one_answer_for_each_item() {
        let content = [
            event("A"),
            failure("GetItem", "ErrorItemNotFound", "The specified object was not found in the store."),
            failure("GetItem", "ErrorCalendarOccurrenceIsDeletedFromRecurrence", ""),
            failure("GetItem", "ErrorMailboxStoreUnavailable", ""),
        ]
        .concat();
        let operation = events(&["A", "B", "C", "D"]);
        let outcomes = operation.parse(&messages("GetItem", &content), &endpoint()).unwrap();
        let [
            Outcome::Present(item),
            Outcome::Gone { id: b },
            Outcome::Gone { id: c },
            Outcome::Failed { id: d, refusal },
        ] = &outcomes[..]
        else {
            panic!("{outcomes:?}")
        };
        assert_eq!((b.as_str(), c.as_str(), d.as_str()), ("B", "C", "D"));
        assert_eq!(refusal.kind, RefusalKind::Transient);
        assert_eq!(item.reference().change_key.as_deref(), Some("new"));
        let event = item.clone().resolve(|_| None);
        assert_eq!(event.content.preview.as_deref(), Some("Hello"));
    }

    #[test]
    fn f60_a_busy_server_is_an_error_of_the_whole() {
        let busy = failure("GetItem", "ErrorServerBusy", "");
        for content in [busy.clone(), event("A") + &busy] {
            let error = events(&["A", "B"]).parse(&messages("GetItem", &content), &endpoint()).unwrap_err();
            assert_eq!(error.kind(), Some(&RefusalKind::ServerBusy { back_off: None }));
        }
    }

    #[test]
    fn f43_answers_that_are_not_whole_are_refused() {
        let other = success(
            "GetItem",
            r#"<m:Items><t:Message><t:ItemId Id="A" ChangeKey="k"/></t:Message></m:Items>"#,
        );
        for content in [
            String::new(),
            event("A"),
            event("A").repeat(3),
            success("GetItem", "<m:Items/>") + &event("B"),
            other + &event("B"),
        ] {
            let parsed = events(&["A", "B"]).parse(&messages("GetItem", &content), &endpoint());
            assert!(matches!(parsed, Err(EwsError::Missing { .. })), "{content}: {parsed:?}");
        }
        let whole = messages("GetItem", &event("A").repeat(2));
        for length in 0..whole.body().len() {
            let parsed = events(&["A", "B"]).parse(&answer(200, whole.body().slice(..length)), &endpoint());
            assert!(matches!(parsed, Err(EwsError::Malformed { .. })), "{length}");
        }
    }
}
