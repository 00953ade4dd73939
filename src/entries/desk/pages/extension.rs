//! More time for an entry.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// Time that was given before.
#[derive(Serialize, Default, Clone)]
pub struct PastExtension {
    pub until: String,
    pub reason: String,
    pub at: String,
}
/// For an entry with a number, or for what an account has not submitted yet.
#[derive(Serialize, Default)]
pub struct DeskExtensionPage {
    pub action: String,
    pub back_href: String,
    /// Empty: drafts, found by the account's address.
    pub number: String,
    /// The deadline of all.
    pub closes: String,
    /// No entry's own deadline lies after it.
    pub latest: String,
    pub zone: String,
    pub past: Vec<PastExtension>,
    pub email: String,
    pub until: String,
    pub reason: String,
    pub errors: Errors,
}
impl Page for DeskExtensionPage {
    const TEMPLATE: &'static str = "desk/extension.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let past = vec![PastExtension { until: "17:00".into(), reason: "Nằm viện".into(), at: "1/1".into() }];
        vec![DeskExtensionPage::default(), DeskExtensionPage { number: "12".into(), past, ..DeskExtensionPage::default() }]
    }
}
