//! The blind side: declarations, the assignment, sheets day by day, third marks, the close.
use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use super::cast::Person;
use super::marks;
use super::store;
use super::store_acts::{self as acts, Open};
use super::world::{Round, World};
use crate::contests::rules::Criterion;
use crate::judging::batch;
use crate::platform::db::{Chair, Dealer, Judge, Mode, Tx, Who};
use crate::platform::failure::Failure;
use crate::tally::store as tally;

/// Judges declare units and people they know, a few days before the assignment.
pub async fn declare(world: &World<'_>, round: &Round, at: DateTime<Utc>) -> Result<(), Failure> {
    for (n, judge) in round.judges.iter().enumerate() {
        let tx: Tx<Judge> = world.wear(judge, Some(&round.slug), at + Duration::minutes(7 * i64::try_from(n).unwrap_or(0))).await?;
        let units = round.units.iter().skip(n).take(usize::from(n % 4 == 1)).copied().collect();
        let people = if n % 9 == 2 { vec!["Nguyễn Thị Thu Hà".into()] } else { vec![] };
        acts::declare(&tx, units, people).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// By the chair's press.
pub async fn assign(world: &World<'_>, round: &Round, at: DateTime<Utc>) -> Result<(), Failure> {
    let mut tx: Tx<Dealer> = world.wear(&world.staff.chair, Some(&round.slug), at).await?;
    batch::pass(&mut tx, "chair", None).await?;
    tx.commit().await
}

/// What the program deals by itself once every first marking is in; how many moves.
async fn deal_again(world: &World<'_>, round: &Round, at: DateTime<Utc>) -> Result<i32, Failure> {
    let mut tx: Tx<Dealer> = world.site.db.open(Mode::Write, &Who::Program { contest: Some(round.id) }).await?;
    store::be_at(&tx, Some(at)).await?;
    let moves = batch::pass(&mut tx, "quiet", None).await?;
    tx.commit().await?;
    Ok(moves)
}

async fn open_papers(world: &World<'_>, round: &Round, judge: &Person) -> Result<Vec<Open>, Failure> {
    let tx: Tx<Judge> = world.site.db.open(Mode::Write, &judge.who(Some(&round.slug))).await?;
    let open = acts::list_open(&tx).await?;
    tx.commit().await?;
    Ok(open)
}

fn criteria_of<'r>(round: &'r Round, paper: &Open) -> &'r [Criterion] {
    round.categories.iter().find(|(c, _)| c.id == paper.category).map_or(&[], |(_, lines)| lines.as_slice())
}

/// When it is marked: from a day on, until another, counted from today.
#[derive(Clone, Copy)]
pub struct Span {
    pub from: i64,
    pub to: i64,
}

/// Sheets of all judges, day by day; `share`: of a judge's papers so many in a hundred, by the judge's place in the panel.
pub async fn mark(world: &mut World<'_>, round: &Round, span: Span, share: impl Fn(usize) -> usize) -> Result<usize, Failure> {
    let mut piles = vec![];
    for (n, judge) in round.judges.iter().enumerate() {
        let mut pile = open_papers(world, round, judge).await?;
        pile.truncate((pile.len() * share(n)).div_ceil(100));
        pile.reverse();
        piles.push(pile);
    }
    let all: usize = piles.iter().map(Vec::len).sum();
    let (mut done, mut told) = (0, 0);
    for day in span.from..=span.to {
        let days_left = usize::try_from(span.to - day).unwrap_or(0) + 1;
        for (n, (judge, pile)) in round.judges.iter().zip(&mut piles).enumerate() {
            let today = pile.len().div_ceil(days_left);
            if today == 0 {
                continue;
            }
            let papers: Vec<Open> = (0..today).filter_map(|_| pile.pop()).collect();
            done += papers.len();
            mark_today(world, round, (judge, n), (day, &papers)).await?;
        }
        if done >= told + 300 {
            told = done;
            (world.say)(&format!("  {}: {done} / {all} phiếu chấm (mark sheets)", round.slug.as_str()));
        }
    }
    Ok(done)
}

async fn mark_today(world: &mut World<'_>, round: &Round, (judge, n): (&Person, usize), (day, papers): (i64, &[Open])) -> Result<(), Failure> {
    let mut at = world.at(day, 8, 0) + Duration::minutes(i64::try_from(world.dice.below(90)).unwrap_or(0));
    let tx: Tx<Judge> = world.wear(judge, Some(&round.slug), at).await?;
    for paper in papers {
        at += Duration::minutes(9) + Duration::seconds(i64::try_from(world.dice.below(420)).unwrap_or(0));
        let sheet = marks::sheet(&paper.code, marks::severity(n), criteria_of(round, paper), &mut world.dice);
        let comment = world.stock.comment(&mut world.dice);
        acts::hand_in(&tx, at, &paper.code, sheet, &comment).await?;
    }
    tx.commit().await
}

