//! The page of letters, ready to print.
use serde::Serialize;

use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct LetterRow {
    pub at: String,
    pub to: String,
    /// Of the person, where the letter says it.
    pub name: String,
    pub subject: String,
    /// Paragraphs without the link.
    pub text: Vec<String>,
    /// Where its button leads, if anywhere.
    pub href: String,
    /// What it said is wiped.
    pub wiped: bool,
}

#[derive(Serialize, Default)]
pub struct LettersPage {
    /// The address whose letters are shown; empty: everybody's.
    pub to: String,
    pub letters: Vec<LetterRow>,
    /// To older ones; empty: there are none.
    pub older_href: String,
    pub newest_href: String,
}

impl Page for LettersPage {
    const TEMPLATE: &'static str = "demo/letters.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        let letter = LetterRow {
            at: "08:15 thứ Hai, 30/11/2026".into(),
            to: "a@example.org".into(),
            name: "Trần Thị Thu".into(),
            subject: "Biên nhận".into(),
            text: vec!["Chào bạn,".into()],
            href: "/c/x".into(),
            wiped: false,
        };
        let wiped = LetterRow { wiped: true, text: vec![], href: String::new(), ..letter.clone() };
        vec![
            LettersPage::default(),
            LettersPage { to: "a@example.org".into(), letters: vec![letter, wiped], older_href: "/demo/letters?below=7".into(), newest_href: "/demo/letters".into() },
        ]
    }
}
