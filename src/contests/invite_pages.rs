//! What the page of a list of people to be invited prints.
use serde::Serialize;

use super::organizer_pages::Choice;
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct ListedRow {
    pub line: u64,
    pub email: String,
    pub name: String,
    /// A hat's word; empty where the row names none that there is.
    pub hat: String,
    /// Why nobody is invited by it; empty for who will be.
    pub reason: String,
}

/// The list before anybody is invited: the form, and once it was read, what would become of each row.
#[derive(Serialize, Default, Clone)]
pub struct InviteListPage {
    pub title: String,
    pub action: String,
    pub send_action: String,
    pub back_href: String,
    pub hats: Vec<Choice>,
    pub rows: String,
    /// The list was read.
    pub seen: bool,
    pub good: Vec<ListedRow>,
    pub left: Vec<ListedRow>,
    /// What was looked at, as its hash: the sending takes nothing else.
    pub seen_sha256: String,
    /// Of the rows, how many have an invitation or the hat already.
    pub there: usize,
    pub errors: Errors,
}
impl Page for InviteListPage {
    const TEMPLATE: &'static str = "contests/invite-list.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let hats = vec![Choice { id: "judge".into(), chosen: true, ..Choice::default() }];
        let row = |hat: &str, reason: &str| ListedRow { line: 2, email: "an@example.org".into(), name: "Nguyễn An".into(), hat: hat.into(), reason: reason.into() };
        let seen = InviteListPage { hats: hats.clone(), seen: true, left: vec![row("", "…"), row("chair", "…")], ..InviteListPage::default() };
        vec![InviteListPage { hats, ..InviteListPage::default() }, InviteListPage { good: vec![row("judge", "")], seen_sha256: "ab12".into(), ..seen.clone() }, seen]
    }
}
