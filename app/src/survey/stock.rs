//! Links in stock on this phone, so that a QR code works without network. Beside the replica, because taking one must be certain.

use super::StockToken;
use crate::{
    browser::{
        document, locks, network,
        record::{Durability, Table, Write},
        storage::{StorageError, Store},
    },
    id::{InvitationId, MemberId},
    sync::Phone,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;

/// The key in [`Table::Meta`].
const STOCK: &str = "stock";
/// As many as are held when the server was last reached.
const FULL: usize = 20;
/// Links of past requests kept, so that one can be shown or sent again.
const KEPT: usize = 50;
/// How long the server may take.
const WITHIN: Duration = Duration::from_secs(20);

/// The stock of one member.
#[derive(Default, Serialize, Deserialize)]
struct Stock {
    /// Not shown to anybody yet.
    links: Vec<StockToken>,
    /// Bound to a request, the latest last.
    bound: Vec<(InvitationId, String)>,
}

/// Takes a link for `invitation` off the stock of `member`; nothing where it is empty. Once this returns nobody else gets that link.
///
/// # Errors
/// [`StorageError`]: the stock is as it was.
pub(super) async fn take(member: MemberId, invitation: InvitationId) -> Result<Option<StockToken>, StorageError> {
    change(member, |stock| {
        let link = (!stock.links.is_empty()).then(|| stock.links.remove(0));
        if let Some(link) = &link {
            stock.bound.push((invitation, link.token.clone()));
            let surplus = stock.bound.len().saturating_sub(KEPT);
            stock.bound.drain(..surplus);
        }
        link
    })
    .await
}

/// The address that `member` showed for `invitation` on this device, if it was by link.
///
/// # Errors
/// [`StorageError`].
pub async fn address_of(member: MemberId, invitation: InvitationId) -> Result<Option<String>, StorageError> {
    let stock = read(&open(member).await?).await?;
    Ok(stock.bound.into_iter().find(|(id, _)| *id == invitation).map(|(_, token)| address(&token)))
}

/// Fills the stock of `member` up, if the server can be reached; otherwise it stays as it is for now.
///
/// # Errors
/// [`StorageError`]: the stock is as it was.
async fn fill(member: MemberId) -> Result<(), StorageError> {
    let held = read(&open(member).await?).await?.links.len();
    if held > FULL / 2 {
        return Ok(());
    }
    let wanted = format!("{{\"wanted\":{}}}", FULL - held);
    let Ok(reply) = network::post("/api/survey/tokens", wanted, WITHIN).await else { return Ok(()) };
    let Ok(mut links) = serde_json::from_str::<Vec<StockToken>>(&reply.body) else { return Ok(()) };
    change(member, |stock| stock.links.append(&mut links)).await
}

/// Fills the stock up at the start and whenever the connection changes.
pub fn keep_stocked(phone: Phone) {
    let connection = phone.connection();
    Effect::new(move || {
        connection.track();
        // Where it fails it is tried again when the connection changes.
        spawn_local(async move { drop(fill(phone.me()).await) });
    });
}

/// The address of a link, for people and QR codes.
pub(super) fn address(token: &str) -> String {
    format!("{}/s/{token}", document::origin())
}

/// Changes the stock, one tab at a time.
async fn change<T>(member: MemberId, change: impl FnOnce(&mut Stock) -> T) -> Result<T, StorageError> {
    // Where the browser has no locks, two tabs could show one link; the second request is then refused, and nothing is lost.
    let held = locks::hold(&format!("qdos-stock-{member}")).await;
    let store = open(member).await?;
    let mut stock = read(&store).await?;
    let result = change(&mut stock);
    store.commit(&[Write::put(Table::Meta, STOCK, &stock)], Durability::Strict).await?;
    drop(held);
    Ok(result)
}

async fn open(member: MemberId) -> Result<Store, StorageError> {
    // Opened for a moment only; whoever keeps the store open hears that another tab takes it over.
    Store::of_member(&member.to_string(), || {}).await
}

async fn read(store: &Store) -> Result<Stock, StorageError> {
    Ok(store.get(Table::Meta, STOCK).await?.unwrap_or_default())
}
