//! Signing in, connecting, synchronizing and their opposites. What takes long is started here and its course
//! told by events.

use super::{Answer, Opened};
use convoke_app::flow::LegOptions;
use convoke_app::wire::{
    AdminRequest, AdminRequestQuery, ConnectQuery, ExchangeQuery, SignInQuery, SignOutQuery,
};
use tauri::command;

/// Starts to sign in through the browser.
#[command]
pub async fn sign_in(product: Opened<'_>, q: SignInQuery) -> Answer<()> {
    product.app().await?.start_sign_in(q);
    Ok(())
}

/// Stops waiting for the browser.
#[command]
pub async fn cancel_sign_in(product: Opened<'_>) -> Answer<()> {
    product.app().await?.cancel_leg();
    Ok(())
}

/// Opens the sign-in page again.
#[command]
pub async fn reopen_browser(product: Opened<'_>) -> Answer<()> {
    product.app().await?.reopen_browser().await
}

/// The address of the sign-in page, to copy.
#[command]
pub async fn sign_in_link(product: Opened<'_>) -> Answer<String> {
    product.app().await?.leg_link()
}

/// Starts to authorize services of Microsoft 365 through the browser.
#[command]
pub async fn connect(product: Opened<'_>, q: ConnectQuery) -> Answer<()> {
    product.app().await?.start_connect(q);
    Ok(())
}

/// Connects the mailbox on the organization's own Exchange server; a sync follows.
#[command]
pub async fn connect_exchange(product: Opened<'_>, q: ExchangeQuery) -> Answer<()> {
    let app = product.app().await?;
    app.connect_exchange(q, LegOptions::default(), |_| ()).await?;
    app.start_sync();
    Ok(())
}

/// Goes back from the Exchange server to Microsoft 365.
#[command]
pub async fn leave_exchange(product: Opened<'_>) -> Answer<()> {
    product.app().await?.leave_exchange().await
}

/// Not now.
#[command]
pub async fn dismiss_connect(product: Opened<'_>) -> Answer<()> {
    product.app().await?.dismiss_connect().await
}

/// Whether what waited for an administrator may be used by now; a sync follows.
#[command]
pub async fn check_again(product: Opened<'_>) -> Answer<bool> {
    let app = product.app().await?;
    let found = app.check_again().await?;
    if found {
        app.start_sync();
    }
    Ok(found)
}

/// The open page demands an administrator.
#[command]
pub async fn needs_approval(product: Opened<'_>) -> Answer<()> {
    product.app().await?.needs_approval().await
}

/// The text that asks an administrator.
#[command]
pub async fn admin_request(product: Opened<'_>, q: AdminRequestQuery) -> Answer<AdminRequest> {
    product.app().await?.admin_request(&q)
}

/// Starts a mail with the text that asks an administrator.
#[command]
pub async fn mail_admin_request(product: Opened<'_>, q: AdminRequestQuery) -> Answer<()> {
    product.app().await?.mail_admin_request(&q).await
}

/// Looks up where the account's domain signs in.
#[command]
pub async fn look_up_federation(product: Opened<'_>) -> Answer<()> {
    product.app().await?.look_up_federation().await.map(drop)
}

/// Synchronizes every service now.
#[command]
pub async fn sync(product: Opened<'_>) -> Answer<()> {
    product.app().await?.sync(false, &[]).await.map(drop)
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
