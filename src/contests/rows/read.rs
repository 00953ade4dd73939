//! Rows into parsed values.
use std::collections::HashMap;

use uuid::Uuid;

use super::parts::{AskedRow, CategoryRow, ChoiceRow, CriterionRow, PrizeRow, RubricRow, UnitRow};
use super::{Ids, Part, Rows};
use crate::contests::model::{
    AuthorLimits, Bilingual, Category, CategoryKind, Choice, Contest, Criterion, Currency, Dates, Declaration, Email, Entrants, Hundredths, Key, KeyHolder, LimitSubject, Limits,
    Locale, Money, Needs, OwnResult, Prize, Question, QuestionKind, RankingGroup, Recipient, Round, Rubric, Ruleset, Separation, Slug, ThirdMark, Unit, WordLimits,
};

fn pair(vi: String, en: String) -> Bilingual {
    Bilingual { vi, en }
}

/// The key of a row named by its id.
fn key_of(known: &[(Uuid, Key)], id: Option<Uuid>) -> Option<Key> {
    known.iter().find(|(known, _)| Some(*known) == id).map(|(_, key)| key.clone())
}

impl Rows {
    /// Rows come in their order.
    pub(super) fn ruleset(self) -> Option<(Ruleset, Ids)> {
        let mut ids = Ids::default();
        let mut keep = |part: Part, key: &str, id: Uuid| {
            ids.0.insert((part, key.to_owned()), id);
        };
        self.rubrics.iter().for_each(|x| keep(Part::Rubric, &x.key, x.id));
        self.ranking_groups.iter().for_each(|x| keep(Part::Group, &x.key, x.id));
        self.categories.iter().for_each(|x| keep(Part::Category, &x.key, x.id));
        self.units.iter().for_each(|x| keep(Part::Unit, &x.key, x.id));
        self.prizes.iter().for_each(|x| keep(Part::Prize, &x.key, x.id));
        self.key_holders.iter().for_each(|x| keep(Part::Holder, &x.email_key, x.id));
        self.declarations.iter().for_each(|x| keep(Part::Declaration, &x.key, x.id));
        self.questions.iter().for_each(|x| keep(Part::Question, &x.key, x.id));
        for c in &self.criteria {
            let owner = self.rubrics.iter().find(|x| x.id == c.rubric)?;
            keep(Part::Criterion, &format!("{} {}", owner.key, c.key), c.id);
        }
        for c in &self.question_choices {
            let owner = self.questions.iter().find(|x| x.id == c.question)?;
            keep(Part::Choice, &format!("{} {}", owner.key, c.key), c.id);
        }
        Some((self.parsed()?, ids))
    }

    fn parsed(mut self) -> Option<Ruleset> {
        let contest = self.contest()?;
        let round = Round {
            readers: self.readers,
            threshold: Hundredths::new(self.threshold),
            third: ThirdMark::from_word(&self.third)?,
            own_result: OwnResult::from_word(&self.own_result)?,
        };
        let limits = Limits { per_category: self.limit_per_category, overall: self.limit_overall, subject: LimitSubject::from_word(&self.limit_subject)? };
        let entrants = Entrants { min_age: self.min_age, guardian_age: self.guardian_age, bar_officials: self.bar_officials };
        let dates =
            Dates { opens: self.opens_at, closes: self.closes_at, intake_closes: self.intake_closes_at, queries_close: self.queries_close_at, postmark_by: self.postmark_by };
        let rubric_keys: Vec<(Uuid, Key)> = self.rubrics.iter().map(|x| Some((x.id, Key::parse(&x.key)?))).collect::<Option<_>>()?;
        let group_keys: Vec<(Uuid, Key)> = self.ranking_groups.iter().map(|x| Some((x.id, Key::parse(&x.key)?))).collect::<Option<_>>()?;
        let unit_keys: HashMap<Uuid, String> = self.units.iter().map(|x| (x.id, x.key.clone())).collect();
        let criteria = std::mem::take(&mut self.criteria);
        let choices = std::mem::take(&mut self.question_choices);
        Some(Ruleset {
            contest,
            dates,
            limits,
            entrants,
            round,
            units: self.units.into_iter().map(|u| unit(u, &unit_keys)).collect::<Option<_>>()?,
            rubrics: self.rubrics.into_iter().map(|x| rubric(x, &criteria)).collect::<Option<_>>()?,
            ranking_groups: self.ranking_groups.into_iter().map(|g| Some(RankingGroup { key: Key::parse(&g.key)?, name: pair(g.name_vi, g.name_en) })).collect::<Option<_>>()?,
            categories: self.categories.into_iter().map(|k| category(k, &rubric_keys, &group_keys)).collect::<Option<_>>()?,
            prizes: self.prizes.into_iter().map(|p| prize(p, &group_keys)).collect::<Option<_>>()?,
            key_holders: self
                .key_holders
                .into_iter()
                .map(|h| Some(KeyHolder { email: Email::parse(&h.email_key)?, office: pair(h.office_vi, h.office_en) }))
                .collect::<Option<_>>()?,
            declarations: self.declarations.into_iter().map(|x| Some(Declaration { key: Key::parse(&x.key)?, text: pair(x.text_vi, x.text_en) })).collect::<Option<_>>()?,
            questions: self.questions.into_iter().map(|q| question(q, &choices)).collect::<Option<_>>()?,
            by_hand: self.by_hand.into_iter().map(|b| pair(b.rule_vi, b.rule_en)).collect(),
        })
    }

