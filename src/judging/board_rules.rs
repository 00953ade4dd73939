//! What the chair may do next, and what is read of what the chair typed. Postgres decides the same again under its locks.
use super::rules::parse_mark;
use super::store_board::Progress;
use crate::platform::failure::Refusal;
use crate::platform::form::is_reason;
use crate::platform::http::query_value;

/// Rows of a long list on one page.
pub const PAGE: i64 = 200;
/// Codes shown where more than a page full wait.
pub const CODES: i64 = 100;

/// The most papers a judge may have in all, as typed; nothing typed: no limit.
pub fn parse_cap(typed: &str) -> Result<Option<u32>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    let digits = typed.bytes().all(|b| b.is_ascii_digit());
    let cap = typed.parse::<u32>().ok().filter(|n| digits && (1..=100_000).contains(n));
    cap.map(Some).ok_or_else(|| Refusal::of("cap_unusable"))
}

/// A reason of 5 to 500 characters.
pub fn check_reason(typed: &str) -> Result<(), Refusal> {
    if is_reason(typed) { Ok(()) } else { Err(Refusal::of("board_reason_needed")) }
}

/// A refusal as the chair reads it: of a closed round the database speaks to judges.
pub fn to_chair(refusal: Refusal) -> Refusal {
    if refusal.name == "round_closed" { Refusal::of("board_closed").status(refusal.status) } else { refusal }
}

/// The agreed mark that the chair decides, as typed: from nothing to the rubric's total, in its steps (hundredths).
pub fn parse_decided(typed: &str, total: i32, step: i32) -> Result<i32, Refusal> {
    parse_mark(typed, total, step).map_err(|_| Refusal::of("decided_mark_range"))
}

/// Whether the round can be closed: papers there (or none ever), none short, no third mark awaited, no new text undecided, not closed yet.
pub fn may_close(p: &Progress) -> bool {
    p.closed_at.is_none() && (p.papers > 0 || p.nothing_comes) && p.short == 0 && p.thirds_waiting == 0 && p.new_texts == 0
}

/// The number after `name=` in a query; 0 where it is none.
pub fn number_in(query: &str, name: &str) -> i64 {
    let found = query_value(query, name).and_then(|v| v.parse().ok());
    found.filter(|n| (0..1_000_000_000).contains(n)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cap_is_nothing_or_a_whole_number_of_papers() {
        assert_eq!((parse_cap(""), parse_cap("45")), (Ok(None), Ok(Some(45))));
        for typed in ["0", "-1", "+5", "4.5", "4,5", "nhiều", "999999999999"] {
            assert!(parse_cap(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_round_closes_when_every_paper_has_its_readings_and_nothing_is_awaited() {
        let ready = Progress { papers: 3, ..Progress::default() };
        assert!(may_close(&ready));
        assert!(!may_close(&Progress::default()), "no papers");
        assert!(!may_close(&Progress { short: 1, ..ready }));
        assert!(!may_close(&Progress { thirds_waiting: 1, ..ready }));
        assert!(!may_close(&Progress { new_texts: 1, ..ready }));
        assert!(!may_close(&Progress { closed_at: Some(chrono::DateTime::UNIX_EPOCH), ..ready }));
    }

    #[test]
    fn a_decided_mark_is_one_that_the_rubric_could_give() {
        assert_eq!((parse_decided("70,5", 10_000, 50), parse_decided("0", 10_000, 50), parse_decided("100", 10_000, 50)), (Ok(7050), Ok(0), Ok(10_000)));
        for typed in ["", "70,25", "100,5", "-1", "bảy mươi", "70.505"] {
            assert_eq!(parse_decided(typed, 10_000, 50), Err(Refusal::of("decided_mark_range")), "{typed}");
        }
    }

    #[test]
    fn a_query_that_is_no_number_is_the_beginning() {
        assert_eq!((number_in("from=200&x=1", "from"), number_in("from=-3", "from"), number_in("", "from")), (200, 0, 0));
    }
}
