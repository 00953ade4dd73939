//! Pages of the desk, ready to print.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// A choice of the filter.
#[derive(Serialize, Default, Clone)]
pub struct FilterChoice {
    pub id: String,
    pub name: String,
    pub n: String,
    pub chosen: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct QueueRow {
    pub href: String,
    pub number: String,
    pub title: String,
    pub at: String,
    pub category: String,
    pub words: String,
    /// waiting | queried | valid | refused | withdrawn
    pub state: String,
    /// pending | unreadable | short | long | warnings | clean
    pub sign: String,
    /// Syllables missing or too many.
    pub by: String,
    pub here: bool,
}
/// The list on the left, with its filter.
#[derive(Serialize, Default, Clone)]
pub struct Queue {
    pub action: String,
    pub states: Vec<FilterChoice>,
    pub categories: Vec<FilterChoice>,
    pub wanted: String,
    pub state: String,
    /// How many are in the state; empty where something is searched for.
    pub total: String,
    pub rows: Vec<QueueRow>,
    /// Stands beside an entry: without titles.
    pub beside: bool,
    pub first_href: String,
    pub next_href: String,
    /// For the progress: decided of all that are to be decided.
    pub decided: i64,
    pub all: i64,
    pub decided_words: String,
    pub all_words: String,
}

#[derive(Serialize, Default)]
pub struct DeskPage {
    pub queue: Queue,
}
impl Page for DeskPage {
    const TEMPLATE: &'static str = "desk/list.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let none = |state: &str, wanted: &str| DeskPage { queue: Queue { state: state.into(), wanted: wanted.into(), rows: vec![], ..sample_queue() } };
        vec![DeskPage { queue: sample_queue() }, none("waiting", ""), none("refused", ""), none("all", "đặng")]
    }
}

fn sample_queue() -> Queue {
    let row = |(state, sign): (&str, &str)| QueueRow {
        href: "/c/x/desk/1".into(),
        number: "1.186".into(),
        title: "Giữ lấy giờ mở cửa".into(),
        at: "09/05, 21:14".into(),
        category: "Báo".into(),
        words: "1.842".into(),
        state: state.into(),
        sign: sign.into(),
        by: "12".into(),
        here: sign == "clean",
    };
    let rows = [("waiting", "clean"), ("queried", "short"), ("valid", "long"), ("refused", "pending"), ("withdrawn", "unreadable"), ("waiting", "warnings")];
    let choice = |id: &str| FilterChoice { id: id.into(), name: "Báo".into(), n: "3".into(), chosen: id == "waiting" };
    Queue {
        action: "/c/x/desk".into(),
        states: super::filter::STATES.into_iter().map(choice).collect(),
        categories: vec![choice("1")],
        state: "waiting".into(),
        total: "126".into(),
        rows: rows.into_iter().map(row).collect(),
        first_href: "/c/x/desk".into(),
        next_href: "/c/x/desk?from=60".into(),
        decided: 7,
        all: 9,
        decided_words: "7".into(),
        all_words: "9".into(),
        ..Queue::default()
    }
}

