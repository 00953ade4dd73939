//! Proofs about a judge and a paper.
use futures_util::try_join;
use serde::Deserialize;

use super::model::PaperCode;
use super::store;
use crate::contests::rules::Criterion;
use crate::contests::{Contest, get_contest, slug_of};
use crate::platform::db::{Judge, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proof;
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

/// `/c/{slug}/marking/{code}`.
#[derive(Deserialize)]
pub struct PaperKey {
    slug: String,
    code: String,
}

/// A judge and a paper dealt to that judge, not recused. Another's paper, a recused one and none at all look the same.
pub struct AssignedJudge {
    contest: Contest,
    code: PaperCode,
    marked: bool,
    opened: bool,
    criteria: Vec<Criterion>,
}

impl AssignedJudge {
    pub fn contest(&self) -> &Contest {
        &self.contest
    }
    pub fn code(&self) -> &PaperCode {
        &self.code
    }
    /// The sheet stood when the proof was made; the trigger decides again.
    pub fn is_marked(&self) -> bool {
        self.marked
    }
    /// Its text was shown to this judge before.
    pub fn is_opened(&self) -> bool {
        self.opened
    }
    /// By which this paper is marked, in the order of the rules.
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }
    /// `/c/<slug>/marking/<code>` and on.
    pub fn path(&self, rest: &str) -> String {
        self.contest.path(&format!("marking/{}{rest}", self.code.as_str()))
    }
}

impl Proof for AssignedJudge {
    type Hat = Judge;
    type Key = PaperKey;
    fn contest(key: &PaperKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Judge>, key: PaperKey) -> Result<Self, Failure> {
        let code = PaperCode::parse(&key.code).ok_or(Failure::NotFound)?;
        let (assignment, contest, criteria) = try_join!(store::get_assignment(tx, &code), get_contest(tx), store::list_criteria_of(tx, &code))?;
        let assignment = assignment.ok_or(Failure::NotFound)?;
        Ok(AssignedJudge { contest, marked: assignment.marked, opened: assignment.opened, criteria, code })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.contest.frame("judge", visitor)
    }
}
