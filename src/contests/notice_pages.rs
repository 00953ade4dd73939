//! The organizer's page of news and answers, ready to print.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// A notice as a form.
#[derive(Serialize, Default, Clone)]
pub struct NoticeCard {
    pub thread: String,
    pub seen: i32,
    pub is_new: bool,
    pub day: String,
    /// Empty while it is the first wording.
    pub corrected: String,
    pub title_vi: String,
    pub title_en: String,
    pub body_vi: String,
    pub body_en: String,
    pub title_vi_error: String,
    pub title_en_error: String,
    pub body_vi_error: String,
    pub body_en_error: String,
    /// Unfolded: something is wrong in it.
    pub open: bool,
}
/// The notices of one kind; the form of a new one comes first.
#[derive(Serialize, Default, Clone)]
pub struct NoticeGroup {
    /// news | answer
    pub kind: String,
    pub cards: Vec<NoticeCard>,
}
#[derive(Serialize, Default)]
pub struct NoticesPage {
    pub title: String,
    pub action: String,
    pub removal_action: String,
    pub public_href: String,
    pub call_href: String,
    pub groups: Vec<NoticeGroup>,
    pub errors: Errors,
}
impl Page for NoticesPage {
    const TEMPLATE: &'static str = "contests/news.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        let new = NoticeCard { thread: "1".into(), is_new: true, ..NoticeCard::default() };
        let stands = NoticeCard {
            thread: "2".into(),
            seen: 2,
            title_vi: "Lễ phát động".into(),
            body_vi: "Lúc 8 giờ.".into(),
            day: "1/1".into(),
            corrected: "2/1".into(),
            ..NoticeCard::default()
        };
        let wrong = NoticeCard {
            open: true,
            title_vi_error: "Hãy viết.".into(),
            title_en_error: "Dài.".into(),
            body_vi_error: "Hãy viết.".into(),
            body_en_error: "Dài.".into(),
            ..stands.clone()
        };
        let group = |kind: &str, cards: &[&NoticeCard]| NoticeGroup { kind: kind.into(), cards: cards.iter().map(|c| (*c).clone()).collect() };
        let page =
            |second: &NoticeCard| NoticesPage { title: "Cuộc thi".into(), groups: vec![group("news", &[&new, second]), group("answer", &[&new])], ..NoticesPage::default() };
        let mut refused = page(&wrong);
        refused.errors.add("title_vi-2", "Hãy viết.".into());
        vec![page(&stands), refused]
    }
}
