//! SQL of the room's pages, and how a ruleset is written.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Bytea, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use serde_json::{Value, json};
use uuid::Uuid;

use super::call::{Call, Listed, Pair, Waiver};
use super::invite_form::Invitee;
use super::model::Ruleset;
use super::rows::{Ids, fingerprint, to_json};
use crate::accounts::model::HatWord;
use crate::platform::db::{Hat, Organizer, Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::OneTime;
use crate::platform::query::prepared;
use crate::platform::secret::hex;

pub async fn list_contests(tx: &mut Tx<Public>) -> Result<Vec<Listed>, Failure> {
    let sql = "select slug, title_vi, title_en, host_vi, host_en, timezone, opens_at, closes_at, ready, published_at, phach.now() as now from contest.contest order by created_at desc, id limit 200";
    Ok(prepared(sql).load(&mut **tx).await?)
}
/// Of the visitor as somebody who sends entries.
#[derive(QueryableByName, Clone, Copy, Debug, Default)]
pub struct OwnStanding {
    /// An entry is begun here.
    #[diesel(sql_type = Bool)]
    pub begun: bool,
    /// As many count for the visitor as the rules allow one person.
    #[diesel(sql_type = Bool)]
    pub at_limit: bool,
}
pub async fn get_own_standing<H: Hat>(tx: &Tx<H>) -> Result<OwnStanding, Failure> {
    Ok(prepared("select begun, at_limit from named.own_standing()").get_result(&mut &**tx).await?)
}
pub async fn get_call<H: Hat>(tx: &mut Tx<H>) -> Result<Call, Failure> {
    Ok(prepared("select host_vi, host_en, summary_vi, summary_en from contest.contest where id = phach.contest()").get_result(&mut **tx).await?)
}
pub async fn list_offices<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Pair>, Failure> {
    Ok(prepared("select office_vi as vi, office_en as en from contest.key_holder where contest = phach.contest() order by position").load(&mut **tx).await?)
}
pub async fn list_by_hand<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Pair>, Failure> {
    Ok(prepared("select rule_vi as vi, rule_en as en from contest.by_hand where contest = phach.contest() order by position").load(&mut **tx).await?)
}
pub async fn list_waivers<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Waiver>, Failure> {
    Ok(prepared("select category, reason, at from contest.waiver where contest = phach.contest() order by at").load(&mut **tx).await?)
}

#[derive(QueryableByName)]
struct Slug {
    #[diesel(sql_type = Text)]
    slug: String,
}
#[derive(QueryableByName)]
struct Now {
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
}
/// The database's clock.
pub async fn get_now<H: Hat>(tx: &mut Tx<H>) -> Result<DateTime<Utc>, Failure> {
    let now: Now = prepared("select phach.now() as now").get_result(&mut **tx).await?;
    Ok(now.now)
}
/// `wanted`, or `wanted-2`, `wanted-3`… while it is taken.
pub async fn free_slug(tx: &mut Tx<Public>, wanted: &str) -> Result<String, Failure> {
    let taken: Vec<Slug> = prepared("select slug from contest.contest where slug = {} or slug like {} || '-%'")
        .bind::<Text, _>(wanted.to_owned())
        .bind::<Text, _>(wanted.to_owned())
        .load(&mut **tx)
        .await?;
    let is_free = |s: &String| !taken.iter().any(|t| t.slug == *s);
    let mut tries = std::iter::once(wanted.to_owned()).chain((2..1_000).map(|n| format!("{wanted}-{n}")));
    Ok(tries.find(is_free).unwrap_or_default())
}

pub async fn create_contest(tx: &mut Tx<Public>, rules: &Ruleset) -> Result<(), Failure> {
    prepared("select account.create_contest({})").bind::<Jsonb, _>(to_json(rules, &mut Ids::default(), Uuid::now_v7())).execute(&mut **tx).await?;
    Ok(())
}

/// `phach contest load`: the administrator's, so there is no person to become the organizer; the id is for the invitation.
pub async fn load_contest(conn: &mut AsyncPgConnection, rules: &Ruleset) -> Result<Uuid, Failure> {
    let id = Uuid::now_v7();
    conn.batch_execute("begin; set local role phach_account_owner").await?;
    prepared("select contest.create({})").bind::<Jsonb, _>(to_json(rules, &mut Ids::default(), id)).execute(conn).await?;
    prepared("select record.note({}, 'create_contest', {}, jsonb_build_object('slug', {}, 'rules', {}))")
        .bind::<SqlUuid, _>(id)
        .bind::<Text, _>(id.to_string())
        .bind::<Text, _>(rules.contest.slug.as_str().to_owned())
        .bind::<Text, _>(fingerprint(rules))
        .execute(conn)
        .await?;
    conn.batch_execute("commit").await?;
    Ok(id)
}

#[derive(QueryableByName, Clone, Debug)]
pub struct Official {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub hat: String,
}
#[derive(QueryableByName, Clone, Debug)]
pub struct Invited {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub hat: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// waiting | redeemed | expired | cancelled
    #[diesel(sql_type = Text)]
    pub state: String,
}
#[derive(QueryableByName, Clone, Debug)]
pub struct Holder {
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub office_vi: String,
    #[diesel(sql_type = Text)]
    pub office_en: String,
    /// Has a confirmed account and a hat here, so can turn the key.
    #[diesel(sql_type = Bool)]
    pub ready: bool,
}
/// What became of an address of the list.
#[derive(QueryableByName, Clone, Debug)]
pub struct Outcome {
    #[diesel(sql_type = Text)]
    pub email: String,
    /// sent | open | worn | other_side | oneself
    #[diesel(sql_type = Text)]
    pub outcome: String,
}

pub async fn list_officials(tx: &mut Tx<Organizer>) -> Result<Vec<Official>, Failure> {
    Ok(prepared("select name, hat from account.officials()").load(&mut **tx).await?)
}
pub async fn list_invited(tx: &mut Tx<Organizer>) -> Result<Vec<Invited>, Failure> {
    Ok(prepared("select id, hat, email, name, created_at, state from account.invitations()").load(&mut **tx).await?)
}
pub async fn list_holders(tx: &mut Tx<Organizer>) -> Result<Vec<Holder>, Failure> {
    Ok(prepared("select email, office_vi, office_en, ready from account.key_holders()").load(&mut **tx).await?)
}
/// One invitation an address and hat, with its letter, where the address has none open and no such hat; what became of each,
/// in the order of the list.
pub async fn invite(tx: &mut Tx<Organizer>, people: impl Iterator<Item = (&Invitee, HatWord)>, link: impl Fn(&str) -> String) -> Result<Vec<Outcome>, Failure> {
    let one = |(i, hat): (&Invitee, HatWord)| {
        let key = OneTime::new();
        let link = link(&format!("/invitation/{}", key.key));
        json!({ "id": Uuid::now_v7(), "email": i.email.address, "email_key": i.email.key, "name": i.name, "hat": hat.word(), "hash": hex(&key.hash), "link": link })
    };
    let list: Vec<Value> = people.map(one).collect();
    Ok(prepared("select email, outcome from account.invite({})").bind::<Jsonb, _>(Value::from(list)).load(&mut **tx).await?)
}
/// Another link in another letter; the one before ends.
pub async fn invite_again(tx: &mut Tx<Organizer>, id: Uuid, link: impl Fn(&str) -> String) -> Result<(), Failure> {
    let key = OneTime::new();
    prepared("select account.invite_again({}, {}, {})")
        .bind::<SqlUuid, _>(id)
        .bind::<Bytea, _>(key.hash.to_vec())
        .bind::<Text, _>(link(&format!("/invitation/{}", key.key)))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
pub async fn cancel_invitation(tx: &mut Tx<Organizer>, id: Uuid) -> Result<(), Failure> {
    prepared("select account.cancel_invitation({})").bind::<SqlUuid, _>(id).execute(&mut **tx).await?;
    Ok(())
}
pub async fn waive(tx: &mut Tx<Organizer>, category: Uuid, reason: &str) -> Result<(), Failure> {
    prepared("select contest.waive({}, {})").bind::<SqlUuid, _>(category).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}
