//! Signing in, connecting, synchronizing and their opposites.

use super::{Answer, Opened};
use convoke_app::wire::query::{ConnectQuery, SignInQuery, SignOutQuery};
use convoke_app::wire::row::AdminRequest;
use tauri::command;

/// Signs in through the browser; answers when that ended.
#[command]
pub async fn sign_in(product: Opened<'_>, q: SignInQuery) -> Answer<()> {
    product.app().await?.sign_in(q).await
}

/// Stops waiting for the browser.
#[command]
pub async fn cancel_sign_in(product: Opened<'_>) -> Answer<()> {
    product.app().await?.cancel_sign_in().await
}

/// Opens the sign-in page again.
#[command]
pub async fn reopen_browser(product: Opened<'_>) -> Answer<()> {
    product.app().await?.reopen_browser().await
}

/// The address of the sign-in page, to copy.
#[command]
pub async fn sign_in_link(product: Opened<'_>) -> Answer<String> {
    product.app().await?.sign_in_link().await
}

/// Authorizes services of Microsoft 365 through the browser; answers when that ended.
#[command]
pub async fn connect(product: Opened<'_>, q: ConnectQuery) -> Answer<()> {
    product.app().await?.connect(q).await
}

/// Not now.
#[command]
pub async fn dismiss_connect(product: Opened<'_>) -> Answer<()> {
    product.app().await?.dismiss_connect().await
}

/// The text that asks an administrator.
#[command]
pub async fn admin_request(product: Opened<'_>) -> Answer<AdminRequest> {
    product.app().await?.admin_request().await
}

/// Synchronizes now.
#[command]
pub async fn sync(product: Opened<'_>) -> Answer<()> {
    product.app().await?.sync().await
}

/// Gives up the authorization of Microsoft 365.
#[command]
pub async fn disconnect(product: Opened<'_>) -> Answer<()> {
    product.app().await?.disconnect().await
}

/// Signs out.
#[command]
pub async fn sign_out(product: Opened<'_>, q: SignOutQuery) -> Answer<()> {
    product.app().await?.sign_out(q).await
}
