//! Letters to those whose drafts would miss the deadline.
use crate::platform::db::{Mode, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

use super::store_jobs;

/// Writes those that are due now; how many. The database knows whom it has reminded of which deadline, so a turn may be
/// missed, or taken twice.
pub async fn remind(site: &Site) -> Result<i32, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
    let letters = store_jobs::remind_drafts(&mut tx).await?;
    tx.commit().await?;
    Ok(letters)
}
