//! The list of a contest's people for its organizer: who wears a hat, who was invited.
use serde::Serialize;

use super::organizer_pages::{Choice, InvitedRow};
use crate::platform::page::{Page, Side};

#[derive(Serialize, Default, Clone)]
pub struct WearerRow {
    pub name: String,
    pub hat: String,
}

/// One page of the list, as it was searched.
#[derive(Serialize, Default, Clone)]
pub struct PeoplePage {
    pub title: String,
    pub action: String,
    pub back_href: String,
    pub again_action: String,
    pub cancel_action: String,
    /// worn | invited
    pub list: String,
    pub hats: Vec<Choice>,
    pub q: String,
    /// How many are found.
    pub found: String,
    pub found_n: usize,
    pub wearers: Vec<WearerRow>,
    pub invited: Vec<InvitedRow>,
    /// The search as an address has it, to come back to from a button.
    pub query: String,
    /// Empty where there is no such page.
    pub earlier: String,
    pub later: String,
}
impl Page for PeoplePage {
    const TEMPLATE: &'static str = "contests/people.html";
    const SIDE: Side = Side::Blind;
    fn samples() -> Vec<Self> {
        let hats = vec![Choice { id: "judge".into(), chosen: true, ..Choice::default() }];
        let invited = InvitedRow { email: "a@example.org".into(), hat: "judge".into(), state: "waiting".into(), ..InvitedRow::default() };
        let wearers = vec![WearerRow { name: "Giám Khảo".into(), hat: "judge".into() }];
        let page = PeoplePage { hats, found_n: 1, found: "1".into(), ..PeoplePage::default() };
        vec![
            PeoplePage { list: "worn".into(), wearers, earlier: "?from=0".into(), later: "?from=200".into(), ..page.clone() },
            PeoplePage { list: "invited".into(), invited: vec![invited], ..page.clone() },
            PeoplePage { list: "worn".into(), found_n: 0, found: "0".into(), ..page },
        ]
    }
}
