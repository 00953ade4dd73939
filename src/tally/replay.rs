//! The tally once more, from the sheets alone: what `phach verify` holds against the one that Postgres keeps. Pure, and written
//! without a look at the database's own functions.

/// What the rules say to two marks that lie too far apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThirdRule {
    MeanOfThree,
    ClosestPair,
    ThirdFinal,
}
impl ThirdRule {
    /// As the contest's rules have it; none of the words: None.
    pub fn parse(word: &str) -> Option<ThirdRule> {
        match word {
            "mean3" => Some(ThirdRule::MeanOfThree),
            "closest-pair" => Some(ThirdRule::ClosestPair),
            "third-final" => Some(ThirdRule::ThirdFinal),
            _ => None,
        }
    }
}

/// The mean in hundredths, half up: twice the sum, plus n, over 2n.
pub fn mean(marks: &[i32]) -> Option<i32> {
    let n = i64::try_from(marks.len()).ok().filter(|n| *n > 0)?;
    let sum: i64 = marks.iter().copied().map(i64::from).sum();
    i32::try_from((2 * sum + n).div_euclid(2 * n)).ok()
}

/// What the rules make of a paper's marks (hundredths). None: a third mark is owed, or there is nothing to agree on. "Above the
/// threshold" is strict.
pub fn agree(firsts: &[i32], third: Option<i32>, threshold: i32, rule: ThirdRule) -> Option<i32> {
    let (low, high) = (*firsts.iter().min()?, *firsts.iter().max()?);
    if high - low <= threshold {
        return mean(firsts);
    }
    let third = third?;
    let mut all: Vec<i32> = firsts.iter().copied().chain([third]).collect();
    match rule {
        ThirdRule::ThirdFinal => Some(third),
        ThirdRule::MeanOfThree => mean(&all),
        ThirdRule::ClosestPair => {
            all.sort_unstable();
            let pairs = || all.iter().zip(all.iter().skip(1));
            let closest = pairs().map(|(a, b)| b - a).min()?;
            let mut best: Vec<[i32; 2]> = pairs().filter(|(a, b)| *b - *a == closest).map(|(a, b)| [*a, *b]).collect();
            best.dedup();
            match best.as_slice() {
                [pair] => mean(pair),
                _ => mean(&all), // two different pairs equally close
            }
        }
    }
}

/// A paper as Postgres has tallied it, and the sheets it follows from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallied {
    /// Totals of the sheets, of first markings and of a third.
    pub firsts: Vec<i32>,
    pub third_sheet: Option<i32>,
    /// More than one sheet for a third mark, or a total that is not the sum of its criteria.
    pub odd_sheets: bool,
    /// What the chair decided last, where nobody was left for a third mark.
    pub chair: Option<i32>,
    /// Readings owed by the rules, less those excused; of them ordered because of a tie.
    pub wanted: i32,
    pub extra: i32,
    pub marks: Vec<i32>,
    pub third: Option<i32>,
    pub third_wanted: bool,
    pub agreed: Option<i32>,
    /// mean | third | chair | extra
    pub how: Option<String>,
}

impl Tallied {
    /// Whether the tally is what the sheets say.
    pub fn follows(&self, threshold: i32, rule: ThirdRule) -> bool {
        let mut firsts = self.firsts.clone();
        firsts.sort_unstable();
        if self.odd_sheets || self.marks != firsts || self.third != self.third_sheet {
            return false;
        }
        let complete = !firsts.is_empty() && i32::try_from(firsts.len()).is_ok_and(|n| n >= self.wanted);
        let far = firsts.last().zip(firsts.first()).is_some_and(|(high, low)| high - low > threshold);
        let all = || mean(&firsts.iter().copied().chain(self.third).collect::<Vec<_>>());
        let expected = match (complete, self.extra > 0) {
            (false, _) => (None, None),
            (true, true) => (all(), Some("extra")),
            (true, false) => match agree(&firsts, self.third, threshold, rule) {
                Some(mark) => (Some(mark), Some(if far { "third" } else { "mean" })),
                // the chair's word stands only where the rules leave the mark open
                None if self.how.as_deref() == Some("chair") => (self.chair, Some("chair")),
                None => (None, None),
            },
        };
        (self.agreed, self.how.as_deref()) == expected && (!complete || self.third_wanted == expected.0.is_none())
    }
}

