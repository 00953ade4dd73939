//! Rows of the lists.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which list a part is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Rubric,
    Criterion,
    Group,
    Category,
    Unit,
    Prize,
    Holder,
    Declaration,
    Question,
    Choice,
}

#[derive(Serialize, Deserialize)]
pub(super) struct RubricRow {
    pub id: Uuid,
    pub key: String,
    pub name_vi: String,
    pub name_en: String,
    pub step: i32,
    pub total: i32,
    pub position: usize,
}
#[derive(Serialize, Deserialize)]
pub(super) struct CriterionRow {
    pub id: Uuid,
    pub rubric: Uuid,
    pub key: String,
    pub name_vi: String,
    pub name_en: String,
    pub description_vi: String,
    pub description_en: String,
    pub max: i32,
    pub position: usize,
}
/// A ranking group.
#[derive(Serialize, Deserialize)]
pub(super) struct NamedRow {
    pub id: Uuid,
    pub key: String,
    pub name_vi: String,
    pub name_en: String,
    pub total: i32,
    pub position: usize,
}
#[derive(Serialize, Deserialize)]
pub(super) struct CategoryRow {
    pub id: Uuid,
    pub key: String,
    pub name_vi: String,
    pub name_en: String,
    pub kind: String,
    pub min_words: Option<u32>,
    pub max_words: Option<u32>,
    pub min_authors: u32,
    pub max_authors: u32,
    pub rubric: Option<Uuid>,
    pub ranking_group: Option<Uuid>,
    pub position: usize,
}
#[derive(Serialize, Deserialize)]
pub(super) struct UnitRow {
    pub id: Uuid,
    pub key: String,
    pub name_vi: String,
    pub name_en: String,
    pub parent: Option<Uuid>,
    pub position: usize,
}
#[derive(Serialize, Deserialize)]
pub(super) struct PrizeRow {
    pub id: Uuid,
    pub key: String,
    pub name_vi: String,
    pub name_en: String,
    pub kind: String,
    pub ranking_group: Option<Uuid>,
    pub level: u32,
    pub places: u32,
    pub amount: Option<i64>,
    pub currency: Option<String>,
    pub minimum: Option<i32>,
    #[serde(default)]
    pub needs_level: Option<u32>,
    #[serde(default)]
    pub needs_prizes: Option<u32>,
    #[serde(default)]
    pub needs_received: Option<u32>,
    #[serde(default)]
    pub needs_valid: Option<u32>,
    pub position: usize,
}
#[derive(Serialize, Deserialize)]
pub(super) struct HolderRow {
    pub id: Uuid,
    pub email_key: String,
    pub office_vi: String,
    pub office_en: String,
    pub position: usize,
}
/// A declaration, or a question, which has a kind.
#[derive(Serialize, Deserialize)]
pub(super) struct AskedRow {
    pub id: Uuid,
    pub key: String,
    pub text_vi: String,
    pub text_en: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    pub position: usize,
}
#[derive(Serialize, Deserialize)]
pub(super) struct ChoiceRow {
    pub id: Uuid,
    pub question: Uuid,
    pub key: String,
    pub name_vi: String,
    pub name_en: String,
    pub position: usize,
}
#[derive(Serialize, Deserialize)]
pub(super) struct HandRow {
    pub rule_vi: String,
    pub rule_en: String,
    pub position: usize,
}
