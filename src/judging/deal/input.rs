//! What an assignment starts from, and its canonical form.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

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
            ..Class::default()
        };
        let seats = self.judges.iter().map(|j| Seat { load: j.load, cap: self.cap.unwrap_or(u32::MAX) }).collect();
        let classes = by_kind.iter().map(class).collect();
        (Problem { seats, classes }, by_kind.into_values().collect())
    }

    /// The whole input as one text, as it is stored with the assignment for its replay: `from_text` reads it.
    pub fn text(&self) -> String {
        self.text_with(true)
    }

    /// None where it is no such text.
    pub fn from_text(text: &str) -> Option<Input> {
        let mut lines = text.lines();
        (lines.next()? == HEAD).then_some(())?;
        let (mut input, mut groups) = (Input::default(), vec![]);
        for line in lines {
            let mut words = line.split(' ');
            match words.next()? {
                "cap" => input.cap = number_or_none(words.next()?)?,
                "judge" => input.judges.push(Judge { id: words.next()?.parse().ok()?, load: words.next()?.parse().ok()? }),
                "group" => groups.push(words.next()?.parse().ok()?),
                "paper" => input.lacks.push(Lack {
                    code: words.next()?.to_owned(),
                    group: *groups.get(words.next()?.parse::<usize>().ok()?)?,
                    need: words.next()?.parse().ok()?,
                    third: words.next()? == "third",
                    barred: indices(words.next()?, input.judges.len())?,
                }),
                _ => return None,
            }
            words.next().is_none().then_some(())?;
        }
        Some(input)
    }

    /// SHA-256 of the seed and then the whole input: whoever has both inside the database can replay the assignment, and
    /// whoever sees the hash alone cannot try guesses about who is barred from what. `blind.deal_out` makes the same.
    pub fn sha256(&self, seed: &[u8; 32]) -> [u8; 32] {
        Sha256::new().chain_update(seed).chain_update(self.text()).finalize().into()
    }

    /// SHA-256 of what a preview shows of its input: it goes to the page and back, so it says nothing of who is barred.
    pub fn seen_sha256(&self, plan: &super::Plan) -> [u8; 32] {
        let mut seen = self.text_with(false);
        for (paper, missing) in &plan.short {
            let _ = writeln!(seen, "short {paper} {missing}");
        }
        for load in &plan.loads {
            let _ = writeln!(seen, "after {load}");
        }
        Sha256::digest(seen).into()
    }

    fn text_with(&self, barred: bool) -> String {
        let groups: Vec<Uuid> = self.lacks.iter().map(|l| l.group).collect::<BTreeSet<_>>().into_iter().collect();
        let mut text = format!("{HEAD}\ncap {}\n", self.cap.map_or_else(|| NONE.to_owned(), |n| n.to_string()));
        for judge in &self.judges {
            let _ = writeln!(text, "judge {} {}", judge.id, judge.load);
        }
        for group in &groups {
            let _ = writeln!(text, "group {group}");
        }
        for lack in &self.lacks {
            let group = groups.binary_search(&lack.group).unwrap_or_default();
            let barred = if barred { listed(&lack.barred) } else { NONE.to_owned() };
            let _ = writeln!(text, "paper {} {group} {} {} {barred}", lack.code, lack.need, if lack.third { "third" } else { "first" });
        }
        text
    }
}

const HEAD: &str = "phach deal 2";
const NONE: &str = "-";

pub(super) fn listed(indices: &[usize]) -> String {
    match indices {
        [] => NONE.to_owned(),
        some => some.iter().map(usize::to_string).collect::<Vec<_>>().join(","),
    }
}
/// Sorted indices below `n`.
pub(super) fn indices(word: &str, n: usize) -> Option<Vec<usize>> {
    if word == NONE {
        return Some(vec![]);
    }
    let found: Vec<usize> = word.split(',').map(|w| w.parse().ok()).collect::<Option<_>>()?;
    (found.is_sorted() && found.iter().all(|i| *i < n)).then_some(found)
}
fn number_or_none(word: &str) -> Option<Option<u32>> {
    if word == NONE { Some(None) } else { word.parse().ok().map(Some) }
}
