//! What is done about entries where a file stands between two transactions: object first, row second.
use std::sync::Arc;

use actix_web::web::{Bytes, Data};
use uuid::Uuid;

use super::guards::{EntryKey, OwnEntry};
use super::reading::{Source, read_now};
use super::{rules, store};
use crate::platform::db::{Contestant, Mode, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Upload;
use crate::platform::guard::Proof;
use crate::platform::site::Site;

/// The entry, proven in a transaction of its own kind.
pub async fn prove(site: &Site, who: &Who, mode: Mode, key: EntryKey) -> Result<(OwnEntry, Tx<Contestant>), Failure> {
    let mut tx: Tx<Contestant> = site.db.open(mode, who).await?;
    match OwnEntry::prove(&mut tx, key).await {
        Ok(entry) => Ok((entry, tx)),
        Err(e) => {
            tx.rollback().await;
            Err(e)
        }
    }
}

/// Stores a file for an entry that may still be changed, makes it the draft's, and has it read. Errors: not the visitor's,
/// locked, or the store cannot take it.
pub async fn attach(site: &Data<Site>, who: &Who, key: EntryKey, upload: Upload) -> Result<Uuid, Failure> {
    let (own, tx) = prove(site, who, Mode::Read, key.clone()).await?;
    tx.commit().await?;
    refuse_locked(&own)?;
    let bytes = tokio::fs::read(upload.path()).await.map_err(Failure::broken)?;
    let storage_key = site.store.put(Bytes::from(bytes)).await?;
    let (own, mut tx) = prove(site, who, Mode::Write, key).await?;
    let attachment = store::attach(&mut tx, own.entry().id, &upload, &storage_key).await?;
    tx.commit().await?;
    read_now(site, attachment, Source::Upload(Arc::new(upload))).await;
    Ok(attachment)
}

/// The refusal that fits, where an entry can no longer be changed.
pub fn refuse_locked(own: &OwnEntry) -> Result<(), Refusal> {
    rules::may_edit(own.contest(), own.entry()).map_err(|locked| {
        let name = match locked {
            rules::Locked::NotOpenYet => "not_open_yet",
            rules::Locked::Closed => "closed",
            rules::Locked::QueriesClosed => "queries_closed",
            rules::Locked::Cut => "entry_cut",
            rules::Locked::Refused | rules::Locked::Withdrawn => "entry_ended",
        };
        Refusal::of(name).status(actix_web::http::StatusCode::CONFLICT)
    })
}
