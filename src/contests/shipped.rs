//! The contests that ship with the program, whole, to be copied: files of `contests/`, compiled in.
use chrono::DateTime;
use chrono_tz::Tz;

use super::file;
use super::model::{Bilingual, Contest, Dates, Entrants, Hundredths, Limits, Locale, OwnResult, Round, Ruleset, Separation, Slug, ThirdMark};

/// A shipped contest: its word in addresses and its file.
pub struct Shipped {
    pub word: &'static str,
    pub text: &'static str,
}

pub const ALL: [Shipped; 3] = [
    Shipped { word: "national", text: include_str!("../../contests/national.toml") },
    Shipped { word: "province", text: include_str!("../../contests/province.toml") },
    Shipped { word: "jfk", text: include_str!("../../contests/jfk.toml") },
];

/// The word of rules that begin with nothing.
pub const BLANK: &str = "blank";

/// Rules with nothing in them yet but what a form cannot do without.
pub fn blank() -> Ruleset {
    let nothing = || Bilingual::same(String::new());
    let at = DateTime::UNIX_EPOCH;
    Ruleset {
        contest: Contest {
            slug: Slug::stand_in(),
            title: nothing(),
            host: nothing(),
            summary: nothing(),
            timezone: Tz::Asia__Ho_Chi_Minh,
            separation: Separation::Strict,
            locale: Locale::Vi,
            remind_drafts: true,
            organizer: None,
        },
        dates: Dates { opens: at, closes: at, intake_closes: at, queries_close: at, postmark_by: None },
        limits: Limits::default(),
        entrants: Entrants { bar_officials: true, ..Entrants::default() },
        declarations: vec![],
        questions: vec![],
        units: vec![],
        rubrics: vec![],
        ranking_groups: vec![],
        categories: vec![],
        round: Round { readers: 2, threshold: Hundredths::new(1_500), third: ThirdMark::Mean3, own_result: OwnResult::None },
        prizes: vec![],
        key_holders: vec![],
        by_hand: vec![],
    }
}

/// The rules of a shipped contest, or blank ones; None for another word.
pub fn ruleset(word: &str) -> Option<Ruleset> {
    if word == BLANK {
        return Some(blank());
    }
    let shipped = ALL.iter().find(|s| s.word == word)?;
    file::parse(shipped.text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_contest_can_be_copied() {
        for shipped in ALL {
            assert!(ruleset(shipped.word).is_some(), "{}", shipped.word);
        }
        assert!(ruleset("khac").is_none());
    }
}
