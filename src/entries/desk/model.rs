//! Rows of the named side as the desk may read them.
use chrono::{DateTime, NaiveDate, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Date, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

/// A row of the queue.
#[derive(QueryableByName, Clone, Debug)]
pub struct Queued {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Integer)]
    pub number: i32,
    #[diesel(sql_type = Text)]
    pub state: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Timestamptz)]
    pub submitted_at: DateTime<Utc>,
    /// Since when it is in its state.
    #[diesel(sql_type = Timestamptz)]
    pub state_at: DateTime<Utc>,
    /// While queried: until when an answer was asked for.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub due_at: Option<DateTime<Utc>>,
    /// Open doubts, a bit each: `filter::flags_of`.
    #[diesel(sql_type = Integer)]
    pub flags: i32,
    /// Syllables; None where the file is not read.
    #[diesel(sql_type = Nullable<Integer>)]
    pub words: Option<i32>,
    /// pending | read | unreadable | untyped (on paper only); None: typed.
    #[diesel(sql_type = Nullable<Text>)]
    pub reading: Option<String>,
    /// The version that counts was written by the desk.
    #[diesel(sql_type = Bool)]
    pub by_desk: bool,
    /// Codes of room `documents`.
    #[diesel(sql_type = Jsonb)]
    pub warnings: serde_json::Value,
}

/// Open doubts of a kind.
#[derive(QueryableByName, Clone, Debug)]
pub struct Doubts {
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// A hundred: or more.
    #[diesel(sql_type = Integer)]
    pub n: i32,
}
/// What may give an author away, and where it would stand.
#[derive(QueryableByName, Clone, Debug, Default)]
pub struct Slip {
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub body: Option<String>,
    /// Guardians too.
    #[diesel(sql_type = Array<Text>)]
    pub names: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    pub pens: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    pub emails: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    pub phones: Vec<String>,
    /// In both languages; none where no unit is named.
    #[diesel(sql_type = Array<Text>)]
    pub units: Vec<String>,
}

/// An entry that was received.
#[derive(QueryableByName, Clone, Debug)]
pub struct Received {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// waiting | queried | valid | refused | withdrawn | struck_out
    #[diesel(sql_type = Text)]
    pub state: String,
    /// The version that counts.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    #[diesel(sql_type = Bool)]
    pub cut: bool,
    /// The ranking is sealed: no entry leaves it by the desk, and no text of it changes.
    #[diesel(sql_type = Bool)]
    pub sealed: bool,
    /// The desk wrote it down from an envelope.
    #[diesel(sql_type = Bool)]
    pub by_post: bool,
    #[diesel(sql_type = Timestamptz)]
    pub state_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub due_at: Option<DateTime<Utc>>,
}

/// A version with its file, and its text where it is wanted.
#[derive(QueryableByName, Clone, Debug)]
pub struct Version {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Integer)]
    pub n: i32,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub body: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub words: Option<i32>,
    /// Empty: on paper only.
    #[diesel(sql_type = Binary)]
    pub sha256: Vec<u8>,
    #[diesel(sql_type = Text)]
    pub receipt: String,
    /// The contestant's answer to a query.
    #[diesel(sql_type = Text)]
    pub note: String,
    /// What was ticked and answered: `entries::asked`.
    #[diesel(sql_type = Jsonb)]
    pub answers: serde_json::Value,
    #[diesel(sql_type = Timestamptz)]
    pub received_at: DateTime<Utc>,
    /// The desk wrote it down from paper, then.
    #[diesel(sql_type = Bool)]
    pub by_desk: bool,
    #[diesel(sql_type = Nullable<Text>)]
    pub storage_key: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub file_name: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub bytes: Option<i32>,
    /// pending | read | unreadable | untyped (on paper only); None: typed.
    #[diesel(sql_type = Nullable<Text>)]
    pub reading: Option<String>,
    /// Why unreadable: a code of room `documents`.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    #[diesel(sql_type = Jsonb)]
    pub warnings: serde_json::Value,
}

impl Version {
    /// There is a text to read.
    pub fn is_readable(&self) -> bool {
        self.reading.as_deref().is_none_or(|r| r == "read")
    }
    /// Codes of what the reader left out.
    pub fn warnings(&self) -> Vec<String> {
        serde_json::from_value(self.warnings.clone()).unwrap_or_default()
    }
}

