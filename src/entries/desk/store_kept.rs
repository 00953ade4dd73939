//! SQL of what stands beside the entries: doubts, who has one open, texts and searches that are kept.
use diesel::sql_types::{Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Flag, Holder, SavedSearch, Template};
use crate::platform::db::{Clerk, Tx, Worker};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// Open ones first, then by when they were raised.
pub async fn list_flags(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Flag>, Failure> {
    let sql = "select f.kind, f.raised_at, f.settled_at, f.note, case when f.others = '{ }' then '[]' else (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number) order by o.number), '[]')
          from named.entry o where o.id = any(f.others) and o.number is not null) end as others
        from named.flag f where f.entry = {} order by f.settled_at is not null, f.raised_at";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}
/// Errors: settled meanwhile, or no note.
pub async fn settle_flag(tx: &mut Tx<Clerk>, entry: Uuid, kind: &str, note: &str) -> Result<(), Failure> {
    let sql = "select named.settle_flag({}, {}, {})";
    prepared(sql).bind::<SqlUuid, _>(entry).bind::<Text, _>(kind.to_owned()).bind::<Text, _>(note.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// Other clerks who have it open, the first one first.
pub async fn list_holders(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Holder>, Failure> {
    Ok(prepared("select name, since from named.holders({})").bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}
/// This clerk has it open now.
pub async fn claim(tx: &mut Tx<Clerk>, entry: Uuid) -> Result<(), Failure> {
    prepared("select named.claim({})").bind::<SqlUuid, _>(entry).execute(&mut **tx).await?;
    Ok(())
}

/// By name.
pub async fn list_templates(tx: &Tx<Clerk>) -> Result<Vec<Template>, Failure> {
    Ok(prepared("select id, name, vi, en from named.template where contest = phach.contest() order by name, id").load(&mut &**tx).await?)
}
/// New, or in the place of the one with this id. Errors: a name that another has, or too many.
pub async fn save_template(tx: &mut Tx<Clerk>, t: &Template) -> Result<(), Failure> {
    prepared("select named.save_template({}, {}, {}, {})")
        .bind::<SqlUuid, _>(t.id)
        .bind::<Text, _>(t.name.clone())
        .bind::<Text, _>(t.vi.clone())
        .bind::<Text, _>(t.en.clone())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
pub async fn remove_template(tx: &mut Tx<Clerk>, id: Uuid) -> Result<(), Failure> {
    prepared("select named.remove_template({})").bind::<SqlUuid, _>(id).execute(&mut **tx).await?;
    Ok(())
}

/// The clerk's own, by name.
pub async fn list_searches(tx: &Tx<Clerk>) -> Result<Vec<SavedSearch>, Failure> {
    Ok(prepared("select id, name, query from named.saved_search where contest = phach.contest() and clerk = phach.account() order by name").load(&mut &**tx).await?)
}
/// One of the same name is replaced. Errors: too many.
pub async fn save_search(tx: &mut Tx<Clerk>, name: &str, query: &str) -> Result<(), Failure> {
    prepared("select named.save_search({}, {})").bind::<Text, _>(name.to_owned()).bind::<Text, _>(query.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
pub async fn remove_search(tx: &mut Tx<Clerk>, id: Uuid) -> Result<(), Failure> {
    prepared("select named.remove_search({})").bind::<SqlUuid, _>(id).execute(&mut **tx).await?;
    Ok(())
}

/// Adds up what ended connections counted, and forgets who left an entry long ago.
pub async fn sweep(tx: &mut Tx<Worker>) -> Result<(), Failure> {
    prepared("select named.sweep()").execute(&mut **tx).await?;
    Ok(())
}
