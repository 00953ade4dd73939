//! The proof that this is a demonstration; without the mark its pages do not exist.
use serde::Deserialize;

use super::store;
use crate::accounts::store::get_me;
use crate::platform::db::{Public, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proof;
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

pub struct Marked {
    signed_in: bool,
}

#[derive(Deserialize)]
pub struct NoKey {}

impl Proof for Marked {
    type Hat = Public;
    type Key = NoKey;
    fn contest(_: &NoKey) -> Result<Option<Slug>, Failure> {
        Ok(None)
    }
    async fn prove(tx: &Tx<Public>, _: NoKey) -> Result<Self, Failure> {
        if !store::is_marked(tx).await? {
            return Err(Failure::NotFound);
        }
        Ok(Marked { signed_in: get_me(tx).await?.is_some() })
    }
    fn frame(&self, _: &Visitor) -> Frame {
        Frame { signed_in: self.signed_in, ..Frame::default() }
    }
}
