//! How many papers of each class a judge gets: a minimum-cost flow class → judge → sink, exact. The n-th paper of a judge
//! costs 2n − 1 (parallel arcs 1, 3, 5 …), so that the total cost is the sum of squared loads; arcs class → judge cost
//! nothing and hold the class's size, because a judge reads a paper once.
//!
//! As all cost stands on the arcs into the sink, no general solver is needed. A start dealt to whoever has least is mended
//! by two kinds of residual paths until there is none: from a class that lacks readers to a judge below the cap (then the
//! flow is a maximum one), and from a judge to one with at least two papers less (then no cycle of negative cost is
//! left, so it is a cheapest one). A search visits each judge once, by elimination from those not yet visited: no arc
//! of a class to a judge who may read it is ever written down.
#![expect(clippy::indexing_slicing, reason = "every index here is one of this module's own making, below the lengths it made")]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

/// A judge: the load so far and the most it may become.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    pub load: u32,
    pub cap: u32,
}

/// Papers that nothing tells apart.
#[derive(Clone, Debug, Default)]
pub struct Class {
    /// How many papers.
    pub size: u32,
    /// Readings that each of them lacks.
    pub need: u32,
    /// Judges who may not read them: indices, sorted.
    pub barred: Vec<usize>,
    /// Papers that are dealt already, each to all of these judges, and may move from them. Nothing lacks then.
    pub holders: Vec<usize>,
    /// To these judges and to nobody else; nobody of `holders` is among them.
    pub takers: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct Problem {
    pub seats: Vec<Seat>,
    pub classes: Vec<Class>,
}

/// The optimum.
#[derive(Clone, Debug)]
pub struct Flow {
    /// By class: judge → papers of it.
    pub given: Vec<BTreeMap<usize, u32>>,
    /// By judge, with what was there before.
    pub loads: Vec<u32>,
}

/// Fills most readings, then with the least sum of squared loads.
pub fn solve(problem: &Problem) -> Flow {
    let mut net = Net::new(problem);
    net.start();
    while net.fill() {}
    while net.balance() {}
    Flow { given: net.given, loads: net.loads }
}

struct Net<'a> {
    classes: &'a [Class],
    caps: Vec<u32>,
    loads: Vec<u32>,
    /// Readings of a class that no judge has yet.
    left: Vec<u32>,
    given: Vec<BTreeMap<usize, u32>>,
    /// By judge: classes of which papers were given.
    holds: Vec<BTreeSet<usize>>,
}

/// A search's tree: from whom each node was reached; a root is reached from nobody.
struct Tree {
    /// By judge: the class before it. None: a root, or not reached.
    class_before: Vec<Option<usize>>,
    /// By class: the judge before it.
    judge_before: Vec<Option<usize>>,
    targets: Vec<usize>,
}

