//! The start page of a judge: the own papers, or the declaration as long as none was dealt.
use actix_web::HttpResponse;

use super::declaration;
use crate::contests::{Contest, Wearing};
use crate::judging::pages::{QueuePage, QueueRow};
use crate::judging::store::{self, Queued};
use crate::platform::db::Judge;
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};

fn state_of(q: &Queued) -> &str {
    if q.state == "open" && q.begun { "begun" } else { &q.state }
}

fn row(n: usize, q: &Queued, contest: &Contest, lang: Lang) -> QueueRow {
    let category = q.category_vi.as_deref().zip(q.category_en.as_deref()).map(|(vi, en)| lang.pick(vi, en).to_owned());
    QueueRow {
        n,
        code: q.paper.clone(),
        href: contest.path(&format!("marking/{}", q.paper)),
        title: q.title.clone().unwrap_or_default(),
        category: category.unwrap_or_default(),
        state: state_of(q).to_owned(),
        total: q.total.map(|t| i18n::mark(lang, t)).unwrap_or_default(),
    }
}

fn page_of(queue: &[Queued], (closed, withdrawn): (bool, bool), contest: &Contest, lang: Lang) -> QueuePage {
    let count = |state: &str| queue.iter().filter(|q| q.state == state).count();
    // what was begun comes first, then the own order
    let next = queue.iter().find(|q| state_of(q) == "begun").or_else(|| queue.iter().find(|q| q.state == "open")).filter(|_| !closed);
    let mut n = 0;
    let mut numbered = |q: &Queued| {
        n += usize::from(q.state != "recused");
        row(n, q, contest, lang)
    };
    QueuePage {
        declaration_href: contest.path("marking/declaration"),
        next_href: next.map(|q| contest.path(&format!("marking/{}", q.paper))).unwrap_or_default(),
        next_code: next.map(|q| q.paper.clone()).unwrap_or_default(),
        next_begun: next.is_some_and(|q| q.begun),
        marked: count("marked"),
        of: count("marked") + count("open"),
        recused: count("recused"),
        closed,
        withdrawn,
        rows: queue.iter().map(&mut numbered).collect(),
    }
}

pub async fn show_queue(mut proof: Proven<Wearing<Judge>>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let queue = store::list_queue(tx).await?;
    let withdrawn = store::is_withdrawn(tx).await?;
    if queue.is_empty() && !withdrawn {
        return declaration::show_declaration(proof).await;
    }
    let closed = store::is_closed(tx).await?;
    let page = page_of(&queue, (closed, withdrawn), &fact.contest, lang);
    proof.show(page).await
}
