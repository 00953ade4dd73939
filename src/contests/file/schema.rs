//! Which sections and keys a contest file has, each with an example to copy.

use super::near::nearest;
use super::problem::Problem;
use super::values::shown;

/// A table of the file.
pub(super) struct Section {
    /// Its key in the table around it.
    pub(super) name: &'static str,
    /// How sentences name it.
    pub(super) header: &'static str,
    /// How to write it.
    pub(super) form: &'static str,
    /// Its keys, each with an example of its value.
    pub(super) keys: &'static [(&'static str, &'static str)],
    /// The most of them, where it is an item of a list.
    pub(super) limit: usize,
}

const fn table(header: &'static str, name: &'static str, keys: Keys) -> Section {
    list_of(1, header, name, keys)
}

const fn list_of(limit: usize, header: &'static str, name: &'static str, keys: Keys) -> Section {
    Section { name, header, form: header, keys, limit }
}

type Keys = &'static [(&'static str, &'static str)];

const NAME: (&str, &str) = ("name", "{ vi = \"…\", en = \"…\" }");

pub(super) static ROOT: Section = table("file", "", &[]);

pub(super) static CONTEST: Section = table(
    "[contest]",
    "contest",
    &[
        ("slug", "\"chinh-luan-2027\""),
        ("title", NAME.1),
        ("host", NAME.1),
        ("summary", NAME.1),
        ("timezone", "\"Asia/Ho_Chi_Minh\""),
        ("separation", "\"strict\""),
        ("locale", "\"vi\""),
        ("remind_drafts", "true"),
        ("organizer", "\"thu-ky@example.org\""),
    ],
);

pub(super) static DATES: Section = table(
    "[dates]",
    "dates",
    &[
        ("opens", "\"2027-02-05 08:00\""),
        ("closes", "\"2027-07-15 24:00\""),
        ("intake_closes", "\"2027-07-25 24:00\""),
        ("queries_close", "\"2027-08-05 17:00\""),
        ("postmark_by", "\"2027-07-15\""),
    ],
);

pub(super) static LIMITS: Section = table("[limits]", "limits", &[("per_category", "1"), ("overall", "2"), ("subject", "\"person\"")]);

pub(super) static ENTRANTS: Section = table("[entrants]", "entrants", &[("min_age", "14"), ("guardian_age", "18"), ("bar_officials", "true")]);

pub(super) static DECLARATION: Section = list_of(10, "[[declaration]]", "declaration", &[("key", "\"tu-viet\""), ("text", NAME.1)]);

pub(super) static QUESTION: Section =
    list_of(10, "[[question]]", "question", &[("key", "\"biet-qua\""), ("text", NAME.1), ("kind", "\"choice\""), ("required", "true"), ("choice", "[ … ]")]);

pub(super) static CHOICE: Section = list_of(50, "[[question.choice]]", "choice", &[("key", "\"bao-chi\""), NAME]);

pub(super) static ROUND: Section = table("[round]", "round", &[("readers", "2"), ("threshold", "15"), ("third", "\"mean3\""), ("own_result", "\"mark\"")]);

pub(super) static UNIT: Section = list_of(10_000, "[[unit]]", "unit", &[("key", "\"can-tho\""), NAME, ("parent", "\"quan-doi\"")]);

pub(super) static RUBRIC: Section = list_of(50, "[[rubric]]", "rubric", &[("key", "\"bai-viet\""), NAME, ("step", "0.5"), ("criterion", "[ … ]")]);

pub(super) static CRITERION: Section = list_of(20, "[[rubric.criterion]]", "criterion", &[("key", "\"noi-dung\""), NAME, ("description", NAME.1), ("max", "40")]);

pub(super) static RANKING_GROUP: Section = list_of(50, "[[ranking_group]]", "ranking_group", &[("key", "\"bao\""), NAME]);

pub(super) static CATEGORY: Section = list_of(
    50,
    "[[category]]",
    "category",
    &[("key", "\"bao\""), NAME, ("kind", "\"text\""), ("words", WORDS.form), ("authors", AUTHORS.form), ("rubric", "\"bai-viet\""), ("ranking_group", "\"bao\"")],
);

pub(super) static PRIZE: Section = list_of(
    500,
    "[[prize]]",
    "prize",
    &[
        ("key", "\"bao-a\""),
        NAME,
        ("kind", "\"individual\""),
        ("level", "1"),
        ("count", "3"),
        ("amount", "20000000"),
        ("currency", "\"VND\""),
        ("ranking_group", "\"bao\""),
        ("minimum", "80"),
        ("needs", NEEDS.form),
    ],
);

