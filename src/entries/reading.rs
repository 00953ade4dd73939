//! Uploads become text: by a child process at once, or by the job when a server was stopped in between.
use std::time::Duration;

use actix_web::web::{Bytes, Data};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::store;
use crate::documents::{Reading, Unreadable, read_in_child};
use crate::platform::db::{Mode, Reader, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

const PROGRAM: Who = Who::Program { contest: None };
/// How long a page waits for its file; after that the reading goes on by itself and the page says "pending".
const PATIENCE: Duration = Duration::from_secs(4);

/// What a reading gave.
pub type Outcome = Result<Reading, Unreadable>;

/// A reading of bytes that no row names yet.
pub struct UnderWay {
    task: JoinHandle<Outcome>,
    /// Once it has ended.
    pub outcome: Option<Outcome>,
}

impl UnderWay {
    pub fn begin(site: &Data<Site>, bytes: Bytes) -> UnderWay {
        let site = site.clone();
        UnderWay { task: tokio::spawn(async move { read_in_child(&site.exe, bytes).await }), outcome: None }
    }
    /// Until it has ended, or patience has.
    pub async fn wait(&mut self) {
        if let Ok(Ok(outcome)) = tokio::time::timeout(PATIENCE, &mut self.task).await {
            self.outcome = Some(outcome);
        }
    }
    /// Nobody wants it any more.
    pub fn abandon(self) {
        self.task.abort();
    }
    /// Writes what it gave to the attachment's row: now where it has ended, by itself when it ends. Nothing is refused here: what
    /// is not kept, the job reads again.
    pub async fn keep(self, site: &Data<Site>, attachment: Uuid) {
        match self.outcome {
            Some(outcome) => keep_or_warn(site, attachment, &outcome).await,
            None => {
                let (site, task) = (site.clone(), self.task);
                tokio::spawn(async move {
                    if let Ok(outcome) = task.await {
                        keep_or_warn(&site, attachment, &outcome).await;
                    }
                });
            }
        }
    }
}

async fn keep_or_warn(site: &Site, attachment: Uuid, outcome: &Outcome) {
    if let Err(e) = keep(site, attachment, outcome).await {
        tracing::warn!(error = %e, "a reading could not be kept; the job reads it again");
    }
}

async fn keep(site: &Site, attachment: Uuid, outcome: &Outcome) -> Result<(), Failure> {
    let (tx, ()) = site.db.enter(Mode::Write, &PROGRAM, async |tx: &Tx<Reader>| store::finish_reading(tx, attachment, outcome).await).await?;
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
    keep(site, p.id, &read_in_child(&site.exe, bytes).await).await
}
