//! What a judge declares before the first paper: units and people, so that none of their papers comes.
use actix_web::HttpResponse;

use crate::contests::rules::list_units;
use crate::contests::{Contest, Wearing};
use crate::judging::forms::DeclarationForm;
use crate::judging::pages::{DeclarationPage, UnitBox};
use crate::judging::{rules, store};
use crate::platform::db::{Judge, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::Errors;
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::Lang;
use crate::platform::page::see_other;

/// The deepest indent that the list of units has.
const DEEPEST: i32 = 4;

/// With what was typed, or with what was declared last.
async fn page_of(tx: &mut Tx<Judge>, contest: &Contest, lang: Lang, typed: Option<DeclarationForm>) -> Result<DeclarationPage, Failure> {
    let declared = store::get_declaration(tx).await?;
    let frozen = store::is_frozen(tx).await?;
    let units = list_units(tx).await?;
    let is_declared = declared.is_some();
    let shown = typed.unwrap_or_else(|| {
        let d = declared.unwrap_or_default();
        let none = is_declared && d.units.is_empty() && d.people.is_empty();
        DeclarationForm { units: d.units.iter().map(ToString::to_string).collect(), people: d.people.join("\n"), none }
    });
    let unit_box = |u: &crate::contests::rules::Unit| {
        let id = u.id.to_string();
        UnitBox { name: u.name(lang).to_owned(), depth: u.depth.min(DEEPEST), chosen: shown.units.contains(&id), id }
    };
    let boxes: Vec<UnitBox> = units.iter().map(unit_box).collect();
    Ok(DeclarationPage {
        action: contest.path("marking/declaration"),
        queue_href: contest.path("marking"),
        declared: is_declared,
        frozen,
        chosen: boxes.iter().filter(|b| b.chosen).map(|b| b.name.clone()).collect(),
        units: boxes,
        people_list: shown.people.lines().map(str::to_owned).collect(),
        people: shown.people,
        none: shown.none,
        errors: Errors::default(),
    })
}

pub async fn show_declaration(mut proof: Proven<Wearing<Judge>>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let page = page_of(tx, &fact.contest, lang, None).await?;
    proof.show(page).await
}

pub async fn declare(Posted { mut proof, form }: Posted<Wearing<Judge>, DeclarationForm>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("marking?said=declared");
    let mut page = page_of(tx, &fact.contest, lang, Some(form.clone())).await?;
    let wrong = match rules::check_declaration(&form.units, &form.people, form.none) {
        Err(wrong) => wrong,
        Ok(declaration) => match store::declare(tx, &declaration).await {
            Ok(()) => return proof.commit(see_other(&back)).await,
            Err(Failure::Refused(r)) => vec![(String::new(), r)],
            Err(e) => return Err(e),
        },
    };
    let status = wrong.first().map(|(_, r)| r.status).unwrap_or_default();
    for (field, refusal) in &wrong {
        page.errors.add(field, proof.sentence(refusal));
    }
    Err(proof.refuse(status, page).await)
}
