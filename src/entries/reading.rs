//! Uploads become text: by a child process at once, or by the job when a server was stopped in between.
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Data;
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use super::store;
use crate::documents::{Reading, Unreadable, read_in_child};
use crate::platform::db::{Mode, Reader, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

const PROGRAM: Who = Who::Program { contest: None };
/// How long a page waits for its file; after that the reading goes on by itself and the page says "pending".
const PATIENCE: Duration = Duration::from_secs(4);

/// A file to be read that stays until it was.
pub enum Source {
    /// The upload's temporary file, kept by its guard.
    Upload(Arc<crate::platform::form::Upload>),
    Stored(TempPath),
}

impl Source {
    fn path(&self) -> PathBuf {
        match self {
            Source::Upload(u) => u.path(),
            Source::Stored(p) => p.to_path_buf(),
        }
    }
}

/// Reads an attachment now. Returns when it was read or patience ends.
pub async fn read_now(site: &Data<Site>, attachment: Uuid, file: Source) {
    let site = site.clone();
    let task = tokio::spawn(async move {
        if let Err(e) = read(&site, attachment, &file).await {
            tracing::warn!(error = %e, "a reading could not be kept; the job reads it again");
        }
    });
    let _ = tokio::time::timeout(PATIENCE, task).await;
}

async fn read(site: &Site, attachment: Uuid, file: &Source) -> Result<(), Failure> {
    let outcome: Result<Reading, Unreadable> = read_in_child(&site.exe, &file.path()).await;
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
    let (file, path) = tempfile::NamedTempFile::new().map_err(Failure::broken)?.into_parts();
    let mut out = tokio::fs::File::from_std(file);
    out.write_all(&bytes).await.map_err(Failure::broken)?;
    out.flush().await.map_err(Failure::broken)?;
    read(site, p.id, &Source::Stored(path)).await
}
