//! One entry with its slip, ready to print.
use serde::Serialize;

use super::contact::{ReaderCard, sample_readers};
use super::list::{FilterChoice, Queue, sample_queue};
use crate::entries::desk::checklist::TICKS;
use crate::entries::desk::filter::{FLAGS, by_answer};
use crate::entries::pages::{AnswerLine, sample_answers};
use crate::entries::post::pages::PostCard;
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct AuthorCard {
    pub name: String,
    pub pen: String,
    pub year: String,
    pub email: String,
    pub phone: String,
    pub guardian: String,
    /// Ticked in the guardian's name.
    pub guardian_agrees: bool,
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
    /// Of another clerk.
    pub name: String,
    /// Of a query: until when.
    pub due: String,
    /// Conditions that were ticked or held.
    pub held: Vec<String>,
    /// Conditions that did not hold.
    pub failed: Vec<String>,
    pub at: String,
}
/// A doubt about the entry.
#[derive(Serialize, Default, Clone)]
pub struct FlagCard {
    pub kind: String,
    pub at: String,
    pub open: bool,
    /// Why a clerk settled it; while open: as typed.
    pub note: String,
    pub error: String,
    /// It is settled by what it asks for alone, not by a note.
    pub by_answer: bool,
    /// The entries that it means.
    pub others: Vec<OtherEntry>,
}
/// Another entry of the contest.
#[derive(Serialize, Default, Clone)]
pub struct OtherEntry {
    pub number: String,
    pub href: String,
}
/// Another clerk who has it open.
#[derive(Serialize, Default, Clone)]
pub struct Claim {
    pub name: String,
    pub since: String,
}
/// A condition that the clerk ticks.
#[derive(Serialize, Default, Clone)]
pub struct Tick {
    /// category | theme | anonymous
    pub key: String,
    pub ticked: bool,
}

