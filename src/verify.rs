//! `phach verify`: the record's chain, every assignment from its seed, every tally from its sheets, the standings, the seal and the published editions, computed
//! once more and held against what the database keeps. It prints codes of papers at most, never an entry beside one.
use std::collections::HashMap;

use diesel_async::AsyncPgConnection;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::judging::replay::{Replay, replay_deals};
use crate::judging::store_replay;
use crate::platform::failure::Failure;
use crate::platform::secret::hex;
use crate::record::{chain, store_verify as record};
use crate::results::store_verify as results;
use crate::tally::replay;
use crate::tally::store_replay::{self as tally, Round};

/// An event older than this that is not chained was kept from the chain.
const MINUTES_TO_CHAIN: i32 = 60;
/// Codes named of papers that do not follow.
const NAMED: usize = 10;

/// What was looked at and found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `record`, or a contest's address.
    pub about: String,
    pub words: String,
    pub holds: bool,
}

fn found(about: &str, holds: bool, words: String) -> Finding {
    Finding { about: about.to_owned(), words, holds }
}
fn sha256(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// All of it; `only`: one contest's address. Errors: Postgres unreachable, no such contest, one without papers.
pub async fn verify(conn: &mut AsyncPgConnection, only: Option<&str>) -> Result<Vec<Finding>, String> {
    let mut findings = vec![of_record(conn).await.map_err(|e| e.to_string())?];
    tally::begin(conn).await.map_err(|e| e.to_string())?;
    let rounds = tally::list_rounds(conn).await.map_err(|e| e.to_string())?;
    tally::end(conn).await.map_err(|e| e.to_string())?;
    let wanted: Vec<&Round> = rounds.iter().filter(|r| only.is_none_or(|slug| slug == r.slug)).collect();
    if let (Some(slug), true) = (only, wanted.is_empty()) {
        return Err(format!("{slug}: no contest with this address has papers"));
    }
    for round in wanted {
        findings.extend(of_round(conn, round).await.map_err(|e| e.to_string())?);
    }
    Ok(findings)
}

async fn of_record(conn: &mut AsyncPgConnection) -> Result<Finding, Failure> {
    record::begin(conn).await?;
    let mut last: Option<chain::Link> = None;
    loop {
        let linked = record::list_linked(conn, last.as_ref().map_or(0, |l| l.position)).await?;
        if linked.is_empty() {
            break;
        }
        if let Some(position) = chain::first_break_after(last.as_ref(), &linked) {
            record::end(conn).await?;
            return Ok(found("record", false, format!("the chain breaks at link {position}: the event there, or one before it, is not the one that was chained")));
        }
        last = linked.into_iter().last().map(|(link, _)| link);
    }
    let unchained = record::count_unchained(conn, MINUTES_TO_CHAIN).await?;
    record::end(conn).await?;
    let (n, head) = last.map_or((0, String::new()), |l| (l.position, format!(", head {}", hex(&l.hash))));
    match unchained {
        0 => Ok(found("record", true, format!("{n} events, each link follows from its event and the link before{head}"))),
        m => Ok(found("record", false, format!("{m} events older than {MINUTES_TO_CHAIN} minutes are in no chain ({n} are{head})"))),
    }
}

async fn of_round(conn: &mut AsyncPgConnection, round: &Round) -> Result<Vec<Finding>, Failure> {
    let slug = round.slug.as_str();
    let Some(rule) = round.rule() else { return Ok(vec![found(slug, false, format!("«{}» is no rule for a third mark", round.third))]) };
    tally::begin(conn).await?;
    let (mut behind, mut sheets, mut odd) = (String::new(), 0, vec![]);
    let mut groups: HashMap<Uuid, Vec<(String, Option<i32>)>> = HashMap::new();
    loop {
        let (papers, more) = tally::list_papers(conn, round.id, &behind).await?;
        for p in papers {
            sheets += p.tallied.firsts.len() + usize::from(p.tallied.third_sheet.is_some());
            behind.clone_from(&p.code);
            if !p.tallied.follows(round.threshold, rule) {
                odd.push(p.code.clone());
            }
            if !p.retired {
                groups.entry(p.ranking_group).or_default().push((p.code, p.tallied.agreed));
            }
        }
        if !more {
            break;
        }
    }
    let tallied = match odd.len() {
        0 => found(slug, true, format!("tally: {} papers, {sheets} sheets, every mark follows from its sheets", round.papers)),
        n => found(slug, false, format!("tally: {n} papers do not follow from their sheets: {}", odd.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "))),
    };
    let mut out = vec![tallied];
    if round.stands {
        out.push(of_standings(conn, round, &groups).await?);
    }
    let seal = tally::get_seal(conn, round.id).await?;
    store_replay::enter(conn, round.id).await?;
    let deals = replay_deals(conn).await?;
    tally::end(conn).await?;
    out.push(of_deals(slug, &deals));
    if let Some(seal) = seal {
        record::begin(conn).await?;
        let noted = record::get_noted_hash(conn, round.id, "seal").await?;
        record::end(conn).await?;
        out.push(of_seal(slug, &seal, noted));
    }
    out.extend(of_editions(conn, round).await?);
    Ok(out)
}

fn of_deals(slug: &str, replay: &Replay) -> Finding {
    let odd: Vec<&str> = replay.deals.iter().filter(|d| !d.same).map(|d| d.input_sha256.as_str()).collect();
    let words = match (odd.as_slice(), replay.beside) {
        ([], 0) => format!("assignments: {}, each drawn again from its seed and input gives the pairs that are kept", replay.deals.len()),
        (odd, beside) => format!("assignments: {beside} readings were given by none; not as drawn, by the input's hash: {}", odd.join(", ")),
    };
    found(slug, replay.holds(), words)
}

async fn of_standings(conn: &mut AsyncPgConnection, round: &Round, groups: &HashMap<Uuid, Vec<(String, Option<i32>)>>) -> Result<Finding, Failure> {
    let mut odd = vec![];
    let mut n = 0;
    for (group, papers) in groups {
        let (expected, kept) = (replay::stand(papers), tally::list_stood(conn, round.id, *group).await?);
        n += kept.len();
        if expected != kept {
            let differ = expected.iter().filter(|s| !kept.contains(s)).chain(kept.iter().filter(|s| !expected.contains(s)));
            odd.extend(differ.take(NAMED).map(|s| s.code.clone()));
        }
    }
    odd.sort();
    odd.dedup();
    let words = if odd.is_empty() {
        format!("standings: {n} papers in {} groups, ranks and places follow from the marks", groups.len())
    } else {
        format!("standings: these do not follow from the marks: {}", odd.join(", "))
    };
    Ok(found(&round.slug, odd.is_empty(), words))
}

fn of_seal(slug: &str, seal: &tally::Seal, noted: Option<String>) -> Finding {
    let hash = hex(&seal.sha256);
    if sha256(&seal.content) != seal.sha256 {
        return found(slug, false, format!("seal {hash}: the sealed text has another hash"));
    }
    if noted.as_deref() != Some(hash.as_str()) {
        return found(slug, false, format!("seal {hash}: the record noted {}", noted.unwrap_or_else(|| "none".into())));
    }
    if seal.now_says != seal.content {
        return found(slug, false, format!("seal {hash}: standings or prize list are not those that were sealed"));
    }
    found(slug, true, format!("seal {hash}: standings and prize list are those that were sealed, and the record's hash is this"))
}

async fn of_editions(conn: &mut AsyncPgConnection, round: &Round) -> Result<Vec<Finding>, Failure> {
    let editions = results::list_editions(conn, round.id).await?;
    let one = |e: results::Edition| {
        let (hash, holds) = (hex(&e.sha256), sha256(&e.content) == e.sha256);
        let words = if holds { "as it was published" } else { "its text is not the one that was published" };
        found(&round.slug, holds, format!("results, edition {}, {hash}: {words}", e.n))
    };
    Ok(editions.into_iter().map(one).collect())
}