/// One judge sends a paper back.
pub async fn recuse_one(world: &World<'_>, round: &Round, judge: usize, (at, why): (DateTime<Utc>, &str)) -> Result<(), Failure> {
    let Some(judge) = round.judges.get(judge) else { return Ok(()) };
    let Some(paper) = open_papers(world, round, judge).await?.into_iter().next_back() else { return Ok(()) };
    let tx: Tx<Judge> = world.wear(judge, Some(&round.slug), at).await?;
    acts::recuse(&tx, &paper.code, why).await?;
    tx.commit().await
}

/// Marked to the end: what lacks a reading or wants a third mark is dealt again and marked, until nothing is left; then the close.
pub async fn finish(world: &mut World<'_>, round: &Round, span: Span, closes: DateTime<Utc>) -> Result<(), Failure> {
    mark(world, round, span, |_| 100).await?;
    let mut day = span.to + 1;
    while deal_again(world, round, world.at(day, 6, 30)).await? > 0 {
        mark(world, round, Span { from: day, to: day }, |_| 100).await?;
        day = (day + 1).min(span.to + 3);
    }
    let mut tx: Tx<Chair> = world.wear(&world.staff.chair, Some(&round.slug), closes).await?;
    acts::close_round(&mut tx).await?;
    tx.commit().await?;
    answer_ties(world, round, closes + Duration::hours(2)).await
}

/// All in for the highest levels, none for the last one.
async fn answer_ties(world: &World<'_>, round: &Round, at: DateTime<Utc>) -> Result<(), Failure> {
    loop {
        let mut tx: Tx<Chair> = world.wear(&world.staff.chair, Some(&round.slug), at).await?;
        let ties = tally::list_ties(&tx).await?;
        let Some(tie) = ties.into_iter().next() else { return tx.commit().await };
        let (answer, why) =
            if tie.level < 3 { ("all_in", "Các bài bằng điểm được xét như nhau.") } else { ("all_out", "Số giải ở bậc này đã đủ theo thể lệ.") };
        tally::answer_tie(&mut tx, (tie.ranking_group, tie.level, tie.mark), answer, why).await?;
        tx.commit().await?;
    }
}

/// What a chair finds in the midst of marking: a paper reported, a correction asked for, a sheet half typed.
pub async fn leave_work(world: &mut World<'_>, round: &Round) -> Result<(), Failure> {
    let at = world.at(-1, 20, 15);
    if let Some(judge) = round.judges.get(1)
        && let Some(paper) = open_papers(world, round, judge).await?.first()
    {
        let sheet = marks::sheet(&paper.code, marks::severity(1), criteria_of(round, paper), &mut world.dice);
        // as they are typed: the first two criteria so far
        let as_typed = |v: &Value| format!("{}", v.as_f64().unwrap_or(0.0) / 100.0).replace('.', ",");
        let typed = sheet.as_object().into_iter().flatten().take(2).map(|(k, v)| (k.clone(), Value::String(as_typed(v))));
        let tx: Tx<Judge> = world.wear(judge, Some(&round.slug), at).await?;
        acts::begin_sheet(&tx, &paper.code, Value::Object(typed.collect()), "Đọc lại đoạn kết rồi mới cho điểm.").await?;
        tx.commit().await?;
    }
    if let Some(judge) = round.judges.get(1)
        && let Some(paper) = open_papers(world, round, judge).await?.last()
    {
        let tx: Tx<Judge> = world.wear(judge, Some(&round.slug), at + Duration::minutes(20)).await?;
        acts::report(&tx, &paper.code, "identity-seen", 3, "Đoạn này nhắc tên trường và tên lớp.").await?;
        tx.commit().await?;
    }
    ask_correction(world, round, at + Duration::minutes(40)).await
}

/// For a sheet whose paper is not agreed yet: whether it is, a judge learns by asking.
async fn ask_correction(world: &World<'_>, round: &Round, at: DateTime<Utc>) -> Result<(), Failure> {
    let Some(judge) = round.judges.first() else { return Ok(()) };
    let tx: Tx<Judge> = world.wear(judge, Some(&round.slug), at).await?;
    let marked = acts::list_marked(&tx).await?;
    tx.commit().await?;
    for code in marked {
        let tx: Tx<Judge> = world.wear(judge, Some(&round.slug), at).await?;
        match acts::ask_correction(&tx, &code, "Tôi cộng nhầm ở tiêu chí thứ hai, xin được chấm lại.").await {
            Ok(()) => return tx.commit().await,
            Err(Failure::Refused(_)) => tx.rollback().await,
            Err(e) => return Err(e),
        }
    }
    Ok(())
}
