//! How WebKitGTK draws: with the graphics processor, or plainly where there is none. Emulating one, which it does by
//! itself, costs the first frame 150 ms and every process of the window memory; virtual desktops have none.

use std::path::Path;
use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Where Linux names its graphics processors.
const PROCESSORS: &str = "/dev/dri";

/// Set by `tauri-driver`. WebKitGTK never answers a driver's call for a picture while it draws without acceleration.
const DRIVEN: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Draws with the processor alone where nothing else could help.
pub fn choose(window: &WebviewWindow) -> tauri::Result<()> {
    if has_processor(Path::new(PROCESSORS)) || std::env::var_os(DRIVEN).is_some() {
        return Ok(());
    }
    tracing::info!("no graphics processor: drawing without");
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Whether a folder names one that draws: a card alone may only show (Linux `Documentation/gpu/drm-uapi.rst`,
/// "Render nodes").
fn has_processor(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else {
        return false;
    };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(test)]
mod tests {
    use super::has_processor;

    #[test]
    fn only_a_render_node_draws() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_processor(&folder.path().join("missing")));
        std::fs::write(folder.path().join("card0"), "").unwrap();
        assert!(!has_processor(folder.path()));
        std::fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(has_processor(folder.path()));
    }
}
