//! An assignment made once more from the seed and the input that stayed in the database, and compared there: yes or no, with
//! both hashes, never a pair.
use actix_web::web::block;
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::deal::share::{self, Move, Share};
use super::deal::{self, Input};
use super::store_replay::{self as store, Drawn, Start};
use crate::platform::failure::Failure;
use crate::platform::secret::hex;

/// What a replay says of one assignment.
#[derive(Clone, Debug)]
pub struct Replayed {
    pub deal: Uuid,
    pub at: DateTime<Utc>,
    pub seed_sha256: String,
    pub input_sha256: String,
    pub pairs: i32,
    /// The same seed and input give the very pairs that are stored.
    pub same: bool,
}

/// Every assignment of a contest, in order.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    pub deals: Vec<Replayed>,
    /// Readings in some judge's hands that none of them gave.
    pub beside: i32,
}
impl Replay {
    /// Every judge has what the lots gave, and nothing else.
    pub fn holds(&self) -> bool {
        self.beside == 0 && self.deals.iter().all(|d| d.same)
    }
}

/// Replays every assignment of the contest that the connection is in: a transaction of the dealer's, or an
/// administrator's after `store_replay::enter`.
pub async fn replay_deals(conn: &mut AsyncPgConnection) -> Result<Replay, Failure> {
    let mut replay = Replay { deals: vec![], beside: store::count_beside(conn).await? };
    for d in store::list_deals(conn).await? {
        let same = match store::get_start(conn, d.deal).await? {
            None => false,
            Some(start) => match block(move || draw(&start)).await.map_err(Failure::broken)? {
                None => false,
                Some(drawn) => store::is_dealt(conn, d.deal, drawn).await?,
            },
        };
        replay.deals.push(Replayed { deal: d.deal, at: d.at, seed_sha256: hex(&d.seed_sha256), input_sha256: hex(&d.input_sha256), pairs: d.pairs, same });
    }
    Ok(replay)
}

/// None where seed or input cannot be read.
fn draw(start: &Start) -> Option<Drawn> {
    let seed = start.seed.as_slice().try_into().ok()?;
    if let Some(share) = Share::from_text(&start.input) {
        let moves = share::draw(&share, &share::plan(&share), &seed);
        let pairs = |end: fn(&Move) -> usize| moves.iter().map(|m| store::pair_json(share.judges.get(end(m)), share.held.get(m.paper).map(|h| h.code.as_str()))).collect();
        return Some(Drawn { given: pairs(|m| m.to), taken: pairs(|m| m.from) });
    }
    let input = Input::from_text(&start.input)?;
    let slots = deal::draw(&input, &deal::plan(&input), &seed);
    Some(Drawn { given: store::pairs_json(&input, &slots), taken: serde_json::json!([]) })
}
