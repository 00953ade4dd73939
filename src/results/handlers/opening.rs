//! Two keys, each with its holder's password and the seal's last four letters.
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::actions::verify_own_password;
use crate::contests::{get_contest, slug_of};
use crate::platform::db::{Mode, Public, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::guard::{Proven, Saved, Sent};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::results::forms::KeyForm;
use crate::results::guards::KeyHolder;
use crate::results::pages::{KeyCard, OpeningPage};
use crate::results::store;

async fn page_of(tx: &mut Tx<Public>, holder: &KeyHolder, lang: Lang) -> Result<OpeningPage, Failure> {
    let (contest, tz) = (&holder.contest, holder.contest.tz());
    let to_open = store::get_seal_to_open(tx).await?;
    let keys = store::list_keys(tx).await?;
    let my_key_turned = keys.iter().any(|k| k.mine && k.turned);
    let card = |k: &store::KeyRow| KeyCard { office: lang.pick(&k.office_vi, &k.office_en).to_owned(), turned: k.turned, mine: k.mine };
    Ok(OpeningPage {
        action: contest.path("opening"),
        office: lang.pick(&holder.key.office_vi, &holder.key.office_en).to_owned(),
        sealed: to_open.is_some(),
        opened: to_open.as_ref().is_some_and(|s| s.opened_at.is_some()),
        sealed_at: to_open.as_ref().map(|s| i18n::instant(lang, s.sealed_at, tz)).unwrap_or_default(),
        opened_at: to_open.as_ref().and_then(|s| s.opened_at).map(|at| i18n::instant(lang, at, tz)).unwrap_or_default(),
        winners: to_open.map_or(0, |s| s.winners),
        keys: keys.iter().map(card).collect(),
        my_key_turned,
        ..OpeningPage::default()
    })
}

pub async fn show_opening(mut proof: Proven<KeyHolder>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (holder, tx) = proof.parts();
    let page = page_of(tx, holder, lang).await?;
    proof.show(page).await
}

/// The password is verified before the transaction that turns the key; who turns it, Postgres says.
pub async fn turn_key(sent: Sent<KeyForm>, req: HttpRequest) -> Result<Saved<HttpResponse>, Failure> {
    let contest = slug_of(req.match_info().query("slug"))?;
    let who = Who::Visitor { session: sent.visitor.session, contest };
    let holder = read_holder(&sent, &who).await?;
    match verify_own_password(&sent.site, sent.visitor.session, sent.form.password.clone(), &sent.address).await {
        Ok(()) => {}
        Err(Failure::Refused(r)) => return Err(again(&sent, &who, holder, "password", r).await),
        Err(e) => return Err(e),
    }
    let mut tx: Tx<Public> = sent.site.db.open(Mode::Write, &who).await?;
    match store::turn_key(&mut tx, &sent.form.last4).await {
        Ok(opened) => {
            let said = if opened { "slips-open" } else { "key-turned" };
            Saved::after(tx, see_other(&holder.contest.path(&format!("opening?said={said}")))).await
        }
        Err(Failure::Refused(r)) => {
            tx.rollback().await;
            Err(again(&sent, &who, holder, "last4", r).await)
        }
        Err(e) => {
            tx.rollback().await;
            Err(e)
        }
    }
}

async fn read_holder(sent: &Sent<KeyForm>, who: &Who) -> Result<KeyHolder, Failure> {
    let tx: Tx<Public> = sent.site.db.open(Mode::Read, who).await?;
    if !store::is_signed_in(&tx).await? {
        return Err(Failure::SignInFirst);
    }
    let key = store::get_my_key(&tx).await?.ok_or(Failure::NotFound)?;
    let contest = get_contest(&tx).await?;
    tx.commit().await?;
    Ok(KeyHolder { contest, key })
}

/// The page again with the reason; the password is typed anew, the four letters stay.
async fn again(sent: &Sent<KeyForm>, who: &Who, holder: KeyHolder, field: &str, refusal: crate::platform::failure::Refusal) -> Failure {
    let shown = async {
        let mut tx: Tx<Public> = sent.site.db.open(Mode::Read, who).await?;
        let mut page = page_of(&mut tx, &holder, sent.visitor.lang).await?;
        tx.commit().await?;
        page.errors.add(field, sent.t(&refusal.key(), &refusal.args));
        page.last4.clone_from(&sent.form.last4);
        let frame = crate::platform::guard::Proof::frame(&holder, &sent.visitor);
        sent.site.pages.render(&page, &frame, &sent.visitor)
    };
    match shown.await {
        Ok(html) => Failure::Page(refusal.status, html),
        Err(e) => e,
    }
}
