//! A key changes hands before the seal: one holder proposes, another confirms, the third is replaced.
use actix_web::{HttpRequest, HttpResponse};

use super::keyed::{Erring, Keyed, always, with_password};
use crate::platform::db::{Public, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Email, Errors};
use crate::platform::guard::{Nothing, Posted, Proven, Saved, Sent};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::results::forms::{ConfirmForm, HolderForm};
use crate::results::guards::KeyHolder;
use crate::results::keys_pages::{HolderRow, KeysPage, ReplacementView};
use crate::results::pages::{Choice, Overtaken};
use crate::results::rules::MOST_HOLDERS;
use crate::results::store;
use crate::results::store_keys::{self, NewHolder, Replacement};

fn view_of(r: &Replacement, holder: &KeyHolder, lang: Lang) -> ReplacementView {
    ReplacementView {
        id: r.id.to_string(),
        was: r.was_vi.as_deref().map(|vi| lang.pick(vi, r.was_en.as_deref().unwrap_or(vi)).to_owned()).unwrap_or_default(),
        email: r.email.clone(),
        office: lang.pick(&r.office_vi, &r.office_en).to_owned(),
        reason: r.reason.clone(),
        by: r.proposed_by.clone(),
        at: i18n::moment(lang, r.proposed_at, holder.contest.tz()),
        mine: r.mine,
        about_me: r.about_me,
    }
}

async fn page_of(tx: &mut Tx<Public>, holder: &KeyHolder, lang: Lang, form: &HolderForm) -> Result<KeysPage, Failure> {
    let contest = &holder.contest;
    let sealed = store::get_seal_to_open(tx).await?.is_some();
    let holders = store_keys::list_holders(tx).await?;
    let replacement = store_keys::get_replacement(tx).await?;
    let office = |h: &store_keys::Holder| lang.pick(&h.office_vi, &h.office_en).to_owned();
    let choice = |h: &store_keys::Holder| Choice { id: h.id.to_string(), name: office(h), chosen: form.in_place_of == Some(h.id) };
    let page = KeysPage {
        action: contest.path("keys"),
        confirm_action: contest.path("keys/confirmation"),
        drop_action: contest.path("keys/withdrawal"),
        opening_href: contest.path("opening"),
        office: lang.pick(&holder.key.office_vi, &holder.key.office_en).to_owned(),
        rests_until: holder.key.rests_until.map(|at| i18n::moment(lang, at, contest.tz())).unwrap_or_default(),
        sealed,
        two: holders.len() == 2,
        choices: holders.iter().filter(|h| !h.mine && holders.len() > 2).map(choice).collect(),
        may_add: holders.len() < MOST_HOLDERS,
        holders: holders.iter().map(|h| HolderRow { office: office(h), ready: h.ready, mine: h.mine }).collect(),
        replacement: replacement.as_ref().map(|r| view_of(r, holder, lang)),
        email: form.email.clone(),
        office_vi: form.office_vi.clone(),
        office_en: form.office_en.clone(),
        reason: form.reason.clone(),
        ..KeysPage::default()
    };
    let typed = [("keys-email", &form.email), ("keys-office", &form.office_vi), ("keys-office-en", &form.office_en), ("keys-reason", &form.reason)];
    Ok(KeysPage { overtaken: if page.asks("reason") { vec![] } else { Overtaken::lines(typed) }, ..page })
}

pub async fn show_keys(mut proof: Proven<KeyHolder>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (holder, tx) = proof.parts();
    let page = page_of(tx, holder, lang, &HolderForm::default()).await?;
    proof.show(page).await
}

impl Keyed for HolderForm {
    fn password(&self) -> &str {
        &self.password
    }
}
impl Keyed for ConfirmForm {
    fn password_id(&self) -> String {
        "confirm_password".into()
    }
    fn password(&self) -> &str {
        &self.password
    }
}
impl Erring for KeysPage {
    fn errors(&mut self) -> &mut Errors {
        &mut self.errors
    }
    fn asks(&self, field: &str) -> bool {
        self.rests_until.is_empty()
            && match &self.replacement {
                Some(r) => field == "confirm_password" && !r.mine && !r.about_me,
                None => field != "confirm_password" && !self.sealed,
            }
    }
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.name {
        "reason_needed" => "reason",
        "office_needed" => "office_vi",
        "email_unusable" | "holder_twice" | "holder_no_official" => "email",
        "replacement_own" | "replacement_few" | "holders_most" => "in_place_of",
        _ => "",
    }
}

pub async fn propose_holder(sent: Sent<HolderForm>, req: HttpRequest) -> Result<Saved<HttpResponse>, Failure> {
    let form = &sent.form;
    let act = async |tx: &mut Tx<Public>, holder: &KeyHolder| {
        let email = Email::parse(&form.email).ok_or_else(|| Refusal::of("email_unusable"))?;
        let new = NewHolder { in_place_of: form.in_place_of, email: &email.key, office_vi: &form.office_vi, office_en: &form.office_en, reason: &form.reason };
        store_keys::propose_replacement(tx, new).await?;
        Ok(holder.contest.path("keys?said=holder-proposed"))
    };
    let page = async |tx: &mut Tx<Public>, holder: &KeyHolder| page_of(tx, holder, sent.visitor.lang, form).await;
    with_password((&sent, &req), field_of, always, act, page).await
}

pub async fn confirm_holder(sent: Sent<ConfirmForm>, req: HttpRequest) -> Result<Saved<HttpResponse>, Failure> {
    let act = async |tx: &mut Tx<Public>, holder: &KeyHolder| {
        let id = sent.form.id.or_gone("replacement_gone")?;
        store_keys::confirm_replacement(tx, id).await?;
        Ok(holder.contest.path("keys?said=holder-changed"))
    };
    let page = async |tx: &mut Tx<Public>, holder: &KeyHolder| page_of(tx, holder, sent.visitor.lang, &HolderForm::default()).await;
    with_password((&sent, &req), |_| "", always, act, page).await
}

pub async fn drop_holder(Posted { mut proof, .. }: Posted<KeyHolder, Nothing>) -> Result<Saved<HttpResponse>, Failure> {
    let (holder, tx) = proof.parts();
    let to = holder.contest.path("keys?said=holder-dropped");
    store_keys::drop_replacement(tx).await?;
    proof.commit(see_other(&to)).await
}
