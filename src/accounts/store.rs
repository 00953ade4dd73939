//! All SQL of the room: calls of the account functions. Nothing here reads a table.
use diesel::sql_types::{Bool, Bytea, Integer, Interval, Jsonb, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use serde_json::{Value, json};
use uuid::Uuid;

use super::model::{Credentials, HatWord, Invitation, Me, MyHat, MyKey};
use crate::platform::db::{Hat, Public, SessionHash, Tx, Worker};
use crate::platform::failure::Failure;
use crate::platform::form::{Email, OneTime};
use crate::platform::query::prepared;
use crate::platform::secret::hex;

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Nullable<Text>)]
    word: Option<String>,
}

/// Hats that may ask who they are.
pub async fn get_me<H: Hat>(tx: &Tx<H>) -> Result<Option<Me>, Failure> {
    Ok(prepared("select id, email, name, lang, confirmed, may_create from account.me()").get_result(&mut &**tx).await.optional()?)
}
pub async fn list_my_hats<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<MyHat>, Failure> {
    Ok(prepared("select slug, title_vi, title_en, hat from account.my_hats()").load(&mut **tx).await?)
}
/// What the visitor's keys wait for.
pub async fn list_my_keys(tx: &mut Tx<Public>) -> Result<Vec<MyKey>, Failure> {
    Ok(prepared("select slug, waits from account.my_keys()").load(&mut **tx).await?)
}

/// For this transaction: nobody waits for the disk. What a crash forgets are attempts of its last second.
pub async fn forget_easily(tx: &Tx<Public>) -> Result<(), Failure> {
    let mut wire = &**tx;
    Ok(wire.batch_execute("set local synchronous_commit = off").await?)
}

/// Counts an attempt in a bucket; false once the limit of the window is passed.
pub async fn count_attempt(tx: &Tx<Public>, bucket: [u8; 32], at_most: i32, minutes: i64) -> Result<bool, Failure> {
    let per = diesel::data_types::PgInterval::from_microseconds(minutes * 60_000_000);
    let a: Answer =
        prepared("select account.attempt({}, {}, {}) as yes").bind::<Bytea, _>(bucket.to_vec()).bind::<Integer, _>(at_most).bind::<Interval, _>(per).get_result(&mut &**tx).await?;
    Ok(a.yes)
}

/// Of the visitor's own password, which was right.
pub async fn give_back_attempt(tx: &Tx<Public>) -> Result<(), Failure> {
    forget_easily(tx).await?;
    prepared("select account.give_back_attempt()").execute(&mut &**tx).await?;
    Ok(())
}

