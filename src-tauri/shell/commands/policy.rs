//! What the organization's policy says.

use super::{Answer, Opened};
use convoke_app::wire::PolicyPage;
use tauri::command;

/// Every key with its value and source.
#[command]
pub async fn policy_page(product: Opened<'_>) -> Answer<PolicyPage> {
    Ok(product.app().await?.policy_page())
}

/// Reads the files again.
#[command]
pub async fn reload_policy(product: Opened<'_>) -> Answer<PolicyPage> {
    product.app().await?.reload_policy().await
}
