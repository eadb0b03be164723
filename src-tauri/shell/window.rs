//! The one window.

use super::navigation;
use super::trace::{Phase, StartTrace};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::utils::config::Color;
use tauri::webview::{NewWindowResponse, WebviewWindow, WebviewWindowBuilder};
use tauri::{AppHandle, Manager, Theme};

/// The window's label, in `tauri.conf.json` and in the capability too.
pub const LABEL: &str = "main";

/// Tells when the page drew; only there with `--trace-start`.
const REPORT_FIRST_FRAME: &str =
    "requestAnimationFrame(() => window.__TAURI_INTERNALS__.invoke('first_frame'));";

/// Opens the window described in `tauri.conf.json`, fenced in.
pub fn open(app: &AppHandle, trace: &Arc<StartTrace>) -> tauri::Result<WebviewWindow> {
    let config = app.config();
    let described = config.app.windows.iter().find(|window| window.label == LABEL);
    let described = described.ok_or(tauri::Error::WindowNotFound)?;
    let dev_server = if tauri::is_dev() { config.build.dev_url.clone() } else { None };
    let mut builder = WebviewWindowBuilder::from_config(app, described)?
        .on_navigation(move |url| navigation::is_own_page(url, dev_server.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny);
    if trace.is_wanted() {
        builder = builder.initialization_script(REPORT_FIRST_FRAME);
    }
    trace.mark(Phase::Setup);
    let window = builder.build()?;
    avoid_flash(&window);
    Ok(window)
}

/// Brings the window to the front.
pub fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    for step in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = step {
            tracing::debug!(%error, "window not brought to the front");
        }
    }
}

/// The theme that the program was told last.
#[derive(Debug, Default)]
pub struct FollowedTheme(Mutex<Option<Theme>>);

/// Follows the theme of the settings: `light`, `dark`, anything else is the system's. To tell what is known already
/// would have the whole window styled anew.
pub fn follow_theme(app: &AppHandle, name: &str) {
    let theme = match name {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    };
    let followed = app.state::<FollowedTheme>();
    let mut last = followed.0.lock().unwrap_or_else(PoisonError::into_inner);
    if *last != theme {
        *last = theme;
        app.set_theme(theme);
    }
}

/// Paints the empty window in the page's own ground, so that a dark one doesn't begin white.
fn avoid_flash(window: &WebviewWindow) {
    let ground = match window.theme() {
        Ok(Theme::Dark) => Color(0x16, 0x17, 0x18, 0xff),
        _ => Color(0xf6, 0xf5, 0xf2, 0xff),
    };
    if let Err(error) = window.set_background_color(Some(ground)) {
        tracing::debug!(%error, "background not set");
    }
}
