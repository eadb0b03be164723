//! `convokectl changes`.

use super::agenda::plain;
use crate::print::Printer;
use chrono::{DateTime, Utc};
use convoke_app::App;
use convoke_app::code::Failure;
use serde_json::json;
use std::process::ExitCode;

/// Lists what sync found changed.
pub async fn run(app: &App, since: Option<DateTime<Utc>>, printer: &Printer) -> Result<ExitCode, Failure> {
    let changes = app.changes(since).await?;
    printer.result(&json!({"changes": changes}), || {
        let lines: Vec<String> = changes
            .iter()
            .map(|change| {
                let side = change.after.as_ref().or(change.before.as_ref());
                let subject = side.map(|side| plain(&side.subject)).unwrap_or_default();
                format!(
                    "{}  {:?}  {subject}",
                    change.at.with_timezone(&app.zone()).format("%Y-%m-%d %H:%M"),
                    change.kind
                )
            })
            .collect();
        if lines.is_empty() { "Nothing changed.".to_owned() } else { lines.join("\n") }
    });
    Ok(ExitCode::SUCCESS)
}
