//! Pages about permissions.

use axum::response::Response;
use http::StatusCode;

use super::{Look, escape, hidden, page};

/// What the consent page shows.
#[derive(Debug, Clone)]
pub struct Consent<'a> {
    /// Where the form goes.
    pub action: &'a str,
    /// The flow's id.
    pub flow: &'a str,
    /// The app's name.
    pub app: &'a str,
    /// Who is signed in.
    pub username: &'a str,
    /// Name and sentence of each permission.
    pub permissions: &'a [(&'static str, &'static str)],
    /// Whether the box "on behalf of your organization" is offered.
    pub offer_organization: bool,
    /// Whether the consent is for the organization in any case.
    pub for_organization: bool,
}

/// The consent page: `#accept`, `#cancel`, and for administrators `#organization`.
pub fn form(view: &Consent<'_>) -> Response {
    let heading = if view.for_organization {
        "Permissions requested: review for your organization"
    } else {
        "Permissions requested"
    };
    let box_ = if view.offer_organization {
        "<label class=\"check\" for=\"organization\"><input type=\"checkbox\" id=\"organization\" \
         name=\"organization\" value=\"on\"> Consent on behalf of your organization</label>"
    } else {
        ""
    };
    let body = format!(
        "<p class=\"small\" id=\"who\">{username}</p><h1>{heading}</h1>\
         <p><strong id=\"app\">{app}</strong> would like to:</p>{list}\
         <form method=\"post\" action=\"{action}\">{flow}{box_}\
         <div class=\"actions\"><button type=\"submit\" class=\"plain\" id=\"cancel\" name=\"action\" value=\"cancel\">Cancel</button>\
         <button type=\"submit\" id=\"accept\" name=\"action\" value=\"accept\">Accept</button></div></form>",
        username = escape(view.username),
        app = escape(view.app),
        list = list(view.permissions),
        action = escape(view.action),
        flow = hidden("flow", view.flow),
    );
    page(Look::Entra, StatusCode::OK, heading, &body)
}

/// What the page for users who may not consent shows.
#[derive(Debug, Clone)]
pub struct NeedApproval<'a> {
    /// Where the link "return without granting" goes.
    pub return_to: &'a str,
    /// Where the request form goes; absent without the request workflow.
    pub request_to: Option<&'a str>,
    /// The flow's id.
    pub flow: &'a str,
    /// The app's name.
    pub app: &'a str,
    /// Who is signed in.
    pub username: &'a str,
    /// Name and sentence of each permission.
    pub permissions: &'a [(&'static str, &'static str)],
}

/// "Need admin approval" (AADSTS90094) or "Approval required" with a form (AADSTS90095). Nothing goes to the app
/// unless the person follows `#return`.
pub fn need_approval(view: &NeedApproval<'_>) -> Response {
    let (heading, code) = match view.request_to {
        Some(_) => ("Approval required", "AADSTS90095"),
        None => ("Need admin approval", "AADSTS90094"),
    };
    let form = view.request_to.map_or_else(String::new, |action| {
        format!(
            "<form method=\"post\" action=\"{}\">{}<label for=\"justification\">Enter justification for requesting \
             this app</label><textarea id=\"justification\" name=\"justification\" rows=\"3\" required></textarea>\
             <div class=\"actions\"><button type=\"submit\" id=\"request\">Request approval</button></div></form>",
            escape(action),
            hidden("flow", view.flow)
        )
    });
    let body = format!(
        "<p class=\"small\" id=\"who\">{username}</p><h1>{heading}</h1>\
         <p><strong>{app}</strong> needs permission to access resources in your organization that only an admin can \
         grant. Please ask an admin to grant permission to this app before you can use it.</p>{list}{form}\
         <p><a id=\"return\" href=\"{return_to}\">Return to the application without granting consent</a></p>\
         <p class=\"small\" id=\"code\">{code}</p>",
        username = escape(view.username),
        app = escape(view.app),
        list = list(view.permissions),
        return_to = escape(view.return_to),
    );
    page(Look::Entra, StatusCode::OK, heading, &body)
}

fn list(permissions: &[(&'static str, &'static str)]) -> String {
    let items: String = permissions
        .iter()
        .map(|(name, label)| {
            format!(
                "<li data-scope=\"{}\">{} <span class=\"small\">({})</span></li>",
                escape(name),
                escape(label),
                escape(name)
            )
        })
        .collect();
    format!("<ul id=\"scopes\">{items}</ul>")
}
