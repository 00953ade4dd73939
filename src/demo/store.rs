//! SQL of the mark, of the clock while a demonstration loads, of the sign-in page's list and of the letters.
use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, sql_query};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use serde_json::Value;
use uuid::Uuid;

use crate::platform::db::{Hat, Public, Tx, Worker};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}
#[derive(QueryableByName)]
struct At {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
}

/// Whether the database bears the mark.
pub async fn is_marked(tx: &Tx<Public>) -> Result<bool, Failure> {
    let row: Yes = prepared("select phach.is_demonstration() as yes").get_result(&mut &**tx).await?;
    Ok(row.yes)
}

/// Held by the load from the question whether the database is served until its mark is set, and shared by a server for the moment in which it asks what
/// the database is: so one of the two sees the other.
const LOCK: &str = "hashtextextended('phach demonstration', 0)";

/// Waits until no server is just starting; from here on one that starts waits, until the mark is set or the connection ends.
pub async fn hold_back_servers(conn: &mut AsyncPgConnection) -> Result<(), Failure> {
    Ok(conn.batch_execute(&format!("select pg_advisory_lock({LOCK})")).await?)
}
/// Waits until no load is about to set the mark. Asked first, in a transaction of a serving login: by its connection the load knows that it is served.
pub async fn wait_for_a_mark(tx: &Tx<Public>) -> Result<(), Failure> {
    Ok((&mut &**tx).batch_execute(&format!("select pg_advisory_xact_lock_shared({LOCK})")).await?)
}

/// Marks an empty database, and from the same moment a transaction may say what time it is (`be_at`): a load broken off at any point leaves a
/// clock that is bent, which nobody serves. The clock as it was. Errors: the database is not empty.
pub async fn mark(conn: &mut AsyncPgConnection) -> Result<String, Failure> {
    let was: Word = prepared("select pg_get_functiondef('phach.now()'::regprocedure) as word").get_result(conn).await?;
    conn.batch_execute("begin; set local role phach_owner").await?;
    let marked = conn
        .batch_execute(
            "insert into phach.demonstration(one) values (true);
             create or replace function phach.now() returns timestamptz language sql stable parallel safe as
               $$ select coalesce(nullif(current_setting('phach.moment', true), '')::timestamptz, now()) $$;
             commit; select pg_advisory_unlock_all()",
        )
        .await;
    if marked.is_err() {
        conn.batch_execute("rollback").await?;
    }
    marked?;
    Ok(was.word)
}

/// What must hold nothing, with the role that sees all of it, in whatever version the database is: asked before anything is changed there. The mark
/// itself asks once more, under lock.
const NOTHING_IN: [(&str, &str, &str); 5] = [
    ("phach_owner", "phach.demonstration", "true"),
    ("phach_owner", "contest.contest", "true"),
    ("phach_account_owner", "account.account", "true"),
    ("phach_account_owner", "account.invitation", "email is not null or contest is not null"),
    ("phach_named_owner", "named.entry", "true"),
];

/// Nobody has an account or is invited, no contest, no entry is there and no mark. Of a database that was never migrated as well.
pub async fn is_empty(conn: &mut AsyncPgConnection) -> Result<bool, Failure> {
    for (role, table, counts) in NOTHING_IN {
        let there: Yes = sql_query(format!("select to_regclass('{table}') is not null as yes")).get_result(conn).await?;
        if !there.yes {
            continue;
        }
        conn.batch_execute(&format!("begin read only; set local role {role}")).await?;
        let held: Yes = sql_query(format!("select exists (select from {table} where {counts}) as yes")).get_result(conn).await?;
        conn.batch_execute("rollback").await?;
        if held.yes {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A server works with this database: one of its logins is connected. It would not know of the mark, and would send letters out.
pub async fn is_served(conn: &mut AsyncPgConnection) -> Result<bool, Failure> {
    let sql = "select exists (select from pg_stat_activity where datname = current_database() and usename in ('phach_' || current_database() || '_named', 'phach_' || current_database() || '_blind')) as yes";
    let row: Yes = prepared(sql).get_result(conn).await?;
    Ok(row.yes)
}

/// Whose load was broken off: the clock is still bent.
pub async fn is_unfinished(conn: &mut AsyncPgConnection) -> Result<bool, Failure> {
    let row: Yes = prepared("select prosrc like '%phach.moment%' as yes from pg_proc where oid = 'phach.now()'::regprocedure").get_result(conn).await?;
    Ok(row.yes)
}
pub async fn straighten_clock(conn: &mut AsyncPgConnection, was: &str) -> Result<(), Failure> {
    Ok(conn.batch_execute(&format!("begin; set local role phach_owner; {was}; commit")).await?)
}
pub async fn get_now(conn: &mut AsyncPgConnection) -> Result<DateTime<Utc>, Failure> {
    let row: At = prepared("select phach.now() as at").get_result(conn).await?;
    Ok(row.at)
}
/// What this transaction does from here on, it does then; None: now. Nobody waits for the disk: what a crash loses is loaded anew.
pub async fn be_at<H: Hat>(tx: &Tx<H>, at: Option<DateTime<Utc>>) -> Result<(), Failure> {
    prepared("select set_config('phach.moment', {}, true), set_config('synchronous_commit', 'off', true)")
        .bind::<Text, _>(at.map(|t| t.to_rfc3339()).unwrap_or_default())
        .execute(&mut &**tx)
        .await?;
    Ok(())
}

/// Whom one press signs in. Under the owner of the accounts: no hat writes this list.
pub async fn list_on_sign_in(conn: &mut AsyncPgConnection, people: &[(Uuid, &str, String)]) -> Result<(), Failure> {
    conn.batch_execute("begin; set local role phach_account_owner").await?;
    for (position, (account, hat, place)) in (1..).zip(people) {
        prepared("insert into account.stand_in(account, position, hat, place) values ({}, {}, {}, {})")
            .bind::<SqlUuid, _>(*account)
            .bind::<Integer, _>(position)
            .bind::<Text, _>((*hat).to_owned())
            .bind::<Text, _>(place.clone())
            .execute(conn)
            .await?;
    }
    // the sessions of the load, all of them
    conn.batch_execute("delete from account.session; commit").await?;
    Ok(())
}
/// What was written while it loaded goes nowhere. Sent now, so that it is not wiped before anybody could read it.
pub async fn keep_letters(tx: &mut Tx<Worker>) -> Result<usize, Failure> {
    Ok(prepared("update mail.letter set sent_at = phach.now() where sent_at is null").execute(&mut **tx).await?)
}
/// What it has learnt of its tables the planner would otherwise learn while the first pages wait.
pub async fn analyze(conn: &mut AsyncPgConnection) -> Result<(), Failure> {
    Ok(conn.batch_execute("analyze").await?)
}

/// A letter as the outbox has it.
#[derive(QueryableByName)]
pub struct Shown {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub to_address: String,
    #[diesel(sql_type = Text)]
    pub lang: String,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Jsonb)]
    pub params: Value,
}
/// The newest before one that was written then and has this number, to all or to one address.
pub async fn list_letters(tx: &mut Tx<Public>, to: &str, (at, number): (DateTime<Utc>, i64), n: i32) -> Result<Vec<Shown>, Failure> {
    prepared("select id, number, created_at, to_address, lang, kind, params from mail.shown({}, {}, {}, {})")
        .bind::<Text, _>(to.to_owned())
        .bind::<Timestamptz, _>(at)
        .bind::<BigInt, _>(number)
        .bind::<Integer, _>(n)
        .load(&mut **tx)
        .await
        .map_err(Into::into)
}
