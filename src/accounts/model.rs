//! Nouns of the room.
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Nullable, Text, Uuid as SqlUuid};
use serde::Serialize;
use uuid::Uuid;

use crate::id;

id!(
    /// A person who signs in.
    AccountId
);

/// The hats that an invitation can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HatWord {
    Clerk,
    Judge,
    Chair,
    Organizer,
    Auditor,
}

impl HatWord {
    pub const ALL: [HatWord; 5] = [HatWord::Clerk, HatWord::Judge, HatWord::Chair, HatWord::Organizer, HatWord::Auditor];
    pub fn word(self) -> &'static str {
        match self {
            HatWord::Clerk => "clerk",
            HatWord::Judge => "judge",
            HatWord::Chair => "chair",
            HatWord::Organizer => "organizer",
            HatWord::Auditor => "auditor",
        }
    }
    pub fn parse(s: &str) -> Option<HatWord> {
        HatWord::ALL.into_iter().find(|h| h.word() == s)
    }
    /// Where that hat's work begins, under the contest's address.
    pub fn door(self) -> &'static str {
        match self {
            HatWord::Clerk => "desk",
            HatWord::Judge => "marking",
            HatWord::Chair => "chair",
            HatWord::Organizer => "organizer",
            HatWord::Auditor => "record",
        }
    }
}

/// The visitor, as the account's own eyes see it.
#[derive(QueryableByName, Clone, Debug)]
pub struct Me {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub lang: String,
    #[diesel(sql_type = Bool)]
    pub confirmed: bool,
    #[diesel(sql_type = Bool)]
    pub may_create: bool,
}

/// A hat worn in a contest.
#[derive(QueryableByName, Clone, Debug)]
pub struct MyHat {
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Text)]
    pub title_vi: String,
    #[diesel(sql_type = Text)]
    pub title_en: String,
    /// A hat's word, or `key-holder`.
    #[diesel(sql_type = Text)]
    pub hat: String,
}

impl MyHat {
    /// Where its work begins.
    pub fn href(&self) -> String {
        let door = HatWord::parse(&self.hat).map_or("opening", HatWord::door);
        format!("/c/{}/{door}", self.slug)
    }
}

/// A key that the visitor holds, and what it waits for.
#[derive(QueryableByName, Clone, Debug)]
pub struct MyKey {
    #[diesel(sql_type = Text)]
    pub slug: String,
    /// `seal`, `wanted`, `turned` or `open`.
    #[diesel(sql_type = Text)]
    pub waits: String,
}

/// An account's id and the stored hash of its password.
#[derive(QueryableByName, Clone)]
pub struct Credentials {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub password_hash: String,
}

/// What an unused invitation's link says.
#[derive(QueryableByName, Clone, Debug)]
pub struct Invitation {
    #[diesel(sql_type = Nullable<Text>)]
    pub contest_slug: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub title_vi: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub title_en: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub hat: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    /// As the organizer wrote it; empty where the organizer did not.
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Bool)]
    pub has_account: bool,
}

/// Of everybody in a demonstration: turning a key asks for it. The sign-in page tells it.
pub const DEMO_PASSWORD: &str = "phach-thu-nghiem";

/// Somebody of a demonstration whom one press signs in.
#[derive(QueryableByName, Serialize, Clone, Debug)]
pub struct StandIn {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// A hat's word, or `key-holder`.
    #[diesel(sql_type = Text)]
    pub hat: String,
    /// Of a key holder: `seal`, `wanted`, `turned` or `open`; else empty.
    #[diesel(sql_type = Text)]
    pub waits: String,
}
