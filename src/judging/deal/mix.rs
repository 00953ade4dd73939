//! Mixing that costs nothing: two slots change judges where both may. Loads stay, shortages stay; the chain of such swaps
//! is symmetric, so that in the long run every assignment it can reach is as likely. A cheapest flow by itself lumps
//! judges together (each class to few of them), and then nobody could compare judges: so the mixing goes on until, in
//! every ranking group, all judges hang together by papers they share.
#![expect(clippy::indexing_slicing, reason = "every index here is one of the input's own, below the lengths made from it")]

use std::collections::BTreeMap;

use uuid::Uuid;

use super::rng::Rng;
use super::{Input, Slot};

/// Swaps tried per slot and round.
const TRIES: usize = 20;
/// Rounds at most, where a group does not hang together.
const ROUNDS: usize = 12;

/// The slots with their judges drawn anew. Sorted by paper and judge.
pub fn mix(input: &Input, slots: Vec<Slot>, seed: &[u8; 32]) -> Vec<Slot> {
    let mut table = Table::new(input, slots);
    let mut rng = Rng::new(seed);
    let n = table.slots.len();
    for _ in 0..ROUNDS {
        for _ in 0..n * TRIES {
            let (a, b) = (rng.below(n), rng.below(n));
            table.swap(a, b);
        }
        if islands(input, &table.slots) == 0 {
            break;
        }
    }
    table.slots.sort_unstable();
    table.slots
}

struct Table<'a> {
    input: &'a Input,
    slots: Vec<Slot>,
    /// By paper: its judges of this run.
    readers: Vec<Vec<usize>>,
}

impl<'a> Table<'a> {
    fn new(input: &'a Input, slots: Vec<Slot>) -> Table<'a> {
        let mut readers = vec![vec![]; input.lacks.len()];
        for slot in &slots {
            readers[slot.paper].push(slot.judge);
        }
        Table { input, slots, readers }
    }

    fn may(&self, paper: usize, judge: usize) -> bool {
        !self.readers[paper].contains(&judge) && self.input.lacks[paper].barred.binary_search(&judge).is_err()
    }

    fn swap(&mut self, a: usize, b: usize) {
        let (one, two) = (self.slots[a], self.slots[b]);
        if one.judge == two.judge || one.paper == two.paper || !self.may(one.paper, two.judge) || !self.may(two.paper, one.judge) {
            return;
        }
        for (place, slot, judge) in [(a, one, two.judge), (b, two, one.judge)] {
            for reader in self.readers[slot.paper].iter_mut().filter(|r| **r == slot.judge) {
                *reader = judge;
            }
            self.slots[place].judge = judge;
        }
    }
}

/// How many joints are missing until the judges of every ranking group hang together by papers that two of them read.
/// Papers with one reading of this run join nobody and do not count.
pub fn islands(input: &Input, slots: &[Slot]) -> usize {
    let mut readers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for slot in slots {
        readers.entry(slot.paper).or_default().push(slot.judge);
    }
    let mut by_group: BTreeMap<Uuid, Joints> = BTreeMap::new();
    for (paper, judges) in readers.iter().filter(|(_, judges)| judges.len() > 1) {
        let joints = by_group.entry(input.lacks[*paper].group).or_insert_with(|| Joints::new(input.judges.len()));
        for judge in judges {
            joints.join(judges[0], *judge);
        }
    }
    by_group.into_values().map(Joints::missing).sum()
}

/// Union-find.
struct Joints {
    head: Vec<usize>,
    met: Vec<bool>,
}

impl Joints {
    fn new(n: usize) -> Joints {
        Joints { head: (0..n).collect(), met: vec![false; n] }
    }
    fn find(&mut self, mut at: usize) -> usize {
        while self.head[at] != at {
            self.head[at] = self.head[self.head[at]];
            at = self.head[at];
        }
        at
    }
    fn join(&mut self, a: usize, b: usize) {
        (self.met[a], self.met[b]) = (true, true);
        let (a, b) = (self.find(a), self.find(b));
        self.head[a] = b;
    }
    fn missing(self) -> usize {
        let heads = (0..self.head.len()).filter(|j| self.met[*j] && self.head[*j] == *j).count();
        heads.saturating_sub(1)
    }
}