pub(super) static KEY_HOLDER: Section = list_of(5, "[[key_holder]]", "key_holder", &[("email", "\"thanh-tra@example.org\""), ("office", NAME.1)]);

pub(super) const BILINGUAL: Section = Section { form: NAME.1, ..table("{ vi, en }", "", &[("vi", "\"…\""), ("en", "\"…\"")]) };

pub(super) const WORDS: Section = Section { form: "{ min = 1500, max = 3000 }", ..table("words", "words", &[("min", "1500"), ("max", "3000")]) };

pub(super) const AUTHORS: Section = Section { form: "{ min = 1, max = 2 }", ..table("authors", "authors", &[("min", "1"), ("max", "2")]) };

/// What a unit must have for a collective prize.
pub(super) const NEEDS: Section = Section { form: "{ level = 2, prizes = 1 }", ..table("needs", "needs", &[("level", "2"), ("prizes", "1"), ("received", "30"), ("valid", "30")]) };

/// The most items of `[[by_hand]]`.
pub(super) const BY_HAND_LIMIT: usize = 200;

static SECTIONS: [&Section; 15] =
    [&CONTEST, &DATES, &LIMITS, &ENTRANTS, &ROUND, &DECLARATION, &QUESTION, &CHOICE, &UNIT, &RUBRIC, &CRITERION, &RANKING_GROUP, &CATEGORY, &PRIZE, &KEY_HOLDER];

/// `[[by_hand]]`, whose items are texts and not tables.
pub(super) const BY_HAND: (&str, &str) = ("by_hand", "[[by_hand]]");

/// The sections that stand at the top of a file: how they are keyed and how sentences name them.
fn top_sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    let named = SECTIONS.iter().map(|section| (section.name, section.header));
    named.filter(|(name, _)| ![CRITERION.name, CHOICE.name].contains(name)).chain([BY_HAND])
}

/// What to say about a name at the top of the file, if no section has it.
pub(super) fn stray_section(found: &str) -> Option<Problem> {
    if top_sections().any(|(name, _)| name == found) {
        return None;
    }
    if let Some(home) = home_of(found) {
        return Some(Problem::MisplacedKey { key: shown(found), section: ROOT.header.to_owned(), home: home.header.to_owned() });
    }
    let near = nearest(found, top_sections().map(|(name, _)| name)).and_then(|near| top_sections().find(|(name, _)| *name == near));
    let found = shown(found);
    Some(match near {
        Some((_, header)) => Problem::MisspelledSection { found, near: header.to_owned() },
        None => Problem::UnknownSection { found, known: list(top_sections().map(|(_, header)| header)) },
    })
}

/// The one section that has a key; `None` too when several have it, such as `name`.
fn home_of(key: &str) -> Option<&'static Section> {
    let mut homes = SECTIONS.iter().filter(|section| section.has(key));
    homes.next().filter(|_| homes.next().is_none()).copied()
}

/// At most eight words, parted by commas.
pub(super) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words = words;
    let mut first: Vec<String> = words.by_ref().take(8).map(shown).collect();
    if words.next().is_some() {
        first.push("…".to_owned());
    }
    first.join(", ")
}

impl Section {
    fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|(known, _)| *known == key)
    }

    /// What to say about a key, if this section does not have it.
    pub(super) fn stray_key(&self, found: &str) -> Option<Problem> {
        if self.has(found) {
            return None;
        }
        let (key, section) = (shown(found), self.header.to_owned());
        let names = || self.keys.iter().map(|(known, _)| *known);
        if let Some(home) = home_of(found) {
            let home = home.header.to_owned();
            return Some(Problem::MisplacedKey { key, section, home });
        }
        Some(match nearest(found, names()) {
            Some(near) => Problem::MisspelledKey { key, near: near.to_owned() },
            None => Problem::UnknownKey { key, section, known: list(names()) },
        })
    }

    /// What to say when one of its keys is missing.
    pub(super) fn missing(&self, key: &str) -> Problem {
        let example = self.keys.iter().find(|(known, _)| *known == key);
        Problem::MissingKey { key: key.to_owned(), section: self.header.to_owned(), example: example.map_or("…", |(_, example)| example).to_owned() }
    }
}
