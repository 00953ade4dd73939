//! What the desk knows of an envelope.
use chrono::{DateTime, NaiveDate, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Date, Nullable, Text, Timestamptz};

/// As it was written down last, and what became of its code.
#[derive(QueryableByName, Clone, Debug)]
pub struct Envelope {
    /// None: handed in, or none that can be read; then the day of arrival counts.
    #[diesel(sql_type = Nullable<Date>)]
    pub postmark: Option<NaiveDate>,
    #[diesel(sql_type = Timestamptz)]
    pub arrived_at: DateTime<Utc>,
    /// One of `rules::CONDITIONS`.
    #[diesel(sql_type = Text)]
    pub condition: String,
    /// What the clerk noted; may be empty.
    #[diesel(sql_type = Text)]
    pub note: String,
    /// Posted too late: it cannot be valid.
    #[diesel(sql_type = Bool)]
    pub late: bool,
    /// An account has taken it up.
    #[diesel(sql_type = Bool)]
    pub claimed: bool,
    /// When the code that counts, or counted, was issued.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub code_at: Option<DateTime<Utc>>,
    /// An author's e-mail was written down.
    #[diesel(sql_type = Bool)]
    pub reachable: bool,
}
