//! A share for judges who came late: papers dealt already that nobody has begun move to them, until loads are as even as what each
//! may read allows. The same exact flow as an assignment's, begun from what everybody holds; which papers move is drawn by a seed.
#![expect(clippy::indexing_slicing, reason = "every index here is one of the input's own, below the lengths made from it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Judge;
use super::flow::{self, Class, Flow, Problem, Seat};
use super::input::{indices, listed};
use super::rng::Rng;

/// How often each paper that moves is drawn anew among those its judge keeps.
const LOTS: usize = 3;

/// A paper in hands that have not begun it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub code: String,
    /// Who has it. Indices, sorted, each once; so are the takers.
    pub holders: Vec<usize>,
    /// Who came late, may read it and never had it.
    pub takers: Vec<usize>,
}

/// What a share starts from: judges in the order of their ids, papers in the order of their codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub judges: Vec<Judge>,
    pub held: Vec<Held>,
}

/// A reading that changes hands: indices into the share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    pub paper: usize,
    pub from: usize,
    pub to: usize,
}

/// What a share would do, before any lot is drawn.
#[derive(Clone, Debug)]
pub struct SharePlan {
    flow: Flow,
    members: Vec<Vec<usize>>,
    /// By judge: how many papers leave the judge's hands, and how many come.
    pub gives: Vec<u32>,
    pub gets: Vec<u32>,
}
impl SharePlan {
    /// How many papers change hands.
    pub fn moves(&self) -> u32 {
        self.gets.iter().sum()
    }
    /// Each judge's load afterwards.
    pub fn loads(&self) -> &[u32] {
        &self.flow.loads
    }
}

impl Share {
    /// Puts together what was read. `held`: judge and code, of everything that is not begun; `closed`: what a judge may not read or
    /// had before. Papers that no late judge may read are left out.
    pub fn new(mut judges: Vec<Judge>, late: &[Uuid], held: &[(Uuid, String)], closed: &[(Uuid, String)]) -> Share {
        judges.sort_by_key(|j| j.id);
        let seat = |id: &Uuid| judges.binary_search_by_key(id, |j| j.id).ok();
        let closed: BTreeSet<(&str, usize)> = closed.iter().filter_map(|(judge, code)| Some((code.as_str(), seat(judge)?))).collect();
        let late: BTreeSet<usize> = late.iter().filter_map(seat).collect();
        let mut papers: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (judge, code) in held {
            if let Some(holder) = seat(judge) {
                papers.entry(code).or_default().insert(holder);
            }
        }
        let one = |(code, holders): (&str, BTreeSet<usize>)| {
            let takers: Vec<usize> = late.iter().copied().filter(|j| !holders.contains(j) && !closed.contains(&(code, *j))).collect();
            Held { code: code.to_owned(), holders: holders.into_iter().collect(), takers }
        };
        let held = papers.into_iter().map(one).filter(|h| !h.takers.is_empty()).collect();
        Share { judges, held }
    }

    /// Papers that nothing tells apart here (who has them, who may take them) collapse into one class, as in an assignment.
    fn classes(&self) -> (Problem, Vec<Vec<usize>>) {
        let mut by_kind: BTreeMap<(&[usize], &[usize]), Vec<usize>> = BTreeMap::new();
        let mut fixed: Vec<u32> = self.judges.iter().map(|j| j.load).collect();
        for (paper, held) in self.held.iter().enumerate() {
            by_kind.entry((&held.holders, &held.takers)).or_default().push(paper);
            held.holders.iter().for_each(|j| fixed[*j] = fixed[*j].saturating_sub(1));
        }
        let class = |((holders, takers), papers): (&(&[usize], &[usize]), &Vec<usize>)| Class {
            size: u32::try_from(papers.len()).unwrap_or(u32::MAX),
            holders: holders.to_vec(),
            takers: takers.to_vec(),
            ..Class::default()
        };
        // what may move counts on top of what stays
        let mut seats: Vec<Seat> = fixed.iter().map(|load| Seat { load: *load, cap: u32::MAX }).collect();
        self.held.iter().flat_map(|h| &h.holders).for_each(|j| seats[*j].load += 1);
        (Problem { seats, classes: by_kind.iter().map(class).collect() }, by_kind.into_values().collect())
    }

    /// The whole input as one text, as it is stored for the replay: `from_text` reads it.
    pub fn text(&self) -> String {
        let mut text = self.seen_text();
        for held in &self.held {
            let _ = writeln!(text, "held {} {} {}", held.code, listed(&held.holders), listed(&held.takers));
        }
        text
    }

    /// None where it is no such text.
    pub fn from_text(text: &str) -> Option<Share> {
        let mut lines = text.lines();
        (lines.next()? == HEAD).then_some(())?;
        let mut share = Share::default();
        for line in lines {
            let mut words = line.split(' ');
            match words.next()? {
                "judge" => share.judges.push(Judge { id: words.next()?.parse().ok()?, load: words.next()?.parse().ok()? }),
                "held" => share.held.push(Held {
                    code: words.next()?.to_owned(),
                    holders: indices(words.next()?, share.judges.len())?,
                    takers: indices(words.next()?, share.judges.len())?,
                }),
                _ => return None,
            }
            words.next().is_none().then_some(())?;
        }
        Some(share)
    }

