//! HTTP in and out. The handlers with a password open their transactions themselves: hashing waits outside any.
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

pub use super::address_handlers::{ask_address, change_address, show_address};
pub use super::demo_handlers::sign_in_as;
pub use super::language_handlers::{keep_language, language};

use super::actions;
use super::forms::{self, EmailForm, PasswordForm, SignInForm, SignUpForm, Wrong};
use super::guards::{Anyone, Bearer, SignedIn};
use super::model::{DEMO_PASSWORD, HatWord, Invitation, Me, MyHat};
use super::pages::{ConfirmPage, ForgotPage, HatRow, InvitationPage, MePage, ResetPage, SignInPage, SignUpPage};
use super::{store, store_demo};
use crate::platform::db::{Mode, Public, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Email, Errors, OneTime};
use crate::platform::guard::{Nothing, Posted, Proven, Saved, Sent};
use crate::platform::http::{local_path, query_value};
use crate::platform::i18n::Lang;
use crate::platform::page::{Frame, Page, see_other};
use crate::platform::password::MIN_LENGTH;
use crate::platform::site::Site;
use crate::platform::visitor::{self, Visitor};

type Shown = Result<HttpResponse, Failure>;
type Done = Result<Saved<HttpResponse>, Failure>;

/// A form's page again, with what is wrong; status 422.
fn again<F, G: Page>(sent: &Sent<F>, status: StatusCode, page: &G) -> Failure {
    match sent.site.pages.render(page, &Frame::default(), &sent.visitor) {
        Ok(html) => Failure::Page(status, html),
        Err(e) => e,
    }
}

fn errors_of<F>(sent: &Sent<F>, wrong: &[Wrong]) -> Errors {
    let mut errors = Errors::default();
    for (field, refusal) in wrong {
        errors.add(field, sent.t(&refusal.key(), &refusal.args));
    }
    errors
}

/// Turns a refusal into the form's page again; anything else goes on.
fn refused<F, G: Page>(sent: &Sent<F>, failure: Failure, field: &'static str, page: impl FnOnce(Errors) -> G) -> Failure {
    match failure {
        Failure::Refused(r) => {
            let status = r.status;
            again(sent, status, &page(errors_of(sent, &[(field, r)])))
        }
        other => other,
    }
}

fn with_session(mut answer: HttpResponse, key: String, https: bool) -> Result<HttpResponse, Failure> {
    answer.add_cookie(&visitor::session_cookie(key, https)).map_err(Failure::broken)?;
    Ok(answer)
}

/// Where to go afterwards, as the address says it.
fn back_of(visitor: &Visitor) -> String {
    query_value(&visitor.query, "back").unwrap_or_default()
}

/// The page that says what to mend is opened in the other language by its address: where to go afterwards stands there too.
fn remember_back(visitor: &mut Visitor, back: &str) {
    if !back.is_empty() {
        visitor.query = url::form_urlencoded::Serializer::new(String::new()).append_pair("back", back).finish();
    }
}

/// The sign-in page; in a demonstration with its people. Postgres asks for the mark once more.
async fn sign_in_page(site: &Site, tx: &mut Tx<Public>, (email, back): (String, String), errors: Errors) -> Result<SignInPage, Failure> {
    let stand_ins = if site.pages.is_demonstration() { store_demo::list_stand_ins(tx).await? } else { vec![] };
    Ok(SignInPage { email, back, stand_ins, password: DEMO_PASSWORD, errors })
}

pub async fn show_sign_in(mut proof: Proven<Anyone>, req: HttpRequest) -> Shown {
    let (back, site) = (back_of(&proof.visitor), proof.site.clone());
    let (_, tx) = proof.parts();
    let page = sign_in_page(&site, tx, (visitor::email_of(&req), back), Errors::default()).await?;
    proof.show(page).await
}