pub async fn get_credentials(tx: &Tx<Public>, email: &Email) -> Result<Option<Credentials>, Failure> {
    let q = prepared("select id, password_hash from account.credentials({})").bind::<Text, _>(email.key.clone());
    Ok(q.get_result(&mut &**tx).await.optional()?)
}
pub async fn get_my_credentials(tx: &mut Tx<Public>) -> Result<Option<Credentials>, Failure> {
    Ok(prepared("select id, password_hash from account.my_credentials()").get_result(&mut **tx).await.optional()?)
}
pub async fn open_session(tx: &Tx<Public>, verified: &Credentials, key: SessionHash) -> Result<(), Failure> {
    prepared("select account.open_session({}, {}, {})")
        .bind::<SqlUuid, _>(verified.id)
        .bind::<Text, _>(verified.password_hash.clone())
        .bind::<Bytea, _>(key.0.to_vec())
        .execute(&mut &**tx)
        .await?;
    Ok(())
}
pub async fn close_session(tx: &Tx<Public>, key: SessionHash) -> Result<(), Failure> {
    prepared("select account.close_session({})").bind::<Bytea, _>(key.0.to_vec()).execute(&mut &**tx).await?;
    Ok(())
}
pub async fn close_all_sessions(tx: &mut Tx<Public>) -> Result<(), Failure> {
    prepared("select account.close_all_sessions()").execute(&mut **tx).await?;
    Ok(())
}
pub async fn sign_up(tx: &mut Tx<Public>, person: Value) -> Result<(), Failure> {
    prepared("select account.sign_up({})").bind::<Jsonb, _>(person).execute(&mut **tx).await?;
    Ok(())
}
pub async fn confirm(tx: &mut Tx<Public>, token: &str) -> Result<bool, Failure> {
    let a: Answer = prepared("select account.confirm({}) as yes").bind::<Bytea, _>(OneTime::hash_of(token).to_vec()).get_result(&mut **tx).await?;
    Ok(a.yes)
}
pub async fn ask_confirmation(tx: &mut Tx<Public>, token: &OneTime, link: &str) -> Result<(), Failure> {
    prepared("select account.ask_confirmation({}, {})").bind::<Bytea, _>(token.hash.to_vec()).bind::<Text, _>(link.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
pub async fn forgot(tx: &mut Tx<Public>, email: &Email, token: &OneTime, link: &str) -> Result<(), Failure> {
    prepared("select account.forgot({}, {}, {})")
        .bind::<Text, _>(email.key.clone())
        .bind::<Bytea, _>(token.hash.to_vec())
        .bind::<Text, _>(link.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
pub async fn reset(tx: &mut Tx<Public>, token: &str, new_hash: &str) -> Result<bool, Failure> {
    let a: Answer =
        prepared("select account.reset({}, {}) as yes").bind::<Bytea, _>(OneTime::hash_of(token).to_vec()).bind::<Text, _>(new_hash.to_owned()).get_result(&mut **tx).await?;
    Ok(a.yes)
}
pub async fn get_invitation(tx: &mut Tx<Public>, token: &str) -> Result<Option<Invitation>, Failure> {
    let q = prepared("select contest_slug, title_vi, title_en, hat, email, name, has_account from account.invitation({})").bind::<Bytea, _>(OneTime::hash_of(token).to_vec());
    Ok(q.get_result(&mut **tx).await.optional()?)
}
/// Redeems for the visitor (`person` None) or for a new account; the slug of the contest, if the link was for one.
pub async fn redeem(tx: &mut Tx<Public>, token: &str, person: Option<Value>) -> Result<Option<String>, Failure> {
    let w: Word =
        prepared("select account.redeem({}, {}) as word").bind::<Bytea, _>(OneTime::hash_of(token).to_vec()).bind::<Nullable<Jsonb>, _>(person).get_result(&mut **tx).await?;
    Ok(w.word)
}
/// A link to another address, whose letter changes it; `links`: the letter's, and the sign-in page for who has it already.
pub async fn ask_address(tx: &mut Tx<Public>, email: &Email, token: &OneTime, links: (String, String)) -> Result<(), Failure> {
    prepared("select account.ask_address({}, {}, {}, {}, {})")
        .bind::<Text, _>(email.address.clone())
        .bind::<Text, _>(email.key.clone())
        .bind::<Bytea, _>(token.hash.to_vec())
        .bind::<Text, _>(links.0)
        .bind::<Text, _>(links.1)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
/// By the link; this session stays where it is the account's own, every other ends. False: no such link, used, or run out.
pub async fn change_address(tx: &mut Tx<Public>, token: &str, session: Option<SessionHash>) -> Result<bool, Failure> {
    let q = prepared("select account.change_address({}, {}) as yes").bind::<Bytea, _>(OneTime::hash_of(token).to_vec());
    let a: Answer = q.bind::<Nullable<Bytea>, _>(session.map(|s| s.0.to_vec())).get_result(&mut **tx).await?;
    Ok(a.yes)
}
pub async fn set_lang(tx: &mut Tx<Public>, lang: &str) -> Result<(), Failure> {
    prepared("select account.set_lang({})").bind::<Text, _>(lang.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// Attempts, sessions and links that have run out go.
pub async fn sweep(tx: &mut Tx<Worker>) -> Result<(), Failure> {
    prepared("select account.sweep()").execute(&mut **tx).await?;
    Ok(())
}

/// The administrator's invitation (`phach account invite`, the first link of an empty installation, `contest load`):
/// made without a person who grants, so it is the command line's alone. Returns the link's key.
pub async fn grant_by_administrator(conn: &mut AsyncPgConnection, email: Option<&Email>, contest: Option<(Uuid, HatWord)>) -> Result<String, Failure> {
    let link = OneTime::new();
    conn.batch_execute("begin").await?;
    let (c, hat) = contest.map_or((None, None), |(c, h)| (Some(c), Some(h.word())));
    conn.batch_execute("set local role phach_account_owner").await?;
    prepared("insert into account.invitation(id, hash, contest, hat, email, email_key) values ({}, {}, {}, {}, {}, {})")
        .bind::<SqlUuid, _>(Uuid::now_v7())
        .bind::<Bytea, _>(link.hash.to_vec())
        .bind::<Nullable<SqlUuid>, _>(c)
        .bind::<Nullable<Text>, _>(hat)
        .bind::<Nullable<Text>, _>(email.map(|e| e.address.clone()))
        .bind::<Nullable<Text>, _>(email.map(|e| e.key.clone()))
        .execute(conn)
        .await?;
    conn.batch_execute("commit").await?;
    Ok(link.key)
}

/// True while nobody has an account: then `serve` prints the first organizer's link.
pub async fn nobody_yet(conn: &mut AsyncPgConnection) -> Result<bool, Failure> {
    conn.batch_execute("begin; set local role phach_account_owner").await?;
    let a: Answer = prepared("select not exists (select from account.account) as yes").get_result(conn).await?;
    conn.batch_execute("commit").await?;
    Ok(a.yes)
}

/// A new account as the functions take it.
pub fn person(id: Uuid, email: &Email, name: &str, lang: &str, password_hash: &str) -> Value {
    json!({ "id": id, "email": email.address, "email_key": email.key, "name": name, "lang": lang, "password_hash": password_hash })
}
pub fn with_confirmation(mut person: Value, token: &OneTime, link: &str, sign_in_link: &str) -> Value {
    if let Some(map) = person.as_object_mut() {
        map.insert("token_hash".into(), hex(&token.hash).into());
        map.insert("link".into(), link.into());
        map.insert("sign_in_link".into(), sign_in_link.into());
    }
    person
}
