//! Parsed values into rows.
use uuid::Uuid;

use super::parts::{AskedRow, CategoryRow, ChoiceRow, CriterionRow, HandRow, HolderRow, NamedRow, PrizeRow, RubricRow, UnitRow};
use super::{Ids, Part, Rows, fingerprint};
use crate::contests::model::{Bilingual, Category, Criterion, Hundredths, Key, Prize, Question, QuestionKind, Recipient, Rubric, Ruleset};

fn under(owner: &Key, own: &Key) -> String {
    format!("{} {}", owner.as_str(), own.as_str())
}

/// Hundredths: the highest mark in a ranking group; 0 for one without categories.
fn total_of(r: &Ruleset, group: &Key) -> i32 {
    let category = r.categories.iter().find(|k| k.ranking_group.as_ref() == Some(group) && k.rubric.is_some());
    category.and_then(|k| r.rubrics.iter().find(|x| Some(&x.key) == k.rubric.as_ref())).map_or(0, |x| x.total().get())
}

fn numbered<T, R>(list: &[T], mut row: impl FnMut(&T, usize) -> R) -> Vec<R> {
    list.iter().enumerate().map(|(i, item)| row(item, i + 1)).collect()
}

impl Rows {
    pub(super) fn of(r: &Ruleset, ids: &mut Ids, id: Uuid) -> Rows {
        let (c, d) = (&r.contest, &r.dates);
        Rows {
            id,
            slug: c.slug.as_str().to_owned(),
            title_vi: c.title.vi.clone(),
            title_en: c.title.en.clone(),
            host_vi: c.host.vi.clone(),
            host_en: c.host.en.clone(),
            summary_vi: c.summary.vi.clone(),
            summary_en: c.summary.en.clone(),
            timezone: c.timezone.name().to_owned(),
            lang: c.locale.word().to_owned(),
            separation: c.separation.word().to_owned(),
            opens_at: d.opens,
            closes_at: d.closes,
            intake_closes_at: d.intake_closes,
            queries_close_at: d.queries_close,
            postmark_by: d.postmark_by,
            min_age: r.entrants.min_age,
            guardian_age: r.entrants.guardian_age,
            bar_officials: r.entrants.bar_officials,
            remind_drafts: r.contest.remind_drafts,
            limit_per_category: r.limits.per_category,
            limit_overall: r.limits.overall,
            limit_subject: r.limits.subject.word().to_owned(),
            readers: r.round.readers,
            threshold: r.round.threshold.get(),
            third: r.round.third.word().to_owned(),
            own_result: r.round.own_result.word().to_owned(),
            organizer: c.organizer.as_ref().map(|o| o.as_str().to_owned()),
            rubrics: numbered(&r.rubrics, |x, position| RubricRow {
                id: ids.of(Part::Rubric, x.key.as_str()),
                key: x.key.as_str().to_owned(),
                name_vi: x.name.vi.clone(),
                name_en: x.name.en.clone(),
                step: x.step.get(),
                total: x.total().get(),
                position,
            }),
            criteria: r.rubrics.iter().flat_map(|x| criteria(x, ids)).collect(),
            ranking_groups: numbered(&r.ranking_groups, |g, position| NamedRow {
                id: ids.of(Part::Group, g.key.as_str()),
                key: g.key.as_str().to_owned(),
                name_vi: g.name.vi.clone(),
                name_en: g.name.en.clone(),
                total: total_of(r, &g.key),
                position,
            }),
            categories: numbered(&r.categories, |k, position| category(k, ids, position)),
            units: numbered(&r.units, |u, position| UnitRow {
                id: ids.of(Part::Unit, u.key.as_str()),
                key: u.key.as_str().to_owned(),
                name_vi: u.name.vi.clone(),
                name_en: u.name.en.clone(),
                parent: u.parent.as_ref().map(|p| ids.of(Part::Unit, p.as_str())),
                position,
            }),
            prizes: numbered(&r.prizes, |p, position| prize(p, ids, position)),
            key_holders: numbered(&r.key_holders, |h, position| HolderRow {
                id: ids.of(Part::Holder, h.email.as_str()),
                email_key: h.email.as_str().to_owned(),
                office_vi: h.office.vi.clone(),
                office_en: h.office.en.clone(),
                position,
            }),
            declarations: numbered(&r.declarations, |x, position| asked((Part::Declaration, &x.key), &x.text, None, ids, position)),
            questions: numbered(&r.questions, |x, position| asked((Part::Question, &x.key), &x.text, Some((x.kind, x.required)), ids, position)),
            question_choices: r.questions.iter().flat_map(|q| choices(q, ids)).collect(),
            by_hand: numbered(&r.by_hand, |b, position| HandRow { rule_vi: b.vi.clone(), rule_en: b.en.clone(), position }),
            rules_sha256: fingerprint(r),
        }
    }
}