/// The page again, with what was typed and what is wrong.
async fn sign_in_again(sent: &Sent<SignInForm>, refusal: Refusal) -> Failure {
    // said once, above both fields: which of the two is wrong, nobody is told
    let (status, errors) = (refusal.status, errors_of(sent, &[("", refusal)]));
    let page = async {
        let mut tx: Tx<Public> = sent.site.db.open(Mode::Read, &sent.who()).await?;
        let page = sign_in_page(&sent.site, &mut tx, (sent.form.email.clone(), sent.form.back.clone()), errors).await?;
        tx.commit().await?;
        Ok(page)
    };
    page.await.map_or_else(|e| e, |page| again(sent, status, &page))
}

pub async fn sign_in(mut sent: Sent<SignInForm>) -> Done {
    remember_back(&mut sent.visitor, &sent.form.back);
    let https = sent.site.https();
    match actions::sign_in(&sent.site, &sent.who(), &sent.form, &sent.address).await {
        Ok((tx, key)) => {
            let back = if sent.form.back.is_empty() { "/me" } else { local_path(&sent.form.back) };
            let mut answer = with_session(see_other(back), key, https)?;
            answer.add_cookie(&visitor::no_email_cookie(https)).map_err(Failure::broken)?;
            Saved::after(tx, answer).await
        }
        Err(Failure::Refused(refusal)) => Err(sign_in_again(&sent, refusal).await),
        Err(other) => Err(other),
    }
}

pub async fn sign_out(Posted { mut proof, .. }: Posted<Anyone, Nothing>) -> Done {
    let https = proof.site.https();
    if let Some(key) = proof.visitor.session {
        let (_, tx) = proof.parts();
        store::close_session(tx, key).await?;
    }
    let mut answer = see_other("/sign-in?said=signed-out");
    answer.add_cookie(&visitor::no_session_cookie(https)).map_err(Failure::broken)?;
    proof.commit(answer).await
}

pub async fn sign_out_everywhere(Posted { mut proof, .. }: Posted<SignedIn, Nothing>) -> Done {
    let https = proof.site.https();
    let (_, tx) = proof.parts();
    store::close_all_sessions(tx).await?;
    let mut answer = see_other("/sign-in?said=signed-out-everywhere");
    answer.add_cookie(&visitor::no_session_cookie(https)).map_err(Failure::broken)?;
    proof.commit(answer).await
}

pub async fn show_sign_up(proof: Proven<Anyone>) -> Shown {
    let back = back_of(&proof.visitor);
    proof.show(SignUpPage { back, min: MIN_LENGTH, ..SignUpPage::default() }).await
}

pub async fn sign_up(mut sent: Sent<SignUpForm>) -> Done {
    remember_back(&mut sent.visitor, &sent.form.back);
    let f = &sent.form;
    let page = |errors| SignUpPage { name: f.name.clone(), email: f.email.clone(), back: f.back.clone(), min: MIN_LENGTH, errors };
    let email = match f.check() {
        Ok(email) => email,
        Err(wrong) => return Err(again(&sent, StatusCode::UNPROCESSABLE_ENTITY, &page(errors_of(&sent, &wrong)))),
    };
    match actions::sign_up(&sent.site, &sent.who(), f, &email, sent.visitor.lang, &sent.address).await {
        Ok(tx) => {
            let back: String = url::form_urlencoded::byte_serialize(local_path(&f.back).as_bytes()).collect();
            let to = if f.back.is_empty() { "/sign-in?said=signed-up".to_owned() } else { format!("/sign-in?said=signed-up&back={back}") };
            let mut answer = see_other(&to);
            answer.add_cookie(&visitor::email_cookie(&f.email, sent.site.https())).map_err(Failure::broken)?;
            Saved::after(tx, answer).await
        }
        Err(e) => Err(refused(&sent, e, "email", page)),
    }
}

pub async fn show_forgot(proof: Proven<Anyone>) -> Shown {
    proof.show(ForgotPage::default()).await
}

