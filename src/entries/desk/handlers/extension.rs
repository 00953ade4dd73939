//! More time: for one entry that was received, or for what somebody has not submitted yet, found by the account's address.
use actix_web::HttpResponse;
use chrono::{DateTime, Utc};

use crate::contests::file::local_minute;
use crate::contests::{Contest, Wearing};
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::pages::{DeskExtensionPage, PastExtension};
use crate::entries::desk::store_time::{self, Extension};
use crate::platform::db::Clerk;
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Email, Fields, Form, is_reason};
use crate::platform::guard::{Posted, Proof, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

type Shown = Result<HttpResponse, Failure>;
type Done = Result<Saved<HttpResponse>, Failure>;

/// As typed.
#[derive(Clone, Default)]
pub struct ExtensionForm {
    email: String,
    until: String,
    reason: String,
}
impl Form for ExtensionForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        ExtensionForm { email: f.line("email"), until: f.line("until"), reason: f.line("reason") }
    }
}

impl ExtensionForm {
    /// Until when and why, or every field that cannot be used.
    fn checked(&self, contest: &Contest) -> Result<DateTime<Utc>, Vec<(&'static str, Refusal)>> {
        let mut wrong = vec![];
        let until = local_minute(&self.until, contest.tz());
        if until.is_err() {
            wrong.push(("until", Refusal::of("date_unreadable")));
        }
        if !is_reason(&self.reason) {
            wrong.push(("reason", Refusal::of("extension_reason_needed")));
        }
        match until {
            Ok(until) if wrong.is_empty() => Ok(until),
            _ => Err(wrong),
        }
    }
}

fn base(contest: &Contest, lang: Lang, form: &ExtensionForm) -> DeskExtensionPage {
    let moment = |at| i18n::moment(lang, at, contest.tz());
    DeskExtensionPage {
        action: contest.path("desk/extension"),
        back_href: contest.path("desk"),
        closes: moment(contest.closes_at),
        latest: moment(contest.queries_close_at),
        zone: contest.tz().name().to_owned(),
        email: form.email.clone(),
        until: form.until.clone(),
        reason: form.reason.clone(),
        ..DeskExtensionPage::default()
    }
}

fn of_entry(desk: &DeskEntry, past: &[Extension], lang: Lang, form: &ExtensionForm) -> DeskExtensionPage {
    let (contest, entry) = (desk.contest(), desk.entry());
    let moment = |at| i18n::moment(lang, at, contest.tz());
    let row = |e: &Extension| PastExtension { until: moment(e.until), reason: e.reason.clone(), at: moment(e.at) };
    DeskExtensionPage {
        action: format!("{}/extension", path_of(contest, entry.id)),
        back_href: path_of(contest, entry.id),
        number: i18n::number(lang, entry.number.into()),
        past: past.iter().map(row).collect(),
        ..base(contest, lang, form)
    }
}

/// The page again with what is wrong, in the order of the fields.
async fn again<P: Proof>(proof: Proven<P>, mut page: DeskExtensionPage, wrong: Vec<(&'static str, Refusal)>) -> Failure {
    let status = wrong.first().map_or(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status);
    for (field, refusal) in wrong {
        page.errors.add(field, proof.sentence(&refusal));
    }
    proof.refuse(status, page).await
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.name {
        "extension_past" | "extension_long" => "until",
        "extension_no_draft" => "email",
        "reason_needed" => "reason",
        _ => "",
    }
}

pub async fn show_extension(mut proof: Proven<DeskEntry>) -> Shown {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let past = store_time::list_extensions(tx, desk.entry().id).await?;
    let page = of_entry(desk, &past, lang, &ExtensionForm::default());
    proof.show(page).await
}

pub async fn extend(Posted { mut proof, form }: Posted<DeskEntry, ExtensionForm>) -> Done {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let id = desk.entry().id;
    let past = store_time::list_extensions(tx, id).await?;
    let page = of_entry(desk, &past, lang, &form);
    let to = format!("{}/extension?said=entry-extended", path_of(desk.contest(), id));
    let until = match form.checked(desk.contest()) {
        Ok(until) => until,
        Err(wrong) => return Err(again(proof, page, wrong).await),
    };
    match store_time::extend(tx, id, until, &form.reason).await {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(r)) => Err(again(proof, page, vec![(field_of(&r), r)]).await),
        Err(e) => Err(e),
    }
}

pub async fn show_draft_extension(proof: Proven<Wearing<Clerk>>) -> Shown {
    let page = base(&proof.fact().contest, proof.lang(), &ExtensionForm::default());
    proof.show(page).await
}

pub async fn extend_drafts(Posted { mut proof, form }: Posted<Wearing<Clerk>, ExtensionForm>) -> Done {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let page = base(&fact.contest, lang, &form);
    let to = fact.contest.path("desk/extension?said=entry-extended");
    let (email, until) = (Email::parse(&form.email), form.checked(&fact.contest));
    let (email, until) = match (email, until) {
        (Some(email), Ok(until)) => (email, until),
        (email, until) => {
            let unusable = email.is_none().then(|| ("email", Refusal::of("email_unusable")));
            let wrong = unusable.into_iter().chain(until.err().unwrap_or_default()).collect();
            return Err(again(proof, page, wrong).await);
        }
    };
    match store_time::extend_drafts(tx, &email.key, until, &form.reason).await {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(r)) => Err(again(proof, page, vec![(field_of(&r), r)]).await),
        Err(e) => Err(e),
    }
}
