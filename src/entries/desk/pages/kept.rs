//! Texts that the desk keeps, and the units to choose from, ready to print.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// A text with its form; the last one is empty, for a new text.
#[derive(Serialize, Default, Clone)]
pub struct TemplateCard {
    /// Of its fields: the text's id, or `new`.
    pub id: String,
    pub name: String,
    pub vi: String,
    pub en: String,
    pub name_error: String,
    pub vi_error: String,
    pub en_error: String,
    pub is_new: bool,
}
/// A text that comes with the program.
#[derive(Serialize, Default, Clone)]
pub struct Shipped {
    pub key: String,
    pub text: String,
}
#[derive(Serialize, Default)]
pub struct TemplatesPage {
    pub action: String,
    pub removal_action: String,
    pub back_href: String,
    pub cards: Vec<TemplateCard>,
    pub shipped: Vec<Shipped>,
    pub errors: Errors,
}
impl Page for TemplatesPage {
    const TEMPLATE: &'static str = "desk/templates.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.add("name-new", "Đặt tên".into());
        let new =
            TemplateCard {
                id: "new".into(), name_error: "Đặt tên".into(), vi_error: "Ghi lời nhắn".into(), en_error: "Ngắn hơn".into(), is_new: true, ..TemplateCard::default()
            };
        let own = TemplateCard { id: "1".into(), name: "Của ta".into(), vi: "Mời bạn".into(), ..TemplateCard::default() };
        vec![TemplatesPage { cards: vec![own, new], shipped: vec![Shipped { key: "identity".into(), text: "…".into() }], errors, ..TemplatesPage::default() }]
    }
}

#[derive(Serialize, Default, Clone)]
pub struct UnitLink {
    pub name: String,
    pub href: String,
    pub depth: i32,
    pub here: bool,
}
/// Every unit of the contest, each leading to its entries.
#[derive(Serialize, Default)]
pub struct UnitsPage {
    pub any_href: String,
    pub none_href: String,
    pub units: Vec<UnitLink>,
}
impl Page for UnitsPage {
    const TEMPLATE: &'static str = "desk/units.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let unit = |depth, here| UnitLink { name: "Xã An Bình".into(), depth, here, ..UnitLink::default() };
        vec![UnitsPage { units: vec![unit(0, false), unit(1, true), unit(4, false)], ..UnitsPage::default() }, UnitsPage::default()]
    }
}