pub async fn forgot(sent: Sent<EmailForm>) -> Done {
    let page = |errors| ForgotPage { email: sent.form.email.clone(), errors };
    let Some(email) = Email::parse(&sent.form.email) else {
        let errors = errors_of(&sent, &[("email", Refusal::of("email_unusable"))]);
        return Err(again(&sent, StatusCode::UNPROCESSABLE_ENTITY, &page(errors)));
    };
    match actions::forgot(&sent.site, &sent.who(), &email, &sent.address).await {
        Ok(tx) => Saved::after(tx, see_other("/sign-in?said=reset-sent")).await,
        Err(e) => Err(refused(&sent, e, "email", page)),
    }
}

pub async fn show_reset(proof: Proven<Bearer>) -> Shown {
    proof.show(ResetPage { min: MIN_LENGTH, ..ResetPage::default() }).await
}

pub async fn reset(sent: Sent<PasswordForm>, req: HttpRequest) -> Done {
    let page = |errors| ResetPage { min: MIN_LENGTH, errors };
    let wrong = forms::check_password(&sent.form.password, &[]);
    if !wrong.is_empty() {
        return Err(again(&sent, StatusCode::UNPROCESSABLE_ENTITY, &page(errors_of(&sent, &wrong))));
    }
    let token = req.match_info().query("token");
    match actions::reset(&sent.site, &sent.who(), token, sent.form.password.clone(), &sent.address).await {
        Ok(tx) => Saved::after(tx, see_other("/sign-in?said=password-set")).await,
        Err(e) => Err(refused(&sent, e, "", page)),
    }
}

pub async fn show_confirm(proof: Proven<Bearer>) -> Shown {
    proof.show(ConfirmPage {}).await
}

pub async fn confirm(Posted { mut proof, .. }: Posted<Bearer, Nothing>) -> Done {
    let (bearer, tx) = proof.parts();
    if !store::confirm(tx, &bearer.token).await? {
        return Err(Refusal::of("link_gone").status(StatusCode::CONFLICT).into());
    }
    let to = if proof.fact().me.is_some() { "/me?said=confirmed" } else { "/sign-in?said=confirmed" };
    proof.commit(see_other(to)).await
}

pub async fn ask_confirmation(Posted { mut proof, .. }: Posted<SignedIn, Nothing>) -> Done {
    let token = OneTime::new();
    let link = proof.site.link(&format!("/confirm/{}", token.key));
    let (_, tx) = proof.parts();
    store::ask_confirmation(tx, &token, &link).await?;
    proof.commit(see_other("/me?said=confirmation-sent")).await
}

pub async fn show_me(mut proof: Proven<SignedIn>) -> Shown {
    let lang = proof.lang();
    let (signed_in, tx) = proof.parts();
    let page = me_page(tx, signed_in.me.clone(), lang).await?;
    proof.show(page).await
}

/// The own page, with nothing typed.
pub(super) async fn me_page(tx: &mut Tx<Public>, me: Me, lang: Lang) -> Result<MePage, Failure> {
    let hats = store::list_my_hats(tx).await?;
    let keys = if hats.iter().any(|h| h.hat == "key-holder") { store::list_my_keys(tx).await? } else { vec![] };
    let waits = |h: &MyHat| keys.iter().find(|k| k.slug == h.slug && h.hat == "key-holder").map(|k| k.waits.clone()).unwrap_or_default();
    let row = |h: &MyHat| HatRow { contest: lang.pick(&h.title_vi, &h.title_en).to_owned(), href: h.href(), hat: h.hat.clone(), waits: waits(h) };
    let hats = hats.iter().map(row).collect();
    let letters = Lang::parse(&me.lang).unwrap_or_default();
    let page = MePage { name: me.name, email: me.email, confirmed: me.confirmed, may_create: me.may_create, hats, letters_lang: letters.code(), ..MePage::default() };
    Ok(MePage { offers_lang: if letters == lang { "" } else { lang.code() }, ..page })
}

