//! `phach demo load`: marks an empty database, and lets four contests happen in it.
use std::collections::HashSet;
use std::sync::Mutex;

use actix_web::web::Data;
use chrono::Duration;
use diesel_async::AsyncPgConnection;

use super::at_size::{self, AtSize};
use super::cast::{Names, Staff};
use super::desk::{self, Post};
use super::dice::Dice;
use super::essays::Stock;
use super::marking::{self, Span};
use super::plan::Plan;
use super::results;
use super::rules::{self, Outline};
use super::store;
use super::submitting::{self, Crowd, Fate, Size};
use super::world::{Round, Say, World};
use crate::accounts::model::{DEMO_PASSWORD, HatWord};
use crate::accounts::store as accounts;
use crate::contests::invite_form::Invitee;
use crate::contests::rules::{self as contest_rules, Category};
use crate::contests::{get_contest, store as contests};
use crate::entries::jobs::{self, Turn};
use crate::platform::admin;
use crate::platform::db::{Mode, Organizer, Public, Slug, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::site::Site;
use crate::record;

const LATE: (&str, &str) = ("refused", "Dấu bưu điện sau ngày cuối mà thể lệ cho phép.");

/// Invitations are taken up within so many minutes, a week: they do not hold for ever.
const WITHIN: i64 = 7 * 24 * 60;

/// Why this database cannot become a demonstration; None: it can.
pub async fn why_not(conn: &mut AsyncPgConnection) -> Result<Option<&'static str>, String> {
    let empty = store::is_empty(conn).await.map_err(|e| e.to_string())?;
    Ok((!empty).then_some("the database is not empty: a demonstration is loaded into an empty one and stays one (another data folder: PHACH_DATA=…)"))
}

/// What is loaded.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// The four contests to look at.
    Four(Plan),
    /// Two to measure by.
    AtSize(AtSize),
}

impl What {
    fn plan(self) -> Plan {
        match self {
            What::Four(plan) => plan,
            What::AtSize(size) => Plan { units: rules::UNITS_AT_SIZE, judges: size.judges, ..Plan::FULL },
        }
    }
}

/// Everything, by a connection that may hold servers back until the mark is set, and by others to `admin_url`. Errors: a sentence; what was made until
/// then is no demonstration, and is not served.
pub async fn load(site: &Data<Site>, (mut conn, admin_url): (AsyncPgConnection, &str), what: What, say: Say<'_>) -> Result<(), String> {
    if matches!(what, What::AtSize(_)) {
        at_size::refuse_bound(&mut conn).await?;
    }
    make(site, &mut conn, admin_url, (what, say)).await.map_err(|e| format!("the demonstration was not loaded: {e}"))
}