/// Conditions that a decision keeps.
const KEPT: [&str; 9] = ["readable", "length", "authors", "years", "flags", "together", "category", "theme", "anonymous"];

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
    /// The version that counts was written down by the desk, from paper.
    pub by_desk: bool,
    pub version: i32,
    pub receipt: String,
    pub sha256: String,
    pub unit: String,
    pub authors: Vec<AuthorCard>,
    pub answers: Vec<AnswerLine>,
    /// Whom letters reach, and what co-authors answered.
    pub readers: Vec<ReaderCard>,
    pub contact_href: String,
    /// Where authors and unit are corrected.
    pub authors_href: String,
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
    /// ok | no; empty where nobody can tell.
    pub authors_fit: String,
    /// How many there may be.
    pub authors_limits: String,
    /// ok | no | open
    pub ages_fit: String,
    /// Years; 0: the rules set none.
    pub min_age: i32,
    /// Authors who need a guardian.
    pub minors: usize,
    /// As the rules count them; empty where no year of birth is given.
    pub ages: String,
    /// Authors without a year of birth.
    pub ageless: usize,
    pub flags: Vec<FlagCard>,
    pub flag_action: String,
    /// Where it gets more time; empty once it has ended or is cut.
    pub extension_href: String,
    pub holders: Vec<Claim>,
    pub ticks: Vec<Tick>,
    /// Texts for a message: an id and a name each.
    pub texts: Vec<FilterChoice>,
    pub templates_href: String,
    /// Days for an answer.
    pub days: Vec<FilterChoice>,
    /// What changed since the version before; empty where there is none.
    pub changes_href: String,
    pub file: String,
    /// read | pending | unreadable | untyped; empty: typed.
    pub reading: String,
    /// Why unreadable: a code of room `documents`.
    pub unreadable: String,
    pub warnings: Vec<String>,
    pub versions: Vec<PastVersion>,
    pub decisions: Vec<PastDecision>,
    /// The slip is off.
    pub cut: bool,
    /// How far the readings of its category are: marking | read; empty where it is not in the marking.
    pub readings: String,
    /// Independent readings that the rules ask for.
    pub judges: i32,
    /// The page of a new clean text; empty as the next one.
    pub text_href: String,
    /// Striking out; empty where the entry is not cut or has ended.
    pub after_cut_href: String,
    /// "" | withdrawn | struck-out | cut | sealed
    pub locked: String,
    /// Why it cannot be valid: "" | pending | unreadable | untyped | sealed
    pub not_valid: String,
    pub may_query: bool,
    pub queries_close: String,
    /// The choice made so far: valid | query | refused, or empty.
    pub verdict: String,
    pub reason: String,
    /// Conditions, texts and days are unfolded: something of them was used.
    pub more: bool,
    /// The envelope, where it came by post.
    pub post: Option<PostCard>,
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
            answers: sample_answers(),
            readers: sample_readers(),
            limits: "100–200".into(),
            authors: vec![AuthorCard { name: "Hoàng Bảo Ngân".into(), guardian: "Hoàng Văn Hải".into(), guardian_agrees: length == "fits", ..AuthorCard::default() }],
            paragraphs: vec![vec![piece("Tôi là ", ""), piece("Bảo Ngân", "guess"), piece("0900 000 246", "sure")]],
            hits: ["name", "pen", "email", "phone", "unit"].into_iter().map(|kind| HitLink { n: 1, kind: kind.into() }).collect(),
            versions: vec![PastVersion { n: 2, current: true, ..PastVersion::default() }, PastVersion { n: 1, file: "bai.docx".into(), ..PastVersion::default() }],
            decisions: [("valid", "me"), ("query", "other"), ("refused", "me"), ("query", "program")]
                .into_iter()
                .map(|(verdict, by)| PastDecision {
                    verdict: verdict.into(),
                    by: by.into(),
                    name: "Thư Ký Hai".into(),
                    due: "17:00".into(),
                    held: KEPT.map(str::to_owned).to_vec(),
                    failed: KEPT.map(str::to_owned).to_vec(),
                    ..PastDecision::default()
                })
                .collect(),
            authors_fit: if length == "short" { "no" } else { "ok" }.into(),
            authors_limits: "1–2".into(),
            ages_fit: match length {
                "short" => "no",
                "long" => "open",
                _ => "ok",
            }
            .into(),
            min_age: i32::from(length == "short") * 16,
            minors: usize::from(length == "long"),
            ages: "33".into(),
            ageless: usize::from(length == "long"),
            flags: FLAGS
                .map(|kind| FlagCard {
                    kind: kind.into(),
                    open: reading != "read",
                    by_answer: by_answer(kind, false),
                    note: "Đã gọi điện".into(),
                    others: vec![OtherEntry { number: "7".into(), href: "/c/x/desk/7".into() }],
                    ..FlagCard::default()
                })
                .to_vec(),
            ticks: TICKS.map(|key| Tick { key: key.into(), ticked: key == "theme" }).to_vec(),
            texts: vec![FilterChoice { id: "1".into(), name: "Lộ tên".into(), ..FilterChoice::default() }],
            days: ["3", ""].map(|d| FilterChoice { id: d.into(), ..FilterChoice::default() }).to_vec(),
            holders: if reading.is_empty() { vec![Claim { name: "Thư Ký Hai".into(), since: "14:02".into() }] } else { vec![] },
            changes_href: "/c/x/desk/1/changes".into(),
            may_query: true,
            ..DeskEntryPage::default()
        };
        let card = |late| PostCard { condition: if late { "damaged" } else { "whole" }.into(), late, asks_postmark: late, reachable: !late, ..PostCard::default() };
        let unreadable = |code: &str| DeskEntryPage { unreadable: code.into(), not_valid: "unreadable".into(), ..page("unreadable", "") };
        let warned = ["hidden-text", "pictures", "tracked-changes", "old-font"].map(str::to_owned).to_vec();
        let mut out: Vec<Self> = crate::documents::Unreadable::ALL.into_iter().map(|u| unreadable(u.code())).collect();
        out.extend([
            DeskEntryPage { note: "Tôi đã sửa.".into(), verdict: "query".into(), ..page("", "fits") },
            DeskEntryPage { warnings: warned, may_query: false, ..page("read", "short") },
            DeskEntryPage { not_valid: "pending".into(), ..page("pending", "") },
            DeskEntryPage {
                not_valid: "untyped".into(),
                post: Some(PostCard { write_href: "/c/x/desk/1/post".into(), code_action: "/c/x/desk/1/code".into(), ..card(true) }),
                ..page("untyped", "")
            },
            DeskEntryPage { post: Some(PostCard { claimed: true, ..card(false) }), ..page("", "fits") },
            DeskEntryPage { locked: "cut".into(), state: "valid".into(), cut: true, readings: "read".into(), judges: 2, text_href: "/c/x/desk/1/text".into(), ..page("", "long") },
            DeskEntryPage { locked: "cut".into(), state: "valid".into(), cut: true, readings: "marking".into(), judges: 2, ..page("", "long") },
            DeskEntryPage { locked: "sealed".into(), state: "valid".into(), cut: true, text_href: "/c/x/desk/1/text".into(), ..page("read", "long") },
            DeskEntryPage { not_valid: "sealed".into(), may_query: false, state: "refused".into(), ..page("", "fits") },
            DeskEntryPage { locked: "withdrawn".into(), state: "withdrawn".into(), ..page("", "unlimited") },
            DeskEntryPage { locked: "struck-out".into(), state: "struck_out".into(), cut: true, ..page("", "unlimited") },
            DeskEntryPage { hits: vec![], sought: vec!["name".into(), "unit".into()], state: "refused".into(), ..page("", "fits") },
            DeskEntryPage { state: "queried".into(), by_desk: true, ..page("", "fits") },
        ]);
        out
    }
}
