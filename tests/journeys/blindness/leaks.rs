//! Whether anything seen pairs an entry with its paper: a value, a minute, or an order.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::crawl::Page;
use super::reading::{Source, leaves};
use super::secrets::{Needle, Secrets};
use super::world::{AMENDED, N, PEOPLE, REPORTED, RETIRED, World};

pub const BLIND: [&str; 5] = ["judge", "chair", "dealer", "organizer", "auditor"];

/// All that was seen.
#[derive(Default)]
pub struct Evidence {
    pub sources: Vec<Source>,
    pub pages: Vec<Page>,
}

impl World {
    /// All hats straight in Postgres.
    pub async fn read_all(&self) -> Evidence {
        let mut sources = vec![];
        for (hat, email) in PEOPLE.into_iter().chain([("contestant", "canary-mail-9@example.org"), ("dealer", "khoa2@example.org"), ("worker", ""), ("reader", "")]) {
            sources.extend(self.readable(hat, email).await);
        }
        Evidence { sources, pages: vec![] }
    }
    /// And over HTTP.
    pub async fn see_all(&self) -> Evidence {
        let mut seen = self.read_all().await;
        for (hat, email) in PEOPLE {
            seen.pages.extend(self.crawl(hat, email).await);
        }
        seen
    }
}

/// What one look shows, as one text in lower case.
struct Look<'a> {
    hat: &'a str,
    name: &'a str,
    text: String,
}

fn looks(seen: &Evidence) -> Vec<Look<'_>> {
    let row = |r: &Value| {
        let mut found = vec![];
        leaves(r, &mut found);
        found.join("\n")
    };
    let sources = seen.sources.iter().map(|s| Look { hat: &s.hat, name: &s.name, text: s.rows.iter().map(row).collect::<Vec<_>>().join("\n").to_lowercase() });
    let pages = seen.pages.iter().map(|p| Look { hat: &p.hat, name: &p.path, text: format!("{}\n{}{}", p.path, p.headers, p.body).to_lowercase() });
    sources.chain(pages).collect()
}

/// Values of the named side under a blind hat, and of the blind side under a named one. `opened`: entries whose slips are
/// open by right.
pub fn strays(world: &World, secrets: &Secrets, seen: &Evidence, opened: &[String]) -> Vec<String> {
    let needles = |of: &[BTreeSet<String>]| of.iter().map(|set| set.iter().map(|v| Needle::of(v)).collect()).collect::<Vec<Vec<Needle>>>();
    let (of_entries, of_papers) = (needles(&secrets.entry), needles(&secrets.paper));
    let mut out = BTreeSet::new();
    for look in looks(seen) {
        let theirs = if BLIND.contains(&look.hat) { &of_entries } else { &of_papers };
        for (i, (entry, _)) in world.pairs.iter().enumerate().filter(|(_, (e, _))| !opened.contains(e)) {
            let by_right = |v: &String| match look.hat {
                // title and text pass with the cut; whoever marks reads them
                "judge" | "chair" => secrets.passed[i].iter().any(|p| p.contains(v.as_str())),
                // the record: an event has its entry's id and number and who acted, of its own side
                "auditor" => secrets.entry_keys[i].contains(v) && !v.contains('@'),
                // chains the whole record and sends the letters; what it sees is held to by `links`
                "worker" => true,
                _ => false,
            };
            for needle in theirs[i].iter().filter(|n| !by_right(&n.value) && n.is_in(&look.text)) {
                out.insert(format!("{} reads «{}» of entry {} ({entry}) in {}", look.hat, needle.value, i + 1, look.name));
            }
        }
    }
    out.into_iter().collect()
}

/// What one look says of one entry, or of one paper.
type Said = BTreeMap<usize, BTreeSet<String>>;

fn tokens(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '=')).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Everything said of each entry (or paper), by whoever: rows that name it by a key, pages whose address does.
fn said(keys: &[BTreeSet<String>], passed: &[Vec<String>], seen: &Evidence) -> Said {
    let mut out = Said::new();
    // title and text pass with the cut: whole, and word by word
    let words: Vec<BTreeSet<String>> = passed.iter().map(|p| p.iter().flat_map(|t| tokens(t).chain([t.to_lowercase()])).collect()).collect();
    let whose = |text: &[String]| -> Vec<usize> { (0..N).filter(|i| text.iter().any(|t| keys[*i].contains(t))).collect() };
    for row in seen.sources.iter().flat_map(|s| &s.rows) {
        let mut found = vec![];
        leaves(row, &mut found);
        if let [one] = whose(&found)[..] {
            out.entry(one).or_default().extend(found.into_iter().map(|f| f.to_lowercase()).filter(|f| !words[one].contains(f)));
        }
    }
    for page in &seen.pages {
        let parts: Vec<String> = page.path.split(['/', '?']).map(str::to_owned).collect();
        if let [one] = whose(&parts)[..] {
            let told = tokens(&page.headers).chain(tokens(&page.body));
            out.entry(one).or_default().extend(told.filter(|t| !words[one].contains(t)));
        }
    }
    out
}

fn by_value(said: &Said) -> BTreeMap<&String, BTreeSet<usize>> {
    let mut out: BTreeMap<&String, BTreeSet<usize>> = BTreeMap::new();
    for (i, values) in said {
        values.iter().for_each(|v| {
            out.entry(v).or_default().insert(*i);
        });
    }
    out
}

