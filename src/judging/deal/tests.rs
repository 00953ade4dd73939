//! Small cases against every possible assignment, and what must hold of any.
use std::collections::BTreeSet;

use uuid::Uuid;

use super::rng::Rng;
use super::*;

/// A small random contest; everything of it from the seed.
fn random_input(seed: u64, papers: usize, judges: usize) -> Input {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    let mut rng = Rng::new(&bytes);
    let groups = [Uuid::from_u128(1), Uuid::from_u128(2)];
    let judges: Vec<Judge> = (0..judges).map(|i| Judge { id: Uuid::from_u128(100 + i as u128), load: rng.below(3) as u32 }).collect();
    let lack = |rng: &mut Rng, i: usize| Lack { code: format!("P{i:03}"), group: groups[rng.below(2)], need: 1 + rng.below(2) as u32, third: false, barred: vec![] };
    let lacks: Vec<Lack> = (0..papers).map(|i| lack(&mut rng, i)).collect();
    let n = rng.below(papers * judges.len() / 2 + 1);
    let barred: Vec<(Uuid, String)> = (0..n).map(|_| (judges[rng.below(judges.len())].id, format!("P{:03}", rng.below(papers)))).collect();
    let cap = [None, Some(2 + rng.below(4) as u32)][rng.below(2)];
    Input::new(lacks, judges, &barred, cap)
}

fn squares(loads: &[u32]) -> u64 {
    loads.iter().map(|l| u64::from(*l) * u64::from(*l)).sum()
}

/// Most readings filled, and the least sum of squares with that many, by trying everything.
fn best_of_all(input: &Input) -> (u32, u64) {
    fn go(input: &Input, paper: usize, filled: u32, loads: &mut Vec<u32>, best: &mut (u32, u64)) {
        let Some(lack) = input.lacks.get(paper) else {
            let cost = squares(loads);
            if filled > best.0 || (filled == best.0 && cost < best.1) {
                *best = (filled, cost);
            }
            return;
        };
        for set in 0..1_u32 << loads.len() {
            let chosen: Vec<usize> = (0..loads.len()).filter(|j| set >> j & 1 == 1).collect();
            let fits = chosen.len() as u32 <= lack.need && chosen.iter().all(|j| !lack.barred.contains(j) && loads[*j] < input.cap.unwrap_or(u32::MAX));
            if fits {
                chosen.iter().for_each(|j| loads[*j] += 1);
                go(input, paper + 1, filled + set.count_ones(), loads, best);
                chosen.iter().for_each(|j| loads[*j] -= 1);
            }
        }
    }
    let (mut loads, mut best) = (input.judges.iter().map(|j| j.load).collect(), (0, u64::MAX));
    go(input, 0, 0, &mut loads, &mut best);
    best
}

/// What must hold of every assignment, whatever the input.
fn check(input: &Input, plan: &Plan, slots: &[Slot]) {
    let pairs: BTreeSet<Slot> = slots.iter().copied().collect();
    assert_eq!(pairs.len(), slots.len(), "a judge has a paper twice");
    let mut loads: Vec<u32> = input.judges.iter().map(|j| j.load).collect();
    let mut readings = vec![0_u32; input.lacks.len()];
    for slot in slots {
        assert!(!input.lacks[slot.paper].barred.contains(&slot.judge), "an excluded pair: {slot:?}");
        loads[slot.judge] += 1;
        readings[slot.paper] += 1;
    }
    assert_eq!(loads, plan.loads);
    for (judge, load) in input.judges.iter().zip(&loads) {
        assert!(*load <= input.cap.unwrap_or(u32::MAX).max(judge.load), "over the cap");
    }
    for (paper, lack) in input.lacks.iter().enumerate() {
        let missing = plan.short.iter().find(|(p, _)| *p == paper).map_or(0, |(_, n)| *n);
        assert_eq!(readings[paper] + missing, lack.need, "{}", lack.code);
    }
}

#[test]
fn small_contests_get_the_best_of_all_assignments() {
    for seed in 0..400 {
        let mut sizes = Rng::new(&[seed as u8; 32]);
        let input = random_input(seed, 1 + sizes.below(4), 2 + sizes.below(3));
        let plan = plan(&input);
        let filled = input.wanted() - plan.short.iter().map(|(_, n)| n).sum::<u32>();
        assert_eq!((filled, squares(&plan.loads)), best_of_all(&input), "seed {seed}: {input:?}");
        check(&input, &plan, &plan.slots);
        check(&input, &plan, &draw(&input, &plan, &[3; 32]));
    }
}

