//! NTLM at the server: three messages on one connection, which is the user's from then on (MS-NLMP, MS-NTHT).
//!
//! Rules: only version 2 is taken; the integrity code is checked where the client says there is one; with extended
//! protection the answer must be bound to the TLS channel.

mod crypto;
mod message;
mod sign;
mod target;

use chrono::{DateTime, Utc};
use message::Answer;
use sign::Side;

/// How far a connection has come.
#[derive(Debug, Default)]
pub enum State {
    /// Nobody has begun.
    #[default]
    Fresh,
    /// A client that prefers another scheme was led to NTLM; its list of schemes.
    Led(Vec<u8>),
    /// The server has sent its challenge.
    Challenged(Box<Challenge>),
    /// The connection belongs to a user, an index into the world's users.
    Authenticated(usize),
}

/// What the server must remember to check the answer.
#[derive(Debug)]
pub struct Challenge {
    nonce: [u8; 8],
    negotiate: Vec<u8>,
    challenge: Vec<u8>,
    /// The list of schemes of a client that wraps its messages, and whether it must be protected.
    pub wrapped: Option<(Vec<u8>, bool)>,
}

/// The first part of the domain in capitals: its name for old clients.
#[must_use]
pub fn netbios(domain: &str) -> String {
    domain.split('.').next().unwrap_or(domain).to_uppercase()
}

/// Whether a token of a request begins the conversation or answers the challenge.
#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    /// `NEGOTIATE_MESSAGE`.
    Negotiate,
    /// `AUTHENTICATE_MESSAGE`.
    Authenticate,
}

impl Token {
    /// What a token is; nothing for what is not NTLM.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match message::kind(bytes)? {
            1 => Some(Self::Negotiate),
            3 => Some(Self::Authenticate),
            _ => None,
        }
    }
}

/// Makes the challenge to a first message.
#[must_use]
pub fn begin(negotiate: &[u8], domain: &str, now: DateTime<Utc>) -> (Challenge, Vec<u8>) {
    let nonce: [u8; 8] = rand::random();
    let asked = message::asked(negotiate).unwrap_or_default();
    let challenge = message::challenge(domain, nonce, &target::information(domain, filetime(now)), asked);
    let kept = challenge.clone();
    (Challenge { nonce, negotiate: negotiate.to_vec(), challenge: kept, wrapped: None }, challenge)
}

/// Hundreds of nanoseconds since 1601.
fn filetime(at: DateTime<Utc>) -> u64 {
    const BETWEEN_1601_AND_1970: i64 = 11_644_473_600;
    u64::try_from(at.timestamp() + BETWEEN_1601_AND_1970).unwrap_or_default() * 10_000_000
}

/// An answer that was read but not checked yet.
#[derive(Debug)]
pub struct Claim {
    answer: Answer,
    said: target::Said,
}

impl Claim {
    /// Reads a third message.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let answer = message::answer(bytes)?;
        // Versions, reserved bytes, time and the client's challenge come before the pairs.
        let said = target::read(answer.blob.get(28..)?)?;
        Some(Self { answer, said })
    }

    /// User and domain that the client claims; a user principal name comes with an empty domain.
    #[must_use]
    pub fn account(&self) -> (&str, &str) {
        (&self.answer.user, &self.answer.domain)
    }

    /// The session that the client opens, if it knew the password.
    #[must_use]
    pub fn session(&self, password: &str, challenge: &Challenge) -> Option<Session> {
        let answer = &self.answer;
        let key = crypto::response_key(password, &answer.user, &answer.domain);
        if crypto::proof(&key, challenge.nonce, &answer.blob) != answer.proof {
            return None;
        }
        let base = crypto::session_base_key(&key, &answer.proof);
        let key = answer.session_key.map_or(base, |encrypted| crypto::decrypted(&base, encrypted));
        let parts = [challenge.negotiate.as_slice(), &challenge.challenge, &answer.without_mic];
        let is_whole = !self.said.has_mic || answer.mic == Some(crypto::hmac_md5(&key, &parts));
        is_whole.then_some(Session { key, exchanged: answer.session_key.is_some() })
    }

    /// Whether the answer is bound to the channel whose server has a certificate of that hash.
    #[must_use]
    pub fn is_bound_to(&self, certificate_hash: &[u8]) -> bool {
        self.said.channel == Some(target::channel_hash(certificate_hash))
    }
}

/// What both sides share after a sign-in.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    key: [u8; 16],
    exchanged: bool,
}

impl Session {
    /// Whether a client's code over its list of schemes is right.
    #[must_use]
    pub fn vouches_for(&self, schemes: &[u8], code: &[u8]) -> bool {
        sign::code(Side::Client, &self.key, schemes, self.exchanged) == code
    }

    /// The server's code over the client's list of schemes.
    #[must_use]
    pub fn code(&self, schemes: &[u8]) -> [u8; 16] {
        sign::code(Side::Server, &self.key, schemes, self.exchanged)
    }
}
