//! The visitor's own entries in a contest.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use futures_util::{join, try_join};
use uuid::Uuid;

use crate::accounts::store::get_me;
use crate::contests::form_rules::FormRules;
use crate::contests::phase::Phase;
use crate::contests::rules::Category;
use crate::contests::store::{OwnStanding, get_own_standing};
use crate::contests::{Contest, Wearing};
use crate::entries::list_page::{EntriesPage, EntryRow, StateLink};
use crate::entries::listing::{self, AT_A_GLANCE, ListFilter, ON_A_PAGE};
use crate::entries::model::{Beginning, Listed};
use crate::entries::pages::UnitPick;
use crate::entries::post::store::redeem_code;
use crate::entries::store_marked::{ListedMark, OwnPrize};
use crate::entries::{copying, store_list, store_marked};
use crate::platform::db::{Contestant, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Errors, Fields, Form};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

pub async fn show_entries(mut proof: Proven<Wearing<Contestant>>) -> Result<HttpResponse, Failure> {
    let (lang, filter) = (proof.lang(), ListFilter::of(&proof.visitor.query));
    let (fact, tx) = proof.parts();
    let page = page_of(tx, &fact.contest, &filter, lang).await?;
    proof.show(page).await
}

async fn page_of(tx: &Tx<Contestant>, contest: &Contest, filter: &ListFilter, lang: Lang) -> Result<EntriesPage, Failure> {
    let own = async { if contest.phase() == Phase::Open { get_own_standing(tx).await } else { Ok(OwnStanding::default()) } };
    let (entries, rules, own) = try_join!(store_list::list_entries(tx), FormRules::of(tx), own)?;
    let FormRules { categories, .. } = &*rules;
    let found: Vec<&Listed> = entries.iter().filter(|e| filter.fits(contest, e)).collect();
    let shown: Vec<&Listed> = found.iter().skip((filter.page - 1) * ON_A_PAGE).take(ON_A_PAGE).copied().collect();
    let told = Told::of(tx, contest, &shown).await?;
    let (n, to) = (|n: usize| i18n::number(lang, i64::try_from(n).unwrap_or(0)), |f: &ListFilter| contest.path(&format!("entries{}", f.query())));
    let other_page = |page: usize| to(&ListFilter { page, ..filter.clone() });
    let of_category = |k: &Category| UnitPick { id: k.id.to_string(), name: k.name(lang).to_owned(), chosen: Some(k.id) == filter.category };
    Ok(EntriesPage {
        full: own.at_limit,
        contest: contest.title(lang).to_owned(),
        action: contest.path("entries"),
        phase: contest.phase().word().to_owned(),
        opens: i18n::moment(lang, contest.opens_at, contest.tz()),
        closes: i18n::moment(lang, contest.closes_at, contest.tz()),
        none: entries.is_empty(),
        last: entries.first().map(|e| e.entry.id.to_string()).unwrap_or_default(),
        states: states(contest, &entries, filter, &n),
        search: entries.len() > AT_A_GLANCE || !filter.is_plain(),
        state: filter.state.to_owned(),
        wanted: filter.wanted.clone(),
        categories: if categories.len() > 1 { categories.iter().map(of_category).collect() } else { vec![] },
        narrowed: !filter.is_plain(),
        found: n(found.len()),
        all: n(entries.len()),
        rows: shown.iter().map(|e| row(contest, e, (categories, &told), lang)).collect(),
        prev_href: if filter.page > 1 { other_page(filter.page - 1) } else { String::new() },
        next_href: if found.len() > filter.page * ON_A_PAGE { other_page(filter.page + 1) } else { String::new() },
        claim_action: contest.path("entries/claim"),
        claim_word: String::new(),
        errors: Errors::default(),
    })
}

/// All, and each state that some are in.
fn states(contest: &Contest, entries: &[Listed], filter: &ListFilter, words: &impl Fn(usize) -> String) -> Vec<StateLink> {
    let link = |state: &'static str, n: usize| {
        let to = ListFilter { state, page: 1, ..filter.clone() };
        StateLink { state: state.to_owned(), n: words(n), href: contest.path(&format!("entries{}", to.query())), here: filter.state == state }
    };
    let some = listing::counts(contest, entries).into_iter().filter(|(state, n)| *n > 0 || filter.state == *state);
    std::iter::once(link("", entries.len())).chain(some.map(|(state, n)| link(state, n))).collect()
}

/// What the publication tells of the entries of a page.
struct Told {
    marks: Vec<ListedMark>,
    prizes: Vec<OwnPrize>,
}
impl Told {
    async fn of(tx: &Tx<Contestant>, contest: &Contest, shown: &[&Listed]) -> Result<Told, Failure> {
        let ids: Vec<Uuid> = shown.iter().filter(|e| e.entry.is_in_marking()).map(|e| e.entry.id).collect();
        if contest.published_at.is_none() || ids.is_empty() {
            return Ok(Told { marks: vec![], prizes: vec![] });
        }
        let marks = async { if contest.own_result == "none" { Ok(vec![]) } else { store_marked::list_own_marks(tx, ids).await } };
        let (marks, prizes) = try_join!(marks, store_marked::list_own_prizes(tx))?;
        Ok(Told { marks, prizes })
    }
}

