//! `convokectl agenda` and `convokectl next`.

use crate::exit;
use crate::print::Printer;
use chrono::{Days as DayCount, NaiveDate};
use convoke_app::App;
use convoke_app::code::Failure;
use convoke_app::wire::{Days, Meeting};
use serde_json::json;
use std::process::ExitCode;

/// Lists the meetings of some days.
pub async fn run(
    app: &App,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    printer: &Printer,
) -> Result<ExitCode, Failure> {
    let from = from.unwrap_or_else(|| app.today());
    let to = to.unwrap_or_else(|| from.checked_add_days(DayCount::new(6)).unwrap_or(from));
    if to < from {
        printer.note(&format!("The last day ({to}) lies before the first ({from})."));
        return Ok(ExitCode::from(exit::USAGE));
    }
    let age = app.age().await?;
    let meetings = app.meetings(Days { from, to }).await?;
    printer.result(&json!({"asOf": age.as_of, "stale": age.stale, "meetings": meetings}), || {
        let lines: Vec<String> = meetings.iter().map(|meeting| line(app, meeting)).collect();
        if lines.is_empty() { "No meetings.".to_owned() } else { lines.join("\n") }
    });
    Ok(ExitCode::SUCCESS)
}

/// Shows the running or next meeting.
pub async fn next(app: &App, printer: &Printer) -> Result<ExitCode, Failure> {
    let age = app.age().await?;
    let meeting = app.next().await?;
    printer.result(&json!({"asOf": age.as_of, "meeting": meeting}), || {
        meeting.as_ref().map_or_else(|| "No meeting ahead.".to_owned(), |meeting| line(app, meeting))
    });
    Ok(ExitCode::SUCCESS)
}

fn line(app: &App, meeting: &Meeting) -> String {
    let when = meeting.start_date.map_or_else(
        || {
            let local = |instant: chrono::DateTime<chrono::Utc>| instant.with_timezone(&app.zone());
            format!(
                "{}–{}",
                local(meeting.start).format("%Y-%m-%d %H:%M"),
                local(meeting.end).format("%H:%M")
            )
        },
        |day| format!("{day} all day     "),
    );
    let state = if meeting.cancelled { " (cancelled)" } else { "" };
    let place = meeting.join_provider.as_deref().or(meeting.location.as_deref()).unwrap_or("");
    format!("{when}  {}{state}  {place}", plain(&meeting.subject))
}

/// Text of others, without what would steer a terminal.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
