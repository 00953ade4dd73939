//! SQL of what the desk corrects.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::Email;
use crate::platform::query::prepared;

/// A correction, with what stood before.
#[derive(QueryableByName, Clone, Debug)]
pub struct Correction {
    /// Of the author; 0: the unit.
    #[diesel(sql_type = Integer)]
    pub position: i32,
    /// Field → what it was; of a unit its id.
    #[diesel(sql_type = Jsonb)]
    pub was: Value,
    /// Field → what it has been since.
    #[diesel(sql_type = Jsonb)]
    pub becomes: Value,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}
/// The newest first.
pub async fn list_corrections(tx: &Tx<Clerk>, entry: Uuid) -> Result<Vec<Correction>, Failure> {
    let sql = "select position, was, becomes, reason, at from named.correction where entry = {} and contest = phach.contest() order by at desc, id limit 100";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

/// An author as it is to stand.
pub struct Corrected {
    /// From 1.
    pub position: i32,
    pub name: String,
    pub pen_name: String,
    pub birth_year: Option<i32>,
    pub email: Option<Email>,
    pub phone: String,
}

/// Of the version that was seen. Refuses what changes nothing, what is over, and a newer version.
pub async fn correct_author(tx: &mut Tx<Clerk>, (entry, seen): (Uuid, i32), a: &Corrected, reason: &str) -> Result<(), Failure> {
    let (address, key) = a.email.as_ref().map_or(("", ""), |e| (e.address.as_str(), e.key.as_str()));
    let fields = json!({ "name": a.name, "pen_name": a.pen_name, "birth_year": a.birth_year, "email": address, "email_key": key, "phone": a.phone });
    prepared("select named.correct_author({}, {}, {}, {}, {})")
        .bind::<SqlUuid, _>(entry)
        .bind::<Integer, _>(seen)
        .bind::<Integer, _>(a.position)
        .bind::<Jsonb, _>(fields)
        .bind::<Text, _>(reason.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// As `correct_author`; None: of no unit.
pub async fn correct_unit(tx: &mut Tx<Clerk>, (entry, seen): (Uuid, i32), unit: Option<Uuid>, reason: &str) -> Result<(), Failure> {
    prepared("select named.correct_unit({}, {}, {}, {})")
        .bind::<SqlUuid, _>(entry)
        .bind::<Integer, _>(seen)
        .bind::<Nullable<SqlUuid>, _>(unit)
        .bind::<Text, _>(reason.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
