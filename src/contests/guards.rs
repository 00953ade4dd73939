//! Proofs about a visitor and a contest.
use std::marker::PhantomData;

use serde::Deserialize;

use super::editor::{self, Section};
use super::head::{Contest, get_contest};
use super::model::Ruleset;
use super::shipped;
use super::store_rules::may_confirm;
use crate::accounts::guards::NoKey;
use crate::accounts::store::get_me;
use crate::platform::db::{Hat, Organizer, Public, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::{Again, Proof};
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

impl<H: Hat> Again for Wearing<H> {
    fn key(&self) -> ContestKey {
        ContestKey { slug: self.contest.slug.clone() }
    }
}

/// An organizer at one section of the rules.
pub struct Editing {
    pub contest: Contest,
    pub section: &'static Section,
}

/// `/c/{slug}/organizer/rules/{section}`.
#[derive(Deserialize)]
pub struct SectionKey {
    slug: String,
    section: String,
}

impl Proof for Editing {
    type Hat = Organizer;
    type Key = SectionKey;
    fn contest(key: &SectionKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Organizer>, key: SectionKey) -> Result<Self, Failure> {
        let section = editor::section(&key.section).ok_or(Failure::NotFound)?;
        Ok(Editing { contest: get_contest(tx).await?, section })
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.contest.frame(Organizer::WORD, visitor)
    }
}

/// An official who may confirm an extension: organizer, chair or clerk. A proof, not a hat of its own: they work on both sides
/// of the slip, and what is confirmed is neither's.
pub struct MayConfirm {
    pub contest: Contest,
}

impl Proof for MayConfirm {
    type Hat = Public;
    type Key = ContestKey;
    fn contest(key: &ContestKey) -> Result<Option<Slug>, Failure> {
        slug_of(&key.slug)
    }
    async fn prove(tx: &Tx<Public>, _: ContestKey) -> Result<Self, Failure> {
        let contest = get_contest(tx).await?;
        get_me(tx).await?.ok_or(Failure::SignInFirst)?;
        if may_confirm(tx).await? { Ok(MayConfirm { contest }) } else { Err(Failure::NotFound) }
    }
    fn frame(&self, visitor: &Visitor) -> Frame {
        self.contest.frame(Public::WORD, visitor)
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
