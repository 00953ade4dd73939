//! The start page of a judge: the own papers, or the declaration as long as none was dealt.
use actix_web::HttpResponse;
use futures_util::try_join;

use super::declaration;
use crate::contests::rules::{Category, known_categories};
use crate::contests::{Contest, Wearing};
use crate::judging::pages::{QueuePage, QueueRow, QueueTab};
use crate::judging::shown::{STATES, Shown, state_of};
use crate::judging::store::{self, Queued, RoundState};
use crate::platform::db::Judge;
use crate::platform::failure::Failure;
use crate::platform::guard::Asked;
use crate::platform::i18n::{self, Lang};

/// What every row is printed by.
struct Printed<'a> {
    contest: &'a Contest,
    categories: &'a [Category],
    shown: Shown,
    lang: Lang,
}

fn row(n: usize, q: &Queued, Printed { categories, lang, .. }: &Printed) -> QueueRow {
    let category = categories.iter().find(|k| Some(k.id) == q.category).map(|k| k.name(*lang).to_owned());
    QueueRow {
        n,
        code: q.paper.clone(),
        title: q.title.clone().unwrap_or_default(),
        category: category.unwrap_or_default(),
        state: state_of(q).to_owned(),
        total: q.total.map(|t| i18n::mark(*lang, t)).unwrap_or_default(),
        correction: q.correction.clone().unwrap_or_default(),
        answer: q.answer.clone().unwrap_or_default(),
    }
}

/// All, and each state with how many are in it; none where no paper is there.
fn tabs(queue: &[Queued], contest: &Contest, shown: Shown) -> Vec<QueueTab> {
    let tab = |state: &str| {
        let to = Shown::of(&format!("state={state}"));
        QueueTab {
            label: format!("marking-tab-{}", if state.is_empty() { "all" } else { state }),
            href: contest.path(&to.keep("marking")),
            n: queue.iter().filter(|q| to.takes(q)).count(),
            here: to == shown,
        }
    };
    if queue.is_empty() { vec![] } else { std::iter::once("").chain(STATES).map(tab).collect() }
}

fn page_of(queue: &[Queued], RoundState { closed, withdrawn }: RoundState, printed: &Printed) -> QueuePage {
    let Printed { contest, shown, .. } = *printed;
    let count = |state: &str| queue.iter().filter(|q| q.state == state).count();
    // what was begun comes first, then the own order
    let next = queue.iter().find(|q| state_of(q) == "begun").or_else(|| queue.iter().find(|q| q.state == "open")).filter(|_| !closed);
    let mut n = 0;
    let mut numbered = |q: &Queued| {
        n += usize::from(q.state != "recused");
        row(n, q, printed)
    };
    // numbered before they are narrowed: a paper keeps its number in the own order
    let rows: Vec<QueueRow> = queue.iter().map(&mut numbered).collect();
    QueuePage {
        paper_href: contest.path("marking/"),
        keep: shown.keep(""),
        declaration_href: contest.path("marking/declaration"),
        print_href: contest.path(&shown.keep("marking/print")),
        next_href: next.map(|q| contest.path(&shown.keep(&format!("marking/{}", q.paper)))).unwrap_or_default(),
        next_code: next.map(|q| q.paper.clone()).unwrap_or_default(),
        next_begun: next.is_some_and(|q| q.begun),
        marked: count("marked"),
        of: count("marked") + count("open"),
        recused: count("recused"),
        closed,
        withdrawn,
        tabs: tabs(queue, contest, shown),
        rows: rows.into_iter().zip(queue).filter(|(_, q)| shown.takes(q)).map(|(row, _)| row).collect(),
    }
}

pub async fn show_queue(asked: Asked<Wearing<Judge>>) -> Result<HttpResponse, Failure> {
    let shown = Shown::of(asked.query());
    let (proof, ((round, queue), categories)) = asked.with(async |tx| try_join!(store::list_queue(tx), known_categories(tx))).await?;
    if queue.is_empty() && !round.withdrawn {
        return declaration::show_declaration(proof).await;
    }
    let page = page_of(&queue, round, &Printed { contest: &proof.fact().contest, categories: &categories, shown, lang: proof.lang() });
    proof.show(page).await
}
