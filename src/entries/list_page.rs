//! The contestant's own list, ready to print.
use serde::Serialize;

use super::listing::STATES;
use super::pages::UnitPick;
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// An entry of the list.
#[derive(Serialize, Default, Clone)]
pub struct EntryRow {
    pub id: String,
    pub href: String,
    pub number: String,
    pub title: String,
    pub authors: String,
    pub category: String,
    /// draft | waiting | queried | valid | refused | withdrawn | struck_out
    pub state: String,
    pub at: String,
    /// Its own deadline, while it runs: an answer to a query, a repaired text, or more time.
    pub until: String,
    /// The results are out, and it was in the marking.
    pub out: bool,
    /// The prize that it has; empty: none.
    pub prize: String,
    /// The own mark, where the rules show it, and of how many.
    pub mark: String,
    pub total: String,
    /// The deadline is that of a repaired text.
    pub repair: bool,
    /// While queried: until when the desk hopes for an answer, where that is earlier.
    pub wished: String,
    /// Where a draft never sent is deleted; empty for the others.
    pub delete_action: String,
    /// What was changed since the last submission still waits to be submitted.
    pub unsent: bool,
    /// A draft that can be sent no more.
    pub late: bool,
}
/// How many are in a state, and where they are listed.
#[derive(Serialize, Default, Clone)]
pub struct StateLink {
    /// One of `listing::STATES`; empty: all.
    pub state: String,
    pub n: String,
    pub href: String,
    pub here: bool,
}
#[derive(Serialize, Default)]
pub struct EntriesPage {
    pub contest: String,
    pub action: String,
    /// announced | open | intake | queries | closed
    pub phase: String,
    pub opens: String,
    pub closes: String,
    /// As many entries count for the visitor as the rules allow one person; others' may still be sent.
    pub full: bool,
    /// Nothing is begun yet.
    pub none: bool,
    /// The entry that the next one may begin with; empty where there is none.
    pub last: String,
    pub states: Vec<StateLink>,
    /// Above a list that is not seen at a glance.
    pub search: bool,
    pub state: String,
    pub wanted: String,
    pub categories: Vec<UnitPick>,
    /// More than everything is asked for.
    pub narrowed: bool,
    /// How many were found, and how many there are.
    pub found: String,
    pub all: String,
    pub rows: Vec<EntryRow>,
    pub prev_href: String,
    pub next_href: String,
    /// Where the code on a receipt of posted paper is redeemed, and what was typed.
    pub claim_action: String,
    pub claim_word: String,
    pub errors: Errors,
}
impl Page for EntriesPage {
    const TEMPLATE: &'static str = "entries/list.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let row = |state: &str| EntryRow {
            id: "1".into(),
            href: "/c/x/entries/1".into(),
            number: if state == "draft" { String::new() } else { "12".into() },
            title: if state == "draft" { String::new() } else { "Tên bài".into() },
            authors: "Đặng Thị Hòa".into(),
            category: "Báo".into(),
            state: state.into(),
            at: "14:11".into(),
            unsent: state == "waiting",
            late: state == "draft",
            until: if matches!(state, "queried" | "valid") { "17:00".into() } else { String::new() },
            repair: state == "valid",
            wished: if state == "queried" { "16:00".into() } else { String::new() },
            delete_action: if state == "draft" { "/c/x/entries/1/deletion".into() } else { String::new() },
            ..EntryRow::default()
        };
        let out =
            |prize: &str, mark: &str| EntryRow { out: true, prize: prize.into(), mark: mark.into(), total: "100".into(), repair: false, until: String::new(), ..row("valid") };
        let mut rows: Vec<EntryRow> = ["draft", "waiting", "queried", "valid", "refused", "withdrawn", "struck_out"].into_iter().map(row).collect();
        rows.extend([out("Giải Nhất", "80,00"), out("", "70,00"), out("", "")]);
        let states = [""].into_iter().chain(STATES).map(|s| StateLink { state: s.into(), n: "3".into(), here: s == "draft", ..StateLink::default() }).collect();
        let page = |phase: &str| EntriesPage { phase: phase.into(), none: true, ..EntriesPage::default() };
        let many = EntriesPage {
            none: false,
            search: true,
            states,
            last: "1".into(),
            narrowed: true,
            wanted: "hòa".into(),
            categories: vec![UnitPick { id: "1".into(), name: "Báo".into(), chosen: true }],
            prev_href: "/c/x/entries".into(),
            next_href: "/c/x/entries?page=3".into(),
            rows,
            ..page("open")
        };
        let nothing = EntriesPage { none: false, narrowed: true, search: true, last: "1".into(), ..page("open") };
        let mut errors = Errors::default();
        errors.add("word", "Mã này không dùng được.".into());
        vec![
            many,
            EntriesPage { claim_word: "AAAA-BBBB-CCCC".into(), errors, ..page("open") },
            nothing,
            EntriesPage { full: true, none: false, last: "1".into(), ..page("open") },
            page("open"),
            page("announced"),
            page("intake"),
            page("queries"),
            page("closed"),
        ]
    }
}
