//! SQL of the texts that are looked through for their authors' names, as the reader of uploads.
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Integer, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Slip;
use crate::platform::db::{Reader, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// A text not looked through yet.
#[derive(QueryableByName)]
pub struct Unscanned {
    #[diesel(sql_type = SqlUuid)]
    pub entry: Uuid,
    /// Of this wish: a later one has another.
    #[diesel(sql_type = SqlUuid)]
    pub mark: Uuid,
    #[diesel(embed)]
    pub slip: Slip,
}

pub async fn list_unscanned(tx: &mut Tx<Reader>, at_most: usize) -> Result<Vec<Unscanned>, Failure> {
    let sql = "select entry, mark, title, body, names, pens, emails, phones, units from named.texts_to_scan({})";
    Ok(prepared(sql).bind::<Integer, _>(i32::try_from(at_most).unwrap_or(i32::MAX)).load(&mut **tx).await?)
}

/// The doubt is raised or goes by itself.
pub async fn note_scan(tx: &mut Tx<Reader>, entry: Uuid, mark: Uuid, names_author: bool) -> Result<(), Failure> {
    prepared("select named.note_scan({}, {}, {})").bind::<SqlUuid, _>(entry).bind::<SqlUuid, _>(mark).bind::<Bool, _>(names_author).execute(&mut **tx).await?;
    Ok(())
}
