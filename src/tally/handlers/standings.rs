//! Standings by ranking group, and the chair's answers to ties.
use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{Arc, RwLock};

use actix_web::HttpResponse;
use futures_util::try_join;
use uuid::Uuid;

use crate::contests::rules::{self as contest_rules, Category, Prize, RankingGroup};
use crate::contests::{Contest, Wearing};
use crate::platform::db::{Chair, Hat, Organizer, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Asked, Posted, Proven, Saved};
use crate::platform::http::query_value;
use crate::platform::i18n::{self, Lang};
use crate::platform::page::{Pages, see_other};
use crate::tally::charts::{self, Pair, Part};
use crate::tally::forms::TieForm;
use crate::tally::pages::{AnswerLine, Charts, GroupTab, StandingRow, StandingsPage, TieCard};
use crate::tally::rules::{self, Answer, Block, Level, Line};
use crate::tally::store::{self, AnswerRow, BlockRow, Facts, LevelRow, Size, Standing, Tie};
use crate::tally::store_lists::{self, UNREAD};

type Chairing = Wearing<Chair>;

/// Whose page it is: the chair answers ties and opens papers; the organizer reads codes, marks and ranks.
#[derive(Clone, Copy)]
struct Eyes {
    path: &'static str,
    chair: bool,
}
const CHAIR: Eyes = Eyes { path: "chair/standings", chair: true };
const ORGANIZER: Eyes = Eyes { path: "standings", chair: false };
impl Eyes {
    /// An address of the chair's; nothing for anybody else.
    fn chairs(self, contest: &Contest, rest: &str) -> String {
        if self.chair { contest.path(rest) } else { String::new() }
    }
}

/// Rows on a page; the most that one page shows where all are asked for; codes found.
const PAGE: i64 = 100;
const ALL: i64 = 5_000;
const FOUND: i64 = 50;
/// Behind the one paper of a place, whatever its code.
const BEHIND: &str = "ZZZZZZZZZZZZZZ";

/// The rules and facts that every part of the page needs.
struct Read {
    facts: Facts,
    groups: Vec<RankingGroup>,
    categories: Vec<Category>,
    prizes: Vec<Prize>,
    levels: Vec<LevelRow>,
    sizes: Vec<Size>,
    blocks: Vec<BlockRow>,
    ties: Vec<Tie>,
    answers: Vec<AnswerRow>,
}

