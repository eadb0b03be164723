//! What a refusal in the browser means for the services that were asked for, and for the rest of the visit.

use super::refusal;
use crate::code::{Code, Failure};
use crate::reason::Reason;
use crate::wire::snapshot::Services;
use convoke_auth::AuthError;
use convoke_auth::loopback::page::Page;
use convoke_model::service::{Service, ServiceState};
use convoke_policy::questions::Question;

/// What becomes of the services, and of the questions that would follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The state of the services; `None` leaves them as they are.
    pub state: Option<ServiceState>,
    /// Whether the same holds for what has not been asked yet.
    pub for_the_rest: bool,
    /// Whether nothing more is asked.
    pub ends_visit: bool,
}

impl Outcome {
    /// Something of this computer, of the network or of the set-up: nothing is known of the services.
    pub const END: Self = Self { state: None, for_the_rest: false, ends_visit: true };
    /// An administrator must approve; the next question may be answered.
    const WAITS: Self =
        Self { state: Some(ServiceState::WaitingForAdmin), for_the_rest: false, ends_visit: false };
    /// An administrator must approve, and the tab stands on a page from which nothing comes back.
    pub const WAITS_ALL: Self = Self { for_the_rest: true, ends_visit: true, ..Self::WAITS };

    const fn ends(state: ServiceState) -> Self {
        Self { state: Some(state), for_the_rest: true, ends_visit: true }
    }
}

/// What an error means. `willing` is whether the person granted another service before.
///
/// Entra answers "declined" (AADSTS65004) both to who cancels and to who leaves the page "Need admin approval" by its
/// link, and nothing at all to who closes that page. Pressing Cancel says so in `error_subcode`. Who granted what every
/// tenant leaves to its users did not come to refuse: what follows may be granted all the same. Silence says most
/// often that an administrator is needed; the service waits then with the silence as its cause, the window says what
/// else it may be, and nobody is asked again by itself.
pub fn of(error: &AuthError, question: &Question, willing: bool) -> Outcome {
    match error {
        AuthError::AdminApproval(_) | AuthError::ConsentRequired(_) => Outcome::WAITS,
        AuthError::Declined(refusal) if refusal.suberror.as_deref() == Some("cancel") => {
            Outcome::ends(ServiceState::Declined)
        }
        AuthError::Declined(_) if willing => Outcome::WAITS,
        AuthError::Declined(_) | AuthError::Timeout(_) if question.shows_pages => Outcome::WAITS_ALL,
        AuthError::BlockedByOrganization(_) => Outcome::ends(ServiceState::Blocked),
        _ => Outcome::END,
    }
}

/// The failure as what it is for services that wait: an administrator must approve, whatever the server called it.
/// Where the server was silent, that is only likely, and stays the cause; where it named the way on, that stays too.
pub fn told(failure: Failure, outcome: Outcome) -> Failure {
    let waits = outcome.state == Some(ServiceState::WaitingForAdmin);
    let known = matches!(failure.reason, Some(Reason::NeedsApproval | Reason::ApprovalRequested));
    if waits && !known && failure.code != Code::SignInTimedOut {
        refusal::needs_approval(failure)
    } else {
        failure
    }
}

/// Whether nobody is signed in to Microsoft in the browser (OpenID Connect Core §3.1.2.6, AADSTS50058).
pub fn is_signed_out(error: &AuthError) -> bool {
    error.token_error().is_some_and(|refusal| {
        matches!(
            refusal.error.as_str(),
            "login_required" | "interaction_required" | "account_selection_required"
        )
    })
}

/// The refusals of a visit.
#[derive(Debug, Default)]
pub struct Refusals {
    first: Option<Failure>,
    /// The first that no service's state tells.
    untold: Option<Failure>,
}

impl Refusals {
    /// Takes note of one. `noted` is whether a service keeps it with its state.
    pub fn add(&mut self, failure: Failure, noted: bool) {
        if !noted {
            self.untold.get_or_insert_with(|| failure.clone());
        }
        self.first.get_or_insert(failure);
    }

    /// The failure of the whole visit: what no state tells; where nothing works, the first of all.
    pub fn failure(self, any_connected: bool) -> Option<Failure> {
        self.untold.or(self.first.filter(|_| !any_connected))
    }
}

/// Whether any of the services works.
pub fn any_connected(services: &Services, of: &[Service]) -> bool {
    of.iter().any(|service| state(services, *service) == ServiceState::Connected)
}

/// What the browser shows at the end of a visit that asked for services.
pub fn last_page(result: &Result<Services, Failure>, asked: &[Service]) -> Page {
    let services = match result {
        Err(failure) => return refusal::page(failure),
        Ok(services) => services,
    };
    let states: Vec<ServiceState> = asked.iter().map(|service| state(services, *service)).collect();
    if states.contains(&ServiceState::WaitingForAdmin) {
        Page::Partly
    } else if states.iter().all(|state| *state == ServiceState::Connected) {
        Page::Connected
    } else {
        Page::NotAll
    }
}

