//! Contacts of the cache and people of the directory.

use super::{Answer, Opened};
use convoke_app::wire::{
    ByAddress, ById, ByNumber, Contact, ContactPage, ContactRow, ContactsPage, DirectorySearch, LetterOffset,
};
use tauri::command;

/// A page of contacts.
#[command]
pub async fn contacts(product: Opened<'_>, q: ContactsPage) -> Answer<ContactPage> {
    product.app().await?.contacts(q).await
}

/// Where each letter begins.
#[command]
pub async fn letters(product: Opened<'_>) -> Answer<Vec<LetterOffset>> {
    product.app().await?.letters().await
}

/// One contact in full.
#[command]
pub async fn contact(product: Opened<'_>, q: ById) -> Answer<Contact> {
    product.app().await?.contact(q).await
}

/// People of the directory that match a text.
#[command]
pub async fn search_directory(product: Opened<'_>, q: DirectorySearch) -> Answer<Vec<ContactRow>> {
    product.app().await?.search_directory(q).await
}

/// One person of the directory.
#[command]
pub async fn directory_person(product: Opened<'_>, q: ById) -> Answer<Contact> {
    product.app().await?.directory_person(&q)
}

/// Writes to an address in the mail program.
#[command]
pub async fn mail(product: Opened<'_>, q: ByAddress) -> Answer<()> {
    product.app().await?.mail(q).await
}

/// Calls a number in the telephone program.
#[command]
pub async fn call(product: Opened<'_>, q: ByNumber) -> Answer<()> {
    product.app().await?.call(q).await
}
