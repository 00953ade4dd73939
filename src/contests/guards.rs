//! Proofs about a visitor and a contest.
use std::marker::PhantomData;

use serde::Deserialize;

use super::head::{Contest, get_contest};
use super::model::Ruleset;
use super::shipped;
use crate::accounts::guards::NoKey;
use crate::accounts::store::get_me;
use crate::platform::db::{Hat, Public, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proof;
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

/// The contest's name in an address: `/c/{slug}/…`.
#[derive(Deserialize)]
pub struct ContestKey {
    pub slug: String,
}

/// The slug as a proof needs it: what cannot be one is not found.
pub fn slug_of(slug: &str) -> Result<Option<Slug>, Failure> {
    Slug::parse(slug).map(Some).ok_or(Failure::NotFound)
}

/// The visitor wears this hat in this contest: `Wearing<Public>` is anybody, `Wearing<Contestant>` anybody signed in,
/// `Wearing<Clerk>` an official of the desk, and so on. `account.enter` has checked it in the opening of the transaction.
pub struct Wearing<H: Hat> {
    pub contest: Contest,
    hat: PhantomData<fn() -> H>,
}

impl<H: Hat> Wearing<H> {
    /// For proofs of other rooms that are this and something more.
    pub async fn in_contest(tx: &Tx<H>) -> Result<Self, Failure> {
        Ok(Wearing { contest: get_contest(tx).await?, hat: PhantomData })
    }
}

impl<H: Hat> Proof for Wearing<H> {
    type Hat = H;
    type Key = ContestKey;
    fn contest(key: &ContestKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<H>, _: ContestKey) -> Result<Self, Failure> {
        Wearing::in_contest(tx).await
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.contest.frame(H::WORD, visitor)
    }
}

/// Somebody who may create contests; for anybody else signed in there is no such page.
pub struct MayCreate;

async fn may_create(tx: &Tx<Public>) -> Result<(), Failure> {
    let me = get_me(tx).await?.ok_or(Failure::SignInFirst)?;
    if me.may_create { Ok(()) } else { Err(Failure::NotFound) }
}

impl Proof for MayCreate {
    type Hat = Public;
    type Key = NoKey;
    fn contest(_: &NoKey) -> Result<Option<Slug>, Failure> {
        Ok(None)
    }
    async fn prove(tx: &Tx<Public>, _: NoKey) -> Result<Self, Failure> {
        may_create(tx).await.map(|()| MayCreate)
    }
    fn frame(&self, _: &Visitor) -> Frame {
        Frame { signed_in: true, ..Frame::default() }
    }
}

/// The same, and a shipped contest that exists.
pub struct MayCopy {
    pub word: String,
    pub rules: Ruleset,
}

#[derive(Deserialize)]
pub struct ShippedKey {
    word: String,
}

impl Proof for MayCopy {
    type Hat = Public;
    type Key = ShippedKey;
    fn contest(_: &ShippedKey) -> Result<Option<Slug>, Failure> {
        Ok(None)
    }
    async fn prove(tx: &Tx<Public>, key: ShippedKey) -> Result<Self, Failure> {
        may_create(tx).await?;
        let rules = shipped::ruleset(&key.word).ok_or(Failure::NotFound)?;
        Ok(MayCopy { word: key.word, rules })
    }
    fn frame(&self, _: &Visitor) -> Frame {
        Frame { signed_in: true, ..Frame::default() }
    }
}
