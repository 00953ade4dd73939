//! Where a contest stands, computed from its dates whenever someone asks: a stored flag would need a job
//! that moves it, and could be late.

use chrono::{DateTime, Utc};

use super::model::Dates;

/// Where a contest stands. Every phase takes its first instant and not its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Before it opens: the call can be read.
    Announced,
    /// Entries can be submitted.
    Open,
    /// Nothing new is submitted; the desk still records what was posted in time.
    Intake,
    /// Post is recorded no more; contestants may still answer what the desk asks.
    Queries,
    /// The named side rests: entries can be cut into papers.
    Closed,
}

impl Phase {
    /// The word for it on pages, in keys of translation.
    pub fn word(self) -> &'static str {
        match self {
            Phase::Announced => "announced",
            Phase::Open => "open",
            Phase::Intake => "intake",
            Phase::Queries => "queries",
            Phase::Closed => "closed",
        }
    }
}

/// The phase at an instant.
pub fn phase(dates: &Dates, now: DateTime<Utc>) -> Phase {
    if now < dates.opens {
        Phase::Announced
    } else if now < dates.closes {
        Phase::Open
    } else if now < dates.intake_closes {
        Phase::Intake
    } else if now < dates.queries_close {
        Phase::Queries
    } else {
        Phase::Closed
    }
}

/// Whether an entry submitted at this instant is in time: `opens <= now < closes`.
pub fn is_open(dates: &Dates, now: DateTime<Utc>) -> bool {
    phase(dates, now) == Phase::Open
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone};

    use super::*;

    fn day(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2027, 7, day, 0, 0, 0).unwrap()
    }

    fn dates() -> Dates {
        Dates { opens: day(1), closes: day(5), intake_closes: day(10), queries_close: day(15), postmark_by: None }
    }

    #[test]
    fn every_phase_takes_its_first_instant_and_not_its_last() {
        let turns =
            [(day(1), Phase::Announced, Phase::Open), (day(5), Phase::Open, Phase::Intake), (day(10), Phase::Intake, Phase::Queries), (day(15), Phase::Queries, Phase::Closed)];
        for (turn, before, after) in turns {
            assert_eq!(phase(&dates(), turn - TimeDelta::nanoseconds(1)), before);
            assert_eq!(phase(&dates(), turn), after);
        }
    }

    #[test]
    fn an_entry_at_the_closing_instant_is_late() {
        assert!(is_open(&dates(), day(1)));
        assert!(is_open(&dates(), day(5) - TimeDelta::nanoseconds(1)));
        assert!(!is_open(&dates(), day(5)));
        assert!(!is_open(&dates(), day(1) - TimeDelta::nanoseconds(1)));
    }

    #[test]
    fn a_contest_that_takes_no_late_post_has_no_intake_phase() {
        let dates = Dates { intake_closes: day(5), queries_close: day(5), ..dates() };
        assert_eq!(phase(&dates, day(5)), Phase::Closed);
    }
}
