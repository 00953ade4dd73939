//! What is done with a key, or by an organizer under the own password: it is verified before the transaction that does it; who the visitor
//! is, Postgres says.
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::actions::verify_own_password;
use crate::contests::{get_contest, slug_of};
use crate::platform::db::{Mode, Public, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Again, Proof, Proven, Saved, Sent};
use crate::platform::page::{Page, see_other};
use crate::results::guards::KeyHolder;
use crate::results::store;

/// A form with the password beside what is wanted.
pub trait Keyed {
    /// The id of its field, where the page has several such forms.
    fn password_id(&self) -> String {
        "password".into()
    }
    fn password(&self) -> &str;
}
/// A page that can say what is wrong with its form.
pub trait Erring: Page {
    fn errors(&mut self) -> &mut Errors;
}

/// As `with_key`, for whoever the proof is about. `asked`: whether this act wants the password at all.
pub async fn with_password<P: Again, F: Keyed, G: Erring>(
    (sent, req): (&Sent<F>, &HttpRequest),
    field_of: fn(&Refusal) -> &'static str,
    asked: impl AsyncFnOnce(&mut Tx<P::Hat>) -> Result<bool, Failure>,
    act: impl AsyncFnOnce(&mut Tx<P::Hat>, &P) -> Result<String, Failure>,
    page: impl AsyncFnOnce(&mut Tx<P::Hat>, &P) -> Result<G, Failure>,
) -> Result<Saved<HttpResponse>, Failure> {
    let mut proof = Proven::<P>::of(req.clone()).await?;
    let asked = asked(proof.parts().1).await?;
    proof.end().await?;
    let own = if asked { verify_own_password(&sent.site, sent.visitor.session, sent.form.password().to_owned(), &sent.address).await } else { Ok(()) };
    let mut proof = Proven::<P>::of(req.clone()).await?;
    let (fact, tx) = proof.parts();
    let (field, refusal) = match own {
        Err(Failure::Refused(r)) => (sent.form.password_id(), r),
        Err(e) => return Err(e),
        Ok(()) => match act(tx, fact).await {
            Ok(to) => return proof.commit(see_other(&to)).await,
            Err(Failure::Refused(r)) => (field_of(&r).to_owned(), r),
            Err(e) => return Err(e),
        },
    };
    let sentence = proof.sentence(&refusal);
    let anew = async |tx: &mut Tx<P::Hat>, fact: &P| {
        let mut page = page(tx, fact).await?;
        page.errors().add(&field, sentence);
        Ok(page)
    };
    Err(proof.refuse_anew(refusal.status, anew).await)
}

/// `act` gives the address to go to; `page` is what a refusal stands on, with what was typed but the password; `field_of` names the
/// field that a refusal is about.
pub async fn with_key<F: Keyed, G: Erring>(
    (sent, req): (&Sent<F>, &HttpRequest),
    field_of: fn(&Refusal) -> &'static str,
    act: impl AsyncFnOnce(&mut Tx<Public>, &KeyHolder) -> Result<String, Failure>,
    page: impl AsyncFnOnce(&mut Tx<Public>, &KeyHolder) -> Result<G, Failure>,
) -> Result<Saved<HttpResponse>, Failure> {
    let who = Who::Visitor { session: sent.visitor.session, contest: slug_of(req.match_info().query("slug"))? };
    let holder = read_holder(sent, &who).await?;
    let refusal = match verify_own_password(&sent.site, sent.visitor.session, sent.form.password().to_owned(), &sent.address).await {
        Err(Failure::Refused(r)) => (sent.form.password_id(), r),
        Err(e) => return Err(e),
        Ok(()) => {
            let mut tx: Tx<Public> = sent.site.db.open(Mode::Write, &who).await?;
            let done = act(&mut tx, &holder).await;
            if let Ok(to) = &done {
                return Saved::after(tx, see_other(to)).await;
            }
            tx.rollback().await;
            match done {
                Err(Failure::Refused(r)) => (field_of(&r).to_owned(), r),
                Err(e) => return Err(e),
                Ok(_) => return Err(Failure::broken("a key was used and nothing was saved")),
            }
        }
    };
    Err(again(sent, &who, &holder, refusal, page).await)
}

async fn read_holder<F>(sent: &Sent<F>, who: &Who) -> Result<KeyHolder, Failure> {
    let tx: Tx<Public> = sent.site.db.open(Mode::Read, who).await?;
    if !store::is_signed_in(&tx).await? {
        return Err(Failure::SignInFirst);
    }
    let key = store::get_my_key(&tx).await?.ok_or(Failure::NotFound)?;
    let contest = get_contest(&tx).await?;
    tx.commit().await?;
    Ok(KeyHolder { contest, key })
}

/// The page as things now stand, with the reason.
async fn again<F, G: Erring>(
    sent: &Sent<F>,
    who: &Who,
    holder: &KeyHolder,
    (field, refusal): (String, Refusal),
    page: impl AsyncFnOnce(&mut Tx<Public>, &KeyHolder) -> Result<G, Failure>,
) -> Failure {
    let shown = async {
        let mut tx: Tx<Public> = sent.site.db.open(Mode::Read, who).await?;
        let mut page = page(&mut tx, holder).await?;
        tx.commit().await?;
        page.errors().add(&field, sent.t(&refusal.key(), &refusal.args));
        sent.site.pages.render(&page, &holder.frame(&sent.visitor), &sent.visitor)
    };
    shown.await.map_or_else(|e| e, |html| Failure::Page(refusal.status, html))
}
