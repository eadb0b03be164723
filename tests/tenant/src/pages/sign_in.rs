//! Pages that find out who it is.

use axum::response::Response;
use http::StatusCode;

use super::{Look, escape, hidden, page};

/// What a sign-in form shows.
#[derive(Debug, Clone, Copy)]
pub struct SignIn<'a> {
    /// Whose page it is.
    pub look: Look,
    /// Where the form goes.
    pub action: &'a str,
    /// Hidden fields.
    pub fields: &'a [(&'a str, &'a str)],
    /// Heading.
    pub heading: &'a str,
    /// A line under the heading.
    pub note: &'a str,
    /// User name to fill in.
    pub username: &'a str,
    /// What was wrong before.
    pub error: Option<&'a str>,
}

/// The form with user name and password: `#username`, `#password`, `#signin`, and `#error` when something was wrong.
pub fn form(view: &SignIn<'_>) -> Response {
    let fields: String = view.fields.iter().map(|(name, value)| hidden(name, value)).collect();
    let error = view.error.map_or_else(String::new, |text| {
        format!("<p class=\"error\" id=\"error\" role=\"alert\">{}</p>", escape(text))
    });
    let described =
        if view.error.is_some() { " aria-invalid=\"true\" aria-describedby=\"error\"" } else { "" };
    let (focus_name, focus_password) =
        if view.username.is_empty() { (" autofocus", "") } else { ("", " autofocus") };
    let body = format!(
        "<h1>{heading}</h1><p class=\"small\">{note}</p>{error}\
         <form method=\"post\" action=\"{action}\">{fields}\
         <label for=\"username\">User name</label>\
         <input type=\"text\" inputmode=\"email\" id=\"username\" name=\"username\" value=\"{username}\" \
         autocomplete=\"username\" spellcheck=\"false\" required{focus_name}>\
         <label for=\"password\">Password</label>\
         <input type=\"password\" id=\"password\" name=\"password\" autocomplete=\"current-password\"\
         {described}{focus_password}>\
         <div class=\"actions\"><button type=\"submit\" id=\"signin\">Sign in</button></div></form>",
        heading = escape(view.heading),
        note = escape(view.note),
        action = escape(view.action),
        username = escape(view.username),
    );
    page(view.look, StatusCode::OK, view.heading, &body)
}

/// The choice among signed-in accounts: buttons `#account-0`, …, and `#other`.
pub fn picker(action: &str, flow: &str, accounts: &[(usize, String, String)]) -> Response {
    let buttons: String = accounts
        .iter()
        .enumerate()
        .map(|(at, (user, name, username))| {
            format!(
                "<button class=\"account\" type=\"submit\" id=\"account-{at}\" name=\"account\" value=\"{user}\">\
                 {}<br><span class=\"small\">{}</span></button>",
                escape(name),
                escape(username)
            )
        })
        .collect();
    let body = format!(
        "<h1>Pick an account</h1><form method=\"post\" action=\"{}\">{}{buttons}\
         <button class=\"account\" type=\"submit\" id=\"other\" name=\"account\" value=\"other\">Use another account</button>\
         </form>",
        escape(action),
        hidden("flow", flow)
    );
    page(Look::Entra, StatusCode::OK, "Pick an account", &body)
}
