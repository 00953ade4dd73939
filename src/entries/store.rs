//! SQL of the contestant, and of the reader of uploads.
use diesel::sql_types::{Binary, Bool, Int4, Integer, Jsonb, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;
use futures_util::join;
use uuid::Uuid;

use super::actions::Stored;
use super::forms::Typed;
use super::model::{Attachment, Decision, Draft, Entry, Version};
use super::reading::Outcome;
use super::rules::{Submission, Work};
use crate::platform::db::{Contestant, Reader, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;
use crate::platform::secret::sha256;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}
#[derive(QueryableByName)]
struct Revision {
    #[diesel(sql_type = Integer)]
    revision: i32,
}
#[derive(QueryableByName)]
struct Body {
    #[diesel(sql_type = Nullable<Text>)]
    body: Option<String>,
}

pub async fn get_entry(tx: &Tx<Contestant>, id: Uuid) -> Result<Option<Entry>, Failure> {
    let sql = "select id, state, number, version, cut, cut and named.sealed() as sealed, by_post, extended_to, state_at, submitted_at
        from named.entry where id = {} and contest = phach.contest() and account = phach.account()";
    Ok(prepared(sql).bind::<SqlUuid, _>(id).get_result(&mut &**tx).await.optional()?)
}

/// A draft never sent; its refusal: not the visitor's, or sent meanwhile.
pub async fn delete_draft(tx: &mut Tx<Contestant>, entry: Uuid) -> Result<(), Failure> {
    prepared("select named.delete_draft({})").bind::<SqlUuid, _>(entry).execute(&mut **tx).await?;
    Ok(())
}

#[derive(QueryableByName)]
struct Reason {
    #[diesel(sql_type = Text)]
    reason: String,
}
/// Why the desk last gave the entry more time; empty where it did not.
pub async fn get_extension_reason(tx: &mut Tx<Contestant>, entry: Uuid) -> Result<String, Failure> {
    let sql = "select reason from named.extension where entry = {} order by at desc limit 1";
    let found: Option<Reason> = prepared(sql).bind::<SqlUuid, _>(entry).get_result(&mut **tx).await.optional()?;
    Ok(found.map(|r| r.reason).unwrap_or_default())
}

pub async fn get_draft(tx: &Tx<Contestant>, entry: Uuid) -> Result<Draft, Failure> {
    let sql = "select revision, category, unit, title, body, use_file, attachment, authors, note, asked, saved_at,
          exists (select from named.kept_text k where k.entry = d.entry) as kept from named.draft d where entry = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).get_result(&mut &**tx).await?)
}

/// Overwrites the draft that the page showed; None where another window saved a newer one. A category or unit that is not
/// the contest's is stored as none.
pub async fn save_draft(tx: &Tx<Contestant>, entry: Uuid, typed: &Typed) -> Result<Option<i32>, Failure> {
    let sql = "update named.draft set revision = revision + 1, saved_at = phach.now(),
          category = (select k.id from contest.category k where k.id = {} and k.contest = phach.contest()),
          unit = (select u.id from contest.unit u where u.id = {} and u.contest = phach.contest()),
          title = left({}, 300), body = {}, use_file = {}, authors = {}, note = left({}, 10000), asked = {}
        where entry = {} and revision = {} returning revision";
    let saved: Option<Revision> = prepared(sql)
        .bind::<Nullable<SqlUuid>, _>(typed.category)
        .bind::<Nullable<SqlUuid>, _>(typed.unit)
        .bind::<Text, _>(typed.title.clone())
        .bind::<Text, _>(typed.text.clone())
        .bind::<Bool, _>(typed.use_file)
        .bind::<Jsonb, _>(serde_json::to_value(&typed.authors).map_err(Failure::broken)?)
        .bind::<Text, _>(typed.note.clone())
        .bind::<Jsonb, _>(serde_json::to_value(&typed.asked).map_err(Failure::broken)?)
        .bind::<SqlUuid, _>(entry)
        .bind::<Integer, _>(typed.revision)
        .get_result(&mut &**tx)
        .await
        .optional()?;
    Ok(saved.map(|r| r.revision))
}