impl<'a> Net<'a> {
    fn new(problem: &'a Problem) -> Net<'a> {
        let judges = problem.seats.len();
        let mut net = Net {
            classes: &problem.classes,
            caps: problem.seats.iter().map(|s| s.cap).collect(),
            loads: problem.seats.iter().map(|s| s.load).collect(),
            left: problem.classes.iter().map(|c| c.size * c.need).collect(),
            given: vec![BTreeMap::new(); problem.classes.len()],
            holds: vec![BTreeSet::new(); judges],
        };
        for (class, kind) in problem.classes.iter().enumerate() {
            for judge in &kind.holders {
                net.give(class, *judge, kind.size);
            }
        }
        net
    }

    fn has_room(&self, judge: usize) -> bool {
        self.loads[judge] < self.caps[judge]
    }
    fn part(&self, class: usize, judge: usize) -> u32 {
        self.given[class].get(&judge).copied().unwrap_or(0)
    }
    fn give(&mut self, class: usize, judge: usize, n: u32) {
        *self.given[class].entry(judge).or_insert(0) += n;
        self.holds[judge].insert(class);
    }
    fn take(&mut self, class: usize, judge: usize, n: u32) {
        let rest = self.part(class, judge) - n;
        if rest == 0 {
            self.given[class].remove(&judge);
            self.holds[judge].remove(&class);
        } else {
            self.given[class].insert(judge, rest);
        }
    }

    /// Each class in turn, each reading to whoever has least among those who may.
    fn start(&mut self) {
        for class in (0..self.classes.len()).filter(|c| self.left[*c] > 0).collect::<Vec<_>>() {
            let barred = &self.classes[class].barred;
            let may = (0..self.loads.len()).filter(|j| self.has_room(*j) && barred.binary_search(j).is_err());
            let mut least: BinaryHeap<Reverse<(u32, usize)>> = may.map(|j| Reverse((self.loads[j], j))).collect::<Vec<_>>().into();
            while self.left[class] > 0 {
                let Some(Reverse((_, judge))) = least.pop() else { break };
                self.give(class, judge, 1);
                self.loads[judge] += 1;
                self.left[class] -= 1;
                if self.has_room(judge) && self.part(class, judge) < self.classes[class].size {
                    least.push(Reverse((self.loads[judge], judge)));
                }
            }
        }
    }

    /// Breadth first from classes or judges; a judge for whom `is_target` holds ends a path.
    fn search(&self, from_classes: &[usize], from_judges: &[usize], is_target: impl Fn(usize) -> bool) -> Tree {
        let mut tree = Tree { class_before: vec![None; self.loads.len()], judge_before: vec![None; self.classes.len()], targets: vec![] };
        let mut seen_class = vec![false; self.classes.len()];
        let mut seen: Vec<bool> = (0..self.loads.len()).map(|j| from_judges.binary_search(&j).is_ok()).collect();
        let mut fresh: Vec<usize> = (0..self.loads.len()).filter(|j| !seen[*j]).collect();
        let mut judges: VecDeque<usize> = from_judges.iter().copied().collect();
        let mut classes: VecDeque<usize> = from_classes.iter().copied().collect();
        for class in from_classes {
            seen_class[*class] = true;
        }
        loop {
            while let Some(judge) = judges.pop_front() {
                for class in &self.holds[judge] {
                    if !std::mem::replace(&mut seen_class[*class], true) {
                        tree.judge_before[*class] = Some(judge);
                        classes.push_back(*class);
                    }
                }
            }
            let Some(class) = classes.pop_front() else { return tree };
            let (kind, given) = (&self.classes[class], &self.given[class]);
            let is_full = |judge: &usize| given.get(judge).is_some_and(|n| *n >= kind.size);
            let mut reach = |judge: usize, seen: &mut [bool]| {
                seen[judge] = true;
                tree.class_before[judge] = Some(class);
                if is_target(judge) {
                    tree.targets.push(judge);
                } else {
                    judges.push_back(judge);
                }
            };
            if !kind.holders.is_empty() {
                for judge in kind.holders.iter().chain(&kind.takers) {
                    if !seen[*judge] && !is_full(judge) {
                        reach(*judge, &mut seen);
                    }
                }
                continue;
            }
            fresh.retain(|judge| {
                let closed = kind.barred.binary_search(judge).is_ok() || is_full(judge);
                if !seen[*judge] && !closed {
                    reach(*judge, &mut seen);
                }
                !seen[*judge]
            });
        }
    }

    /// The path to a target as (class, judge it gives to, judge it takes from), from the target back.
    fn path(&self, tree: &Tree, target: usize) -> Vec<(usize, usize, Option<usize>)> {
        let (mut steps, mut judge) = (vec![], target);
        while let Some(class) = tree.class_before[judge] {
            let before = tree.judge_before[class];
            steps.push((class, judge, before));
            let Some(before) = before else { break };
            judge = before;
        }
        steps
    }

    /// What still fits along a path after the paths before it.
    fn width(&self, steps: &[(usize, usize, Option<usize>)]) -> u32 {
        let width = |(class, to, from): &(usize, usize, Option<usize>)| {
            let room = self.classes[*class].size - self.part(*class, *to);
            from.map_or(room, |j| room.min(self.part(*class, j)))
        };
        steps.iter().map(width).min().unwrap_or(0)
    }

    fn push(&mut self, steps: &[(usize, usize, Option<usize>)], n: u32) {
        for (class, to, from) in steps {
            if let Some(judge) = from {
                self.take(*class, *judge, n);
            }
            self.give(*class, *to, n);
        }
    }

    /// One search from all classes that lack readers, and what it finds; false: nothing more can be filled.
    fn fill(&mut self) -> bool {
        let lacking: Vec<usize> = (0..self.classes.len()).filter(|c| self.left[*c] > 0).collect();
        if lacking.is_empty() {
            return false;
        }
        let tree = self.search(&lacking, &[], |judge| self.has_room(judge));
        let mut filled = false;
        for target in &tree.targets {
            let steps = self.path(&tree, *target);
            let Some((root, _, _)) = steps.last().copied() else { continue };
            let n = self.width(&steps).min(self.left[root]).min(self.caps[*target] - self.loads[*target]);
            if n > 0 {
                self.push(&steps, n);
                self.left[root] -= n;
                self.loads[*target] += n;
                filled = true;
            }
        }
        filled
    }

    /// One sweep over the levels: from judges with t + 2 and more to judges with t and less. False: none to move.
    fn balance(&mut self) -> bool {
        let (least, most) = (self.loads.iter().min().copied().unwrap_or(0), self.loads.iter().max().copied().unwrap_or(0));
        let mut moved = false;
        for level in least..most.saturating_sub(1) {
            while self.level_out(level) {
                moved = true;
            }
        }
        moved
    }

    fn level_out(&mut self, level: u32) -> bool {
        let rich: Vec<usize> = (0..self.loads.len()).filter(|j| self.loads[*j] >= level + 2 && !self.holds[*j].is_empty()).collect();
        let is_poor = |judge: usize| self.loads[judge] <= level && self.has_room(judge);
        if rich.is_empty() || !(0..self.loads.len()).any(is_poor) {
            return false;
        }
        let tree = self.search(&[], &rich, is_poor);
        let mut moved = false;
        for target in &tree.targets {
            let steps = self.path(&tree, *target);
            let Some(root) = steps.last().and_then(|(_, _, from)| *from) else { continue };
            let (excess, lack) = (self.loads[root].saturating_sub(level + 1), (level + 1).saturating_sub(self.loads[*target]));
            let n = self.width(&steps).min(excess).min(lack).min(self.caps[*target] - self.loads[*target]);
            if n > 0 {
                self.push(&steps, n);
                self.loads[root] -= n;
                self.loads[*target] += n;
                moved = true;
            }
        }
        moved
    }
}
