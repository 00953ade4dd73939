//! The queue: by state with counts, narrowed, searched without accents, paged by number or by what sorts.
use std::sync::Arc;

use actix_web::HttpResponse;
use futures_util::try_join;
use uuid::Uuid;

use crate::contests::phase::Phase;
use crate::contests::rules::{Category, Unit, known_categories};
use crate::contests::{Contest, Wearing};
use crate::entries::desk::filter::{FLAGS, Filter, Place, SORTS, STATES, UnitFilter, WAITED, flags_of};
use crate::entries::desk::guards::path_of;
use crate::entries::desk::model::{Count, Doubts, Queued, SavedSearch};
use crate::entries::desk::pages::{CountRow, DeskPage, DoubtLink, FilterChoice, Hidden, Queue, QueueRow, SavedLink};
use crate::entries::desk::rules::{self, Length};
use crate::entries::desk::{store, store_kept};
use crate::entries::store_marked::{Readings, list_readings};
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::Errors;
use crate::platform::guard::Asked;
use crate::platform::i18n::{self, Lang};

/// Rows of the list alone, and beside an entry.
const PAGE: usize = 50;
const BESIDE: usize = 12;
/// So many doubts of a kind are counted, and no more: `named.doubts`.
const MANY: i32 = 100;

/// A page of the list, and whether there is more on either side.
struct Found {
    rows: Vec<Queued>,
    before: bool,
    after: bool,
}

async fn find(tx: &Tx<Clerk>, filter: &Filter, most: usize) -> Result<Found, Failure> {
    let at_most = i32::try_from(most + 1).unwrap_or(i32::MAX);
    let place = filter.place;
    let mut rows = store::list_queue(tx, filter, &place, at_most).await?;
    let more = rows.len() > most;
    rows.truncate(most);
    if !place.back {
        return Ok(Found { rows, before: place != Place::START, after: more });
    }
    if !more {
        // less than a page lies before it: the first page
        let first = store::list_queue(tx, filter, &Place::START, at_most).await?;
        let after = first.len() > most;
        return Ok(Found { rows: first.into_iter().take(most).collect(), before: false, after });
    }
    rows.reverse();
    Ok(Found { rows, before: true, after: place != Place::END })
}

/// What the list is printed from.
pub struct Seen {
    found: Found,
    pub counts: Vec<Count>,
    pub categories: Arc<Vec<Category>>,
    unit: Option<Unit>,
}

impl Seen {
    /// The list at its place; beside an entry a short one.
    pub async fn read(tx: &Tx<Clerk>, filter: &Filter, beside: bool) -> Result<Seen, Failure> {
        let unit = async {
            match filter.unit {
                UnitFilter::Under(id) => store::get_unit(tx, id).await,
                _ => Ok(None),
            }
        };
        let most = if beside { BESIDE } else { PAGE };
        let (found, counts, categories, unit) = try_join!(find(tx, filter, most), store::list_counts(tx), known_categories(tx), unit)?;
        Ok(Seen { found, counts, categories, unit })
    }
}

/// The list, ready to print. `here`: the entry shown beside it.
pub fn queue_of(Seen { found, counts, categories, unit }: &Seen, contest: &Contest, filter: &Filter, here: Option<Uuid>, lang: Lang) -> Queue {
    let unit = unit.as_ref().map(|u| u.name(lang).to_owned());
    let action = contest.path("desk");
    let place = |e: &Queued| Place::of(e.number, filter.sorts_by(e.state_at, e.due_at));
    let first = found.rows.first().map(|e| filter.link(&action, &place(e).before().query()));
    // the entry after the last one of the page: its own place and one number more
    let next = found.rows.last().map(|e| filter.link(&action, &Place { number: e.number.saturating_add(1), ..place(e) }.query()));
    let of = |state: &str| -> i64 { rules::count(counts, filter.category, state) };
    // the same total as the filter's "all": who has withdrawn waits for nobody
    let (decided, all) = (of("all") - of("waiting") - of("queried"), of("all"));
    let number = |n: i64| i18n::number(lang, n);
    Queue {
        total: if filter.is_narrow() { String::new() } else { number(of(filter.state)) },
        rows: found.rows.iter().map(|e| row(e, contest, filter, categories, here, lang)).collect(),
        beside: here.is_some(),
        first_href: if found.before { filter.link(&action, "") } else { String::new() },
        prev_href: first.filter(|_| found.before).unwrap_or_default(),
        next_href: next.filter(|_| found.after).unwrap_or_default(),
        last_href: if found.after { filter.link(&action, &Place::END.query()) } else { String::new() },
        decided,
        all,
        decided_words: number(decided),
        all_words: number(all),
        ..choices(filter, contest, categories, unit, |s| number(of(s)), lang)
    }
}