impl Read {
    async fn all<H: Hat>(tx: &Tx<H>) -> Result<Read, Failure> {
        let rules = async { try_join!(contest_rules::list_groups(tx), contest_rules::list_categories(tx), contest_rules::list_prizes(tx)) };
        let tally = async { try_join!(store::get_facts(tx), store::list_levels(tx), store::list_sizes(tx), store::list_blocks(tx), store::list_ties(tx), store::list_answers(tx)) };
        let ((groups, categories, prizes), (facts, levels, sizes, blocks, ties, answers)) = try_join!(rules, tally)?;
        Ok(Read { facts, groups, categories, prizes, levels, sizes, blocks, ties, answers })
    }
    fn papers(&self, group: Uuid) -> i64 {
        self.sizes.iter().find(|s| s.ranking_group == group).map_or(0, |s| s.papers)
    }
    /// The group's levels, highest first.
    fn levels(&self, group: Uuid) -> impl Iterator<Item = &Prize> {
        self.prizes.iter().filter(move |p| p.kind == "individual" && p.ranking_group == Some(group))
    }
    fn prize(&self, group: Uuid, level: i32, lang: Lang) -> String {
        self.levels(group).find(|p| p.level == level).map(|p| p.name(lang).to_owned()).unwrap_or_default()
    }
    fn group_name(&self, id: Uuid, lang: Lang) -> String {
        self.groups.iter().find(|g| g.id == id).map(|g| g.name(lang).to_owned()).unwrap_or_default()
    }
    /// How many places each level has here: those withheld for want of marks are none.
    fn places(&self, group: Uuid) -> Vec<Level> {
        let of_group = self.levels.iter().filter(|l| l.ranking_group == group);
        of_group.map(|l| Level { level: l.level, places: if l.few && l.minimum.is_none() { l.places } else { l.given } }).collect()
    }
    fn lines(&self, group: Uuid) -> Vec<Line> {
        let levels = self.places(group);
        let blocks: Vec<Block> = self.blocks.iter().filter(|b| b.ranking_group == group).map(|b| Block { first: b.first, last: b.last }).collect();
        let of_group = self.answers.iter().filter(|a| a.ranking_group == group && a.answer != "another");
        let answers: Vec<Answer> = of_group.map(|a| Answer { level: a.level, all_in: a.answer == "all_in" }).collect();
        rules::lines(&levels, &blocks, &answers)
    }
    fn tie_card(&self, t: &Tie, form: &TieForm, lang: Lang) -> TieCard {
        let key = self.groups.iter().find(|g| g.id == t.ranking_group).map(|g| g.key.clone()).unwrap_or_default();
        let upto: i32 = self.places(t.ranking_group).iter().filter(|p| p.level <= t.level).map(|p| p.places).sum();
        let below = self.levels(t.ranking_group).find(|p| p.level > t.level).map(|p| p.name(lang).to_owned());
        let typed = form.is_of(t.ranking_group, t.level);
        TieCard {
            id: format!("tie-{key}-{}", t.level),
            group: self.group_name(t.ranking_group, lang),
            group_id: t.ranking_group.to_string(),
            level: t.level,
            mark_n: t.mark,
            mark: i18n::mark(lang, t.mark),
            papers: i64::from(t.last - t.first + 1),
            places: i64::from(upto - t.first + 1),
            prize: self.prize(t.ranking_group, t.level, lang),
            below: below.unwrap_or_default(),
            answer: if typed { form.answer.clone() } else { String::new() },
            reason: if typed { form.reason.clone() } else { String::new() },
            ..TieCard::default()
        }
    }
    fn answer_line(&self, a: &AnswerRow, lang: Lang) -> AnswerLine {
        AnswerLine {
            group: self.group_name(a.ranking_group, lang),
            prize: self.prize(a.ranking_group, a.level, lang),
            mark: i18n::mark(lang, a.mark),
            answer: a.answer.clone(),
            reason: a.reason.clone(),
        }
    }
}

/// What the charts of a group are drawn from.
struct Counted {
    parts: Vec<Part>,
    pairs: Vec<Pair>,
    /// The mark on the last place with a prize; without such a place there is no line to draw.
    cut: Option<i32>,
    drawn: RwLock<HashMap<Lang, Arc<str>>>,
}

impl Counted {
    /// The charts as HTML, drawn once a language.
    fn draw(&self, pages: &Pages, group: &RankingGroup, threshold: i32, lang: Lang) -> Result<Arc<str>, Failure> {
        if let Some(drawn) = self.drawn.read().ok().and_then(|d| d.get(&lang).cloned()) {
            return Ok(drawn);
        }
        let charts = Charts {
            distribution: charts::distribution(&self.parts, group.total, self.cut, lang),
            spread: charts::spread(&self.pairs, group.total, threshold, lang),
            threshold: i18n::points(lang, threshold),
        };
        let html: Arc<str> = pages.part(Charts::TEMPLATE, lang, &charts)?.into();
        if let Ok(mut drawn) = self.drawn.write() {
            drawn.insert(lang, html.clone());
        }
        Ok(html)
    }
}

/// All that is read of a closed round but the rows, up to a second old: after the close it changes by what officials decide, and they see
/// their own decisions at once. A kind of its own for each hat, since Postgres lets each hat read it for itself.
struct Known<H> {
    read: Read,
    charts: RwLock<HashMap<Uuid, Arc<Counted>>>,
    hat: PhantomData<fn() -> H>,
}

