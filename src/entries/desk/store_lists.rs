//! SQL of many entries at once: a selection, and a list to take away.
use diesel::QueryableByName;
use diesel::sql_types::{Array, Integer, Jsonb, Text};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::filter::Filter;
use super::model::{Checked, Line, Outcome, Slip};
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

/// What each of these entries is checked for, by number.
pub async fn list_checks(tx: &mut Tx<Clerk>, numbers: Vec<i32>) -> Result<Vec<Checked>, Failure> {
    let sql = "select number, title, category, version, words, min_words, max_words, authors, fails from named.checks({})";
    Ok(prepared(sql).bind::<Array<Integer>, _>(numbers).load(&mut **tx).await?)
}

/// A slip with the number of its entry.
#[derive(QueryableByName)]
pub struct NumberedSlip {
    #[diesel(sql_type = Integer)]
    pub number: i32,
    #[diesel(embed)]
    pub slip: Slip,
}
/// Of entries by number, in the version that counts.
pub async fn list_slips(tx: &mut Tx<Clerk>, numbers: Vec<i32>) -> Result<Vec<NumberedSlip>, Failure> {
    let sql = "select e.number, v.title, coalesce(v.body, a.body) as body, x.names, x.pens, x.emails, x.phones,
          array(select n from contest.unit u, unnest(array[u.name_vi, u.name_en]) n where u.id = v.unit) as units
        from named.entry e join named.version v on v.entry = e.id and v.n = e.version left join named.attachment a on a.id = v.attachment
          cross join lateral (select coalesce(array_agg(p.name) || array_agg(p.guardian), array[]::text[]) as names, coalesce(array_agg(p.pen_name), array[]::text[]) as pens,
            coalesce(array_agg(p.email), array[]::text[]) as emails, coalesce(array_agg(p.phone), array[]::text[]) as phones from named.author p where p.version = v.id) x
        where e.contest = phach.contest() and e.number = any({})";
    Ok(prepared(sql).bind::<Array<Integer>, _>(numbers).load(&mut **tx).await?)
}

/// Valid for all that still are as they were seen: (number, version).
pub async fn screen_many(tx: &mut Tx<Clerk>, seen: &[(i32, i32)]) -> Result<Vec<Outcome>, Failure> {
    let seen = Value::from_iter(seen.iter().map(|(number, version)| json!({ "number": number, "version": version })));
    Ok(prepared("select number, left_for from named.screen_many({})").bind::<Jsonb, _>(seen).load(&mut **tx).await?)
}

/// Puts on record that a list is taken away, before its first line.
pub async fn note_export(tx: &mut Tx<Clerk>, filter: &Filter, form: &str) -> Result<(), Failure> {
    prepared("select named.note_export({}, {})").bind::<Jsonb, _>(filter.json()).bind::<Text, _>(form.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// Lines of the filter from a number on, by number.
pub async fn list_lines(tx: &mut Tx<Clerk>, filter: &Filter, from: i32, at_most: i32) -> Result<Vec<Line>, Failure> {
    let by_number = Filter { sort: "number", ..filter.clone() };
    let sql = "select number, receipt, state, cut, category, unit, title, words, names, pens, years, emails, phones, guardians, received_at, postmark, arrived_at,
          condition, state_at, due_at, flags, reason, answers
        from named.export_rows({}, {}, {})";
    Ok(prepared(sql).bind::<Jsonb, _>(by_number.json()).bind::<Integer, _>(from).bind::<Integer, _>(at_most).load(&mut **tx).await?)
}
