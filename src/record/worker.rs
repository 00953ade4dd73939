//! The chaining loop's one turn, and the head that every footer shows.
use super::{chain, store};
use crate::platform::db::{Mode, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::secret::hex;
use crate::platform::site::Site;

const PROGRAM: Who = Who::Program { contest: None };

/// Chains up to `n` events that are not chained yet; how many.
pub async fn chain_new(site: &Site, n: i64) -> Result<usize, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &PROGRAM).await?;
    if !store::try_lock(&mut tx).await? {
        tx.rollback().await;
        return Ok(0);
    }
    let events = store::list_unchained(&mut tx, n).await?;
    if events.is_empty() {
        tx.rollback().await;
        return Ok(0);
    }
    let last = store::last_link(&mut tx).await?;
    store::insert_links(&mut tx, &chain::extend(last.as_ref(), &events)).await?;
    tx.commit().await?;
    Ok(events.len())
}

/// The last whole day's head, short: the day and both ends of the hash.
pub async fn daily_head(site: &Site) -> Result<Option<String>, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Read, &PROGRAM).await?;
    let head = store::get_daily_head(&mut tx).await?;
    tx.commit().await?;
    Ok(head.map(|(day, hash)| {
        let h = hex(&hash);
        format!("{} {}…{}", day.format("%d/%m"), h.get(..8).unwrap_or_default(), h.get(56..).unwrap_or_default())
    }))
}
