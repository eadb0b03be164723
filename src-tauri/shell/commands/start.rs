//! Start, state and settings of the window.

use super::{Answer, Opened};
use crate::shell::first_paint::FirstPaint;
use crate::shell::trace::{Phase, StartTrace};
use crate::shell::window;
use convoke_app::wire::{SetSetting, Snapshot, Start};
use std::sync::Arc;
use tauri::{AppHandle, State, command};

/// The start's trace, as commands get it.
type Trace<'a> = State<'a, Arc<StartTrace>>;

/// State and first rows, in one answer.
#[command]
pub async fn start(handle: AppHandle, product: Opened<'_>, trace: Trace<'_>) -> Answer<Start> {
    let start = product.app().await?.start().await?;
    trace.mark(Phase::Cache);
    window::follow_theme(&handle, &start.snapshot.settings.theme);
    Ok(start)
}

/// The state.
#[command]
pub async fn snapshot(product: Opened<'_>) -> Answer<Snapshot> {
    product.app().await?.snapshot().await
}

/// Chooses language or theme.
#[command]
pub async fn set_setting(product: Opened<'_>, q: SetSetting) -> Answer<()> {
    product.app().await?.set_setting(q).await
}

/// The page drew its first frame; called with `--trace-start` only.
#[command]
pub fn first_frame(trace: Trace<'_>) {
    trace.mark(Phase::FirstFrame);
}

/// The frame after the first meeting row is on screen.
#[command]
pub fn painted(trace: Trace<'_>, paint: State<'_, Arc<FirstPaint>>) {
    paint.done();
    trace.mark(Phase::Painted);
}
