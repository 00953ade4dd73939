//! The optima of the published instances that fit our cost: slots that can be filled, smallest largest load, least sum of
//! squared loads.
use super::instance::instance;
use super::{draw, flow, plan};

/// (filled, largest load, sum of squares), with the instance's own caps.
fn optimum(papers: usize, judges: usize, need: usize, short: bool) -> (u32, u32, u32) {
    let (input, caps) = instance(papers, judges, need, short);
    let (mut problem, _) = input.classes();
    problem.seats.iter_mut().zip(caps).for_each(|(seat, cap)| seat.cap = cap);
    let flow = flow::solve(&problem);
    (flow.loads.iter().sum(), flow.loads.iter().max().copied().unwrap(), flow.loads.iter().map(|l| l * l).sum())
}

#[test]
fn the_reference_optima_are_met() {
    assert_eq!(optimum(12, 6, 2, false), (23, 4, 89));
    assert_eq!(optimum(120, 15, 3, false), (360, 24, 8640));
    assert_eq!(optimum(120, 15, 3, true), (358, 24, 8546));
    assert_eq!(optimum(1000, 60, 3, false), (3000, 50, 150_000));
    assert_eq!(optimum(10_000, 300, 3, false), (30_000, 100, 3_000_000));
}

/// 100,000 papers × 2,000 judges × 3, with 40,000 declared conflicts; what it costs is measured by `benches/deal.rs`.
#[test]
fn a_national_contest_is_dealt_evenly() {
    let (input, _) = instance(100_000, 2000, 3, false);
    let plan = plan(&input);
    assert!(plan.short.is_empty() && plan.loads.iter().all(|l| *l == 150));
    assert_eq!(draw(&input, &plan, &[1; 32]).len(), 300_000);
}
