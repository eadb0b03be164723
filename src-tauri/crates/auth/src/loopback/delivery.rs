//! The parameters of a redirect.

use secrecy::SecretString;
use url::form_urlencoded;

use crate::error::TokenError;

/// The longest code that is believed. Entra's are under 3 kB.
const LONGEST_CODE: usize = 16 * 1024;

/// Parameters that decide something. They may stand once; others are ignored.
const KNOWN: [&str; 9] = [
    "code",
    "state",
    "iss",
    "error",
    "error_description",
    "error_subcode",
    "admin_consent",
    "tenant",
    "scope",
];

/// What a redirect says.
#[derive(Clone, Debug)]
pub(crate) enum Delivery {
    /// An authorization code.
    Code(SecretString),
    /// A refusal.
    Refused(TokenError),
    /// An administrator consented (protocols §1.8). The tenant is no proof of anything.
    AdminConsent { tenant: Option<String> },
}

/// A redirect that could be read.
pub(crate) struct Redirect {
    pub(crate) state: String,
    pub(crate) issuer: Option<String>,
    pub(crate) delivery: Delivery,
}

/// Why a query is no redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRedirect {
    /// Nothing in it is ours: somebody opened the bare address.
    Empty,
    /// A parameter stands twice, is missing, or contradicts another.
    Malformed,
}

impl Redirect {
    pub(crate) fn read(query: &str) -> Result<Self, NoRedirect> {
        let mut values: [Option<String>; KNOWN.len()] = Default::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let Some(at) = KNOWN.iter().position(|known| *known == name) else {
                continue;
            };
            if values[at].replace(value.into_owned()).is_some() {
                return Err(NoRedirect::Malformed);
            }
        }
        let [code, state, issuer, error, description, subcode, admin, tenant, _scope] = values;
        if code.is_none() && state.is_none() && error.is_none() && admin.is_none() {
            return Err(NoRedirect::Empty);
        }
        let state = state.filter(|state| !state.is_empty()).ok_or(NoRedirect::Malformed)?;
        let delivery = match (error, code, admin) {
            // The failure of an administrator's consent also says admin_consent=True: the error counts.
            (Some(error), None, _) => Delivery::Refused(TokenError::from_redirect(
                &error,
                description.as_deref(),
                subcode.as_deref(),
            )),
            (None, Some(code), None) if (1..=LONGEST_CODE).contains(&code.len()) => {
                Delivery::Code(SecretString::from(code))
            }
            (None, None, Some(admin)) if admin.eq_ignore_ascii_case("true") => {
                Delivery::AdminConsent { tenant }
            }
            _ => return Err(NoRedirect::Malformed),
        };
        Ok(Self { state, issuer, delivery })
    }
}
