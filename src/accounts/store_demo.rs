//! SQL of the demonstration's sign-in. Each function of the database asks for the mark itself.
use diesel::QueryableByName;
use diesel::sql_types::{Bytea, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::StandIn;
use crate::platform::db::{Public, SessionHash, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// Nobody, without the mark.
pub async fn list_stand_ins(tx: &mut Tx<Public>) -> Result<Vec<StandIn>, Failure> {
    Ok(prepared("select id, name, hat, waits from account.stand_ins()").load(&mut **tx).await?)
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = Text)]
    place: String,
}
/// A session for one of the list; where that person's work is. Not found: everybody else, and all without the mark.
pub async fn sign_in_as(tx: &mut Tx<Public>, who: Uuid, key: SessionHash) -> Result<String, Failure> {
    let row: Place = prepared("select account.sign_in_as({}, {}) as place").bind::<SqlUuid, _>(who).bind::<Bytea, _>(key.0.to_vec()).get_result(&mut **tx).await?;
    Ok(row.place)
}
