//! The chaining loop's one turn, and the head that every footer shows.
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::{chain, store};
use crate::platform::db::{Mode, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::secret::hex;
use crate::platform::site::Site;

const PROGRAM: Who = Who::Program { contest: None };
/// Longer than any transaction lives: an id given before this and not seen by now belongs to none that will commit.
const LONGEST_TRANSACTION: Duration = Duration::from_secs(600);
/// After this everything is looked through once more.
const WHOLE_LOOK: Duration = Duration::from_secs(3_600);

/// Chains events in batches, and remembers below which id nothing is left to chain, so that a turn costs what is new and
/// not what there is.
#[derive(Default)]
pub struct Chainer {
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// Below and at this id every event that will ever be is chained.
    low: i64,
    since: Option<Instant>,
    /// When everything visible up to an id was chained.
    whole_up_to: VecDeque<(Instant, i64)>,
}

impl Known {
    fn low(&mut self) -> i64 {
        if self.since.is_none_or(|at| at.elapsed() > WHOLE_LOOK) {
            *self = Known { since: Some(Instant::now()), ..Known::default() };
        }
        while let Some((_, id)) = self.whole_up_to.pop_front_if(|(at, _)| at.elapsed() > LONGEST_TRANSACTION) {
            self.low = id;
        }
        self.low
    }
}

impl Chainer {
    /// Chains up to `n` events that are not chained yet; how many.
    pub async fn turn(&self, site: &Site, n: i64) -> Result<usize, Failure> {
        let low = self.known.lock().map_or(0, |mut k| k.low());
        let mut tx: Tx<Worker> = site.db.open(Mode::Write, &PROGRAM).await?;
        if !store::try_lock(&mut tx).await? {
            tx.rollback().await;
            return Ok(0);
        }
        let events = store::list_unchained(&mut tx, low, n).await?;
        let Some(newest) = events.last().map(|e| e.id) else {
            tx.rollback().await;
            return Ok(0);
        };
        let last = store::last_link(&mut tx).await?;
        store::insert_links(&mut tx, &chain::extend(last.as_ref(), &events)).await?;
        tx.commit().await?;
        if let Ok(mut known) = self.known.lock().map_err(drop)
            && i64::try_from(events.len()).is_ok_and(|m| m < n)
        {
            known.whole_up_to.push_back((Instant::now(), newest));
        }
        Ok(events.len())
    }
}

/// One turn by itself, that looks through everything.
pub async fn chain_new(site: &Site, n: i64) -> Result<usize, Failure> {
    Chainer::default().turn(site, n).await
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
