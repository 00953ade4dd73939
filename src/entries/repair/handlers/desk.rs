//! The desk asks, looks at what came beside what stands, and takes it or says why not.
use actix_web::HttpResponse;
use chrono::TimeDelta;
use futures_util::try_join;

use super::view::{asked_for, came_of, sent_out};
use crate::contests::Contest;
use crate::contests::rules::list_categories;
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::handlers::{compared, read_text};
use crate::entries::desk::hits::Identity;
use crate::entries::desk::model::Version;
use crate::entries::desk::pages::DeskTextPage;
use crate::entries::desk::rules::in_the_desks_words;
use crate::entries::desk::store as entries;
use crate::entries::post::store::get_envelope;
use crate::entries::repair::forms::{AskForm, Choice, ChoiceForm};
use crate::entries::repair::model::Repair;
use crate::entries::repair::pages::{DayChoice, DeskRepair, OpenRepair, PastRepair};
use crate::entries::repair::{rules, store};
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

type Done = Result<Saved<HttpResponse>, Failure>;

/// What was asked about an entry that is cut, and what came, beside the clean text that stands.
pub async fn card_of(tx: &Tx<Clerk>, desk: &DeskEntry, version: &Version, stands: &str, lang: Lang) -> Result<DeskRepair, Failure> {
    let (contest, entry) = (desk.contest(), desk.entry());
    let own = path_of(contest, entry.id);
    let asked = store::list_asked(tx, entry.id).await?;
    let unclaimed = entry.by_post && get_envelope(tx, entry.id).await?.is_some_and(|e| !e.claimed);
    let open = match asked.iter().find(|r| r.ended.is_none()) {
        Some(r) => Some(open_of(tx, desk, r, (version, stands), lang).await?),
        None => None,
    };
    Ok(DeskRepair {
        action: format!("{own}/repair"),
        choice_action: format!("{own}/repair/decision"),
        unclaimed,
        open,
        days: days(contest, 7, lang),
        past: asked.iter().filter_map(|r| past_of(r, contest, &own, lang)).collect(),
        ..DeskRepair::default()
    })
}

fn days(contest: &Contest, chosen: i32, lang: Lang) -> Vec<DayChoice> {
    let day = |days: i32| i18n::moment(lang, contest.now + TimeDelta::days(days.into()), contest.tz());
    rules::OFFERED.map(|days| DayChoice { days, day: day(days), chosen: days == chosen }).to_vec()
}

fn past_of(r: &Repair, contest: &Contest, own: &str, lang: Lang) -> Option<PastRepair> {
    let moment = |at| i18n::moment(lang, at, contest.tz());
    Some(PastRepair {
        ended: r.ended.clone()?,
        message: r.message.clone(),
        asked_at: moment(r.asked_at),
        ended_at: r.ended_at.map(moment).unwrap_or_default(),
        answer: r.answer.clone(),
        file_href: r.came.map(|came| format!("{own}/repair/original?came={came}")).unwrap_or_default(),
    })
}

async fn open_of(tx: &Tx<Clerk>, desk: &DeskEntry, r: &Repair, (version, stands): (&Version, &str), lang: Lang) -> Result<OpenRepair, Failure> {
    let (contest, entry) = (desk.contest(), desk.entry());
    let moment = |at| i18n::moment(lang, at, contest.tz());
    let asked = OpenRepair {
        id: r.id.to_string(),
        message: r.message.clone(),
        asked_at: moment(r.asked_at),
        until: moment(r.due_at),
        late: r.came.is_none() && contest.now >= r.due_at,
        ..OpenRepair::default()
    };
    if r.came.is_none() {
        return Ok(asked);
    }
    let (categories, who) = try_join!(list_categories(tx), identity_of(tx, version))?;
    let category = categories.iter().find(|k| k.id == version.category);
    Ok(OpenRepair {
        came: came_of(r, (contest, category), &format!("{}/repair/original", path_of(contest, entry.id)), lang),
        pairs: compared(stands.to_owned(), r.body.clone()).await?,
        hits: who.find(&r.body).len(),
        ..asked
    })
}

