//! The share: what must hold of any, against a search of its own for what is left to even out.
use std::collections::BTreeSet;

use uuid::Uuid;

use super::Judge;
use super::rng::Rng;
use super::share::{Move, Share, SharePlan, draw, plan};

fn rng(seed: u64) -> Rng {
    let mut bytes = [9; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    Rng::new(&bytes)
}
fn id(n: usize) -> Uuid {
    Uuid::from_u128(100 + n as u128)
}

/// `papers` papers dealt twice each, evenly, to `judges` judges, then `late` more; some begun, some pairs closed.
fn world(r: &mut Rng, papers: usize, judges: usize, late: usize, begun: bool, barred: bool) -> (Share, Vec<(Uuid, String)>) {
    let code = |p: usize| format!("P{p:03}");
    let pairs: Vec<(usize, usize)> = (0..papers).flat_map(|p| [(p, 2 * p % judges), (p, (2 * p + 1) % judges)]).collect();
    let mut loads = vec![0; judges + late];
    pairs.iter().for_each(|(_, j)| loads[*j] += 1);
    let all: Vec<Judge> = loads.iter().enumerate().map(|(i, load)| Judge { id: id(i), load: *load }).collect();
    let held: Vec<(Uuid, String)> = pairs.iter().filter(|_| !begun || r.below(3) > 0).map(|(p, j)| (id(*j), code(*p))).collect();
    let closed = if barred { (0..papers).map(|_| (id(judges + r.below(late)), code(r.below(papers)))).collect() } else { vec![] };
    let lates: Vec<Uuid> = (judges..judges + late).map(id).collect();
    (Share::new(all, &lates, &held, &closed), closed)
}

fn check(share: &Share, plan: &SharePlan, moves: &[Move]) -> Vec<u32> {
    let mut readers: Vec<Vec<usize>> = share.held.iter().map(|h| h.holders.clone()).collect();
    let mut loads: Vec<u32> = share.judges.iter().map(|j| j.load).collect();
    for m in moves {
        assert!(share.held[m.paper].takers.contains(&m.to), "{m:?} goes to somebody who may not have it");
        assert!(share.held[m.paper].holders.contains(&m.from), "{m:?} comes from somebody who has begun, or never had it");
        let before = readers[m.paper].len();
        readers[m.paper].retain(|j| *j != m.from);
        assert_eq!((readers[m.paper].len(), readers[m.paper].contains(&m.to)), (before - 1, false), "{m:?}");
        readers[m.paper].push(m.to);
        loads[m.from] -= 1;
        loads[m.to] += 1;
    }
    assert_eq!(loads, plan.loads());
    assert_eq!(moves.len() as u32, plan.moves());
    // nothing that is left to move would make loads more even: no way from a judge to one with two papers less
    let n = share.judges.len();
    let mut way = vec![vec![false; n]; n];
    for (paper, held) in share.held.iter().enumerate() {
        for from in &readers[paper] {
            held.holders.iter().chain(&held.takers).filter(|to| !readers[paper].contains(to)).for_each(|to| way[*from][*to] = true);
        }
    }
    for k in 0..n {
        for a in 0..n {
            for b in 0..n {
                way[a][b] |= way[a][k] && way[k][b];
            }
        }
    }
    for (a, b) in (0..n).flat_map(|a| (0..n).map(move |b| (a, b))) {
        assert!(!way[a][b] || loads[a] < loads[b] + 2, "{a} has {} and {b} {}", loads[a], loads[b]);
    }
    loads
}

#[test]
fn where_nothing_is_forbidden_or_begun_loads_are_even_within_one() {
    for seed in 0..60 {
        let mut r = rng(seed);
        let (papers, judges, late) = (6 + r.below(60), 2 + r.below(8), 1 + r.below(3));
        let (share, _) = world(&mut r, papers, judges, late, false, false);
        let plan = plan(&share);
        let loads = check(&share, &plan, &draw(&share, &plan, &[seed as u8; 32]));
        assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1, "{loads:?}");
        assert_eq!(plan.moves(), loads[judges..].iter().sum::<u32>(), "nothing moves that need not");
    }
}
#[test]
fn what_is_begun_stays_what_is_closed_does_not_come_and_nothing_more_can_be_evened_out() {
    for seed in 0..200 {
        let mut r = rng(seed);
        let (papers, judges, late) = (4 + r.below(40), 2 + r.below(6), 1 + r.below(3));
        let (share, closed) = world(&mut r, papers, judges, late, true, true);
        let plan = plan(&share);
        let moves = draw(&share, &plan, &[seed as u8; 32]);
        check(&share, &plan, &moves);
        for m in &moves {
            assert!(!closed.contains(&(share.judges[m.to].id, share.held[m.paper].code.clone())));
        }
        assert_eq!(Share::from_text(&share.text()), Some(share.clone()));
        assert_eq!(draw(&share, &plan, &[seed as u8; 32]), moves);
    }
}
#[test]
fn which_papers_move_is_drawn_by_the_seed_and_a_share_that_is_even_moves_nothing() {
    let (share, _) = world(&mut rng(1), 40, 4, 1, false, false);
    let plan_of = plan(&share);
    let drawn: BTreeSet<Vec<Move>> = (0..20).map(|seed| draw(&share, &plan_of, &[seed; 32])).collect();
    assert_eq!(drawn.len(), 20);
    let judges = (0..3).map(|i| Judge { id: id(i), load: 5 }).collect();
    let even = Share::new(judges, &[id(2)], &[(id(0), "P1".into()), (id(1), "P2".into())], &[]);
    assert_eq!(plan(&even).moves(), 0);
    assert_eq!(Share::from_text("phach deal 2\n"), None);
}
#[test]
fn five_thousand_papers_of_three_hundred_judges_are_shared_with_five_who_came_late() {
    let mut r = rng(5);
    let (papers, judges, late) = (5_000, 300, 5);
    let (mut loads, mut held) = (vec![0; judges + late], vec![]);
    for p in 0..papers {
        let first = r.below(judges);
        for j in [first, (first + 1 + r.below(judges - 1)) % judges] {
            loads[j] += 1;
            held.push((id(j), format!("P{p:04}")));
        }
    }
    let all = loads.iter().enumerate().map(|(i, load)| Judge { id: id(i), load: *load }).collect();
    let lates: Vec<Uuid> = (judges..judges + late).map(id).collect();
    let share = Share::new(all, &lates, &held, &[]);
    let plan = plan(&share);
    let after = check(&share, &plan, &draw(&share, &plan, &[3; 32]));
    let most = after.iter().max().unwrap();
    assert!(after[judges..].iter().all(|load| load + 1 >= *most), "nobody who came late has less than the others: {:?}", &after[judges..]);
}
