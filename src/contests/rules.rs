//! The parts of the rules as stored, for any hat: they are public by nature.
use std::sync::Arc;

use chrono::NaiveDate;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::platform::db::{Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::i18n::Lang;
use crate::platform::query::prepared;

macro_rules! named {
    ($($name:ident)*) => { $(impl $name {
        pub fn name(&self, lang: Lang) -> &str {
            lang.pick(&self.name_vi, &self.name_en)
        }
    })* };
}
named!(Category RankingGroup Unit Prize Criterion);

#[derive(QueryableByName, Clone, Debug)]
pub struct Category {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    /// text | script
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Syllables.
    #[diesel(sql_type = Nullable<Integer>)]
    pub min_words: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub max_words: Option<i32>,
    #[diesel(sql_type = Integer)]
    pub min_authors: i32,
    #[diesel(sql_type = Integer)]
    pub max_authors: i32,
    /// None only while the rules are being written.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub rubric: Option<Uuid>,
    /// None only while the rules are being written.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub ranking_group: Option<Uuid>,
}

#[derive(QueryableByName, Clone, Debug)]
pub struct RankingGroup {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    /// Hundredths.
    #[diesel(sql_type = Integer)]
    pub total: i32,
}

#[derive(QueryableByName, Clone, Debug)]
pub struct Unit {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub parent: Option<Uuid>,
    /// 0 at the root: how far the tree's list is indented.
    #[diesel(sql_type = Integer)]
    pub depth: i32,
}

#[derive(QueryableByName, Clone, Debug)]
pub struct Prize {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    /// individual | collective
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub ranking_group: Option<Uuid>,
    /// 1 is the highest.
    #[diesel(sql_type = Integer)]
    pub level: i32,
    #[diesel(sql_type = Integer)]
    pub places: i32,
    /// Whole units of the currency.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub amount: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    pub currency: Option<String>,
    /// Hundredths; who has less does not get it.
    #[diesel(sql_type = Nullable<Integer>)]
    pub minimum: Option<i32>,
    /// What a unit must have for a collective prize: individual prizes of this level or a higher one,
    #[diesel(sql_type = Nullable<Integer>)]
    pub needs_level: Option<i32>,
    /// so many of them,
    #[diesel(sql_type = Nullable<Integer>)]
    pub needs_prizes: Option<i32>,
    /// entries received,
    #[diesel(sql_type = Nullable<Integer>)]
    pub needs_received: Option<i32>,
    /// and valid.
    #[diesel(sql_type = Nullable<Integer>)]
    pub needs_valid: Option<i32>,
}

impl Prize {
    /// Something is asked of a unit.
    pub fn has_needs(&self) -> bool {
        [self.needs_level, self.needs_prizes, self.needs_received, self.needs_valid].iter().any(Option::is_some)
    }
    /// So many individual prizes are asked for; 0: none.
    pub fn needed_prizes(&self) -> i32 {
        self.needs_prizes.unwrap_or_else(|| self.needs_level.map_or(0, |_| 1))
    }
}

/// What the individual prizes of a level are called: each ranking group may call its own otherwise, and a condition counts all of them.
pub fn level_name(prizes: &[Prize], level: Option<i32>, lang: Lang) -> String {
    let mut names: Vec<&str> = vec![];
    for p in prizes.iter().filter(|p| p.kind == "individual" && Some(p.level) == level) {
        if !names.contains(&p.name(lang)) {
            names.push(p.name(lang));
        }
    }
    names.join(" / ")
}

#[derive(QueryableByName, Clone, Debug)]
pub struct Criterion {
    #[diesel(sql_type = SqlUuid)]
    pub rubric: Uuid,
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    #[diesel(sql_type = Text)]
    pub description_vi: String,
    #[diesel(sql_type = Text)]
    pub description_en: String,
    /// Hundredths.
    #[diesel(sql_type = Integer)]
    pub max: i32,
    /// Hundredths, of the rubric.
    #[diesel(sql_type = Integer)]
    pub step: i32,
    /// Hundredths, of the rubric.
    #[diesel(sql_type = Integer)]
    pub total: i32,
}

pub async fn list_categories<H: Hat>(tx: &Tx<H>) -> Result<Vec<Category>, Failure> {
    let sql = "select id, key, name_vi, name_en, kind, min_words, max_words, min_authors, max_authors, rubric, ranking_group
        from contest.category where contest = phach.contest() order by position";
    Ok(prepared(sql).load(&mut &**tx).await?)
}
/// For pages that only name them; up to a second old.
pub async fn known_categories<H: Hat>(tx: &Tx<H>) -> Result<Arc<Vec<Category>>, Failure> {
    tx.kept(async || list_categories(tx).await).await
}
pub async fn list_groups<H: Hat>(tx: &Tx<H>) -> Result<Vec<RankingGroup>, Failure> {
    let sql = "select id, key, name_vi, name_en, total from contest.ranking_group where contest = phach.contest() order by position";
    Ok(prepared(sql).load(&mut &**tx).await?)
}
/// The tree in order: each unit under its parent.
pub async fn list_units<H: Hat>(tx: &Tx<H>) -> Result<Vec<Unit>, Failure> {
    let sql = "with recursive tree(id, key, name_vi, name_en, parent, depth, path) as (
          select id, key, name_vi, name_en, parent, 0, array[position] from contest.unit where contest = phach.contest() and parent is null
          union all select u.id, u.key, u.name_vi, u.name_en, u.parent, t.depth + 1, t.path || u.position from contest.unit u join tree t on u.parent = t.id)
        select id, key, name_vi, name_en, parent, depth from tree order by path";
    Ok(prepared(sql).load(&mut &**tx).await?)
}
/// By ranking group, highest level first; collectives last.
pub async fn list_prizes<H: Hat>(tx: &Tx<H>) -> Result<Vec<Prize>, Failure> {
    let sql = "select p.id, p.key, p.name_vi, p.name_en, p.kind, p.ranking_group, p.level, p.places, p.amount, p.currency, p.minimum,
          p.needs_level, p.needs_prizes, p.needs_received, p.needs_valid
        from contest.prize p left join contest.ranking_group g on g.id = p.ranking_group
        where p.contest = phach.contest() order by p.kind desc, g.position, p.level, p.position";
    Ok(prepared(sql).load(&mut &**tx).await?)
}
/// Every rubric's criteria, in the order of the rules.
pub async fn list_criteria<H: Hat>(tx: &mut Tx<H>) -> Result<Vec<Criterion>, Failure> {
    let sql = "select c.rubric, c.key, c.name_vi, c.name_en, c.description_vi, c.description_en, c.max, r.step, r.total
        from contest.criterion c join contest.rubric r on r.id = c.rubric where r.contest = phach.contest() order by r.position, r.key, c.position";
    Ok(prepared(sql).load(&mut **tx).await?)
}

