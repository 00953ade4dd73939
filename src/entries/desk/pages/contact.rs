//! Whom the desk's letters about an entry reach, ready to print.
use serde::Serialize;

use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// Somebody who is written to.
#[derive(Serialize, Default, Clone)]
pub struct ReaderCard {
    pub name: String,
    pub email: String,
    /// The contact; else a co-author.
    pub contact: bool,
    /// What the contact signs in with, where letters go elsewhere.
    pub own_email: String,
    /// The address of signing in is confirmed.
    pub confirmed: bool,
    /// Of a co-author: asked | agrees | objects
    pub answer: String,
    /// When asked, or answered.
    pub at: String,
    /// What a co-author said.
    pub words: String,
}
/// A letter that did not arrive, or an address written to instead.
#[derive(Serialize, Default, Clone)]
pub struct PastAddress {
    pub email: String,
    /// Why; empty: the program gave the letter up.
    pub reason: String,
    pub at: String,
}
/// The addresses of an entry: what did not arrive, and where to write instead.
#[derive(Serialize, Default)]
pub struct DeskContactPage {
    pub number: String,
    pub back_href: String,
    /// Takes another address; below it, `/returned` takes what came back.
    pub action: String,
    pub readers: Vec<ReaderCard>,
    pub undelivered: Vec<PastAddress>,
    pub mended: Vec<PastAddress>,
    /// Somebody has an account: another address can be written to.
    pub may_mend: bool,
    pub email: String,
    pub reason: String,
    /// The address whose letter came back, and what came back.
    pub returned: String,
    pub note: String,
    pub errors: Errors,
}

/// One of each kind.
pub(super) fn sample_readers() -> Vec<ReaderCard> {
    let card = |answer: &str| ReaderCard { name: "Lê Đình Đức".into(), email: "duc@example.org".into(), answer: answer.into(), at: "1/1".into(), ..ReaderCard::default() };
    vec![
        ReaderCard { contact: true, own_email: "mot@exmaple.org".into(), ..card("") },
        ReaderCard { contact: true, confirmed: true, ..card("") },
        card("asked"),
        card("agrees"),
        ReaderCard { words: "Tôi không viết bài này.".into(), ..card("objects") },
    ]
}

impl Page for DeskContactPage {
    const TEMPLATE: &'static str = "desk/contact.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let past = |reason: &str| vec![PastAddress { email: "mot@exmaple.org".into(), reason: reason.into(), at: "1/1".into() }];
        vec![
            DeskContactPage { number: "12".into(), may_mend: true, readers: sample_readers(), ..DeskContactPage::default() },
            DeskContactPage {
                number: "12".into(),
                readers: sample_readers(),
                undelivered: [past(""), past("Hộp thư đầy")].concat(),
                mended: past("Gọi điện"),
                returned: "duc@example.org".into(),
                ..DeskContactPage::default()
            },
        ]
    }
}
