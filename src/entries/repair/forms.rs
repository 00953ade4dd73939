//! Forms about a repaired text, as sent.
use uuid::Uuid;

use crate::documents::{MAX_TEXT, MAX_UPLOAD};
use crate::platform::form::{Fields, Form, Lost, Upload};

/// The author's answer.
pub struct RepairForm {
    /// The request that the page showed.
    pub repair: Uuid,
    /// What the page showed as read, where it is to be sent.
    pub came: Uuid,
    /// The button that sends; every other one only reads and shows.
    pub sends: bool,
    pub by_file: bool,
    /// As typed or pasted.
    pub text: String,
    pub upload: Option<Upload>,
    /// Why a file that was sent is not here.
    pub upload_lost: Option<Lost>,
}
impl Form for RepairForm {
    /// The text in its worst encoding, and the rest.
    const LIMIT: usize = MAX_TEXT * 3 + 64 * 1024;
    const FILE_LIMIT: usize = MAX_UPLOAD;
    fn from_fields(mut f: Fields) -> Self {
        let upload = f.upload.take();
        RepairForm {
            repair: id(&f, "repair"),
            came: id(&f, "came"),
            sends: f.line("do") == "send",
            // whoever chose a file means it
            by_file: f.line("by") == "file" || upload.is_some() || f.upload_lost.is_some(),
            text: f.text("repaired"),
            upload_lost: f.upload_lost,
            upload,
        }
    }
}

/// The desk's request.
pub struct AskForm {
    pub message: String,
    /// 0: none that is a number.
    pub days: i32,
}
impl Form for AskForm {
    const LIMIT: usize = 64 * 1024;
    fn from_fields(f: Fields) -> Self {
        AskForm { message: f.text("message").trim().to_owned(), days: f.line("days").parse().unwrap_or(0) }
    }
}

/// What the desk does about a request, or about what came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    TakeBack,
    Take,
    Decline,
}
pub struct ChoiceForm {
    pub choice: Option<Choice>,
    pub repair: Uuid,
    pub came: Uuid,
    /// How many amendments the page showed.
    pub seen: i32,
    /// Why it is taken, for the desk.
    pub taking: String,
    /// Why it cannot be used, for its author.
    pub unusable: String,
}
impl Form for ChoiceForm {
    const LIMIT: usize = 64 * 1024;
    fn from_fields(f: Fields) -> Self {
        let choice = match f.line("do").as_str() {
            "back" => Some(Choice::TakeBack),
            "take" => Some(Choice::Take),
            "decline" => Some(Choice::Decline),
            _ => None,
        };
        let text = |name: &str| f.text(name).trim().to_owned();
        ChoiceForm { choice, repair: id(&f, "repair"), came: id(&f, "came"), seen: f.line("seen").parse().unwrap_or(-1), taking: text("taking"), unusable: text("unusable") }
    }
}

/// Nil, which nothing has, where none was sent.
fn id(f: &Fields, name: &str) -> Uuid {
    Uuid::parse_str(&f.line(name)).unwrap_or_default()
}