fn row(contest: &Contest, e: &Listed, (categories, told): (&[Category], &Told), lang: Lang) -> EntryRow {
    let mark = told.marks.iter().find(|m| m.entry == e.entry.id);
    let moment = |at| i18n::moment(lang, at, contest.tz());
    let until = listing::asked_until(contest, e);
    EntryRow {
        id: e.entry.id.to_string(),
        href: contest.path(&format!("entries/{}", e.entry.id)),
        number: e.entry.number.map(|n| i18n::number(lang, n.into())).unwrap_or_default(),
        title: e.title.clone(),
        authors: e.authors.clone(),
        category: categories.iter().find(|k| Some(k.id) == e.category).map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        state: e.entry.state.clone(),
        at: moment(e.at),
        until: until.map(moment).unwrap_or_default(),
        wished: e.due_at.filter(|due| until.is_some_and(|u| contest.now < *due && *due < u)).map(moment).unwrap_or_default(),
        delete_action: if e.entry.state == "draft" { contest.path(&format!("entries/{}/deletion", e.entry.id)) } else { String::new() },
        prize: told.prizes.iter().find(|p| p.entry == e.entry.id).map(|p| p.name(lang).to_owned()).unwrap_or_default(),
        mark: mark.and_then(|m| m.mark).map(|m| i18n::mark(lang, m)).unwrap_or_default(),
        total: mark.map(|m| i18n::points(lang, m.total)).unwrap_or_default(),
        out: contest.published_at.is_some() && e.entry.is_in_marking(),
        repair: e.entry.cut && until.is_some(),
        unsent: listing::is_unsent(contest, e),
        late: listing::is_late(contest, e),
    }
}

/// What a new entry begins with.
pub struct OpenForm {
    /// An entry of the visitor's to copy from.
    from: Option<Uuid>,
    /// me | other; empty: whoever sends the first entry sends the own.
    whose: String,
}
impl Form for OpenForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        OpenForm { from: Uuid::parse_str(&f.line("from")).ok(), whose: f.line("for") }
    }
}

/// A new entry: the visitor's own, somebody else's, or copied from an earlier one.
pub async fn open_entry(Posted { mut proof, form }: Posted<Wearing<Contestant>, OpenForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (fact, tx) = proof.parts();
    let refusal = match fact.contest.phase() {
        Phase::Open => None,
        Phase::Announced => Some("not_open_yet"),
        _ => Some("closed"),
    };
    if let Some(name) = refusal {
        return Err(Refusal::of(name).status(StatusCode::CONFLICT).into());
    }
    let source = async {
        match form.from {
            Some(id) => store_list::get_beginning(tx, id).await?.ok_or(Failure::NotFound).map(Some),
            None => Ok(None),
        }
    };
    let (me, begun, source) = join!(get_me(tx), store_list::has_begun(tx), source);
    let me = me?.ok_or(Failure::SignInFirst)?;
    let (with, said) = match (source?, form.whose.as_str(), begun?) {
        (Some(from), ..) => (copying::copied(from, &me.email), "?said=entry-copied"),
        (None, "me", _) | (None, "", false) => (copying::of_sender(&me.name, &me.email), ""),
        _ => (copying::of_another(), ""),
    };
    let rules = FormRules::of(tx).await?;
    let with = Beginning { category: with.category.or_else(|| rules.only_category()), ..with };
    let id = store_list::open_entry(tx, with).await?;
    let to = fact.contest.path(&format!("entries/{id}{said}"));
    proof.commit(see_other(&to)).await
}

/// The code on the receipt of what came by post.
pub struct ClaimForm {
    word: String,
}
impl Form for ClaimForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        ClaimForm { word: f.line("word").chars().take(100).collect() }
    }
}

/// What came by post becomes the visitor's. Whatever does not fit has one and the same answer; it counts as an attempt.
pub async fn claim(Posted { mut proof, form }: Posted<Wearing<Contestant>, ClaimForm>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let refusal = match redeem_code(tx, &form.word).await {
        Ok(Some(id)) => {
            let to = fact.contest.path(&format!("entries/{id}/receipt?said=entry-claimed"));
            return proof.commit(see_other(&to)).await;
        }
        Ok(None) => {
            let mut page = page_of(tx, &fact.contest, &ListFilter::of(""), lang).await?;
            let refusal = Refusal::of("claim_code_unknown");
            page.errors.add("word", proof.sentence(&refusal));
            page.claim_word = form.word;
            return Err(proof.keep(refusal.status, page).await);
        }
        Err(Failure::Refused(refusal)) => refusal,
        Err(e) => return Err(e),
    };
    Err(claim_again(proof, form, &refusal).await)
}

/// The list as it stands, what was typed, and why it was not taken.
async fn claim_again(proof: Proven<Wearing<Contestant>>, form: ClaimForm, refusal: &Refusal) -> Failure {
    let (lang, sentence) = (proof.lang(), proof.sentence(refusal));
    let stands = async |tx: &mut Tx<Contestant>, fact: &Wearing<Contestant>| {
        let mut page = page_of(tx, &fact.contest, &ListFilter::of(""), lang).await?;
        page.errors.add("word", sentence);
        page.claim_word = form.word;
        Ok(page)
    };
    proof.refuse_anew(refusal.status, stands).await
}
