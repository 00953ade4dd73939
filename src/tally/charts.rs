//! The charts of the standings, as places on paper: how the agreed marks lie, and how far first markings lie apart. Pure.
use crate::platform::i18n::{self, Lang};

/// Parts of the rubric's total that the distribution counts in (`blind.distribution`).
pub const PARTS: i32 = 20;
/// Parts of the total that the lowest and the highest marking are counted in (`blind.spread`).
pub const CELLS: i32 = 50;

/// A chart's paper: 360 wide; the plot stands right of its scale.
const LEFT: f64 = 34.0;
const WIDTH: f64 = 318.0;

/// Papers with their agreed mark in a part of the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// 0 … 19.
    pub part: i32,
    pub papers: i32,
}
/// Papers with their lowest and highest marking in these cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub low: i32,
    pub high: i32,
    pub papers: i32,
}

/// A bar and what it says.
#[derive(serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Bar {
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
    /// From this mark, to this one.
    pub from: String,
    pub to: String,
    pub papers: i32,
    /// Wholly below the mark of the last prize.
    pub below: bool,
}
/// A line of a scale and the word beside it.
#[derive(serde::Serialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Tick {
    pub at: String,
    pub label: String,
}
#[derive(serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Distribution {
    pub bars: Vec<Bar>,
    pub rows: Vec<Tick>,
    pub columns: Vec<Tick>,
    /// Where the cut line stands; empty: no place has a prize.
    pub cut: String,
    pub cut_mark: String,
    /// What the chart says in a sentence: the fullest part.
    pub most: i32,
    pub most_from: String,
    pub most_to: String,
}

/// A dot and how many papers it is.
#[derive(serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Dot {
    pub x: String,
    pub y: String,
    pub radius: String,
    pub papers: i32,
    /// Further apart than the threshold allows, by its cells.
    pub far: bool,
}
/// How many papers' markings lie so far apart.
#[derive(serde::Serialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    pub from: String,
    pub to: String,
    pub papers: i32,
}
#[derive(serde::Serialize, Clone, Debug, Default, PartialEq)]
pub struct Spread {
    pub dots: Vec<Dot>,
    pub ticks: Vec<Tick>,
    pub rows: Vec<Tick>,
    /// The same in numbers: how far apart, in tenths of the total.
    pub apart: Vec<Apart>,
    pub papers: i32,
}

fn at(x: f64) -> String {
    format!("{x:.1}")
}
fn ratio(n: i32, of: i32) -> f64 {
    f64::from(n) / f64::from(of.max(1))
}
/// Of a total, so many parts of so many; hundredths.
fn share(total: i32, n: i32, of: i32) -> i32 {
    i32::try_from(i64::from(total) * i64::from(n) / i64::from(of.max(1))).unwrap_or(0)
}
/// A round number of papers at the top of the scale, and the steps up to it.
fn scale(most: i32) -> (i32, i32) {
    let steps = [1, 2, 5, 10, 20, 50].iter().flat_map(|s| [1, 100, 10_000].map(|k| s * k));
    let mut steps: Vec<i32> = steps.collect();
    steps.sort_unstable();
    let step = steps.into_iter().find(|s| most <= s * 5).unwrap_or(500_000);
    (step, (most + step - 1) / step * step)
}

/// Of a total (hundredths), with the mark below which nothing has a prize.
pub fn distribution(parts: &[Part], total: i32, cut: Option<i32>, lang: Lang) -> Distribution {
    const TOP: f64 = 14.0;
    const FLOOR: f64 = 176.0;
    let most = parts.iter().max_by_key(|p| (p.papers, p.part));
    let (step, top) = scale(most.map_or(1, |p| p.papers));
    let height = |n: i32| (FLOOR - TOP) * ratio(n, top);
    let x = |part: i32| LEFT + WIDTH * ratio(part, PARTS);
    let mark = |part: i32| i18n::points(lang, share(total, part, PARTS));
    let bar = |p: &Part| Bar {
        x: at(x(p.part) + 1.0),
        y: at(FLOOR - height(p.papers)),
        width: at(WIDTH / f64::from(PARTS) - 2.0),
        height: at(height(p.papers)),
        from: mark(p.part),
        to: mark(p.part + 1),
        papers: p.papers,
        below: cut.is_some_and(|c| share(total, p.part + 1, PARTS) <= c),
    };
    Distribution {
        bars: parts.iter().map(bar).collect(),
        rows: (0..=top / step).map(|i| Tick { at: at(FLOOR - height(i * step)), label: i18n::number(lang, i64::from(i * step)) }).collect(),
        columns: (0..=4).map(|i| Tick { at: at(x(i * PARTS / 4)), label: mark(i * PARTS / 4) }).collect(),
        cut: cut.map(|c| at(LEFT + WIDTH * ratio(c, total))).unwrap_or_default(),
        cut_mark: cut.map(|c| i18n::mark(lang, c)).unwrap_or_default(),
        most: most.map_or(0, |p| p.papers),
        most_from: most.map(|p| mark(p.part)).unwrap_or_default(),
        most_to: most.map(|p| mark(p.part + 1)).unwrap_or_default(),
    }
}

