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
/// A value as people read it; `full` is the whole id or hash where that is only its beginning.
#[derive(Serialize, Default, Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub text: String,
    pub full: String,
}
/// A part of an event's content.
#[derive(Serialize, Default, Clone)]
pub struct Field {
    pub label: String,
    pub values: Vec<Shown>,
}
#[derive(Serialize, Default, Clone)]
pub struct EventRow {
    pub at: String,
    pub words: String,
    /// What it is about; empty where that is the contest.
    pub subject: Shown,
    /// An official's name; for anybody else the end of an id.
    pub who: Shown,
    pub hat: String,
    pub fields: Vec<Field>,
    /// The very text that the chain's hash is of, line by line.
    pub canonical: String,
    /// First letters of the link's hash; empty until chained.
    pub link: String,
}
#[derive(Serialize, Default)]
pub struct RecordPage {
    pub action: String,
    pub verbs: Vec<VerbChoice>,
    pub events: Vec<EventRow>,
    pub older_href: String,
    pub replay_href: String,
}
impl Page for RecordPage {
    const TEMPLATE: &'static str = "record/record.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let shown = Shown { text: "…0001".into(), full: "01900000-0001".into() };
        let fields = vec![Field { label: "Lý do".into(), values: vec![shown.clone(), Shown { text: "Bão".into(), ..Shown::default() }] }];
        let events =
            vec![EventRow { words: "Cắt phách".into(), subject: shown.clone(), who: shown, fields, canonical: "1\ncut".into(), ..EventRow::default() }, EventRow::default()];
        vec![RecordPage::default(), RecordPage { events, older_href: "?below=1".into(), ..RecordPage::default() }]
    }
}
