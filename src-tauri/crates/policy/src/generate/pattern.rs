//! What a text must look like, as a regular expression for editors.
//!
//! Looser than `check` where a pattern can't tell, never stricter in what administrators write.

use crate::key::Text;

const GUID: &str = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";
const DOMAIN: &str = "[^\\s/:@?#]+\\.[^\\s/:@?#]+";
const HTTPS: &str = "[Hh][Tt][Tt][Pp][Ss]://[^\\s/#][^\\s#]*";
const LOOPBACK: &str = "http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]+)?([/?][^\\s#]*)?";
const MAIL: &str = "[^\\s@<>()\\[\\],;:\\\\\"?&%]+@[^\\s@]+\\.[^\\s@]+";
const LINE: &str = "[^\\u0000-\\u001F\\u007F-\\u009F]*[^\\s\\u0000-\\u001F\\u007F-\\u009F][^\\u0000-\\u001F\\u007F-\\u009F]*";

/// The pattern of a text; an optional one may be empty, which counts as `null`.
pub fn pattern(form: Text, optional: bool) -> String {
    let form = match form {
        Text::Line => LINE.to_owned(),
        Text::Domain => DOMAIN.to_owned(),
        Text::Guid => GUID.to_owned(),
        Text::Tenant => format!("organizations|{GUID}|{DOMAIN}"),
        Text::Url | Text::EwsUrl => format!("{HTTPS}|{LOOPBACK}"),
        Text::MailAddress => MAIL.to_owned(),
    };
    if optional { format!("^({form})?$") } else { format!("^({form})$") }
}
