//! Uploads become text: by a child process at once, or by the job when a server was stopped in between.
use std::time::Duration;

use actix_web::web::{Bytes, Data};
use uuid::Uuid;

use super::store;
use crate::documents::{Reading, Unreadable, read_in_child};
use crate::platform::db::{Mode, Reader, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

const PROGRAM: Who = Who::Program { contest: None };
/// How long a page waits for its file; after that the reading goes on by itself and the page says "pending".
const PATIENCE: Duration = Duration::from_secs(4);

/// Reads an attachment now. Returns when it was read or patience ends.
pub async fn read_now(site: &Data<Site>, attachment: Uuid, bytes: Bytes) {
    let site = site.clone();
    let task = tokio::spawn(async move {
        if let Err(e) = read(&site, attachment, bytes).await {
            tracing::warn!(error = %e, "a reading could not be kept; the job reads it again");
        }
    });
    let _ = tokio::time::timeout(PATIENCE, task).await;
}

async fn read(site: &Site, attachment: Uuid, bytes: Bytes) -> Result<(), Failure> {
    let outcome: Result<Reading, Unreadable> = read_in_child(&site.exe, bytes).await;
    let mut tx: Tx<Reader> = site.db.open(Mode::Write, &PROGRAM).await?;
    store::finish_reading(&mut tx, attachment, &outcome).await?;
    tx.commit().await
}

/// The job: what was received and never read. Whether there may be more.
pub async fn read_pending(site: &Data<Site>) -> Result<bool, Failure> {
    let mut tx: Tx<Reader> = site.db.open(Mode::Read, &PROGRAM).await?;
    let pending = store::list_pending(&mut tx).await?;
    tx.commit().await?;
    let mut all = true;
    for p in &pending {
        // one that cannot be had now keeps no other waiting
        if let Err(e) = read_stored(site, p).await {
            tracing::warn!(attachment = %p.id, error = %e, "an upload could not be read; the next turn tries again");
            all = false;
        }
    }
    Ok(all && pending.len() == 20)
}

async fn read_stored(site: &Site, p: &store::Pending) -> Result<(), Failure> {
    let bytes = site.store.get(&p.storage_key).await?;
    read(site, p.id, bytes).await
}
