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

#[derive(Clone, Default)]
struct Known {
    /// At and below this id every event that will ever be is chained.
    low: i64,
    /// When the look through everything began, and up to which id it has come; None: it is done.
    looking: Option<i64>,
    since: Option<Instant>,
    /// When everything visible up to an id was chained.
    whole_up_to: VecDeque<(Instant, i64)>,
}

impl Known {
    /// As it stands before a turn.
    fn begin(&mut self) -> Known {
        if self.since.is_none_or(|at| at.elapsed() > WHOLE_LOOK) {
            *self = Known { since: Some(Instant::now()), looking: Some(0), ..Known::default() };
        }
        while let Some((_, id)) = self.whole_up_to.pop_front_if(|(at, _)| at.elapsed() > LONGEST_TRANSACTION) {
            self.low = self.low.max(id);
        }
        self.clone()
    }

    /// What a turn has learnt that began now, where no event at or below `settled` can come any more: whether it chained all that it saw, and
    /// the newest that it did.
    fn learn(&mut self, now: Instant, settled: i64, (all, newest): (bool, Option<i64>)) {
        match (self.looking, all) {
            (Some(_), true) => (self.looking, self.low) = (None, self.low.max(settled)),
            (Some(_), false) => self.looking = newest,
            (None, _) => {}
        }
        if let (true, Some(newest)) = (all, newest) {
            self.whole_up_to.push_back((now, newest));
        }
    }
}

impl Chainer {
    /// Chains up to `n` events that are not chained yet; how many.
    pub async fn turn(&self, site: &Site, n: i64) -> Result<usize, Failure> {
        let before = self.known.lock().map_or_else(|_| Known::default(), |mut k| k.begin());
        let mut tx: Tx<Worker> = site.db.open(Mode::Write, &PROGRAM).await?;
        if !store::try_lock(&mut tx).await? {
            tx.rollback().await;
            return Ok(0);
        }
        let now = Instant::now();
        let settled = if before.looking.is_some() { store::last_older_than(&mut tx, LONGEST_TRANSACTION * 2).await? } else { 0 };
        // what another's turn chained meanwhile, or a transaction under way will add, lies above what is settled
        let above = before.looking.map_or(before.low, |looked| looked.min(settled));
        let events = store::list_unchained(&mut tx, above, n).await?;
        let newest = events.last().map(|e| e.id);
        if newest.is_some() {
            let last = store::last_link(&mut tx).await?;
            store::insert_links(&mut tx, &chain::extend(last.as_ref(), &events)).await?;
            tx.commit().await?;
        } else {
            tx.rollback().await;
        }
        if let Ok(mut known) = self.known.lock().map_err(drop) {
            known.learn(now, settled, (i64::try_from(events.len()).is_ok_and(|m| m < n), newest));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_through_everything_is_made_once_and_then_only_what_is_new_is_looked_at() {
        let (mut known, now) = (Known::default(), Instant::now());
        assert_eq!(known.begin().looking, Some(0));
        known.learn(now, 90_000, (false, Some(2_000)));
        assert_eq!((known.begin().looking, known.low), (Some(2_000), 0));
        known.learn(now, 90_000, (true, Some(91_500)));
        assert_eq!((known.begin().looking, known.begin().low), (None, 90_000));
        // who finds nothing new learns as much
        let mut idle = Known::default();
        idle.begin();
        idle.learn(now, 70, (true, None));
        assert_eq!((idle.begin().looking, idle.low), (None, 70));
        // an id below the newest may still come, of a transaction that is under way
        known.learn(now, 0, (true, Some(95_000)));
        assert_eq!(known.begin().low, 90_000);
        let Some(long_ago) = now.checked_sub(LONGEST_TRANSACTION * 2) else { return };
        known.whole_up_to = [(long_ago, 91_500), (now, 95_000)].into();
        assert_eq!(known.begin().low, 91_500);
    }
}