#[derive(Serialize, Default, Clone)]
pub struct AuthorCard {
    pub name: String,
    pub pen: String,
    pub year: String,
    pub email: String,
    pub phone: String,
}
/// A piece of a paragraph; `hit` is empty for plain text.
#[derive(Serialize, Default, Clone)]
pub struct Piece {
    pub text: String,
    /// "" | guess | sure
    pub hit: String,
    pub n: usize,
}
#[derive(Serialize, Default, Clone)]
pub struct HitLink {
    pub n: usize,
    /// name | pen | email | phone | unit
    pub kind: String,
}
#[derive(Serialize, Default, Clone)]
pub struct PastVersion {
    pub n: i32,
    pub title: String,
    pub at: String,
    pub words: String,
    pub file: String,
    pub original_href: String,
    pub note: String,
    pub current: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct PastDecision {
    pub version: i32,
    /// valid | query | refused
    pub verdict: String,
    pub reason: String,
    /// me | other | program
    pub by: String,
    pub at: String,
}

/// One entry, with its slip.
#[derive(Serialize, Default)]
pub struct DeskEntryPage {
    pub queue: Queue,
    pub action: String,
    pub prev_href: String,
    pub next_href: String,
    pub original_href: String,
    pub number: String,
    pub state: String,
    pub category: String,
    pub title: Vec<Piece>,
    pub received_at: String,
    pub version: i32,
    pub receipt: String,
    pub sha256: String,
    pub unit: String,
    pub authors: Vec<AuthorCard>,
    pub note: String,
    pub paragraphs: Vec<Vec<Piece>>,
    pub hits: Vec<HitLink>,
    /// Kinds that were looked for: name | pen | email | phone | unit
    pub sought: Vec<String>,
    pub words: String,
    /// unlimited | fits | short | long; empty where nothing could be counted.
    pub length: String,
    /// Syllables missing or too many.
    pub by: String,
    pub limits: String,
    pub file: String,
    /// read | pending | unreadable; empty: typed.
    pub reading: String,
    /// Why unreadable: a code of room `documents`.
    pub unreadable: String,
    pub warnings: Vec<String>,
    pub versions: Vec<PastVersion>,
    pub decisions: Vec<PastDecision>,
    /// "" | withdrawn | cut
    pub locked: String,
    /// Why it cannot be valid: "" | pending | unreadable
    pub not_valid: String,
    pub may_query: bool,
    pub queries_close: String,
    /// The choice made so far: valid | query | refused, or empty.
    pub verdict: String,
    pub reason: String,
    pub errors: Errors,
}
impl Page for DeskEntryPage {
    const TEMPLATE: &'static str = "desk/entry.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let piece = |text: &str, hit: &str| Piece { text: text.into(), hit: hit.into(), n: 1 };
        let page = |reading: &str, length: &str| DeskEntryPage {
            queue: sample_queue(),
            title: vec![piece("Giữ lấy giờ mở cửa", "")],
            state: "waiting".into(),
            number: "1.186".into(),
            reading: reading.into(),
            length: length.into(),
            by: "12".into(),
            limits: "100–200".into(),
            authors: vec![AuthorCard { name: "Hoàng Bảo Ngân".into(), ..AuthorCard::default() }],
            paragraphs: vec![vec![piece("Tôi là ", ""), piece("Bảo Ngân", "guess"), piece("0900 000 246", "sure")]],
            hits: ["name", "pen", "email", "phone", "unit"].into_iter().map(|kind| HitLink { n: 1, kind: kind.into() }).collect(),
            versions: vec![PastVersion { n: 2, current: true, ..PastVersion::default() }, PastVersion { n: 1, file: "bai.docx".into(), ..PastVersion::default() }],
            decisions: [("valid", "me"), ("query", "other"), ("refused", "me"), ("query", "program")]
                .into_iter()
                .map(|(verdict, by)| PastDecision { verdict: verdict.into(), by: by.into(), ..PastDecision::default() })
                .collect(),
            may_query: true,
            ..DeskEntryPage::default()
        };
        let unreadable = |code: &str| DeskEntryPage { unreadable: code.into(), not_valid: "unreadable".into(), ..page("unreadable", "") };
        let warned = ["hidden-text", "pictures", "tracked-changes", "old-font"].map(str::to_owned).to_vec();
        let mut out: Vec<Self> = crate::documents::Unreadable::ALL.into_iter().map(|u| unreadable(u.code())).collect();
        out.extend([
            DeskEntryPage { note: "Tôi đã sửa.".into(), verdict: "query".into(), ..page("", "fits") },
            DeskEntryPage { warnings: warned, may_query: false, ..page("read", "short") },
            DeskEntryPage { not_valid: "pending".into(), ..page("pending", "") },
            DeskEntryPage { locked: "cut".into(), state: "valid".into(), ..page("", "long") },
            DeskEntryPage { locked: "withdrawn".into(), state: "withdrawn".into(), ..page("", "unlimited") },
            DeskEntryPage { hits: vec![], sought: vec!["name".into(), "unit".into()], state: "refused".into(), ..page("", "fits") },
            DeskEntryPage { state: "queried".into(), ..page("", "fits") },
        ]);
        out
    }
}
