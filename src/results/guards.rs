//! Holding a key is a proof, not a hat: an official of the contest whose confirmed address the rules name.
use serde::Deserialize;

use crate::contests::{Contest, ContestKey, Wearing, get_contest, slug_of};
use crate::platform::db::{Public, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proof;
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

use super::store::{self, MyKey};
use super::{store_keys, store_strikes};

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
        let mut frame = self.contest.frame(if self.reader == "holder" { "public" } else { &self.reader }, visitor);
        if self.reader == "holder" {
            frame.hat = "key-holder".into();
        }
        frame
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
