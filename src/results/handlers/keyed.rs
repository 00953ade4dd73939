//! What is done with a key, or by an organizer under the own password: it is verified before the transaction that does it; who the visitor
//! is, Postgres says.
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::actions::verify_own_password;
use crate::platform::db::Tx;
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Again, Proven, Saved, Sent};
use crate::platform::page::{Page, see_other};

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
    /// Whether the field still stands on the page: somebody else may have been quicker.
    fn asks(&self, field: &str) -> bool;
}

/// For what every time wants the password.
pub async fn always<T>(_: &mut T) -> Result<bool, Failure> {
    Ok(true)
}

/// `asked`: whether this act wants the password at all. `act` gives the address to go to; `page` is what a refusal stands on, with what was
/// typed but the password; `field_of` names the field that a refusal is about.
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
        let field = if page.asks(&field) { field.as_str() } else { "" };
        page.errors().add(field, sentence);
        Ok(page)
    };
    Err(proof.refuse_anew(refusal.status, anew).await)
}
