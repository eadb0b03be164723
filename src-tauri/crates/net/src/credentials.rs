//! A user name and a password, kept out of every text.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// Longest user name and password, in characters. Windows allows 104 and 256, and a domain's name 255
/// (Microsoft: "Active Directory maximum limits").
const LONGEST: usize = 512;

/// Why a user name or a password can't be used. Neither is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// There is no user name.
    #[error("the user name is missing")]
    NoUser,
    /// There is no password. An empty one would be counted as a failed attempt.
    #[error("the password is missing")]
    NoPassword,
    /// A character that no account name has: a control character, or a colon, which Basic can't carry
    /// (RFC 7617 §2).
    #[error("the user name has a character that none may have")]
    Character,
    /// Longer than any account allows.
    #[error("the user name or the password is too long")]
    TooLong,
}

/// Who signs in, and the proof. Zeroed when dropped; `Debug` shows nothing of it.
pub struct Credentials {
    user: String,
    password: SecretString,
}

impl Credentials {
    /// `user` as people write it: `DOMAIN\user`, a user principal name such as `user@contoso.com`, or a name
    /// alone.
    ///
    /// # Errors
    /// [`CredentialsError`] where no server could accept them, so that no attempt is wasted.
    pub fn new(user: &str, password: SecretString) -> Result<Self, CredentialsError> {
        let user = user.trim();
        if user.rsplit('\\').next().is_none_or(str::is_empty) {
            return Err(CredentialsError::NoUser);
        }
        if password.expose_secret().is_empty() {
            return Err(CredentialsError::NoPassword);
        }
        if user.chars().any(|sign| sign.is_control() || sign == ':') {
            return Err(CredentialsError::Character);
        }
        if user.chars().count() > LONGEST || password.expose_secret().chars().count() > LONGEST {
            return Err(CredentialsError::TooLong);
        }
        Ok(Self { user: user.to_owned(), password })
    }

    /// Domain and user as NTLM sends them. A principal name stays whole and has no domain beside it.
    pub(crate) fn domain_and_user(&self) -> (&str, &str) {
        self.user.split_once('\\').unwrap_or(("", &self.user))
    }

    pub(crate) fn password(&self) -> &str {
        self.password.expose_secret()
    }

    /// `Authorization: Basic` in UTF-8 (RFC 7617 §2). The header itself can't be zeroed: the HTTP library owns
    /// its copies. `None` never happens, since Base64 fits into every header.
    pub(crate) fn basic(&self) -> Option<HeaderValue> {
        let pair = Zeroizing::new([self.user.as_str(), ":", self.password()].concat());
        let token = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
        let header = Zeroizing::new(["Basic ", &token].concat());
        let mut header = HeaderValue::from_str(&header).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, CredentialsError};
    use secrecy::SecretString;

    fn credentials(user: &str, password: &str) -> Result<Credentials, CredentialsError> {
        Credentials::new(user, SecretString::from(password))
    }

    #[test]
    fn user_forms() {
        for (user, expected) in [
            ("CONTOSO\\ann", ("CONTOSO", "ann")),
            (" contoso.com\\ann ", ("contoso.com", "ann")),
            ("ann@contoso.com", ("", "ann@contoso.com")),
            ("ann", ("", "ann")),
            ("\\ann", ("", "ann")),
        ] {
            assert_eq!(credentials(user, "x").unwrap().domain_and_user(), expected, "{user}");
        }
    }

    #[test]
    fn what_no_account_can_be_is_refused_before_an_attempt() {
        for (user, password, expected) in [
            ("", "x", CredentialsError::NoUser),
            ("  ", "x", CredentialsError::NoUser),
            ("CONTOSO\\", "x", CredentialsError::NoUser),
            ("ann", "", CredentialsError::NoPassword),
            ("an:n", "x", CredentialsError::Character),
            ("an\r\nn", "x", CredentialsError::Character),
            (&"a".repeat(513), "x", CredentialsError::TooLong),
            ("ann", &"a".repeat(513), CredentialsError::TooLong),
        ] {
            assert_eq!(credentials(user, password).unwrap_err(), expected);
        }
    }

    /// The pair of RFC 7617 §2.
    #[test]
    fn basic_is_that_of_the_standard_and_sensitive() {
        let header = credentials("Aladdin", "open sesame").unwrap().basic().unwrap();
        assert_eq!(header.to_str().unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(format!("{header:?}"), "Sensitive");
    }

    #[test]
    fn debug_shows_neither_name_nor_password() {
        let shown = format!("{:?}", credentials("CONTOSO\\ann", "hunter2").unwrap());
        assert_eq!(shown, "Credentials { .. }");
    }
}
