//! A file read section by section, as far as it can be read.

use toml::de::DeTable;

use super::super::model::{Bilingual, Category, Contest, Dates, Declaration, Entrants, KeyHolder, Limits, Prize, Question, RankingGroup, Round, Rubric, Ruleset, Unit};
use super::reader::{Lined, Log, Table};
use super::{asked, contest, dates, people, scoring};

/// What could be read. Items with mistakes are missing from the lists; the log knows of them.
pub(super) struct Draft {
    pub(super) contest: Option<Contest>,
    pub(super) dates: Option<Dates>,
    pub(super) limits: Limits,
    pub(super) entrants: Entrants,
    pub(super) declarations: Vec<Declaration>,
    pub(super) questions: Vec<Question>,
    pub(super) units: Vec<Lined<Unit>>,
    pub(super) rubrics: Vec<Lined<Rubric>>,
    pub(super) ranking_groups: Vec<Lined<RankingGroup>>,
    pub(super) categories: Vec<Lined<Category>>,
    /// Whether no category is missing: only then can one say that nobody uses a rubric.
    pub(super) has_every_category: bool,
    pub(super) round: Option<Lined<Round>>,
    pub(super) prizes: Vec<Lined<Prize>>,
    pub(super) key_holders: Vec<Lined<KeyHolder>>,
    pub(super) by_hand: Vec<Bilingual>,
}

pub(super) fn read(log: &mut Log, root: &DeTable<'_>) -> Draft {
    let root = Table::root(log, root);
    let (contest, zone) = contest::contest(log, &root);
    let scoring = scoring::scoring(log, &root);
    Draft {
        contest,
        dates: dates::dates(log, &root, zone),
        limits: contest::limits(log, &root),
        entrants: contest::entrants(log, &root),
        declarations: asked::declarations(log, &root),
        questions: asked::questions(log, &root),
        units: people::units(log, &root),
        prizes: people::prizes(log, &root, &scoring.group_keys),
        rubrics: scoring.rubrics,
        ranking_groups: scoring.ranking_groups,
        categories: scoring.categories,
        has_every_category: scoring.has_every_category,
        round: contest::round(log, &root),
        key_holders: people::key_holders(log, &root),
        by_hand: people::by_hand(log, &root),
    }
}

impl Draft {
    /// The rules, unless something that every contest has could not be read.
    pub(super) fn into_ruleset(self) -> Option<Ruleset> {
        Some(Ruleset {
            contest: self.contest?,
            dates: self.dates?,
            limits: self.limits,
            entrants: self.entrants,
            declarations: self.declarations,
            questions: self.questions,
            units: items(self.units),
            rubrics: items(self.rubrics),
            ranking_groups: items(self.ranking_groups),
            categories: items(self.categories),
            round: self.round?.item,
            prizes: items(self.prizes),
            key_holders: items(self.key_holders),
            by_hand: self.by_hand,
        })
    }
}

fn items<T>(lined: Vec<Lined<T>>) -> Vec<T> {
    lined.into_iter().map(|lined| lined.item).collect()
}
