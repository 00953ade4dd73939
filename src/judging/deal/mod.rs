//! The assignment of readings to judges, pure. Three beats: `flow` finds how many papers of each class a judge gets, an
//! exact minimum-cost flow and the same for the same input; `spread` hands the papers out; `mix` shuffles the pairs by a
//! seed, leaving every load as it was. So a preview can show loads and shortages to the unit, and nobody can tell a pair
//! before it is dealt, nor choose one. `share` moves papers that nobody has begun to a judge who came late, by the same flow.
pub mod flow;
pub mod input;
pub mod mix;
pub mod rng;
pub mod share;
pub mod spread;
#[cfg(test)]
mod instance;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod share_tests;
#[cfg(test)]
mod tests;

pub use input::{Input, Judge, Lack};

/// A paper's reading in a judge's hands: indices into the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    pub paper: usize,
    pub judge: usize,
}

/// What a run would do, before any lot is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Sorted.
    pub slots: Vec<Slot>,
    /// Readings for which no judge is left, by paper; only papers that have any.
    pub short: Vec<(usize, u32)>,
    /// Each judge's load afterwards, in the order of the input.
    pub loads: Vec<u32>,
}

/// The loads and the shortages: most readings filled, then the least sum of squared loads.
pub fn plan(input: &Input) -> Plan {
    let (problem, members) = input.classes();
    let flow = flow::solve(&problem);
    let slots = spread::spread(&problem, &members, &flow);
    let mut short = vec![];
    for (paper, lack) in input.lacks.iter().enumerate() {
        let range = slots.partition_point(|s| s.paper < paper)..slots.partition_point(|s| s.paper <= paper);
        let missing = lack.need.saturating_sub(u32::try_from(range.len()).unwrap_or(u32::MAX));
        if missing > 0 {
            short.push((paper, missing));
        }
    }
    Plan { slots, short, loads: flow.loads }
}

/// The pairs, drawn by lot: the plan's loads and shortages, everything else by the seed. The same input and seed give the
/// same pairs.
pub fn draw(input: &Input, plan: &Plan, seed: &[u8; 32]) -> Vec<Slot> {
    mix::mix(input, plan.slots.clone(), seed)
}
