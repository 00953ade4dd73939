//! Where a contest stands and whose turn it is: its steps from the rules to the publication, as far as they are done. Pure; the
//! organizer's and the chair's first pages print it.
use serde::Serialize;

use super::phase::Phase;

/// A step of every contest, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Rules,
    People,
    Receive,
    Screen,
    Cut,
    Deal,
    Mark,
    Ties,
    Seal,
    Open,
    Publish,
}

impl Step {
    /// Key of its name: `turn-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Step::Rules => "rules",
            Step::People => "people",
            Step::Receive => "receive",
            Step::Screen => "screen",
            Step::Cut => "cut",
            Step::Deal => "deal",
            Step::Mark => "mark",
            Step::Ties => "ties",
            Step::Seal => "seal",
            Step::Open => "open",
            Step::Publish => "publish",
        }
    }
    /// The hat whose step it is.
    pub fn who(self) -> &'static str {
        match self {
            Step::Rules | Step::People | Step::Seal | Step::Publish => "organizer",
            Step::Receive => "contestant",
            Step::Screen | Step::Cut => "clerk",
            Step::Deal | Step::Mark | Step::Ties => "chair",
            Step::Open => "key-holder",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Done,
    Now,
    Next,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            State::Done => "done",
            State::Now => "now",
            State::Next => "next",
        }
    }
}

/// What the steps follow from.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub phase: Phase,
    /// The rules lack nothing without which it could not work.
    pub ready: bool,
    /// Each hat that the contest needs is worn by enough people.
    pub staffed: bool,
    /// 0 not cut, 1 cut, 2 assigned, 3 closed, 4 sealed.
    pub stage: i32,
    /// Ties over a prize line that wait for an answer.
    pub ties: i64,
    pub opened: bool,
    pub published: bool,
}

/// Every step with its state; ties only where there are some.
pub fn steps(f: &Facts) -> Vec<(Step, State)> {
    let by_stage = |stage: i32| match f.stage {
        s if s >= stage => State::Done,
        s if s + 1 == stage => State::Now,
        _ => State::Next,
    };
    let owed = |done: bool| if done { State::Done } else { State::Now };
    let after = |begun: bool, done: bool| if begun { owed(done) } else { State::Next };
    let closed = f.phase == Phase::Closed;
    let mut steps = vec![
        (Step::Rules, owed(f.ready)),
        (Step::People, owed(f.staffed)),
        (Step::Receive, after(f.phase >= Phase::Open, f.phase > Phase::Open)),
        (Step::Screen, after(f.phase >= Phase::Open, closed)),
        (Step::Cut, after(closed || f.stage > 0, f.stage > 0)),
        (Step::Deal, by_stage(2)),
        (Step::Mark, by_stage(3)),
    ];
    if f.stage == 3 && f.ties > 0 {
        steps.push((Step::Ties, State::Now));
    }
    let seal = if f.stage == 3 && f.ties > 0 { State::Next } else { by_stage(4) };
    steps.extend([(Step::Seal, seal), (Step::Open, after(f.stage >= 4, f.opened)), (Step::Publish, after(f.opened, f.published))]);
    steps
}

/// A step, ready to print.
#[derive(Serialize, Default, Clone, Debug)]
pub struct TurnRow {
    pub word: String,
    /// done | now | next
    pub state: String,
    /// A hat's word, as the frame of the page has it.
    pub who: String,
    /// It is the reader's own.
    pub mine: bool,
    /// A date, a count, what is missing; may be empty.
    pub detail: String,
    /// Where it is done; empty where that is no page of the reader's.
    pub href: String,
}

impl TurnRow {
    pub fn of((step, state): (Step, State), hat: &str, detail: String, href: String) -> TurnRow {
        // what is done or to come is read, not gone to
        let href = if state == State::Now { href } else { String::new() };
        TurnRow { word: step.word().to_owned(), state: state.word().to_owned(), who: step.who().to_owned(), mine: step.who() == hat, detail, href }
    }
    /// One of each kind, for the test that renders every page.
    pub fn samples() -> Vec<TurnRow> {
        let facts = Facts { phase: Phase::Closed, ready: true, staffed: false, stage: 3, ties: 1, opened: false, published: false };
        steps(&facts).into_iter().map(|s| TurnRow::of(s, "organizer", "x".into(), "/c/x".into())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: Facts = Facts { phase: Phase::Announced, ready: true, staffed: true, stage: 0, ties: 0, opened: false, published: false };

    fn now(f: Facts) -> Vec<&'static str> {
        steps(&f).into_iter().filter(|(_, state)| *state == State::Now).map(|(step, _)| step.word()).collect()
    }

    #[test]
    fn a_contest_is_somebodys_turn_from_its_rules_to_its_results() {
        let closed = Facts { phase: Phase::Closed, ..FACTS };
        let expected: [(Facts, &[&str]); 12] = [
            (Facts { ready: false, staffed: false, ..FACTS }, &["rules", "people"]),
            (FACTS, &[]),
            (Facts { phase: Phase::Open, ..FACTS }, &["receive", "screen"]),
            (Facts { phase: Phase::Queries, ..FACTS }, &["screen"]),
            (closed, &["cut"]),
            (Facts { stage: 1, ..closed }, &["deal"]),
            (Facts { stage: 2, ..closed }, &["mark"]),
            (Facts { stage: 3, ties: 2, ..closed }, &["ties"]),
            (Facts { stage: 3, ..closed }, &["seal"]),
            (Facts { stage: 4, ..closed }, &["open"]),
            (Facts { stage: 4, opened: true, ..closed }, &["publish"]),
            (Facts { stage: 4, opened: true, published: true, ..closed }, &[]),
        ];
        for (facts, steps) in expected {
            assert_eq!(now(facts), steps, "{facts:?}");
        }
    }
    #[test]
    fn what_is_done_stays_done_and_only_what_waits_has_a_link() {
        let all = steps(&Facts { phase: Phase::Closed, stage: 2, ..FACTS });
        assert!(all.windows(2).all(|w| w[0].1 <= w[1].1), "{all:?}");
        let rows: Vec<TurnRow> = all.into_iter().map(|s| TurnRow::of(s, "chair", String::new(), "/c/x".into())).collect();
        let linked: Vec<&str> = rows.iter().filter(|r| !r.href.is_empty()).map(|r| r.word.as_str()).collect();
        assert_eq!(linked, ["mark"]);
        assert!(rows.iter().filter(|r| r.mine).all(|r| r.who == "chair"));
    }
}
