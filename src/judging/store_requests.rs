//! SQL of what judges ask of the chair.
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::PaperCode;
use crate::platform::db::{Chair, Judge, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// Errors: as `blind.ask_correction` refuses; `correction_once` where it was asked before.
pub async fn ask_correction(tx: &mut Tx<Judge>, code: &PaperCode, reason: &str) -> Result<(), Failure> {
    prepared("select blind.ask_correction({}, {})").bind::<Text, _>(code.as_str().to_owned()).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// A judge asks to correct a sheet.
#[derive(QueryableByName, Clone, Debug)]
pub struct Correction {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub judge: String,
    #[diesel(sql_type = Bool)]
    pub third: bool,
    /// Of the sheet, in hundredths.
    #[diesel(sql_type = Integer)]
    pub total: i32,
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// The paper has an agreed mark by now: it can only be declined.
    #[diesel(sql_type = Bool)]
    pub agreed: bool,
}
/// What waits for an answer, by code; nothing once the round is closed.
pub async fn list_corrections(tx: &mut Tx<Chair>) -> Result<Vec<Correction>, Failure> {
    Ok(prepared("select id, code, judge, third, total, reason, agreed from blind.corrections()").load(&mut **tx).await?)
}
/// Errors: as `blind.answer_correction` refuses.
pub async fn answer_correction(tx: &mut Tx<Chair>, id: Uuid, yes: bool, reason: &str) -> Result<(), Failure> {
    let q = prepared("select blind.answer_correction({}, {}, {})").bind::<SqlUuid, _>(id).bind::<Bool, _>(yes).bind::<Text, _>(reason.to_owned());
    q.execute(&mut **tx).await?;
    Ok(())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}
/// How many requests wait for the chair.
pub async fn count_waiting(tx: &mut Tx<Chair>) -> Result<i64, Failure> {
    let row: Count =
        prepared("select (select count(*) from blind.corrections()) + (select count(*) from blind.reports() r where r.state = 'new') as n").get_result(&mut **tx).await?;
    Ok(row.n)
}

/// A report that the judge made of this paper.
#[derive(QueryableByName, Clone, Debug)]
pub struct OwnReport {
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub paragraph: Option<i32>,
    #[diesel(sql_type = Text)]
    pub note: String,
}
/// In the order in which they were made.
pub async fn list_own_reports(tx: &Tx<Judge>, code: &PaperCode) -> Result<Vec<OwnReport>, Failure> {
    Ok(prepared("select kind, paragraph, note from blind.my_reports() where paper = {}").bind::<Text, _>(code.as_str().to_owned()).load(&mut &**tx).await?)
}
/// Errors: as `blind.report_paper` refuses.
pub async fn report(tx: &mut Tx<Judge>, code: &PaperCode, kind: &str, paragraph: Option<i32>, note: &str) -> Result<(), Failure> {
    let q = prepared("select blind.report_paper({}, {}, {}, {})")
        .bind::<Text, _>(code.as_str().to_owned())
        .bind::<Text, _>(kind.to_owned())
        .bind::<Nullable<Integer>, _>(paragraph)
        .bind::<Text, _>(note.to_owned());
    q.execute(&mut **tx).await?;
    Ok(())
}

/// A report, before the chair's eyes.
#[derive(QueryableByName, Clone, Debug)]
pub struct Report {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub judge: String,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub paragraph: Option<i32>,
    #[diesel(sql_type = Text)]
    pub note: String,
    /// new | nothing | note | desk | answered | late
    #[diesel(sql_type = Text)]
    pub state: String,
    /// Of the chair.
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// Of the desk: mended | cannot-be-mended | no-problem.
    #[diesel(sql_type = Text)]
    pub answer: String,
}
/// First what waits for a decision, then by code.
pub async fn list_reports(tx: &mut Tx<Chair>) -> Result<Vec<Report>, Failure> {
    Ok(prepared("select id, code, judge, kind, paragraph, note, state, reason, answer from blind.reports()").load(&mut **tx).await?)
}
/// Errors: as `blind.decide_report` refuses.
pub async fn decide_report(tx: &mut Tx<Chair>, id: Uuid, decision: &str, reason: &str) -> Result<(), Failure> {
    let q = prepared("select blind.decide_report({}, {}, {})").bind::<SqlUuid, _>(id).bind::<Text, _>(decision.to_owned()).bind::<Text, _>(reason.to_owned());
    q.execute(&mut **tx).await?;
    Ok(())
}
