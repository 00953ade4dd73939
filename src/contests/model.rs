//! The rules of one contest as parsed values.
//!
//! Lists keep the order of the file, which is the order people see. What one value cannot promise alone
//! (references that exist, a tree without a circle, equal totals in a group) `file::parse` has checked.

mod choices;
mod values;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

pub use choices::{CategoryKind, LimitSubject, Locale, OwnResult, QuestionKind, Separation, ThirdMark};
pub use values::{Bilingual, Currency, DecimalFault, Email, Hundredths, Key, Slug};

/// Everything that a contest file says. A file is refused while something is missing; rules written on pages may lack it for
/// a time: then the summary is empty, a list is, or a reference is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruleset {
    /// What the contest is and who runs it.
    pub contest: Contest,
    /// When it opens and closes.
    pub dates: Dates,
    /// How many entries one person may send.
    pub limits: Limits,
    /// Who may enter.
    pub entrants: Entrants,
    /// What is ticked before submitting; at most 10.
    pub declarations: Vec<Declaration>,
    /// What is asked beside the work; at most 10.
    pub questions: Vec<Question>,
    /// Units that send entries, a tree; may be empty, and an entry may always name none. A parent may
    /// come after its child, so insert them in one statement.
    pub units: Vec<Unit>,
    /// What judges give marks for; at least one.
    pub rubrics: Vec<Rubric>,
    /// Lists in which entries are ranked; at least one.
    pub ranking_groups: Vec<RankingGroup>,
    /// Kinds of work; at least one.
    pub categories: Vec<Category>,
    /// How entries are read and marked.
    pub round: Round,
    /// The prize table; may be empty.
    pub prizes: Vec<Prize>,
    /// Who open the slips of winners: 2 to 5, with different addresses.
    pub key_holders: Vec<KeyHolder>,
    /// What the rules say and people do, because no code applies it yet.
    pub by_hand: Vec<Bilingual>,
}

/// What the contest is and who runs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// The name in addresses.
    pub slug: Slug,
    /// One line, at most 200 characters.
    pub title: Bilingual,
    /// Who runs it; one line, at most 200 characters.
    pub host: Bilingual,
    /// The call, at most 20,000 characters; an empty line parts paragraphs.
    pub summary: Bilingual,
    /// The zone in which people read its dates.
    pub timezone: Tz,
    /// Whether officials of the two sides are different persons.
    pub separation: Separation,
    /// The language its pages open in.
    pub locale: Locale,
    /// Whether who has an unsent draft gets a letter three days and one day before the deadline.
    pub remind_drafts: bool,
    /// Who becomes its organizer when the file is loaded.
    pub organizer: Option<Email>,
}

/// The four instants of a contest: `opens < closes <= intake_closes <= queries_close`, each the first
/// moment that no longer belongs to what came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// From here entries are taken.
    pub opens: DateTime<Utc>,
    /// From here no entry is submitted.
    pub closes: DateTime<Utc>,
    /// From here the desk records no late post.
    pub intake_closes: DateTime<Utc>,
    /// From here no contestant answers a query.
    pub queries_close: DateTime<Utc>,
    /// The last day that a postmark may bear, from the day of opening to that of the intake's close.
    pub postmark_by: Option<NaiveDate>,
}

/// Entries per person; `None` is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// In one category, 1 to 1,000; never above `overall`.
    pub per_category: Option<u32>,
    /// In the whole contest, 1 to 1,000.
    pub overall: Option<u32>,
    /// Whose entries are counted.
    pub subject: LimitSubject,
}

/// Who may enter. Ages are counted in years alone: the year in which submissions open (in the contest's zone) less the year of
/// birth, so that neither a birthday nor an extension changes who may.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Entrants {
    /// The youngest, 1 to 120.
    pub min_age: Option<u32>,
    /// Who is younger needs a guardian's name and declaration; never below `min_age`.
    pub guardian_age: Option<u32>,
    /// Officials of the contest and its key holders may not, as sender or author.
    pub bar_officials: bool,
}

/// Something a contestant ticks before submitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Unique among declarations.
    pub key: Key,
    /// At most 2,000 characters.
    pub text: Bilingual,
}

/// Something a contestant is asked beside the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Unique among questions.
    pub key: Key,
    /// One line.
    pub text: Bilingual,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Whether it must be answered.
    pub required: bool,
    /// What can be chosen, 2 to 50; empty for a text.
    pub choices: Vec<Choice>,
}

/// One answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Unique in its question.
    pub key: Key,
    /// One line.
    pub name: Bilingual,
}

