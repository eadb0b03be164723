//! What people would see.

use crate::code::{Code, Failure};
use crate::status::Status;
use crate::wire::exchange::{ExchangeAsk, ExchangeFound, ExchangeMethod};
use convoke_model::service::{Service, ServiceState, ServiceStatus};
use serde::Serialize;

/// What a rehearsal found.
#[derive(Clone, Debug, Serialize)]
pub struct Rehearsal {
    /// What was changed of the policy so that it could be rehearsed.
    pub notes: Vec<String>,
    /// Everybody.
    pub people: Vec<PersonSeen>,
}

/// What one person would see.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonSeen {
    /// Stable name of the person.
    pub id: &'static str,
    /// Who it is, in words.
    pub who: &'static str,
    /// Who may consent in their tenant.
    pub consent: &'static str,
    /// The first sign-in.
    pub first_sign_in: SignInSeen,
    /// Titles of the pages they meet, from the first sign-in until they are connected.
    pub pages: Vec<String>,
    /// Whether they connected Microsoft 365: who is not asked does not.
    pub connects: bool,
    /// Why nothing was connected, if so.
    pub connect_failure: Option<Failure>,
    /// What they meet of the organization's own Exchange; absent where they are not led there.
    pub exchange: Option<ExchangeSeen>,
    /// The services; absent where the sign-in failed.
    pub services: Option<ServicesSeen>,
    /// The next sign-in; absent where the first one failed.
    pub next_sign_in: Option<SignInSeen>,
}

/// What a sign-in brings.
#[derive(Clone, Debug, Serialize)]
pub struct SignInSeen {
    /// Whether it asks to integrate Microsoft 365.
    pub asks: bool,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
}

/// The organization's own Exchange as the person sees it.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExchangeSeen {
    /// What it asks them for, in order.
    pub asks: Vec<ExchangeAsk>,
    /// Who named the server.
    pub found: Option<ExchangeFound>,
    /// How it is signed in at.
    pub method: Option<ExchangeMethod>,
    /// Whether meetings and contacts come from it in the end.
    pub in_use: bool,
    /// Why not.
    pub failure: Option<Failure>,
}

/// The services as the person sees them.
#[derive(Clone, Debug, Serialize)]
pub struct ServicesSeen {
    /// Calendars.
    pub calendar: ServiceSeen,
    /// Contacts.
    pub contacts: ServiceSeen,
    /// Directory.
    pub directory: ServiceSeen,
}

/// One service as the person sees it.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceSeen {
    /// The state.
    pub state: ServiceState,
    /// One true sentence.
    pub sentence: String,
    /// What to do, and who can do it; absent where nothing is to do.
    pub step: Option<String>,
}

impl ServicesSeen {
    pub(super) fn of(status: &Status) -> Self {
        let of = |service: Service, of: &ServiceStatus| ServiceSeen {
            state: of.state,
            sentence: of.message.clone().unwrap_or_else(|| sentence(of.state)),
            step: status.next_steps.iter().find(|next| next.service == service).map(|next| next.step.clone()),
        };
        let services = &status.services;
        Self {
            calendar: of(Service::Calendar, &services.calendar),
            contacts: of(Service::Contacts, &services.contacts),
            directory: of(Service::Directory, &services.directory),
        }
    }
}

/// The sentence of a state that has none of its own.
fn sentence(state: ServiceState) -> String {
    let code = match state {
        ServiceState::Connected => return "It is connected.".to_owned(),
        ServiceState::OffByPolicy => return "The policy leaves it out.".to_owned(),
        ServiceState::NotConnected => Code::NotConnected,
        ServiceState::WaitingForAdmin => Code::AdminApprovalRequired,
        ServiceState::Declined => Code::ConsentDeclined,
        ServiceState::SignInRequired => Code::SignInRequired,
        ServiceState::Blocked => Code::BlockedByOrganization,
        ServiceState::Unavailable => Code::MailboxUnavailable,
        ServiceState::Error => Code::Internal,
    };
    Failure::new(code).message
}
