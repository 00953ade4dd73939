//! The submission form as sent.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::asked::TypedAsked;
use super::model::{Draft, TypedAuthor};
use crate::accounts::forms::SignInForm;
use crate::documents::{MAX_TEXT, MAX_UPLOAD};
use crate::platform::form::{Fields, Form, Lost, Upload};

/// What the button pressed asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Act {
    #[default]
    Save,
    Submit,
    /// Show one more author.
    MoreAuthors,
    /// Take an author out, who is left out of what was typed already.
    DropAuthor,
    /// The first author is somebody else than the sender, whose own data stood there.
    ForOther,
    RemoveFile,
    /// Show the text as a judge will see it.
    Preview,
    /// Leave the draft that another device saved; what is typed here is kept beside it.
    Take,
}

/// Everything but the file, which is not copied.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub act: Act,
    /// Made with the page: a second press or a replay carries the same one.
    pub version: Option<Uuid>,
    /// Of the draft that the page showed.
    pub revision: i32,
    /// When that draft was saved, as the page said.
    pub saved_at: Option<DateTime<Utc>>,
    /// The revision of another device's draft that was shown beside this one: its text is kept before this one takes its place.
    pub over: i32,
    pub category: Option<Uuid>,
    /// None: no unit, which is valid.
    pub unit: Option<Uuid>,
    pub title: String,
    /// As typed or pasted.
    pub text: String,
    pub use_file: bool,
    pub authors: Vec<TypedAuthor>,
    /// The answer to a query.
    pub note: String,
    pub asked: TypedAsked,
    /// The text was typed where the desk had asked for a repaired one: it is no draft.
    pub repairs: bool,
}

pub struct EntryForm {
    pub typed: Typed,
    pub upload: Option<Upload>,
    /// Why a file that was sent is not here.
    pub upload_lost: Option<Lost>,
}

/// As many authors as a contest file may allow.
const MOST_AUTHORS: usize = 50;

impl Form for EntryForm {
    /// The text in its worst encoding (`%XX` for each byte), and the rest.
    const LIMIT: usize = MAX_TEXT * 3 + 256 * 1024;
    const FILE_LIMIT: usize = MAX_UPLOAD;
    fn from_fields(mut f: Fields) -> Self {
        let upload = f.upload.take();
        EntryForm { upload_lost: f.upload_lost, upload, typed: Typed::of(&f) }
    }
}

/// Signing in again in the middle of writing: who, and everything typed.
pub struct ResumeForm {
    pub sign_in: SignInForm,
    pub typed: Typed,
    pub had_file: bool,
}

impl Form for ResumeForm {
    const LIMIT: usize = EntryForm::LIMIT;
    fn from_fields(f: Fields) -> Self {
        let sign_in = SignInForm { email: f.line("email"), password: f.text("password"), back: String::new() };
        ResumeForm { sign_in, typed: Typed::of(&f), had_file: f.line("had_file") == "yes" }
    }
}

