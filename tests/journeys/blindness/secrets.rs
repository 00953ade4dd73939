//! What the administrator alone knows: every value that belongs to one entry, every value that belongs to one paper.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::reading::leaves;
use super::world::World;

/// Values by entry (or paper), each found nowhere else; in the order of `World::pairs`.
pub struct Secrets {
    /// Of the named side: ids, numbers, names, addresses, hashes, texts, reasons …
    pub entry: Vec<BTreeSet<String>>,
    /// Of the blind side: codes, marks, comments …
    pub paper: Vec<BTreeSet<String>>,
    /// What names an entry on its own side's rows.
    pub entry_keys: Vec<BTreeSet<String>>,
    pub codes: Vec<String>,
    /// Title and text, which pass with the cut.
    pub passed: Vec<Vec<String>>,
}

async fn rows(world: &World, place: &str) -> Vec<(String, Value)> {
    let tables = world
        .app
        .ask(&format!("select c.oid::regclass::text as line from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{place}' and c.relkind in ('r', 'p')"))
        .await;
    let mut out = vec![];
    for table in tables {
        for row in world.app.ask(&format!("select to_jsonb(x)::text as line from {table} x")).await {
            out.push((table.clone(), serde_json::from_str(&row).unwrap()));
        }
    }
    out
}

fn text<'a>(row: &'a Value, column: &str) -> Option<&'a str> {
    row.get(column).and_then(Value::as_str)
}

/// Worth looking for: long enough to be no accident, and no time (times are compared by the minute).
fn telling(leaf: &str) -> bool {
    let is_time = leaf.starts_with("minute ") || leaf.len() >= 19 && leaf.as_bytes()[10] == b'T';
    leaf.chars().count() >= 4 && !is_time
}

/// Only what is found nowhere else, neither with another nor among the rules, which are public.
fn unique(of_each: Vec<BTreeSet<String>>, public: &BTreeSet<String>) -> Vec<BTreeSet<String>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for v in of_each.iter().flatten() {
        *seen.entry(v.clone()).or_default() += 1;
    }
    let bare = |v: String| v.strip_prefix("\\x").map_or(v.clone(), str::to_owned);
    of_each.into_iter().map(|set| set.into_iter().filter(|v| seen[v] == 1 && telling(v) && !public.contains(v)).map(bare).collect()).collect()
}

impl World {
    pub async fn secrets(&self) -> Secrets {
        // sums, texts and searches of the desk are no entry's
        let of_no_entry = ["named.counter", "named.template", "named.saved_search"];
        let named: Vec<_> = rows(self, "named").await.into_iter().filter(|(t, _)| !of_no_entry.contains(&t.as_str())).collect();
        let version_of: BTreeMap<&str, &str> = named.iter().filter(|(t, _)| t == "named.version").filter_map(|(_, r)| Some((text(r, "id")?, text(r, "entry")?))).collect();
        let owner = |table: &str, row: &Value| -> String {
            let id = text(row, "entry")
                .or_else(|| (table == "named.entry").then(|| text(row, "id")).flatten())
                .or_else(|| text(row, "version").and_then(|v| version_of.get(v).copied()));
            id.unwrap_or_else(|| panic!("say in this test whose a row of {table} is")).to_owned()
        };
        let accounts: BTreeMap<String, Value> =
            rows(self, "account").await.into_iter().filter(|(t, _)| t == "account.account").map(|(_, r)| (text(&r, "id").unwrap().to_owned(), r)).collect();
        let (mut entry, mut keys) = (vec![BTreeSet::new(); self.pairs.len()], vec![BTreeSet::new(); self.pairs.len()]);
        for (table, row) in &named {
            let Some(i) = self.pairs.iter().position(|(e, _)| *e == owner(table, row)) else { continue };
            let mut found = vec![];
            leaves(row, &mut found);
            keys[i].extend(["id", "version"].iter().filter_map(|c| text(row, c)).map(str::to_owned));
            if table == "named.entry" {
                keys[i].insert(row["number"].to_string());
                // whose it is, unless it came by post and nobody has claimed it
                if let Some(account) = text(row, "account") {
                    leaves(&accounts[account], &mut found);
                    keys[i].extend([account.to_owned(), text(&accounts[account], "email").unwrap().to_owned()]);
                }
            }
            entry[i].extend(found);
        }
        let codes: Vec<String> = self.pairs.iter().map(|(_, p)| p.clone()).collect();
        let (mut paper, mut passed) = (vec![BTreeSet::new(); codes.len()], vec![vec![]; codes.len()]);
        for (table, row) in rows(self, "blind").await {
            let Some(k) = codes.iter().position(|c| text(&row, "code") == Some(c) || text(&row, "paper") == Some(c)) else { continue };
            let mut found = vec![];
            leaves(&row, &mut found);
            if table == "blind.paper" {
                passed[k] = vec![text(&row, "title").unwrap().to_owned(), text(&row, "body").unwrap().to_owned()];
            }
            paper[k].extend(found);
        }
        // wherever a copy of them stands
        paper.iter_mut().zip(&passed).for_each(|(paper, passed)| paper.retain(|f| !passed.contains(f)));
        let mut public = vec![];
        rows(self, "contest").await.iter().for_each(|(_, row)| leaves(row, &mut public));
        let public = public.into_iter().collect();
        Secrets { entry: unique(entry, &public), paper: unique(paper, &public), entry_keys: keys, codes, passed }
    }
}