impl<H: Hat> Known<H> {
    async fn of(tx: &Tx<H>) -> Result<Arc<Known<H>>, Failure> {
        let read = async || Ok(Known { read: Read::all(tx).await?, charts: RwLock::default(), hat: PhantomData });
        if tx.only_reads() { tx.kept(read).await } else { read().await.map(Arc::new) }
    }
    async fn counted(&self, tx: &Tx<H>, group: Uuid) -> Result<Arc<Counted>, Failure> {
        if let Some(known) = self.charts.read().ok().and_then(|c| c.get(&group).cloned()) {
            return Ok(known);
        }
        let last = self.read.lines(group).last().map_or(0, |l| l.after);
        let (parts, pairs, cut) = try_join!(store_lists::list_parts(tx, group), store_lists::list_pairs(tx, group), store_lists::get_mark_at(tx, group, last))?;
        let counted = Arc::new(Counted { parts, pairs, cut, drawn: RwLock::default() });
        if let Ok(mut charts) = self.charts.write() {
            charts.insert(group, counted.clone());
        }
        Ok(counted)
    }
}

/// What the address asks for, read: it needs no answer of the proof, so that it goes out with it.
struct Found<H> {
    known: Arc<Known<H>>,
    wanted: Wanted,
    /// The group shown; none where no paper is ranked, or the round is not closed.
    group: Option<Uuid>,
    standings: Vec<(Uuid, Standing)>,
    /// There are more behind them.
    more: bool,
    charts: Option<Arc<Counted>>,
}

impl<H: Hat> Found<H> {
    async fn read(tx: &Tx<H>, query: &str, form: &TieForm) -> Result<Found<H>, Failure> {
        let (known, wanted) = (Known::of(tx).await?, Wanted::of(query));
        let key = query_value(query, "group").unwrap_or_default();
        let read = &known.read;
        let with_papers = || read.groups.iter().filter(|g| read.papers(g.id) > 0);
        let shown = with_papers().find(|g| g.key == key || form.group == Some(g.id)).or_else(|| with_papers().next());
        let group = shown.map(|g| g.id).filter(|_| read.facts.closed_at.is_some());
        let Some(group) = group else { return Ok(Found { known, wanted, group, standings: vec![], more: false, charts: None }) };
        if !wanted.code.is_empty() {
            let standings = store_lists::find_codes(tx, &wanted.code, FOUND).await?;
            return Ok(Found { known, wanted, group: Some(group), standings, more: false, charts: None });
        }
        let most = wanted.most();
        let charts = async {
            match wanted.is_first() {
                true => known.counted(tx, group).await.map(Some),
                false => Ok(None),
            }
        };
        let (mut standings, charts) = try_join!(store::list_standings(tx, group, (wanted.place, &wanted.after), most + 1), charts)?;
        let most = usize::try_from(most).unwrap_or(0);
        let more = standings.len() > most;
        standings.truncate(most);
        Ok(Found { known, wanted, group: Some(group), standings: standings.into_iter().map(|s| (group, s)).collect(), more, charts })
    }
}

/// One row; `next` is the place after it, so that a line between two places is drawn below the upper one.
fn row_of(s: &Standing, read: &Read, group: Uuid, lines: &[Line], lang: Lang) -> StandingRow {
    let level = s.place.and_then(|p| rules::level_of(lines, p));
    let below: Vec<&Line> = lines.iter().filter(|l| Some(l.after) == s.place).collect();
    let is_tied = |t: &&Tie| t.ranking_group == group && s.place.is_some_and(|p| (t.first..=t.last).contains(&p));
    StandingRow {
        line: below.last().map(|l| read.prize(group, l.level, lang)).unwrap_or_default(),
        is_cut: below.iter().any(|l| lines.last() == Some(l)),
        rank: s.rank.map(|r| i18n::number(lang, i64::from(r))).unwrap_or_default(),
        code: s.code.clone(),
        category: read.categories.iter().find(|c| c.id == s.category).map(|c| c.name(lang).to_owned()).unwrap_or_default(),
        mark: s.mark.map(|m| i18n::mark(lang, m)).unwrap_or_default(),
        readings: i18n::number(lang, i64::from(s.readings)),
        how: s.agreed_how.clone().unwrap_or_default(),
        group: String::new(),
        prize: level.map(|l| read.prize(group, l, lang)).unwrap_or_default(),
        tied: read.ties.iter().any(|t| is_tied(&t)),
    }
}

