//! The minutes of the seal and of the opening, to print and sign.
use actix_web::HttpResponse;

use crate::contests::rules::{self as contest_rules, Prize};
use crate::platform::db::{Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};
use crate::results::guards::MinutesReader;
use crate::results::keys_pages::{OpeningMinutesPage, SealMinutesPage, Signer, TieRow};
use crate::results::pages::{GroupOfPlaces, PlaceRow, PlanRow, WinnerRow};
use crate::results::store_keys::{self, OpenedSlip, Present, SealMinutes};

fn signer(p: &Present, lang: Lang, at: String) -> Signer {
    Signer { office: lang.pick(&p.office_vi, &p.office_en).to_owned(), name: p.name.clone().unwrap_or_default(), at }
}
fn count(lang: Lang, n: impl TryInto<i64>) -> String {
    i18n::number(lang, n.try_into().unwrap_or_default())
}

/// The sealed list by ranking group: what each prize has, then the codes.
async fn groups_of(tx: &mut Tx<Public>, m: &SealMinutes, lang: Lang, reserve: impl Fn(i32) -> String) -> Result<Vec<GroupOfPlaces>, Failure> {
    let (groups, prizes) = (contest_rules::list_groups(tx).await?, contest_rules::list_prizes(tx).await?);
    let plan_row = |z: &Prize| {
        let given = m.places.iter().filter(|p| p.prize == Some(z.id)).count();
        PlanRow {
            prize: z.name(lang).to_owned(),
            planned: count(lang, z.places),
            proposed: count(lang, given),
            compare: PlanRow::compared(i64::try_from(given).unwrap_or(i64::MAX), z.places.into()),
            withheld: String::new(),
        }
    };
    let row = |p: &store_keys::SealedPlace| PlaceRow {
        code: p.code.clone(),
        what: prizes.iter().find(|z| Some(z.id) == p.prize).map_or_else(|| reserve(p.reserve.unwrap_or_default()), |z| z.name(lang).to_owned()),
        is_reserve: p.prize.is_none(),
        rank: p.rank.map(|r| count(lang, r)).unwrap_or_default(),
        mark: p.mark.map(|m| i18n::mark(lang, m)).unwrap_or_default(),
    };
    let of_group = |g: &contest_rules::RankingGroup| GroupOfPlaces {
        name: g.name(lang).to_owned(),
        plan: prizes.iter().filter(|z| z.kind == "individual" && z.ranking_group == Some(g.id)).map(plan_row).collect(),
        rows: m.places.iter().filter(|p| p.ranking_group == g.id).map(row).collect(),
    };
    Ok(groups.iter().map(of_group).filter(|g| !g.plan.is_empty()).collect())
}

/// How ties over a prize line were answered, each as the chair wrote it.
async fn ties_of(tx: &mut Tx<Public>, m: &SealMinutes, lang: Lang) -> Result<Vec<TieRow>, Failure> {
    let (groups, prizes) = (contest_rules::list_groups(tx).await?, contest_rules::list_prizes(tx).await?);
    let row = |x: &store_keys::SealedTie| TieRow {
        group: groups.iter().find(|g| g.id == x.ranking_group).map(|g| g.name(lang).to_owned()).unwrap_or_default(),
        prize: prizes.iter().find(|z| z.ranking_group == Some(x.ranking_group) && z.level == x.level).map(|z| z.name(lang).to_owned()).unwrap_or_default(),
        mark: i18n::mark(lang, x.mark),
        answer: x.answer.replace('_', "-"),
        reason: x.reason.clone(),
    };
    Ok(m.ties.iter().map(row).collect())
}

/// Where a reader of minutes comes from.
fn back_of(reader: &MinutesReader) -> String {
    reader.contest.path(match reader.word.as_str() {
        "organizer" => "prizes",
        "auditor" => "record",
        _ => "opening",
    })
}

