//! What the page of a paper is made of.
use std::collections::BTreeMap;

use futures_util::try_join;
use serde_json::Value;

use crate::contests::rules::Criterion;
use crate::documents::paragraphs;
use crate::judging::guards::AssignedJudge;
use crate::judging::model::{RECUSALS, REPORTS, TypedSheet};
use crate::judging::pages::{CriterionField, MadeReport, OwnCorrection, PaperPage, ReasonPick, ReportCard};
use crate::judging::rules::{self, plain_mark};
use crate::judging::shown::Shown;
use crate::judging::store::{self, MyPaper, Place};
use crate::judging::store_requests::{OwnReport, list_own_reports};
use crate::platform::db::{Judge, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::Errors;
use crate::platform::i18n::{self, Lang};

/// Read once, printed by `page`.
pub struct Gathered {
    paper: MyPaper,
    place: Place,
    shown: Shown,
    reports: Vec<OwnReport>,
}

fn drafted(paper: &MyPaper) -> TypedSheet {
    let marks: BTreeMap<String, String> = paper.draft_marks.clone().and_then(|v| serde_json::from_value(v).ok()).unwrap_or_default();
    TypedSheet { marks, comment: paper.draft_comment.clone(), note: paper.note.clone() }
}

/// The sheet as it stands, in the visitor's decimals.
fn submitted(paper: &MyPaper, marks: &Value, lang: Lang) -> TypedSheet {
    let marks: BTreeMap<String, i32> = serde_json::from_value(marks.clone()).unwrap_or_default();
    let marks = marks.into_iter().map(|(k, m)| (k, i18n::mark(lang, m))).collect();
    TypedSheet { marks, comment: paper.sheet_comment.clone(), note: paper.note.clone() }
}

impl Gathered {
    pub async fn read(tx: &mut Tx<Judge>, judge: &AssignedJudge, shown: Shown) -> Result<Gathered, Failure> {
        let code = judge.code();
        let (paper, place, reports) = try_join!(store::get_paper(tx, code), store::get_place(tx, code, shown), list_own_reports(tx, code))?;
        Ok(Gathered { paper, place, shown, reports })
    }

    /// With the sheet where one stands, else with what was typed, else with the draft.
    pub fn page(&self, judge: &AssignedJudge, typed: Option<&TypedSheet>, errors: Errors, lang: Lang) -> PaperPage {
        let (paper, place, kept) = (&self.paper, &self.place, self.shown);
        let marked = paper.sheet_marks.is_some();
        let shown = match (&paper.sheet_marks, typed) {
            (Some(marks), _) => submitted(paper, marks, lang),
            (None, Some(typed)) => typed.clone(),
            (None, None) => drafted(paper),
        };
        let (total, total_whole) = rules::total(judge.criteria(), &shown);
        let href = |code: &Option<String>| code.as_ref().map(|c| judge.contest().path(&kept.keep(&format!("marking/{c}")))).unwrap_or_default();
        PaperPage {
            code: judge.code().as_str().to_owned(),
            title: paper.title.clone(),
            category: lang.pick(&paper.category_vi, &paper.category_en).to_owned(),
            paragraphs: paragraphs(&paper.body).map(str::to_owned).collect(),
            lang: paper.lang.clone(),
            position: place.position,
            of: place.of,
            marked_count: place.marked,
            queue_href: judge.contest().path(&kept.keep("marking")),
            shown: kept.state().to_owned(),
            previous_href: href(&place.previous),
            next_href: href(&place.next),
            action: kept.keep(&judge.path("")),
            draft_action: judge.path("/draft"),
            print_href: judge.contest().path(&format!("marking/print?code={}", judge.code().as_str())),
            recusal_action: kept.keep(&judge.path("/recusal")),
            open: !marked && !paper.closed,
            marked,
            closed: paper.closed,
            saved: paper.draft_marks.is_some() && typed.is_none(),
            criteria: judge.criteria().iter().map(|c| field(c, &shown, &errors, lang)).collect(),
            total: i18n::mark(lang, total),
            total_whole,
            total_max: plain_mark(lang, judge.criteria().iter().map(|c| c.max).sum()),
            point: lang.pick(",", ".").to_owned(),
            comment: shown.comment,
            comment_goes: if judge.contest().own_result == "mark_and_comments" { "out" } else { "stays" }.to_owned(),
            note: shown.note,
            reasons: RECUSALS.iter().map(|word| ReasonPick { word: (*word).to_owned(), label: format!("recusal-{word}") }).collect(),
            recusing: errors.by.contains_key("reason"),
            not_taken: typed.filter(|_| marked).map(|t| lines_of(judge.criteria(), t, lang)).unwrap_or_default(),
            single: paper.readers == 1,
            correction: OwnCorrection {
                state: paper.correction.clone().unwrap_or_default(),
                reason: paper.correction_reason.clone().unwrap_or_default(),
                answer: paper.correction_answer.clone().unwrap_or_default(),
                action: kept.keep(&judge.path("/correction")),
            },
            report: ReportCard {
                action: kept.keep(&judge.path("/report")),
                kinds: REPORTS.map(str::to_owned).to_vec(),
                made: self.reports.iter().map(|r| MadeReport { kind: r.kind.clone(), paragraph: r.paragraph.unwrap_or(0), note: r.note.clone() }).collect(),
                ..ReportCard::default()
            },
            errors,
        }
    }
}

/// A sheet in words, for what could not be taken.
fn lines_of(criteria: &[Criterion], typed: &TypedSheet, lang: Lang) -> Vec<String> {
    let marks = criteria.iter().map(|c| format!("{}: {}", c.name(lang), typed.mark(&c.key)));
    marks.chain([typed.comment.clone()]).filter(|l| !l.is_empty()).collect()
}

fn field(c: &Criterion, shown: &TypedSheet, errors: &Errors, lang: Lang) -> CriterionField {
    let (id, value) = (rules::field_of(&c.key), shown.mark(&c.key));
    CriterionField {
        name: c.name(lang).to_owned(),
        description: lang.pick(&c.description_vi, &c.description_en).to_owned(),
        max: c.max,
        step: c.step,
        hundredths: rules::parse_mark(value, c.max, c.step).unwrap_or(0),
        max_words: plain_mark(lang, c.max),
        step_words: plain_mark(lang, c.step),
        value: value.to_owned(),
        error: errors.by.get(&id).cloned().unwrap_or_default(),
        id,
    }
}
