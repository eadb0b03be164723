//! Control of mailboxes and of the on-premises server.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, user_index};
use crate::ews::auth::accounts::Standing;
use crate::state::Shared;
use crate::world::Mailbox;

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Place {
    /// In Exchange Online.
    Cloud,
    /// On the company's own server.
    OnPremises,
    /// Nowhere.
    None,
    /// On its way: the company's own server says so until it has arrived somewhere.
    Moving,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetMailbox {
    user: String,
    mailbox: Place,
}

/// `POST mailbox {user, mailbox}`: moves a mailbox while the tenant runs. All ids in it are others afterwards, and
/// what clients know of earlier rounds is worth nothing.
pub async fn mailbox(
    State(shared): State<Shared>,
    Json(set): Json<SetMailbox>,
) -> Result<Json<Value>, Refused> {
    let user = user_index(&shared, Some(&set.user))?;
    let place = match set.mailbox {
        Place::Cloud => Mailbox::Cloud,
        Place::OnPremises => Mailbox::OnPremises,
        Place::None => Mailbox::None,
        Place::Moving => {
            shared.exchange.data().moving.insert(user);
            return Ok(Json(json!({"moving": true})));
        }
    };
    shared.exchange.data().moving.remove(&user);
    let moved = shared.world_mut().move_mailbox(user, place);
    Ok(Json(json!({"moved": moved})))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAccount {
    user: String,
    standing: Standing,
}

/// `POST account {user, standing}`: whether an account of the company's directory may sign in with its password.
pub async fn account(
    State(shared): State<Shared>,
    Json(set): Json<SetAccount>,
) -> Result<Json<Value>, Refused> {
    let user = user_index(&shared, Some(&set.user))?;
    shared.exchange.data().accounts.set(user, set.standing);
    Ok(Json(json!({"done": true})))
}

/// `DELETE sync-states`: the on-premises server no longer knows any of them.
pub async fn forget_sync_states(State(shared): State<Shared>) -> Json<Value> {
    let mut data = shared.exchange.data();
    data.sync_generation += 1;
    Json(json!({"generation": data.sync_generation}))
}
