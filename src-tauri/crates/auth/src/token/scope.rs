//! Comparing scopes: Entra answers in another form, order and case than it was asked (protocols §1.3).

/// The scopes of a sign-in without any permission.
pub const SIGN_IN: [&str; 3] = ["openid", "profile", "email"];

/// The scope that brings a refresh token. Never listed among the granted ones.
pub const OFFLINE: &str = "offline_access";

/// The scope without its resource, in lower case: `https://graph.microsoft.com/Calendars.Read` is
/// `calendars.read`.
#[must_use]
pub fn short(scope: &str) -> String {
    scope.rsplit('/').next().unwrap_or(scope).to_ascii_lowercase()
}

/// Whether `asked` is among `granted`. A permission to write includes the one to read: this is about what an answer
/// allows. What is *asked for* goes by the very words (Entra, "Scopes and permissions"): consent to `ReadWrite` does not
/// answer a request for `Read`.
#[must_use]
pub fn is_granted(asked: &str, granted: &[String]) -> bool {
    let asked = short(asked);
    let wider = asked.strip_suffix(".read").map(|name| format!("{name}.readwrite"));
    granted.iter().map(|scope| short(scope)).any(|scope| scope == asked || Some(&scope) == wider.as_ref())
}

/// Those of `asked` that were not granted (B37). Scopes of the protocol itself are never missing.
#[must_use]
pub fn missing<'a>(asked: &'a [String], granted: &[String]) -> Vec<&'a str> {
    asked
        .iter()
        .map(String::as_str)
        .filter(|scope| !SIGN_IN.contains(scope) && *scope != OFFLINE && !is_granted(scope, granted))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{is_granted, missing};

    fn list(scopes: &[&str]) -> Vec<String> {
        scopes.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn b37_scopes_compare_by_short_name() {
        let granted =
            list(&["https://graph.microsoft.com/Calendars.Read", "user.read", "Contacts.ReadWrite"]);
        for (asked, expected) in [
            ("Calendars.Read", true),
            ("https://graph.microsoft.com/calendars.read", true),
            ("User.Read", true),
            ("Contacts.Read", true),
            ("Calendars.ReadWrite", false),
            ("User.ReadBasic.All", false),
            ("Read", false),
            ("", false),
        ] {
            assert_eq!(is_granted(asked, &granted), expected, "{asked}");
        }
    }

    #[test]
    fn b37_missing_scopes_are_named() {
        let asked =
            list(&["openid", "profile", "email", "offline_access", "Calendars.Read", "Contacts.Read"]);
        assert_eq!(missing(&asked, &list(&["contacts.read"])), ["Calendars.Read"]);
        assert!(missing(&asked, &list(&["contacts.read", "CALENDARS.READ"])).is_empty());
    }
}
