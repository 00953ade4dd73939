//! Another address to sign in with: asked for on the own page, changed by the link of a letter sent there.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::actions;
use super::forms::Wrong;
use super::guards::Bearer;
use super::handlers::me_page;
use super::pages::{AddressPage, MePage};
use super::store;
use crate::platform::db::{Mode, Public, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Email, Fields, Form, OneTime};
use crate::platform::guard::{Nothing, Posted, Proven, Saved, Sent};
use crate::platform::page::{Frame, see_other};

type Done = Result<Saved<HttpResponse>, Failure>;

/// The new address, and the password once more.
pub struct AddressForm {
    email: String,
    password: String,
}
impl Form for AddressForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        AddressForm { email: f.line("email"), password: f.text("password") }
    }
}

pub async fn ask_address(sent: Sent<AddressForm>) -> Done {
    let Some(email) = Email::parse(&sent.form.email) else {
        return Err(again(&sent, ("email", Refusal::of("email_unusable"))).await);
    };
    if sent.site.pages.is_demonstration() {
        return Err(again(&sent, ("email", Refusal::of("demonstration_keeps").status(StatusCode::CONFLICT))).await);
    }
    match actions::verify_own_password(&sent.site, sent.visitor.session, sent.form.password.clone(), &sent.address).await {
        Ok(()) => {}
        Err(Failure::Refused(r)) => return Err(again(&sent, ("password", r)).await),
        Err(e) => return Err(e),
    }
    let token = OneTime::new();
    let mut tx: Tx<Public> = sent.site.db.open(Mode::Write, &sent.who()).await?;
    let links = (sent.site.link(&format!("/address/{}", token.key)), sent.site.link("/sign-in"));
    match store::ask_address(&mut tx, &email, &token, links).await {
        Ok(()) => Saved::after(tx, see_other("/me?said=address-asked")).await,
        Err(e) => {
            tx.rollback().await;
            match e {
                Failure::Refused(r) => Err(again(&sent, ("email", r)).await),
                e => Err(e),
            }
        }
    }
}

/// The own page with the address as typed, and why it was not taken; without a session, to the sign-in page.
async fn again(sent: &Sent<AddressForm>, (field, refusal): Wrong) -> Failure {
    let shown = async {
        let mut tx: Tx<Public> = sent.site.db.open(Mode::Read, &sent.who()).await?;
        let me = store::get_me(&tx).await?.ok_or(Failure::SignInFirst)?;
        let mut page = MePage { new_email: sent.form.email.clone(), ..me_page(&mut tx, me, sent.visitor.lang).await? };
        tx.commit().await?;
        page.errors.add(field, sent.t(&refusal.key(), &refusal.args));
        sent.site.pages.render(&page, &Frame { signed_in: true, ..Frame::default() }, &sent.visitor)
    };
    match shown.await {
        Ok(html) => Failure::Page(refusal.status, html),
        Err(e) => e,
    }
}

/// The button changes it, so that a mail scanner's GET does not.
pub async fn show_address(proof: Proven<Bearer>) -> Result<HttpResponse, Failure> {
    proof.show(AddressPage {}).await
}

pub async fn change_address(Posted { mut proof, .. }: Posted<Bearer, Nothing>) -> Done {
    let session = proof.visitor.session;
    let (bearer, tx) = proof.parts();
    if !store::change_address(tx, &bearer.token, session).await? {
        return Err(Refusal::of("link_gone").status(StatusCode::CONFLICT).into());
    }
    let to = if proof.fact().me.is_some() { "/me?said=address-changed" } else { "/sign-in?said=address-changed" };
    proof.commit(see_other(to)).await
}
