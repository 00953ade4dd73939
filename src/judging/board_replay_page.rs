//! The page of the replay, ready to print.
use serde::Serialize;

use crate::platform::page::{Page, Side};

/// An assignment, and whether it could be made again.
#[derive(Serialize, Default, Clone)]
pub struct ReplayRow {
    pub number: String,
    pub at: String,
    /// Both hashes as hex, whole.
    pub seed: String,
    pub input: String,
    pub pairs: String,
    pub same: bool,
}
#[derive(Serialize, Default)]
pub struct ReplayPage {
    /// SHA-256 of the seed that the next assignment draws by; empty before the first papers.
    pub next_seed: String,
    pub rows: Vec<ReplayRow>,
    pub holds: bool,
    /// Readings that no assignment gave.
    pub beside: i64,
    pub for_chair: bool,
    pub back_href: String,
}
impl Page for ReplayPage {
    const TEMPLATE: &'static str = "board/replay.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let row = |same: bool| ReplayRow { number: "1".into(), seed: "ab".repeat(32), input: "cd".repeat(32), pairs: "30".into(), same, ..ReplayRow::default() };
        vec![
            ReplayPage::default(),
            ReplayPage { next_seed: "ab".repeat(32), rows: vec![row(true)], holds: true, for_chair: true, ..ReplayPage::default() },
            ReplayPage { rows: vec![row(true), row(false)], beside: 1, ..ReplayPage::default() },
        ]
    }
}
