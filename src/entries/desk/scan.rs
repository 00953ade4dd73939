//! Texts are looked through for their authors' names once, when they are stored: the queue shows and finds what names its author without
//! reading a text.
use super::rules::reveals;
use super::store_scan::{list_unscanned, note_scan};
use crate::platform::db::{Mode, Reader, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

/// Texts of one turn, a second: few, for in a deadline's last minute fifty a second come in, and whoever sends one goes before. They are looked through in
/// the quarter of an hour after it.
const TURN: usize = 5;

/// The job: texts received or changed since the last turn.
pub async fn scan_new(site: &Site) -> Result<(), Failure> {
    let mut tx: Tx<Reader> = site.db.open(Mode::Read, &Who::Program { contest: None }).await?;
    let texts = list_unscanned(&mut tx, TURN).await?;
    tx.commit().await?;
    if texts.is_empty() {
        return Ok(());
    }
    // a long text takes a while, and pages wait for this thread
    let found = actix_web::web::block(move || texts.into_iter().map(|t| (t.entry, t.mark, reveals(&t.slip))).collect::<Vec<_>>()).await.map_err(Failure::broken)?;
    let mut tx: Tx<Reader> = site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
    for (entry, mark, names_author) in found {
        note_scan(&mut tx, entry, mark, names_author).await?;
    }
    tx.commit().await?;
    Ok(())
}
