//! The rules as the database holds them (`contest.rules`, `contest.revise`, `contest.create`) and as parsed values, both ways.
//! Rows name each other by id; a parsed ruleset names parts by key, and an `Ids` keeps which id a key has.
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::file::render;
use super::model::Ruleset;
use crate::platform::secret::{hex, sha256};

mod parts;
mod read;
mod write;

pub use parts::Part;
use parts::{AskedRow, CategoryRow, ChoiceRow, CriterionRow, HandRow, HolderRow, NamedRow, PrizeRow, RubricRow, UnitRow};

/// A whole ruleset as stored.
#[derive(Serialize, Deserialize)]
pub struct Rows {
    id: Uuid,
    slug: String,
    title_vi: String,
    title_en: String,
    host_vi: String,
    host_en: String,
    summary_vi: String,
    summary_en: String,
    timezone: String,
    lang: String,
    separation: String,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    intake_closes_at: DateTime<Utc>,
    queries_close_at: DateTime<Utc>,
    postmark_by: Option<NaiveDate>,
    min_age: Option<u32>,
    guardian_age: Option<u32>,
    bar_officials: bool,
    remind_drafts: bool,
    limit_per_category: Option<u32>,
    limit_overall: Option<u32>,
    limit_subject: String,
    readers: u32,
    threshold: i32,
    third: String,
    own_result: String,
    organizer: Option<String>,
    rubrics: Vec<RubricRow>,
    criteria: Vec<CriterionRow>,
    ranking_groups: Vec<NamedRow>,
    categories: Vec<CategoryRow>,
    units: Vec<UnitRow>,
    prizes: Vec<PrizeRow>,
    key_holders: Vec<HolderRow>,
    declarations: Vec<AskedRow>,
    questions: Vec<AskedRow>,
    question_choices: Vec<ChoiceRow>,
    by_hand: Vec<HandRow>,
    /// Of the rules as a file; the database keeps it in the record only.
    #[serde(default)]
    rules_sha256: String,
}

/// Which row a part of the rules is: its id by what it is and by its key (of a criterion or a choice: its owner's and its own).
#[derive(Clone, Debug, Default)]
pub struct Ids(HashMap<(Part, String), Uuid>);

impl Ids {
    /// The row of a part; a new one where the key is new.
    pub fn of(&mut self, part: Part, key: &str) -> Uuid {
        *self.0.entry((part, key.to_owned())).or_insert_with(Uuid::now_v7)
    }
    /// The part keeps its row under another key. All of one form at once: two parts may change keys with each other.
    pub fn rename(&mut self, part: Part, renamed: &[(String, String)]) {
        let taken: Vec<(String, Uuid)> = renamed.iter().filter_map(|(was, is)| Some((is.clone(), self.0.remove(&(part, was.clone()))?))).collect();
        self.0.extend(taken.into_iter().map(|(is, id)| ((part, is), id)));
    }
}

/// As JSON for the database.
pub fn to_json(rules: &Ruleset, ids: &mut Ids, contest: Uuid) -> Value {
    serde_json::to_value(Rows::of(rules, ids, contest)).unwrap_or_default()
}

/// Out of the database's JSON. None where a stored word is none that the program knows.
pub fn from_json(json: Value) -> Option<(Ruleset, Ids)> {
    serde_json::from_value::<Rows>(json).ok()?.ruleset()
}

/// SHA-256 of the rules as a file, in hex.
pub fn fingerprint(rules: &Ruleset) -> String {
    hex(&sha256(render(rules).as_bytes()))
}
