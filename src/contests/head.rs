//! The contest of a transaction's hat, as every page needs it: title, time zone, dates, the numbers of its rules.
use std::time::Instant;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::Dates;
use super::phase::{Phase, phase};
use crate::platform::db::{Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::i18n::Lang;
use crate::platform::page::{Frame, Tab};
use crate::platform::query::prepared;
use crate::platform::visitor::Visitor;

#[derive(QueryableByName, Clone, Debug)]
pub struct Contest {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Text)]
    pub title_vi: String,
    #[diesel(sql_type = Text)]
    pub title_en: String,
    #[diesel(sql_type = Text)]
    pub timezone: String,
    /// strict | declared
    #[diesel(sql_type = Text)]
    pub separation: String,
    #[diesel(sql_type = Timestamptz)]
    pub opens_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub closes_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub intake_closes_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub queries_close_at: DateTime<Utc>,
    /// Nothing is missing without which it could not work; until then it does not open.
    #[diesel(sql_type = Bool)]
    pub ready: bool,
    /// When the results were published.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub published_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub limit_per_category: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub limit_overall: Option<i32>,
    /// Readers per paper, k.
    #[diesel(sql_type = Integer)]
    pub readers: i32,
    /// Hundredths; a third mark strictly above.
    #[diesel(sql_type = Integer)]
    pub threshold: i32,
    /// mean3 | closest-pair | third-final
    #[diesel(sql_type = Text)]
    pub third: String,
    /// none | mark | mark_and_comments: what a contestant reads of the own marking once the results are out.
    #[diesel(sql_type = Text)]
    pub own_result: String,
    /// The database's clock.
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}

/// As it was read, and when by our own clock.
struct Head(Contest, Instant);

/// The contest that this transaction was entered for; not found where the address named none. A page that only shows takes it as it was up to
/// a second ago, and the database's hour with it; what changes something reads it.
pub async fn get_contest<H: Hat>(tx: &Tx<H>) -> Result<Contest, Failure> {
    if !tx.only_reads() {
        return read_contest(tx).await;
    }
    let mut fresh = None;
    let read = async || {
        let contest = read_contest(tx).await?;
        fresh = Some(contest.clone());
        Ok(Head(contest, Instant::now()))
    };
    let head = tx.kept(read).await?;
    let Head(contest, read_at) = &*head;
    Ok(fresh.unwrap_or_else(|| Contest { now: contest.now + read_at.elapsed(), ..contest.clone() }))
}
async fn read_contest<H: Hat>(tx: &Tx<H>) -> Result<Contest, Failure> {
    let sql = "select id, slug, title_vi, title_en, timezone, separation, opens_at, closes_at, intake_closes_at, queries_close_at, ready, published_at,
        limit_per_category, limit_overall, readers, threshold, third, own_result, phach.now() as now from contest.contest where id = phach.contest()";
    Ok(prepared(sql).get_result(&mut &**tx).await?)
}

impl Contest {
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_vi, &self.title_en)
    }
    /// UTC where the stored name is no longer known.
    pub fn tz(&self) -> Tz {
        self.timezone.parse().unwrap_or(Tz::UTC)
    }
    /// Where it stands at the database's hour. Rules that lack something stay announced, whatever the hour.
    pub fn phase(&self) -> Phase {
        let dates = Dates { opens: self.opens_at, closes: self.closes_at, intake_closes: self.intake_closes_at, queries_close: self.queries_close_at, postmark_by: None };
        if self.ready { phase(&dates, self.now) } else { Phase::Announced }
    }
    /// `/c/<slug>` and on.
    pub fn path(&self, rest: &str) -> String {
        if rest.is_empty() || rest.starts_with('?') { format!("/c/{}{rest}", self.slug) } else { format!("/c/{}/{rest}", self.slug) }
    }
    /// Where a visitor under this hat stands, with the pages that hat has.
    pub fn frame(&self, hat: &str, visitor: &Visitor) -> Frame {
        let pages: &[(&str, &'static str)] = match hat {
            "contestant" if self.published_at.is_some() => &[("entries", "tab-entries"), ("results", "tab-results"), ("", "tab-rules")],
            "contestant" => &[("entries", "tab-entries"), ("", "tab-rules")],
            "clerk" => &[("desk", "tab-desk"), ("desk/cut", "tab-cut"), ("", "tab-rules")],
            "judge" => &[("marking", "tab-marking"), ("", "tab-rules")],
            "chair" => &[("chair", "tab-chair"), ("chair/deal", "tab-deal"), ("chair/standings", "tab-standings"), ("", "tab-rules")],
            "organizer" => &[
                ("organizer", "tab-organizer"),
                ("organizer/rules", "tab-rules-edit"),
                ("organizer/news", "tab-news"),
                ("standings", "tab-standings"),
                ("prizes", "tab-prizes"),
                ("collectives", "tab-collectives"),
                ("", "tab-rules"),
            ],
            "auditor" => &[("record", "tab-record"), ("", "tab-rules")],
            _ => &[("", "tab-rules"), ("results", "tab-results"), ("entries", "tab-entries")],
        };
        // a page under a tab's own belongs to that tab; under two of them, to the longer
        let is_under = |rest: &str| visitor.path.strip_prefix(&self.path(rest)).is_some_and(|below| below.is_empty() || (!rest.is_empty() && below.starts_with('/')));
        let here = pages.iter().map(|(rest, _)| *rest).filter(|rest| is_under(rest)).max_by_key(|rest| rest.len());
        let tabs = pages.iter().map(|(rest, label)| Tab { href: self.path(rest), label, here: here == Some(*rest) });
        Frame {
            contest_href: self.path(""),
            contest_title: self.title(visitor.lang).to_owned(),
            hat: if hat == "public" { String::new() } else { hat.to_owned() },
            tabs: tabs.collect(),
            signed_in: visitor.session.is_some(),
        }
    }
}
