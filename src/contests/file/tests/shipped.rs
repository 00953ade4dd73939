//! The contests that come with the program.

use chrono::{TimeZone, Utc};

use super::super::super::model::{Dates, Entrants, Hundredths, Key, Limits, Locale, Recipient, Ruleset, Separation, ThirdMark};
use super::super::super::phase::is_open;
use super::super::{parse, render};
use super::{changed, sound};

const NATIONAL: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/contests/national.toml"));
const PROVINCE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/contests/province.toml"));
const JFK: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/contests/jfk.toml"));

fn shipped(text: &str) -> Ruleset {
    parse(text).unwrap()
}

/// Prize counts of a group, highest level first.
fn counts(rules: &Ruleset, group: &str) -> Vec<u32> {
    let ranking_group = Key::parse(group).unwrap();
    let recipient = Recipient::Individual { ranking_group: Some(ranking_group) };
    let mut prizes: Vec<_> = rules.prizes.iter().filter(|p| p.recipient == recipient).collect();
    prizes.sort_by_key(|prize| prize.level);
    prizes.iter().map(|prize| prize.count).collect()
}

#[test]
fn every_shipped_contest_reads_back_as_it_is_written() {
    for text in [NATIONAL, PROVINCE, JFK] {
        let rules = shipped(text);
        assert_eq!(parse(&render(&rules)), Ok(rules));
    }
}

#[test]
fn a_file_that_uses_every_section_reads_back_as_it_is_written() {
    assert_eq!(parse(&render(&sound())), Ok(sound()));
}

#[test]
fn a_file_that_leaves_out_what_it_can_reads_back_as_it_is_written() {
    let rules = Ruleset {
        units: Vec::new(),
        prizes: Vec::new(),
        by_hand: Vec::new(),
        declarations: Vec::new(),
        questions: Vec::new(),
        limits: Limits::default(),
        entrants: Entrants::default(),
        dates: Dates { postmark_by: None, ..sound().dates },
        ..sound()
    };
    assert_eq!(parse(&render(&rules)), Ok(rules));
}

#[test]
fn every_shipped_contest_marks_out_of_a_hundred_by_halves() {
    for text in [NATIONAL, PROVINCE, JFK] {
        let rules = shipped(text);
        for rubric in &rules.rubrics {
            assert_eq!(rubric.total(), Hundredths::new(10_000));
            assert_eq!(rubric.step, Hundredths::new(50));
        }
        assert_eq!(rules.round.threshold, Hundredths::new(1_500));
        assert_eq!(rules.round.readers, 2);
        assert_eq!(rules.round.third, ThirdMark::Mean3);
    }
}

#[test]
fn the_national_contest_gives_the_prizes_of_its_plan() {
    let rules = shipped(NATIONAL);
    assert_eq!(counts(&rules, "tapchi"), [3, 6, 10, 20]);
    assert_eq!(counts(&rules, "bao"), [3, 6, 10, 20]);
    assert_eq!(counts(&rules, "phatthanh"), [2, 4, 6, 10]);
    assert_eq!(counts(&rules, "truyenhinh"), [2, 4, 6, 10]);
    assert_eq!(counts(&rules, "clip"), [1, 2, 3, 6]);
}

#[test]
fn the_national_contest_knows_the_34_provinces_and_the_central_bodies() {
    let rules = shipped(NATIONAL);
    let top = rules.units.iter().filter(|unit| unit.parent.is_none());
    let (provinces, central): (Vec<_>, Vec<_>) = top.partition(|unit| unit.name.vi.starts_with("Tỉnh ủy") || unit.name.vi.starts_with("Thành ủy"));
    assert_eq!((provinces.len(), central.len()), (34, 6));
}

#[test]
fn the_national_contest_takes_entries_until_the_end_of_15_july_in_viet_nam() {
    let dates = shipped(NATIONAL).dates;
    assert!(is_open(&dates, Utc.with_ymd_and_hms(2027, 7, 15, 16, 59, 59).unwrap()));
    assert!(!is_open(&dates, Utc.with_ymd_and_hms(2027, 7, 15, 17, 0, 0).unwrap()));
}

#[test]
fn the_province_ranks_its_five_categories_in_one_list() {
    let rules = shipped(PROVINCE);
    assert_eq!((rules.categories.len(), rules.rubrics.len()), (5, 5));
    assert_eq!(rules.ranking_groups.len(), 1);
    assert_eq!(counts(&rules, "chung"), [5, 10, 15, 25]);
}

#[test]
fn the_courage_contest_opens_in_winter_time_and_closes_in_summer_time() {
    let rules = shipped(JFK);
    assert_eq!(rules.contest.locale, Locale::En);
    assert_eq!(rules.dates.opens, Utc.with_ymd_and_hms(2027, 1, 11, 14, 0, 0).unwrap());
    assert_eq!(rules.dates.closes, Utc.with_ymd_and_hms(2027, 3, 16, 4, 0, 0).unwrap());
    assert_eq!(counts(&rules, "essay"), [1, 1, 5, 10]);
}

#[test]
fn a_contest_keeps_people_apart_and_opens_in_vietnamese_unless_it_says_otherwise() {
    let text = changed("separation = \"strict\"\nlocale = \"vi\"\n", "");
    let contest = parse(&text).unwrap().contest;
    assert_eq!(contest.separation, Separation::Strict);
    assert_eq!(contest.locale, Locale::Vi);
}

#[test]
fn every_unit_and_rule_of_a_shipped_contest_has_a_name_in_each_language() {
    for text in [NATIONAL, PROVINCE, JFK] {
        let rules = shipped(text);
        for name in rules.units.iter().map(|unit| &unit.name).chain(&rules.by_hand) {
            assert_ne!(name.vi, name.en);
        }
    }
}