/// A body that sends entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Unique among units.
    pub key: Key,
    /// One line.
    pub name: Bilingual,
    /// The unit above it.
    pub parent: Option<Key>,
}

/// What judges give marks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    /// Unique among rubrics.
    pub key: Key,
    /// One line.
    pub name: Bilingual,
    /// The smallest difference between two marks, above 0; every `max` is a multiple of it.
    pub step: Hundredths,
    /// 1 to 20.
    pub criteria: Vec<Criterion>,
}

impl Rubric {
    /// The highest mark: the sum of what its criteria allow, at most 20,000.00 when a file gave them.
    pub fn total(&self) -> Hundredths {
        self.criteria.iter().map(|criterion| criterion.max).sum()
    }
}

/// One line of a mark sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Unique in its rubric.
    pub key: Key,
    /// One line.
    pub name: Bilingual,
    /// What a judge looks for, at most 2,000 characters.
    pub description: Option<Bilingual>,
    /// The highest mark, above 0; the lowest is 0.
    pub max: Hundredths,
}

/// A list in which entries are ranked together; its categories' rubrics have one total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankingGroup {
    /// Unique among ranking groups.
    pub key: Key,
    /// One line.
    pub name: Bilingual,
}

/// A kind of work that can be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Unique among categories.
    pub key: Key,
    /// One line.
    pub name: Bilingual,
    /// What is read: the work, or the script of it.
    pub kind: CategoryKind,
    /// The length of the text.
    pub words: WordLimits,
    /// How many people may sign one work.
    pub authors: AuthorLimits,
    /// What it is marked by; none only while the rules are being written.
    pub rubric: Option<Key>,
    /// Where it is ranked; none only while the rules are being written.
    pub ranking_group: Option<Key>,
}

/// Length in syllables parted by spaces, as Word counts, 1 to 1,000,000, both ends allowed; `None` is
/// no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordLimits {
    /// The fewest.
    pub min: Option<u32>,
    /// The most.
    pub max: Option<u32>,
}

/// Authors of one work, 1 to 50, both ends allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthorLimits {
    /// The fewest.
    pub min: u32,
    /// The most.
    pub max: u32,
}

/// How entries are read and marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// Independent markings of each paper, 1 to 9.
    pub readers: u32,
    /// A difference strictly above it calls for a third mark; below the total of every rubric in use.
    pub threshold: Hundredths,
    /// What the third mark makes of the first two.
    pub third: ThirdMark,
    /// What a contestant reads of it in the end; judges know it while they write.
    pub own_result: OwnResult,
}

/// One line of the prize table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prize {
    /// Unique among prizes.
    pub key: Key,
    /// One line.
    pub name: Bilingual,
    /// 1 is the highest, 20 the lowest; unique in its ranking group, or among collective prizes.
    pub level: u32,
    /// How many are given, 1 to 10,000.
    pub count: u32,
    /// What each winner is paid.
    pub money: Option<Money>,
    /// Who has less does not get it, whatever the place; of individual prizes only.
    pub minimum: Option<Hundredths>,
    /// What a unit must have to be given it; of a collective prize only.
    pub needs: Needs,
    /// Who can win it.
    pub recipient: Recipient,
}

/// What a unit must have, with the units under it, for a collective prize; `None` asks for nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// Individual prizes of this level or a higher one count, 1 to 20; `None` is any.
    pub level: Option<u32>,
    /// So many of them; `None` is one where a level is named.
    pub prizes: Option<u32>,
    /// Entries received.
    pub received: Option<u32>,
    /// Entries valid.
    pub valid: Option<u32>,
}

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// Whole units of the currency (đồng, dollars), 1 to 10^12.
    pub amount: i64,
    /// Its currency.
    pub currency: Currency,
}

/// Who can win a prize.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// The authors of an entry, by its place in the standings of a ranking group.
    Individual {
        /// The group that it is ranked in; none only while the rules are being written.
        ranking_group: Option<Key>,
    },
    /// A unit, by people's judgement of the evidence.
    Collective,
}

impl Recipient {
    /// The words for the two kinds in a contest file and in the database.
    pub const WORDS: &[&str] = &["individual", "collective"];

    /// Its word in a contest file and in the database.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Individual { .. } => "individual",
            Self::Collective => "collective",
        }
    }
}

/// An official who holds one of the keys to the slips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolder {
    /// Whose key it is; never shown to the public.
    pub email: Email,
    /// How the public knows this holder; one line.
    pub office: Bilingual,
}
