//! The auditor's page of the record.
use serde::Serialize;

use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct VerbChoice {
    pub verb: String,
    pub words: String,
    pub n: String,
    pub chosen: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct EventRow {
    pub at: String,
    pub words: String,
    pub subject: String,
    /// An official's name; for anybody else the first letters of an id.
    pub who: String,
    pub hat: String,
    pub content: String,
    /// First letters of the link's hash; empty until chained.
    pub link: String,
}
#[derive(Serialize, Default)]
pub struct RecordPage {
    pub action: String,
    pub verbs: Vec<VerbChoice>,
    pub events: Vec<EventRow>,
    pub older_href: String,
}
impl Page for RecordPage {
    const TEMPLATE: &'static str = "record/record.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let events = vec![EventRow { words: "Cắt phách".into(), ..EventRow::default() }];
        vec![RecordPage::default(), RecordPage { events, older_href: "?below=1".into(), ..RecordPage::default() }]
    }
}
