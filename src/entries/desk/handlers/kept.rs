//! What a clerk keeps: searches of the own, and the desk's texts; and the units to choose from.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use uuid::Uuid;

use super::queue;
use super::texts::SHIPPED;
use crate::contests::rules::list_units;
use crate::contests::{Contest, Wearing};
use crate::entries::desk::filter::{Filter, UnitFilter};
use crate::entries::desk::model::Template;
use crate::entries::desk::pages::{Shipped, TemplateCard, TemplatesPage, UnitLink, UnitsPage};
use crate::entries::desk::{rules, store_kept};
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Errors, Fields, Form};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::{Pages, see_other};

type Clerking = Wearing<Clerk>;
type Done = Result<Saved<HttpResponse>, Failure>;

/// A name and two texts, or the id of what goes.
pub struct KeptForm {
    id: String,
    name: String,
    vi: String,
    en: String,
}
impl Form for KeptForm {
    const LIMIT: usize = 64 * 1024;
    fn from_fields(f: Fields) -> Self {
        KeptForm { id: f.line("id"), name: f.line("name"), vi: f.text("vi").trim().to_owned(), en: f.text("en").trim().to_owned() }
    }
}

/// Keeps the filter of the address under a name.
pub async fn save_search(Posted { mut proof, form }: Posted<Clerking, KeptForm>) -> Done {
    let filter = Filter::of(&proof.visitor.query);
    let (fact, tx) = proof.parts();
    let to = filter.link(&fact.contest.path("desk"), "said=search-saved");
    let written = match rules::search_name(&form.name) {
        Ok(name) => store_kept::save_search(tx, name, filter.query().trim_start_matches('?')).await,
        Err(r) => Err(r.into()),
    };
    match written {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(refusal)) => Err(search_again(proof, &filter, &form, &refusal).await),
        Err(e) => Err(e),
    }
}

async fn search_again(proof: Proven<Clerking>, filter: &Filter, form: &KeptForm, refusal: &Refusal) -> Failure {
    let (lang, sentence) = (proof.lang(), proof.sentence(refusal));
    let stands = async |tx: &mut Tx<Clerk>, fact: &Clerking| {
        let mut page = queue::page_of(tx, &fact.contest, filter, lang).await?;
        page.errors.add("name", sentence);
        page.search_name.clone_from(&form.name);
        Ok(page)
    };
    proof.refuse_anew(refusal.status, stands).await
}

pub async fn remove_search(Posted { mut proof, form }: Posted<Clerking, KeptForm>) -> Done {
    let filter = Filter::of(&proof.visitor.query);
    let (fact, tx) = proof.parts();
    let to = filter.link(&fact.contest.path("desk"), "said=search-removed");
    if let Ok(id) = form.id.parse() {
        store_kept::remove_search(tx, id).await?;
    }
    proof.commit(see_other(&to)).await
}

pub async fn show_units(mut proof: Proven<Clerking>) -> Result<HttpResponse, Failure> {
    let (lang, filter) = (proof.lang(), Filter::of(&proof.visitor.query));
    let (fact, tx) = proof.parts();
    let desk = fact.contest.path("desk");
    let link = |unit| Filter { unit, ..filter.clone() }.link(&desk, "");
    let units = list_units(tx).await?;
    let unit = |u: &crate::contests::rules::Unit| UnitLink {
        name: u.name(lang).to_owned(),
        href: link(UnitFilter::Under(u.id)),
        depth: u.depth.min(4),
        here: filter.unit == UnitFilter::Under(u.id),
    };
    let page = UnitsPage { any_href: link(UnitFilter::Any), none_href: link(UnitFilter::Without), units: units.iter().map(unit).collect() };
    proof.show(page).await
}

fn templates_page(own: &[Template], contest: &Contest, pages: &Pages, lang: Lang) -> TemplatesPage {
    let until = i18n::moment(lang, contest.queries_close_at, contest.tz());
    let card = |t: &Template| TemplateCard { id: t.id.to_string(), name: t.name.clone(), vi: t.vi.clone(), en: t.en.clone(), ..TemplateCard::default() };
    let new = TemplateCard { id: "new".to_owned(), is_new: true, ..TemplateCard::default() };
    TemplatesPage {
        action: contest.path("desk/templates"),
        removal_action: contest.path("desk/templates/removal"),
        back_href: contest.path("desk"),
        cards: own.iter().map(card).chain([new]).collect(),
        shipped: SHIPPED.iter().map(|k| Shipped { key: (*k).to_owned(), text: pages.t(lang, &format!("desk-text-{k}"), &[("until", until.clone())]) }).collect(),
        errors: Errors::default(),
    }
}

pub async fn show_templates(mut proof: Proven<Clerking>) -> Result<HttpResponse, Failure> {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let (fact, tx) = proof.parts();
    let own = store_kept::list_templates(tx).await?;
    let page = templates_page(&own, &fact.contest, &site.pages, lang);
    proof.show(page).await
}

/// A new text, or another wording of one.
pub async fn save_template(Posted { mut proof, form }: Posted<Clerking, KeptForm>) -> Done {
    let id = form.id.parse().ok();
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("desk/templates?said=template-saved");
    let wrong = rules::template_wrong(&form.name, &form.vi, &form.en);
    if !wrong.is_empty() {
        return Err(templates_again(proof, &form, wrong).await);
    }
    let template = Template { id: id.unwrap_or_else(Uuid::now_v7), name: form.name.clone(), vi: form.vi.clone(), en: form.en.clone() };
    match store_kept::save_template(tx, &template).await {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(refusal)) => Err(templates_again(proof, &form, vec![("name", refusal)]).await),
        Err(e) => Err(e),
    }
}

/// The texts as they stand, what was typed, and why it was not kept.
async fn templates_again(proof: Proven<Clerking>, form: &KeptForm, wrong: Vec<(&'static str, Refusal)>) -> Failure {
    let (site, lang) = (proof.site.clone(), proof.lang());
    let sentences: Vec<(&str, String)> = wrong.iter().map(|(field, r)| (*field, proof.sentence(r))).collect();
    let status = wrong.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status);
    let stands = async |tx: &mut Tx<Clerk>, fact: &Clerking| {
        let own = store_kept::list_templates(tx).await?;
        let mut page = templates_page(&own, &fact.contest, &site.pages, lang);
        let known = page.cards.iter().position(|c| c.id == form.id).unwrap_or(page.cards.len().saturating_sub(1));
        if let Some(card) = page.cards.get_mut(known) {
            (card.name, card.vi, card.en) = (form.name.clone(), form.vi.clone(), form.en.clone());
            for (field, sentence) in sentences {
                page.errors.add(&format!("{field}-{}", card.id), sentence.clone());
                match field {
                    "vi" => card.vi_error = sentence,
                    "en" => card.en_error = sentence,
                    _ => card.name_error = sentence,
                }
            }
        }
        Ok(page)
    };
    proof.refuse_anew(status, stands).await
}

pub async fn remove_template(Posted { mut proof, form }: Posted<Clerking, KeptForm>) -> Done {
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("desk/templates?said=template-removed");
    if let Ok(id) = form.id.parse() {
        store_kept::remove_template(tx, id).await?;
    }
    proof.commit(see_other(&to)).await
}
