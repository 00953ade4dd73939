//! The desk: the queue, one entry with its slip, a decision on the version it saw; many at once; texts, searches and lists.
pub mod changes;
pub mod checklist;
pub mod filter;
pub mod guards;
pub mod handlers;
pub mod hits;
pub mod lists;
pub mod model;
pub mod pages;
pub mod pieces;
pub mod rules;
pub mod scan;
pub mod store;
pub mod store_corrections;
pub mod store_after_cut;
pub mod store_kept;
pub mod store_letters;
pub mod store_lists;
pub mod store_reports;
pub mod store_scan;
pub mod store_time;

use crate::platform::db::{Mode, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

/// The job: counts of ended connections are added up, and who left an entry long ago is forgotten.
pub async fn sweep(site: &Site) -> Result<(), Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
    store_kept::sweep(&mut tx).await?;
    tx.commit().await
}
