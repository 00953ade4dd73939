//! What an organizer's pages of a contest print: the choice of rules, the setting up, the people.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct ShippedCard {
    pub word: String,
    pub title: String,
    pub host: String,
    pub categories: usize,
    pub prizes: usize,
}
#[derive(Serialize, Default)]
pub struct ChoicePage {
    pub shipped: Vec<ShippedCard>,
    /// Mistakes of an uploaded file, each with its line and what to do.
    pub mistakes: Vec<String>,
    pub errors: Errors,
}
impl Page for ChoicePage {
    const TEMPLATE: &'static str = "contests/choice.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        let shipped = vec![ShippedCard { word: "jfk".into(), title: "Cuộc thi".into(), host: "Ban Tổ chức".into(), categories: 2, prizes: 5 }];
        vec![ChoicePage { shipped, ..ChoicePage::default() }, ChoicePage { mistakes: vec!["dòng 3: …".into()], ..ChoicePage::default() }]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct HolderFields {
    pub n: usize,
    pub email: String,
    pub office_vi: String,
    pub office_en: String,
    pub email_error: String,
    pub office_error: String,
}
#[derive(Serialize, Default, Clone)]
pub struct SetupPage {
    pub from: String,
    /// Begins with nothing: no key holders are asked for yet.
    pub is_blank: bool,
    /// Made to be tried out, and named so.
    pub is_trial: bool,
    pub rules: String,
    pub original: String,
    pub slug: String,
    pub title_vi: String,
    pub title_en: String,
    pub opens: String,
    pub closes: String,
    pub intake_closes: String,
    pub queries_close: String,
    pub timezone: String,
    pub holders: Vec<HolderFields>,
    pub errors: Errors,
}
impl Page for SetupPage {
    const TEMPLATE: &'static str = "contests/setup.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        vec![
            SetupPage { from: "jfk".into(), holders: vec![HolderFields { n: 1, ..HolderFields::default() }], ..SetupPage::default() },
            SetupPage { rules: "[contest]".into(), ..SetupPage::default() },
            SetupPage { from: "blank".into(), is_blank: true, ..SetupPage::default() },
            SetupPage { from: "blank".into(), is_blank: true, is_trial: true, ..SetupPage::default() },
            SetupPage { from: "jfk".into(), is_trial: true, ..SetupPage::default() },
        ]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct HatGroup {
    pub hat: String,
    /// None where there are too many to be named here.
    pub names: Vec<String>,
    pub count: usize,
    pub count_words: String,
    /// The list of them.
    pub href: String,
    /// Enough of them for this contest.
    pub enough: bool,
    pub needed: i32,
}
#[derive(Serialize, Default, Clone)]
pub struct InvitedRow {
    pub id: String,
    pub email: String,
    pub name: String,
    pub hat: String,
    pub sent: String,
    /// waiting | redeemed | expired | cancelled
    pub state: String,
}
#[derive(Serialize, Default, Clone)]
pub struct HolderRow {
    pub office: String,
    pub email: String,
    pub ready: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct Choice {
    pub id: String,
    pub name: String,
    pub chosen: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct OrganizerPage {
    pub title: String,
    pub turns: Vec<super::turns::TurnRow>,
    /// The chair asks for the round to be opened again; empty where nobody does.
    pub reopening_href: String,
    /// What the rules lack, until submissions have opened.
    pub problems: Vec<super::rules_pages::ProblemRow>,
    pub rules_href: String,
    pub invite_action: String,
    pub list_href: String,
    pub again_action: String,
    pub cancel_action: String,
    pub waiver_action: String,
    pub opening_href: String,
    pub groups: Vec<HatGroup>,
    pub people_href: String,
    pub invited: Vec<InvitedRow>,
    /// Of all invitations how many; 0 where all of them stand here.
    pub invited_all: String,
    pub invited_href: String,
    /// Where a button of an invitation comes back to: here.
    pub query: String,
    pub holders: Vec<HolderRow>,
    pub hats: Vec<Choice>,
    pub people: String,
    pub categories: Vec<Choice>,
    pub reason: String,
    pub errors: Errors,
}
impl Page for OrganizerPage {
    const TEMPLATE: &'static str = "contests/organizer.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let group = |hat: &str, names: Vec<String>| HatGroup { hat: hat.into(), enough: !names.is_empty(), count: names.len(), names, needed: 2, ..HatGroup::default() };
        let invited = |state: &str| InvitedRow { email: "a@example.org".into(), name: "An".into(), hat: "judge".into(), state: state.into(), ..InvitedRow::default() };
        vec![
            OrganizerPage { hats: vec![Choice { id: "judge".into(), ..Choice::default() }], ..OrganizerPage::default() },
            OrganizerPage {
                turns: super::turns::TurnRow::samples(),
                reopening_href: "/c/x".into(),
                groups: vec![group("judge", vec!["Giám Khảo".into()]), group("clerk", vec![]), HatGroup { count: 2_000, ..group("judge", vec![]) }],
                invited_all: "2.000".into(),
                invited: ["waiting", "redeemed", "expired", "cancelled"].into_iter().map(invited).collect(),
                holders: vec![HolderRow { ready: true, ..HolderRow::default() }, HolderRow::default()],
                categories: vec![Choice { id: "x".into(), name: "Báo".into(), chosen: true }],
                problems: vec![super::rules_pages::ProblemRow { blocks: true, ..Default::default() }, Default::default()],
                ..OrganizerPage::default()
            },
        ]
    }
}
