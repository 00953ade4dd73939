//! An extension of the deadline: proposed by an organizer, confirmed by a second official.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::views;
use crate::contests::editor::{self, EditForm, Work};
use crate::contests::forms::Wrong;
use crate::contests::guards::MayConfirm;
use crate::contests::model::{Dates, Ruleset};
use crate::contests::rows::Ids;
use crate::contests::rules_pages::{ConfirmPage, ExtensionPage, FieldView, ProposedView};
use crate::contests::store_rules::{self, Proposed, Standing};
use crate::contests::{Contest, Wearing};
use crate::platform::db::Organizer;
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Chosen, Nothing, Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

type Organizing = Wearing<Organizer>;
type Shown = Result<HttpResponse, Failure>;
type Done = Result<Saved<HttpResponse>, Failure>;

fn view_of(p: &Proposed, contest: &Contest, lang: Lang) -> ProposedView {
    let moment = |at| i18n::moment(lang, at, contest.tz());
    ProposedView {
        by: p.proposed_by.clone(),
        at: moment(p.proposed_at),
        closes: moment(p.closes_at),
        intake: moment(p.intake_closes_at),
        queries: moment(p.queries_close_at),
        postmark: p.postmark_by.map(|day| i18n::date(lang, day)).unwrap_or_default(),
        reason: p.reason.clone(),
        mine: p.mine,
    }
}

/// The page with what is typed, or the dates as they are.
fn page_of(proof: &Proven<Organizing>, rules: &Ruleset, standing: Standing, proposed: Option<&Proposed>, form: &EditForm) -> ExtensionPage {
    let (contest, lang) = (&proof.fact().contest, proof.lang());
    let t = |key: &str| proof.t(key, &[]);
    let view = views::View { section: &editor::DATES, rules, lang, t: &t };
    let shown = |f: &FieldView| f.id != "opens_at" && (f.id != "postmark_by" || rules.dates.postmark_by.is_some());
    ExtensionPage {
        title: contest.title(lang).to_owned(),
        list_href: contest.path("organizer/rules"),
        action: contest.path("organizer/extension"),
        drop_action: contest.path("organizer/extension/withdrawal"),
        zone: contest.tz().name().to_owned(),
        closes: i18n::moment(lang, contest.closes_at, contest.tz()),
        locked: match standing {
            Standing { opened: false, .. } => "not-open",
            Standing { stage: 1.., .. } => "cut",
            Standing { .. } => "",
        }
        .to_owned(),
        fields: view.fields(&form.typed).into_iter().filter(shown).collect(),
        reason: form.reason.clone(),
        proposed: proposed.map(|p| view_of(p, contest, lang)),
        ..ExtensionPage::default()
    }
}

pub async fn show_extension(mut proof: Proven<Organizing>) -> Shown {
    let (_, tx) = proof.parts();
    let (rules, _) = store_rules::read_rules(tx, false).await?;
    let standing = store_rules::get_standing(tx).await?;
    let proposed = store_rules::get_extension(tx).await?;
    let form = EditForm { typed: (editor::DATES.fill)(&rules), ..EditForm::default() };
    let page = page_of(&proof, &rules, standing, proposed.as_ref(), &form);
    proof.show(page).await
}

/// The dates that are typed, as far as they can be dates at all; whether they may be, Postgres says.
fn dates_of(form: &EditForm, rules: &Ruleset) -> Result<Dates, Vec<Wrong>> {
    let mut made = rules.clone();
    let mut work = Work { typed: &form.typed, rules: &mut made, ids: &mut Ids::default(), wrong: vec![] };
    let dates = editor::later_dates(&mut work, Some(rules.dates.opens));
    let mut wrong = work.wrong;
    if form.reason.chars().count() < 5 {
        wrong.push(("reason".to_owned(), Refusal::of("rule_reason_needed")));
    }
    match dates {
        Some(dates) if wrong.is_empty() => Ok(dates),
        _ => Err(wrong),
    }
}

pub async fn propose_extension(Posted { mut proof, form }: Posted<Organizing, EditForm>) -> Done {
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("organizer/extension?said=extension-proposed");
    let (rules, _) = store_rules::read_rules(tx, false).await?;
    let standing = store_rules::get_standing(tx).await?;
    let proposed = store_rules::get_extension(tx).await?;
    let mut page = page_of(&proof, &rules, standing, proposed.as_ref(), &form);
    let wrong = match dates_of(&form, &rules) {
        Err(wrong) => wrong,
        Ok(dates) => {
            let (_, tx) = proof.parts();
            match store_rules::propose_extension(tx, &dates, &form.reason).await {
                Ok(()) => return proof.commit(see_other(&to)).await,
                Err(Failure::Refused(r)) => vec![(if r.name == "reason_needed" { "reason" } else { "closes_at" }.to_owned(), r)],
                Err(e) => return Err(e),
            }
        }
    };
    let status = wrong.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status);
    for (field, refusal) in &wrong {
        page.errors.add(field, proof.sentence(refusal));
    }
    for field in &mut page.fields {
        field.error = page.errors.by.get(&field.id).cloned().unwrap_or_default();
    }
    Err(proof.refuse(status, page).await)
}

pub async fn drop_extension(Posted { mut proof, .. }: Posted<Organizing, Nothing>) -> Done {
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("organizer/extension?said=extension-dropped");
    store_rules::drop_extension(tx).await?;
    proof.commit(see_other(&to)).await
}

fn confirm_page(contest: &Contest, proposed: Option<&Proposed>, lang: Lang) -> ConfirmPage {
    ConfirmPage {
        title: contest.title(lang).to_owned(),
        action: contest.path("extension"),
        closes: i18n::moment(lang, contest.closes_at, contest.tz()),
        id: proposed.map(|p| p.id.to_string()).unwrap_or_default(),
        proposed: proposed.map(|p| view_of(p, contest, lang)),
        ..ConfirmPage::default()
    }
}

pub async fn show_confirmation(mut proof: Proven<MayConfirm>) -> Shown {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let proposed = store_rules::get_extension(tx).await?;
    let page = confirm_page(&fact.contest, proposed.as_ref(), lang);
    proof.show(page).await
}

pub async fn confirm_extension(Posted { mut proof, form }: Posted<MayConfirm, Chosen>) -> Done {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("?said=extension-confirmed");
    let proposed = store_rules::get_extension(tx).await?;
    let mut page = confirm_page(&fact.contest, proposed.as_ref(), lang);
    let done = match form.or_gone("extension_gone") {
        Ok(id) => store_rules::confirm_extension(tx, id).await,
        Err(gone) => Err(gone),
    };
    match done {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(r)) => {
            page.errors.add("", proof.sentence(&r));
            Err(proof.refuse(r.status, page).await)
        }
        Err(e) => Err(e),
    }
}
