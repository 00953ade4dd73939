//! All that a hat can read, straight in Postgres, as the catalogue says: every table and column granted to it, every
//! function that it may call and that changes nothing. A new table, column or function is read without being named here;
//! one that wants arguments fails until it is.
use serde_json::Value;

use super::world::World;
use crate::hats::{ask, wear};

/// Rows of one table or function under one hat, in the order in which they came.
pub struct Source {
    pub hat: String,
    pub name: String,
    pub rows: Vec<Value>,
}

const PLACES: &str = "('phach', 'contest', 'account', 'mail', 'record', 'named', 'blind', 'slip', 'result')";

/// What only a demonstration may call: here it has to refuse.
const SHUT: &str = "mail.shown(text,timestampwithtimezone,bigint,integer)";

/// Arguments with which a function that wants some shows the most.
fn called(function: &str) -> Option<&'static str> {
    Some(match function {
        "named.find(jsonb,integer,timestampwithtimezone,boolean,integer)" => "named.find('{}', 0, null, true, 500)",
        "named.export_rows(jsonb,integer,integer)" => "named.export_rows('{}', 0, 500)",
        "named.written_by_desk(uuid)" => "named.written_by_desk((select id from named.entry where title = 'canarytitle3x'))",
        "named.texts_to_scan(integer)" => "named.texts_to_scan(500)",
        "named.checks(integer[])" => "named.checks(array(select number from named.entry))",
        // those of the third entry, which was asked back and answered
        "named.decisions(uuid)" => "named.decisions((select id from named.entry where title = 'canarytitle3x'))",
        "named.written_to(uuid)" => "named.written_to((select id from named.entry where title = 'canarytitle7x'))",
        "named.withdrawal_asked(uuid)" => "named.withdrawal_asked((select id from named.entry where title = 'canarytitle3x'))",
        "named.may_repair(uuid)" => "named.may_repair((select id from named.entry where title = 'canarytitle3x'))",
        "slip.own_result(uuid)" => "slip.own_result((select id from named.entry where title = 'canarytitle3x'))",
        "named.holders(uuid)" => "named.holders((select id from named.entry where title = 'canarytitle3x'))",
        "named.envelope_of(uuid)" => "named.envelope_of((select id from named.entry where title = 'canarytitle5x'))",
        "named.asked_of(uuid)" => "named.asked_of((select v.id from named.version v join named.entry e on e.id = v.entry where e.title = 'canarytitle5x'))",
        // by a session, a password's owner or a link's key: who calls them knows whom they mean
        "account.credentials(text)" => "account.credentials('canary-mail-3@example.org')",
        "account.invitation(bytea)" => "account.invitation('\\x00')",
        // a phone's digits: nothing stored is read
        "named.phone_key(text)" => "named.phone_key('0912 345 678')",
        // by a co-author's link, which one person was sent: its page shows what that person wrote
        "named.coauthor_asked(bytea)" => "named.coauthor_asked('\\x00')",
        // by a receipt's number and hash, which who holds it knows: every one of them is asked for in the test of its page
        "named.check_receipt(text,text)" => "named.check_receipt('AAAABBBBCCCCDDDD', '')",
        // a place among the own papers; and yes or no, of a paper in the own hands
        "blind.my_place(text,text)" => "blind.my_place((select min(paper) from blind.assignment), '')",
        "blind.awaits_extra(text)" => "blind.awaits_extra((select min(paper) from blind.assignment))",
        // its lists as the rows that they stand for
        "blind.my_queue()" => {
            "(select u.* from blind.my_queue() q, unnest(q.papers, q.states, q.titles, q.categories, q.begun, q.totals) as u(paper, state, title, category, begun, total))"
        }
        // what an assignment started from, and whether these pairs are what it gave
        "blind.deal_to_replay(uuid)" => "blind.deal_to_replay((select id from blind.deal order by at limit 1))",
        "blind.is_dealt(uuid,jsonb,jsonb)" => "blind.is_dealt((select id from blind.deal order by at limit 1), '[]', '[]')",
        // a demonstration's letters: shut where there is no mark
        SHUT => "mail.shown('', 'infinity', 9223372036854775807, 100)",
        // words, dates and trees of the public rules
        "contest.unit_line(uuid)" => "contest.unit_line('01900000-0000-7000-8000-000000000008')",
        _ => return None,
    })
}

impl World {
    /// Everything that this person reads under this hat.
    pub async fn readable(&self, hat: &str, email: &str) -> Vec<Source> {
        let role = format!("phach_{hat}");
        let tables = self
            .app
            .ask(&format!(
                "select c.oid::regclass || '|' || string_agg(quote_ident(a.attname), ', ' order by a.attnum) as line from pg_class c
                   join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where n.nspname in {PLACES} and c.relkind in ('r', 'p', 'v', 'm') and has_schema_privilege('{role}', n.oid, 'usage')
                   and has_column_privilege('{role}', c.oid, a.attnum, 'select') group by c.oid order by 1"
            ))
            .await;
        let functions = self
            .app
            .ask(&format!(
                "select replace(p.oid::regprocedure::text, ' ', '') || '|' || p.pronargs as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                 where n.nspname in {PLACES} and n.nspname <> 'phach' and p.provolatile <> 'v' and p.prokind = 'f' and has_schema_privilege('{role}', n.oid, 'usage')
                   and has_function_privilege('{role}', p.oid, 'execute') order by 1"
            ))
            .await;
        let mut wanted: Vec<(String, String)> =
            tables.iter().map(|l| l.split_once('|').unwrap()).map(|(table, columns)| (table.to_owned(), format!("(select {columns} from {table})"))).collect();
        for (function, arguments) in functions.iter().map(|l| l.rsplit_once('|').unwrap()) {
            let call = called(function).or((arguments == "0").then_some(function)).unwrap_or_else(|| panic!("{hat} may call {function}: say in this test with what")).to_owned();
            wanted.push((function.to_owned(), call));
        }
        let mut conn = wear(&self.app, hat, email).await;
        let mut out = vec![];
        for (name, from) in wanted {
            if name == SHUT {
                let refused = ask(&mut wear(&self.app, hat, email).await, &format!("select x::text as line from {from} x")).await.unwrap_err().to_string();
                assert!(refused.contains("enter_not_found"), "{hat} {name}: {refused}");
                continue;
            }
            let rows = ask(&mut conn, &format!("select coalesce(to_jsonb(x), 'null')::text as line from {from} x")).await.unwrap_or_else(|e| panic!("{hat} {name}: {e}"));
            out.push(Source { hat: hat.to_owned(), name, rows: rows.iter().map(|r| serde_json::from_str(r).unwrap()).collect() });
        }
        out
    }
}

/// The leaves of a value, each as text; times also to the minute.
pub fn leaves(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(n) => out.push(n.to_string()),
        Value::String(s) => {
            let is_time = s.len() >= 19 && s.as_bytes()[4] == b'-' && s.as_bytes()[10] == b'T';
            if is_time {
                out.push(format!("minute {}", &s[..16]));
            }
            out.push(s.clone());
        }
        Value::Array(items) => items.iter().for_each(|v| leaves(v, out)),
        Value::Object(fields) => fields.values().for_each(|v| leaves(v, out)),
    }
}