/// Who may enter, and by when a letter must have been posted.
#[derive(QueryableByName, Clone, Debug, Default)]
pub struct Conditions {
    /// The last day that a postmark may bear.
    #[diesel(sql_type = Nullable<Date>)]
    pub postmark_by: Option<NaiveDate>,
    /// Years, counted from `age_year`.
    #[diesel(sql_type = Nullable<Integer>)]
    pub min_age: Option<i32>,
    /// Years; an author who is younger needs a guardian's name and declaration.
    #[diesel(sql_type = Nullable<Integer>)]
    pub guardian_age: Option<i32>,
    /// Officials and key holders may not enter; Postgres refuses the submission.
    #[diesel(sql_type = Bool)]
    pub bar_officials: bool,
    /// person | author-set
    #[diesel(sql_type = Text)]
    pub limit_subject: String,
    /// The year in which submissions open, in the contest's zone: an age is this less the year of birth.
    #[diesel(sql_type = Integer)]
    pub age_year: i32,
}

impl Conditions {
    /// Years of age as these rules count them.
    pub fn age(&self, birth_year: i32) -> i32 {
        self.age_year - birth_year
    }
    /// Whether an author of this year of birth is younger than the youngest admitted.
    pub fn is_too_young(&self, birth_year: i32) -> bool {
        self.min_age.is_some_and(|least| self.age(birth_year) < least)
    }
    /// Whether an author of this year of birth needs a guardian.
    pub fn needs_guardian(&self, birth_year: i32) -> bool {
        self.guardian_age.is_some_and(|of_age| self.age(birth_year) < of_age)
    }
    /// The latest year of birth that is old enough, where the rules set one.
    pub fn born_by(&self) -> Option<i32> {
        self.min_age.map(|least| self.age_year - least)
    }
    /// The first year of birth that needs a guardian, where the rules set one.
    pub fn minor_from(&self) -> Option<i32> {
        self.guardian_age.map(|of_age| self.age_year - of_age + 1)
    }
    /// Whether every author's year of birth must be known.
    pub fn asks_birth_year(&self) -> bool {
        self.min_age.is_some() || self.guardian_age.is_some()
    }
}

pub async fn get_conditions<H: Hat>(tx: &Tx<H>) -> Result<Conditions, Failure> {
    let sql = "select postmark_by, min_age, guardian_age, bar_officials, limit_subject, extract(year from opens_at at time zone timezone)::int as age_year
        from contest.contest where id = phach.contest()";
    Ok(prepared(sql).get_result(&mut &**tx).await?)
}

#[derive(QueryableByName)]
struct Host {
    #[diesel(sql_type = Text)]
    host_vi: String,
    #[diesel(sql_type = Text)]
    host_en: String,
}
/// Who holds the contest, for the head of a document.
pub async fn get_host<H: Hat>(tx: &mut Tx<H>, lang: Lang) -> Result<String, Failure> {
    let row: Host = prepared("select host_vi, host_en from contest.contest where id = phach.contest()").get_result(&mut **tx).await?;
    Ok(lang.pick(&row.host_vi, &row.host_en).to_owned())
}
