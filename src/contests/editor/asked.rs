//! Declarations, questions, and what is done by hand.
use super::fields::{Field, KEY, Kind, ORDER, Offers};
use super::heads::english;
use super::typed::{Typed, at};
use super::units::line_of;
use super::work::{Renamed, Work, made_of};
use super::{Frozen, Section};
use crate::contests::file::{MOST_LINE, MOST_REMARK};
use crate::contests::model::{Bilingual, Choice, Declaration, Key, Question, QuestionKind, Ruleset};
use crate::contests::rows::Part;
use crate::platform::failure::Refusal;

const TEXT_VI: Field = Field::new("text_vi", Kind::Area);
const TEXT_EN: Field = Field::new("text_en", Kind::Area).optional();

pub static DECLARATIONS: Section =
    Section { word: "declarations", fields: &[], row: &[TEXT_VI, TEXT_EN, KEY, ORDER], most: 10, frozen: Frozen::Never, fill: fill_declarations, apply: apply_declarations };

fn fill_declarations(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    for (i, d) in r.declarations.iter().enumerate() {
        typed.push(i + 1, [("text_vi", d.text.vi.clone()), ("text_en", english(&d.text)), ("key", d.key.as_str().to_owned())]);
    }
    typed
}

fn apply_declarations(w: &mut Work<'_>) {
    let (mut taken, mut renamed): (Vec<Key>, Renamed) = (vec![], vec![]);
    let declarations = w.listed(10, &["text_vi", "text_en"], |w, row| {
        let text = w.both("text", Some(row), MOST_REMARK)?;
        let key = w.key(row, &text.vi, &taken)?;
        taken.push(key.clone());
        renamed.push(w.named(row, &key));
        Some(Declaration { key, text })
    });
    w.rename(Part::Declaration, &renamed);
    w.rules.declarations = declarations;
}

pub static QUESTIONS: Section = Section {
    word: "questions",
    fields: &[],
    row: &[
        Field::new("text_vi", Kind::Line),
        Field::new("text_en", Kind::Line).optional(),
        Field::new("answer", Kind::Choice(Offers::Words(QuestionKind::WORDS), false)).wide(),
        Field::new("choices", Kind::Area).hint().optional(),
        Field::new("required", Kind::Tick),
        KEY,
        ORDER,
    ],
    most: 10,
    frozen: Frozen::Never,
    fill: fill_questions,
    apply: apply_questions,
};

fn fill_questions(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    for (i, q) in r.questions.iter().enumerate() {
        let choices: Vec<String> = q.choices.iter().map(|c| line_of(&c.name, &c.key)).collect();
        typed.push(
            i + 1,
            [
                ("text_vi", q.text.vi.clone()),
                ("text_en", english(&q.text)),
                ("answer", q.kind.word().to_owned()),
                ("choices", choices.join("\n")),
                ("required", if q.required { "yes".to_owned() } else { String::new() }),
                ("key", q.key.as_str().to_owned()),
            ],
        );
    }
    typed
}

fn apply_questions(w: &mut Work<'_>) {
    let (mut taken, mut renamed, mut moved): (Vec<Key>, Renamed, Renamed) = (vec![], vec![], vec![]);
    let questions = w.listed(10, &["text_vi", "text_en"], |w, row| {
        let text = w.both("text", Some(row), MOST_LINE);
        let kind = w.choice(&at("answer", row), QuestionKind::from_word);
        let choices = choices(w, row);
        let (text, kind) = (text?, kind?);
        let key = w.key(row, &text.vi, &taken)?;
        taken.push(key.clone());
        let (was, is) = w.named(row, &key);
        let choices = if kind == QuestionKind::Choice { choices? } else { vec![] };
        moved.extend(choices.iter().map(|c| (format!("{was} {}", c.key.as_str()), format!("{is} {}", c.key.as_str()))));
        renamed.push((was, is));
        Some(Question { key, text, kind, required: w.is_ticked(&at("required", row)), choices })
    });
    w.rename(Part::Choice, &moved);
    w.rename(Part::Question, &renamed);
    w.rules.questions = questions;
}

/// One a line: `Tiếng Việt | English | key`, the last two as one likes.
fn choices(w: &mut Work<'_>, row: usize) -> Option<Vec<Choice>> {
    let id = at("choices", row);
    let mut found: Vec<Choice> = vec![];
    let mut taken: Vec<Key> = vec![];
    for line in w.typed.get(&id).to_owned().lines().filter(|l| !l.trim().is_empty()) {
        let Some((name, key)) = super::units::parse_line(line) else {
            w.wrong(&id, Refusal::of("rule_line").with("line", line.trim()));
            return None;
        };
        let key = match key {
            Some(key) if taken.contains(&key) => {
                w.wrong(&id, Refusal::of("rule_line_twice").with("line", line.trim()));
                return None;
            }
            Some(key) => key,
            None => made_of(&name.vi, &taken),
        };
        taken.push(key.clone());
        found.push(Choice { key, name });
    }
    if found.len() > 50 {
        w.wrong(&id, Refusal::of("rule_rows").with("most", 50));
        return None;
    }
    Some(found)
}

pub static HAND: Section = Section {
    word: "hand",
    fields: &[],
    row: &[Field::new("rule_vi", Kind::Area), Field::new("rule_en", Kind::Area).optional(), ORDER],
    most: 200,
    frozen: Frozen::Never,
    fill: fill_hand,
    apply: apply_hand,
};

fn fill_hand(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    for (i, b) in r.by_hand.iter().enumerate() {
        typed.push(i + 1, [("was", (i + 1).to_string()), ("rule_vi", b.vi.clone()), ("rule_en", english(b))]);
    }
    typed
}

fn apply_hand(w: &mut Work<'_>) {
    let texts: Vec<Bilingual> = w.listed(200, &["rule_vi", "rule_en"], |w, row| w.both("rule", Some(row), MOST_REMARK));
    w.rules.by_hand = texts;
}
