//! Texts are looked through for their authors' names once, when they are stored: the queue shows and finds what names its author without
//! reading a text.
use super::rules::reveals;
use super::store_scan::{list_unscanned, note_scan};
use crate::platform::db::{Reader, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

/// Texts of one turn, a second: few, for in a deadline's last minute fifty a second come in, and whoever sends one goes before. They are looked through in
/// the quarter of an hour after it.
const TURN: usize = 5;

/// The job: texts received or changed since the last turn.
pub async fn scan_new(site: &Site) -> Result<(), Failure> {
    let who = Who::Program { contest: None };
    let texts = site.db.run::<Reader, _>(&who, async |tx| list_unscanned(tx, TURN).await).await?;
    if texts.is_empty() {
        return Ok(());
    }
    // a long text takes a while, and pages wait for this thread
    let found = actix_web::web::block(move || texts.into_iter().map(|t| (t.entry, t.mark, reveals(&t.slip))).collect::<Vec<_>>()).await.map_err(Failure::broken)?;
    let note = async |tx: &mut Tx<Reader>| {
        for (entry, mark, names_author) in found {
            note_scan(tx, entry, mark, names_author).await?;
        }
        Ok(())
    };
    site.db.run::<Reader, _>(&who, note).await
}