/// Whether the draft is still the one that the page showed.
pub async fn is_current(tx: &Tx<Contestant>, entry: Uuid, revision: i32) -> Result<bool, Failure> {
    let found: Option<Revision> = prepared("select revision from named.draft where entry = {} and revision = {}")
        .bind::<SqlUuid, _>(entry)
        .bind::<Integer, _>(revision)
        .get_result(&mut &**tx)
        .await
        .optional()?;
    Ok(found.is_some())
}

/// A file stored already becomes the draft's; false where another window saved a newer draft.
pub async fn attach(tx: &Tx<Contestant>, (entry, revision): (Uuid, i32), file: &Stored) -> Result<bool, Failure> {
    let sql = "with taken as (update named.draft set attachment = {}, use_file = true where entry = {} and revision = {} returning entry, attachment)
        insert into named.attachment(id, entry, contest, account, storage_key, file_name, bytes, sha256)
          select t.attachment, t.entry, phach.contest(), phach.account(), {}, {}, {}, {} from taken t";
    let taken = prepared(sql)
        .bind::<SqlUuid, _>(file.id)
        .bind::<SqlUuid, _>(entry)
        .bind::<Integer, _>(revision)
        .bind::<Text, _>(file.storage_key.clone())
        .bind::<Text, _>(file.upload.name.clone())
        .bind::<Int4, _>(i32::try_from(file.upload.bytes).map_err(Failure::broken)?)
        .bind::<Binary, _>(file.upload.sha256.to_vec())
        .execute(&mut &**tx)
        .await?;
    Ok(taken == 1)
}

pub async fn remove_file(tx: &mut Tx<Contestant>, entry: Uuid) -> Result<(), Failure> {
    prepared("update named.draft set attachment = null, use_file = false where entry = {}").bind::<SqlUuid, _>(entry).execute(&mut **tx).await?;
    Ok(())
}

/// The file attached to an entry's draft.
pub async fn get_draft_file(tx: &Tx<Contestant>, entry: Uuid) -> Result<Option<Attachment>, Failure> {
    let sql = "select a.id, a.storage_key, a.file_name, a.bytes, a.sha256, a.state, a.reason, a.words, a.warnings
        from named.draft d join named.attachment a on a.id = d.attachment where d.entry = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).get_result(&mut &**tx).await.optional()?)
}

pub async fn get_attachment(tx: &Tx<Contestant>, id: Uuid) -> Result<Option<Attachment>, Failure> {
    let sql = "select id, storage_key, file_name, bytes, sha256, state, reason, words, warnings from named.attachment where id = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(id).get_result(&mut &**tx).await.optional()?)
}

/// The version that counts; None before the first submission.
pub async fn get_version(tx: &Tx<Contestant>, entry: &Entry) -> Result<Option<Version>, Failure> {
    let sql = "select n, category, unit, title, words, attachment, coalesce(sha256, '') as sha256, receipt, answers, received_at from named.version where entry = {} and n = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry.id).bind::<Integer, _>(entry.version).get_result(&mut &**tx).await.optional()?)
}
#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
/// Whether what counts was written down by the desk, from paper.
pub async fn is_written_by_desk(tx: &Tx<Contestant>, entry: &Entry) -> Result<bool, Failure> {
    if !entry.by_post {
        return Ok(false);
    }
    let found: Yes = prepared("select named.written_by_desk({}) as yes").bind::<SqlUuid, _>(entry.id).get_result(&mut &**tx).await?;
    Ok(found.yes)
}
/// The file it names.
pub async fn get_version_file(tx: &Tx<Contestant>, entry: &Entry) -> Result<Option<Attachment>, Failure> {
    let sql = "select a.id, a.storage_key, a.file_name, a.bytes, a.sha256, a.state, a.reason, a.words, a.warnings
        from named.version v join named.attachment a on a.id = v.attachment where v.entry = {} and v.n = {}";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry.id).bind::<Integer, _>(entry.version).get_result(&mut &**tx).await.optional()?)
}
/// Its text as received; None where it stands in a file.
pub async fn get_version_text(tx: &mut Tx<Contestant>, entry: &Entry) -> Result<Option<String>, Failure> {
    let found: Option<Body> = prepared("select body from named.version where entry = {} and n = {}")
        .bind::<SqlUuid, _>(entry.id)
        .bind::<Integer, _>(entry.version)
        .get_result(&mut **tx)
        .await
        .optional()?;
    Ok(found.and_then(|b| b.body))
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}
pub async fn list_author_names(tx: &Tx<Contestant>, entry: &Entry) -> Result<Vec<String>, Failure> {
    let sql = "select a.name from named.author a join named.version v on v.id = a.version where v.entry = {} and v.n = {} order by a.position";
    let names: Vec<Name> = prepared(sql).bind::<SqlUuid, _>(entry.id).bind::<Integer, _>(entry.version).load(&mut &**tx).await?;
    Ok(names.into_iter().map(|n| n.name).collect())
}

