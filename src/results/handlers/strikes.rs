//! A paper is struck out after the opening: one key holder proposes, another confirms, and what the seal lists next moves up.
use actix_web::{HttpRequest, HttpResponse};
use uuid::Uuid;

use super::keyed::{Erring, Keyed, always, with_password};
use super::unmet::list_unmet;
use crate::contests::rules::{self as contest_rules, Prize};
use crate::platform::db::{Public, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Posted, Proven, Saved, Sent};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::results::forms::{ConfirmForm, StrikeForm};
use crate::results::guards::KeyHolder;
use crate::results::pages::{Choice, Overtaken, WinnerRow};
use crate::results::store;
use crate::results::store_strikes::{self, HeldWinner, Strike};
use crate::results::strikes_page::{StrikeRow, StrikesPage};

/// Names of what a winner's row points to, in the reader's language.
struct Called {
    prizes: Vec<Prize>,
    others: Vec<(Uuid, String)>,
}

impl Called {
    async fn read(tx: &mut Tx<Public>, lang: Lang) -> Result<Called, Failure> {
        let mut others: Vec<(Uuid, String)> = contest_rules::list_categories(tx).await?.iter().map(|k| (k.id, k.name(lang).to_owned())).collect();
        others.extend(contest_rules::list_units(tx).await?.iter().map(|u| (u.id, u.name(lang).to_owned())));
        Ok(Called { prizes: contest_rules::list_prizes(tx).await?, others })
    }
    fn of(&self, id: Uuid) -> String {
        self.others.iter().find(|(n, _)| *n == id).map(|(_, name)| name.clone()).unwrap_or_default()
    }
    fn prize(&self, id: Uuid, lang: Lang) -> String {
        self.prizes.iter().find(|p| p.id == id).map(|p| p.name(lang).to_owned()).unwrap_or_default()
    }
    fn row(&self, w: &HeldWinner, lang: Lang) -> WinnerRow {
        WinnerRow {
            code: w.winner.code.clone(),
            prize: self.prize(w.winner.prize, lang),
            category: self.of(w.winner.category),
            unit: w.winner.unit.map(|u| self.of(u)).unwrap_or_default(),
            title: w.winner.title.clone(),
            authors: w.winner.authors.join(", "),
            number: i18n::number(lang, w.number.into()),
            ..WinnerRow::default()
        }
    }
}

fn strike_row(s: &Strike, holder: &KeyHolder, lang: Lang) -> StrikeRow {
    StrikeRow {
        id: s.id.to_string(),
        code: s.code.clone(),
        number: i18n::number(lang, s.number.into()),
        title: s.title.clone(),
        authors: s.authors.join(", "),
        reason: s.reason.clone(),
        by: s.proposed_by.clone(),
        at: i18n::moment(lang, s.confirmed_at.unwrap_or(s.proposed_at), holder.contest.tz()),
        withheld: s.withheld == Some(true),
        mine: s.mine,
    }
}

async fn page_of(tx: &mut Tx<Public>, holder: &KeyHolder, lang: Lang, form: &StrikeForm) -> Result<StrikesPage, Failure> {
    let contest = &holder.contest;
    let opened = store::get_seal_to_open(tx).await?.is_some_and(|s| s.opened_at.is_some());
    let called = Called::read(tx, lang).await?;
    let mut winners = store_strikes::list_held_winners(tx).await?;
    winners.sort_by_key(|w| (called.prizes.iter().position(|p| p.id == w.winner.prize), w.winner.code.clone()));
    let rows: Vec<WinnerRow> = winners.iter().map(|w| called.row(w, lang)).collect();
    let choice = |w: &WinnerRow| Choice { id: w.code.clone(), name: format!("{} · {} · {}", w.prize, w.authors, w.title), chosen: w.code == form.code };
    let strikes = store_strikes::list_strikes(tx).await?;
    let list = |done: bool| strikes.iter().filter(|s| s.confirmed_at.is_some() == done).map(|s| strike_row(s, holder, lang)).collect();
    let page = StrikesPage {
        action: contest.path("struck-out"),
        confirm_action: contest.path("struck-out/confirmation"),
        drop_action: contest.path("struck-out/withdrawal"),
        opening_href: contest.path("opening"),
        opened,
        published: contest.published_at.is_some(),
        rests_until: holder.key.rests_until.map(|at| i18n::moment(lang, at, contest.tz())).unwrap_or_default(),
        choices: rows.iter().map(choice).collect(),
        winners: rows,
        proposed: list(false),
        to_confirm: strikes.iter().any(|s| s.confirmed_at.is_none() && !s.mine),
        done: list(true),
        unmet: list_unmet(tx, lang).await?,
        reason: form.reason.clone(),
        ..StrikesPage::default()
    };
    Ok(StrikesPage { overtaken: if page.asks("reason") { vec![] } else { Overtaken::lines([("keys-reason", &form.reason)]) }, ..page })
}

pub async fn show_strikes(mut proof: Proven<KeyHolder>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (holder, tx) = proof.parts();
    let page = page_of(tx, holder, lang, &StrikeForm::default()).await?;
    proof.show(page).await
}

impl Keyed for StrikeForm {
    fn password(&self) -> &str {
        &self.password
    }
}
impl Erring for StrikesPage {
    fn errors(&mut self) -> &mut Errors {
        &mut self.errors
    }
    fn asks(&self, field: &str) -> bool {
        self.rests_until.is_empty() && if field == "confirm_password" { self.to_confirm } else { !self.choices.is_empty() }
    }
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.name {
        "reason_needed" => "reason",
        "strike_none" => "code",
        _ => "",
    }
}

pub async fn propose_strike(sent: Sent<StrikeForm>, req: HttpRequest) -> Result<Saved<HttpResponse>, Failure> {
    let form = &sent.form;
    let act = async |tx: &mut Tx<Public>, holder: &KeyHolder| {
        store_strikes::propose_strike(tx, &form.code, &form.reason).await?;
        Ok(holder.contest.path("struck-out?said=strike-proposed"))
    };
    let page = async |tx: &mut Tx<Public>, holder: &KeyHolder| page_of(tx, holder, sent.visitor.lang, form).await;
    with_password((&sent, &req), field_of, always, act, page).await
}

pub async fn confirm_strike(sent: Sent<ConfirmForm>, req: HttpRequest) -> Result<Saved<HttpResponse>, Failure> {
    let act = async |tx: &mut Tx<Public>, holder: &KeyHolder| {
        let id = sent.form.id.or_gone("strike_gone")?;
        store_strikes::confirm_strike(tx, id).await?;
        Ok(holder.contest.path("struck-out?said=strike-done"))
    };
    let page = async |tx: &mut Tx<Public>, holder: &KeyHolder| page_of(tx, holder, sent.visitor.lang, &StrikeForm::default()).await;
    with_password((&sent, &req), |_| "", always, act, page).await
}

pub async fn drop_strike(Posted { mut proof, form }: Posted<KeyHolder, ConfirmForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (holder, tx) = proof.parts();
    let to = holder.contest.path("struck-out?said=strike-dropped");
    store_strikes::drop_strike(tx, form.id.0.ok_or(Failure::NotFound)?).await?;
    proof.commit(see_other(&to)).await
}