fn invitation_page(lang: Lang, i: &Invitation, email_of_session: Option<String>, here: String) -> InvitationPage {
    let same = |a: &str, b: &str| Email::parse(a).map(|e| e.key) == Email::parse(b).map(|e| e.key);
    let fits = email_of_session.as_deref().is_some_and(|mine| i.email.as_deref().is_none_or(|theirs| same(mine, theirs)));
    InvitationPage {
        contest: lang.pick(i.title_vi.as_deref().unwrap_or_default(), i.title_en.as_deref().unwrap_or_default()).to_owned(),
        hat: i.hat.clone().unwrap_or_default(),
        email: i.email.clone().unwrap_or_default(),
        signed_in_as: email_of_session.unwrap_or_default(),
        fits,
        has_account: i.has_account,
        name: i.name.clone(),
        here,
        min: MIN_LENGTH,
        ..InvitationPage::default()
    }
}

fn gone() -> Failure {
    Refusal::of("invitation_gone").status(StatusCode::CONFLICT).into()
}

pub async fn show_invitation(mut proof: Proven<Bearer>) -> Shown {
    let (lang, here) = (proof.lang(), proof.visitor.path.clone());
    let (bearer, tx) = proof.parts();
    let invitation = store::get_invitation(tx, &bearer.token).await?.ok_or_else(gone)?;
    let mine = bearer.me.as_ref().map(|m| m.email.clone());
    proof.show(invitation_page(lang, &invitation, mine, here)).await
}

/// Where the new official's work begins.
async fn after_redeeming(slug: Option<String>, hat: Option<String>) -> String {
    match (slug, hat.as_deref().and_then(HatWord::parse)) {
        (Some(slug), Some(hat)) => format!("/c/{slug}/{}?said=hat-taken", hat.door()),
        _ => "/me?said=may-create".into(),
    }
}

async fn read_invitation(sent: &Sent<SignUpForm>, token: &str) -> Result<(Invitation, Option<String>), Failure> {
    let mut tx: Tx<Public> = sent.site.db.open(Mode::Read, &sent.who()).await?;
    let found = store::get_invitation(&mut tx, token).await?;
    let me = store::get_me(&tx).await?;
    tx.commit().await?;
    Ok((found.ok_or_else(gone)?, me.map(|m| m.email)))
}

/// Signed in as the one invited: a button. Somebody new: name and password with it.
pub async fn redeem(sent: Sent<SignUpForm>, req: HttpRequest) -> Done {
    let token = req.match_info().query("token").to_owned();
    let (invitation, mine) = read_invitation(&sent, &token).await?;
    let page = invitation_page(sent.visitor.lang, &invitation, mine, sent.visitor.path.clone());
    if page.fits {
        let mut tx: Tx<Public> = sent.site.db.open(Mode::Write, &sent.who()).await?;
        let slug = store::redeem(&mut tx, &token, None).await?;
        return Saved::after(tx, see_other(&after_redeeming(slug, invitation.hat).await)).await;
    }
    let mut form = sent.form.clone();
    if let Some(invited) = &invitation.email {
        form.email.clone_from(invited);
    }
    let again_with = |errors| InvitationPage { name: form.name.clone(), typed_email: form.email.clone(), errors, ..page.clone() };
    let email = match form.check() {
        Ok(email) => email,
        Err(wrong) => return Err(again(&sent, StatusCode::UNPROCESSABLE_ENTITY, &again_with(errors_of(&sent, &wrong)))),
    };
    match actions::redeem_as_new(&sent.site, &sent.who(), &token, &form, &email, sent.visitor.lang).await {
        Ok((tx, slug, key)) => {
            let answer = see_other(&after_redeeming(slug, invitation.hat).await);
            Saved::after(tx, with_session(answer, key, sent.site.https())?).await
        }
        Err(e) => Err(refused(&sent, e, "email", again_with)),
    }
}
