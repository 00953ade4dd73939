//! A request for a repaired text, and what came back, as either hat may read them.
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Binary, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

/// What the desk asked for, how it ended, and what came: everything from `came` on is None or empty where nothing did.
#[derive(QueryableByName, Clone, Debug)]
pub struct Repair {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// What is wrong with the text that stands; its author reads it.
    #[diesel(sql_type = Text)]
    pub message: String,
    #[diesel(sql_type = Timestamptz)]
    pub due_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub asked_at: DateTime<Utc>,
    /// taken | unusable | taken-back | lapsed | entry-ended; None: it is open.
    #[diesel(sql_type = Nullable<Text>)]
    pub ended: Option<String>,
    /// Why what came cannot be used.
    #[diesel(sql_type = Text)]
    pub answer: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub ended_at: Option<DateTime<Utc>>,
    /// Of the reading.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub came: Option<Uuid>,
    /// None: it was typed.
    #[diesel(sql_type = Nullable<Text>)]
    pub file_name: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    pub bytes: Option<i32>,
    #[diesel(sql_type = Binary)]
    pub sha256: Vec<u8>,
    /// Its clean text; empty where the request has ended.
    #[diesel(sql_type = Text)]
    pub body: String,
    #[diesel(sql_type = Integer)]
    pub words: i32,
    /// Codes of room `documents`.
    #[diesel(sql_type = Jsonb)]
    pub warnings: serde_json::Value,
    /// What stands in its author's form; the desk never has it.
    #[diesel(sql_type = Text)]
    pub typed: String,
    /// None: only its author has looked at it.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub sent_at: Option<DateTime<Utc>>,
}

/// Byte for byte what came.
#[derive(QueryableByName, Clone, Debug)]
pub struct Original {
    #[diesel(sql_type = Nullable<Text>)]
    pub storage_key: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub file_name: Option<String>,
    #[diesel(sql_type = Text)]
    pub body: String,
}
