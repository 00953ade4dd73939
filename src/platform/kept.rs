//! What page after page asks of the database and hardly ever changes, kept for a moment: a contest's head, its rules, its standings once they are
//! fixed. Only who may be told what was true a second ago asks here: the rules' own pages and whatever decides by them ask the database. A
//! page of those who change such things is never behind their own change (`forget`).
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use super::failure::Failure;

/// Contests: beyond it all are dropped, so that the memory does not grow with their number.
const MOST: usize = 64;

/// By their kind: one of each.
type Things = HashMap<TypeId, (Instant, Arc<dyn Any + Send + Sync>)>;

/// Things read of contests, each no older than `oldest`.
pub struct Kept {
    oldest: Duration,
    by_contest: RwLock<HashMap<String, Things>>,
}

impl Kept {
    /// `oldest`: how old a thing may be when it is given out; zero keeps none.
    pub fn new(oldest: Duration) -> Kept {
        Kept { oldest, by_contest: RwLock::default() }
    }

    /// As it was read a moment ago, or else as `read` reads it now. What only some hats may read is of a kind of their own. Errors: those of
    /// `read`.
    pub async fn get<T: Send + Sync + 'static>(&self, contest: &str, read: impl AsyncFnOnce() -> Result<T, Failure>) -> Result<Arc<T>, Failure> {
        if let Some(thing) = self.find(contest) {
            return Ok(thing);
        }
        // as old as its reading's beginning: what was changed while it was read counts a second after the change at the latest
        let begun = Instant::now();
        let thing = Arc::new(read().await?);
        if let (false, Ok(mut kept)) = (self.oldest.is_zero(), self.by_contest.write()) {
            if kept.len() >= MOST && !kept.contains_key(contest) {
                kept.clear();
            }
            kept.entry(contest.to_owned()).or_default().insert(TypeId::of::<T>(), (begun, thing.clone()));
        }
        Ok(thing)
    }

    /// Whoever changed this contest is shown it as it is now.
    pub fn forget(&self, contest: &str) {
        if let Ok(mut kept) = self.by_contest.write() {
            kept.remove(contest);
        }
    }

    fn find<T: Send + Sync + 'static>(&self, contest: &str) -> Option<Arc<T>> {
        let kept = self.by_contest.read().ok()?;
        let (begun, thing) = kept.get(contest)?.get(&TypeId::of::<T>())?;
        if begun.elapsed() < self.oldest { thing.clone().downcast().ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_read_once_within_its_moment_for_each_contest_and_not_at_all_kept_for_none() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (one, two) = ("one", "two");
            let kept = Kept::new(Duration::from_secs(60));
            assert_eq!(*kept.get(one, async || Ok(1_u32)).await.unwrap(), 1);
            assert_eq!(*kept.get(one, async || Ok(2_u32)).await.unwrap(), 1);
            assert_eq!(*kept.get(two, async || Ok(3_u32)).await.unwrap(), 3);
            assert_eq!(*kept.get(one, async || Ok("another kind")).await.unwrap(), "another kind");
            // a failure is not kept
            assert!(kept.get(two, async || Err::<u64, _>(Failure::NotFound)).await.is_err());
            assert_eq!(*kept.get(two, async || Ok(4_u64)).await.unwrap(), 4);
            // whoever changed something is not shown what was
            kept.forget(one);
            assert_eq!(*kept.get(one, async || Ok(5_u32)).await.unwrap(), 5);
            assert_eq!(*kept.get(two, async || Ok(5_u32)).await.unwrap(), 3);
            let none = Kept::new(Duration::ZERO);
            none.get(one, async || Ok(1_u32)).await.unwrap();
            assert_eq!(*none.get(one, async || Ok(2_u32)).await.unwrap(), 2);
        });
    }
}
