//! What the worker does for contestants and desk by itself, without anybody's press of a button.
use super::store_jobs;
use crate::platform::db::{Mode, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

/// The database knows what it has done already, so a turn may be missed, or taken twice.
#[derive(Clone, Copy)]
pub enum Turn {
    /// Letters to those whose drafts would miss the deadline.
    RemindDrafts,
    /// Doubts that time alone raises: co-authors silent for seven days, addresses unconfirmed for 72 hours.
    RaiseOverdue,
    /// Letters given up since the last turn become doubts about the entries that they were about.
    RaiseFailedLetters,
}

/// How many were written, raised or taken up.
pub async fn take(site: &Site, turn: Turn) -> Result<i32, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
    let n = store_jobs::take(&mut tx, turn).await?;
    tx.commit().await?;
    Ok(n)
}
