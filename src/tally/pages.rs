//! Standings, ready to print.
use serde::Serialize;

use super::charts::{Distribution, Spread};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct GroupTab {
    pub href: String,
    pub name: String,
    pub papers: String,
    pub here: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct StandingRow {
    /// A line stands below this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub line: String,
    /// The line is the cut line.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_cut: bool,
    pub rank: String,
    pub code: String,
    pub category: String,
    pub mark: String,
    pub readings: String,
    /// mean | third | chair | extra
    #[serde(skip_serializing_if = "String::is_empty")]
    pub how: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prize: String,
    /// In a tie that waits for an answer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tied: bool,
    /// Its ranking group, where codes of all groups are looked for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
}
#[derive(Serialize, Default, Clone)]
pub struct TieCard {
    /// Of this card's fields: `tie-<group key>-<level>`.
    pub id: String,
    pub group: String,
    pub group_id: String,
    pub level: i32,
    pub mark_n: i32,
    pub mark: String,
    /// How many papers are equal, and how many of the level's places they stand on.
    pub papers: i64,
    pub places: i64,
    pub prize: String,
    /// What "all out" leads to: the next level's prize; empty: no prize.
    pub below: String,
    pub answer: String,
    pub reason: String,
    pub answer_error: String,
    pub reason_error: String,
}
#[derive(Serialize, Default, Clone)]
pub struct AnswerLine {
    pub group: String,
    pub prize: String,
    pub mark: String,
    /// all_in | all_out | another
    pub answer: String,
    pub reason: String,
}
#[derive(Serialize, Default)]
pub struct StandingsPage {
    /// The chair's page: ties are answered, papers and the board linked. Else an organizer's, which has none of these addresses.
    pub for_chair: bool,
    pub closed: bool,
    pub closed_at: String,
    pub sealed: bool,
    pub board_href: String,
    /// Papers are opened behind it, by code.
    pub papers_href: String,
    pub action: String,
    pub groups: Vec<GroupTab>,
    pub group: String,
    pub group_key: String,
    pub papers: String,
    pub unread_n: i64,
    pub search_action: String,
    pub export_action: String,
    /// The beginning of a code that is looked for.
    pub wanted: String,
    /// The first page: charts stand above it.
    pub first: bool,
    /// `Charts`, drawn: HTML.
    pub charts: String,
    /// All on one page; of a search, back to all.
    pub whole: String,
    pub rows: Vec<StandingRow>,
    pub earlier: String,
    pub later: String,
    /// Papers read once more because of a tie; while there are any, no tie is answered.
    pub extra_n: i64,
    pub deal_href: String,
    pub ties: Vec<TieCard>,
    pub answers: Vec<AnswerLine>,
    pub errors: Errors,
}
/// The charts above the first page: a part of it that is drawn by itself, since it is the same for everybody who may see it.
#[derive(Serialize, Default)]
pub struct Charts {
    pub distribution: Distribution,
    pub spread: Spread,
    /// Further apart than this, a third mark was given.
    pub threshold: String,
}
impl Charts {
    pub const TEMPLATE: &'static str = "parts/standings-charts.html";
}
impl Page for StandingsPage {
    const TEMPLATE: &'static str = "tally/standings.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let row = StandingRow { rank: "1".into(), code: "ABCDEFGHJK".into(), mark: "80,00".into(), prize: "Giải A".into(), how: "third".into(), ..StandingRow::default() };
        let cut = StandingRow { line: "Giải B".into(), is_cut: true, tied: true, how: "chair".into(), ..row.clone() };
        let line = StandingRow { line: "Giải A".into(), ..row.clone() };
        let tie =
            TieCard { id: "tie-chung-1".into(), prize: "Giải A".into(), below: "Giải B".into(), answer_error: "x".into(), reason_error: "y".into(), ..TieCard::default() };
        let answers = ["all_in", "all_out", "another"].map(|a| AnswerLine { answer: a.into(), ..AnswerLine::default() }).to_vec();
        let groups = vec![GroupTab { name: "Bảng chung".into(), here: true, ..GroupTab::default() }, GroupTab::default()];
        let ties = vec![tie.clone(), TieCard { below: String::new(), ..TieCard::default() }];
        let organizers = StandingsPage { closed: true, extra_n: 1, rows: vec![row.clone(), cut.clone()], ties: ties.clone(), ..StandingsPage::default() };
        let full = StandingsPage {
            closed: true,
            for_chair: true,
            papers_href: "/c/nho/chair/papers".into(),
            groups,
            rows: vec![row.clone(), line, cut],
            ties,
            answers,
            earlier: "?from=0".into(),
            later: "?from=9".into(),
            unread_n: 1,
            first: true,
            charts: "<section></section>".into(),
            whole: "?all=1".into(),
            ..StandingsPage::default()
        };
        let found = StandingsPage {
            closed: true,
            wanted: "AB".into(),
            rows: vec![StandingRow { group: "Bảng chung".into(), ..row.clone() }],
            whole: "?group=chung".into(),
            ..StandingsPage::default()
        };
        let lost = StandingsPage { closed: true, wanted: "ZZ".into(), whole: "?group=chung".into(), ..StandingsPage::default() };
        let waiting = StandingsPage { closed: true, for_chair: true, extra_n: 2, rows: vec![StandingRow { how: "extra".into(), ..row.clone() }], ..StandingsPage::default() };
        vec![
            StandingsPage::default(),
            StandingsPage { for_chair: true, ..StandingsPage::default() },
            organizers,
            full,
            waiting,
            found,
            lost,
            StandingsPage { closed: true, sealed: true, rows: vec![StandingRow { rank: String::new(), ..row }], ..StandingsPage::default() },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::charts::{self, Pair, Part};
    use super::Charts;
    use crate::platform::i18n::Lang;
    use crate::platform::page::Pages;

    #[test]
    fn the_charts_are_drawn_in_both_languages_with_their_tables() {
        let pages = Pages::load().unwrap();
        for lang in Lang::ALL {
            let drawn = Charts {
                distribution: charts::distribution(&[Part { part: 12, papers: 3 }, Part { part: 16, papers: 9 }], 10_000, Some(6_500), lang),
                spread: charts::spread(&[Pair { low: 30, high: 33, papers: 4 }, Pair { low: 10, high: 35, papers: 1 }], 10_000, 1_500, lang),
                threshold: "15".into(),
            };
            let html = pages.part(Charts::TEMPLATE, lang, &drawn).unwrap();
            assert!(!html.contains('⟦') && html.matches("<svg").count() == 2 && html.matches("<table").count() == 2, "{html}");
            // nothing marked: no chart
            assert!(!pages.part(Charts::TEMPLATE, lang, &Charts::default()).unwrap().contains("<svg"));
        }
    }
}
