//! `convokectl contacts`.

use super::agenda::plain;
use crate::print::Printer;
use convoke_app::App;
use convoke_app::code::Failure;
use serde_json::json;
use std::process::ExitCode;

/// Searches contacts.
pub async fn run(
    app: &App,
    query: Option<String>,
    limit: u32,
    printer: &Printer,
) -> Result<ExitCode, Failure> {
    let age = app.age().await?;
    let (total, contacts) = app.whole_contacts(query.unwrap_or_default(), limit).await?;
    printer.result(&json!({"asOf": age.as_of, "total": total, "contacts": contacts}), || {
        let lines: Vec<String> = contacts
            .iter()
            .map(|contact| {
                let email = contact.emails.first().map(|email| email.address.as_str()).unwrap_or_default();
                let phone = contact.phones.first().map(|phone| phone.number.as_str()).unwrap_or_default();
                plain(&format!(
                    "{}  {}  {email}  {phone}",
                    contact.name,
                    contact.company.as_deref().unwrap_or_default()
                ))
            })
            .collect();
        format!("{}\n{total} in all", lines.join("\n"))
    });
    Ok(ExitCode::SUCCESS)
}
