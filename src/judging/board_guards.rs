//! Proofs of the chair: the assignment under the dealer's hat, and a paper by its code.
use serde::Deserialize;
use uuid::Uuid;

use super::store_acts;
use super::store_board::{self, BoardPaper, JudgeLine};
use crate::contests::{Contest, ContestKey, get_contest, slug_of};
use crate::platform::db::{Chair, Dealer, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::{Again, Proof};
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

/// The chair, in a transaction that may read the exclusions (docs/decisions/0001): for the assignment and nothing else.
pub struct Dealing {
    pub contest: Contest,
}

impl Proof for Dealing {
    type Hat = Dealer;
    type Key = ContestKey;
    fn contest(key: &ContestKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Dealer>, _: ContestKey) -> Result<Self, Failure> {
        Ok(Dealing { contest: get_contest(tx).await? })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.contest.frame("chair", visitor)
    }
}

impl Again for Dealing {
    fn key(&self) -> ContestKey {
        ContestKey { slug: self.contest.slug.clone() }
    }
}

/// `/c/{slug}/chair/papers/{code}`.
#[derive(Deserialize)]
pub struct PaperKey {
    pub slug: String,
    pub code: String,
}

/// A paper of the contest, before the chair's eyes.
pub struct ChairsPaper {
    pub contest: Contest,
    pub paper: BoardPaper,
}

impl Proof for ChairsPaper {
    type Hat = Chair;
    type Key = PaperKey;
    fn contest(key: &PaperKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Chair>, key: PaperKey) -> Result<Self, Failure> {
        let contest = get_contest(tx).await?;
        let paper = store_board::get_paper(tx, &key.code).await?.ok_or(Failure::NotFound)?;
        Ok(ChairsPaper { contest, paper })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.contest.frame("chair", visitor)
    }
}

/// `/c/{slug}/chair/judges/{judge}`.
#[derive(Deserialize)]
pub struct JudgeKey {
    slug: String,
    judge: String,
}

/// A judge of the contest, before the chair's eyes.
pub struct ChairsJudge {
    pub contest: Contest,
    pub judge: JudgeLine,
}

impl Proof for ChairsJudge {
    type Hat = Chair;
    type Key = JudgeKey;
    fn contest(key: &JudgeKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Chair>, key: JudgeKey) -> Result<Self, Failure> {
        let id: Uuid = key.judge.parse().map_err(|_| Failure::NotFound)?;
        let contest = get_contest(tx).await?;
        let judge = store_acts::get_judge(tx, id).await?.ok_or(Failure::NotFound)?;
        Ok(ChairsJudge { contest, judge })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.contest.frame("chair", visitor)
    }
}
