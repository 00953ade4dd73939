//! What the public page of a contest shows beside its rules: the call, the key holders' offices, what is done by hand.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

/// Who runs it and what it asks for.
#[derive(QueryableByName, Clone, Debug)]
pub struct Call {
    #[diesel(sql_type = Text)]
    pub host_vi: String,
    #[diesel(sql_type = Text)]
    pub host_en: String,
    /// An empty line parts paragraphs.
    #[diesel(sql_type = Text)]
    pub summary_vi: String,
    #[diesel(sql_type = Text)]
    pub summary_en: String,
}

/// A pair of texts of the rules: an office, a rule done by hand.
#[derive(QueryableByName, Clone, Debug)]
pub struct Pair {
    #[diesel(sql_type = Text)]
    pub vi: String,
    #[diesel(sql_type = Text)]
    pub en: String,
}

/// Late entries cut in a batch of fewer than five, and why.
#[derive(QueryableByName, Clone, Debug)]
pub struct Waiver {
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// A contest in the list of the front page.
#[derive(QueryableByName, Clone, Debug)]
pub struct Listed {
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Text)]
    pub title_vi: String,
    #[diesel(sql_type = Text)]
    pub title_en: String,
    #[diesel(sql_type = Text)]
    pub host_vi: String,
    #[diesel(sql_type = Text)]
    pub host_en: String,
    #[diesel(sql_type = Text)]
    pub timezone: String,
    #[diesel(sql_type = Timestamptz)]
    pub opens_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub closes_at: DateTime<Utc>,
    /// As the contest's own page: what lacks a rule is announced, whatever its dates say.
    #[diesel(sql_type = Bool)]
    pub ready: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub published_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    pub now: DateTime<Utc>,
}