#[test]
fn larger_contests_keep_every_rule_before_and_after_the_lot() {
    for seed in 0..30 {
        let input = random_input(1000 + seed, 60, 9);
        let plan = plan(&input);
        check(&input, &plan, &plan.slots);
        check(&input, &plan, &draw(&input, &plan, &[seed as u8; 32]));
    }
}

/// `papers` × `judges` × `need` where each judge is barred from the papers of one of `units` units.
fn by_units(papers: usize, judges: usize, need: u32, units: usize) -> Input {
    let judge = |i: usize| Judge { id: Uuid::from_u128(i as u128), load: 0 };
    let lack =
        |i: usize| Lack { code: format!("{i:06}"), group: Uuid::from_u128((i % 3) as u128), need, third: false, barred: (0..judges).filter(|j| j % units == i % units).collect() };
    Input { lacks: (0..papers).map(lack).collect(), judges: (0..judges).map(judge).collect(), cap: None }
}

#[test]
fn two_thousand_papers_go_to_sixty_judges_within_one_and_all_judges_hang_together() {
    let input = by_units(2000, 60, 3, 20);
    let plan = plan(&input);
    assert!(plan.short.is_empty());
    assert!(plan.loads.iter().all(|l| *l == 100), "{:?}", plan.loads);
    let slots = draw(&input, &plan, &[9; 32]);
    check(&input, &plan, &slots);
    assert_eq!(mix::islands(&input, &slots), 0);
}

#[test]
fn a_replay_with_the_seed_gives_the_same_pairs_and_another_seed_gives_others() {
    let input = by_units(200, 12, 2, 4);
    let plan = plan(&input);
    let drawn = |seed: u8| draw(&input, &plan, &[seed; 32]);
    assert_eq!(drawn(1), drawn(1));
    let (one, two) = (drawn(1), drawn(2));
    let same = one.iter().filter(|s| two.contains(s)).count();
    assert!(same < one.len() / 3, "{same} of {} pairs alike under two seeds", one.len());
    assert_eq!(input.sha256(&[1; 32]), input.sha256(&[1; 32]));
    assert_ne!(input.sha256(&[1; 32]), input.sha256(&[2; 32]));
}

#[test]
fn an_input_is_read_back_from_its_text_and_any_other_text_is_none() {
    for seed in 0..50 {
        let input = random_input(seed, 8, 4);
        assert_eq!(Input::from_text(&input.text()).as_ref(), Some(&input), "seed {seed}");
    }
    let text = random_input(1, 8, 4).text();
    let broken = [text.replace("deal 2", "deal 1"), text.replace("judge ", "judge x"), format!("{text}paper P9 7 1 first -\n"), format!("{text}paper P9 0 1 first 9\n")];
    assert!(broken.iter().all(|t| Input::from_text(t).is_none()));
}

#[test]
fn over_many_lots_every_judge_who_may_have_a_paper_gets_it_about_as_often() {
    let input = by_units(12, 6, 2, 6);
    let plan = plan(&input);
    let mut met = [0; 6];
    for seed in 0..200 {
        for slot in draw(&input, &plan, &[seed; 32]).iter().filter(|s| s.paper == 0) {
            met[slot.judge] += 1;
        }
    }
    assert_eq!(met[0], 0, "the excluded judge");
    assert!(met[1..].iter().all(|n| (50..110).contains(n)), "{met:?}");
}

#[test]
fn what_a_preview_sends_along_says_nothing_of_who_is_barred_and_changes_with_what_it_shows() {
    let mut input = by_units(24, 6, 2, 6);
    let before = plan(&input);
    let token = input.seen_sha256(&before);
    input.lacks[0].barred = vec![1];
    let after = plan(&input);
    assert_eq!((before.loads.clone(), &before.short), (after.loads.clone(), &after.short));
    assert_eq!(input.seen_sha256(&after), token);
    input.cap = Some(7);
    assert_ne!(input.seen_sha256(&plan(&input)), token);
}

#[test]
fn judges_who_came_late_catch_up_and_returned_papers_never_come_back() {
    let mut input = by_units(40, 4, 1, 100);
    input.judges[0].load = 30;
    input.lacks.iter_mut().for_each(|l| l.barred = vec![1]);
    let plan = plan(&input);
    assert_eq!(plan.loads, [30, 0, 20, 20]);
}