async fn make(site: &Data<Site>, conn: &mut AsyncPgConnection, admin_url: &str, (what, say): (What, Say<'_>)) -> Result<(), Failure> {
    let straight = store::mark(conn).await?;
    let plan = what.plan();
    let (mut names, mut dice) = (Names::default(), Dice::new(2027));
    let staff = Staff::gather(plan.judges, &mut names, &mut dice).map_err(Failure::broken)?;
    let now = store::get_now(conn).await?;
    let hash = site.hasher.hash(DEMO_PASSWORD.into()).await?;
    let stock = Stock::load().map_err(Failure::broken)?;
    let own = admin::connect(admin_url).await.map_err(Failure::broken)?;
    let mut world = World { site, conn: own, say, plan, now, stock, dice, names, titles: HashSet::new(), staff, hash };
    match what {
        What::Four(_) => {
            say("Bản trình diễn: bốn cuộc thi, một phút là xong. (The demonstration: four contests, a minute's work.)");
            hire(&mut world).await?;
            published(&mut world).await?;
            sealed(&mut world).await?;
            marked(&mut world).await?;
            open(&mut world).await?;
            end(&mut world, &Places { open: &rules::OPEN, marking: &rules::MARKING, sealed: &rules::SEALED, published: &rules::PUBLISHED }).await?;
        }
        What::AtSize(size) => {
            say("Bản trình diễn cỡ lớn: hai cuộc thi, vài phút. (The demonstration at size: two contests, some minutes' work.)");
            hire(&mut world).await?;
            at_size::make(&mut world, size).await?;
            let (open, marking) = (&rules::OPEN_AT_SIZE, &rules::MARKING_AT_SIZE);
            end(&mut world, &Places { open, marking, sealed: marking, published: marking }).await?;
        }
    }
    store::straighten_clock(conn, &straight).await?;
    // what happened is chained at once: the worker would find it old
    while record::chain_new(site, 5_000).await? == 5_000 {}
    store::analyze(conn).await?;
    say("Bản trình diễn đã sẵn sàng. (The demonstration is ready.)");
    Ok(())
}

/// Accounts of all officials; the first organizer may create contests.
async fn hire(world: &mut World<'_>) -> Result<(), Failure> {
    let at = world.at(-150, 8, 30);
    let mut people: Vec<_> = world.staff.everybody().into_iter().map(|p| p.clone()).collect();
    for (n, person) in people.iter_mut().enumerate() {
        world.sign_up(person, at + Duration::minutes(11 * i64::try_from(n).unwrap_or(0)), true).await?;
    }
    for (place, person) in world.staff.everybody().into_iter().zip(people) {
        *place = person;
    }
    let [first, _] = world.staff.organizers.clone();
    let key = accounts::grant_by_administrator(&mut world.conn, Some(&first.email), None).await?;
    let mut tx: Tx<Public> = world.wear(&first, None, world.at(-149, 9, 0)).await?;
    store::be_at(&tx, None).await?; // the invitation is of today
    accounts::redeem(&mut tx, &key, None).await?;
    tx.commit().await
}

/// A contest with its rules, made by the first organizer, and its officials, each by an invitation taken up.
pub(super) async fn found(world: &mut World<'_>, outline: &'static Outline, judges: usize) -> Result<Round, Failure> {
    (world.say)(&format!("{} ({})", outline.title.0, outline.title.1));
    // its own chance: how often it was asked before depends on codes, which nobody can foresee, and then so would who sends what here
    world.dice = Dice::of(outline.slug);
    let rules = rules::rules(outline, world.now, world.plan.units).map_err(Failure::broken)?;
    let slug = Slug::parse(outline.slug).ok_or(Failure::NotFound)?;
    let [first, second] = world.staff.organizers.clone();
    let at = world.at(outline.days.opens - 8, 9, 30);
    let mut tx: Tx<Public> = world.wear(&first, None, at).await?;
    contests::create_contest(&mut tx, &rules).await?;
    tx.commit().await?;
    let panel: Vec<_> = world.staff.judges.iter().take(judges).cloned().collect();
    let mut officials = vec![(second, HatWord::Organizer), (world.staff.chair.clone(), HatWord::Chair), (world.staff.auditor.clone(), HatWord::Auditor)];
    officials.extend(world.staff.clerks.iter().map(|c| (c.clone(), HatWord::Clerk)));
    officials.extend(panel.iter().map(|j| (j.clone(), HatWord::Judge)));
    let invitees: Vec<_> = officials.iter().map(|(p, hat)| (Invitee { email: p.email.clone(), name: p.name.clone() }, *hat)).collect();
    let keys = Mutex::new(vec![]);
    let link = |path: &str| {
        if let (Ok(mut keys), Some(key)) = (keys.lock(), path.rsplit('/').next()) {
            keys.push(key.to_owned());
        }
        world.site.link(path)
    };
    let mut tx: Tx<Organizer> = world.wear(&first, Some(&slug), at + Duration::minutes(40)).await?;
    contests::invite(&mut tx, invitees.iter().map(|(i, hat)| (i, *hat)), link).await?;
    tx.commit().await?;
    let keys = keys.into_inner().unwrap_or_default();
    for (n, ((person, _), key)) in officials.iter().zip(&keys).enumerate() {
        let mut tx: Tx<Public> = world.wear(person, None, at + Duration::hours(5) + Duration::minutes(23 * i64::try_from(n).unwrap_or(0) % WITHIN)).await?;
        accounts::redeem(&mut tx, key, None).await?;
        tx.commit().await?;
    }
    let mut tx: Tx<Public> = world.site.db.open(Mode::Read, &Who::Visitor { session: None, contest: Some(slug.clone()) }).await?;
    let id = get_contest(&tx).await?.id;
    let units = contest_rules::list_units(&tx).await?.iter().map(|u| u.id).collect();
    let (categories, criteria) = (contest_rules::list_categories(&tx).await?, contest_rules::list_criteria(&mut tx).await?);
    let of = |k: &Category| criteria.iter().filter(|c| Some(c.rubric) == k.rubric).cloned().collect();
    let categories = categories.into_iter().map(|k| (k.clone(), of(&k))).collect();
    tx.commit().await?;
    Ok(Round { outline, slug, id, categories, units, judges: panel })
}

/// What the desk makes of entries that came in a contest that is over: nearly all are valid.
fn settle_fates(crowd: &mut Crowd) {
    for (n, work) in crowd.works.iter_mut().enumerate() {
        let own = work.authors.first() == Some(&0);
        work.fate = match n {
            _ if own => Fate::Valid,
            n if n % 29 == 7 => Fate::Refused,
            n if n % 41 == 11 => Fate::Answered,
            n if n % 53 == 13 => Fate::Withdrawn,
            _ => Fate::Valid,
        };
    }
}

/// From the first entry to papers in judges' hands.
async fn until_dealt(world: &mut World<'_>, round: &Round, size: Size) -> Result<Crowd, Failure> {
    let days = round.outline.days;
    let mut crowd = submitting::gather(world, round, &size).map_err(Failure::broken)?;
    settle_fates(&mut crowd);
    submitting::send(world, round, &mut crowd).await?;
    submitting::let_coauthors_agree(world, round).await?;
    desk::screen(world, round, &mut crowd).await?;
    desk::write_down(world, round, Post { postmark: days.closes - 2, arrived: days.closes + 2, typed: true, verdict: Some(("valid", "")) }).await?;
    desk::write_down(world, round, Post { postmark: days.closes + 1, arrived: days.closes + 4, typed: false, verdict: Some(LATE) }).await?;
    desk::cut(world, round, &crowd, world.at(days.queries, 18, 0)).await?;
    marking::declare(world, round, world.at(days.queries + 1, 8, 0)).await?;
    marking::assign(world, round, world.at(days.queries + 2, 8, 0)).await?;
    Ok(crowd)
}

async fn published(world: &mut World<'_>) -> Result<(), Failure> {
    let round = found(world, &rules::PUBLISHED, world.plan.judges).await?;
    let days = round.outline.days;
    until_dealt(world, &round, Size { entries: world.plan.published, groups: world.plan.groups, until: days.closes - 1 }).await?;
    for (judge, why) in [(2, "recognised"), (4, "relation"), (5, "unwell")] {
        marking::recuse_one(world, &round, judge, (world.at(days.queries + 2, 10, 0), why)).await?;
    }
    marking::finish(world, &round, Span { from: days.queries + 3, to: -30 }, world.at(-26, 9, 0)).await?;
    results::seal(world, &round, world.at(-24, 9, 0)).await?;
    results::turn_key(world, &round, 0, Some(world.at(-22, 9, 2))).await?;
    results::turn_key(world, &round, 1, Some(world.at(-22, 9, 11))).await?;
    results::publish(world, &round, world.at(-21, 8, 30)).await
}

async fn sealed(world: &mut World<'_>) -> Result<(), Failure> {
    let round = found(world, &rules::SEALED, world.plan.few_judges).await?;
    let days = round.outline.days;
    until_dealt(world, &round, Size { entries: world.plan.sealed, groups: 3, until: days.closes - 1 }).await?;
    marking::recuse_one(world, &round, 3, (world.at(days.queries + 2, 10, 0), "recognised")).await?;
    marking::finish(world, &round, Span { from: days.queries + 3, to: -18 }, world.at(-12, 9, 0)).await?;
    results::seal(world, &round, world.at(-3, 9, 0)).await?;
    // a key works for half an hour: it is turned last, and now
    results::turn_key(world, &round, 0, None).await.map(|_| ())
}

async fn marked(world: &mut World<'_>) -> Result<(), Failure> {
    let round = found(world, &rules::MARKING, world.plan.few_judges).await?;
    let days = round.outline.days;
    let crowd = until_dealt(world, &round, Size { entries: world.plan.marking, groups: 4, until: days.closes - 1 }).await?;
    marking::recuse_one(world, &round, 3, (world.at(days.queries + 2, 10, 0), "recognised")).await?;
    let shares = [60, 45, 100, 100, 35, 90, 0, 100];
    marking::mark(world, &round, Span { from: days.queries + 3, to: -1 }, |n| shares.get(n % shares.len()).copied().unwrap_or(0)).await?;
    marking::leave_work(world, &round).await?;
    let mut cut = crowd.works.iter().filter(|w| w.fate == Fate::Valid && w.authors.first() != Some(&0));
    if let Some(work) = cut.next() {
        submitting::ask_withdrawal(world, &round, &crowd.people, work).await?;
    }
    match cut.next() {
        Some(work) => desk::ask_repair(world, &round, work).await,
        None => Ok(()),
    }
}

async fn open(world: &mut World<'_>) -> Result<(), Failure> {
    let round = found(world, &rules::OPEN, world.plan.few_judges).await?;
    let mut crowd = submitting::gather(world, &round, &Size { entries: world.plan.open, groups: 4, until: -1 }).map_err(Failure::broken)?;
    let asked = world.at(-12, 0, 0);
    let (recent, settled, own) = (world.at(-5, 0, 0), world.at(-7, 0, 0), world.at(-4, 10, 12));
    for work in crowd.works.iter_mut().filter(|w| w.authors.first() == Some(&0)) {
        work.at = own;
    }
    crowd.works.sort_by_key(|w| w.at);
    for (n, work) in crowd.works.iter_mut().enumerate() {
        work.fate = match n % 12 {
            _ if work.authors.first() == Some(&0) => Fate::Queried,
            _ if work.at >= recent => Fate::Waiting,
            // who was asked long ago has answered
            3 | 10 if work.at >= asked => Fate::Queried,
            5 => Fate::Refused,
            7 if work.at < settled => Fate::Answered,
            9 => Fate::Withdrawn,
            _ => Fate::Valid,
        };
    }
    raise_doubts(&mut crowd);
    submitting::send(world, &round, &mut crowd).await?;
    submitting::let_coauthors_agree(world, &round).await?;
    desk::screen(world, &round, &mut crowd).await?;
    desk::write_down(world, &round, Post { postmark: -9, arrived: -6, typed: true, verdict: None }).await?;
    desk::write_down(world, &round, Post { postmark: -5, arrived: -2, typed: false, verdict: None }).await?;
    let contestant = world.staff.contestant.clone();
    submitting::begin_draft(world, &round, &contestant, world.at(-1, 20, 40)).await?;
    for _ in 0..3 {
        let mut person = world.names.somebody(&mut world.dice).map_err(Failure::broken)?;
        world.sign_up(&mut person, world.at(-3, 19, 15), true).await?;
        submitting::begin_draft(world, &round, &person, world.at(-3, 19, 30)).await?;
    }
    Ok(())
}

/// What only a person can judge: the same text from two accounts, and one person in two accounts. Nobody has looked at them yet.
fn raise_doubts(crowd: &mut Crowd) {
    let Crowd { people, works } = crowd;
    let once = |who: usize, works: &[submitting::Work]| works.iter().filter(|w| w.authors.contains(&who)).count() == 1;
    let single: Vec<usize> = (0..works.len()).filter(|i| works.get(*i).is_some_and(|w| matches!(w.authors.as_slice(), [a] if *a != 0 && once(*a, works)))).collect();
    if let [first, .., last] = single.as_slice()
        && let Some(essay) = works.get(*first).map(|w| w.essay.clone())
    {
        for i in [first, last] {
            if let Some(work) = works.get_mut(*i) {
                (work.by_file, work.essay) = (false, essay.clone());
            }
        }
        if let Some(copy) = works.get_mut(*last) {
            copy.fate = Fate::Waiting;
        }
    }
    let pair = single
        .iter()
        .skip(1)
        .find_map(|i| single.iter().skip(2).rev().skip(1).find(|j| *j > i && works.get(**j).map(|w| w.category) != works.get(*i).map(|w| w.category)).map(|j| (*i, *j)));
    let Some((first, second)) = pair else { return };
    let of = |i: usize| works.get(i).and_then(|w| w.authors.first().copied());
    if let (Some(a), Some(b)) = (of(first), of(second))
        && let Some((name, phone)) = people.get_mut(a).map(|p| {
            p.phone = "0987654321".into();
            (p.name.clone(), p.phone.clone())
        })
        && let Some(other) = people.get_mut(b)
    {
        (other.name, other.phone) = (name, phone);
        if let Some(work) = works.get_mut(second) {
            work.fate = Fate::Waiting;
        }
    }
}

/// Where the people of the sign-in page have their work.
struct Places {
    open: &'static Outline,
    marking: &'static Outline,
    sealed: &'static Outline,
    published: &'static Outline,
}

/// Doubts that time has raised, the list of the sign-in page, and letters that go nowhere.
async fn end(world: &mut World<'_>, places: &Places) -> Result<(), Failure> {
    jobs::take(world.site, Turn::RaiseOverdue).await?;
    let mut tx: Tx<Worker> = world.site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
    store::keep_letters(&mut tx).await?;
    tx.commit().await?;
    let place = |hat: &str, n: usize| match (hat, n) {
        ("contestant", _) => format!("/c/{}/entries", places.open.slug),
        ("clerk", _) => format!("/c/{}/desk", places.open.slug),
        ("judge", _) => format!("/c/{}/marking", places.marking.slug),
        ("chair", _) => format!("/c/{}/chair", places.marking.slug),
        ("organizer", 5) => format!("/c/{}/prizes", places.sealed.slug),
        ("organizer", _) => format!("/c/{}/opening", places.sealed.slug),
        _ => format!("/c/{}/record", places.published.slug),
    };
    let list: Vec<_> = world.staff.listed().into_iter().enumerate().map(|(n, (p, hat))| (p.id, hat, place(hat, n))).collect();
    store::list_on_sign_in(&mut world.conn, &list).await
}