/// Who wrote it.
#[derive(QueryableByName, Clone, Debug)]
pub struct Author {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub pen_name: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub birth_year: Option<i32>,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub phone: String,
    /// Who answers for a minor; empty: nobody is named.
    #[diesel(sql_type = Text)]
    pub guardian: String,
    #[diesel(sql_type = Bool)]
    pub guardian_agrees: bool,
}

/// A decision of the desk.
#[derive(QueryableByName, Clone, Debug)]
pub struct Decision {
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// valid | query | refused
    #[diesel(sql_type = Text)]
    pub verdict: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// me | other | program
    #[diesel(sql_type = Text)]
    pub by: String,
    /// Of the clerk; empty for the program.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Of a query: until when an answer was asked for.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub due_at: Option<DateTime<Utc>>,
    /// Condition of the rules → ok | no | open, as it stood then.
    #[diesel(sql_type = Jsonb)]
    pub checks: serde_json::Value,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// How many entries of a category are in a state.
#[derive(QueryableByName, Clone, Debug)]
pub struct Count {
    #[diesel(sql_type = Text)]
    pub state: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Bool)]
    pub cut: bool,
    #[diesel(sql_type = BigInt)]
    pub n: i64,
}

/// A doubt about an entry.
#[derive(QueryableByName, Clone, Debug)]
pub struct Flag {
    /// One of `filter::FLAGS`.
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Timestamptz)]
    pub raised_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub settled_at: Option<DateTime<Utc>>,
    /// Why a clerk settled it; empty where the program lowered it.
    #[diesel(sql_type = Text)]
    pub note: String,
    /// The entries that it means: a list of `Meant`, by number.
    #[diesel(sql_type = Jsonb)]
    pub others: serde_json::Value,
}
/// An entry that a doubt means.
#[derive(serde::Deserialize, Clone, Debug)]
pub struct Meant {
    pub id: Uuid,
    pub number: i32,
}

/// Another clerk who has the entry open.
#[derive(QueryableByName, Clone, Debug)]
pub struct Holder {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
}

/// A text that the desk keeps for its messages.
#[derive(QueryableByName, Clone, Debug)]
pub struct Template {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Either may be empty, not both.
    #[diesel(sql_type = Text)]
    pub vi: String,
    #[diesel(sql_type = Text)]
    pub en: String,
}

/// A filter that a clerk keeps.
#[derive(QueryableByName, Clone, Debug)]
pub struct SavedSearch {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// As `Filter::query` wrote it.
    #[diesel(sql_type = Text)]
    pub query: String,
}

/// What an entry is checked for before it may be valid unopened.
#[derive(QueryableByName, Clone, Debug)]
pub struct Checked {
    #[diesel(sql_type = Integer)]
    pub number: i32,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Integer)]
    pub version: i32,
    #[diesel(sql_type = Nullable<Integer>)]
    pub words: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub min_words: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub max_words: Option<i32>,
    #[diesel(sql_type = Integer)]
    pub authors: i32,
    /// Why not, in order; empty where it may be valid.
    #[diesel(sql_type = Array<Text>)]
    pub fails: Vec<String>,
}

/// What became of one entry of a selection.
#[derive(QueryableByName, Clone, Debug)]
pub struct Outcome {
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// None: it is valid now.
    #[diesel(sql_type = Nullable<Text>)]
    pub left_for: Option<String>,
}

/// A line of a list to take away.
#[derive(QueryableByName, Clone, Debug)]
pub struct Line {
    #[diesel(sql_type = Integer)]
    pub number: i32,
    #[diesel(sql_type = Text)]
    pub receipt: String,
    #[diesel(sql_type = Text)]
    pub state: String,
    #[diesel(sql_type = Bool)]
    pub cut: bool,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub words: Option<i32>,
    /// Of all authors, parted by semicolons; so are the next five.
    #[diesel(sql_type = Nullable<Text>)]
    pub names: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub pens: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub years: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub emails: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub phones: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub guardians: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub received_at: DateTime<Utc>,
    /// Of what came by post, as written down last; so are the next two.
    #[diesel(sql_type = Nullable<Date>)]
    pub postmark: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub arrived_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    pub condition: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub state_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub due_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Integer)]
    pub flags: i32,
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// Question → what was answered: words, or the id of a choice.
    #[diesel(sql_type = Jsonb)]
    pub answers: serde_json::Value,
}