/// What can be asked for, and what is.
fn choices(filter: &Filter, contest: &Contest, categories: &[Category], unit: Option<String>, n: impl Fn(&str) -> String, lang: Lang) -> Queue {
    let choice = |id: String, chosen| FilterChoice { id, chosen, ..FilterChoice::default() };
    let action = contest.path("desk");
    let without = Filter { unit: UnitFilter::Any, ..filter.clone() };
    let sorts = if filter.wanted.is_empty() { SORTS.into_iter().filter(|s| Filter::of(&format!("state={}&sort={s}", filter.state)).sort == *s).collect() } else { vec![] };
    Queue {
        states: STATES.iter().map(|s| FilterChoice { n: n(s), ..choice((*s).to_owned(), *s == filter.state) }).collect(),
        categories: categories.iter().map(|k| FilterChoice { name: k.name(lang).to_owned(), ..choice(k.id.to_string(), filter.category == Some(k.id)) }).collect(),
        flags: ["any"].into_iter().chain(FLAGS).map(|k| choice(k.to_owned(), filter.flag == k)).collect(),
        waited: if matches!(filter.state, "waiting" | "queried") { WAITED.iter().map(|d| choice(d.to_string(), filter.waited == *d)).collect() } else { vec![] },
        sorts: if sorts.len() > 1 { sorts.into_iter().map(|s| choice(s.to_owned(), filter.sort == s)).collect() } else { vec![] },
        wanted: filter.wanted.clone(),
        state: filter.state.to_owned(),
        unit: unit.unwrap_or_default(),
        unit_value: match filter.unit {
            UnitFilter::Any => String::new(),
            UnitFilter::Without => "none".to_owned(),
            UnitFilter::Under(id) => id.to_string(),
        },
        units_href: filter.link(&contest.path("desk/units"), ""),
        no_unit_href: without.link(&action, ""),
        post: filter.post,
        narrow: filter.unit != UnitFilter::Any || !filter.flag.is_empty() || filter.waited > 0 || filter.post || filter.sort != "number",
        action,
        ..Queue::default()
    }
}

fn row(e: &Queued, contest: &Contest, filter: &Filter, categories: &[Category], here: Option<Uuid>, lang: Lang) -> QueueRow {
    let category = categories.iter().find(|k| k.id == e.category);
    let (sign, by) = sign(e, category);
    let short = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&contest.tz()).format("%d/%m, %H:%M").to_string();
    let due = e.due_at.filter(|_| e.state == "queried");
    QueueRow {
        href: filter.link(&path_of(contest, e.id), ""),
        n: e.number,
        number: i18n::number(lang, e.number.into()),
        title: e.title.clone(),
        at: short(e.submitted_at),
        category: category.map(|k| k.name(lang).to_owned()).unwrap_or_default(),
        words: e.words.map(|w| i18n::number(lang, w.into())).unwrap_or_default(),
        state: e.state.clone(),
        sign: sign.to_owned(),
        by_desk: e.by_desk,
        by: i18n::number(lang, by.into()),
        flags: flags_of(e.flags).map(str::to_owned).collect(),
        days: if e.state == "waiting" { (contest.now - e.state_at).num_days() } else { 0 },
        due: due.map(short).unwrap_or_default(),
        overdue: due.is_some_and(|at| at <= contest.now),
        selectable: e.state == "waiting",
        here: here == Some(e.id),
    }
}

/// What the machine noticed first, and by how many syllables a length is off.
fn sign(e: &Queued, category: Option<&Category>) -> (&'static str, i32) {
    let warned = e.warnings.as_array().is_some_and(|w| !w.is_empty());
    match (e.reading.as_deref(), e.words, category) {
        (Some("pending"), ..) => ("pending", 0),
        (Some("unreadable"), ..) => ("unreadable", 0),
        (Some("untyped"), ..) => ("untyped", 0),
        (_, Some(words), Some(k)) => match rules::length(words, k) {
            Length::Short(by) => ("short", by),
            Length::Long(by) => ("long", by),
            _ if warned => ("warnings", 0),
            _ => ("clean", 0),
        },
        _ if warned => ("warnings", 0),
        _ => ("clean", 0),
    }
}