    fn contest(&mut self) -> Option<Contest> {
        let take = std::mem::take::<String>;
        Some(Contest {
            slug: Slug::parse(&self.slug)?,
            title: pair(take(&mut self.title_vi), take(&mut self.title_en)),
            host: pair(take(&mut self.host_vi), take(&mut self.host_en)),
            summary: pair(take(&mut self.summary_vi), take(&mut self.summary_en)),
            timezone: self.timezone.parse().ok()?,
            separation: Separation::from_word(&self.separation)?,
            locale: Locale::from_word(&self.lang)?,
            remind_drafts: self.remind_drafts,
            // an account's address may be one that a file cannot name
            organizer: self.organizer.as_deref().and_then(Email::parse),
        })
    }
}

fn rubric(x: RubricRow, criteria: &[CriterionRow]) -> Option<Rubric> {
    let own = criteria.iter().filter(|c| c.rubric == x.id);
    let criterion = |c: &CriterionRow| {
        let described = !c.description_vi.is_empty() || !c.description_en.is_empty();
        Some(Criterion {
            key: Key::parse(&c.key)?,
            name: pair(c.name_vi.clone(), c.name_en.clone()),
            description: described.then(|| pair(c.description_vi.clone(), c.description_en.clone())),
            max: Hundredths::new(c.max),
        })
    };
    let criteria = own.map(criterion).collect::<Option<_>>()?;
    Some(Rubric { key: Key::parse(&x.key)?, name: pair(x.name_vi, x.name_en), step: Hundredths::new(x.step), criteria })
}

fn category(k: CategoryRow, rubrics: &[(Uuid, Key)], groups: &[(Uuid, Key)]) -> Option<Category> {
    Some(Category {
        key: Key::parse(&k.key)?,
        name: pair(k.name_vi, k.name_en),
        kind: CategoryKind::from_word(&k.kind)?,
        words: WordLimits { min: k.min_words, max: k.max_words },
        authors: AuthorLimits { min: k.min_authors, max: k.max_authors },
        rubric: key_of(rubrics, k.rubric),
        ranking_group: key_of(groups, k.ranking_group),
    })
}

fn unit(u: UnitRow, keys: &HashMap<Uuid, String>) -> Option<Unit> {
    let parent = u.parent.and_then(|p| keys.get(&p)).and_then(|key| Key::parse(key));
    Some(Unit { key: Key::parse(&u.key)?, name: pair(u.name_vi, u.name_en), parent })
}

fn prize(p: PrizeRow, groups: &[(Uuid, Key)]) -> Option<Prize> {
    let recipient = if p.kind == Recipient::Collective.word() { Recipient::Collective } else { Recipient::Individual { ranking_group: key_of(groups, p.ranking_group) } };
    let money = match (p.amount, p.currency) {
        (Some(amount), Some(currency)) => Some(Money { amount, currency: Currency::parse(&currency)? }),
        _ => None,
    };
    let needs = Needs { level: p.needs_level, prizes: p.needs_prizes, received: p.needs_received, valid: p.needs_valid };
    Some(Prize { key: Key::parse(&p.key)?, name: pair(p.name_vi, p.name_en), level: p.level, count: p.places, money, minimum: p.minimum.map(Hundredths::new), needs, recipient })
}

fn question(q: AskedRow, choices: &[ChoiceRow]) -> Option<Question> {
    let own = choices.iter().filter(|c| c.question == q.id);
    let choice = |c: &ChoiceRow| Some(Choice { key: Key::parse(&c.key)?, name: pair(c.name_vi.clone(), c.name_en.clone()) });
    let choices = own.map(choice).collect::<Option<_>>()?;
    Some(Question { key: Key::parse(&q.key)?, text: pair(q.text_vi, q.text_en), kind: QuestionKind::from_word(q.kind.as_deref()?)?, required: q.required?, choices })
}
