//! Letters that do not arrive: what came back, and the address to write to instead.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use futures_util::try_join;

use crate::contests::Contest;
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::pages::{DeskContactPage, PastAddress, ReaderCard};
use crate::entries::desk::store_letters::{self as store, Mended, Reader, Undelivered};
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Email, Fields, Form, is_reason};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

type Done = Result<Saved<HttpResponse>, Failure>;

/// As typed: another address and why, or an address and what came back.
#[derive(Default)]
pub struct ContactForm {
    email: String,
    reason: String,
    returned: String,
    note: String,
}
impl Form for ContactForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        ContactForm { email: f.line("email"), reason: f.line("reason"), returned: f.line("returned"), note: f.line("note") }
    }
}

/// Somebody who is written to, ready to print.
pub fn card(r: &Reader, contest: &Contest, lang: Lang) -> ReaderCard {
    let answer = match (r.position, r.agrees) {
        (0, _) => "",
        (_, None) => "asked",
        (_, Some(true)) => "agrees",
        (_, Some(false)) => "objects",
    };
    ReaderCard {
        name: r.name.clone(),
        email: r.email.clone(),
        contact: r.position == 0,
        own_email: if r.own_email == r.email { String::new() } else { r.own_email.clone() },
        confirmed: r.confirmed,
        answer: answer.to_owned(),
        at: r.answered_at.or(r.asked_at).map(|at| i18n::moment(lang, at, contest.tz())).unwrap_or_default(),
        words: r.words.clone(),
    }
}

async fn page_of(tx: &Tx<Clerk>, desk: &DeskEntry, form: &ContactForm, lang: Lang) -> Result<DeskContactPage, Failure> {
    let (contest, entry) = (desk.contest(), desk.entry());
    let (readers, undelivered, mended) = try_join!(store::list_readers(tx, entry.id), store::list_undelivered(tx, entry.id), store::list_mended(tx, entry.id))?;
    let moment = |at| i18n::moment(lang, at, contest.tz());
    let returned = |u: &Undelivered| PastAddress { email: u.email.clone(), reason: u.note.clone(), at: moment(u.at) };
    let instead = |m: &Mended| PastAddress { email: m.email.clone(), reason: m.reason.clone(), at: moment(m.at) };
    Ok(DeskContactPage {
        number: i18n::number(lang, entry.number.into()),
        back_href: path_of(contest, entry.id),
        action: format!("{}/contact", path_of(contest, entry.id)),
        may_mend: readers.iter().any(|r| r.position == 0 && !r.own_email.is_empty()),
        readers: readers.iter().map(|r| card(r, contest, lang)).collect(),
        undelivered: undelivered.iter().map(returned).collect(),
        mended: mended.iter().map(instead).collect(),
        email: form.email.clone(),
        reason: form.reason.clone(),
        returned: form.returned.clone(),
        note: form.note.clone(),
        ..DeskContactPage::default()
    })
}

pub async fn show_contact(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let page = page_of(tx, desk, &ContactForm::default(), lang).await?;
    proof.show(page).await
}

/// The page again with what is wrong, in the order of the fields. What was read before the refusal is what it shows.
async fn again(proof: Proven<DeskEntry>, mut page: DeskContactPage, wrong: Vec<(&'static str, Refusal)>) -> Failure {
    let status = wrong.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status);
    for (field, refusal) in wrong {
        page.errors.add(field, proof.sentence(&refusal));
    }
    proof.refuse(status, page).await
}

fn check_reason(reason: &str, field: &'static str, wrong: &mut Vec<(&'static str, Refusal)>) {
    if !is_reason(reason) {
        wrong.push((field, Refusal::of("contact_reason_needed")));
    }
}

/// Letters go to another address from now on.
pub async fn mend_contact(Posted { mut proof, form }: Posted<DeskEntry, ContactForm>) -> Done {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let page = page_of(tx, desk, &form, lang).await?;
    let to = format!("{}/contact?said=contact-mended", path_of(desk.contest(), desk.entry().id));
    let (email, mut wrong) = (Email::parse(&form.email), vec![]);
    if email.is_none() {
        wrong.push(("email", Refusal::of("email_unusable")));
    }
    check_reason(&form.reason, "reason", &mut wrong);
    let Some(email) = email.filter(|_| wrong.is_empty()) else { return Err(again(proof, page, wrong).await) };
    match store::mend_contact(tx, desk.entry().id, &email, &form.reason).await {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(r)) => Err(again(proof, page, vec![("email", r)]).await),
        Err(e) => Err(e),
    }
}

/// A letter came back to a mailbox that the desk reads.
pub async fn note_returned(Posted { mut proof, form }: Posted<DeskEntry, ContactForm>) -> Done {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let page = page_of(tx, desk, &form, lang).await?;
    let to = format!("{}/contact?said=letter-returned", path_of(desk.contest(), desk.entry().id));
    let mut wrong = vec![];
    check_reason(&form.note, "note", &mut wrong);
    if !wrong.is_empty() {
        return Err(again(proof, page, wrong).await);
    }
    match store::note_came_back(tx, desk.entry().id, &form.returned, &form.note).await {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(r)) => Err(again(proof, page, vec![("returned", r)]).await),
        Err(e) => Err(e),
    }
}
