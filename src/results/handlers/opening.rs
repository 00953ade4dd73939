//! Two keys, each with its holder's password and the seal's last four letters.
use actix_web::{HttpRequest, HttpResponse};

use super::keyed::{Erring, Keyed, always, with_password};
use crate::platform::db::{Public, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Proven, Saved, Sent};
use crate::platform::i18n::{self, Lang};
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
    let opened = to_open.as_ref().is_some_and(|s| s.opened_at.is_some());
    Ok(OpeningPage {
        action: contest.path("opening"),
        keys_href: contest.path("keys"),
        seal_minutes_href: if to_open.is_some() { contest.path("minutes/seal") } else { String::new() },
        opening_minutes_href: if opened { contest.path("minutes/opening") } else { String::new() },
        strikes_href: contest.path("struck-out"),
        decisions_href: contest.path("decisions"),
        results_href: if contest.published_at.is_some() { contest.path("results") } else { String::new() },
        office: lang.pick(&holder.key.office_vi, &holder.key.office_en).to_owned(),
        rests_until: holder.key.rests_until.map(|at| i18n::moment(lang, at, tz)).unwrap_or_default(),
        sealed: to_open.is_some(),
        opened,
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

impl Keyed for KeyForm {
    fn password(&self) -> &str {
        &self.password
    }
}
impl Erring for OpeningPage {
    fn errors(&mut self) -> &mut Errors {
        &mut self.errors
    }
    fn asks(&self, _: &str) -> bool {
        self.sealed && !self.opened && self.rests_until.is_empty() && !self.my_key_turned
    }
}

fn field_of(refusal: &Refusal) -> &'static str {
    if refusal.name == "seal_mismatch" { "last4" } else { "" }
}

/// The four letters stay as typed; the password is typed anew.
pub async fn turn_key(sent: Sent<KeyForm>, req: HttpRequest) -> Result<Saved<HttpResponse>, Failure> {
    let act = async |tx: &mut Tx<Public>, holder: &KeyHolder| {
        let opened = store::turn_key(tx, &sent.form.last4).await?;
        Ok(holder.contest.path(&format!("opening?said={}", if opened { "slips-open" } else { "key-turned" })))
    };
    let page = async |tx: &mut Tx<Public>, holder: &KeyHolder| Ok(OpeningPage { last4: sent.form.last4.clone(), ..page_of(tx, holder, sent.visitor.lang).await? });
    with_password((&sent, &req), field_of, always, act, page).await
}
