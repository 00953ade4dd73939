//! Pages that everybody may read: the front page, a contest, its call.
use serde::Serialize;

use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct ContestCard {
    pub href: String,
    /// Empty until the results are published.
    pub results_href: String,
    pub title: String,
    pub host: String,
    /// The word of the phase: announced | open | intake | queries | closed
    pub phase: String,
    /// When it opens or closes, whichever comes next.
    pub moment: String,
}
#[derive(Serialize, Default)]
pub struct FrontPage {
    /// Those whose results are not out.
    pub contests: Vec<ContestCard>,
    /// Those whose results are, the newest year first.
    pub years: Vec<YearOfContests>,
    /// The visitor may make one.
    pub may_create: bool,
}
/// The contests whose results came out in one year.
#[derive(Serialize, Default, Clone)]
pub struct YearOfContests {
    pub year: i32,
    pub contests: Vec<ContestCard>,
}
impl Page for FrontPage {
    const TEMPLATE: &'static str = "contests/front.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        let card = |phase: &str| ContestCard {
            href: "/c/x".into(),
            title: "Cuộc thi".into(),
            host: "Ban Tổ chức".into(),
            phase: phase.into(),
            moment: "17:00".into(),
            ..ContestCard::default()
        };
        let contests: Vec<_> = ["announced", "open", "intake", "queries", "closed"].into_iter().map(card).collect();
        let out = ContestCard { results_href: "/c/x/results".into(), ..card("closed") };
        let years = vec![YearOfContests { year: 2027, contests: vec![out.clone()] }, YearOfContests { year: 2026, contests: vec![out.clone(), out] }];
        vec![
            FrontPage::default(),
            FrontPage { may_create: true, ..FrontPage::default() },
            FrontPage { contests, ..FrontPage::default() },
            FrontPage { years, ..FrontPage::default() },
        ]
    }
}

