//! SQL of whom the desk's letters reach.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::Email;
use crate::platform::query::prepared;

/// Somebody who is written to about an entry.
#[derive(QueryableByName, Clone, Debug)]
pub struct Reader {
    /// 0: the contact, whose account sent it; else the author's place.
    #[diesel(sql_type = Integer)]
    pub position: i32,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    /// What the contact signs in with; empty where nobody has claimed what came by post.
    #[diesel(sql_type = Text)]
    pub own_email: String,
    /// Whether that one is confirmed.
    #[diesel(sql_type = Bool)]
    pub confirmed: bool,
    /// Of a co-author.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub asked_at: Option<DateTime<Utc>>,
    /// None: not answered.
    #[diesel(sql_type = Nullable<Bool>)]
    pub agrees: Option<bool>,
    #[diesel(sql_type = Text)]
    pub words: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub answered_at: Option<DateTime<Utc>>,
}
/// The contact first, then the co-authors who were asked.
pub async fn list_readers(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Reader>, Failure> {
    let sql = "select place as position, name, email, own_email, confirmed, asked_at, agrees, words, answered_at from named.written_to({})";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

/// A letter that did not arrive.
#[derive(QueryableByName, Clone, Debug)]
pub struct Undelivered {
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The desk's; empty: the program gave it up.
    #[diesel(sql_type = Text)]
    pub note: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}
/// The newest first.
pub async fn list_undelivered(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Undelivered>, Failure> {
    let sql = "select email, note, at from named.undelivered where entry = {} and contest = phach.contest() order by at desc limit 50";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

/// An address that the desk wrote to instead.
#[derive(QueryableByName, Clone, Debug)]
pub struct Mended {
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}
/// Those found at this entry, the newest first.
pub async fn list_mended(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Mended>, Failure> {
    let sql = "select email, reason, at from named.contact where entry = {} and contest = phach.contest() order by at desc limit 50";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

/// Refuses the address that letters go to already, and a reason that says nothing.
pub async fn mend_contact(tx: &mut Tx<Clerk>, entry: Uuid, email: &Email, reason: &str) -> Result<(), Failure> {
    prepared("select named.mend_contact({}, {}, {}, {})")
        .bind::<SqlUuid, _>(entry)
        .bind::<Text, _>(email.address.clone())
        .bind::<Text, _>(email.key.clone())
        .bind::<Text, _>(reason.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Refuses an address that nobody of the entry is written to at.
pub async fn note_came_back(tx: &mut Tx<Clerk>, entry: Uuid, email: &str, note: &str) -> Result<(), Failure> {
    let sql = "select named.note_came_back({}, {}, {})";
    prepared(sql).bind::<SqlUuid, _>(entry).bind::<Text, _>(email.to_owned()).bind::<Text, _>(note.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
