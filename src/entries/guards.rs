//! Proofs of a contestant.
use actix_web::HttpRequest;
use futures_util::try_join;
use serde::Deserialize;
use uuid::Uuid;

use super::model::Entry;
use super::store;
use crate::contests::{Contest, get_contest, slug_of};
use crate::platform::db::{Contestant, Hat, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proof;
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

/// `/c/{slug}/entries/{id}…`.
#[derive(Deserialize, Clone)]
pub struct EntryKey {
    slug: String,
    id: String,
}

impl EntryKey {
    /// For the handler that stores a file between two transactions.
    pub fn of(req: &HttpRequest) -> EntryKey {
        EntryKey { slug: req.match_info().query("slug").to_owned(), id: req.match_info().query("id").to_owned() }
    }
    /// As the address says, not yet believed.
    pub fn entry(&self) -> Result<Uuid, Failure> {
        self.id.parse().map_err(|_| Failure::NotFound)
    }
}

/// An entry of the visitor's own, in the contest of the address.
pub struct OwnEntry {
    contest: Contest,
    entry: Entry,
}

impl OwnEntry {
    pub fn contest(&self) -> &Contest {
        &self.contest
    }
    pub fn entry(&self) -> &Entry {
        &self.entry
    }
    /// Under the entry's address.
    pub fn path(&self, rest: &str) -> String {
        let base = self.contest.path(&format!("entries/{}", self.entry.id));
        if rest.is_empty() || rest.starts_with('?') { format!("{base}{rest}") } else { format!("{base}/{rest}") }
    }
}

impl Proof for OwnEntry {
    type Hat = Contestant;
    type Key = EntryKey;
    fn contest(key: &EntryKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Contestant>, key: EntryKey) -> Result<Self, Failure> {
        let id = key.entry()?;
        let (entry, contest) = try_join!(store::get_entry(tx, id), get_contest(tx))?;
        Ok(OwnEntry { contest, entry: entry.ok_or(Failure::NotFound)? })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.contest.frame(Contestant::WORD, visitor)
    }
}
