//! Proofs about the visitor as a person.
use serde::Deserialize;

use super::model::Me;
use super::store;
use crate::platform::db::{Public, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proof;
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

/// Anybody; knows the visitor if there is a session.
pub struct Anyone {
    pub me: Option<Me>,
}

/// An address without anything to prove.
#[derive(Deserialize)]
pub struct NoKey {}

impl Proof for Anyone {
    type Hat = Public;
    type Key = NoKey;
    fn contest(_: &NoKey) -> Result<Option<Slug>, Failure> {
        Ok(None)
    }
    async fn prove(tx: &Tx<Public>, _: NoKey) -> Result<Self, Failure> {
        Ok(Anyone { me: store::get_me(tx).await? })
    }
    fn frame(&self, _: &Visitor) -> Frame {
        Frame { signed_in: self.me.is_some(), ..Frame::default() }
    }
}

/// Somebody with a session.
pub struct SignedIn {
    pub me: Me,
}

impl Proof for SignedIn {
    type Hat = Public;
    type Key = NoKey;
    fn contest(_: &NoKey) -> Result<Option<Slug>, Failure> {
        Ok(None)
    }
    async fn prove(tx: &Tx<Public>, _: NoKey) -> Result<Self, Failure> {
        let me = store::get_me(tx).await?.ok_or(Failure::SignInFirst)?;
        Ok(SignedIn { me })
    }
    fn frame(&self, _: &Visitor) -> Frame {
        Frame { signed_in: true, ..Frame::default() }
    }
}

/// The bearer of a one-time link, signed in or not. Whether the link is still good, the action asks.
pub struct Bearer {
    pub token: String,
    pub me: Option<Me>,
}

#[derive(Deserialize)]
pub struct TokenKey {
    token: String,
}

impl Proof for Bearer {
    type Hat = Public;
    type Key = TokenKey;
    fn contest(_: &TokenKey) -> Result<Option<Slug>, Failure> {
        Ok(None)
    }
    async fn prove(tx: &Tx<Public>, key: TokenKey) -> Result<Self, Failure> {
        Ok(Bearer { token: key.token, me: store::get_me(tx).await? })
    }
    fn frame(&self, _: &Visitor) -> Frame {
        Frame { signed_in: self.me.is_some(), ..Frame::default() }
    }
}
