//! Doubts that come without anybody's press of a button: by time alone, and by letters that do not arrive.
use crate::platform::db::{Mode, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

use super::store_jobs;

/// Co-authors silent for seven days, addresses unconfirmed for 72 hours; how many. What was raised once is not raised again.
pub async fn raise_overdue(site: &Site) -> Result<i32, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
    let raised = store_jobs::raise_overdue(&mut tx).await?;
    tx.commit().await?;
    Ok(raised)
}

/// Letters given up since the last turn, at the entries that they were about; how many letters.
pub async fn raise_failed_letters(site: &Site) -> Result<i32, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
    let letters = store_jobs::raise_failed_letters(&mut tx).await?;
    tx.commit().await?;
    Ok(letters)
}
