//! What the rules ask beside the work: whether it is ticked and answered, and how it is shown afterwards.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::pages::AnswerLine;
use super::rules::Wrong;
use crate::contests::store_asked::Asked;
use crate::platform::failure::Refusal;
use crate::platform::form::Fields;
use crate::platform::i18n::Lang;

/// Characters of an answer in words.
pub const LONGEST: usize = 500;
/// Far above what the rules may ask: a draft keeps no more.
const MOST: usize = 30;

/// What is ticked and answered so far, by id. Kept in the draft, and sent with the version, as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedAsked {
    pub declared: BTreeSet<String>,
    /// Words, or the id of a choice.
    pub answers: BTreeMap<String, String>,
}

impl TypedAsked {
    /// Of the fields `declare_<id>` and `answer_<id>`.
    pub fn of(f: &Fields) -> TypedAsked {
        let id = |(id, _): &(String, String)| id.len() <= 40;
        let declared = f.starting("declare_").into_iter().filter(id).take(MOST).map(|(id, _)| id).collect();
        let line = |v: &str| v.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(1_000).collect::<String>();
        let answers = f.starting("answer_").into_iter().filter(id).take(MOST).map(|(id, v)| (id, line(&v))).filter(|(_, v)| !v.is_empty()).collect();
        TypedAsked { declared, answers }
    }
    /// What was answered to a question; empty where nothing was.
    pub fn answer(&self, question: &str) -> &str {
        self.answers.get(question).map_or("", String::as_str)
    }
}

/// Every question that keeps the entry from being sent; a field is named as the form names it.
pub fn check_answers(typed: &TypedAsked, asked: &Asked, wrong: &mut Vec<Wrong>) {
    for (n, q) in asked.questions.iter().enumerate().map(|(i, q)| (i + 1, q)) {
        let answer = typed.answer(&q.id);
        let refusal = match answer {
            "" if q.required => "answer_needed",
            "" => continue,
            _ if q.by_choice && !q.choices.iter().any(|c| c.id == answer) => "answer_no_choice",
            _ if !q.by_choice && answer.chars().count() > LONGEST => "answer_long",
            _ => continue,
        };
        wrong.push((format!("answer_{}", q.id), Refusal::of(refusal).with("n", n)));
    }
}

/// Every declaration that is not ticked.
pub fn check_declared(typed: &TypedAsked, asked: &Asked, wrong: &mut Vec<Wrong>) {
    for (n, d) in asked.declarations.iter().enumerate().map(|(i, d)| (i + 1, d)) {
        if !typed.declared.contains(&d.id) {
            wrong.push((format!("declare_{}", d.id), Refusal::of("declaration_needed").with("n", n)));
        }
    }
}

/// What is asked now and was ticked or answered; an answer to a question that the rules no longer ask stays behind.
pub fn kept(typed: &TypedAsked, asked: &Asked) -> TypedAsked {
    let declared = asked.declarations.iter().filter(|d| typed.declared.contains(&d.id)).map(|d| d.id.clone()).collect();
    let answers = asked.questions.iter().filter_map(|q| Some((q.id.clone(), typed.answers.get(&q.id)?.clone()))).collect();
    TypedAsked { declared, answers }
}

/// As it was received, in both languages.
#[derive(Deserialize)]
struct Answered {
    declared: bool,
    vi: String,
    en: String,
    value_vi: String,
    value_en: String,
}

/// Ready to print; answers first, then what was declared.
pub fn lines(answers: &serde_json::Value, lang: Lang) -> Vec<AnswerLine> {
    let all: Vec<Answered> = serde_json::from_value(answers.clone()).unwrap_or_default();
    all.into_iter().map(|a| AnswerLine { declared: a.declared, text: lang.pick(&a.vi, &a.en).to_owned(), value: lang.pick(&a.value_vi, &a.value_en).to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contests::store_asked::{Declared, Question};

    fn asked() -> Asked {
        let named = |id: &str| Declared { id: id.into(), ..Declared::default() };
        let question = |id: &str, required, choices: &[&str]| Question {
            id: id.into(),
            required,
            by_choice: !choices.is_empty(),
            choices: choices.iter().map(|c| named(c)).collect(),
            ..Question::default()
        };
        Asked { declarations: vec![named("d")], questions: vec![question("q", true, &[]), question("k", false, &["a", "b"])] }
    }
    fn wrong(pairs: &[(&str, &str)]) -> Vec<(String, &'static str)> {
        let mut wrong = vec![];
        let typed = TypedAsked::of(&Fields::from_pairs(pairs));
        check_answers(&typed, &asked(), &mut wrong);
        check_declared(&typed, &asked(), &mut wrong);
        wrong.into_iter().map(|(f, r)| (f, r.name)).collect()
    }

    #[test]
    fn what_is_required_is_asked_for_and_what_is_not_may_stay_open() {
        assert_eq!(wrong(&[]), [("answer_q".to_owned(), "answer_needed"), ("declare_d".to_owned(), "declaration_needed")]);
        assert_eq!(wrong(&[("answer_q", " lớp  8 "), ("declare_d", "yes")]), []);
    }
    #[test]
    fn an_answer_is_one_of_the_choices_or_at_most_500_characters() {
        let (long, fits) = ("ă".repeat(501), "ă".repeat(500));
        assert_eq!(wrong(&[("answer_q", &long), ("answer_k", "c"), ("declare_d", "yes")]), [("answer_q".to_owned(), "answer_long"), ("answer_k".to_owned(), "answer_no_choice")]);
        assert_eq!(wrong(&[("answer_q", &fits), ("answer_k", "b"), ("declare_d", "yes")]), []);
    }
    #[test]
    fn only_what_is_asked_is_sent_and_an_older_draft_opens_empty() {
        let typed = TypedAsked::of(&Fields::from_pairs(&[("answer_q", "x"), ("answer_gone", "y"), ("declare_gone", "yes")]));
        let sent = kept(&typed, &asked());
        assert_eq!((sent.declared.len(), sent.answers.into_keys().collect::<Vec<_>>()), (0, vec!["q".to_owned()]));
        assert_eq!(serde_json::from_str::<TypedAsked>("{}").unwrap(), TypedAsked::default());
    }
}
