//! A paper beside its mark sheet: read, drafted, submitted, sent back.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::sheet::Gathered;
use crate::contests::Contest;
use crate::judging::forms::{Act, RecusalForm, SheetForm};
use crate::judging::guards::AssignedJudge;
use crate::judging::model::{PaperCode, RECUSALS, TypedSheet};
use crate::judging::rules::{self, Wrong};
use crate::judging::shown::Shown;
use crate::judging::store;
use crate::platform::db::{Judge, Mode, Slug, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::Lang;
use crate::platform::page::see_other;
use crate::platform::site::Site;

type Done = Result<Saved<HttpResponse>, Failure>;

pub async fn show_paper(mut proof: Proven<AssignedJudge>) -> Result<HttpResponse, Failure> {
    let (lang, shown) = (proof.lang(), Shown::of(&proof.visitor.query));
    let (judge, tx) = proof.parts();
    let page = Gathered::read(tx, judge, shown).await?.page(judge, None, Errors::default(), lang);
    let first = (!judge.is_opened() && !judge.is_marked()).then(|| (judge.code().clone(), Slug::parse(&judge.contest().slug)));
    let (site, session) = (proof.site.clone(), proof.visitor.session);
    let answer = proof.show(page).await?;
    if let Some((code, contest)) = first {
        open_all(&site, &Who::Visitor { session, contest }, &[code]).await?;
    }
    Ok(answer)
}

/// Texts are before the judge's eyes, maybe for the first time. A page is read-only, so a transaction of its own says it; before the
/// answer leaves, so that no batch takes away what is being read. Errors: not found, where one was taken away between the reading and this; then
/// the text stays here.
pub async fn open_all(site: &Site, who: &Who, codes: &[PaperCode]) -> Result<(), Failure> {
    if codes.is_empty() {
        return Ok(());
    }
    let mut tx: Tx<Judge> = site.db.open(Mode::Write, who).await?;
    for code in codes {
        store::open_paper(&mut tx, code).await?;
    }
    tx.commit().await
}

/// Where a press of a button leads.
enum Outcome {
    Go(String),
    /// The page again; what was typed is in the draft wherever a draft can hold it.
    Mend(Vec<Wrong>),
}

/// The buttons of the mark sheet. Whatever is wrong with it, everything typed is on the page and in the draft.
pub async fn write_sheet(Posted { mut proof, form }: Posted<AssignedJudge, SheetForm>) -> Done {
    let (lang, shown) = (proof.lang(), Shown::of(&proof.visitor.query));
    let (judge, tx) = proof.parts();
    match write(tx, judge, &form, lang).await? {
        Outcome::Go(to) => proof.commit(see_other(&shown.keep(&to))).await,
        Outcome::Mend(wrong) => Err(again(proof, Some(&form.typed), &wrong).await),
    }
}

async fn write(tx: &mut Tx<Judge>, judge: &AssignedJudge, form: &SheetForm, lang: Lang) -> Result<Outcome, Failure> {
    let typed = &form.typed;
    if judge.is_marked() {
        return stands(tx, judge, typed, lang).await;
    }
    let long = rules::check_texts(typed);
    if !long.is_empty() {
        return Ok(Outcome::Mend(long));
    }
    if form.act == Act::Save {
        let kept = store::save_draft(tx, judge.code(), typed).await?;
        return if kept { Ok(Outcome::Go(judge.path("?said=sheet-draft-saved"))) } else { stands(tx, judge, typed, lang).await };
    }
    let refusals = match rules::check_marks(judge.criteria(), typed, lang) {
        Err(wrong) => wrong,
        Ok(marks) => match store::submit(tx, judge.code(), &marks, typed).await {
            Ok(next) => return Ok(Outcome::Go(after(judge, next))),
            Err(Failure::Refused(r)) if r.name == "sheet_once" => return stands(tx, judge, typed, lang).await,
            Err(Failure::Refused(r)) => vec![(String::new(), r)],
            Err(e) => return Err(e),
        },
    };
    store::save_draft(tx, judge.code(), typed).await?;
    Ok(Outcome::Mend(refusals))
}

/// A sheet stands already: the same one sent twice is no mistake, another one changes nothing.
async fn stands(tx: &mut Tx<Judge>, judge: &AssignedJudge, typed: &TypedSheet, lang: Lang) -> Result<Outcome, Failure> {
    if let Ok(marks) = rules::check_marks(judge.criteria(), typed, lang)
        && store::is_submitted(tx, judge.code(), &marks, &typed.comment).await?
    {
        return Ok(Outcome::Go(after(judge, store::get_next_open(tx, judge.code()).await?)));
    }
    Ok(Outcome::Mend(vec![(String::new(), Refusal::of("sheet_once").status(StatusCode::CONFLICT))]))
}

/// On to the next open paper, or to the list where none is left.
fn after(judge: &AssignedJudge, next: Option<String>) -> String {
    match next {
        Some(code) => judge.contest().path(&format!("marking/{code}?said=sheet-submitted")),
        None => judge.contest().path("marking?said=sheets-all-submitted"),
    }
}

/// The page again: everything typed, and what to mend. Commits, so that the draft stays.
async fn again(mut proof: Proven<AssignedJudge>, typed: Option<&TypedSheet>, wrong: &[Wrong]) -> Failure {
    let status = wrong.first().map(|(_, r)| r.status).unwrap_or_default();
    let mut errors = Errors::default();
    for (field, refusal) in wrong {
        errors.add(field, proof.sentence(refusal));
    }
    let (lang, shown) = (proof.lang(), Shown::of(&proof.visitor.query));
    let (judge, tx) = proof.parts();
    match Gathered::read(tx, judge, shown).await {
        Ok(gathered) => {
            let page = gathered.page(judge, typed, errors, lang);
            proof.keep(status, page).await
        }
        Err(e) => e,
    }
}

/// By the database's clock and in the contest's zone, whatever the judge's device says.
fn clock_of(contest: &Contest) -> String {
    let there = contest.now.with_timezone(&contest.tz());
    format!("{} (UTC{})", there.format("%H:%M:%S"), there.format("%:z"))
}

/// The sheet saves itself as it is typed: 204 with the hour as the contest has it, or 409 where it was submitted meanwhile in another window.
pub async fn save_draft(Posted { mut proof, form }: Posted<AssignedJudge, SheetForm>) -> Done {
    let (judge, tx) = proof.parts();
    if let Some((_, refusal)) = rules::check_texts(&form.typed).into_iter().next() {
        return Err(refusal.into());
    }
    if !store::save_draft(tx, judge.code(), &form.typed).await? {
        return Err(Refusal::of("sheet_once").status(StatusCode::CONFLICT).into());
    }
    let saved_at = clock_of(judge.contest());
    proof.commit(HttpResponse::NoContent().insert_header(("Cache-Control", "no-store")).insert_header(("x-saved-at", saved_at)).finish()).await
}

/// From here on the paper is out of this judge's sight, and so is what was written on it.
pub async fn recuse(Posted { mut proof, form }: Posted<AssignedJudge, RecusalForm>) -> Done {
    let shown = Shown::of(&proof.visitor.query);
    let (judge, tx) = proof.parts();
    let refusal = match (judge.is_marked(), RECUSALS.contains(&form.reason.as_str())) {
        (true, _) => Refusal::of("recuse_late").status(StatusCode::CONFLICT),
        (false, false) => Refusal::of("recuse_reason"),
        (false, true) => {
            let next = store::get_next_open(tx, judge.code()).await?.filter(|code| code != judge.code().as_str());
            let to = match next {
                Some(code) => judge.contest().path(&format!("marking/{code}?said=paper-recused")),
                None => judge.contest().path("marking?said=paper-recused"),
            };
            store::recuse(tx, judge.code(), &form.reason).await?;
            return proof.commit(see_other(&shown.keep(&to))).await;
        }
    };
    Err(again(proof, Some(&form.typed), &[("reason".to_owned(), refusal)]).await)
}
