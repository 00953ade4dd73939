//! The call and the rules of a contest as everybody sees them, made of what is stored.
use crate::contests::call::{Call, Pair, Waiver};
use crate::contests::editor::Moved;
use crate::contests::pages::{AskedRow, CategoryRow, ChangeRow, ContestPage, CriterionRow, MovedRow, NoticeView, PrizeRow, RubricPart, Stage, UnitRow, WaiverRow};
use crate::contests::phase::Phase;
use crate::contests::rules::{self, Category, Conditions, Criterion, Prize, RankingGroup, Unit};
use crate::contests::store_asked::{Asked, Question, get_asked};
use crate::contests::store_notices::{self, Notice};
use crate::contests::store_rules::{self, PublicChange};
use crate::contests::{Contest, store};
use crate::platform::db::{Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::i18n::{self, Lang};

/// All that the page prints, as stored.
pub struct Rules {
    call: Call,
    categories: Vec<Category>,
    groups: Vec<RankingGroup>,
    prizes: Vec<Prize>,
    criteria: Vec<Criterion>,
    units: Vec<Unit>,
    offices: Vec<Pair>,
    by_hand: Vec<Pair>,
    waivers: Vec<Waiver>,
    conditions: Conditions,
    asked: Asked,
    changes: Vec<PublicChange>,
    notices: Vec<Notice>,
}

impl Rules {
    pub async fn read(tx: &mut Tx<Public>) -> Result<Rules, Failure> {
        Ok(Rules {
            call: store::get_call(tx).await?,
            categories: rules::list_categories(tx).await?,
            groups: rules::list_groups(tx).await?,
            prizes: rules::list_prizes(tx).await?,
            criteria: rules::list_criteria(tx).await?,
            units: rules::list_units(tx).await?,
            offices: store::list_offices(tx).await?,
            by_hand: store::list_by_hand(tx).await?,
            waivers: store::list_waivers(tx).await?,
            conditions: rules::get_conditions(tx).await?,
            asked: get_asked(tx).await?,
            changes: store_rules::list_changes(tx).await?,
            notices: store_notices::list_notices(tx).await?,
        })
    }

    pub fn page(&self, c: &Contest, lang: Lang) -> ContestPage {
        let tz = c.tz();
        let text = |p: &Pair| lang.pick(&p.vi, &p.en).to_owned();
        let deadline = match c.phase() {
            Phase::Announced => Some(c.opens_at),
            Phase::Open => Some(c.closes_at),
            _ => None,
        };
        ContestPage {
            title: c.title(lang).to_owned(),
            host: lang.pick(&self.call.host_vi, &self.call.host_en).to_owned(),
            summary: paragraphs(lang.pick(&self.call.summary_vi, &self.call.summary_en)),
            phase: c.phase().word().to_owned(),
            enter_href: c.path("entries"),
            results_href: c.published_at.map(|_| c.path("results")).unwrap_or_default(),
            begins: false,
            begun: false,
            at_limit: false,
            work: vec![],
            opens: i18n::moment(lang, c.opens_at, tz),
            closes: i18n::moment(lang, c.closes_at, tz),
            deadline: deadline.map(|at| at.to_rfc3339()).unwrap_or_default(),
            now: c.now.to_rfc3339(),
            offset: format!("UTC{}", c.now.with_timezone(&tz).format("%:z")),
            limit_per_category: c.limit_per_category,
            limit_overall: c.limit_overall,
            limit_subject: self.conditions.limit_subject.clone(),
            postmark_by: self.conditions.postmark_by.map(|day| i18n::date(lang, day)).unwrap_or_default(),
            min_age: self.conditions.min_age,
            guardian_age: self.conditions.guardian_age,
            age_year: self.conditions.age_year.to_string(),
            bar_officials: self.conditions.bar_officials,
            declarations: self.asked.declarations.iter().map(|d| d.text(lang).to_owned()).collect(),
            questions: self.asked.questions.iter().map(|q| question(q, lang)).collect(),
            categories: self.categories.iter().map(|k| self.category(k, lang)).collect(),
            prizes: self.prizes.iter().map(|p| self.prize(p, lang)).collect(),
            rubrics: self.rubrics(lang),
            readers: c.readers,
            threshold: i18n::points(lang, c.threshold),
            third: c.third.clone(),
            own_result: c.own_result.clone(),
            stages: stages(c, lang),
            units: self.units.iter().map(|u| UnitRow { name: u.name(lang).to_owned(), depth: u.depth.min(4) }).collect(),
            offices: self.offices.iter().map(text).collect(),
            by_hand: self.by_hand.iter().map(text).collect(),
            waivers: self.waivers.iter().map(|w| self.waiver(w, c, lang)).collect(),
            changes: self.changes.iter().map(|ch| change(ch, c, lang)).collect(),
            separation: c.separation.clone(),
            news: self.notices.iter().rev().filter(|n| n.kind == "news").map(|n| notice(n, c, lang)).collect(),
            answers: self.notices.iter().filter(|n| n.kind == "answer").map(|n| notice(n, c, lang)).collect(),
            call_href: c.path("call"),
        }
    }

    fn group_name(&self, id: uuid::Uuid, lang: Lang) -> String {
        let found = self.groups.iter().find(|g| g.id == id).filter(|_| self.groups.len() > 1);
        found.map(|g| g.name(lang).to_owned()).unwrap_or_default()
    }
    fn category(&self, k: &Category, lang: Lang) -> CategoryRow {
        CategoryRow {
            name: k.name(lang).to_owned(),
            length: span(lang, k.min_words, k.max_words),
            authors: span(lang, Some(k.min_authors), Some(k.max_authors)),
            script: k.kind == "script",
            group: k.ranking_group.map(|g| self.group_name(g, lang)).unwrap_or_default(),
        }
    }
    fn prize(&self, p: &Prize, lang: Lang) -> PrizeRow {
        PrizeRow {
            name: p.name(lang).to_owned(),
            group: p.ranking_group.map(|g| self.group_name(g, lang)).unwrap_or_default(),
            places: i18n::number(lang, p.places.into()),
            money: p.amount.map(|a| i18n::money(lang, a, p.currency.as_deref().unwrap_or_default())).unwrap_or_default(),
            collective: p.kind == "collective",
            minimum: p.minimum.map(|m| i18n::points(lang, m)).unwrap_or_default(),
            needs_prizes: p.needed_prizes(),
            needs_level: rules::level_name(&self.prizes, p.needs_level, lang),
            needs_received: p.needs_received.unwrap_or(0),
            needs_valid: p.needs_valid.unwrap_or(0),
        }
    }
    fn rubrics(&self, lang: Lang) -> Vec<RubricPart> {
        let mut parts: Vec<(uuid::Uuid, RubricPart)> = vec![];
        for c in &self.criteria {
            let row = CriterionRow { name: c.name(lang).to_owned(), about: lang.pick(&c.description_vi, &c.description_en).to_owned(), max: i18n::points(lang, c.max) };
            match parts.iter_mut().find(|(id, _)| *id == c.rubric) {
                Some((_, part)) => part.criteria.push(row),
                None => {
                    let of: Vec<&str> = self.categories.iter().filter(|k| k.rubric == Some(c.rubric)).map(|k| k.name(lang)).collect();
                    let part = RubricPart { categories: of.join(", "), total: i18n::points(lang, c.total), step: i18n::points(lang, c.step), criteria: vec![row] };
                    parts.push((c.rubric, part));
                }
            }
        }
        parts.retain(|(_, p)| !p.categories.is_empty());
        // in the order of the categories that they belong to
        parts.sort_by_key(|(id, _)| self.categories.iter().position(|k| k.rubric == Some(*id)));
        parts.into_iter().map(|(_, p)| p).collect()
    }
    fn waiver(&self, w: &Waiver, c: &Contest, lang: Lang) -> WaiverRow {
        let category = self.categories.iter().find(|k| k.id == w.category);
        WaiverRow { category: category.map(|k| k.name(lang).to_owned()).unwrap_or_default(), reason: w.reason.clone(), day: i18n::day(lang, w.at, c.tz()) }
    }
}

fn notice(n: &Notice, c: &Contest, lang: Lang) -> NoticeView {
    NoticeView {
        title: lang.pick(&n.title_vi, &n.title_en).to_owned(),
        body: paragraphs(lang.pick(&n.body_vi, &n.body_en)),
        day: i18n::day(lang, n.first_at, c.tz()),
        corrected: if n.n > 1 { i18n::day(lang, n.at, c.tz()) } else { String::new() },
    }
}

/// An empty line parts paragraphs.
fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n").map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

fn question(q: &Question, lang: Lang) -> AskedRow {
    let choices: Vec<&str> = q.choices.iter().filter(|_| q.by_choice).map(|c| c.text(lang)).collect();
    AskedRow { text: q.text(lang).to_owned(), required: q.required, choices: choices.join(", ") }
}

fn change(ch: &PublicChange, c: &Contest, lang: Lang) -> ChangeRow {
    let moved: Vec<Moved> = serde_json::from_value(ch.what.clone()).unwrap_or_default();
    ChangeRow {
        day: i18n::day(lang, ch.at, c.tz()),
        section: ch.section.clone(),
        reason: ch.reason.clone(),
        moved: moved.into_iter().map(|m| MovedRow { field: m.field, row: m.row, old: m.old, new: m.new }).collect(),
    }
}

/// `1.500–3.000`, `≤ 3.000`, `≥ 700`, `1`; empty where nothing is limited.
fn span(lang: Lang, min: Option<i32>, max: Option<i32>) -> String {
    let n = |v: i32| i18n::number(lang, v.into());
    match (min, max) {
        (Some(a), Some(b)) if a == b => n(a),
        (Some(a), Some(b)) => format!("{}–{}", n(a), n(b)),
        (Some(a), None) => format!("≥ {}", n(a)),
        (None, Some(b)) => format!("≤ {}", n(b)),
        (None, None) => String::new(),
    }
}

fn stages(c: &Contest, lang: Lang) -> Vec<Stage> {
    let tz = c.tz();
    let now = c.phase();
    let turns = [
        ("stage-opens", Phase::Announced, Some(c.opens_at)),
        ("stage-closes", Phase::Open, Some(c.closes_at)),
        ("stage-intake", Phase::Intake, Some(c.intake_closes_at)),
        ("stage-queries", Phase::Queries, Some(c.queries_close_at)),
        ("stage-marking", Phase::Closed, None),
    ];
    let stage = |(key, of, at): (&str, Phase, Option<chrono::DateTime<chrono::Utc>>)| Stage {
        key: key.to_owned(),
        state: if now > of {
            "done"
        } else if now == of {
            "now"
        } else {
            "next"
        }
        .to_owned(),
        moment: at.map(|at| i18n::moment(lang, at, tz)).unwrap_or_default(),
    };
    // a contest that takes no late post has no such stage
    let shown = |(_, of, _): &(&str, Phase, Option<_>)| *of != Phase::Intake || c.intake_closes_at > c.closes_at;
    let mut all: Vec<Stage> = turns.into_iter().filter(shown).map(stage).collect();
    let published = c.published_at.is_some();
    if let Some(marking) = all.last_mut().filter(|_| published) {
        "done".clone_into(&mut marking.state);
    }
    all.push(Stage { key: "stage-results".into(), state: if published { "done" } else { "next" }.into(), moment: String::new() });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_prints_as_people_write_it() {
        assert_eq!(span(Lang::Vi, Some(1_500), Some(3_000)), "1.500–3.000");
        assert_eq!(span(Lang::En, None, Some(3_000)), "≤ 3,000");
        assert_eq!((span(Lang::Vi, Some(1), Some(1)), span(Lang::Vi, None, None)), ("1".into(), String::new()));
    }
}
