//! The product, opened beside the window: the disk and the keychain are read while the webview starts.

use super::first_paint::FirstPaint;
use convoke_app::App;
use convoke_app::code::{Code, Failure};
use convoke_app::environment::Environment;
use std::sync::Arc;
use tauri::async_runtime::spawn_blocking;
use tokio::sync::watch;

/// The product, or its coming.
#[derive(Clone)]
pub struct Product {
    opened: watch::Receiver<Option<Result<App, Failure>>>,
}

impl Product {
    /// Begins to open the product.
    pub fn open(environment: Environment) -> Self {
        let (sender, opened) = watch::channel(None);
        spawn_blocking(move || sender.send(Some(App::open(environment))));
        Self { opened }
    }

    /// The product, as soon as it is open.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub async fn app(&self) -> Result<App, Failure> {
        let mut opened = self.opened.clone();
        match opened.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(result)) => result.clone(),
            // The thread that opened it is gone without an answer.
            Ok(None) | Err(_) => Err(Code::Internal.into()),
        }
    }

    /// Lets go of the cache, if the product is open.
    pub async fn close(&self) {
        let opened = self.opened.borrow().as_ref().and_then(|result| result.as_ref().ok().cloned());
        if let Some(app) = opened {
            app.close().await;
        }
    }

    /// Sees what `convokectl` does while the program runs.
    pub async fn watch_others(self) {
        if let Ok(app) = self.app().await {
            app.watch_others().await;
        }
    }

    /// Synchronizes at the intervals of the policy while the program runs, from the first paint on.
    pub async fn keep_in_sync(self, paint: Arc<FirstPaint>) {
        paint.seen().await;
        match self.app().await {
            Ok(app) => app.keep_synced().await,
            Err(failure) => tracing::error!(%failure, "the product is not open"),
        }
    }
}
