//! The three messages of NTLM at the server, bare or wrapped.

use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::accounts::{self, Refusal};
use super::ntlm::{self, Challenge, Claim, Session, State, Token};
use super::spnego::{self, Answer, Message};
use super::{Connection, Entered, challenged, decide, refused};
use crate::ews::quirks::Quirk;
use crate::state::{TenantState, lock};

/// A message, taken out of its wrapping.
struct Step {
    /// The message of NTLM.
    token: Vec<u8>,
    /// The list of schemes in a first wrapping, and whether it must be protected.
    schemes: Option<(Vec<u8>, bool)>,
    /// The code over that list, in a later wrapping.
    code: Option<Vec<u8>>,
    /// Whether there is a wrapping.
    is_wrapped: bool,
}

/// One step. `scheme` is the one the client chose to carry it.
///
/// # Errors
/// The answer that asks for the next step, or refuses.
pub fn step(
    state: &TenantState,
    connection: &Connection,
    scheme: &str,
    token: &str,
) -> Result<Entered, Box<Response>> {
    let malformed = || refused(state, Refusal::Malformed.name(), None);
    let bytes = STANDARD.decode(token).map_err(|_| malformed())?;
    let mut on_connection = lock(&connection.ntlm);
    if let Some(Message::Init { schemes, prefers_ntlm: false, .. }) = spnego::read(&bytes) {
        *on_connection = State::Led(schemes);
        return Err(challenged(&said(scheme, &spnego::write(Answer::RequestMic, None, None))));
    }
    let step = unwrapped(bytes).ok_or_else(malformed)?;
    match (Token::of(&step.token), std::mem::take(&mut *on_connection)) {
        (Some(Token::Negotiate), before) => {
            let domain = state.world().domain.clone();
            let (mut challenge, message) = ntlm::begin(&step.token, &domain, state.now());
            challenge.wrapped = match before {
                State::Led(schemes) if step.is_wrapped => Some((schemes, true)),
                _ => step.schemes,
            };
            *on_connection = State::Challenged(Box::new(challenge));
            let message = if step.is_wrapped {
                spnego::write(Answer::Incomplete, Some(&message), None)
            } else {
                message
            };
            Err(challenged(&said(scheme, &message)))
        }
        // A challenge is good for one answer, on the connection that it was sent on.
        (Some(Token::Authenticate), State::Challenged(challenge)) => {
            let (user, session) = answered(state, connection, &step, &challenge)
                .map_err(|refusal| refused(state, refusal.name(), None))?;
            *on_connection = State::Authenticated(user);
            let last_word = challenge.wrapped.map(|(schemes, _)| {
                let code = step.code.is_some().then(|| session.code(&schemes));
                let code = code.as_ref().map(<[u8; 16]>::as_slice);
                said(scheme, &spnego::write(Answer::Completed, None, code))
            });
            Ok(Entered { user, last_word })
        }
        _ => Err(malformed()),
    }
}

fn said(scheme: &str, message: &[u8]) -> String {
    format!("{scheme} {}", STANDARD.encode(message))
}

fn unwrapped(bytes: Vec<u8>) -> Option<Step> {
    let step = Step { token: Vec::new(), schemes: None, code: None, is_wrapped: true };
    match spnego::read(&bytes) {
        None => Some(Step { token: bytes, is_wrapped: false, ..step }),
        Some(Message::Init { schemes, token, .. }) => {
            Some(Step { token: token?, schemes: Some((schemes, false)), ..step })
        }
        Some(Message::Reply { token, code }) => Some(Step { token: token?, code, ..step }),
    }
}

fn answered(
    state: &TenantState,
    connection: &Connection,
    step: &Step,
    challenge: &Challenge,
) -> Result<(usize, Session), Refusal> {
    let claim = Claim::read(&step.token).ok_or(Refusal::Malformed)?;
    if let (true, Some(certificate)) = (state.exchange_has(Quirk::ExtendedProtection), connection.certificate)
        && !claim.is_bound_to(&certificate)
    {
        return Err(Refusal::NotBound);
    }
    let (name, domain) = claim.account();
    let world = state.world();
    let user = accounts::find(&world, name, domain).ok_or(Refusal::Unknown)?;
    let session = claim.session(&world.users[user].password, challenge);
    decide(state, user, session.is_some())?;
    let session = session.ok_or(Refusal::WrongPassword)?;
    match (&challenge.wrapped, &step.code) {
        (Some((schemes, _)), Some(code)) if !session.vouches_for(schemes, code) => Err(Refusal::Malformed),
        (Some((_, true)), None) => Err(Refusal::Malformed),
        _ => Ok((user, session)),
    }
}
