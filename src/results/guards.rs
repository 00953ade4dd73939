//! Holding a key is a proof, not a hat: an official of the contest whose confirmed address the rules name.
use std::marker::PhantomData;

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

/// How somebody comes to a page that officials and key holders share: a proof, not a hat, for holders work on both sides.
pub trait WayIn: 'static {
    /// organizer | holder | auditor; None: there is none.
    fn find(tx: &Tx<Public>) -> impl Future<Output = Result<Option<String>, Failure>>;
}
/// Somebody of the contest who has that way in.
pub struct Insider<W> {
    pub contest: Contest,
    /// As the way in says it.
    pub word: String,
    way: PhantomData<W>,
}

/// An organizer, or who holds a key: they confirm what an organizer proposes.
pub struct Decides;
impl WayIn for Decides {
    async fn find(tx: &Tx<Public>) -> Result<Option<String>, Failure> {
        store_decisions::get_decider(tx).await
    }
}
pub type Decider = Insider<Decides>;

/// An organizer, a key holder, the auditor: they read minutes.
pub struct ReadsMinutes;
impl WayIn for ReadsMinutes {
    async fn find(tx: &Tx<Public>) -> Result<Option<String>, Failure> {
        store_keys::get_minutes_reader(tx).await
    }
}
pub type MinutesReader = Insider<ReadsMinutes>;

impl<W: WayIn> Proof for Insider<W> {
    type Hat = Public;
    type Key = ContestKey;
    fn contest(key: &ContestKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Public>, _: ContestKey) -> Result<Self, Failure> {
        hold_signed_in(tx).await?;
        let word = W::find(tx).await?.ok_or(Failure::NotFound)?;
        Ok(Insider { contest: get_contest(tx).await?, word, way: PhantomData })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        holder_frame(&self.contest, &self.word, visitor)
    }
}

impl<W: WayIn> Again for Insider<W> {
    fn key(&self) -> ContestKey {
        ContestKey { slug: self.contest.slug.clone() }
    }
}

async fn hold_signed_in(tx: &Tx<Public>) -> Result<(), Failure> {
    if store::is_signed_in(tx).await? { Ok(()) } else { Err(Failure::SignInFirst) }
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

impl Proof for KeyHolder {
    type Hat = Public;
    type Key = ContestKey;
    fn contest(key: &ContestKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Public>, _: ContestKey) -> Result<Self, Failure> {
        hold_signed_in(tx).await?;
        let key = store::get_my_key(tx).await?.ok_or(Failure::NotFound)?;
        Ok(KeyHolder { contest: get_contest(tx).await?, key })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        holder_frame(&self.contest, "holder", visitor)
    }
}

impl Again for KeyHolder {
    fn key(&self) -> ContestKey {
        ContestKey { slug: self.contest.slug.clone() }
    }
}