fn criteria(rubric: &Rubric, ids: &mut Ids) -> Vec<CriterionRow> {
    let owner = ids.of(Part::Rubric, rubric.key.as_str());
    let about = |c: &Criterion| c.description.clone().map_or_else(|| (String::new(), String::new()), |d| (d.vi, d.en));
    numbered(&rubric.criteria, |c, position| {
        let (description_vi, description_en) = about(c);
        CriterionRow {
            id: ids.of(Part::Criterion, &under(&rubric.key, &c.key)),
            rubric: owner,
            key: c.key.as_str().to_owned(),
            name_vi: c.name.vi.clone(),
            name_en: c.name.en.clone(),
            description_vi,
            description_en,
            max: c.max.get(),
            position,
        }
    })
}

fn category(k: &Category, ids: &mut Ids, position: usize) -> CategoryRow {
    CategoryRow {
        id: ids.of(Part::Category, k.key.as_str()),
        key: k.key.as_str().to_owned(),
        name_vi: k.name.vi.clone(),
        name_en: k.name.en.clone(),
        kind: k.kind.word().to_owned(),
        min_words: k.words.min,
        max_words: k.words.max,
        min_authors: k.authors.min,
        max_authors: k.authors.max,
        rubric: k.rubric.as_ref().map(|x| ids.of(Part::Rubric, x.as_str())),
        ranking_group: k.ranking_group.as_ref().map(|g| ids.of(Part::Group, g.as_str())),
        position,
    }
}

fn prize(p: &Prize, ids: &mut Ids, position: usize) -> PrizeRow {
    let group = match &p.recipient {
        Recipient::Individual { ranking_group } => ranking_group.as_ref().map(|g| ids.of(Part::Group, g.as_str())),
        Recipient::Collective => None,
    };
    PrizeRow {
        id: ids.of(Part::Prize, p.key.as_str()),
        key: p.key.as_str().to_owned(),
        name_vi: p.name.vi.clone(),
        name_en: p.name.en.clone(),
        kind: p.recipient.word().to_owned(),
        ranking_group: group,
        level: p.level,
        places: p.count,
        amount: p.money.as_ref().map(|m| m.amount),
        currency: p.money.as_ref().map(|m| m.currency.as_str().to_owned()),
        minimum: p.minimum.map(Hundredths::get),
        needs_level: p.needs.level,
        needs_prizes: p.needs.prizes,
        needs_received: p.needs.received,
        needs_valid: p.needs.valid,
        position,
    }
}

fn asked((part, key): (Part, &Key), text: &Bilingual, how: Option<(QuestionKind, bool)>, ids: &mut Ids, position: usize) -> AskedRow {
    AskedRow {
        id: ids.of(part, key.as_str()),
        key: key.as_str().to_owned(),
        text_vi: text.vi.clone(),
        text_en: text.en.clone(),
        kind: how.map(|(kind, _)| kind.word().to_owned()),
        required: how.map(|(_, required)| required),
        position,
    }
}

fn choices(q: &Question, ids: &mut Ids) -> Vec<ChoiceRow> {
    let question = ids.of(Part::Question, q.key.as_str());
    numbered(&q.choices, |c, position| ChoiceRow {
        id: ids.of(Part::Choice, &under(&q.key, &c.key)),
        question,
        key: c.key.as_str().to_owned(),
        name_vi: c.name.vi.clone(),
        name_en: c.name.en.clone(),
        position,
    })
}