impl Typed {
    /// As it stands in the fields of a form.
    pub fn of(f: &Fields) -> Typed {
        // cut far above every rule: a draft holds no megabytes of names
        let part = |name: &str, i: usize| f.line(&format!("{name}_{i}")).chars().take(1_000).collect();
        let author = |i: usize| TypedAuthor {
            name: part("name", i),
            pen: part("pen", i),
            year: part("year", i),
            email: part("email", i),
            phone: part("phone", i),
            guardian: part("guardian", i),
            guardian_agrees: f.has(&format!("agrees_{i}")),
        };
        let sent = (1..=MOST_AUTHORS).take_while(|i| f.has(&format!("name_{i}")));
        // gaps close up: an author left blank between two is nobody
        let act = f.line("do");
        let dropped = act.strip_prefix("drop-").and_then(|n| n.parse::<usize>().ok());
        let mut authors: Vec<TypedAuthor> = sent.filter(|i| Some(*i) != dropped).map(author).filter(|a| !a.is_blank()).collect();
        if let Some(first) = authors.first_mut().filter(|_| act == "other") {
            *first = TypedAuthor { phone: std::mem::take(&mut first.phone), ..TypedAuthor::default() };
        }
        let id = |name: &str| Uuid::parse_str(&f.line(name)).ok();
        Typed {
            act: match act.as_str() {
                _ if dropped.is_some() => Act::DropAuthor,
                "submit" => Act::Submit,
                "more" => Act::MoreAuthors,
                "other" => Act::ForOther,
                "remove" => Act::RemoveFile,
                "preview" => Act::Preview,
                "take" => Act::Take,
                _ => Act::Save,
            },
            version: id("version"),
            revision: f.line("revision").parse().unwrap_or(0),
            saved_at: f.line("saved_at").parse().ok(),
            over: f.line("over").parse().unwrap_or(0),
            category: id("category"),
            unit: id("unit"),
            title: f.line("title"),
            text: f.text("text"),
            use_file: f.line("by") == "file",
            authors,
            note: f.text("note").trim().to_owned(),
            asked: TypedAsked::of(f),
            repairs: f.line("repairs") == "yes",
        }
    }
    /// Every field as the form sends it, but the file, what the button asked and the text: for a page that must not lose them.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut all = vec![("revision".to_owned(), self.revision.to_string()), ("over".to_owned(), self.over.to_string())];
        all.extend(self.repairs.then(|| ("repairs".to_owned(), "yes".to_owned())));
        all.extend(self.saved_at.map(|at| ("saved_at".to_owned(), at.to_rfc3339())));
        all.extend(self.category.map(|id| ("category".to_owned(), id.to_string())));
        all.extend(self.unit.map(|id| ("unit".to_owned(), id.to_string())));
        all.push(("title".to_owned(), self.title.clone()));
        all.push(("by".to_owned(), if self.use_file { "file" } else { "text" }.to_owned()));
        all.push(("note".to_owned(), self.note.clone()));
        for (i, a) in self.authors.iter().enumerate().map(|(i, a)| (i + 1, a)) {
            let parts = [("name", &a.name), ("pen", &a.pen), ("year", &a.year), ("email", &a.email), ("phone", &a.phone), ("guardian", &a.guardian)];
            all.extend(parts.into_iter().map(|(part, value)| (format!("{part}_{i}"), value.clone())));
            if a.guardian_agrees {
                all.push((format!("agrees_{i}"), "yes".to_owned()));
            }
        }
        all.extend(self.asked.declared.iter().map(|id| (format!("declare_{id}"), "yes".to_owned())));
        all.extend(self.asked.answers.iter().map(|(id, answer)| (format!("answer_{id}"), answer.clone())));
        all
    }
    /// As the draft has it.
    pub fn from_draft(d: &Draft) -> Typed {
        Typed {
            revision: d.revision,
            saved_at: Some(d.saved_at),
            category: d.category,
            unit: d.unit,
            title: d.title.clone(),
            text: d.body.clone(),
            use_file: d.use_file,
            authors: serde_json::from_value(d.authors.clone()).unwrap_or_default(),
            note: d.note.clone(),
            asked: serde_json::from_value(d.asked.clone()).unwrap_or_default(),
            ..Typed::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_left_blank_close_up_and_the_button_says_what_to_do() {
        let pairs = [("do", "submit"), ("name_1", " Đặng  An "), ("name_2", ""), ("name_3", "Bình"), ("email_3", "b@example.org"), ("by", "file")];
        let typed = EntryForm::from_fields(Fields::from_pairs(&pairs)).typed;
        let names: Vec<_> = typed.authors.iter().map(|a| a.name.as_str()).collect();
        assert_eq!((names, typed.act, typed.use_file), (vec!["Đặng An", "Bình"], Act::Submit, true));
    }

    #[test]
    fn what_a_page_carries_along_is_typed_again_as_it_was() {
        let pairs = [
            ("revision", "7"),
            ("over", "6"),
            ("saved_at", "2027-05-10T07:12:08+00:00"),
            ("category", "01900000-0000-7000-8000-000000000006"),
            ("title", "Tên \"bài\""),
            ("text", "Một\n\nhai"),
            ("by", "file"),
            ("name_1", "An"),
            ("year_1", "2012"),
            ("guardian_1", "Mẹ An"),
            ("agrees_1", "yes"),
            ("name_2", "Bình"),
            ("email_2", "b@example.org"),
            ("note", "Đã sửa"),
            ("declare_d", "yes"),
            ("answer_q", "lớp 8"),
            ("repairs", "yes"),
        ];
        let typed = EntryForm::from_fields(Fields::from_pairs(&pairs)).typed;
        let mut carried = typed.pairs();
        carried.push(("text".to_owned(), typed.text.clone()));
        let carried: Vec<_> = carried.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(format!("{:?}", EntryForm::from_fields(Fields::from_pairs(&carried)).typed), format!("{typed:?}"));
        assert!(pairs.iter().all(|(n, _)| *n == "text" || carried.iter().any(|(c, _)| c == n)), "{carried:?}");
    }

    #[test]
    fn an_author_is_taken_out_by_a_button_and_the_others_stay() {
        let pairs = [("do", "drop-2"), ("name_1", "An"), ("name_2", "Bình"), ("name_3", "Chi")];
        let typed = EntryForm::from_fields(Fields::from_pairs(&pairs)).typed;
        let names: Vec<_> = typed.authors.iter().map(|a| a.name.as_str()).collect();
        assert_eq!((names, typed.act), (vec!["An", "Chi"], Act::DropAuthor));
    }

    #[test]
    fn an_entry_for_somebody_else_keeps_nothing_of_the_sender_but_the_phone() {
        let pairs = [("do", "other"), ("name_1", "Cô Lan"), ("email_1", "lan@example.org"), ("year_1", "1980"), ("phone_1", "024 3825 1234"), ("name_2", "Bình")];
        let typed = EntryForm::from_fields(Fields::from_pairs(&pairs)).typed;
        let found: Vec<_> = typed.authors.iter().map(|a| (a.name.as_str(), a.email.as_str(), a.year.as_str(), a.phone.as_str())).collect();
        assert_eq!((found, typed.act), (vec![("", "", "", "024 3825 1234"), ("Bình", "", "", "")], Act::ForOther));
    }

    /// The same cases stand before static/words.js, so that what is shown while typing is what is checked.
    #[test]
    fn words_are_counted_as_the_page_shows_them_while_typing() {
        let cases: Vec<serde_json::Value> = serde_json::from_str(include_str!("../../tests/words.json")).unwrap();
        assert!(cases.len() > 10);
        for case in cases {
            let text = case["text"].as_str().unwrap();
            let typed = EntryForm::from_fields(Fields::from_pairs(&[("text", text)])).typed;
            let words = crate::documents::count_words(crate::documents::clean(&typed.text).as_str());
            assert_eq!(u64::from(words), case["words"].as_u64().unwrap(), "{text:?}");
        }
    }
}
