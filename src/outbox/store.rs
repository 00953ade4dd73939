//! All SQL of the room, under the worker's hat.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures_util::join;
use serde_json::Value;
use uuid::Uuid;

use super::letter::Letter;
use crate::platform::db::{Tx, Worker};
use crate::platform::failure::Failure;
use crate::platform::i18n::Lang;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    to_address: String,
    #[diesel(sql_type = Text)]
    lang: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Jsonb)]
    params: Value,
}

/// Takes up to `n` due letters and moves their next attempt away, 1 minute doubling to half an hour: whoever dies while
/// sending leaves them to be tried again. Delivery is at least once.
pub async fn claim(tx: &mut Tx<Worker>, n: i32) -> Result<Vec<Letter>, Failure> {
    let sql = "update mail.letter l set attempts = l.attempts + 1, available_at = phach.now() + interval '1 minute' * power(2, least(l.attempts, 5))
        where l.id in (select id from mail.letter where sent_at is null and failed_at is null and available_at <= phach.now()
                       order by available_at, number limit {} for update skip locked)
        returning id, number, created_at, to_address, lang, kind, params";
    let mut rows: Vec<Row> = prepared(sql).bind::<Integer, _>(n).load(&mut **tx).await?;
    rows.sort_by_key(|r| r.number);
    let letter = |r: Row| Letter {
        id: r.id,
        order: format!("{:013}-{:08}", r.created_at.timestamp_millis(), r.number),
        to: r.to_address,
        lang: Lang::parse(&r.lang).unwrap_or_default(),
        kind: r.kind,
        params: r.params,
    };
    Ok(rows.into_iter().map(letter).collect())
}

/// Nobody waits for the disk: a mark that a crash loses has the letter sent once more, under the same Message-ID.
pub async fn mark_sent(tx: &Tx<Worker>, id: Uuid) -> Result<(), Failure> {
    let (mut first, mut second) = (&**tx, &**tx);
    let sent = prepared("update mail.letter set sent_at = phach.now() where id = {}").bind::<SqlUuid, _>(id);
    let (lazily, marked) = join!(first.batch_execute("set local synchronous_commit = off"), sent.execute(&mut second));
    Ok(lazily.and(marked.map(drop))?)
}

/// Not sent: for good where the address itself was refused three times or the letter is five days old, else until the next
/// attempt. So an outage, or a setting mended within days, loses no letter.
pub async fn mark_failed(tx: &Tx<Worker>, id: Uuid, why: &str, for_good: bool) -> Result<(), Failure> {
    let sql =
        "update mail.letter set last_error = {}, failed_at = case when ({} and attempts >= 3) or created_at < phach.now() - interval '5 days' then phach.now() end where id = {}";
    prepared(sql).bind::<Text, _>(why.to_owned()).bind::<Bool, _>(for_good).bind::<SqlUuid, _>(id).execute(&mut &**tx).await?;
    Ok(())
}

/// What a letter said, and what a mail server said of it, is wiped seven days after it was sent or given up.
pub async fn wipe(tx: &mut Tx<Worker>) -> Result<usize, Failure> {
    let sql = "update mail.letter set params = jsonb_build_object(), last_error = null, wiped_at = phach.now()
        where wiped_at is null and coalesce(sent_at, failed_at) < phach.now() - interval '7 days'";
    Ok(prepared(sql).execute(&mut **tx).await?)
}
