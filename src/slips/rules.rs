//! When a category can be cut: one rule for the button and for the reason in its place. Postgres decides the same again
//! under its lock.
use uuid::Uuid;

use super::store::{Cut, Waiver};
use crate::contests::Contest;
use crate::contests::phase::Phase;
use crate::entries::desk::model::Count;

/// Entries of a category, by where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub received: i64,
    pub waiting: i64,
    pub queried: i64,
    /// Valid, the slip still on.
    pub valid: i64,
    pub refused: i64,
    pub withdrawn: i64,
    /// By the desk, after the cut.
    pub struck_out: i64,
    /// In the marking, as far as the desk knows.
    pub cut: i64,
}

impl Tally {
    pub fn of(category: Uuid, counts: &[Count]) -> Tally {
        let mut t = Tally::default();
        for c in counts.iter().filter(|c| c.category == category) {
            t.received += c.n;
            match (c.cut, c.state.as_str()) {
                (_, "withdrawn") => t.withdrawn += c.n,
                (_, "struck_out") => t.struck_out += c.n,
                (true, _) => t.cut += c.n,
                (_, "waiting") => t.waiting += c.n,
                (_, "queried") => t.queried += c.n,
                (_, "valid") => t.valid += c.n,
                (_, "refused") => t.refused += c.n,
                _ => {}
            }
        }
        t
    }
}

/// The smallest batch of late entries that needs no waiver.
pub const SMALLEST_BATCH: i64 = 5;

/// Where a category stands before the knife.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Intake or queries are not closed.
    TooEarly,
    /// Entries wait or are queried: nothing of the category passes before all are decided.
    Undecided,
    /// Nothing valid that has a slip.
    Nothing,
    /// Late ones, fewer than five, and no waiver since the last cut.
    SmallBatch,
    Ready,
}

impl Readiness {
    /// Key of its words: `cut-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Readiness::TooEarly => "too-early",
            Readiness::Undecided => "undecided",
            Readiness::Nothing => "nothing",
            Readiness::SmallBatch => "small-batch",
            Readiness::Ready => "ready",
        }
    }
}

/// For a category with these cuts behind it and these waivers given, of the contest.
pub fn readiness(contest: &Contest, tally: &Tally, category: Uuid, cuts: &[Cut], waivers: &[Waiver]) -> Readiness {
    let last = cuts.iter().filter(|c| c.category == category).map(|c| c.at).max();
    let waived = |last| waivers.iter().any(|w| w.category == category && w.at > last);
    if contest.phase() != Phase::Closed {
        return Readiness::TooEarly;
    }
    if tally.waiting + tally.queried > 0 {
        return Readiness::Undecided;
    }
    if tally.valid == 0 {
        return Readiness::Nothing;
    }
    match last {
        Some(last) if tally.valid < SMALLEST_BATCH && !waived(last) => Readiness::SmallBatch,
        _ => Readiness::Ready,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, TimeZone, Utc};

    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2027, 7, 20, 0, 0, 0).unwrap() + TimeDelta::hours(hours)
    }
    fn contest(now: i64) -> Contest {
        Contest {
            ready: true,
            published_at: None,
            id: Uuid::nil(),
            slug: "x".into(),
            title_vi: String::new(),
            title_en: String::new(),
            timezone: "UTC".into(),
            separation: "strict".into(),
            opens_at: at(-9),
            closes_at: at(-3),
            intake_closes_at: at(-2),
            queries_close_at: at(0),
            limit_per_category: None,
            limit_overall: None,
            readers: 2,
            threshold: 0,
            third: "mean3".into(),
            own_result: "none".into(),
            now: at(now),
        }
    }
    fn tally(valid: i64) -> Tally {
        Tally { valid, ..Tally::default() }
    }

    #[test]
    fn a_cut_waits_for_the_dates_then_for_every_decision() {
        let (k, late) = (Uuid::nil(), Tally { queried: 1, ..tally(3) });
        assert_eq!(readiness(&contest(-1), &tally(3), k, &[], &[]), Readiness::TooEarly);
        assert_eq!(readiness(&contest(0), &late, k, &[], &[]), Readiness::Undecided);
        assert_eq!(readiness(&contest(0), &tally(0), k, &[], &[]), Readiness::Nothing);
        assert_eq!(readiness(&contest(0), &tally(1), k, &[], &[]), Readiness::Ready);
    }
    #[test]
    fn late_ones_need_five_or_a_waiver_given_since() {
        let k = Uuid::nil();
        let (cuts, waiver) = ([Cut { category: k, entries: 9, at: at(1) }], |hour| [Waiver { category: k, at: at(hour) }]);
        assert_eq!(readiness(&contest(3), &tally(4), k, &cuts, &[]), Readiness::SmallBatch);
        assert_eq!(readiness(&contest(3), &tally(5), k, &cuts, &[]), Readiness::Ready);
        assert_eq!(readiness(&contest(3), &tally(4), k, &cuts, &waiver(0)), Readiness::SmallBatch);
        assert_eq!(readiness(&contest(3), &tally(4), k, &cuts, &waiver(2)), Readiness::Ready);
    }
}
