//! SQL of the contestant's own list, and of what a new entry begins with.
use diesel::sql_types::{Bool, Jsonb, Nullable, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use futures_util::join;
use uuid::Uuid;

use super::model::{Beginning, Listed};
use crate::platform::db::{Contestant, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}
#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}

/// All of the visitor's in this contest, the newest first.
pub async fn list_entries(tx: &Tx<Contestant>) -> Result<Vec<Listed>, Failure> {
    let sql = "select e.id, e.state, e.number, e.version, e.cut, false as sealed, e.by_post, e.extended_to, e.state_at, e.submitted_at, e.due_at,
          case when e.version > 0 then e.title else coalesce(d.title, '') end as title,
          case when e.version > 0 then e.category else d.category end as category,
          coalesce(case when e.version > 0 then (select string_agg(a.name, ', ' order by a.position) from named.version v join named.author a on a.version = v.id
              where v.entry = e.id and v.n = e.version)
            else (select string_agg(x.a ->> 'name', ', ' order by x.nth) from jsonb_array_elements(d.authors) with ordinality as x(a, nth) where x.a ->> 'name' <> '') end, '') as authors,
          case when e.cut and named.may_repair(e.id) then (select r.due_at from named.repair r where r.entry = e.id and r.ended is null) end as repair_due,
          greatest(e.state_at, d.saved_at) as at, coalesce(d.saved_at > e.submitted_at, false) as changed
        from named.entry e left join named.draft d on d.entry = e.id where e.contest = phach.contest() and e.account = phach.account()
        order by e.created_at desc, e.id desc";
    Ok(prepared(sql).load(&mut &**tx).await?)
}

/// Whether the visitor has begun an entry in this contest.
pub async fn has_begun(tx: &Tx<Contestant>) -> Result<bool, Failure> {
    let sql = "select exists (select from named.entry where contest = phach.contest() and account = phach.account()) as yes";
    let found: Yes = prepared(sql).get_result(&mut &**tx).await?;
    Ok(found.yes)
}

/// What an entry of the visitor's holds that another may begin with; None where it is not the visitor's, or not here.
pub async fn get_beginning(tx: &Tx<Contestant>, entry: Uuid) -> Result<Option<Beginning>, Failure> {
    let sql = "select category, unit, authors, asked from named.draft where entry = {} and contest = phach.contest() and account = phach.account()";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).get_result(&mut &**tx).await.optional()?)
}

/// A new entry with a draft that begins so; the one that nothing was written in yet, if there is one: two presses make
/// one entry.
pub async fn open_entry(tx: &mut Tx<Contestant>, with: Beginning) -> Result<Uuid, Failure> {
    let lock = prepared("select pg_advisory_xact_lock(hashtextextended('open entry ' || phach.contest()::text || ' ' || phach.account()::text, 0))");
    let sql = "select e.id from named.entry e join named.draft d on d.entry = e.id
        where e.contest = phach.contest() and e.account = phach.account() and e.state = 'draft' and d.revision = 1 and d.attachment is null limit 1";
    let (mut first, mut second) = (&**tx, &**tx);
    let (locked, blank) = join!(lock.execute(&mut first), prepared(sql).get_result::<Id>(&mut second));
    locked?;
    if let Some(blank) = blank.optional()? {
        let again = prepared("update named.draft set category = {}, unit = {}, authors = {}, asked = {} where entry = {}")
            .bind::<Nullable<SqlUuid>, _>(with.category)
            .bind::<Nullable<SqlUuid>, _>(with.unit)
            .bind::<Jsonb, _>(with.authors)
            .bind::<Jsonb, _>(with.asked)
            .bind::<SqlUuid, _>(blank.id);
        again.execute(&mut **tx).await?;
        return Ok(blank.id);
    }
    let id = Uuid::now_v7();
    let (mut first, mut second) = (&**tx, &**tx);
    let entry = prepared("insert into named.entry(id, contest, account) values ({}, phach.contest(), phach.account())").bind::<SqlUuid, _>(id).execute(&mut first);
    let draft = prepared("insert into named.draft(entry, contest, account, category, unit, authors, asked) values ({}, phach.contest(), phach.account(), {}, {}, {}, {})")
        .bind::<SqlUuid, _>(id)
        .bind::<Nullable<SqlUuid>, _>(with.category)
        .bind::<Nullable<SqlUuid>, _>(with.unit)
        .bind::<Jsonb, _>(with.authors)
        .bind::<Jsonb, _>(with.asked)
        .execute(&mut second);
    let (entry, draft) = join!(entry, draft);
    entry.and(draft)?;
    Ok(id)
}