fn tab_of(g: &RankingGroup, read: &Read, chosen: Uuid, (contest, eyes, lang): (&Contest, Eyes, Lang)) -> GroupTab {
    GroupTab { href: contest.path(&format!("{}?group={}", eyes.path, g.key)), name: g.name(lang).to_owned(), papers: i18n::number(lang, read.papers(g.id)), here: g.id == chosen }
}

/// Which part of the standings is asked for.
struct Wanted {
    /// Behind this place, and this code.
    place: i32,
    after: String,
    /// All on one page.
    all: bool,
    /// The beginning of a code, as codes are written.
    code: String,
}
impl Wanted {
    fn of(query: &str) -> Wanted {
        let word = |name: &str| query_value(query, name).unwrap_or_default();
        let as_code = |typed: String| -> String { typed.chars().filter(char::is_ascii_alphanumeric).take(12).collect::<String>().to_ascii_uppercase() };
        let after = as_code(word("after"));
        Wanted {
            place: word("from").parse().ok().filter(|n: &i32| *n > 0).unwrap_or(0),
            after: if after.is_empty() { BEHIND.to_owned() } else { after },
            all: word("all") == "1",
            code: as_code(word("code")),
        }
    }
    fn is_first(&self) -> bool {
        self.place == 0
    }
    fn most(&self) -> i64 {
        if self.all { ALL } else { PAGE }
    }
}

fn page_of<H: Hat>(found: &Found<H>, contest: &Contest, form: &TieForm, pages: &Pages, (eyes, lang): (Eyes, Lang)) -> Result<StandingsPage, Failure> {
    let Found { known, wanted, .. } = found;
    let (read, facts) = (&known.read, &known.read.facts);
    let base = StandingsPage {
        closed: facts.closed_at.is_some(),
        closed_at: facts.closed_at.map(|at| i18n::instant(lang, at, contest.tz())).unwrap_or_default(),
        sealed: facts.sealed,
        extra_n: facts.extra_waiting,
        for_chair: eyes.chair,
        deal_href: eyes.chairs(contest, "chair/deal"),
        board_href: eyes.chairs(contest, "chair"),
        papers_href: eyes.chairs(contest, "chair/papers"),
        action: eyes.chairs(contest, "chair/ties"),
        search_action: contest.path(eyes.path),
        export_action: contest.path(&format!("{}/list", eyes.path)),
        ..StandingsPage::default()
    };
    let Some(group) = read.groups.iter().find(|g| Some(g.id) == found.group) else { return Ok(base) };
    let papers = read.papers(group.id);
    let unread = read.sizes.iter().find(|s| s.ranking_group == group.id).map_or(0, |s| s.unread);
    let href = |more: &str| contest.path(&format!("{}?group={}{more}", eyes.path, group.key));
    let page = StandingsPage {
        groups: read.groups.iter().filter(|g| read.papers(g.id) > 0).map(|g| tab_of(g, read, group.id, (contest, eyes, lang))).collect(),
        group: group.name(lang).to_owned(),
        group_key: group.key.clone(),
        papers: i18n::number(lang, papers),
        unread_n: unread,
        wanted: wanted.code.clone(),
        ties: if facts.extra_waiting > 0 { vec![] } else { read.ties.iter().map(|t| read.tie_card(t, form, lang)).collect() },
        answers: read.answers.iter().map(|a| read.answer_line(a, lang)).collect(),
        ..base
    };
    // the lines of each group are found once, however many of its rows are shown
    let mut lines: HashMap<Uuid, Vec<Line>> = HashMap::new();
    let mut row = |(of, s): &(Uuid, Standing)| row_of(s, read, *of, lines.entry(*of).or_insert_with(|| read.lines(*of)), lang);
    if !wanted.code.is_empty() {
        // a line below a row that stands alone would say where the next one ends
        let alone = |f: &(Uuid, Standing)| StandingRow { line: String::new(), is_cut: false, group: read.group_name(f.0, lang), ..row(f) };
        return Ok(StandingsPage { rows: found.standings.iter().map(alone).collect(), whole: href(""), ..page });
    }
    let (ranked, step) = (i32::try_from(papers - unread).unwrap_or(i32::MAX), i32::try_from(wanted.most()).unwrap_or(0));
    let last = found.standings.last().filter(|_| found.more);
    let later = last.map(|(_, s)| s.place.map_or_else(|| format!("&from={UNREAD}&after={}", s.code), |p| format!("&from={p}")));
    let charts = found.charts.as_ref().map(|c| c.draw(pages, group, contest.threshold, lang)).transpose()?;
    Ok(StandingsPage {
        rows: found.standings.iter().map(row).collect(),
        earlier: if wanted.is_first() { String::new() } else { href(&format!("&from={}", (wanted.place.min(ranked) - step).max(0))) },
        later: later.map(|l| href(&format!("{l}{}", if wanted.all { "&all=1" } else { "" }))).unwrap_or_default(),
        whole: if !wanted.all && papers > PAGE && papers <= ALL { href("&all=1") } else { String::new() },

        charts: charts.as_deref().unwrap_or_default().to_owned(),
        ..page
    })
}

