//! The chair's pages, ready to print.
use serde::Serialize;

use super::board_acts_pages::{GroupRow, ReopeningCard};
use crate::contests::turns::TurnRow;
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct JudgeRow {
    pub name: String,
    pub href: String,
    pub declared: bool,
    pub withdrawn: bool,
    pub load: String,
    pub open: String,
    pub marked: String,
    pub recused: String,
    /// For the ruler.
    pub marked_n: i64,
    pub load_n: i64,
}
#[derive(Serialize, Default, Clone)]
pub struct GapRow {
    pub code: String,
    pub href: String,
    pub category: String,
    pub marks: String,
    pub gap: String,
    /// wanted | dealt | short | in | chair
    pub state: String,
    /// Empty until agreed.
    pub agreed: String,
}
#[derive(Serialize, Default, Clone)]
pub struct ShortRow {
    pub code: String,
    pub href: String,
    pub category: String,
    pub missing: i64,
    pub third: bool,
    /// Nobody was found: it may be excused.
    pub excusable: bool,
    pub chosen: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct Step {
    pub done: bool,
    pub words: String,
    /// Where to mend it; empty: nowhere yet.
    pub href: String,
}
#[derive(Serialize, Default, Clone)]
pub struct Pager {
    pub earlier: String,
    pub later: String,
}
#[derive(Serialize, Default, Clone)]
pub struct NewText {
    pub code: String,
    pub href: String,
    /// What was typed for it, where it was refused.
    pub reason: String,
    pub error: String,
}
/// Moves that wait, and the last that passed.
#[derive(Serialize, Default, Clone)]
pub struct BatchCard {
    pub action: String,
    /// Empty below five.
    pub waiting: String,
    /// Something may be moved now.
    pub callable: bool,
    /// Empty: none has passed.
    pub last_day: String,
    /// Empty below five.
    pub last_moves: String,
}
#[derive(Serialize, Default)]
pub struct BoardPage {
    pub turns: Vec<TurnRow>,
    pub papers: String,
    pub papers_n: i64,
    pub readings_done: String,
    pub readings_wanted: String,
    pub done_n: i64,
    pub wanted_n: i64,
    pub thirds_waiting: String,
    pub thirds_waiting_n: i64,
    pub unassigned_n: i64,
    pub judge_count: String,
    pub groups: Vec<GroupRow>,
    /// One reading a paper: nobody checks it.
    pub one_reader: bool,
    pub judges: Vec<JudgeRow>,
    pub pager: Pager,
    pub gaps: Vec<GapRow>,
    /// Discrepancies beyond those listed.
    pub gaps_more: i64,
    /// All of them, settled ones too.
    pub gaps_href: String,
    pub requests_href: String,
    /// What judges ask and nobody has answered.
    pub requests_n: i64,
    /// The threshold in marks.
    pub threshold: String,
    pub short: Vec<ShortRow>,
    /// There are more than those listed.
    pub short_more: bool,
    /// One of those listed may be excused.
    pub may_excuse: bool,
    pub excuse_action: String,
    pub reason: String,
    pub steps: Vec<Step>,
    pub may_close: bool,
    pub close_action: String,
    /// Empty while the round is open.
    pub closed_at: String,
    pub sealed: bool,
    /// Papers read once more because of a tie, in a closed round.
    pub extra_n: i64,
    pub reopening: ReopeningCard,
    pub deal_href: String,
    pub standings_href: String,
    pub batch: BatchCard,
    /// Read before their text was amended.
    pub new_texts: Vec<NewText>,
    pub reading_action: String,
    pub errors: Errors,
}
impl Page for BoardPage {
    const TEMPLATE: &'static str = "board/board.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let judges = vec![
            JudgeRow { name: "Giám Khảo".into(), declared: true, load: "45".into(), marked: "12".into(), load_n: 45, marked_n: 12, ..JudgeRow::default() },
            JudgeRow { name: "Chưa Khai".into(), ..JudgeRow::default() },
            JudgeRow { name: "Thôi Chấm".into(), declared: true, withdrawn: true, ..JudgeRow::default() },
        ];
        let gaps = vec![
            GapRow { code: "ABCDEFGHJK".into(), marks: "60,00 · 80,00".into(), state: "dealt".into(), ..GapRow::default() },
            GapRow { code: "ABCDEFGHJL".into(), state: "short".into(), ..GapRow::default() },
        ];
        let short = vec![
            ShortRow { code: "ABCDEFGHJK".into(), missing: 2, chosen: true, excusable: true, ..ShortRow::default() },
            ShortRow { code: "ABCDEFGHJL".into(), missing: 1, third: true, ..ShortRow::default() },
        ];
        let steps = vec![Step { done: true, words: "x".into(), href: String::new() }, Step { done: false, words: "y".into(), href: "#short".into() }];
        let pager = Pager { earlier: "?from=0".into(), later: "?from=400".into() };
        let new_texts = ["", "Ghi lý do."].map(|error| NewText { code: "ABCDEFGHJK".into(), error: error.into(), ..NewText::default() }).to_vec();
        let batch = BatchCard { waiting: "5".into(), last_day: "01/05/2027".into(), last_moves: "6".into(), ..BatchCard::default() };
        vec![
            BoardPage::default(),
            BoardPage { papers_n: 3, short: short.iter().filter(|s| !s.excusable).cloned().collect(), ..BoardPage::default() },
            BoardPage {
                papers_n: 3,
                may_excuse: true,
                wanted_n: 6,
                unassigned_n: 2,
                judges,
                gaps,
                short,
                steps,
                pager,
                thirds_waiting_n: 3,
                gaps_more: 1,
                short_more: true,
                ..BoardPage::default()
            },
            BoardPage {
                papers_n: 3,
                wanted_n: 6,
                done_n: 6,
                may_close: true,
                one_reader: true,
                groups: vec![GroupRow { few: true, wanted_n: 6, ..GroupRow::default() }, GroupRow::default()],
                batch: BatchCard { callable: true, ..batch.clone() },
                ..BoardPage::default()
            },
            BoardPage { papers_n: 3, turns: TurnRow::samples(), batch, new_texts, ..BoardPage::default() },
            BoardPage { papers_n: 3, closed_at: "12:00:00".into(), reopening: ReopeningCard::sample("", false), ..BoardPage::default() },
            BoardPage { papers_n: 3, closed_at: "12:00:00".into(), reopening: ReopeningCard::sample("x", true), ..BoardPage::default() },
            BoardPage { papers_n: 3, closed_at: "12:00:00".into(), extra_n: 2, unassigned_n: 2, sealed: true, ..BoardPage::default() },
        ]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct LoadRow {
    pub name: String,
    pub now: String,
    pub after: String,
    pub more: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct CountRow {
    pub name: String,
    /// Empty: fewer than five.
    pub pairs: String,
}
#[derive(Serialize, Default)]
pub struct DealPage {
    pub action: String,
    pub closed: bool,
    pub papers_n: i64,
    /// Readings lacking, of which thirds; that can be dealt; that nobody can read.
    pub wanted_n: i64,
    pub wanted: String,
    pub thirds_n: i64,
    pub dealt_n: i64,
    pub dealt: String,
    pub short_count: String,
    pub cap: String,
    pub least: String,
    pub most: String,
    pub loads: Vec<LoadRow>,
    pub pager: Pager,
    pub undeclared: Vec<String>,
    pub undeclared_n: i64,
    pub undeclared_more: i64,
    pub short: Vec<ShortRow>,
    pub short_more: i64,
    pub exclusions: Vec<CountRow>,
    /// Of the preview: a changed one is shown anew instead of dealt.
    pub token: String,
    /// SHA-256 of the seed that the next assignment draws by; empty before the first papers.
    pub seed: String,
    pub replay_href: String,
    pub share_href: String,
    pub board_href: String,
    /// Nothing can be dealt now, and readings wait for the batch.
    pub waits: bool,
    pub errors: Errors,
}
impl Page for DealPage {
    const TEMPLATE: &'static str = "board/deal.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let loads = vec![LoadRow { name: "Giám Khảo".into(), now: "0".into(), after: "45".into(), more: true }];
        let short = vec![ShortRow { code: "ABCDEFGHJK".into(), missing: 1, ..ShortRow::default() }, ShortRow { third: true, ..ShortRow::default() }];
        let exclusions = vec![CountRow { name: "Báo".into(), pairs: "12".into() }, CountRow { name: "Tạp chí".into(), pairs: String::new() }];
        let full = DealPage {
            papers_n: 3,
            wanted_n: 6,
            dealt_n: 5,
            undeclared_n: 2,
            loads,
            short,
            exclusions,
            undeclared: vec!["Chưa Khai".into()],
            undeclared_more: 1,
            short_more: 2,
            thirds_n: 1,
            seed: "ab".repeat(32),
            ..DealPage::default()
        };
        let tail = DealPage { papers_n: 3, wanted_n: 2, ..DealPage::default() };
        vec![
            DealPage::default(),
            full,
            tail,
            DealPage { papers_n: 3, ..DealPage::default() },
            DealPage { papers_n: 3, waits: true, ..DealPage::default() },
            DealPage { closed: true, ..DealPage::default() },
        ]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct MarkCell {
    pub name: String,
    pub mark: String,
    pub max: String,
}
#[derive(Serialize, Default, Clone)]
pub struct SheetCard {
    pub judge: String,
    pub judge_id: String,
    pub third: bool,
    /// open | marked | recused
    pub state: String,
    pub cells: Vec<MarkCell>,
    pub total: String,
    /// By paragraph.
    pub comment: Vec<String>,
    /// What was typed for setting it aside, where that was refused.
    pub reason: String,
    pub reason_error: String,
}
/// A mark that the chair decided; `stands` no more where a sheet was set aside since.
#[derive(Serialize, Default, Clone)]
pub struct DecidedRow {
    pub mark: String,
    pub marks: String,
    pub reason: String,
    pub stands: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct ExcusedRow {
    pub readings: i64,
    pub reason: String,
}
/// A sheet that stands no more.
#[derive(Serialize, Default, Clone)]
pub struct AsideRow {
    pub judge: String,
    pub third: bool,
    pub total: String,
    pub reason: String,
}
#[derive(Serialize, Default)]
pub struct ChairsPaperPage {
    pub code: String,
    pub category: String,
    /// Of the text.
    pub lang: String,
    pub title: String,
    pub paragraphs: Vec<String>,
    pub sheets: Vec<SheetCard>,
    pub excused: Vec<ExcusedRow>,
    pub marks: String,
    pub gap: String,
    pub third: String,
    pub third_wanted: bool,
    /// Empty until agreed.
    pub agreed: String,
    /// mean | third | chair
    pub agreed_how: String,
    pub decided: Vec<DecidedRow>,
    /// The round is open: a sheet may be set aside.
    pub open: bool,
    pub aside_action: String,
    /// Nobody is left for the third mark.
    pub may_decide: bool,
    pub mark_action: String,
    pub mark: String,
    pub mark_max: String,
    pub mark_step: String,
    pub reason: String,
    pub errors: Errors,
    /// Sheets of a reading that was done again.
    pub aside: Vec<AsideRow>,
    pub back_href: String,
}
impl Page for ChairsPaperPage {
    const TEMPLATE: &'static str = "board/paper.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let cells = vec![MarkCell { name: "Nội dung".into(), mark: "40,00".into(), max: "60,00".into() }];
        let sheet = |state: &str, third: bool| SheetCard {
            judge: "Giám Khảo".into(),
            state: state.into(),
            third,
            cells: cells.clone(),
            total: "70,00".into(),
            comment: vec!["Nhận xét.".into()],
            reason_error: if third { "x".into() } else { String::new() },
            ..SheetCard::default()
        };
        let sheets = vec![sheet("marked", false), sheet("open", false), sheet("recused", false), sheet("marked", true)];
        let excused = vec![ExcusedRow { readings: 1, reason: "…".into() }];
        let page = ChairsPaperPage {
            code: "ABCDEFGHJK".into(),
            title: "Tên bài".into(),
            paragraphs: vec!["Đoạn.".into()],
            sheets,
            excused,
            third_wanted: true,
            open: true,
            may_decide: true,
            aside: [false, true].map(|third| AsideRow { third, judge: "Giám Khảo".into(), total: "60,00".into(), reason: "…".into() }).to_vec(),
            ..ChairsPaperPage::default()
        };
        let decided = [true, false].map(|stands| DecidedRow { stands, mark: "70,00".into(), marks: "60,00 · 80,00".into(), reason: "…".into() }).to_vec();
        let agreed = |how: &str| ChairsPaperPage { agreed: "70,00".into(), third: "70,00".into(), agreed_how: how.into(), ..ChairsPaperPage::default() };
        vec![page, agreed("third"), ChairsPaperPage { decided, ..agreed("chair") }]
    }
}
