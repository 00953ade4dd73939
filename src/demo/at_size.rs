//! `phach demo load --entries N`: instead of the four contests two of a nation's size, one open and one in marking, by which everything can be
//! measured. Rules, officials, the cut and the assignment are made as everywhere, by the functions that pages call; works and mark sheets, of
//! which there are hundreds of thousands, are written by the table.
use std::collections::HashSet;

use actix_web::web::Data;
use chrono::{DateTime, Duration, Utc};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::load::found;
use super::rules;
use super::store::get_now;
use super::store_at_size::{self as store, Stuff, Works};
use super::world::{Round, Say, World};
use super::{cast, desk, marking, submitting};
use crate::documents::{clean, count_words};
use crate::judging::batch;
use crate::platform::admin;
use crate::platform::db::{Dealer, Mode, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

/// How much.
#[derive(Clone, Copy, Debug)]
pub struct AtSize {
    /// Of each of the two contests.
    pub entries: usize,
    /// Of the one in marking, three readings an entry; one in fifty has not begun.
    pub judges: usize,
}

/// Texts that are told apart by their last sentence.
const ESSAYS: usize = 800;
/// Of one sender, in the mean.
const WORKS_EACH: usize = 10;
/// Whose number is above leaves the papers unread.
fn first_spare(judges: usize) -> usize {
    judges - judges.div_ceil(50) + 1
}

pub(super) async fn make(world: &mut World<'_>, size: AtSize) -> Result<(), Failure> {
    lay_out(world, size.entries.div_ceil(WORKS_EACH)).await?;
    let open = found(world, &rules::OPEN_AT_SIZE, 2).await?;
    add_works(world, &open, size.entries, true).await?;
    let contestant = world.staff.contestant.clone();
    submitting::begin_draft(world, &open, &contestant, world.at(-1, 20, 40)).await?;

    let round = found(world, &rules::MARKING_AT_SIZE, size.judges).await?;
    let days = round.outline.days;
    add_works(world, &round, size.entries, false).await?;
    store::settle(&mut world.conn).await?; // the cut and the assignment plan by it
    desk::cut_all(world, &round, world.at(days.queries, 18, 0)).await?;
    (world.say)(&format!("  {}: phách đã rọc (slips cut)", round.slug.as_str()));
    marking::declare(world, &round, world.at(days.queries + 1, 8, 0)).await?;
    marking::assign(world, &round, world.at(days.queries + 2, 8, 0)).await?;
    (world.say)(&format!("  {}: {} lượt chấm đã phân công (readings assigned)", round.slug.as_str(), store::count_open(&mut world.conn, round.id).await?));
    let (last, spare) = (world.at(-1, 17, 0), first_spare(size.judges));
    mark_open(&mut world.conn, (round.id, spare), last, world.say).await?;
    call_batch(world, &round, last).await?;
    mark_open(&mut world.conn, (round.id, spare), last, world.say).await?;
    store::settle(&mut world.conn).await
}

/// Third marks are dealt by the chair's call, where there are enough of them.
async fn call_batch(world: &World<'_>, round: &Round, at: DateTime<Utc>) -> Result<(), Failure> {
    let mut tx: Tx<Dealer> = world.wear(&world.staff.chair, Some(&round.slug), at).await?;
    match batch::pass(&mut tx, "chair", None).await {
        Ok(_) => tx.commit().await,
        Err(Failure::Refused(r)) if r.name == "batch_small" => {
            tx.rollback().await;
            Ok(())
        }
        Err(e) => Err(e),
    }
}

async fn lay_out(world: &mut World<'_>, senders: usize) -> Result<(), Failure> {
    let mut titles = HashSet::new();
    let essays: Vec<_> = (0..ESSAYS).map(|_| world.stock.write(&mut world.dice, &mut titles)).collect();
    let bodies: Vec<String> = essays.iter().map(|e| clean(&e.text()).into_string()).collect();
    let words = bodies.iter().map(|b| i32::try_from(count_words(b)).unwrap_or(0)).collect();
    let stuff = Stuff { names: cast::every_name(), titles: essays.into_iter().map(|e| e.title).collect(), bodies, words };
    store::lay_out(&mut world.conn, stuff, (i32::try_from(senders).map_err(Failure::broken)?, &world.hash)).await
}

async fn add_works(world: &mut World<'_>, round: &Round, entries: usize, open: bool) -> Result<(), Failure> {
    let days = round.outline.days;
    let [clerk, _] = &world.staff.clerks;
    let until = if open { world.now - Duration::minutes(1) } else { world.at(days.closes, 0, 0) };
    let works = Works { contest: round.id, entries, open, from: world.at(days.opens, 8, 0), to: until, clerk: clerk.id };
    store::add_works(&mut world.conn, &works).await?;
    (world.say)(&format!("  {}: {entries} bài dự thi (entries)", round.slug.as_str()));
    Ok(())
}

async fn mark_open(conn: &mut AsyncPgConnection, (contest, spare): (Uuid, usize), at: DateTime<Utc>, say: Say<'_>) -> Result<(), Failure> {
    let before = store::count_open(conn, contest).await?;
    store::mark_open(conn, contest, spare, at).await?;
    say(&format!("  {} phiếu chấm (mark sheets)", before - store::count_open(conn, contest).await?));
    Ok(())
}

/// `phach demo mark`: whatever is still open in a contest of a demonstration is marked as its model would, and what the program deals once
/// every first marking is in, until nothing is left. Errors: a sentence.
pub async fn mark(site: &Data<Site>, admin_url: &str, slug: &str, say: Say<'_>) -> Result<(), String> {
    let mut conn = admin::connect(admin_url).await?;
    refuse_bound(&mut conn).await?;
    let found = store::find_contest(&mut conn, slug).await.map_err(|e| e.to_string())?;
    let contest = found.ok_or_else(|| format!("{slug}: no contest of a demonstration has this address"))?;
    mark_to_the_end(site, &mut conn, contest, say).await.map_err(|e| format!("{slug} was not marked: {e}"))
}

async fn mark_to_the_end(site: &Data<Site>, conn: &mut AsyncPgConnection, contest: Uuid, say: Say<'_>) -> Result<(), Failure> {
    loop {
        let now = get_now(conn).await?;
        mark_open(conn, (contest, usize::from(u16::MAX)), now, say).await?;
        let mut tx: Tx<Dealer> = site.db.open(Mode::Write, &Who::Program { contest: Some(contest) }).await?;
        let dealt = batch::pass(&mut tx, "quiet", None).await?;
        tx.commit().await?;
        if dealt == 0 {
            return Ok(());
        }
    }
}

/// Errors: a sentence, where this administrator is bound by policies.
pub(super) async fn refuse_bound(conn: &mut AsyncPgConnection) -> Result<(), String> {
    match store::is_unbound(conn).await {
        Ok(true) => Ok(()),
        Ok(false) => Err("whole tables are written: that takes a superuser of the database, as the one is that Phách starts by itself".into()),
        Err(e) => Err(e.to_string()),
    }
}
