//! Rows of the named side as their contestant may read them.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Binary, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An entry in its contestant's list.
#[derive(QueryableByName, Clone, Debug)]
pub struct Listed {
    #[diesel(embed)]
    pub entry: Entry,
    /// Of the version that counts, else of the draft; so are the next two.
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub category: Option<Uuid>,
    /// Names, parted by commas.
    #[diesel(sql_type = Text)]
    pub authors: String,
    /// While queried: until when the desk asked for an answer.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub due_at: Option<DateTime<Utc>>,
    /// After the cut: until when the desk waits for a repaired text that has not been sent.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub repair_due: Option<DateTime<Utc>>,
    /// The last change, be it of the draft.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// The draft was saved after the version that counts was received.
    #[diesel(sql_type = Bool)]
    pub changed: bool,
}

/// With what a new entry begins.
#[derive(QueryableByName, Clone, Debug, Default)]
pub struct Beginning {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub category: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit: Option<Uuid>,
    /// A list of `TypedAuthor`.
    #[diesel(sql_type = Jsonb)]
    pub authors: serde_json::Value,
    /// A `TypedAsked`.
    #[diesel(sql_type = Jsonb)]
    pub asked: serde_json::Value,
}

/// An entry as its contestant sees it.
#[derive(QueryableByName, Clone, Debug)]
pub struct Entry {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// draft | waiting | queried | valid | refused | withdrawn | struck_out
    #[diesel(sql_type = Text)]
    pub state: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub number: Option<i32>,
    /// 0: nothing submitted yet.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    #[diesel(sql_type = Bool)]
    pub cut: bool,
    /// Cut, and the ranking is sealed since: it cannot be withdrawn any more.
    #[diesel(sql_type = Bool)]
    pub sealed: bool,
    /// It came by post, and an account has claimed it.
    #[diesel(sql_type = Bool)]
    pub by_post: bool,
    /// Its own deadline, where the desk gave it one; the later of the two counts.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub extended_to: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    pub state_at: DateTime<Utc>,
    /// Of the version that counts.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub submitted_at: Option<DateTime<Utc>>,
}

/// What is being written.
#[derive(QueryableByName, Clone, Debug)]
pub struct Draft {
    #[diesel(sql_type = Integer)]
    pub revision: i32,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub category: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    #[diesel(sql_type = Bool)]
    pub use_file: bool,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub attachment: Option<Uuid>,
    #[diesel(sql_type = Jsonb)]
    pub authors: serde_json::Value,
    #[diesel(sql_type = Text)]
    pub note: String,
    /// A `TypedAsked`.
    #[diesel(sql_type = Jsonb)]
    pub asked: serde_json::Value,
    #[diesel(sql_type = Timestamptz)]
    pub saved_at: DateTime<Utc>,
    /// Texts that gave way to another are kept beside it.
    #[diesel(sql_type = Bool)]
    pub kept: bool,
}

/// A file attached. Its text only where it is wanted.
#[derive(QueryableByName, Clone, Debug)]
pub struct Attachment {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub storage_key: String,
    #[diesel(sql_type = Text)]
    pub file_name: String,
    #[diesel(sql_type = Integer)]
    pub bytes: i32,
    #[diesel(sql_type = Binary)]
    pub sha256: Vec<u8>,
    /// pending | read | unreadable
    #[diesel(sql_type = Text)]
    pub state: String,
    /// Why unreadable: a code of room `documents`.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub words: Option<i32>,
    #[diesel(sql_type = Jsonb)]
    pub warnings: serde_json::Value,
}

/// What was received.
#[derive(QueryableByName, Clone, Debug)]
pub struct Version {
    #[diesel(sql_type = Integer)]
    pub n: i32,
    #[diesel(sql_type = SqlUuid)]
    pub category: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub unit: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub words: Option<i32>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub attachment: Option<Uuid>,
    /// Empty: it came on paper and is not typed yet.
    #[diesel(sql_type = Binary)]
    pub sha256: Vec<u8>,
    #[diesel(sql_type = Text)]
    pub receipt: String,
    /// What was ticked and answered: a list of `asked::Answered`.
    #[diesel(sql_type = Jsonb)]
    pub answers: serde_json::Value,
    #[diesel(sql_type = Timestamptz)]
    pub received_at: DateTime<Utc>,
}

/// What the desk decided, as the contestant reads it.
#[derive(QueryableByName, Clone, Debug)]
pub struct Decision {
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// valid | query | refused
    #[diesel(sql_type = Text)]
    pub verdict: String,
    /// Empty: the program's own query about a file that could not be read.
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// Of a query: until when the desk asks for an answer; the author may answer until queries close.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub due_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// An author as typed; the first is the contact. Kept in the draft as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedAuthor {
    pub name: String,
    pub pen: String,
    pub year: String,
    pub email: String,
    pub phone: String,
    /// The name of who answers for a minor.
    pub guardian: String,
    pub guardian_agrees: bool,
}

impl TypedAuthor {
    pub fn is_blank(&self) -> bool {
        *self == TypedAuthor::default()
    }
}
