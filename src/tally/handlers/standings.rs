//! Standings by ranking group, and the chair's answers to ties.
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use actix_web::HttpResponse;
use futures_util::try_join;
use uuid::Uuid;

use crate::contests::rules::{self as contest_rules, Category, Prize, RankingGroup};
use crate::contests::{Contest, Wearing};
use crate::platform::db::{Chair, Hat, Organizer, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::http::query_value;
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::tally::charts::{self, Distribution, Spread};
use crate::tally::forms::TieForm;
use crate::tally::pages::{AnswerLine, GroupTab, StandingRow, StandingsPage, TieCard};
use crate::tally::rules::{self, Answer, Block, Level, Line};
use crate::tally::store::{self, AnswerRow, BlockRow, LevelRow, Size, Standing, Tie};
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
    groups: Vec<RankingGroup>,
    categories: Vec<Category>,
    prizes: Vec<Prize>,
    levels: Vec<LevelRow>,
    sizes: Vec<Size>,
    ties: Vec<Tie>,
    answers: Vec<AnswerRow>,
}

impl Read {
    async fn all<H: Hat>(tx: &Tx<H>) -> Result<Read, Failure> {
        let (groups, categories, prizes) = (contest_rules::list_groups(tx), contest_rules::list_categories(tx), contest_rules::list_prizes(tx));
        let (levels, sizes, ties, answers) = (store::list_levels(tx), store::list_sizes(tx), store::list_ties(tx), store::list_answers(tx));
        let (groups, categories, prizes, levels, sizes, ties, answers) = try_join!(groups, categories, prizes, levels, sizes, ties, answers)?;
        Ok(Read { groups, categories, prizes, levels, sizes, ties, answers })
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
    fn lines(&self, group: Uuid, blocks: &[BlockRow]) -> Vec<Line> {
        let levels = self.places(group);
        let blocks: Vec<Block> = blocks.iter().map(|b| Block { first: b.first, last: b.last }).collect();
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
struct Asked {
    /// Behind this place, and this code.
    place: i32,
    code: String,
    /// All on one page.
    all: bool,
    /// The beginning of a code, as codes are written.
    wanted: String,
}
impl Asked {
    fn of(query: &str) -> Asked {
        let word = |name: &str| query_value(query, name).unwrap_or_default();
        let as_code = |typed: String| -> String { typed.chars().filter(char::is_ascii_alphanumeric).take(12).collect::<String>().to_ascii_uppercase() };
        let after = as_code(word("after"));
        Asked {
            place: word("from").parse().ok().filter(|n: &i32| *n > 0).unwrap_or(0),
            code: if after.is_empty() { BEHIND.to_owned() } else { after },
            all: word("all") == "1",
            wanted: as_code(word("code")),
        }
    }
    fn is_first(&self) -> bool {
        self.place == 0
    }
}

/// Both charts of a group; without a place that has a prize there is no line to draw.
async fn charts_of<H: Hat>(tx: &Tx<H>, contest: &Contest, group: &RankingGroup, lines: &[Line], lang: Lang) -> Result<(Distribution, Spread), Failure> {
    let last = lines.last().map_or(0, |l| l.after);
    let (parts, pairs, cut) = try_join!(store_lists::list_parts(tx, group.id), store_lists::list_pairs(tx, group.id), store_lists::get_mark_at(tx, group.id, last))?;
    Ok((charts::distribution(&parts, group.total, cut, lang), charts::spread(&pairs, group.total, contest.threshold, lang)))
}

async fn page_of<H: Hat>(proof: &mut Proven<Wearing<H>>, form: &TieForm, eyes: Eyes) -> Result<StandingsPage, Failure> {
    let (lang, query) = (proof.lang(), proof.visitor.query.clone());
    let (fact, tx) = proof.parts();
    let contest = &fact.contest;
    let facts = store::get_facts(tx).await?;
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
    if !base.closed {
        return Ok(base);
    }
    let read = Read::all(tx).await?;
    let asked = Asked::of(&query);
    let key = query_value(&query, "group").unwrap_or_default();
    let with_papers = || read.groups.iter().filter(|g| read.papers(g.id) > 0);
    let Some(group) = with_papers().find(|g| g.key == key || form.group == Some(g.id)).or_else(|| with_papers().next()) else { return Ok(base) };
    let lines = read.lines(group.id, &store::list_blocks(tx, group.id).await?);
    let papers = read.papers(group.id);
    let unread = read.sizes.iter().find(|s| s.ranking_group == group.id).map_or(0, |s| s.unread);
    let ranked = i32::try_from(papers - unread).unwrap_or(i32::MAX);
    let href = |more: &str| contest.path(&format!("{}?group={}{more}", eyes.path, group.key));
    let page = StandingsPage {
        groups: with_papers().map(|g| tab_of(g, &read, group.id, (contest, eyes, lang))).collect(),
        group: group.name(lang).to_owned(),
        group_key: group.key.clone(),
        papers: i18n::number(lang, papers),
        unread_n: unread,
        wanted: asked.wanted.clone(),
        ties: if facts.extra_waiting > 0 { vec![] } else { read.ties.iter().map(|t| read.tie_card(t, form, lang)).collect() },
        answers: read.answers.iter().map(|a| read.answer_line(a, lang)).collect(),
        ..base
    };
    if !asked.wanted.is_empty() {
        // the lines of each group are read once, however many of its codes are found
        let mut lines_of = HashMap::from([(group.id, lines)]);
        let mut rows = vec![];
        for (of, standing) in store_lists::find_codes(tx, &asked.wanted, FOUND).await? {
            let lines = match lines_of.entry(of) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(read.lines(of, &store::list_blocks(tx, of).await?)),
            };
            // a line below a row that stands alone would say where the next one ends
            rows.push(StandingRow { line: String::new(), is_cut: false, group: read.group_name(of, lang), ..row_of(&standing, &read, of, lines, lang) });
        }
        return Ok(StandingsPage { rows, whole: href(""), ..page });
    }
    let most = if asked.all { ALL } else { PAGE };
    let mut standings = store::list_standings(tx, group.id, (asked.place, &asked.code), most + 1).await?;
    let more = standings.len() > usize::try_from(most).unwrap_or(0);
    standings.truncate(usize::try_from(most).unwrap_or(0));
    let later = standings.last().filter(|_| more).map(|s| s.place.map_or_else(|| format!("&from={UNREAD}&after={}", s.code), |p| format!("&from={p}")));
    let step = i32::try_from(most).unwrap_or(0);
    let (distribution, spread) = if asked.is_first() { charts_of(tx, contest, group, &lines, lang).await? } else { Default::default() };
    Ok(StandingsPage {
        rows: standings.iter().map(|s| row_of(s, &read, group.id, &lines, lang)).collect(),
        earlier: if asked.is_first() { String::new() } else { href(&format!("&from={}", (asked.place.min(ranked) - step).max(0))) },
        later: later.map(|l| href(&format!("{l}{}", if asked.all { "&all=1" } else { "" }))).unwrap_or_default(),
        whole: if !asked.all && papers > PAGE && papers <= ALL { href("&all=1") } else { String::new() },
        first: asked.is_first(),
        distribution,
        spread,
        threshold: i18n::points(lang, contest.threshold),
        ..page
    })
}

pub async fn show_standings(mut proof: Proven<Chairing>) -> Result<HttpResponse, Failure> {
    let page = page_of(&mut proof, &TieForm::default(), CHAIR).await?;
    proof.show(page).await
}

/// What an organizer reads of them once the round is closed: codes, marks and ranks; no paper, no tie to answer.
pub async fn show_to_organizer(mut proof: Proven<Wearing<Organizer>>) -> Result<HttpResponse, Failure> {
    let page = page_of(&mut proof, &TieForm::default(), ORGANIZER).await?;
    proof.show(page).await
}

/// All in or all out, with a reason, for the tie that the page showed.
pub async fn answer_tie(Posted { mut proof, form }: Posted<Chairing, TieForm>) -> Result<Saved<HttpResponse>, Failure> {
    let page = page_of(&mut proof, &form, CHAIR).await?;
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
