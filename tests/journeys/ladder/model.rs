//! The rules of the ladder, of standings and of prizes once more, as plainly as they can be said.
use std::collections::BTreeMap;

use phach::judging::deal::rng::Rng;
use phach::tally::replay::{self, ThirdRule};

/// What the rules make of a paper's marks; none: a third mark is owed, or there is nothing to agree on.
pub fn agree(firsts: &[i32], third: Option<i32>, threshold: i32, rule: &str) -> Option<i32> {
    replay::agree(firsts, third, threshold, ThirdRule::parse(rule).unwrap())
}

#[derive(Clone, Default)]
pub struct Paper {
    pub code: String,
    pub group: u32,
    pub firsts: Vec<i32>,
    pub third: Option<i32>,
    /// With nobody left for the third mark.
    pub chair: Option<i32>,
}

/// A contest's rules and papers, with the model's own bookkeeping.
pub struct Round {
    pub n: u32,
    pub readers: usize,
    pub threshold: i32,
    pub rule: &'static str,
    /// By group: the places of each level.
    pub levels: [Vec<i32>; 2],
    pub papers: Vec<Paper>,
}

impl Round {
    pub fn random(n: u32, rng: &mut Rng) -> Round {
        let mut levels = || (0..rng.below(5)).map(|_| 1 + rng.below(3) as i32).collect::<Vec<_>>();
        let levels = [levels(), levels()];
        let papers = (0..10 + rng.below(14)).map(|i| Paper { code: format!("L{n:02}P{i:02}"), group: rng.below(2) as u32, ..Paper::default() }).collect();
        let (threshold, rule) = ([0, 500, 1000, 1500][rng.below(4)], ["mean3", "closest-pair", "third-final"][rng.below(3)]);
        Round { n, readers: 1 + rng.below(3), threshold, rule, levels, papers }
    }

    pub fn mark_of(&self, p: &Paper) -> Option<i32> {
        if p.firsts.is_empty() {
            return None;
        }
        agree(&p.firsts, p.third, self.threshold, self.rule).or(p.chair)
    }

    /// Group, code, mark, rank, place: a rank is one more than the papers with a higher mark.
    pub fn standings(&self) -> Vec<(u32, String, i32, usize, usize)> {
        let mut out = vec![];
        for group in 0..2 {
            let mut marks: Vec<(i32, &str)> = self.papers.iter().filter(|p| p.group == group).filter_map(|p| Some((self.mark_of(p)?, p.code.as_str()))).collect();
            marks.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
            for (i, (mark, code)) in marks.iter().enumerate() {
                let rank = 1 + marks.iter().filter(|(m, _)| m > mark).count();
                out.push((group, (*code).to_owned(), *mark, rank, i + 1));
            }
        }
        out
    }

    /// For each block of equal marks: Ok(level reached, none: below the cut) or Err(the level it asks about).
    pub fn levels_of(&self, answers: &BTreeMap<(u32, i32), bool>) -> BTreeMap<(u32, i32), Result<Option<i32>, i32>> {
        let mut blocks: BTreeMap<(u32, i32), (usize, usize)> = BTreeMap::new();
        for (group, _, mark, _, place) in self.standings() {
            let b = blocks.entry((group, mark)).or_insert((place, place));
            b.1 = b.1.max(place);
        }
        let settle = |group: u32, (first, last): (usize, usize)| {
            let mut upto = 0;
            for (i, places) in self.levels[group as usize].iter().enumerate() {
                upto += *places as usize;
                let level = i as i32 + 1;
                if last <= upto {
                    return Ok(Some(level));
                }
                match answers.get(&(group, level)) {
                    _ if first > upto => {}
                    Some(true) => return Ok(Some(level)),
                    Some(false) => {}
                    None => return Err(level),
                }
            }
            Ok(None)
        };
        blocks.into_iter().map(|((group, mark), range)| ((group, mark), settle(group, range))).collect()
    }
}