/// What was received is the sum of what became of it.
fn count_row(name: String, category: Option<Uuid>, (counts, readings): (&[Count], &[Readings]), lang: Lang) -> CountRow {
    let of = |state: &str| i18n::number(lang, rules::count(counts, category, state));
    CountRow {
        name,
        received: of("all"),
        valid: of("valid"),
        waiting: of("waiting"),
        queried: of("queried"),
        refused: of("refused"),
        withdrawn: of("withdrawn"),
        struck_out: of("struck_out"),
        readings: readings.iter().find(|r| Some(r.category) == category).map(|r| r.word.clone()).unwrap_or_default(),
    }
}

/// In the order of `FLAGS`, each to its own list.
fn doubt_links(doubts: &[Doubts], contest: &Contest, lang: Lang) -> Vec<DoubtLink> {
    let link = |kind: &str| {
        let found = doubts.iter().find(|d| d.kind == kind)?;
        let href = Filter::of(&format!("state=all&flag={kind}")).link(&contest.path("desk"), "");
        Some(DoubtLink { kind: kind.to_owned(), n: i18n::number(lang, found.n.into()), many: found.n >= MANY, href })
    };
    FLAGS.into_iter().filter_map(link).collect()
}

/// The page of the list, with what is kept beside it.
pub async fn page_of(tx: &Tx<Clerk>, contest: &Contest, filter: &Filter, lang: Lang) -> Result<DeskPage, Failure> {
    Ok(Listed::read(tx, filter).await?.page(contest, filter, lang))
}

/// Everything that the page of the list is printed from.
struct Listed {
    seen: Seen,
    searches: Vec<SavedSearch>,
    doubts: Vec<Doubts>,
    readings: Vec<Readings>,
}

impl Listed {
    async fn read(tx: &Tx<Clerk>, filter: &Filter) -> Result<Listed, Failure> {
        let doubts = async { if *filter == Filter::of("") { store::list_doubts(tx).await } else { Ok(vec![]) } };
        let (seen, searches, doubts) = try_join!(Seen::read(tx, filter, false), store_kept::list_searches(tx), doubts)?;
        let readings = if seen.counts.iter().any(|c| c.cut) { list_readings(tx).await? } else { vec![] };
        Ok(Listed { seen, searches, doubts, readings })
    }
    fn page(self, contest: &Contest, filter: &Filter, lang: Lang) -> DeskPage {
        let Listed { seen, searches, doubts, readings } = self;
        let queue = queue_of(&seen, contest, filter, None, lang);
        let Seen { counts, categories, .. } = seen;
        let any_cut = counts.iter().any(|c| c.cut);
        let told = (counts.as_slice(), readings.as_slice());
        let action = |rest: &str| filter.link(&contest.path(rest), "");
        let pairs = url::form_urlencoded::parse(filter.query().trim_start_matches('?').as_bytes()).into_owned().collect::<Vec<_>>();
        DeskPage {
            selectable: queue.rows.iter().any(|r| r.selectable),
            counts: categories.iter().map(|k| count_row(k.name(lang).to_owned(), Some(k.id), told, lang)).collect(),
            total: count_row(String::new(), None, told, lang),
            doubts: doubt_links(&doubts, contest, lang),
            any_cut,
            readers: contest.readers,
            searches: searches.into_iter().map(|s| SavedLink { id: s.id.to_string(), href: Filter::of(&s.query).link(&contest.path("desk"), ""), name: s.name }).collect(),
            hidden: pairs.into_iter().map(|(name, value)| Hidden { name, value }).collect(),
            selection_action: contest.path("desk/selection"),
            search_action: action("desk/searches"),
            export_action: action("desk/export"),
            removal_action: action("desk/searches/removal"),
            templates_href: contest.path("desk/templates"),
            extension_href: contest.path("desk/extension"),
            post_href: if matches!(contest.phase(), Phase::Open | Phase::Intake) { contest.path("desk/post") } else { String::new() },
            search_name: String::new(),
            errors: Errors::default(),
            queue,
        }
    }
}

pub async fn show_desk(asked: Asked<Wearing<Clerk>>) -> Result<HttpResponse, Failure> {
    let filter = Filter::of(asked.query());
    let (proof, listed) = asked.with(async |tx| Listed::read(tx, &filter).await).await?;
    let page = listed.page(&proof.fact().contest, &filter, proof.lang());
    proof.show(page).await
}
