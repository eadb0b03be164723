//! Operations of the crate `ews` that no command asks yet, against the server: answers to invitations, photos, and the
//! directory's people.

use chrono::{Duration, Utc};
use convoke_ews::operation::{Answer, CalendarView, FindPeople, GetPhoto, Photo, Probe, Respond, View};
use convoke_ews::{Endpoint, EwsError, Folder, Item, Operation, RefusalKind};
use convoke_model::meeting::Response;
use convoke_model::random::RandomError;
use convoke_model::record::EventRecord;
use convoke_model::window::TimeWindow;
use convoke_net::{ClientOptions, Credentials, Limits, PasswordTransport, Scheme, Transport};
use convoke_tenant::{Options, Running};
use secrecy::SecretString;
use std::sync::Arc;

/// The user whose mailbox is on the company's server.
const PAT: usize = 3;

struct Desk {
    tenant: Running,
    endpoint: Endpoint,
    transport: PasswordTransport,
}

impl Desk {
    async fn new() -> Self {
        let options = Options { events: 60, contacts: 4, directory: 12, ..Options::default() };
        let tenant = convoke_tenant::start(options).await.unwrap();
        let endpoint = Endpoint::new(&tenant.ready.ews).unwrap();
        let user = &tenant.ready.users[PAT];
        let credentials =
            Credentials::new(&user.username, SecretString::from(user.password.as_str())).unwrap();
        let random = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_| RandomError);
        let options = ClientOptions { system_proxy: false, ..ClientOptions::default() };
        let clock = Arc::new(Utc::now);
        let schemes = [Scheme::Ntlm];
        let transport =
            PasswordTransport::new(options, endpoint.url(), credentials, &schemes, Arc::new(random), clock);
        Self { endpoint, transport: transport.unwrap(), tenant }
    }

    async fn ask<O: Operation>(&self, operation: O) -> Result<O::Response, EwsError> {
        let request = operation.request(&self.endpoint).unwrap();
        let response = self.transport.send(request, Limits::PAGE).await.unwrap();
        operation.parse(&response, &self.endpoint)
    }

    /// The meetings of the weeks ahead.
    async fn meetings(&self) -> Vec<Item<EventRecord>> {
        let mailbox = self.ask(Probe).await.unwrap();
        let (start, end) = (Utc::now(), Utc::now() + Duration::days(120));
        let view = CalendarView { folder: Folder::Id(mailbox.calendar), window: TimeWindow { start, end } };
        match self.ask(view).await.unwrap() {
            View::Whole(items) => items,
            other => panic!("{other:?}"),
        }
    }

    async fn response(&self, id: &str) -> Option<Response> {
        let items = self.meetings().await;
        let found = items.into_iter().find(|item| item.reference().id == id)?;
        Some(found.resolve(|_| None).content.response)
    }
}

#[tokio::test]
async fn invitations_are_answered_and_an_old_version_is_refused() {
    let desk = Desk::new().await;
    let items = desk.meetings().await;
    let mut invited = items.iter().filter(|item| {
        let content = (*item).clone().resolve(|_| None).content;
        !content.is_organizer && !content.cancelled
    });
    let first = invited.next().expect("an invitation").reference().clone();
    let answer = |item, answer| Respond { item, answer, comment: Some("a < b".to_owned()), send: true };
    desk.ask(answer(first.clone(), Answer::Tentative)).await.unwrap();
    assert_eq!(desk.response(&first.id).await, Some(Response::TentativelyAccepted));
    let refused = desk.ask(answer(first.clone(), Answer::Accept)).await.unwrap_err();
    assert_eq!(refused.kind(), Some(&RefusalKind::Conflict), "the version from before the answer");

    let read = desk.meetings().await;
    let again = read.iter().find(|item| item.reference().id == first.id).unwrap().reference().clone();
    desk.ask(answer(again, Answer::Accept)).await.unwrap();
    assert_eq!(desk.response(&first.id).await, Some(Response::Accepted));

    let read = desk.meetings().await;
    let again = read.iter().find(|item| item.reference().id == first.id).unwrap().reference().clone();
    desk.ask(answer(again, Answer::Decline)).await.unwrap();
    assert_eq!(desk.response(&first.id).await, None, "what is declined leaves the calendar");
}

#[tokio::test]
async fn photos_come_once_and_people_are_found() {
    let desk = Desk::new().await;
    let users = desk.tenant.ready.users.iter();
    let mut images = 0;
    for address in users.map(|user| user.username.clone()) {
        let known = None;
        let Photo::Image { etag, .. } = desk.ask(GetPhoto { address: address.clone(), known }).await.unwrap()
        else {
            continue;
        };
        images += 1;
        assert_eq!(desk.ask(GetPhoto { address, known: etag }).await.unwrap(), Photo::Unchanged);
    }
    assert!(images > 0, "nobody has a photo");
    let found = desk.ask(FindPeople { text: "lucia".to_owned(), limit: 10 }).await.unwrap();
    assert!(format!("{found:?}").contains("lucia.moreno@contoso.example"), "{found:?}");
}
