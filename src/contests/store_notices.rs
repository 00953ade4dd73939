//! SQL of what an organizer tells everybody: news, and questions with their answers.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, Integer, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::notice_form::NoticeForm;
use crate::platform::db::{Hat, Organizer, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// The wording of a notice that counts.
#[derive(QueryableByName, Clone, Debug)]
pub struct Notice {
    #[diesel(sql_type = SqlUuid)]
    pub thread: Uuid,
    /// 1: the first wording.
    #[diesel(sql_type = Integer)]
    pub n: i32,
    /// news | answer
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub title_vi: String,
    #[diesel(sql_type = Text)]
    pub title_en: String,
    /// An empty line parts paragraphs.
    #[diesel(sql_type = Text)]
    pub body_vi: String,
    #[diesel(sql_type = Text)]
    pub body_en: String,
    #[diesel(sql_type = Timestamptz)]
    pub first_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// What stands on the page, the oldest first.
pub async fn list_notices<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Notice>, Failure> {
    let sql = "select thread, n, kind, title_vi, title_en, body_vi, body_en, first_at, at from contest.notice w
        where contest = phach.contest() and not gone and not exists (select from contest.notice x where x.thread = w.thread and x.n > w.n) order by first_at, thread";
    Ok(prepared(sql).load(&mut **tx).await?)
}

/// A first wording, or another one. Errors: changed or taken off meanwhile; too many.
pub async fn write_notice(tx: &mut Tx<Organizer>, thread: Uuid, form: &NoticeForm) -> Result<(), Failure> {
    prepared("select contest.write_notice({}, {}, {}, {}, {})")
        .bind::<SqlUuid, _>(thread)
        .bind::<Integer, _>(form.seen)
        .bind::<Text, _>(form.kind.clone())
        .bind::<Array<Text>, _>(vec![form.title_vi.clone(), form.title_en().to_owned()])
        .bind::<Array<Text>, _>(vec![form.body_vi.clone(), form.body_en().to_owned()])
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Off the page; its wordings stay in the database and the act in the record.
pub async fn remove_notice(tx: &mut Tx<Organizer>, thread: Uuid) -> Result<(), Failure> {
    prepared("select contest.remove_notice({})").bind::<SqlUuid, _>(thread).execute(&mut **tx).await?;
    Ok(())
}
