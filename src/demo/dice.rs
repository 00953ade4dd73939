//! Chance that falls the same way each time: SplitMix64 (Steele, Lea and Flood).

pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// The same for the same word (FNV-1a of it).
    pub fn of(word: &str) -> Dice {
        Dice(word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// In `0..n`; 0 for n = 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
    /// One of some words; nothing of none.
    pub fn word<'a>(&mut self, of: &'a [String]) -> &'a str {
        self.pick(of).map_or("", String::as_str)
    }
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
    /// All of a list, in an order by chance.
    pub fn shuffled<'a, T>(&mut self, of: &'a [T]) -> Vec<&'a T> {
        let mut all: Vec<&T> = of.iter().collect();
        self.shuffle(&mut all);
        all
    }
    /// About 0, with a deviation of 1: twelve equal chances less their mean.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.below(1_000_001) as f64 / 1_000_000.0).sum::<f64>() - 6.0
    }
}
