//! SQL of the room's pages, and how a ruleset is written.
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use serde_json::{Value, json};
use uuid::Uuid;

use super::call::{Call, Listed, Pair, Waiver};
use super::file::render;
use super::model::{Bilingual, Key, Locale, Recipient, Ruleset};
use crate::platform::db::{Hat, Organizer, Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::{Email, OneTime};
use crate::platform::query::prepared;
use crate::platform::secret::{hex, sha256};

pub async fn list_contests(tx: &mut Tx<Public>) -> Result<Vec<Listed>, Failure> {
    let sql = "select slug, title_vi, title_en, host_vi, host_en, timezone, opens_at, closes_at, phach.now() as now from contest.contest order by created_at desc, id limit 200";
    Ok(prepared(sql).load(&mut **tx).await?)
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
    prepared("select account.create_contest({})").bind::<Jsonb, _>(as_json(rules, Uuid::now_v7())).execute(&mut **tx).await?;
    Ok(())
}

/// `phach contest load`: the administrator's, so there is no person to become the organizer; the id is for the invitation.
pub async fn load_contest(conn: &mut AsyncPgConnection, rules: &Ruleset) -> Result<Uuid, Failure> {
    let id = Uuid::now_v7();
    let written = as_json(rules, id);
    let fingerprint = written.get("rules_sha256").and_then(Value::as_str).unwrap_or_default().to_owned();
    conn.batch_execute("begin; set local role phach_account_owner").await?;
    prepared("select contest.create({})").bind::<Jsonb, _>(written).execute(conn).await?;
    prepared("select record.note({}, 'create_contest', {}, jsonb_build_object('slug', {}, 'rules', {}))")
        .bind::<SqlUuid, _>(id)
        .bind::<Text, _>(id.to_string())
        .bind::<Text, _>(rules.contest.slug.as_str().to_owned())
        .bind::<Text, _>(fingerprint)
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
    #[diesel(sql_type = Text)]
    pub hat: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub redeemed_at: Option<DateTime<Utc>>,
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
#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Integer)]
    n: i32,
}

pub async fn list_officials(tx: &mut Tx<Organizer>) -> Result<Vec<Official>, Failure> {
    Ok(prepared("select name, hat from account.officials()").load(&mut **tx).await?)
}
pub async fn list_invited(tx: &mut Tx<Organizer>) -> Result<Vec<Invited>, Failure> {
    Ok(prepared("select hat, email, created_at, expires_at, redeemed_at from account.invitations()").load(&mut **tx).await?)
}
pub async fn list_holders(tx: &mut Tx<Organizer>) -> Result<Vec<Holder>, Failure> {
    Ok(prepared("select email, office_vi, office_en, ready from account.key_holders()").load(&mut **tx).await?)
}
/// One invitation an address, with its letter; how many were sent.
pub async fn invite(tx: &mut Tx<Organizer>, hat: &str, people: &[Email], link: impl Fn(&str) -> String) -> Result<i32, Failure> {
    let one = |email: &Email| {
        let key = OneTime::new();
        json!({ "id": Uuid::now_v7(), "email": email.address, "email_key": email.key, "hash": hex(&key.hash), "link": link(&format!("/invitation/{}", key.key)) })
    };
    let list: Vec<Value> = people.iter().map(one).collect();
    let sent: Count = prepared("select account.invite({}, {}) as n").bind::<Text, _>(hat.to_owned()).bind::<Jsonb, _>(Value::from(list)).get_result(&mut **tx).await?;
    Ok(sent.n)
}
pub async fn waive(tx: &mut Tx<Organizer>, category: Uuid, reason: &str) -> Result<(), Failure> {
    prepared("select contest.waive({}, {})").bind::<SqlUuid, _>(category).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// A ruleset as `contest.create` takes it. Every row has a new id; the SHA-256 is of the rules as a file.
fn as_json(r: &Ruleset, contest: Uuid) -> Value {
    let ids = Ids::of(r);
    let mut all = head(r, contest);
    let parts = json!({
        "rubrics": r.rubrics.iter().map(|x| named(&x.name, json!({ "id": ids.rubric(&x.key), "contest": contest, "key": x.key.as_str(), "step": x.step.get(), "total": x.total().get() }))).collect::<Vec<_>>(),
        "criteria": r.rubrics.iter().flat_map(|x| criteria(x, ids.rubric(&x.key))).collect::<Vec<_>>(),
        "ranking_groups": numbered(&r.ranking_groups, |g| named(&g.name, json!({ "id": ids.group(&g.key), "contest": contest, "key": g.key.as_str(), "total": total_of(r, &g.key) }))),
        "categories": numbered(&r.categories, |k| named(&k.name, json!({
            "id": Uuid::now_v7(), "contest": contest, "key": k.key.as_str(), "kind": k.kind.word(), "min_words": k.words.min, "max_words": k.words.max,
            "min_authors": k.authors.min, "max_authors": k.authors.max, "rubric": ids.rubric(&k.rubric), "ranking_group": ids.group(&k.ranking_group) }))),
        "units": numbered(&r.units, |u| named(&u.name, json!({ "id": ids.unit(&u.key), "contest": contest, "key": u.key.as_str(), "parent": u.parent.as_ref().and_then(|p| ids.unit(p)) }))),
        "prizes": numbered(&r.prizes, |p| named(&p.name, json!({
            "id": Uuid::now_v7(), "contest": contest, "key": p.key.as_str(), "kind": p.recipient.word(), "level": p.level, "places": p.count,
            "ranking_group": match &p.recipient { Recipient::Individual { ranking_group } => ids.group(ranking_group), Recipient::Collective => None },
            "amount": p.money.as_ref().map(|m| m.amount), "currency": p.money.as_ref().map(|m| m.currency.as_str()) }))),
        "key_holders": numbered(&r.key_holders, |h| json!({
            "id": Uuid::now_v7(), "contest": contest, "email_key": h.email.as_str(), "office_vi": h.office.get(Locale::Vi), "office_en": h.office.get(Locale::En) })),
        "by_hand": numbered(&r.by_hand, |b| json!({ "contest": contest, "rule_vi": b.get(Locale::Vi), "rule_en": b.get(Locale::En) })),
        "rules_sha256": hex(&sha256(render(r).as_bytes())),
    });
    if let (Some(all), Value::Object(parts)) = (all.as_object_mut(), parts) {
        all.extend(parts);
    }
    all
}

fn head(r: &Ruleset, id: Uuid) -> Value {
    let (c, d) = (&r.contest, &r.dates);
    json!({
        "id": id, "slug": c.slug.as_str(), "title_vi": c.title.get(Locale::Vi), "title_en": c.title.get(Locale::En),
        "host_vi": c.host.get(Locale::Vi), "host_en": c.host.get(Locale::En), "summary_vi": c.summary.get(Locale::Vi), "summary_en": c.summary.get(Locale::En),
        "timezone": c.timezone.name(), "lang": c.locale.word(), "separation": c.separation.word(),
        "opens_at": d.opens, "closes_at": d.closes, "intake_closes_at": d.intake_closes, "queries_close_at": d.queries_close,
        "limit_per_category": r.limits.per_category, "limit_overall": r.limits.overall,
        "readers": r.round.readers, "threshold": r.round.threshold.get(), "third": r.round.third.word(),
    })
}

/// Ids by key, made once: rows refer to each other.
struct Ids {
    rubrics: HashMap<String, Uuid>,
    groups: HashMap<String, Uuid>,
    units: HashMap<String, Uuid>,
}

impl Ids {
    fn of(r: &Ruleset) -> Ids {
        let ids = |keys: Vec<&Key>| keys.into_iter().map(|k| (k.as_str().to_owned(), Uuid::now_v7())).collect();
        Ids {
            rubrics: ids(r.rubrics.iter().map(|x| &x.key).collect()),
            groups: ids(r.ranking_groups.iter().map(|x| &x.key).collect()),
            units: ids(r.units.iter().map(|x| &x.key).collect()),
        }
    }
    fn rubric(&self, key: &Key) -> Option<Uuid> {
        self.rubrics.get(key.as_str()).copied()
    }
    fn group(&self, key: &Key) -> Option<Uuid> {
        self.groups.get(key.as_str()).copied()
    }
    fn unit(&self, key: &Key) -> Option<Uuid> {
        self.units.get(key.as_str()).copied()
    }
}

fn named(name: &Bilingual, mut row: Value) -> Value {
    if let Some(row) = row.as_object_mut() {
        row.insert("name_vi".into(), name.get(Locale::Vi).into());
        row.insert("name_en".into(), name.get(Locale::En).into());
    }
    row
}

fn numbered<T>(list: &[T], row: impl Fn(&T) -> Value) -> Vec<Value> {
    let with_place = |(i, mut row): (usize, Value)| {
        if let Some(row) = row.as_object_mut() {
            row.insert("position".into(), (i + 1).into());
        }
        row
    };
    list.iter().map(row).enumerate().map(with_place).collect()
}

fn criteria(rubric: &super::model::Rubric, id: Option<Uuid>) -> Vec<Value> {
    let about = |c: &super::model::Criterion, l| c.description.as_ref().map(|d| d.get(l).to_owned()).unwrap_or_default();
    numbered(&rubric.criteria, |c| {
        let row = json!({ "id": Uuid::now_v7(), "rubric": id, "key": c.key.as_str(), "max": c.max.get(), "description_vi": about(c, Locale::Vi), "description_en": about(c, Locale::En) });
        named(&c.name, row)
    })
}

/// Hundredths: the highest mark in a ranking group; 0 for one without categories.
fn total_of(r: &Ruleset, group: &Key) -> i32 {
    let category = r.categories.iter().find(|k| k.ranking_group == *group);
    category.and_then(|k| r.rubrics.iter().find(|x| x.key == k.rubric)).map_or(0, |x| x.total().get())
}
