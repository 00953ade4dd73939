//! What an organizer types as news or as a question with its answer, and what of it can be used.
use crate::platform::failure::Refusal;
use crate::platform::form::{Fields, Form};

/// The kinds of notices, in the order of the page.
pub const KINDS: [&str; 2] = ["news", "answer"];
/// Characters of a title, and of a text.
const TITLE: usize = 200;
const BODY: usize = 10_000;

#[derive(Clone, Default)]
pub struct NoticeForm {
    /// Which notice; the page gives a new one its own before it is written, so that a second press is the same notice.
    pub thread: String,
    /// The wording that this one was made of; 0: none yet.
    pub seen: i32,
    pub kind: String,
    pub title_vi: String,
    pub title_en: String,
    pub body_vi: String,
    pub body_en: String,
}
impl Form for NoticeForm {
    fn from_fields(f: Fields) -> Self {
        NoticeForm {
            thread: f.line("thread"),
            seen: f.line("seen").parse().unwrap_or(0),
            kind: f.line("kind"),
            title_vi: f.line("title_vi"),
            title_en: f.line("title_en"),
            body_vi: f.text("body_vi").trim().to_owned(),
            body_en: f.text("body_en").trim().to_owned(),
        }
    }
}

impl NoticeForm {
    /// The English, or the Vietnamese where it was left empty.
    pub fn title_en(&self) -> &str {
        if self.title_en.is_empty() { &self.title_vi } else { &self.title_en }
    }
    /// As the title.
    pub fn body_en(&self) -> &str {
        if self.body_en.is_empty() { &self.body_vi } else { &self.body_en }
    }

    /// Fields that cannot be used, and why.
    pub fn wrong(&self) -> Vec<(&'static str, Refusal)> {
        let mut wrong = vec![];
        if self.title_vi.is_empty() {
            wrong.push(("title_vi", Refusal::of("notice_title_needed")));
        }
        if self.body_vi.is_empty() {
            wrong.push(("body_vi", Refusal::of("notice_body_needed")));
        }
        let lengths = [("title_vi", &self.title_vi, TITLE), ("title_en", &self.title_en, TITLE), ("body_vi", &self.body_vi, BODY), ("body_en", &self.body_en, BODY)];
        for (field, text, most) in lengths {
            if text.chars().count() > most {
                wrong.push((field, Refusal::of("notice_long").with("most", most)));
            }
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vietnamese_is_needed_and_lengths_are_counted_in_characters() {
        let fields = |f: NoticeForm| f.wrong().into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        assert_eq!(fields(NoticeForm::default()), ["title_vi", "body_vi"]);
        let fits = NoticeForm { title_vi: "ữ".repeat(200), body_vi: "ữ".repeat(10_000), ..NoticeForm::default() };
        assert_eq!(fields(fits.clone()), [""; 0]);
        assert_eq!(fields(NoticeForm { title_en: "ữ".repeat(201), ..fits }), ["title_en"]);
    }
}
