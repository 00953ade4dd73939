//! The published instances of the assignment's reference set (seed 7), made by their generator (SplitMix64); for the tests, and
//! for `benches/deal.rs`.
use uuid::Uuid;

use super::{Input, Judge, Lack};

struct SplitMix(u64);
impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// The instance as an input, with each judge's own cap. Barred: same unit, a language not read, a declared conflict.
pub fn instance(papers: usize, judges: usize, need: usize, short: bool) -> (Input, Vec<u32>) {
    let mut r = SplitMix(7);
    let (units, categories) = (judges.clamp(6, 63), if judges >= 12 { 6 } else { 3 });
    let entry = |r: &mut SplitMix| {
        let unit = r.below(units).min(r.below(units));
        (unit, r.below(categories), usize::from(r.below(10) == 0))
    };
    let mut kinds: Vec<(usize, usize, usize)> = (0..papers).map(|_| entry(&mut r)).collect();
    let most = (papers * need).div_ceil(judges) * 3 / 2 + 2;
    let judge = |r: &mut SplitMix, j: usize| {
        let unit = r.below(units);
        let _ = (r.below(categories), r.below(categories - 1));
        let languages = if j.is_multiple_of(2) || r.below(5) == 0 { 3 } else { 1 };
        (unit, languages, (most - r.below(most / 4 + 1)) as u32)
    };
    let people: Vec<(usize, usize, u32)> = (0..judges).map(|j| judge(&mut r, j)).collect();
    let mut conflicts: Vec<(usize, usize)> = (0..papers * 2 / 5).map(|_| (r.below(papers), r.below(judges))).collect();
    if short {
        conflicts.extend((1..judges).map(|j| (0, j)));
        conflicts.retain(|c| *c != (0, 0));
        kinds[0] = ((people[0].0 + 1) % units, kinds[0].1, 0);
    }
    let mut barred: Vec<(Uuid, String)> = conflicts.iter().map(|(e, j)| (Uuid::from_u128(*j as u128), format!("{e:06}"))).collect();
    for (e, (unit, _, language)) in kinds.iter().enumerate() {
        let closed = people.iter().enumerate().filter(|(_, p)| p.0 == *unit || p.1 >> language & 1 == 0);
        barred.extend(closed.map(|(j, _)| (Uuid::from_u128(j as u128), format!("{e:06}"))));
    }
    let lack = |e: usize| Lack { code: format!("{e:06}"), group: Uuid::from_u128(kinds[e].1 as u128), need: need as u32, third: false, barred: vec![] };
    let seats = (0..judges).map(|j| Judge { id: Uuid::from_u128(j as u128), load: 0 }).collect();
    (Input::new((0..papers).map(lack).collect(), seats, &barred, None), people.iter().map(|p| p.2).collect())
}