/// Whose name must not stand in it.
async fn identity_of(tx: &Tx<Clerk>, version: &Version) -> Result<Identity, Failure> {
    let mut who = Identity::default();
    for a in entries::list_authors(tx, version.id).await? {
        who.name(&a.name);
        who.pen_name(&a.pen_name);
        who.email(&a.email);
        who.phone(&a.phone);
        who.name(&a.guardian);
    }
    if let Some(unit) = version.unit
        && let Some(unit) = entries::get_unit(tx, unit).await?
    {
        who.unit(&unit.name_vi);
        who.unit(&unit.name_en);
    }
    Ok(who)
}

pub async fn ask(Posted { mut proof, form }: Posted<DeskEntry, AskForm>) -> Done {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let (mut page, _) = read_text(tx, desk, lang).await?;
    let to = format!("{}?said=repair-asked", text_of(desk));
    let days = days(desk.contest(), form.days, lang);
    let mut wrong = rules::ask_wrong(&form);
    if wrong.is_empty() {
        match store::ask(tx, desk.entry().id, &form.message, form.days).await {
            Ok(()) => return proof.commit(see_other(&to)).await,
            Err(Failure::Refused(r)) => wrong.push(("", r)),
            Err(e) => return Err(e),
        }
    }
    (page.repair.message, page.repair.days) = (form.message, days);
    for (field, refusal) in &wrong {
        let sentence = proof.sentence(refusal);
        match *field {
            "message" => page.repair.message_error.clone_from(&sentence),
            "days" => page.repair.days_error.clone_from(&sentence),
            _ => {}
        }
        page.errors.add(field, sentence);
    }
    let status = wrong.first().map_or(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status);
    Err(proof.refuse(status, page).await)
}

fn text_of(desk: &DeskEntry) -> String {
    format!("{}/text", path_of(desk.contest(), desk.entry().id))
}

/// A request is taken back; or what came is taken, or not.
pub async fn choose(Posted { mut proof, form }: Posted<DeskEntry, ChoiceForm>) -> Done {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let (page, _) = read_text(tx, desk, lang).await?;
    let entry = desk.entry().id;
    let to = match form.choice {
        Some(Choice::Take) => format!("{}?said=repair-taken", path_of(desk.contest(), entry)),
        Some(Choice::Decline) => format!("{}?said=repair-unusable", text_of(desk)),
        _ => format!("{}?said=repair-taken-back", text_of(desk)),
    };
    if let Some((field, refusal)) = rules::choice_wrong(&form) {
        return Err(again(proof, page, &form, (field, refusal)).await);
    }
    let written = match form.choice {
        Some(Choice::Take) => store::take(tx, entry, (form.repair, form.came), (form.seen, &form.taking)).await,
        Some(Choice::Decline) => store::decline(tx, entry, (form.repair, form.came), &form.unusable).await,
        _ => store::take_back(tx, entry, form.repair).await,
    };
    match written {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(r)) => Err(again(proof, page, &form, ("", in_the_desks_words(r))).await),
        Err(e) => Err(e),
    }
}

/// The page as it stands, with what was typed.
async fn again(proof: Proven<DeskEntry>, mut page: DeskTextPage, form: &ChoiceForm, (field, refusal): (&'static str, Refusal)) -> Failure {
    let sentence = proof.sentence(&refusal);
    if let Some(open) = &mut page.repair.open {
        (open.taking, open.unusable) = (form.taking.clone(), form.unusable.clone());
        match field {
            "taking" => open.taking_error.clone_from(&sentence),
            "unusable" => open.unusable_error.clone_from(&sentence),
            _ => {}
        }
    }
    page.errors.add(field, sentence);
    proof.refuse(refusal.status, page).await
}

/// What its author sent; `?came=…`.
pub async fn download_came(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let came = asked_for(&proof.visitor.query).ok_or(Failure::NotFound)?;
    let site = proof.site.clone();
    let (desk, tx) = proof.parts();
    let number = desk.entry().number;
    let original = store::get_original(tx, desk.entry().id, came).await?.ok_or(Failure::NotFound)?;
    proof.end().await?;
    sent_out(&site, original, number).await
}