pub async fn list_decisions(tx: &Tx<Contestant>, entry: Uuid) -> Result<Vec<Decision>, Failure> {
    let sql = "select version, verdict, reason, due_at, at from named.screening where entry = {} order by at desc";
    Ok(prepared(sql).bind::<SqlUuid, _>(entry).load(&mut &**tx).await?)
}

/// Writes the version and has it received, with its letter. The same id again changes nothing. Errors: as
/// `named.receive` refuses.
pub async fn submit(tx: &mut Tx<Contestant>, entry: Uuid, id: Uuid, s: &Submission) -> Result<(), Failure> {
    // one behind the other on the wire; the first that fails fails the rest
    let (written, authors, received) = join!(insert_version(tx, entry, id, s), insert_authors(tx, id, s), receive(tx, entry, id));
    written.and(authors).and(received)
}

async fn insert_version(tx: &Tx<Contestant>, entry: Uuid, id: Uuid, s: &Submission) -> Result<(), Failure> {
    let (body, words, attachment, sha) = match &s.work {
        Work::Text { text, words } => (Some(text.clone()), i32::try_from(*words).ok(), None, sha256(text.as_bytes()).to_vec()),
        Work::File { attachment, sha256 } => (None, None, Some(*attachment), sha256.clone()),
    };
    prepared(
        "insert into named.version(id, entry, contest, account, category, unit, title, body, words, attachment, sha256, note, asked)
         values ({}, {}, phach.contest(), phach.account(), {}, {}, {}, {}, {}, {}, {}, {}, {}) on conflict (id) do nothing",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(entry)
    .bind::<SqlUuid, _>(s.category)
    .bind::<Nullable<SqlUuid>, _>(s.unit)
    .bind::<Text, _>(s.title.clone())
    .bind::<Nullable<Text>, _>(body)
    .bind::<Nullable<Integer>, _>(words)
    .bind::<Nullable<SqlUuid>, _>(attachment)
    .bind::<Binary, _>(sha)
    .bind::<Text, _>(s.note.clone())
    .bind::<Jsonb, _>(serde_json::to_value(&s.asked).map_err(Failure::broken)?)
    .execute(&mut &**tx)
    .await?;
    Ok(())
}

async fn receive(tx: &Tx<Contestant>, entry: Uuid, id: Uuid) -> Result<(), Failure> {
    prepared("select from named.receive({}, {})").bind::<SqlUuid, _>(id).bind::<SqlUuid, _>(entry).execute(&mut &**tx).await?;
    Ok(())
}

async fn insert_authors(tx: &Tx<Contestant>, version: Uuid, s: &Submission) -> Result<(), Failure> {
    let rows = s.authors.iter().enumerate().map(|(i, a)| {
        serde_json::json!({ "position": i + 1, "name": a.name, "pen_name": a.pen_name, "birth_year": a.birth_year, "phone": a.phone, "guardian": a.guardian, "guardian_agrees": a.guardian_agrees,
            "email": a.email.as_ref().map_or("", |e| e.address.as_str()), "email_key": a.email.as_ref().map_or("", |e| e.key.as_str()) })
    });
    prepared(
        "insert into named.author(version, position, contest, account, name, pen_name, birth_year, email, email_key, phone, guardian, guardian_agrees)
         select {}, position, phach.contest(), phach.account(), name, pen_name, birth_year, email, email_key, phone, guardian, guardian_agrees
         from jsonb_to_recordset({}) as a(position int, name text, pen_name text, birth_year int, email text, email_key text, phone text, guardian text, guardian_agrees boolean)
         where exists (select from named.version v where v.id = {} and v.received_at is null)", // a replay adds nobody to what was received
    )
    .bind::<SqlUuid, _>(version)
    .bind::<Jsonb, _>(serde_json::Value::from_iter(rows))
    .bind::<SqlUuid, _>(version)
    .execute(&mut &**tx)
    .await?;
    Ok(())
}

/// Whether this version, made by this entry's form, was received already: a replay.
pub async fn is_received(tx: &Tx<Contestant>, entry: Uuid, version: Uuid) -> Result<bool, Failure> {
    let sql = "select id from named.version where id = {} and entry = {} and account = phach.account() and received_at is not null";
    let found: Option<Id> = prepared(sql).bind::<SqlUuid, _>(version).bind::<SqlUuid, _>(entry).get_result(&mut &**tx).await.optional()?;
    Ok(found.is_some_and(|f| f.id == version))
}

pub async fn withdraw(tx: &mut Tx<Contestant>, entry: Uuid) -> Result<(), Failure> {
    prepared("select named.withdraw({})").bind::<SqlUuid, _>(entry).execute(&mut **tx).await?;
    Ok(())
}

/// After the cut, of the desk. Asked a second time it is the same request.
pub async fn ask_withdrawal(tx: &mut Tx<Contestant>, entry: Uuid) -> Result<(), Failure> {
    prepared("select named.ask_withdrawal({})").bind::<SqlUuid, _>(entry).execute(&mut **tx).await?;
    Ok(())
}
/// Whether the desk was asked and has not answered.
pub async fn is_withdrawal_asked(tx: &Tx<Contestant>, entry: Uuid) -> Result<bool, Failure> {
    let asked: Option<Id> =
        prepared("select {} as id where named.withdrawal_asked({})").bind::<SqlUuid, _>(entry).bind::<SqlUuid, _>(entry).get_result(&mut &**tx).await.optional()?;
    Ok(asked.is_some())
}

/// An upload that nobody has read: the server that took it was stopped.
#[derive(QueryableByName)]
pub struct Pending {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub storage_key: String,
}
/// Those older than a minute: the younger ones are being read.
pub async fn list_pending(tx: &mut Tx<Reader>) -> Result<Vec<Pending>, Failure> {
    let sql = "select id, storage_key from named.attachment where state = 'pending' and attached_at < phach.now() - interval '1 minute' order by attached_at limit 20";
    Ok(prepared(sql).load(&mut **tx).await?)
}
/// What the reading gave, once; then a submitted version that cannot be read becomes a query.
pub async fn finish_reading(tx: &Tx<Reader>, attachment: Uuid, outcome: &Outcome) -> Result<(), Failure> {
    let (state, reason, body, words, warnings) = match outcome {
        Ok(r) => ("read", None, Some(r.text.clone()), i32::try_from(r.words).ok(), r.warnings.iter().map(|w| w.code()).collect()),
        Err(u) => ("unreadable", Some(u.code().to_owned()), None, None, vec![]),
    };
    let changed = prepared("update named.attachment set state = {}, reason = {}, body = {}, words = {}, warnings = {}, read_at = phach.now() where id = {} and state = 'pending'")
        .bind::<Text, _>(state.to_owned())
        .bind::<Nullable<Text>, _>(reason)
        .bind::<Nullable<Text>, _>(body)
        .bind::<Nullable<Integer>, _>(words)
        .bind::<Jsonb, _>(serde_json::Value::from_iter(warnings))
        .bind::<SqlUuid, _>(attachment)
        .execute(&mut &**tx)
        .await?;
    if changed == 1 && outcome.is_err() {
        prepared("select named.finish_reading({})").bind::<SqlUuid, _>(attachment).execute(&mut &**tx).await?;
    }
    Ok(())
}