/// Lowest against highest first marking; `threshold` in hundredths.
pub fn spread(pairs: &[Pair], total: i32, threshold: i32, lang: Lang) -> Spread {
    const TOP: f64 = 14.0;
    const SIDE: f64 = 240.0;
    let x = |cell: f64| LEFT + WIDTH * cell / f64::from(CELLS);
    let y = |cell: f64| TOP + SIDE * (1.0 - cell / f64::from(CELLS));
    let most = pairs.iter().map(|p| p.papers).max().unwrap_or(1);
    let apart = |p: &Pair| share(total, p.high - p.low, CELLS);
    let dot = |p: &Pair| Dot {
        x: at(x(f64::from(p.low))),
        y: at(y(f64::from(p.high))),
        // the area says how many
        radius: at(1.6 + 4.4 * ratio(p.papers, most).sqrt()),
        papers: p.papers,
        far: apart(p) > threshold,
    };
    let tenth = |i: i32| i18n::points(lang, share(total, i, 10));
    let of_tenth = |i: i32| pairs.iter().filter(|p| ((p.high - p.low) * 10 / CELLS).min(9) == i).map(|p| p.papers).sum();
    let quarter = |i: i32| i18n::points(lang, share(total, i, 4));
    Spread {
        dots: pairs.iter().map(dot).collect(),
        ticks: (0..=4).map(|i| Tick { at: at(LEFT + WIDTH * ratio(i, 4)), label: quarter(i) }).collect(),
        rows: (0..=4).map(|i| Tick { at: at(TOP + SIDE * (1.0 - ratio(i, 4))), label: quarter(i) }).collect(),
        apart: (0..10).map(|i| Apart { from: tenth(i), to: tenth(i + 1), papers: of_tenth(i) }).filter(|a| a.papers > 0).collect(),
        papers: pairs.iter().map(|p| p.papers).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_floor_in_order_and_the_highest_reaches_no_further_than_the_scale() {
        let d = distribution(&[Part { part: 12, papers: 3 }, Part { part: 19, papers: 7 }], 10_000, Some(6_500), Lang::Vi);
        assert_eq!((d.bars[0].from.as_str(), d.bars[0].to.as_str(), d.bars[0].below), ("60", "65", true));
        assert_eq!((d.bars[1].from.as_str(), d.bars[1].to.as_str(), d.bars[1].below), ("95", "100", false));
        for b in &d.bars {
            let (y, height): (f64, f64) = (b.y.parse().unwrap(), b.height.parse().unwrap());
            assert!((y + height - 176.0).abs() < 0.15 && y >= 14.0, "{b:?}");
        }
        assert_eq!((d.most, d.most_from.as_str(), d.cut_mark.as_str()), (7, "95", "65,00"));
        assert_eq!(d.rows.iter().map(|r| r.label.as_str()).collect::<Vec<_>>(), ["0", "2", "4", "6", "8"]);
    }
    #[test]
    fn the_scale_ends_on_a_round_number_for_one_paper_and_for_half_a_million() {
        for most in [1, 5, 6, 99, 101, 12_345, 500_000, 2_000_000] {
            let (step, top) = scale(most);
            assert!(top >= most && top / step <= 5, "{most}: {step} {top}");
        }
        assert_eq!(distribution(&[], 10_000, None, Lang::En).most, 0);
    }
    #[test]
    fn every_paper_is_in_the_table_of_how_far_apart_its_markings_are() {
        let pairs = [Pair { low: 30, high: 30, papers: 4 }, Pair { low: 10, high: 35, papers: 1 }, Pair { low: 0, high: 50, papers: 2 }];
        let s = spread(&pairs, 10_000, 1_500, Lang::En);
        assert_eq!(s.apart.iter().map(|a| (a.from.as_str(), a.papers)).collect::<Vec<_>>(), [("0", 4), ("50", 1), ("90", 2)]);
        assert_eq!(s.papers, 7);
        assert_eq!(s.dots.iter().map(|d| d.far).collect::<Vec<_>>(), [false, true, true]);
    }
}
