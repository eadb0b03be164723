//! Brings the page back after the process that draws it died (F62). State lives on this side, so that
//! a reload loses nothing.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// A page that dies this often within [`SPAN`] is left alone: reloading would only burn the processor.
const RELOADS: usize = 3;
const SPAN: Duration = Duration::from_secs(60);

/// Counts reloads.
#[derive(Debug, Default)]
struct Reloads {
    recent: VecDeque<Instant>,
}

impl Reloads {
    /// Whether one more reload is sensible at `now`; counts it if so.
    fn allow(&mut self, now: Instant) -> bool {
        while self.recent.front().is_some_and(|first| now.duration_since(*first) > SPAN) {
            self.recent.pop_front();
        }
        let allowed = self.recent.len() < RELOADS;
        if allowed {
            self.recent.push_back(now);
        }
        allowed
    }
}

/// Reloads the page when WebKitGTK reports that its process ended.
#[cfg(target_os = "linux")]
pub fn watch(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    window.with_webview(|webview| {
        let reloads = std::cell::RefCell::new(Reloads::default());
        webview.inner().connect_web_process_terminated(move |view, reason| {
            tracing::error!(?reason, "the page's process ended");
            if reloads.borrow_mut().allow(Instant::now()) {
                view.reload();
            }
        });
    })
}

/// Reloads the page when WKWebView reports that its process ended.
#[cfg(target_os = "macos")]
pub fn on_macos(builder: tauri::Builder<tauri::Wry>) -> tauri::Builder<tauri::Wry> {
    let reloads = std::sync::Mutex::new(Reloads::default());
    builder.on_web_content_process_terminate(move |webview| {
        tracing::error!("the page's process ended");
        let allowed = reloads.lock().is_ok_and(|mut reloads| reloads.allow(Instant::now()));
        if allowed && let Err(error) = webview.reload() {
            tracing::error!(%error, "page not reloaded");
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f62_reloads_stop_in_a_crash_loop_and_begin_again_later() {
        let start = Instant::now();
        let mut reloads = Reloads::default();
        for second in 0..3 {
            assert!(reloads.allow(start + Duration::from_secs(second)));
        }
        assert!(!reloads.allow(start + Duration::from_secs(3)));
        assert!(reloads.allow(start + Duration::from_secs(61)));
    }
}
