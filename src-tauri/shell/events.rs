//! Tells the page what changed.

use super::product::Product;
use super::window;
use convoke_app::App;
use convoke_app::wire::{AppEvent, Changed};
use tauri::{AppHandle, Emitter};
use tokio::sync::broadcast::error::RecvError;

/// The event's name in the page.
const NAME: &str = "app";

/// Passes on what the product tells, until it ends.
pub async fn forward(handle: AppHandle, product: Product) {
    let Ok(app) = product.app().await else { return };
    let mut events = app.events();
    loop {
        match events.recv().await {
            Ok(event) => tell(&handle, &event),
            Err(RecvError::Lagged(missed)) => {
                tracing::debug!(missed, "events missed; telling everything");
                tell_everything(&handle, &app).await;
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn tell(handle: &AppHandle, event: &AppEvent) {
    if let AppEvent::Snapshot { snapshot } = event {
        window::follow_theme(handle, &snapshot.settings.theme);
    }
    if let Err(error) = handle.emit_to(window::LABEL, NAME, event) {
        tracing::warn!(%error, "event not told");
    }
}

async fn tell_everything(handle: &AppHandle, app: &App) {
    match app.snapshot().await {
        Ok(snapshot) => tell(handle, &AppEvent::Snapshot { snapshot: Box::new(snapshot) }),
        Err(failure) => tracing::warn!(%failure, "state not read"),
    }
    for what in [Changed::Calendars, Changed::Meetings, Changed::Contacts] {
        tell(handle, &AppEvent::CacheChanged { what });
    }
}
