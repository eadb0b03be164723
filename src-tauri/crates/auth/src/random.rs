//! The one place that asks the operating system for randomness.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
pub use convoke_model::random::{Random, RandomError};
use secrecy::SecretString;
use zeroize::Zeroize;

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(bytes).map_err(|_| RandomError)
    }
}

/// 256 random bits as 43 characters of base64url: fit for a state, a nonce and a PKCE verifier (RFC 7636 §4.1).
pub(crate) fn token(random: &dyn Random) -> Result<SecretString, RandomError> {
    let mut bytes = [0_u8; 32];
    random.fill(&mut bytes)?;
    let text = URL_SAFE_NO_PAD.encode(bytes);
    bytes.zeroize();
    Ok(SecretString::from(text))
}
