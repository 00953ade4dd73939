//! What the rules ask of a contestant beside the work, read at once for the submission form.
use diesel::QueryableByName;
use diesel::sql_types::Jsonb;
use diesel_async::RunQueryDsl;
use serde::Deserialize;

use crate::platform::db::{Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::i18n::Lang;
use crate::platform::query::prepared;

/// Both in the order of the rules.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    pub declarations: Vec<Declared>,
    pub questions: Vec<Question>,
}

/// Something to tick.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Declared {
    pub id: String,
    pub vi: String,
    pub en: String,
}

/// Something to answer.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Question {
    pub id: String,
    pub vi: String,
    pub en: String,
    pub required: bool,
    /// Answered by one of its choices, not in words.
    pub by_choice: bool,
    pub choices: Vec<Declared>,
}

impl Asked {
    /// Nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.declarations.is_empty() && self.questions.is_empty()
    }
}
impl Declared {
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.vi, &self.en)
    }
}
impl Question {
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.vi, &self.en)
    }
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Jsonb)]
    asked: serde_json::Value,
}

/// In one statement: a submission reads it.
pub async fn get_asked<H: Hat>(tx: &Tx<H>) -> Result<Asked, Failure> {
    let sql = "select jsonb_build_object(
        'declarations', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'vi', d.text_vi, 'en', d.text_en) order by d.position), '[]')
          from contest.declaration d where d.contest = phach.contest()),
        'questions', (select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'vi', q.text_vi, 'en', q.text_en, 'required', q.required, 'by_choice', q.kind = 'choice',
            'choices', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'vi', c.name_vi, 'en', c.name_en) order by c.position), '[]')
              from contest.question_choice c where c.question = q.id)) order by q.position), '[]')
          from contest.question q where q.contest = phach.contest())) as asked";
    let found: Found = prepared(sql).get_result(&mut &**tx).await?;
    serde_json::from_value(found.asked).map_err(Failure::broken)
}
