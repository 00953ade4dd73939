//! Pages of the room, ready to print.
use serde::Serialize;

use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct PastCut {
    pub entries: String,
    pub at: String,
}
#[derive(Serialize, Default, Clone)]
pub struct CutCard {
    pub id: String,
    pub name: String,
    pub received: String,
    pub waiting: String,
    pub queried: String,
    pub valid: String,
    pub refused: String,
    pub withdrawn: String,
    pub struck_out: String,
    pub cut: String,
    /// too-early | undecided | nothing | small-batch | ready
    pub readiness: String,
    /// Valid entries, for the form.
    pub entries: i64,
    /// They come after a cut.
    pub late: bool,
    pub waiting_href: String,
    pub queried_href: String,
    /// 0 where none.
    pub waiting_n: i64,
    pub queried_n: i64,
    pub cuts: Vec<PastCut>,
    /// Why the cut was not made.
    pub error: String,
}
/// Every category before the knife.
#[derive(Serialize, Default)]
pub struct CutPage {
    pub action: String,
    pub rules_href: String,
    /// When the knife is free.
    pub from: String,
    pub too_early: bool,
    pub cards: Vec<CutCard>,
    /// Categories that have received nothing.
    pub empty: Vec<String>,
    /// Of no category of this contest.
    pub error: String,
}
impl Page for CutPage {
    const TEMPLATE: &'static str = "slips/cut.html";
    // neither a name nor a code stands here: it is the desk's page
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let card = |readiness: &str, late: bool| CutCard {
            id: readiness.into(),
            name: "Báo".into(),
            readiness: readiness.into(),
            late,
            entries: 4,
            waiting_n: 1,
            queried_n: 1,
            cuts: vec![PastCut { entries: "9".into(), at: "17:00".into() }],
            ..CutCard::default()
        };
        let mut cards = vec![card("undecided", false), card("nothing", false), card("small-batch", true), card("ready", false), card("ready", true)];
        cards.push(CutCard { error: "Đánh dấu ô xác nhận.".into(), ..card("ready", false) });
        let early = vec![card("too-early", false)];
        vec![
            CutPage { cards, empty: vec!["Tạp chí".into(), "Phát thanh".into()], ..CutPage::default() },
            CutPage { cards: early, too_early: true, error: "…".into(), ..CutPage::default() },
        ]
    }
}