/// How a value might be written elsewhere.
fn spellings(value: &str) -> Vec<String> {
    let mut out = vec![value.to_lowercase()];
    if let Ok(n) = value.parse::<u32>() {
        // a count with its thousands parted, a mark with its hundredths
        out.extend([format!("{}.{:03}", n / 1000, n % 1000), format!("{},{:02}", n / 100, n % 100), format!("{}.{:02}", n / 100, n % 100)]);
        return out;
    }
    out.push(value.replace('-', "").to_lowercase());
    out.push(value.bytes().map(|b| format!("{b:02x}")).collect());
    out.push(url::form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>().to_lowercase());
    out.push(phach::documents::fold(value));
    out.push(value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").to_lowercase());
    let bytes: Option<Vec<u8>> = (0..value.len()).step_by(2).map(|i| value.get(i..i + 2).and_then(|h| u8::from_str_radix(h, 16).ok())).collect();
    for bytes in [Some(value.as_bytes().to_vec()), bytes].into_iter().flatten() {
        out.push(base64(&bytes).trim_end_matches('=').to_lowercase());
    }
    out.sort();
    out.dedup();
    out.retain(|s| s.len() >= 4);
    out
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |chunk: &[u8]| {
        let n = chunk.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).map(|i| char::from(LETTERS[(n >> (18 - 6 * i)) as usize & 63])).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

/// A value to look for, in every spelling; a number only as a whole one.
pub struct Needle {
    pub value: String,
    spellings: Vec<String>,
    is_number: bool,
}

impl Needle {
    pub fn of(value: &str) -> Needle {
        Needle { value: value.to_owned(), spellings: spellings(value), is_number: value.bytes().all(|b| b.is_ascii_digit()) }
    }
    /// In a text in lower case.
    pub fn is_in(&self, haystack: &str) -> bool {
        // part of an id, an hour or a longer number is none: a digit beside it, or one behind a joint
        let part = |c: Option<char>, next: Option<char>| {
            let (c, next) = (c.unwrap_or(' '), next.unwrap_or(' '));
            c.is_ascii_alphanumeric() || ['-', ':', '.', ','].contains(&c) && next.is_ascii_alphanumeric()
        };
        let whole = |at: usize, s: &str| {
            let (mut before, mut after) = (haystack[..at].chars().rev(), haystack[at + s.len()..].chars());
            !part(before.next(), before.next()) && !part(after.next(), after.next())
        };
        self.spellings.iter().any(|s| haystack.match_indices(s.as_str()).any(|(at, _)| !self.is_number || whole(at, s)))
    }
}

pub fn holds(haystack: &str, value: &str) -> bool {
    Needle::of(value).is_in(haystack)
}