/// A paper's standing: its code, agreed mark, rank and place in its ranking group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    pub code: String,
    pub mark: Option<i32>,
    pub rank: Option<i32>,
    pub place: Option<i32>,
}

/// The standings of one group once more: by mark, equal marks on one rank and the next rank after all of them (1, 2, 2, 4), places
/// among equals by code. In the order of codes.
pub fn stand(papers: &[(String, Option<i32>)]) -> Vec<Stood> {
    let mut ranked: Vec<(&String, i32)> = papers.iter().filter_map(|(code, mark)| Some((code, (*mark)?))).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut out: Vec<Stood> = papers.iter().filter(|(_, mark)| mark.is_none()).map(|(code, _)| Stood { code: code.clone(), mark: None, rank: None, place: None }).collect();
    let mut rank = 0;
    let mut last = None;
    for (place, (code, mark)) in (1..).zip(ranked) {
        if last != Some(mark) {
            rank = place;
        }
        last = Some(mark);
        out.push(Stood { code: code.clone(), mark: Some(mark), rank: Some(rank), place: Some(place) });
    }
    out.sort_by(|a, b| a.code.cmp(&b.code));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_rounded_half_up_and_above_the_threshold_is_strict() {
        assert_eq!((mean(&[8005, 6550]), mean(&[1, 2]), mean(&[0, 0, 1]), mean(&[])), (Some(7278), Some(2), Some(0), None));
        assert_eq!(agree(&[7000, 8500], None, 1500, ThirdRule::MeanOfThree), Some(7750));
        assert_eq!(agree(&[7000, 8501], None, 1500, ThirdRule::MeanOfThree), None);
        assert_eq!(agree(&[7000, 9000], Some(8900), 1500, ThirdRule::ClosestPair), Some(8950));
        assert_eq!(agree(&[7000, 9000], Some(8000), 1500, ThirdRule::ClosestPair), Some(8000), "two pairs equally close: all three");
        assert_eq!(agree(&[7000, 9000], Some(100), 1500, ThirdRule::ThirdFinal), Some(100));
    }
    #[test]
    fn a_tally_that_says_anything_else_than_its_sheets_is_seen() {
        let good = Tallied { firsts: vec![8000, 7000], wanted: 2, marks: vec![7000, 8000], agreed: Some(7500), how: Some("mean".into()), ..Tallied::default() };
        let holds = |t: &Tallied| t.follows(1500, ThirdRule::MeanOfThree);
        assert!(holds(&good));
        let odd = [
            Tallied { agreed: Some(7501), ..good.clone() },
            Tallied { marks: vec![7000, 8100], ..good.clone() },
            Tallied { how: Some("chair".into()), chair: Some(7500), ..good.clone() },
            Tallied { third: Some(7500), ..good.clone() },
            Tallied { third_wanted: true, ..good.clone() },
            Tallied { odd_sheets: true, ..good.clone() },
            Tallied { wanted: 3, ..good.clone() },
            Tallied { extra: 1, ..good.clone() },
        ];
        for t in odd {
            assert!(!holds(&t), "{t:?}");
        }
        let open = Tallied { firsts: vec![9000, 7000], marks: vec![7000, 9000], agreed: None, how: None, third_wanted: true, ..good.clone() };
        assert!(holds(&open));
        assert!(holds(&Tallied { chair: Some(8200), agreed: Some(8200), how: Some("chair".into()), third_wanted: false, ..open.clone() }));
        assert!(!holds(&Tallied { chair: Some(8300), agreed: Some(8200), how: Some("chair".into()), third_wanted: false, ..open }));
    }
    #[test]
    fn equal_marks_share_a_rank_and_the_next_one_skips() {
        let papers: Vec<(String, Option<i32>)> = [("D", Some(70)), ("B", Some(80)), ("A", Some(90)), ("C", Some(80)), ("E", None)].map(|(c, m)| (c.to_owned(), m)).into();
        let stood: Vec<_> = stand(&papers).into_iter().map(|s| (s.code, s.rank, s.place)).collect();
        let expected = [("A", Some(1), Some(1)), ("B", Some(2), Some(2)), ("C", Some(2), Some(3)), ("D", Some(4), Some(4)), ("E", None, None)];
        assert_eq!(stood, expected.map(|(c, r, p)| (c.to_owned(), r, p)));
    }
}