    /// SHA-256 of what a preview shows: it goes to the page and back, so it says nothing of which paper may move to whom.
    pub fn seen_sha256(&self, plan: &SharePlan) -> [u8; 32] {
        let mut seen = self.seen_text();
        for (gives, gets) in plan.gives.iter().zip(&plan.gets) {
            let _ = writeln!(seen, "moves {gives} {gets}");
        }
        Sha256::digest(seen).into()
    }

    fn seen_text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for judge in &self.judges {
            let _ = writeln!(text, "judge {} {}", judge.id, judge.load);
        }
        text
    }
}

const HEAD: &str = "phach share 1";

/// How many papers each judge gives and gets: the least sum of squared loads that moves of papers not begun to late judges can reach.
/// The same for the same input.
pub fn plan(share: &Share) -> SharePlan {
    let (problem, members) = share.classes();
    let flow = flow::solve(&problem);
    let (mut gives, mut gets) = (vec![0; share.judges.len()], vec![0; share.judges.len()]);
    for (class, given) in problem.classes.iter().zip(&flow.given) {
        let part = |judge: &usize| given.get(judge).copied().unwrap_or(0);
        class.holders.iter().for_each(|j| gives[*j] += class.size - part(j));
        class.takers.iter().for_each(|j| gets[*j] += part(j));
    }
    SharePlan { flow, members, gives, gets }
}

/// The moves, drawn by lot: as many from and to each judge as the plan says. The same input and seed give the same moves. Sorted.
pub fn draw(share: &Share, plan: &SharePlan, seed: &[u8; 32]) -> Vec<Move> {
    let mut rng = Rng::new(seed);
    let mut moves = vec![];
    for (given, members) in plan.flow.given.iter().zip(&plan.members) {
        moves.extend(spread(share, given, shuffled(members, &mut rng)));
    }
    let mut table = Table::new(share, moves);
    for _ in 0..LOTS {
        for at in 0..table.moves.len() {
            table.draw_another(at, &mut rng);
        }
    }
    table.moves.sort_unstable();
    table.moves
}

fn shuffled(papers: &[usize], rng: &mut Rng) -> Vec<usize> {
    let mut papers = papers.to_vec();
    for i in (1..papers.len()).rev() {
        papers.swap(i, rng.below(i + 1));
    }
    papers
}

/// Wrap-around as in `spread`, twice over the same papers: what the holders lose and what the takers get stand in rows of the same
/// length, so that each paper is given as often as it is taken.
fn spread(share: &Share, given: &BTreeMap<usize, u32>, papers: Vec<usize>) -> Vec<Move> {
    let Some(first) = papers.first().map(|p| &share.held[*p]) else { return vec![] };
    let (size, part) = (papers.len(), |judge: &usize| given.get(judge).copied().unwrap_or(0) as usize);
    let lost = first.holders.iter().flat_map(|j| std::iter::repeat_n(*j, size - part(j)));
    let new = first.takers.iter().flat_map(|j| std::iter::repeat_n(*j, part(j)));
    lost.zip(new).zip(papers.iter().cycle()).map(|((from, to), paper)| Move { paper: *paper, from, to }).collect()
}

struct Table<'a> {
    share: &'a Share,
    moves: Vec<Move>,
    /// By paper: who has it afterwards, of those who have not begun.
    readers: Vec<BTreeSet<usize>>,
    /// By judge: papers that could have moved and stay.
    kept: Vec<Vec<usize>>,
}

impl<'a> Table<'a> {
    fn new(share: &'a Share, moves: Vec<Move>) -> Table<'a> {
        let mut readers: Vec<BTreeSet<usize>> = share.held.iter().map(|h| h.holders.iter().copied().collect()).collect();
        for m in &moves {
            readers[m.paper].remove(&m.from);
            readers[m.paper].insert(m.to);
        }
        let mut kept = vec![vec![]; share.judges.len()];
        for (paper, held) in share.held.iter().enumerate() {
            held.holders.iter().filter(|j| readers[paper].contains(j)).for_each(|j| kept[*j].push(paper));
        }
        Table { share, moves, readers, kept }
    }

    /// Another of the giver's papers may be the one that moves, and this one stays.
    fn draw_another(&mut self, at: usize, rng: &mut Rng) {
        let Move { paper, from, to } = self.moves[at];
        let n = rng.below(self.kept[from].len() + 1);
        let Some(other) = self.kept[from].get(n).copied() else { return };
        if self.share.held[other].takers.binary_search(&to).is_err() || self.readers[other].contains(&to) {
            return;
        }
        for (place, out, back) in [(paper, to, from), (other, from, to)] {
            self.readers[place].remove(&out);
            self.readers[place].insert(back);
        }
        self.kept[from][n] = paper;
        self.moves[at].paper = other;
    }
}
