//! A request for a repaired text as its author and the desk see it, ready to print: part of the page of an entry, and of the desk's page of
//! its text.
use serde::Serialize;

use crate::entries::desk::pages::{PairView, RunView};

/// What came, or what its author is about to send.
#[derive(Serialize, Default, Clone)]
pub struct CameCard {
    pub id: String,
    /// Empty: it was typed.
    pub file: String,
    pub sha256: String,
    pub words: String,
    /// unlimited | fits | short | long; empty where nobody can tell.
    pub length: String,
    /// Words missing or too many.
    pub by: String,
    pub limits: String,
    pub warnings: Vec<String>,
    /// Empty: not sent yet.
    pub sent_at: String,
    pub file_href: String,
    pub paragraphs: Vec<String>,
}

/// To its author.
#[derive(Serialize, Default, Clone)]
pub struct OwnRepair {
    pub action: String,
    pub id: String,
    pub message: String,
    pub asked_at: String,
    pub until: String,
    /// asked | sent | late | sealed | taken | unusable | taken-back
    pub state: String,
    /// When it ended.
    pub ended_at: String,
    /// Why what was sent cannot be used.
    pub answer: String,
    pub came: Option<CameCard>,
    /// The contest's own: that of its papers.
    pub lang: String,
    pub by_file: bool,
    /// What stands in the form.
    pub typed: String,
    pub typed_error: String,
    pub file_error: String,
}

/// A request that has ended.
#[derive(Serialize, Default, Clone)]
pub struct PastRepair {
    pub message: String,
    pub asked_at: String,
    /// taken | unusable | taken-back | lapsed | entry-ended
    pub ended: String,
    pub ended_at: String,
    pub answer: String,
    /// What came; empty where nothing did.
    pub file_href: String,
}
/// A number of days, and where they end.
#[derive(Serialize, Default, Clone)]
pub struct DayChoice {
    pub days: i32,
    pub day: String,
    pub chosen: bool,
}
/// To the desk.
#[derive(Serialize, Default, Clone)]
pub struct DeskRepair {
    pub action: String,
    /// Where what is decided goes.
    pub choice_action: String,
    /// It came by post and nobody has claimed it: paper has to be sent.
    pub unclaimed: bool,
    /// None: the desk may ask.
    pub open: Option<OpenRepair>,
    pub message: String,
    pub days: Vec<DayChoice>,
    pub past: Vec<PastRepair>,
    pub message_error: String,
    pub days_error: String,
}
/// A request that its author has, or what came to be decided.
#[derive(Serialize, Default, Clone)]
pub struct OpenRepair {
    pub id: String,
    pub message: String,
    pub asked_at: String,
    pub until: String,
    /// The day is over, and nothing came.
    pub late: bool,
    pub came: Option<CameCard>,
    pub pairs: Vec<PairView>,
    /// Places that may tell who wrote it.
    pub hits: usize,
    pub taking: String,
    pub unusable: String,
    pub taking_error: String,
    pub unusable_error: String,
}

/// One for each state.
pub fn sample_own() -> Vec<OwnRepair> {
    let sent = CameCard { sent_at: "10:00".into(), file_href: "/c/x/entries/1/repair/original".into(), paragraphs: vec![], ..sample_came("fits") };
    let one = OwnRepair { message: "Trang hai bị mất.".into(), asked_at: "09:00".into(), until: "17:00".into(), lang: "vi".into(), ..OwnRepair::default() };
    let of = |state: &str, came: Option<CameCard>| OwnRepair { state: state.into(), came, answer: "Vẫn thiếu.".into(), ended_at: "11:00".into(), ..one.clone() };
    let wrong = OwnRepair { typed_error: "Ghi vào đây.".into(), file_error: "Đây là tệp PDF.".into(), by_file: true, ..of("asked", None) };
    let typed = CameCard { file: String::new(), ..sample_came("unlimited") };
    vec![
        wrong,
        of("asked", Some(sample_came("short"))),
        of("asked", Some(sample_came("long"))),
        of("asked", Some(typed)),
        of("sent", Some(sent.clone())),
        of("late", None),
        of("sealed", None),
        of("taken", Some(sent.clone())),
        of("unusable", Some(sent)),
        of("taken-back", None),
    ]
}
fn sample_came(length: &str) -> CameCard {
    CameCard {
        id: "1".into(),
        file: "bai.docx · 12 KB".into(),
        sha256: "ab".repeat(32),
        words: "150".into(),
        length: length.into(),
        by: "12".into(),
        limits: "100–200".into(),
        warnings: ["hidden-text", "pictures", "tracked-changes", "old-font"].map(str::to_owned).to_vec(),
        paragraphs: vec!["Đoạn một.".into()],
        ..CameCard::default()
    }
}
/// One for each state.
pub fn sample_desk() -> Vec<DeskRepair> {
    let run = |text: &str, changed| RunView { text: text.into(), changed };
    let pair = PairView { old: vec![run("Một ", false)], new: vec![run("Một ", false), run("hai", true)], same: false };
    let past = ["taken", "unusable", "taken-back", "lapsed", "entry-ended"].map(|ended| PastRepair {
        ended: ended.into(),
        message: "Trang hai bị mất.".into(),
        answer: "Vẫn thiếu.".into(),
        file_href: "/c/x".into(),
        ..PastRepair::default()
    });
    let days = vec![DayChoice { days: 7, day: "12/6/2027".into(), chosen: true }];
    let asks = DeskRepair { days, past: past.to_vec(), message_error: "Ghi vào đây.".into(), days_error: "Chọn số ngày.".into(), ..DeskRepair::default() };
    let open = |late, came: Option<CameCard>| {
        let error = "Ghi lý do.".to_owned();
        let open = OpenRepair {
            message: "Trang hai bị mất.".into(),
            late,
            hits: 2,
            pairs: vec![pair.clone()],
            came,
            taking_error: error.clone(),
            unusable_error: error,
            ..OpenRepair::default()
        };
        DeskRepair { open: Some(open), ..DeskRepair::default() }
    };
    let mut all = vec![asks.clone(), DeskRepair { unclaimed: true, ..asks }, open(false, None), open(true, None)];
    all.extend(["fits", "short", "long", "unlimited"].map(|l| open(false, Some(sample_came(l)))));
    all
}
