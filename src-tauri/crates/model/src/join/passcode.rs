//! The passcode that an invitation's text names.

/// Longer words are no passcodes.
const LONGEST: usize = 40;

/// Words that announce a passcode, lowercase, in the languages of common invitations.
const LABELS: &[&str] = &[
    "passcode",
    "meeting password",
    "password",
    "pass code",
    "kenncode",
    "kennwort",
    "passwort",
    "código de acceso",
    "clave de acceso",
    "contraseña",
    "code secret",
    "mot de passe",
    "código de acesso",
    "senha",
    "codice di accesso",
    "passcode della riunione",
    "toegangscode",
    "wachtwoord",
    "パスコード",
    "密码",
];

/// The word after `Passcode:` (or one of its translations), or `None`.
///
/// A label counts only with a colon right after it, and not when it speaks of telephones or hosts.
#[must_use]
pub fn passcode(text: &str) -> Option<String> {
    text.lines().take(20_000).find_map(in_line).or_else(|| on_next_line(text))
}

fn in_line(line: &str) -> Option<String> {
    value_after_label(line).and_then(word)
}

/// Some invitations put the label and the value into two table rows.
fn on_next_line(text: &str) -> Option<String> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(20_000).peekable();
    while let Some(line) = lines.next() {
        let empty = value_after_label(line).is_some_and(|value| value.trim().is_empty());
        if let Some(next) = lines.peek().filter(|_| empty) {
            return word(next);
        }
    }
    None
}

/// What follows the label and its colon, if the line has them.
fn value_after_label(line: &str) -> Option<&str> {
    // Colons are few; labels are compared backwards from each.
    line.match_indices([':', '\u{FF1A}']).find_map(|(at, colon)| {
        let before = line[..at].trim_end().to_lowercase();
        let label = LABELS.iter().find(|label| ends_with_word(&before, label))?;
        let rest = &before[..before.len() - label.len()];
        let other = ["phone", "telephone", "dial-in", "host", "telefon", "teléfono"];
        (!other.iter().any(|word| rest.trim_end().ends_with(word))).then(|| &line[at + colon.len()..])
    })
}

fn ends_with_word(text: &str, label: &str) -> bool {
    text.strip_suffix(label).is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

fn word(value: &str) -> Option<String> {
    let word = value.split_whitespace().next()?.trim_end_matches(['.', ',', ';', ')']);
    let fits = !word.is_empty() && word.len() <= LONGEST && !word.contains("://");
    (fits && !word.chars().any(char::is_control)).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::passcode;

    #[test]
    fn passcodes() {
        for (text, expected) in [
            ("Meeting ID: 123 456 789\nPasscode: aB3dE6\n", Some("aB3dE6")),
            ("Passcode:  123456 ", Some("123456")),
            ("passcode : 123456.", Some("123456")),
            ("Meeting password: x?Y!z", Some("x?Y!z")),
            ("Kenncode: 1a2B", Some("1a2B")),
            ("Código de acceso: 998877", Some("998877")),
            ("Contraseña：77", Some("77")),
            ("Phone passcode: 1\nPasscode: 2", Some("2")),
            ("Passcode:\n\n  445566", Some("445566")),
            ("Meeting ID: 123 Passcode: 9f", Some("9f")),
            ("The passcode is not needed", None),
            ("compassecode: 1", None),
            ("Passcode:", None),
            ("Passcode: https://evil.example/x", None),
            ("", None),
        ] {
            assert_eq!(passcode(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(passcode(&format!("Passcode: {}", "x".repeat(50))), None);
    }
}