fn state(services: &Services, of: Service) -> ServiceState {
    match of {
        Service::Calendar => services.calendar.state,
        Service::Contacts => services.contacts.state,
        Service::Directory => services.directory.state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_auth::error::TokenError;
    use convoke_model::service::Service::{Calendar, Contacts, Directory};
    use std::time::Duration;

    fn refusal(error: &str) -> Box<TokenError> {
        Box::new(TokenError { error: error.to_owned(), ..TokenError::default() })
    }

    #[test]
    fn refusals() {
        let check = |error: &AuthError, services: &[Service], willing, expected: Outcome| {
            let question = Question { services: services.to_vec(), shows_pages: true };
            assert_eq!(of(error, &question, willing), expected, "{error:?} {services:?} {willing}");
        };
        let left = AuthError::Declined(refusal("access_denied"));
        check(&left, &[Contacts, Directory], false, Outcome::WAITS_ALL);
        check(&left, &[Calendar], false, Outcome::WAITS_ALL);
        check(&left, &[Calendar], true, Outcome::WAITS);
        let cancel = Some("cancel".to_owned());
        let declined =
            AuthError::Declined(Box::new(TokenError { suberror: cancel, ..TokenError::default() }));
        check(&declined, &[Contacts, Directory], false, Outcome::ends(ServiceState::Declined));
        check(&declined, &[Contacts, Directory], true, Outcome::ends(ServiceState::Declined));
        check(&declined, &[Calendar], false, Outcome::ends(ServiceState::Declined));
        check(&declined, &[Calendar], true, Outcome::ends(ServiceState::Declined));
        let approval = AuthError::AdminApproval(refusal("access_denied"));
        check(&approval, &[Contacts], false, Outcome::WAITS);
        check(&AuthError::ConsentRequired(refusal("consent_required")), &[Calendar], false, Outcome::WAITS);
        let late = AuthError::Timeout(Duration::from_secs(300));
        check(&late, &[Calendar], true, Outcome::WAITS_ALL);
        check(&late, &[Calendar], false, Outcome::WAITS_ALL);
        check(&late, &[Contacts, Directory], true, Outcome::WAITS_ALL);
        let silent = Question { services: vec![Calendar], shows_pages: false };
        assert_eq!(of(&late, &silent, true), Outcome::END, "no page was shown, so none kept silent");
        let blocked = AuthError::BlockedByOrganization(refusal("access_denied"));
        check(&blocked, &[Contacts], false, Outcome::ends(ServiceState::Blocked));
        check(&AuthError::Cancelled, &[Calendar], true, Outcome::END);
    }

    #[test]
    fn what_waits_says_so_in_its_own_words() {
        let of_number = |number| {
            let error =
                AuthError::Declined(Box::new(TokenError { aadsts: Some(number), ..TokenError::default() }));
            told(crate::failure::of_auth(&error), Outcome::WAITS)
        };
        let left = of_number(65004);
        assert_eq!((left.code, left.reason), (Code::AdminApprovalRequired, None));
        assert!(left.detail.is_some_and(|detail| detail.contains("AADSTS65004")));
        assert_eq!(of_number(90095).reason, Some(Reason::ApprovalRequested));
        let late = told(Failure::new(Code::SignInTimedOut), Outcome::WAITS_ALL);
        assert_eq!(late.code, Code::SignInTimedOut);
        let declined = told(Failure::new(Code::ConsentDeclined), Outcome::ends(ServiceState::Declined));
        assert_eq!(declined.code, Code::ConsentDeclined);
    }
    #[test]
    fn the_whole_visit_fails_with_what_no_state_tells() {
        let of = |noted: &[(Code, bool)], connected| {
            let mut refusals = Refusals::default();
            noted.iter().for_each(|(code, noted)| refusals.add(Failure::new(*code), *noted));
            refusals.failure(connected).map(|failure| failure.code)
        };
        let (waits, broken) = ((Code::AdminApprovalRequired, true), (Code::ServerUnreachable, false));
        assert_eq!(of(&[], true), None);
        assert_eq!(of(&[waits], true), None);
        assert_eq!(of(&[waits], false), Some(Code::AdminApprovalRequired));
        assert_eq!(of(&[waits, broken], true), Some(Code::ServerUnreachable));
        assert_eq!(of(&[broken], true), Some(Code::ServerUnreachable));
    }

    #[test]
    fn success_is_said_only_where_all_that_was_asked_for_works() {
        let page = |calendar: ServiceState, asked: &[Service]| {
            let services = Services {
                calendar: calendar.into(),
                contacts: ServiceState::Connected.into(),
                directory: ServiceState::WaitingForAdmin.into(),
            };
            last_page(&Ok(services), asked)
        };
        assert_eq!(page(ServiceState::Connected, &[Calendar, Contacts]), Page::Connected);
        assert_eq!(page(ServiceState::Connected, &[Calendar, Directory]), Page::Partly);
        assert_eq!(page(ServiceState::Declined, &[Calendar, Contacts]), Page::NotAll);
        let refused = Err(Failure::new(Code::ConsentDeclined));
        assert_eq!(last_page(&refused, &[Calendar]), Page::Declined);
    }
}
