//! SQL of a demonstration at size: whole tables at once, by the database's administrator and not under any hat.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, Bool, Integer, Text, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use crate::platform::failure::Failure;
use crate::platform::query::prepared;

const WORKS: &str = include_str!("at_size/works.sql");
const SHEETS: &str = include_str!("at_size/sheets.sql");

#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}
#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    n: i32,
}

/// Whole tables can be written only by who is bound by none of their policies.
pub async fn is_unbound(conn: &mut AsyncPgConnection) -> Result<bool, Failure> {
    let row: Yes = prepared("select rolsuper as yes from pg_roles where rolname = current_user").get_result(conn).await?;
    Ok(row.yes)
}

/// What works are made of.
pub struct Stuff {
    pub names: Vec<String>,
    pub titles: Vec<String>,
    pub bodies: Vec<String>,
    /// Syllables of each body.
    pub words: Vec<i32>,
}
/// Kept for as long as the connection lasts, with so many accounts of senders made of it.
pub async fn lay_out(conn: &mut AsyncPgConnection, stuff: Stuff, (senders, hash): (i32, &str)) -> Result<(), Failure> {
    conn.batch_execute(
        "create temp table size_name(n int primary key, name text not null); create temp table size_account(n int primary key, id uuid not null);
         create temp table size_essay(n int primary key, title text not null, body text not null, words int not null); select setseed(0.2027)",
    )
    .await?;
    prepared("insert into size_name select n - 1, name from unnest({}) with ordinality x(name, n)").bind::<Array<Text>, _>(stuff.names).execute(conn).await?;
    prepared("insert into size_essay select n - 1, title, body, words from unnest({}, {}, {}) with ordinality x(title, body, words, n)")
        .bind::<Array<Text>, _>(stuff.titles)
        .bind::<Array<Text>, _>(stuff.bodies)
        .bind::<Array<Integer>, _>(stuff.words)
        .execute(conn)
        .await?;
    prepared("insert into size_account select n, gen_random_uuid() from generate_series(0, {} - 1) n").bind::<Integer, _>(senders).execute(conn).await?;
    prepared(
        "insert into account.account(id, email, email_key, name, lang, password_hash, confirmed_at)
           select a.id, 'nguoi-gui-' || a.n || '@example.org', 'nguoi-gui-' || a.n || '@example.org', p.name, 'vi', {}, phach.now()
           from size_account a join size_name p on p.n = a.n * 7 % (select count(*) from size_name) order by a.n",
    )
    .bind::<Text, _>(hash.to_owned())
    .execute(conn)
    .await?;
    conn.batch_execute("analyze size_name; analyze size_account; analyze size_essay").await?;
    Ok(())
}

/// One setting of the two files of SQL, for one transaction.
async fn set(conn: &mut AsyncPgConnection, name: &str, value: String) -> Result<(), Failure> {
    prepared("select set_config({}, {}, true)").bind::<Text, _>(format!("size.{name}")).bind::<Text, _>(value).execute(conn).await?;
    Ok(())
}
async fn run(conn: &mut AsyncPgConnection, settings: &[(&str, String)], sql: &str) -> Result<(), Failure> {
    conn.batch_execute("begin").await?;
    let done = async {
        for (name, value) in settings {
            set(conn, name, value.clone()).await?;
        }
        conn.batch_execute(sql).await?;
        Ok::<_, Failure>(conn.batch_execute("commit").await?)
    }
    .await;
    if done.is_err() {
        conn.batch_execute("rollback").await?;
    }
    done
}

/// Works of a contest.
pub struct Works {
    pub contest: Uuid,
    pub entries: usize,
    /// Still open: in every state. Else all are valid, and two ranking groups are of a known size.
    pub open: bool,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// Who decided.
    pub clerk: Uuid,
}
pub async fn add_works(conn: &mut AsyncPgConnection, w: &Works) -> Result<(), Failure> {
    let settings = [
        ("contest", w.contest.to_string()),
        ("entries", w.entries.to_string()),
        ("open", w.open.to_string()),
        ("from", w.from.to_rfc3339()),
        ("to", w.to.to_rfc3339()),
        ("clerk", w.clerk.to_string()),
    ];
    run(conn, &settings, WORKS).await
}

/// Marks what is open, but not what judges have whose number is `spare` or above. Now, or then.
pub async fn mark_open(conn: &mut AsyncPgConnection, contest: Uuid, spare: usize, at: DateTime<Utc>) -> Result<(), Failure> {
    run(conn, &[("contest", contest.to_string()), ("spare", spare.to_string()), ("at", at.to_rfc3339())], SHEETS).await
}
/// Readings of a contest that nobody has marked.
pub async fn count_open(conn: &mut AsyncPgConnection, contest: Uuid) -> Result<i32, Failure> {
    let row: Number = prepared("select count(*)::int as n from blind.assignment where contest = {} and state = 'open'").bind::<SqlUuid, _>(contest).get_result(conn).await?;
    Ok(row.n)
}

/// A contest of a demonstration by its address; None: there is none, or this is no demonstration.
pub async fn find_contest(conn: &mut AsyncPgConnection, slug: &str) -> Result<Option<Uuid>, Failure> {
    use diesel::OptionalExtension;
    let row: Option<Id> = prepared("select id from contest.contest where slug = {} and exists (select from phach.demonstration)")
        .bind::<Text, _>(slug.to_owned())
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(|r| r.id))
}
/// After so much is written the planner learns of it, and pages are marked as all-visible.
pub async fn settle(conn: &mut AsyncPgConnection) -> Result<(), Failure> {
    Ok(conn.batch_execute("vacuum analyze").await?)
}
