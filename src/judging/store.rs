//! The judge's SQL. Every statement runs with a judge's eyes: own assignments, own sheets, own drafts.
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, Text, Uuid as SqlUuid};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures_util::join;
use serde_json::Value;
use uuid::Uuid;

use super::model::{Marks, PaperCode, TypedSheet};
use super::rules::Declaration;
use super::shown::Shown;
use crate::contests::rules::Criterion;
use crate::platform::db::{Judge, Tx};
use crate::platform::failure::Failure;
use crate::platform::query::prepared;

#[derive(QueryableByName)]
pub struct Assignment {
    #[diesel(sql_type = Bool)]
    pub marked: bool,
    /// The judge has had the text before the own eyes.
    #[diesel(sql_type = Bool)]
    pub opened: bool,
}

/// The own assignment, unless it was recused.
pub async fn get_assignment(tx: &Tx<Judge>, code: &PaperCode) -> Result<Option<Assignment>, Failure> {
    let sql = "select state = 'marked' as marked, opened from blind.assignment
        where judge = phach.account() and contest = phach.contest() and paper = {} and state <> 'recused'";
    Ok(prepared(sql).bind::<Text, _>(code.as_str().to_owned()).get_result(&mut &**tx).await.optional()?)
}

/// From now on the paper stays with this judge.
pub async fn open_paper(tx: &mut Tx<Judge>, code: &PaperCode) -> Result<(), Failure> {
    prepared("select blind.open_paper({})").bind::<Text, _>(code.as_str().to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// A line of the judge's queue. A recused paper has no title: it is out of sight.
#[derive(Clone)]
pub struct Queued {
    pub paper: String,
    /// open | marked | recused
    pub state: String,
    pub title: Option<String>,
    pub category: Option<Uuid>,
    pub begun: bool,
    /// Hundredths.
    pub total: Option<i32>,
    /// Of the own sheet: asked | declined | allowed.
    pub correction: Option<String>,
    /// What the chair said to it.
    pub answer: Option<String>,
}

/// How it stands with the round, for this judge.
#[derive(Clone, Copy)]
pub struct RoundState {
    /// The round is closed, and no paper in the own hands is read once more because of a tie.
    pub closed: bool,
    /// The chair has withdrawn this judge: no paper comes any more.
    pub withdrawn: bool,
}

/// What the function returns: lists of one length, a place in each for every paper; and those of the corrections. None: empty.
#[derive(QueryableByName)]
struct QueueLists {
    #[diesel(sql_type = Bool)]
    closed: bool,
    #[diesel(sql_type = Bool)]
    withdrawn: bool,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    papers: Option<Vec<String>>,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    states: Option<Vec<String>>,
    #[diesel(sql_type = Nullable<Array<Nullable<Text>>>)]
    titles: Option<Vec<Option<String>>>,
    #[diesel(sql_type = Nullable<Array<Nullable<SqlUuid>>>)]
    categories: Option<Vec<Option<Uuid>>>,
    #[diesel(sql_type = Nullable<Array<Bool>>)]
    begun: Option<Vec<bool>>,
    #[diesel(sql_type = Nullable<Array<Nullable<Integer>>>)]
    totals: Option<Vec<Option<i32>>>,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    asked: Option<Vec<String>>,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    corrections: Option<Vec<String>>,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    answers: Option<Vec<String>>,
}

impl QueueLists {
    fn queue(self) -> Vec<Queued> {
        let all = |lists: Option<Vec<String>>| lists.unwrap_or_default().into_iter();
        let mut queue: Vec<Queued> = all(self.papers)
            .zip(all(self.states))
            .zip(self.titles.unwrap_or_default())
            .zip(self.categories.unwrap_or_default())
            .zip(self.begun.unwrap_or_default())
            .zip(self.totals.unwrap_or_default())
            .map(|(((((paper, state), title), category), begun), total)| Queued { paper, state, title, category, begun, total, correction: None, answer: None })
            .collect();
        for ((paper, correction), answer) in all(self.asked).zip(all(self.corrections)).zip(all(self.answers)) {
            if let Some(q) = queue.iter_mut().find(|q| q.paper == paper) {
                (q.correction, q.answer) = (Some(correction), Some(answer));
            }
        }
        queue
    }
}

/// The judge's papers in the judge's own shuffled order, and the round they belong to.
pub async fn list_queue(tx: &Tx<Judge>) -> Result<(RoundState, Vec<Queued>), Failure> {
    let sql = "select closed, withdrawn, papers, states, titles, categories, begun, totals, asked, corrections, answers from blind.my_queue()";
    let lists: QueueLists = prepared(sql).get_result(&mut &**tx).await?;
    Ok((RoundState { closed: lists.closed, withdrawn: lists.withdrawn }, lists.queue()))
}

/// A paper to read, with whatever the judge has written on it.
#[derive(QueryableByName)]
pub struct MyPaper {
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    #[diesel(sql_type = Text)]
    pub category_vi: String,
    #[diesel(sql_type = Text)]
    pub category_en: String,
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub draft_marks: Option<Value>,
    #[diesel(sql_type = Text)]
    pub draft_comment: String,
    #[diesel(sql_type = Text)]
    pub note: String,
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub sheet_marks: Option<Value>,
    #[diesel(sql_type = Text)]
    pub sheet_comment: String,
    /// The contest's own language: that of its papers.
    #[diesel(sql_type = Text)]
    pub lang: String,
    #[diesel(sql_type = Bool)]
    pub closed: bool,
    /// By how many judges each paper is read, as the rules say.
    #[diesel(sql_type = Integer)]
    pub readers: i32,
    /// asked | declined | allowed
    #[diesel(sql_type = Nullable<Text>)]
    pub correction: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub correction_reason: Option<String>,
    /// Of the chair.
    #[diesel(sql_type = Nullable<Text>)]
    pub correction_answer: Option<String>,
}
pub async fn get_paper(tx: &Tx<Judge>, code: &PaperCode) -> Result<MyPaper, Failure> {
    let sql = "select p.title, p.body, k.name_vi as category_vi, k.name_en as category_en, d.marks as draft_marks,
          coalesce(d.comment, '') as draft_comment, coalesce(d.note, '') as note, s.marks as sheet_marks, coalesce(s.comment, '') as sheet_comment, c.lang,
          exists (select from blind.closing x where x.contest = c.id) and not blind.awaits_extra(p.code) as closed,
          c.readers, m.state as correction, m.reason as correction_reason, m.answer as correction_answer
        from blind.paper p join contest.category k on k.id = p.category join contest.contest c on c.id = p.contest
        left join blind.draft d on d.paper = p.code and d.judge = phach.account() left join blind.sheet s on s.paper = p.code and s.judge = phach.account()
        left join blind.my_corrections() m on m.paper = p.code where p.code = {}";
    Ok(prepared(sql).bind::<Text, _>(code.as_str().to_owned()).get_result(&mut &**tx).await?)
}
/// The criteria by which this paper is marked, in the order of the rules.
pub async fn list_criteria_of(tx: &Tx<Judge>, code: &PaperCode) -> Result<Vec<Criterion>, Failure> {
    let sql = "select c.rubric, c.key, c.name_vi, c.name_en, c.description_vi, c.description_en, c.max, r.step, r.total
        from blind.paper p join contest.category k on k.id = p.category join contest.rubric r on r.id = k.rubric join contest.criterion c on c.rubric = r.id
        where p.code = {} order by c.position";
    Ok(prepared(sql).bind::<Text, _>(code.as_str().to_owned()).load(&mut &**tx).await?)
}

/// Where a paper stands in the judge's own order; recused ones count no more.
#[derive(QueryableByName)]
pub struct Place {
    #[diesel(sql_type = BigInt)]
    pub position: i64,
    #[diesel(sql_type = BigInt)]
    pub of: i64,
    #[diesel(sql_type = BigInt)]
    pub marked: i64,
    #[diesel(sql_type = Nullable<Text>)]
    pub previous: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub next: Option<String>,
}
/// The neighbours are those among what is shown; place and counts are of all.
pub async fn get_place(tx: &Tx<Judge>, code: &PaperCode, shown: Shown) -> Result<Place, Failure> {
    let sql = "select position, of, marked, previous, next from blind.my_place({}, {})";
    Ok(prepared(sql).bind::<Text, _>(code.as_str().to_owned()).bind::<Text, _>(shown.state()).get_result(&mut &**tx).await?)
}

#[derive(QueryableByName)]
struct Code {
    #[diesel(sql_type = Nullable<Text>)]
    paper: Option<String>,
}
/// The next paper still to be marked, on from this one and round to the first; None where all is done.
pub async fn get_next_open(tx: &Tx<Judge>, code: &PaperCode) -> Result<Option<String>, Failure> {
    let sql = "select coalesce(
          (select a.paper from blind.assignment a where a.judge = phach.account() and a.contest = phach.contest() and a.state = 'open'
             and (a.place, a.paper) > (m.place, m.paper) order by a.place, a.paper limit 1),
          (select a.paper from blind.assignment a where a.judge = phach.account() and a.contest = phach.contest() and a.state = 'open'
             order by a.place, a.paper limit 1)) as paper
        from blind.assignment m where m.judge = phach.account() and m.contest = phach.contest() and m.paper = {}";
    let next: Option<Code> = prepared(sql).bind::<Text, _>(code.as_str().to_owned()).get_result(&mut &**tx).await.optional()?;
    Ok(next.and_then(|c| c.paper))
}

/// Overwrites the own draft. False where the paper is not open to this judge any more.
pub async fn save_draft(tx: &Tx<Judge>, code: &PaperCode, typed: &TypedSheet) -> Result<bool, Failure> {
    let sql = "insert into blind.draft(judge, paper, contest, marks, comment, note)
          select a.judge, a.paper, a.contest, {}, {}, {} from blind.assignment a
          where a.judge = phach.account() and a.contest = phach.contest() and a.paper = {} and a.state = 'open'
        on conflict (judge, paper) do update set marks = excluded.marks, comment = excluded.comment, note = excluded.note, saved_at = phach.now()";
    let q = prepared(sql)
        .bind::<Jsonb, _>(serde_json::json!(typed.marks))
        .bind::<Text, _>(typed.comment.clone())
        .bind::<Text, _>(typed.note.clone())
        .bind::<Text, _>(code.as_str().to_owned());
    Ok(q.execute(&mut &**tx).await? == 1)
}

/// Puts the sheet in for good; the trigger holds the round, checks, counts, and leaves the note. The next paper still open,
/// as `get_next_open`. Refused: only the sheet is taken back, the transaction is good for keeping the draft.
pub async fn submit(tx: &mut Tx<Judge>, code: &PaperCode, marks: &Marks, typed: &TypedSheet) -> Result<Option<String>, Failure> {
    // one after the other on the wire, without waiting for the answers in between; the first that fails fails the rest
    let mut wire = &**tx;
    let (savepoint, note, sheet, next) =
        join!(wire.batch_execute("savepoint sheet"), keep_note(tx, code, typed), insert_sheet(tx, code, marks, &typed.comment), get_next_open(tx, code));
    let outcome = savepoint.map_err(Failure::from).and(note).and(sheet).and(next);
    if outcome.is_err() {
        tx.batch_execute("rollback to savepoint sheet").await?;
    }
    outcome
}

/// The note outlives the draft; an empty one needs no draft to be written for it.
async fn keep_note(tx: &Tx<Judge>, code: &PaperCode, typed: &TypedSheet) -> Result<(), Failure> {
    if !typed.note.is_empty() {
        return save_draft(tx, code, typed).await.map(|_| ());
    }
    let sql = "update blind.draft set note = '' where judge = phach.account() and paper = {} and note <> ''";
    prepared(sql).bind::<Text, _>(code.as_str().to_owned()).execute(&mut &**tx).await?;
    Ok(())
}

async fn insert_sheet(tx: &Tx<Judge>, code: &PaperCode, marks: &Marks, comment: &str) -> Result<(), Failure> {
    let sheet = prepared("insert into blind.sheet(paper, marks, comment) values ({}, {}, {})")
        .bind::<Text, _>(code.as_str().to_owned())
        .bind::<Jsonb, _>(serde_json::json!(marks))
        .bind::<Text, _>(comment.to_owned());
    sheet.execute(&mut &**tx).await?;
    Ok(())
}

#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}
/// Whether the own sheet on this paper says exactly this: the second press of a button.
pub async fn is_submitted(tx: &mut Tx<Judge>, code: &PaperCode, marks: &Marks, comment: &str) -> Result<bool, Failure> {
    let q = prepared("select exists (select from blind.sheet where judge = phach.account() and paper = {} and marks = {} and comment = {}) as yes")
        .bind::<Text, _>(code.as_str().to_owned())
        .bind::<Jsonb, _>(serde_json::json!(marks))
        .bind::<Text, _>(comment.to_owned());
    let row: Yes = q.get_result(&mut **tx).await?;
    Ok(row.yes)
}
pub async fn recuse(tx: &mut Tx<Judge>, code: &PaperCode, reason: &str) -> Result<(), Failure> {
    prepared("select blind.recuse({}, {})").bind::<Text, _>(code.as_str().to_owned()).bind::<Text, _>(reason.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

#[derive(QueryableByName, Default)]
pub struct Declared {
    #[diesel(sql_type = Array<SqlUuid>)]
    pub units: Vec<Uuid>,
    #[diesel(sql_type = Array<Text>)]
    pub people: Vec<String>,
}
/// The declaration that counts: the last one.
pub async fn get_declaration(tx: &mut Tx<Judge>) -> Result<Option<Declared>, Failure> {
    let sql = "select units, people from blind.declaration where judge = phach.account() and contest = phach.contest() order by at desc limit 1";
    Ok(prepared(sql).get_result(&mut **tx).await.optional()?)
}
/// Whether the own declaration changes no more.
pub async fn is_frozen(tx: &mut Tx<Judge>) -> Result<bool, Failure> {
    let row: Yes = prepared("select blind.declaration_frozen() as yes").get_result(&mut **tx).await?;
    Ok(row.yes)
}
pub async fn declare(tx: &mut Tx<Judge>, declaration: &Declaration) -> Result<(), Failure> {
    let q = prepared("select blind.declare({}, {})").bind::<Array<SqlUuid>, _>(declaration.units.clone()).bind::<Array<Text>, _>(declaration.people.clone());
    q.execute(&mut **tx).await?;
    Ok(())
}
