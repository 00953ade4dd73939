//! A session that ended while somebody wrote: the page to sign in on carries everything typed, and saves it.
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::entry::{page_again, status_of};
use crate::accounts::actions::sign_in;
use crate::contests::slug_of;
use crate::entries::actions::{self, refuse_locked};
use crate::entries::form_pages::{Carried, ResumePage};
use crate::entries::forms::{ResumeForm, Typed};
use crate::entries::guards::{EntryKey, OwnEntry};
use crate::entries::rules::Wrong;
use crate::platform::db::{Contestant, Mode, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Proof, Saved, Sent};
use crate::platform::page::{Frame, html, see_other};
use crate::platform::visitor::{Visitor, hash_of, session_cookie};

type Done = Result<Saved<HttpResponse>, Failure>;

/// Instead of the form's answer: 401, and nothing lost.
pub fn ask<F>(sent: &Sent<F>, typed: &Typed, had_file: bool) -> Failure {
    page(sent, typed, (String::new(), had_file), None)
}

fn page<F>(sent: &Sent<F>, typed: &Typed, (email, had_file): (String, bool), wrong: Option<Refusal>) -> Failure {
    let status = wrong.as_ref().map_or(StatusCode::UNAUTHORIZED, |r| r.status);
    let mut errors = Errors::default();
    if let Some(r) = wrong {
        errors.add("email", sent.t(&r.key(), &r.args));
    }
    // from the form of a repaired text, or from this page of it
    let repairs = typed.repairs || sent.visitor.path.ends_with("/repair");
    let entry = sent.visitor.path.trim_end_matches("/sign-in").trim_end_matches("/repair");
    let page = ResumePage {
        action: format!("{entry}/sign-in"),
        email,
        had_file,
        carried: Typed { repairs, ..typed.clone() }.pairs().into_iter().map(|(name, value)| Carried { name, value }).collect(),
        title: typed.title.clone(),
        text: typed.text.clone(),
        errors,
    };
    // the other language of this page is that of the entry's: what is typed here stands only here
    let visitor = Visitor { path: entry.to_owned(), query: String::new(), ..sent.visitor.clone() };
    match sent.site.pages.render(&page, &Frame::default(), &visitor) {
        Ok(html) => Failure::Page(status, html),
        Err(e) => e,
    }
}

/// Signs in and saves what was typed as the draft, never more: submitting is a press of its own, and so is reading a repaired text. With an account that has no such
/// entry nothing is opened, and what was typed stays on the page.
pub async fn resume(sent: Sent<ResumeForm>, req: HttpRequest) -> Done {
    let key = EntryKey::of(&req);
    let contest = slug_of(req.match_info().query("slug"))?;
    let form = &sent.form;
    let refused = |r| page(&sent, &form.typed, (form.sign_in.email.clone(), form.had_file), Some(r));
    let session = match sign_in(&sent.site, &sent.who(), &form.sign_in, &sent.address).await {
        Ok((tx, session)) => {
            tx.commit().await?;
            session
        }
        Err(Failure::Refused(r)) => return Err(refused(r)),
        Err(e) => return Err(e),
    };
    let visitor = Visitor { session: Some(hash_of(&session)), ..sent.visitor.clone() };
    let who = Who::Visitor { session: visitor.session, contest };
    let (own, mut tx) = match actions::prove(&sent.site, &who, Mode::Write, key).await {
        Err(Failure::NotFound) => return Err(refused(Refusal::of("resume_elsewhere"))),
        proven => proven?,
    };
    let wrong = if form.typed.repairs { Some(vec![]) } else { keep(&tx, &own, &form.typed).await? };
    let mut answer = match wrong {
        None => see_other(&own.path("?said=draft-resumed")),
        Some(wrong) => {
            let page = page_again(&mut tx, &own, &form.typed, (&wrong, &sent)).await?;
            let status = if wrong.is_empty() { StatusCode::OK } else { status_of(&wrong) };
            html(status, sent.site.pages.render(&page, &own.frame(&visitor), &visitor)?)
        }
    };
    answer.add_cookie(&session_cookie(session, sent.site.https())).map_err(Failure::broken)?;
    Saved::after(tx, answer).await
}

/// What to mend, where it could not be saved.
async fn keep(tx: &Tx<Contestant>, own: &OwnEntry, typed: &Typed) -> Result<Option<Vec<Wrong>>, Failure> {
    let saved = match refuse_locked(own) {
        Ok(()) => actions::save_draft(tx, own.entry().id, typed).await.map(|_| ()),
        Err(r) => Err(r.into()),
    };
    match saved {
        Ok(()) => Ok(None),
        Err(Failure::Refused(r)) => Ok(Some(vec![(String::new(), r)])),
        Err(e) => Err(e),
    }
}