#[derive(Serialize, Default)]
pub struct AboutPage {}
impl Page for AboutPage {
    const TEMPLATE: &'static str = "contests/about.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        vec![AboutPage {}]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct CategoryRow {
    pub name: String,
    pub length: String,
    pub authors: String,
    /// The words for a media category whose script is read; empty otherwise.
    pub script: bool,
    /// The ranking group, empty where there is one only.
    pub group: String,
}
#[derive(Serialize, Default, Clone)]
pub struct PrizeRow {
    pub name: String,
    pub group: String,
    pub places: String,
    pub money: String,
    pub collective: bool,
    /// The least mark; empty: none.
    pub minimum: String,
    /// What a unit must have for it; 0: nothing.
    pub needs_prizes: i32,
    /// The name of the lowest individual prize that counts; empty: any.
    pub needs_level: String,
    pub needs_received: i32,
    pub needs_valid: i32,
}
#[derive(Serialize, Default, Clone)]
pub struct CriterionRow {
    pub name: String,
    pub about: String,
    pub max: String,
}
#[derive(Serialize, Default, Clone)]
pub struct RubricPart {
    /// The categories marked by it.
    pub categories: String,
    pub total: String,
    pub step: String,
    pub criteria: Vec<CriterionRow>,
}
#[derive(Serialize, Default, Clone)]
pub struct UnitRow {
    pub name: String,
    pub depth: i32,
}
#[derive(Serialize, Default, Clone)]
pub struct Stage {
    /// Key of its name.
    pub key: String,
    /// done | now | next
    pub state: String,
    pub moment: String,
}
#[derive(Serialize, Default, Clone)]
pub struct WaiverRow {
    pub category: String,
    pub reason: String,
    pub day: String,
}
/// A question beside the work, as the rules say it.
#[derive(Serialize, Default, Clone)]
pub struct AskedRow {
    pub text: String,
    pub required: bool,
    /// What can be chosen, parted by commas; empty where the answer is in words.
    pub choices: String,
}
/// Where an official of the contest goes on with the work.
#[derive(Serialize, Default, Clone)]
pub struct WorkLink {
    pub hat: String,
    pub href: String,
}
/// One thing that a change moved.
#[derive(Serialize, Default, Clone)]
pub struct MovedRow {
    /// Key of the field's words: `rule-<field>`.
    pub field: String,
    pub row: String,
    pub old: String,
    pub new: String,
}
/// A change since submissions opened.
#[derive(Serialize, Default, Clone)]
pub struct ChangeRow {
    pub day: String,
    /// Key of the section's words.
    pub section: String,
    pub reason: String,
    pub moved: Vec<MovedRow>,
}
/// News, or a question and its answer, as everybody reads it.
#[derive(Serialize, Default, Clone)]
pub struct NoticeView {
    pub title: String,
    pub body: Vec<String>,
    pub day: String,
    /// The day of the wording that counts; empty while it is the first.
    pub corrected: String,
}
/// The call and the rules.
#[derive(Serialize, Default, Clone)]
pub struct ContestPage {
    pub title: String,
    pub host: String,
    pub summary: Vec<String>,
    /// announced | open | intake | queries | closed
    pub phase: String,
    pub enter_href: String,
    /// The visitor is signed in and has begun nothing here: one press begins the first entry.
    pub begins: bool,
    /// The visitor has an entry here.
    pub begun: bool,
    /// As many entries count for the visitor as the rules allow one person.
    pub at_limit: bool,
    /// Empty until the results are published.
    pub results_href: String,
    /// The hats that the visitor wears here.
    pub work: Vec<WorkLink>,
    pub opens: String,
    pub closes: String,
    /// For the countdown: the next deadline, RFC 3339; empty where none is left.
    pub deadline: String,
    /// The server's hour as the page was made, RFC 3339.
    pub now: String,
    /// `UTC+7`
    pub offset: String,
    pub limit_per_category: Option<i32>,
    pub limit_overall: Option<i32>,
    /// person | author-set
    pub limit_subject: String,
    /// The last day a postmark may bear; empty where post is not spoken of.
    pub postmark_by: String,
    pub min_age: Option<i32>,
    pub guardian_age: Option<i32>,
    /// Ages are this year less the year of birth.
    pub age_year: String,
    pub bar_officials: bool,
    pub declarations: Vec<String>,
    pub questions: Vec<AskedRow>,
    pub categories: Vec<CategoryRow>,
    pub prizes: Vec<PrizeRow>,
    pub rubrics: Vec<RubricPart>,
    pub readers: i32,
    pub threshold: String,
    pub third: String,
    /// none | mark | mark_and_comments
    pub own_result: String,
    pub stages: Vec<Stage>,
    pub units: Vec<UnitRow>,
    pub offices: Vec<String>,
    pub by_hand: Vec<String>,
    pub waivers: Vec<WaiverRow>,
    pub changes: Vec<ChangeRow>,
    /// strict | declared
    pub separation: String,
    /// The newest first.
    pub news: Vec<NoticeView>,
    /// In the order in which they were written.
    pub answers: Vec<NoticeView>,
    /// The same as one document to print.
    pub call_href: String,
}
impl Page for ContestPage {
    const TEMPLATE: &'static str = "contests/contest.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        let full = ContestPage {
            title: "Cuộc thi".into(),
            host: "Ban Tổ chức".into(),
            summary: vec!["Mời gửi bài.".into()],
            phase: "open".into(),
            limit_per_category: Some(1),
            limit_overall: Some(2),
            limit_subject: "person".into(),
            postmark_by: "15/07/2027".into(),
            min_age: Some(14),
            guardian_age: Some(18),
            age_year: "2027".into(),
            bar_officials: true,
            declarations: vec!["Tôi tự viết bài này.".into()],
            questions: vec![AskedRow { text: "Lớp?".into(), required: true, choices: "10, 11".into() }, AskedRow { text: "Trường?".into(), ..AskedRow::default() }],
            categories: vec![CategoryRow { name: "Báo".into(), length: "1.500–3.000".into(), authors: "1".into(), script: true, group: "Chung".into() }],
            prizes: vec![
                PrizeRow { name: "Giải A".into(), ..PrizeRow::default() },
                PrizeRow { collective: true, needs_prizes: 1, needs_level: "Giải B".into(), needs_received: 30, needs_valid: 20, ..PrizeRow::default() },
                PrizeRow { collective: true, needs_prizes: 2, ..PrizeRow::default() },
            ],
            rubrics: vec![RubricPart { categories: "Báo".into(), criteria: vec![CriterionRow::default()], ..RubricPart::default() }],
            third: "mean3".into(),
            own_result: "mark".into(),
            stages: ["stage-opens", "stage-closes", "stage-intake", "stage-queries", "stage-marking", "stage-results"]
                .into_iter()
                .map(|k| Stage { key: k.into(), state: "next".into(), moment: "17:00".into() })
                .collect(),
            units: vec![UnitRow { name: "Tỉnh".into(), depth: 0 }],
            offices: vec!["Trưởng ban".into()],
            by_hand: vec!["Trao giải tại lễ.".into()],
            changes: vec![ChangeRow {
                section: "dates".into(),
                moved: vec![
                    MovedRow { field: "closes-at".into(), row: "Báo".into(), old: "1".into(), new: "2".into() },
                    MovedRow { field: "row-added".into(), ..MovedRow::default() },
                ],
                ..ChangeRow::default()
            }],
            waivers: vec![WaiverRow { category: "Báo".into(), reason: "Bưu điện chậm".into(), day: "1/1".into() }],
            news: (1..=5).map(|n| NoticeView { title: format!("Tin {n}"), body: vec!["Nội dung.".into()], day: "1/1".into(), corrected: "2/1".into() }).collect(),
            answers: vec![NoticeView { title: "Gửi qua bưu điện được không?".into(), body: vec!["Được.".into()], day: "1/1".into(), ..NoticeView::default() }],
            separation: "strict".into(),
            ..ContestPage::default()
        };
        let at = |phase: &str, third: &str, separation: &str| ContestPage {
            phase: phase.into(),
            third: third.into(),
            own_result: if separation == "strict" { "none" } else { "mark_and_comments" }.into(),
            separation: separation.into(),
            limit_subject: "author-set".into(),
            ..full.clone()
        };
        let published =
            ContestPage { results_href: "/c/x/results".into(), work: vec![WorkLink { hat: "key-holder".into(), href: "/c/x/opening".into() }], ..at("closed", "mean3", "strict") };
        vec![
            published,
            full.clone(),
            at("announced", "closest-pair", "declared"),
            at("intake", "third-final", "strict"),
            at("queries", "mean3", "strict"),
            at("closed", "mean3", "strict"),
        ]
    }
}

/// All of it as one document to print.
#[derive(Serialize, Default, Clone)]
pub struct CallPage {
    #[serde(flatten)]
    pub call: ContestPage,
    /// Where the page itself is found.
    pub address: String,
    /// The day of this printing.
    pub printed: String,
}
impl Page for CallPage {
    const TEMPLATE: &'static str = "contests/call.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        ContestPage::samples().into_iter().map(|call| CallPage { call, address: "https://thi.example.org/c/x".into(), printed: "1/1".into() }).collect()
    }
}
