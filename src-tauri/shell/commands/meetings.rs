//! Meetings of the cache.

use super::{Answer, Opened};
use chrono::NaiveDate;
use convoke_app::wire::{Agenda, ByAddress, ById, Days, Meeting, MeetingRow, MeetingsWith, Search};
use tauri::command;

/// Meetings of a span of days.
#[command]
pub async fn agenda(product: Opened<'_>, q: Days) -> Answer<Agenda> {
    product.app().await?.agenda(q).await
}

/// One meeting in full.
#[command]
pub async fn meeting(product: Opened<'_>, q: ById) -> Answer<Meeting> {
    product.app().await?.meeting(q).await
}

/// Days that have meetings.
#[command]
pub async fn busy_days(product: Opened<'_>, q: Days) -> Answer<Vec<NaiveDate>> {
    product.app().await?.busy_days(q).await
}

/// Meetings that match a text.
#[command]
pub async fn search_meetings(product: Opened<'_>, q: Search) -> Answer<Vec<MeetingRow>> {
    product.app().await?.search_meetings(q).await
}

/// Meetings with a person.
#[command]
pub async fn meetings_with(product: Opened<'_>, q: ByAddress) -> Answer<MeetingsWith> {
    product.app().await?.meetings_with(q).await
}

/// Opens a meeting's link in the browser.
#[command]
pub async fn join(product: Opened<'_>, q: ById) -> Answer<()> {
    product.app().await?.join(q).await
}

/// Opens a meeting in Outlook on the web.
#[command]
pub async fn open_in_outlook(product: Opened<'_>, q: ById) -> Answer<()> {
    product.app().await?.open_in_outlook(q).await
}