pub async fn show_seal_minutes(mut proof: Proven<MinutesReader>) -> Result<HttpResponse, Failure> {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let t = |key: &str| site.pages.t(lang, key, &[]);
    let (fact, tx) = proof.parts();
    let (contest, tz) = (fact.contest.title(lang).to_owned(), fact.contest.tz());
    let host = contest_rules::get_host(tx, lang).await?;
    let back_href = back_of(fact);
    let Some(m) = store_keys::get_seal_minutes(tx).await? else {
        return proof.show(SealMinutesPage { contest, host, back_href, ..SealMinutesPage::default() }).await;
    };
    let sha256 = m.sha256.clone().unwrap_or_default();
    let present = |office: &str, name: &Option<String>| Signer { office: t(office), name: name.clone().unwrap_or_default(), at: String::new() };
    let page = SealMinutesPage {
        contest,
        host,
        back_href,
        with_marks: m.places.iter().any(|p| p.mark.is_some()),
        ties: ties_of(tx, &m, lang).await?,
        sealed: true,
        sealed_at: i18n::instant(lang, m.sealed_at, tz),
        closed_at: i18n::instant(lang, m.closed_at, tz),
        last4: sha256.get(60..).unwrap_or_default().to_owned(),
        sha256,
        papers: count(lang, m.papers),
        unread: if m.unread > 0 { count(lang, m.unread) } else { String::new() },
        prizes: count(lang, m.places.iter().filter(|p| p.prize.is_some()).count()),
        reserves: count(lang, m.places.iter().filter(|p| p.prize.is_none()).count()),
        groups: groups_of(tx, &m, lang, |n| site.pages.t(lang, "prizes-reserve-n", &[("n", n.to_string())])).await?,
        present: vec![present("hat-organizer", &m.organizer), present("hat-chair", &m.chair)],
        holders: m.holders.iter().map(|p| signer(p, lang, String::new())).collect(),
    };
    proof.show(page).await
}

fn winner_row(w: &OpenedSlip, names: &[(uuid::Uuid, String)], lang: Lang) -> WinnerRow {
    let of = |id: uuid::Uuid| names.iter().find(|(n, _)| *n == id).map(|(_, name)| name.clone()).unwrap_or_default();
    WinnerRow {
        code: w.code.clone(),
        prize: of(w.prize),
        category: of(w.category),
        unit: w.unit.map(of).unwrap_or_default(),
        title: w.title.clone(),
        authors: w.authors.join(", "),
        number: w.number.to_string(),
        rank: w.rank.map(|r| count(lang, r)).unwrap_or_default(),
        mark: w.mark.map(|m| i18n::mark(lang, m)).unwrap_or_default(),
    }
}

/// Not the auditor's: there are names in it.
pub async fn show_opening_minutes(mut proof: Proven<MinutesReader>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    if fact.word == "auditor" {
        return Err(Failure::NotFound);
    }
    let (contest, tz) = (fact.contest.title(lang).to_owned(), fact.contest.tz());
    let host = contest_rules::get_host(tx, lang).await?;
    let back_href = back_of(fact);
    let Some(m) = store_keys::get_opening_minutes(tx).await? else {
        return proof.show(OpeningMinutesPage { contest, host, back_href, ..OpeningMinutesPage::default() }).await;
    };
    let prizes = contest_rules::list_prizes(tx).await?;
    let mut names: Vec<(uuid::Uuid, String)> = prizes.iter().map(|p| (p.id, p.name(lang).to_owned())).collect();
    names.extend(contest_rules::list_categories(tx).await?.iter().map(|k| (k.id, k.name(lang).to_owned())));
    names.extend(contest_rules::list_units(tx).await?.iter().map(|u| (u.id, u.name(lang).to_owned())));
    let mut winners = m.winners.clone();
    winners.sort_by_key(|w| (prizes.iter().position(|p| p.id == w.prize), w.rank, w.code.clone()));
    let page = OpeningMinutesPage {
        contest,
        host,
        back_href,
        opened: true,
        opened_at: i18n::instant(lang, m.opened_at, tz),
        sha256: m.sha256.clone(),
        slips: count(lang, m.winners.len()),
        closed: count(lang, m.closed),
        keys: m.keys.iter().map(|k| signer(k, lang, k.at.map(|at| i18n::instant(lang, at, tz)).unwrap_or_default())).collect(),
        winners: winners.iter().map(|w| winner_row(w, &names, lang)).collect(),
    };
    proof.show(page).await
}