/// What a batch shows by what it did: these entries have ended and these papers are gone, those have a new text. Which, and never
/// whose: a set as a whole (or all but it) pairs nobody. A value of fewer than a set is found.
fn together() -> Vec<BTreeSet<usize>> {
    let of = |numbers: &[usize]| numbers.iter().map(|n| n - 1).collect::<BTreeSet<usize>>();
    let (retired, amended, reported) = (of(&RETIRED), of(&AMENDED), of(&REPORTED));
    let both = &retired | &amended;
    let rest = |set: &BTreeSet<usize>| (0..N).filter(|i| !set.contains(i)).collect();
    vec![rest(&retired), rest(&amended), rest(&both), rest(&reported), retired, amended, both, reported]
}

/// Values that some entries and exactly their papers share. A long one is no accident; short ones (small numbers) only when
/// they pair half of all.
pub fn links(secrets: &Secrets, seen: &Evidence) -> Vec<String> {
    let codes: Vec<BTreeSet<String>> = secrets.codes.iter().map(|c| BTreeSet::from([c.clone()])).collect();
    let (named, blind) = (said(&secrets.entry_keys, &secrets.passed, seen), said(&codes, &secrets.passed, seen));
    assert!(named.len() == N && blind.len() == N, "this test sees {} entries and {} papers", named.len(), blind.len());
    let of_papers = by_value(&blind);
    let told = together();
    let shared: Vec<(&String, BTreeSet<usize>)> = by_value(&named).into_iter().filter(|(v, of)| of.len() < N && !told.contains(of) && of_papers.get(v) == Some(of)).collect();
    let long: Vec<_> = shared.iter().filter(|(v, _)| v.chars().count() >= 6).collect();
    let short: BTreeSet<usize> = shared.iter().filter(|(v, _)| v.chars().count() < 6).flat_map(|(_, of)| of.iter().copied()).collect();
    let mut out: Vec<String> = long.iter().map(|(v, of)| format!("«{v}» is said of entries {of:?} and of their papers")).collect();
    if short.len() * 2 >= N {
        out.push(format!("short values pair entries {short:?}: {:?}", shared.iter().map(|(v, _)| v).collect::<Vec<_>>()));
    }
    out
}

/// Every order in which all (or nearly all) entries, or papers, can be laid out: as rows came, as a column sorts them, as a
/// page lists them.
fn orders(keys: &[BTreeSet<String>], seen: &Evidence) -> Vec<(String, Vec<usize>)> {
    let mut out: Vec<(String, Vec<usize>)> = vec![];
    for source in &seen.sources {
        let mut of_row: Vec<(usize, &Value)> = vec![];
        for row in &source.rows {
            let mut found = vec![];
            leaves(row, &mut found);
            if let [one] = (0..N).filter(|i| found.iter().any(|f| keys[*i].contains(f))).collect::<Vec<_>>()[..] {
                of_row.push((one, row));
            }
        }
        out.push((format!("{} {} as it comes", source.hat, source.name), of_row.iter().map(|(i, _)| *i).collect()));
        for column in of_row.first().and_then(|(_, r)| r.as_object()).into_iter().flat_map(|o| o.keys()) {
            let mut sorted: Vec<(&Value, usize)> = of_row.iter().map(|(i, r)| (&r[column], *i)).collect();
            sorted.sort_by(|a, b| a.0.as_f64().partial_cmp(&b.0.as_f64()).unwrap().then_with(|| a.0.to_string().cmp(&b.0.to_string())));
            // title and text stand on both sides: sorted by them, both lie alike
            let passes = ["title", "body"].contains(&column.as_str());
            if !passes && sorted.windows(2).all(|w| w[0].0 != w[1].0) {
                out.push((format!("{} {} by {column}", source.hat, source.name), sorted.into_iter().map(|(_, i)| i).collect()));
            }
        }
    }
    for page in &seen.pages {
        let mut found: Vec<(usize, usize)> = (0..N).filter_map(|i| keys[i].iter().filter_map(|k| page.body.find(k.as_str())).min().map(|at| (at, i))).collect();
        found.sort_unstable();
        out.push((format!("{} {}", page.hat, page.path), found.into_iter().map(|(_, i)| i).collect()));
    }
    for (_, order) in &mut out {
        let mut known = BTreeSet::new();
        order.retain(|i| known.insert(*i));
    }
    out.retain(|(_, order)| order.len() + 2 >= N);
    out
}

/// Orders of the two sides that are the same, forwards or backwards: of twelve things, by chance once in 240 million.
pub fn parallels(secrets: &Secrets, seen: &Evidence) -> Vec<String> {
    let codes: Vec<BTreeSet<String>> = secrets.codes.iter().map(|c| BTreeSet::from([c.clone()])).collect();
    let (named, blind) = (orders(&secrets.entry_keys, seen), orders(&codes, seen));
    assert!(named.len() > 20 && blind.len() > 20, "this test sees {} orders of entries and {} of papers", named.len(), blind.len());
    let mut out = vec![];
    for (a, of_entries) in &named {
        for (b, of_papers) in &blind {
            let here: Vec<usize> = of_entries.iter().copied().filter(|i| of_papers.contains(i)).collect();
            let there: Vec<usize> = of_papers.iter().copied().filter(|i| of_entries.contains(i)).collect();
            if here.len() + 2 >= N && (here == there || here.iter().rev().eq(there.iter())) {
                out.push(format!("«{a}» lies as «{b}»"));
            }
        }
    }
    out
}
