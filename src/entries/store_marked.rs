//! SQL of what comes back from the marking: crossings *readings* and *own result*.
use diesel::sql_types::{Array, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Entry;
use crate::platform::db::{Contestant, Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::i18n::Lang;
use crate::platform::query::prepared;

/// What the rules let a contestant read of the own marking.
#[derive(QueryableByName, Clone, Debug)]
pub struct OwnResult {
    /// Hundredths; None where nobody could read it.
    #[diesel(sql_type = Nullable<Integer>)]
    pub mark: Option<i32>,
    /// Hundredths: the most that could be had.
    #[diesel(sql_type = Integer)]
    pub total: i32,
    #[diesel(sql_type = Integer)]
    pub readings: i32,
    #[diesel(sql_type = Array<Text>)]
    pub comments: Vec<String>,
}

/// None before the publication, where the rules show nothing, and of an entry that was not marked to the end.
pub async fn get_own_result(tx: &mut Tx<Contestant>, entry: Uuid, category: Uuid) -> Result<Option<OwnResult>, Failure> {
    let sql = "select o.mark, r.total, o.readings, o.comments from slip.own_result({}) o join contest.category k on k.id = {} join contest.rubric r on r.id = k.rubric";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).bind::<SqlUuid, _>(category).get_result(&mut **tx).await.optional()?)
}

/// The own mark of an entry in a list.
#[derive(QueryableByName, Clone, Debug)]
pub struct ListedMark {
    #[diesel(sql_type = SqlUuid)]
    pub entry: Uuid,
    /// Hundredths; None where nobody could read it.
    #[diesel(sql_type = Nullable<Integer>)]
    pub mark: Option<i32>,
    #[diesel(sql_type = Integer)]
    pub total: i32,
}
/// Of these entries, as `get_own_result` of each.
pub async fn list_own_marks(tx: &Tx<Contestant>, entries: Vec<Uuid>) -> Result<Vec<ListedMark>, Failure> {
    let sql = "select e.id as entry, o.mark, r.total from named.entry e cross join lateral slip.own_result(e.id) o
        join contest.category k on k.id = e.category join contest.rubric r on r.id = k.rubric where e.id = any({})";
    Ok(prepared(sql).bind::<Array<SqlUuid>, _>(entries).load(&mut &**tx).await?)
}

/// A prize of an own work, as everybody reads it in the results.
#[derive(QueryableByName, Clone, Debug)]
pub struct OwnPrize {
    #[diesel(sql_type = SqlUuid)]
    pub entry: Uuid,
    #[diesel(sql_type = Text)]
    name_vi: String,
    #[diesel(sql_type = Text)]
    name_en: String,
}
impl OwnPrize {
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_vi, &self.name_en)
    }
}
/// None before the publication.
pub async fn list_own_prizes(tx: &Tx<Contestant>) -> Result<Vec<OwnPrize>, Failure> {
    Ok(prepared("select o.entry, p.name_vi, p.name_en from slip.own_prizes() o join contest.prize p on p.id = o.prize").load(&mut &**tx).await?)
}

/// How far the readings of a category are.
#[derive(QueryableByName, Clone, Debug)]
pub struct Readings {
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    /// marking | read
    #[diesel(sql_type = Text)]
    pub word: String,
}

/// To the desk, of every category that is cut; to a contestant, of those with an own entry in the marking.
pub async fn list_readings<H: Hat>(tx: &Tx<H>) -> Result<Vec<Readings>, Failure> {
    Ok(prepared("select category, word from slip.readings()").load(&mut &**tx).await?)
}

/// Of the entry's category; empty while it is not in the marking.
pub async fn get_readings<H: Hat>(tx: &Tx<H>, in_marking: bool, category: Uuid) -> Result<String, Failure> {
    if !in_marking {
        return Ok(String::new());
    }
    let all = list_readings(tx).await?;
    Ok(all.into_iter().find(|r| r.category == category).map(|r| r.word).unwrap_or_default())
}

impl Entry {
    /// Its slip is off and it still takes part.
    pub fn is_in_marking(&self) -> bool {
        self.cut && self.state == "valid"
    }
}