async fn show<H: Hat>(asked: Asked<Wearing<H>>, eyes: Eyes) -> Result<HttpResponse, Failure> {
    let (query, form) = (asked.query().to_owned(), TieForm::default());
    let (proof, found) = asked.with(async |tx| Found::read(tx, &query, &form).await).await?;
    let page = page_of(&found, &proof.fact().contest, &form, &proof.site.pages, (eyes, proof.lang()))?;
    proof.show(page).await
}

pub async fn show_standings(asked: Asked<Chairing>) -> Result<HttpResponse, Failure> {
    show(asked, CHAIR).await
}

/// What an organizer reads of them once the round is closed: codes, marks and ranks; no paper, no tie to answer.
pub async fn show_to_organizer(asked: Asked<Wearing<Organizer>>) -> Result<HttpResponse, Failure> {
    show(asked, ORGANIZER).await
}

/// All in or all out, with a reason, for the tie that the page showed.
pub async fn answer_tie(Posted { mut proof, form }: Posted<Chairing, TieForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (lang, query, site) = (proof.lang(), proof.visitor.query.clone(), proof.site.clone());
    let (fact, tx) = proof.parts();
    let page = page_of(&Found::read(tx, &query, &form).await?, &fact.contest, &form, &site.pages, (CHAIR, lang))?;
    let (Some(group), Some(level), Some(mark)) = (form.group, form.level, form.mark) else {
        return Err(again(proof, page, &form, "", Refusal::of("tie_gone")).await);
    };
    if !matches!(form.answer.as_str(), "all_in" | "all_out" | "another") {
        return Err(again(proof, page, &form, "answer", Refusal::of("tie_answer_needed")).await);
    }
    if let Err(refusal) = crate::judging::board_rules::check_reason(&form.reason) {
        return Err(again(proof, page, &form, "reason", refusal).await);
    }
    let (fact, tx) = proof.parts();
    let back = fact.contest.path("chair/standings?said=tie-answered");
    let back = if form.answer == "another" { fact.contest.path("chair/standings?said=tie-another") } else { back };
    match store::answer_tie(tx, (group, level, mark), &form.answer, &form.reason).await {
        Ok(()) => proof.commit(see_other(&back)).await,
        Err(Failure::Refused(refusal)) => Err(again(proof, page, &form, "", refusal).await),
        Err(e) => Err(e),
    }
}

/// The page with the reason at the tie it is about.
async fn again(proof: Proven<Chairing>, mut page: StandingsPage, form: &TieForm, field: &str, refusal: Refusal) -> Failure {
    let sentence = proof.sentence(&refusal);
    let of_form = |t: &&mut TieCard| form.group.is_some_and(|g| g.to_string() == t.group_id) && form.level == Some(t.level);
    let target = match page.ties.iter_mut().find(of_form) {
        Some(card) if field == "answer" => {
            card.answer_error.clone_from(&sentence);
            format!("{}-answer", card.id)
        }
        Some(card) if field == "reason" => {
            card.reason_error.clone_from(&sentence);
            format!("{}-reason", card.id)
        }
        Some(card) => card.id.clone(),
        None => String::new(),
    };
    page.errors.add(&target, sentence);
    proof.refuse(refusal.status, page).await
}
