//! Standings by ranking group, and the chair's answers to ties.
use actix_web::HttpResponse;
use uuid::Uuid;

use crate::contests::rules::{self as contest_rules, Category, Prize, RankingGroup};
use crate::contests::{Contest, Wearing};
use crate::platform::db::{Chair, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;
use crate::tally::forms::TieForm;
use crate::tally::pages::{AnswerLine, GroupTab, StandingRow, StandingsPage, TieCard};
use crate::tally::rules::{self, Answer, Block, Level, Line};
use crate::tally::store::{self, AnswerRow, BlockRow, Size, Standing, Tie};

type Chairing = Wearing<Chair>;

/// Rows on a page.
const PAGE: i64 = 200;

/// The rules and facts that every part of the page needs.
struct Read {
    groups: Vec<RankingGroup>,
    categories: Vec<Category>,
    prizes: Vec<Prize>,
    sizes: Vec<Size>,
    ties: Vec<Tie>,
    answers: Vec<AnswerRow>,
}

impl Read {
    async fn all(tx: &mut Tx<Chair>) -> Result<Read, Failure> {
        Ok(Read {
            groups: contest_rules::list_groups(tx).await?,
            categories: contest_rules::list_categories(tx).await?,
            prizes: contest_rules::list_prizes(tx).await?,
            sizes: store::list_sizes(tx).await?,
            ties: store::list_ties(tx).await?,
            answers: store::list_answers(tx).await?,
        })
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
    fn lines(&self, group: Uuid, blocks: &[BlockRow]) -> Vec<Line> {
        let levels: Vec<Level> = self.levels(group).map(|p| Level { level: p.level, places: p.places }).collect();
        let blocks: Vec<Block> = blocks.iter().map(|b| Block { first: b.first, last: b.last }).collect();
        let of_group = self.answers.iter().filter(|a| a.ranking_group == group && a.answer != "another");
        let answers: Vec<Answer> = of_group.map(|a| Answer { level: a.level, all_in: a.answer == "all_in" }).collect();
        rules::lines(&levels, &blocks, &answers)
    }
    fn tie_card(&self, t: &Tie, form: &TieForm, lang: Lang) -> TieCard {
        let key = self.groups.iter().find(|g| g.id == t.ranking_group).map(|g| g.key.clone()).unwrap_or_default();
        let upto: i32 = self.levels(t.ranking_group).filter(|p| p.level <= t.level).map(|p| p.places).sum();
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
fn row_of(s: &Standing, read: &Read, group: Uuid, lines: &[Line], (contest, lang): (&Contest, Lang)) -> StandingRow {
    let level = s.place.and_then(|p| rules::level_of(lines, p));
    let below: Vec<&Line> = lines.iter().filter(|l| Some(l.after) == s.place).collect();
    let is_tied = |t: &&Tie| t.ranking_group == group && s.place.is_some_and(|p| (t.first..=t.last).contains(&p));
    StandingRow {
        line: below.last().map(|l| read.prize(group, l.level, lang)).unwrap_or_default(),
        is_cut: below.iter().any(|l| lines.last() == Some(l)),
        rank: s.rank.map(|r| i18n::number(lang, i64::from(r))).unwrap_or_default(),
        code: s.code.clone(),
        href: contest.path(&format!("chair/papers/{}", s.code)),
        category: read.categories.iter().find(|c| c.id == s.category).map(|c| c.name(lang).to_owned()).unwrap_or_default(),
        mark: s.mark.map(|m| i18n::mark(lang, m)).unwrap_or_default(),
        readings: i18n::number(lang, i64::from(s.readings)),
        how: s.agreed_how.clone().unwrap_or_default(),
        prize: level.map(|l| read.prize(group, l, lang)).unwrap_or_default(),
        tied: read.ties.iter().any(|t| is_tied(&t)),
    }
}

fn tab_of(g: &RankingGroup, read: &Read, chosen: Uuid, (contest, lang): (&Contest, Lang)) -> GroupTab {
    GroupTab { href: contest.path(&format!("chair/standings?group={}", g.key)), name: g.name(lang).to_owned(), papers: i18n::number(lang, read.papers(g.id)), here: g.id == chosen }
}

async fn page_of(proof: &mut Proven<Chairing>, form: &TieForm) -> Result<StandingsPage, Failure> {
    let (lang, query) = (proof.lang(), proof.visitor.query.clone());
    let (fact, tx) = proof.parts();
    let contest = &fact.contest;
    let facts = store::get_facts(tx).await?;
    let base = StandingsPage {
        closed: facts.closed_at.is_some(),
        closed_at: facts.closed_at.map(|at| i18n::instant(lang, at, contest.tz())).unwrap_or_default(),
        sealed: facts.sealed,
        extra_n: facts.extra_waiting,
        deal_href: contest.path("chair/deal"),
        board_href: contest.path("chair"),
        action: contest.path("chair/ties"),
        ..StandingsPage::default()
    };
    if !base.closed {
        return Ok(base);
    }
    let read = Read::all(tx).await?;
    let key = crate::judging::board_rules::word_in(&query, "group");
    let with_papers = || read.groups.iter().filter(|g| read.papers(g.id) > 0);
    let Some(group) = with_papers().find(|g| g.key == key || form.group == Some(g.id)).or_else(|| with_papers().next()) else { return Ok(base) };
    let from = crate::judging::board_rules::number_in(&query, "from");
    let standings = store::list_standings(tx, group.id, from, PAGE).await?;
    let lines = read.lines(group.id, &store::list_blocks(tx, group.id).await?);
    let papers = read.papers(group.id);
    let href = |from: i64| contest.path(&format!("chair/standings?group={}&from={from}", group.key));
    Ok(StandingsPage {
        groups: with_papers().map(|g| tab_of(g, &read, group.id, (contest, lang))).collect(),
        group: group.name(lang).to_owned(),
        papers: i18n::number(lang, papers),
        unread_n: read.sizes.iter().find(|s| s.ranking_group == group.id).map_or(0, |s| s.unread),
        rows: standings.iter().map(|s| row_of(s, &read, group.id, &lines, (contest, lang))).collect(),
        earlier: if from > 0 { href((from - PAGE).max(0)) } else { String::new() },
        later: if from + PAGE < papers { href(from + PAGE) } else { String::new() },
        ties: if facts.extra_waiting > 0 { vec![] } else { read.ties.iter().map(|t| read.tie_card(t, form, lang)).collect() },
        answers: read.answers.iter().map(|a| read.answer_line(a, lang)).collect(),
        ..base
    })
}

pub async fn show_standings(mut proof: Proven<Chairing>) -> Result<HttpResponse, Failure> {
    let page = page_of(&mut proof, &TieForm::default()).await?;
    proof.show(page).await
}

/// All in or all out, with a reason, for the tie that the page showed.
pub async fn answer_tie(Posted { mut proof, form }: Posted<Chairing, TieForm>) -> Result<Saved<HttpResponse>, Failure> {
    let page = page_of(&mut proof, &form).await?;
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
