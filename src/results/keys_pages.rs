//! The key holders' own page, and the minutes, ready to print.
use serde::Serialize;

use super::pages::{Choice, GroupOfPlaces, Overtaken, PlaceRow, WinnerRow};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct HolderRow {
    pub office: String,
    pub ready: bool,
    pub mine: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct ReplacementView {
    pub id: String,
    /// Whose key it was; empty: one more holder.
    pub was: String,
    pub email: String,
    pub office: String,
    pub reason: String,
    pub by: String,
    pub at: String,
    pub mine: bool,
    pub about_me: bool,
}
/// Whose keys there are, and how one changes hands.
#[derive(Serialize, Default)]
pub struct KeysPage {
    pub action: String,
    pub confirm_action: String,
    pub drop_action: String,
    pub opening_href: String,
    pub office: String,
    pub rests_until: String,
    pub sealed: bool,
    pub holders: Vec<HolderRow>,
    /// There are two only.
    pub two: bool,
    pub replacement: Option<ReplacementView>,
    /// Whose key may go: others', where there are three and more.
    pub choices: Vec<Choice>,
    /// One more may be named.
    pub may_add: bool,
    pub email: String,
    pub office_vi: String,
    pub office_en: String,
    pub reason: String,
    /// What was typed for a form that stands here no more.
    pub overtaken: Vec<Overtaken>,
    pub errors: Errors,
}
impl Page for KeysPage {
    const TEMPLATE: &'static str = "results/keys.html";
    const SIDE: Side = Side::Slip;
    fn samples() -> Vec<Self> {
        let holders = vec![HolderRow { office: "Trưởng ban".into(), ready: true, mine: true }, HolderRow { office: "Phó ban".into(), ..HolderRow::default() }];
        let view = ReplacementView { was: "Phó ban".into(), ..ReplacementView::default() };
        let page = |replacement| KeysPage { holders: holders.clone(), replacement, may_add: true, ..KeysPage::default() };
        vec![
            KeysPage { two: true, ..page(None) },
            KeysPage { choices: vec![Choice { id: "x".into(), name: "Phó ban".into(), chosen: true }], ..page(None) },
            KeysPage { rests_until: "17:00".into(), ..page(Some(ReplacementView { was: String::new(), ..view.clone() })) },
            page(Some(view.clone())),
            page(Some(ReplacementView { mine: true, ..view.clone() })),
            page(Some(ReplacementView { about_me: true, ..view })),
            KeysPage { sealed: true, overtaken: Overtaken::lines([("keys-reason", &"Nghỉ hưu".to_owned())]), ..page(None) },
        ]
    }
}

/// A person that minutes name, with room for a signature.
#[derive(Serialize, Default, Clone)]
pub struct Signer {
    pub office: String,
    pub name: String,
    pub at: String,
}
/// A tie over a prize line and its answer.
#[derive(Serialize, Default, Clone)]
pub struct TieRow {
    pub group: String,
    pub prize: String,
    pub mark: String,
    /// all-in | all-out | another
    pub answer: String,
    pub reason: String,
}
/// What was sealed: by group what each prize has, then every place by code.
#[derive(Serialize, Default)]
pub struct SealMinutesPage {
    pub contest: String,
    pub host: String,
    pub back_href: String,
    /// The reader sees marks: not a key holder until the slips are open.
    pub with_marks: bool,
    pub ties: Vec<TieRow>,
    pub sealed: bool,
    pub sealed_at: String,
    pub closed_at: String,
    /// Empty for a key holder until the slips are open.
    pub sha256: String,
    pub last4: String,
    pub papers: String,
    pub unread: String,
    pub prizes: String,
    pub reserves: String,
    pub groups: Vec<GroupOfPlaces>,
    pub present: Vec<Signer>,
    pub holders: Vec<Signer>,
}
impl Page for SealMinutesPage {
    const TEMPLATE: &'static str = "results/seal-minutes.html";
    const SIDE: Side = Side::Slip;
    fn samples() -> Vec<Self> {
        let rows = vec![PlaceRow { code: "ABCDEFGHJK".into(), what: "Giải A".into(), ..PlaceRow::default() }, PlaceRow { is_reserve: true, ..PlaceRow::default() }];
        let groups = vec![GroupOfPlaces { name: "Bảng chung".into(), rows, ..GroupOfPlaces::default() }];
        let signer = vec![Signer { office: "Trưởng ban".into(), name: "Người Giữ".into(), at: String::new() }, Signer::default()];
        let full = SealMinutesPage { sealed: true, groups, present: signer.clone(), holders: signer, ..SealMinutesPage::default() };
        vec![
            SealMinutesPage::default(),
            SealMinutesPage {
                with_marks: true,
                ties: ["all-in", "all-out", "another"].map(|answer| TieRow { answer: answer.into(), ..TieRow::default() }).to_vec(),
                sha256: "ab12".into(),
                last4: "ab12".into(),
                unread: "1".into(),
                ..full
            },
            SealMinutesPage { sealed: true, ..SealMinutesPage::default() },
        ]
    }
}

#[derive(Serialize, Default)]
pub struct OpeningMinutesPage {
    pub contest: String,
    pub host: String,
    pub back_href: String,
    pub opened: bool,
    pub opened_at: String,
    pub sha256: String,
    pub slips: String,
    pub closed: String,
    pub keys: Vec<Signer>,
    pub winners: Vec<WinnerRow>,
}
impl Page for OpeningMinutesPage {
    const TEMPLATE: &'static str = "results/opening-minutes.html";
    const SIDE: Side = Side::Slip;
    fn samples() -> Vec<Self> {
        let winners = vec![WinnerRow { code: "ABCDEFGHJK".into(), authors: "Tác Giả".into(), unit: "Trường".into(), ..WinnerRow::default() }, WinnerRow::default()];
        let keys = vec![Signer { office: "Trưởng ban".into(), name: "Người Giữ".into(), at: "09:02:14".into() }];
        vec![OpeningMinutesPage::default(), OpeningMinutesPage { opened: true, winners, keys, ..OpeningMinutesPage::default() }]
    }
}
