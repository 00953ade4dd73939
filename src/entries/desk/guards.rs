//! Proof of a clerk before an entry of the own contest.
use actix_web::HttpRequest;
use futures_util::try_join;
use serde::Deserialize;
use uuid::Uuid;

use super::model::Received;
use super::store;
use crate::contests::{Contest, get_contest, slug_of};
use crate::platform::db::{Clerk, Hat, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::{Again, Proof};
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

/// `/c/{slug}/desk/{id}…`.
#[derive(Deserialize, Clone)]
pub struct DeskKey {
    slug: String,
    id: String,
}

impl DeskKey {
    /// For the handler that stores a file between two transactions.
    pub fn of(req: &HttpRequest) -> DeskKey {
        DeskKey { slug: req.match_info().query("slug").to_owned(), id: req.match_info().query("id").to_owned() }
    }
}

/// An entry that the contest of the address has received.
pub struct DeskEntry {
    contest: Contest,
    entry: Received,
}

impl DeskEntry {
    pub fn contest(&self) -> &Contest {
        &self.contest
    }
    pub fn entry(&self) -> &Received {
        &self.entry
    }
}

/// The address of an entry at the desk.
pub fn path_of(contest: &Contest, entry: Uuid) -> String {
    contest.path(&format!("desk/{entry}"))
}

impl Proof for DeskEntry {
    type Hat = Clerk;
    type Key = DeskKey;
    fn contest(key: &DeskKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Clerk>, key: DeskKey) -> Result<Self, Failure> {
        let id: Uuid = key.id.parse().map_err(|_| Failure::NotFound)?;
        let (entry, contest) = try_join!(store::get_received(tx, id), get_contest(tx))?;
        Ok(DeskEntry { contest, entry: entry.ok_or(Failure::NotFound)? })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.contest.frame(Clerk::WORD, visitor)
    }
}

impl Again for DeskEntry {
    fn key(&self) -> DeskKey {
        DeskKey { slug: self.contest.slug.clone(), id: self.entry.id.to_string() }
    }
}
