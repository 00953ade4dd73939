//! What an assignment costs: CPU-s of this thread, by size, the best of several runs.
//!
//!     cargo bench --bench deal
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "its figures are what it is run for, and what it does not expect ends it"
)]
use phach::judging::deal::{Input, Judge, Lack, draw, plan};

#[path = "../src/judging/deal/instance.rs"]
mod instance;

/// Nanoseconds that this thread has been on a processor, as the kernel accounts them.
fn spent() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("a Linux kernel with schedstat");
    stat.split_whitespace().next().and_then(|n| n.parse().ok()).expect("its first field is the time on a processor")
}

/// CPU-s of the plan, and of the plan with the lot; the best of so many runs.
fn cost(input: &Input, runs: u32) -> (f64, f64) {
    let one = || {
        let start = spent();
        let plan = plan(input);
        let planned = spent();
        assert!(plan.short.is_empty(), "these instances can be filled");
        let slots = draw(input, &plan, &[7; 32]);
        let done = spent();
        assert_eq!(u32::try_from(slots.len()).ok(), Some(input.wanted()));
        ((planned - start) as f64 / 1e9, (done - start) as f64 / 1e9)
    };
    (0..runs).map(|_| one()).min_by(|a, b| a.1.total_cmp(&b.1)).expect("at least one run")
}

fn main() {
    println!("| papers × judges × readings | exact loads | with the lot | target |\n|---|---|---|---|");
    for (papers, judges, runs, target) in [(1000, 60, 20, "≤ 0.15"), (5000, 300, 7, "≤ 2"), (100_000, 2000, 1, "–")] {
        let (input, _) = instance::instance(papers, judges, 3, false);
        let (planned, all) = cost(&input, runs);
        println!("| {papers} × {judges} × 3 | {planned:.3} CPU-s | {all:.3} CPU-s | {target} |");
    }
}
