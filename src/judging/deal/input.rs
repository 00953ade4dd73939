//! What an assignment starts from, and its canonical form.
use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::flow::{Class, Problem, Seat};

/// A paper that lacks readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    pub code: String,
    pub group: Uuid,
    /// Readings lacking; of a third mark, one.
    pub need: u32,
    pub third: bool,
    /// Judges who may not have it: excluded, or had it before (a recusal too). Indices, sorted, each once.
    pub barred: Vec<usize>,
}

/// A judge who has declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judge {
    pub id: Uuid,
    /// Papers in hand or marked; returned ones do not count.
    pub load: u32,
}

/// Papers in the order of their codes, judges in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    pub lacks: Vec<Lack>,
    pub judges: Vec<Judge>,
    /// The most papers a judge may have in all; none: no limit.
    pub cap: Option<u32>,
}

impl Input {
    /// Puts together what was read; pairs of judges or papers that are not in question are dropped.
    pub fn new(mut lacks: Vec<Lack>, mut judges: Vec<Judge>, barred: &[(Uuid, String)], cap: Option<u32>) -> Input {
        lacks.sort_by(|a, b| a.code.cmp(&b.code));
        judges.sort_by_key(|j| j.id);
        for (judge, code) in barred {
            let seat = judges.binary_search_by_key(judge, |j| j.id);
            let paper = lacks.binary_search_by(|l| l.code.as_str().cmp(code));
            if let (Ok(seat), Some(lack)) = (seat, paper.ok().and_then(|p| lacks.get_mut(p))) {
                lack.barred.push(seat);
            }
        }
        for lack in &mut lacks {
            lack.barred.sort_unstable();
            lack.barred.dedup();
        }
        Input { lacks, judges, cap }
    }

    /// Readings lacking in all.
    pub fn wanted(&self) -> u32 {
        self.lacks.iter().map(|l| l.need).sum()
    }

    /// Papers that nothing tells apart (ranking group, need, who is barred) collapse into one class; with each class its
    /// papers, in code order.
    pub fn classes(&self) -> (Problem, Vec<Vec<usize>>) {
        let mut by_kind: BTreeMap<(Uuid, u32, &[usize]), Vec<usize>> = BTreeMap::new();
        for (paper, lack) in self.lacks.iter().enumerate() {
            by_kind.entry((lack.group, lack.need, &lack.barred)).or_default().push(paper);
        }
        let class = |((_, need, barred), papers): (&(Uuid, u32, &[usize]), &Vec<usize>)| Class {
            size: u32::try_from(papers.len()).unwrap_or(u32::MAX),
            need: *need,
            barred: barred.to_vec(),
        };
        let seats = self.judges.iter().map(|j| Seat { load: j.load, cap: self.cap.unwrap_or(u32::MAX) }).collect();
        let classes = by_kind.iter().map(class).collect();
        (Problem { seats, classes }, by_kind.into_values().collect())
    }

    /// SHA-256 of the whole input after the seed, as it is stored with the assignment: whoever has both inside the
    /// database can replay it, and whoever sees the hash alone cannot try guesses about who is barred from what.
    pub fn sha256(&self, seed: &[u8; 32]) -> [u8; 32] {
        let mut hash = self.hash_of(b"phach deal 1\n");
        hash.update(seed);
        for lack in &self.lacks {
            for judge in &lack.barred {
                hash.update(format!("{} {judge}\n", lack.code));
            }
        }
        hash.finalize().into()
    }

    /// SHA-256 of what a preview shows of its input: it goes to the page and back, so it says nothing of who is barred.
    pub fn seen_sha256(&self, plan: &super::Plan) -> [u8; 32] {
        let mut hash = self.hash_of(b"phach preview 1\n");
        for (paper, missing) in &plan.short {
            hash.update(format!("short {paper} {missing}\n"));
        }
        for load in &plan.loads {
            hash.update(format!("after {load}\n"));
        }
        hash.finalize().into()
    }

    fn hash_of(&self, head: &[u8]) -> Sha256 {
        let mut hash = Sha256::new();
        hash.update(head);
        hash.update(format!("cap {:?}\n", self.cap));
        for judge in &self.judges {
            hash.update(format!("judge {} {}\n", judge.id, judge.load));
        }
        for lack in &self.lacks {
            hash.update(format!("paper {} {} {} {}\n", lack.code, lack.group, lack.need, lack.third));
        }
        hash
    }
}
