//! What changed between two versions: the form's fields, and the text side by side.
use actix_web::HttpResponse;
use actix_web::web::block;

use crate::contests::rules::list_categories;
use crate::documents::paragraphs;
use crate::entries::asked;
use crate::entries::desk::changes::{Pair, Run, compare};
use crate::entries::desk::filter::Filter;
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::model::{Author, Version};
use crate::entries::desk::pages::{ChangesPage, FieldChange, FilterChoice, PairView, RunView};
use crate::entries::desk::store;
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};

/// A version as far as it is compared.
struct Side {
    version: Version,
    authors: Vec<Author>,
    unit: String,
}

impl Side {
    async fn read(tx: &mut Tx<Clerk>, desk: &DeskEntry, n: i32, lang: Lang) -> Result<Side, Failure> {
        let version = store::get_version(tx, desk.entry().id, n).await?.ok_or(Failure::NotFound)?;
        let unit = match version.unit {
            Some(id) => store::get_unit(tx, id).await?.map(|u| u.name(lang).to_owned()),
            None => None,
        };
        Ok(Side { authors: store::list_authors(tx, version.id).await?, unit: unit.unwrap_or_default(), version })
    }
    fn authors(&self) -> String {
        let of = |a: &Author| {
            let year = a.birth_year.map(|y| y.to_string()).unwrap_or_default();
            [a.name.as_str(), &a.pen_name, &year, &a.email, &a.phone, &a.guardian].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
        };
        self.authors.iter().map(of).collect::<Vec<_>>().join("; ")
    }
}

/// For a page.
pub fn view(p: Pair) -> PairView {
    let runs = |r: Vec<Run>| r.into_iter().map(|r| RunView { text: r.text, changed: r.changed }).collect();
    PairView { old: runs(p.old), new: runs(p.new), same: p.same }
}

/// `?from-version=1&to=2`; without them the version that counts and the one before it. `&all=1` shows what stayed, too.
pub async fn show_changes(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let (lang, filter) = (proof.lang(), Filter::of(&proof.visitor.query));
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(proof.visitor.query.as_bytes()).into_owned().collect();
    let param = |name: &str| pairs.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str());
    let (desk, tx) = proof.parts();
    let to: i32 = param("to").map_or(Ok(desk.entry().version), |v| v.parse().map_err(|_| Failure::NotFound))?;
    let from: i32 = param("from-version").map_or(Ok(to.saturating_sub(1)), |v| v.parse().map_err(|_| Failure::NotFound))?;
    if from >= to {
        return Err(Failure::NotFound);
    }
    let (old, new) = (Side::read(tx, desk, from, lang).await?, Side::read(tx, desk, to, lang).await?);
    let decisions = store::list_decisions(tx, desk.entry().id).await?;
    let categories = list_categories(tx).await?;
    let category = |v: &Version| categories.iter().find(|k| k.id == v.category).map(|k| k.name(lang).to_owned()).unwrap_or_default();
    let words = |v: &Version| v.words.map(|w| i18n::number(lang, w.into())).unwrap_or_default();
    let answers = |v: &Version| {
        let line = |a: crate::entries::pages::AnswerLine| if a.declared { a.text } else { format!("{}: {}", a.text, a.value) };
        asked::lines(&v.answers, lang).into_iter().map(line).collect::<Vec<_>>().join("; ")
    };
    let file = |v: &Version| v.file_name.clone().unwrap_or_default();
    let field = |key: &str, old: String, new: String| FieldChange { key: key.to_owned(), same: old == new, old, new };
    let all = param("all") == Some("1");
    let (own, number) = (path_of(desk.contest(), desk.entry().id), i18n::number(lang, desk.entry().number.into()));
    let here = |a: i32, more: &str| filter.link(&format!("{own}/changes"), &format!("from-version={a}&to={to}{more}"));
    let text = |v: &Version| v.body.clone().unwrap_or_default();
    let (before, after) = (text(&old.version), text(&new.version));
    // long texts take a while, and others wait for this worker
    let work = move || compare(&paragraphs(&before).collect::<Vec<_>>(), &paragraphs(&after).collect::<Vec<_>>());
    let compared = block(work).await.map_err(Failure::broken)?;
    let same = compared.iter().filter(|p| p.same).count();
    let page = ChangesPage {
        number,
        back_href: filter.link(&own, ""),
        from,
        to,
        others: (1..to).rev().filter(|n| *n != from).map(|n| FilterChoice { id: n.to_string(), name: here(n, ""), ..FilterChoice::default() }).collect(),
        asked: decisions.iter().find(|d| d.version == from && d.verdict == "query").map(|d| d.reason.clone()).unwrap_or_default(),
        answer: new.version.note.clone(),
        fields: vec![
            field("title", old.version.title.clone(), new.version.title.clone()),
            field("category", category(&old.version), category(&new.version)),
            field("unit", old.unit.clone(), new.unit.clone()),
            field("authors", old.authors(), new.authors()),
            field("answers", answers(&old.version), answers(&new.version)),
            field("words", words(&old.version), words(&new.version)),
            field("file", file(&old.version), file(&new.version)),
        ],
        hidden: if all { 0 } else { same },
        all_href: if all || same == 0 { String::new() } else { here(from, "&all=1") },
        pairs: compared.into_iter().filter(|p| all || !p.same).map(view).collect(),
    };
    proof.show(page).await
}
