//! The key holders' page of papers struck out after the opening, ready to print.
use serde::Serialize;

use super::pages::{Choice, Overtaken, UnmetRow, WinnerRow};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct StrikeRow {
    pub id: String,
    pub code: String,
    pub number: String,
    pub title: String,
    pub authors: String,
    pub reason: String,
    pub by: String,
    pub at: String,
    pub withheld: bool,
    pub mine: bool,
}
#[derive(Serialize, Default)]
pub struct StrikesPage {
    pub action: String,
    pub confirm_action: String,
    pub drop_action: String,
    pub opening_href: String,
    pub opened: bool,
    pub published: bool,
    pub rests_until: String,
    pub winners: Vec<WinnerRow>,
    pub choices: Vec<Choice>,
    pub proposed: Vec<StrikeRow>,
    /// One of those proposed waits for this visitor.
    pub to_confirm: bool,
    pub done: Vec<StrikeRow>,
    /// Collectives that a strike has left without what their prize asks for.
    pub unmet: Vec<UnmetRow>,
    pub reason: String,
    /// What was typed for a form that stands here no more.
    pub overtaken: Vec<Overtaken>,
    pub errors: Errors,
}
impl Page for StrikesPage {
    const TEMPLATE: &'static str = "results/strikes.html";
    const SIDE: Side = Side::Slip;
    fn samples() -> Vec<Self> {
        let row =
            StrikeRow {
                code: "ABCDEFGHJK".into(), number: "12".into(), title: "Tên bài".into(), authors: "Tác Giả".into(), reason: "Đã đăng".into(), ..StrikeRow::default()
            };
        let winners = vec![WinnerRow { code: "ABCDEFGHJK".into(), unit: "Trường".into(), ..WinnerRow::default() }];
        let choices = vec![Choice { id: "ABCDEFGHJK".into(), name: "Giải A".into(), chosen: true }];
        let full = || StrikesPage { opened: true, winners: winners.clone(), choices: choices.clone(), ..StrikesPage::default() };
        vec![
            StrikesPage { overtaken: Overtaken::lines([("keys-reason", &"Đã đăng".to_owned())]), ..StrikesPage::default() },
            full(),
            StrikesPage { published: true, proposed: vec![row.clone(), StrikeRow { mine: true, ..row.clone() }], to_confirm: true, ..full() },
            StrikesPage { rests_until: "17:00".into(), unmet: vec![UnmetRow::sample()], done: vec![row.clone(), StrikeRow { withheld: true, ..row }], ..full() },
        ]
    }
}
