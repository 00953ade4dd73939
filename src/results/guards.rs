//! Holding a key is a proof, not a hat: an official of the contest whose confirmed address the rules name.
use serde::Deserialize;

use crate::contests::{Contest, ContestKey, Wearing, get_contest, slug_of};
use crate::platform::db::{Organizer, Public, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::{Again, Proof};
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

use super::store::{self, MyKey, Winner};
use super::{store_decisions, store_keys, store_strikes};

pub struct KeyHolder {
    pub contest: Contest,
    pub key: MyKey,
}

/// An edition of the results that there is.
pub struct PublishedEdition {
    pub there: Wearing<Public>,
    pub n: i32,
}
/// `/c/{slug}/results/{n}`.
#[derive(Deserialize)]
pub struct EditionKey {
    slug: String,
    n: String,
}

impl Proof for PublishedEdition {
    type Hat = Public;
    type Key = EditionKey;
    fn contest(key: &EditionKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Public>, key: EditionKey) -> Result<Self, Failure> {
        let n = key.n.parse::<i32>().ok().filter(|n| n.to_string() == key.n).ok_or(Failure::NotFound)?;
        if !store_strikes::has_edition(tx, n).await? {
            return Err(Failure::NotFound);
        }
        Ok(PublishedEdition { there: Wearing::in_contest(tx).await?, n })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.there.frame(visitor)
    }
}

/// Somebody who confirms what an organizer proposes: an organizer, or who holds a key.
pub struct Decider {
    pub contest: Contest,
    /// organizer | holder
    pub decider: String,
}

impl Proof for Decider {
    type Hat = Public;
    type Key = ContestKey;
    fn contest(key: &ContestKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Public>, _: ContestKey) -> Result<Self, Failure> {
        if !store::is_signed_in(tx).await? {
            return Err(Failure::SignInFirst);
        }
        let decider = store_decisions::get_decider(tx).await?.ok_or(Failure::NotFound)?;
        Ok(Decider { contest: get_contest(tx).await?, decider })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        holder_frame(&self.contest, &self.decider, visitor)
    }
}

impl Again for Decider {
    fn key(&self) -> ContestKey {
        ContestKey { slug: self.contest.slug.clone() }
    }
}

/// Of a page that officials and key holders share.
fn holder_frame(contest: &Contest, reader: &str, visitor: &Visitor) -> Frame {
    let mut frame = contest.frame(if reader == "holder" { "public" } else { reader }, visitor);
    if reader == "holder" {
        frame.hat = "key-holder".into();
    }
    frame
}

/// An organizer before a winner whose slip is open.
pub struct OpenWinner {
    pub there: Wearing<Organizer>,
    pub winner: Winner,
}
/// `/c/{slug}/corrections/{code}`.
#[derive(Deserialize)]
pub struct WinnerKey {
    slug: String,
    code: String,
}
impl Proof for OpenWinner {
    type Hat = Organizer;
    type Key = WinnerKey;
    fn contest(key: &WinnerKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Organizer>, key: WinnerKey) -> Result<Self, Failure> {
        if !key.code.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(Failure::NotFound);
        }
        let winner = store::get_winner(tx, &key.code).await?.ok_or(Failure::NotFound)?;
        Ok(OpenWinner { there: Wearing::in_contest(tx).await?, winner })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.there.frame(visitor)
    }
}

impl Again for OpenWinner {
    fn key(&self) -> WinnerKey {
        WinnerKey { slug: self.there.contest.slug.clone(), code: self.winner.code.clone() }
    }
}

/// Somebody who reads minutes: an organizer, a key holder, the auditor. A proof, not a hat, for holders work on both sides.
pub struct MinutesReader {
    pub contest: Contest,
    /// organizer | holder | auditor
    pub reader: String,
}

impl Proof for MinutesReader {
    type Hat = Public;
    type Key = ContestKey;
    fn contest(key: &ContestKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Public>, _: ContestKey) -> Result<Self, Failure> {
        if !store::is_signed_in(tx).await? {
            return Err(Failure::SignInFirst);
        }
        let reader = store_keys::get_minutes_reader(tx).await?.ok_or(Failure::NotFound)?;
        Ok(MinutesReader { contest: get_contest(tx).await?, reader })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        holder_frame(&self.contest, &self.reader, visitor)
    }
}

impl Proof for KeyHolder {
    type Hat = Public;
    type Key = ContestKey;
    fn contest(key: &ContestKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Public>, _: ContestKey) -> Result<Self, Failure> {
        if !store::is_signed_in(tx).await? {
            return Err(Failure::SignInFirst);
        }
        let key = store::get_my_key(tx).await?.ok_or(Failure::NotFound)?;
        Ok(KeyHolder { contest: get_contest(tx).await?, key })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        let mut frame = self.contest.frame("public", visitor);
        frame.hat = "key-holder".into();
        frame
    }
}
