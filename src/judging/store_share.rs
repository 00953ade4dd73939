//! SQL of the share for judges who came late; under the dealer's hat, as the assignment.
use diesel::QueryableByName;
use diesel::sql_types::{Array, Bool, Jsonb, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::deal::Judge;
use super::deal::share::{Move, Share};
use super::store_board::JudgeLine;
use crate::platform::db::{Dealer, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Late {
    #[diesel(sql_type = SqlUuid)]
    judge: Uuid,
}
#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = SqlUuid)]
    judge: Uuid,
    #[diesel(sql_type = Text)]
    paper: String,
}

/// Judges who declared after the first assignment, and mark.
pub async fn list_late(tx: &mut Tx<Dealer>) -> Result<Vec<Uuid>, Failure> {
    let rows: Vec<Late> = prepared("select judge from blind.late_judges() judge").load(&mut **tx).await?;
    Ok(rows.into_iter().map(|r| r.judge).collect())
}

/// Everybody who marks, what nobody has begun, and who of the late ones may have it.
pub async fn read_share(tx: &mut Tx<Dealer>, judges: &[JudgeLine], late: &[Uuid]) -> Result<Share, Failure> {
    let held: Vec<Pair> = prepared("select judge, paper from blind.unbegun()").load(&mut **tx).await?;
    let closed = "select judge, paper from slip.exclusions() where judge = any({}) union all
        select judge, paper from blind.assignment where contest = phach.contest() and judge = any({})";
    let closed: Vec<Pair> = prepared(closed).bind::<Array<SqlUuid>, _>(late.to_vec()).bind::<Array<SqlUuid>, _>(late.to_vec()).load(&mut **tx).await?;
    let pairs = |rows: Vec<Pair>| rows.into_iter().map(|p| (p.judge, p.paper)).collect::<Vec<_>>();
    let seat = |j: &JudgeLine| Judge { id: j.judge, load: u32::try_from(j.open_papers + j.marked).unwrap_or(u32::MAX) };
    Ok(Share::new(judges.iter().filter(|j| j.declared && !j.withdrawn).map(seat).collect(), late, &pairs(held), &pairs(closed)))
}

#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
/// A closed round moves nothing, even where tied papers are read once more.
pub async fn is_closed(tx: &mut Tx<Dealer>) -> Result<bool, Failure> {
    let row: Yes = prepared("select exists (select from blind.closing where contest = phach.contest()) as yes").get_result(&mut **tx).await?;
    Ok(row.yes)
}

/// From here on nobody deals, declares or closes meanwhile. Errors: `round_closed`, `sealed`.
pub async fn begin(tx: &mut Tx<Dealer>) -> Result<(), Failure> {
    prepared("select blind.begin_share()").execute(&mut **tx).await?;
    Ok(())
}

/// Moves the papers by the seed that was taken. Postgres checks each again; `deal_stale` where a judge has begun one meanwhile.
pub async fn share_out(tx: &mut Tx<Dealer>, share: &Share, moves: &[Move]) -> Result<(), Failure> {
    let judge = |seat: usize| share.judges.get(seat).map(|j| j.id);
    let one = |m: &Move| serde_json::json!({"paper": share.held.get(m.paper).map(|h| h.code.as_str()), "from": judge(m.from), "to": judge(m.to)});
    prepared("select blind.share_out({}, {})").bind::<Jsonb, _>(moves.iter().map(one).collect::<serde_json::Value>()).bind::<Text, _>(share.text()).execute(&mut **tx).await?;
    Ok(())
}
