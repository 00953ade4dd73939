//! Two texts of one entry at once, ready to print: the one typed here, and the one that another device saved.
use chrono::{DateTime, Utc};

use crate::contests::Contest;
use crate::documents::{clean, count_words};
use crate::entries::asked::TypedAsked;
use crate::entries::forms::Typed;
use crate::entries::model::TypedAuthor;
use crate::entries::pages::{Conflict, OtherText};
use crate::entries::store_form::KeptText;
use crate::platform::i18n::{self, Lang};

/// `stored` is the draft that stands; `typed` what this page sent.
pub(super) fn of(contest: &Contest, stored: &Typed, typed: &Typed, lang: Lang) -> Conflict {
    let at = |at: Option<DateTime<Utc>>| at.map(|at| i18n::instant(lang, at, contest.tz())).unwrap_or_default();
    Conflict {
        here_at: at(typed.saved_at),
        here_words: words(&typed.text, lang),
        there: OtherText {
            at: at(stored.saved_at),
            title: stored.title.clone(),
            text: stored.text.clone(),
            words: words(&stored.text, lang),
            lines: lines(&stored.authors, &stored.note, &stored.asked),
        },
    }
}

/// A text that gave way.
pub(super) fn kept(contest: &Contest, k: KeptText, lang: Lang) -> OtherText {
    let authors: Vec<TypedAuthor> = serde_json::from_value(k.authors).unwrap_or_default();
    let asked: TypedAsked = serde_json::from_value(k.asked).unwrap_or_default();
    OtherText { at: i18n::instant(lang, k.kept_at, contest.tz()), words: words(&k.body, lang), lines: lines(&authors, &k.note, &asked), title: k.title, text: k.body }
}

fn words(text: &str, lang: Lang) -> String {
    i18n::number(lang, count_words(clean(text).as_str()).into())
}

/// What is typed beside the work: each author in a line, the answer to the desk, each answer to a question in words.
fn lines(authors: &[TypedAuthor], note: &str, asked: &TypedAsked) -> Vec<String> {
    let author = |a: &TypedAuthor| {
        let parts = [&a.name, &a.pen, &a.year, &a.email, &a.phone, &a.guardian];
        parts.into_iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · ")
    };
    // the id of a choice says nothing to a person
    let in_words = asked.answers.values().filter(|a| uuid::Uuid::parse_str(a).is_err()).cloned();
    authors.iter().map(author).chain([note.to_owned()]).chain(in_words).filter(|l| !l.is_empty()).collect()
}
