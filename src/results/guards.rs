//! Holding a key is a proof, not a hat: an official of the contest whose confirmed address the rules name.
use crate::contests::{Contest, ContestKey, get_contest, slug_of};
use crate::platform::db::{Public, Slug, Tx};
use crate::platform::failure::Failure;
use crate::platform::guard::Proof;
use crate::platform::page::Frame;
use crate::platform::visitor::Visitor;

use super::store::{self, MyKey};

pub struct KeyHolder {
    pub contest: Contest,
    pub key: MyKey,
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
