//! SQL of the form's own: texts kept beside a draft, and the public's question about a receipt.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::forms::Typed;
use crate::platform::db::{Contestant, Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Moment {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    at: Option<DateTime<Utc>>,
}

/// When what a receipt names was received; None for every mismatch alike.
pub async fn check_receipt(tx: &Tx<Public>, number: &str, sha256: &str) -> Result<Option<DateTime<Utc>>, Failure> {
    let found: Moment = prepared("select named.check_receipt({}, {}) as at").bind::<Text, _>(number.to_owned()).bind::<Text, _>(sha256.to_owned()).get_result(&mut &**tx).await?;
    Ok(found.at)
}

/// A text kept beside the draft.
#[derive(QueryableByName, Clone, Debug)]
pub struct KeptText {
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    #[diesel(sql_type = Jsonb)]
    pub authors: serde_json::Value,
    #[diesel(sql_type = Text)]
    pub note: String,
    #[diesel(sql_type = Jsonb)]
    pub asked: serde_json::Value,
    #[diesel(sql_type = Timestamptz)]
    pub kept_at: DateTime<Utc>,
}

/// The newest first.
pub async fn list_kept(tx: &Tx<Contestant>, entry: Uuid) -> Result<Vec<KeptText>, Failure> {
    let sql = "select title, body, authors, note, asked, kept_at from named.kept_text where entry = {} order by kept_at desc, id";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

/// Keeps the stored draft, while it is still of that revision, before another takes its place.
pub async fn keep_stored(tx: &Tx<Contestant>, entry: Uuid, revision: i32) -> Result<(), Failure> {
    prepared("select named.keep_text({}, {}, null)").bind::<SqlUuid, _>(entry).bind::<Integer, _>(revision).execute(&mut &**tx).await?;
    Ok(())
}

/// Keeps what was typed where the stored draft stays.
pub async fn keep_typed(tx: &Tx<Contestant>, entry: Uuid, typed: &Typed) -> Result<(), Failure> {
    let text = serde_json::json!({ "title": typed.title, "body": typed.text, "authors": typed.authors, "note": typed.note, "asked": typed.asked });
    prepared("select named.keep_text({}, 0, {})").bind::<SqlUuid, _>(entry).bind::<Jsonb, _>(text).execute(&mut &**tx).await?;
    Ok(())
}

/// What the reading view shows of a draft: the text typed, or that of its file.
#[derive(QueryableByName, Clone, Debug)]
pub struct ReadDraft {
    #[diesel(sql_type = Text)]
    pub title: String,
    /// None where a file gave none, or is not read yet.
    #[diesel(sql_type = Nullable<Text>)]
    pub body: Option<String>,
    /// none | pending | read | unreadable; empty: no file is meant.
    #[diesel(sql_type = Text)]
    pub state: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub category: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit: Option<Uuid>,
    /// A list of `TypedAuthor`.
    #[diesel(sql_type = Jsonb)]
    pub authors: serde_json::Value,
    /// The contest's own language: that of its papers.
    #[diesel(sql_type = Text)]
    pub lang: String,
}

pub async fn read_draft(tx: &Tx<Contestant>, entry: Uuid) -> Result<ReadDraft, Failure> {
    let sql = "select d.title, case when d.use_file then a.body else d.body end as body, case when d.use_file then coalesce(a.state, 'none') else '' end as state,
          coalesce(a.reason, '') as reason, d.category, d.unit, d.authors, c.lang
        from named.draft d join contest.contest c on c.id = d.contest left join named.attachment a on a.id = d.attachment where d.entry = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).get_result(&mut &**tx).await?)
}
