//! What is done about entries where a file stands between two transactions: object first, row second.
use actix_web::http::StatusCode;
use actix_web::web::Data;
use futures_util::try_join;
use uuid::Uuid;

use super::forms::Typed;
use super::guards::{EntryKey, OwnEntry};
use super::model::Attachment;
use super::reading::UnderWay;
use super::{rules, store, store_form};
use crate::documents::MAX_TEXT;
use crate::platform::db::{Contestant, Mode, Tx, Who};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Upload;
use crate::platform::guard::Proof;
use crate::platform::site::Site;

/// The entry, proven in a transaction of its own kind.
pub async fn prove(site: &Site, who: &Who, mode: Mode, key: EntryKey) -> Result<(OwnEntry, Tx<Contestant>), Failure> {
    let (tx, own) = site.db.enter(mode, who, async |tx: &Tx<Contestant>| OwnEntry::prove(tx, key).await).await?;
    Ok((own, tx))
}

/// A file in the store that no row names yet, and its reading.
pub struct Stored {
    /// The attachment's, once it is one.
    pub id: Uuid,
    pub upload: Upload,
    pub storage_key: String,
    pub reading: UnderWay,
}

impl Stored {
    /// What is known of the file before its reading is written to its row.
    pub fn tell(&self, attachment: &mut Attachment) {
        match &self.reading.outcome {
            Some(Ok(read)) => (attachment.state, attachment.words) = ("read".into(), i32::try_from(read.words).ok()),
            Some(Err(why)) => (attachment.state, attachment.reason) = ("unreadable".into(), Some(why.code().to_owned())),
            None => {}
        }
    }
}

/// Stores a file for an entry that may still be changed, and has it read meanwhile; `store::attach` makes it the draft's. Errors:
/// not the visitor's, locked, another window saved a newer draft, or the store cannot take it.
pub async fn store_file(site: &Data<Site>, who: &Who, key: EntryKey, (revision, upload): (i32, Upload)) -> Result<Stored, Failure> {
    let entry = key.entry()?;
    let seen = async |tx: &Tx<Contestant>| try_join!(OwnEntry::prove(tx, key), store::is_current(tx, entry, revision));
    let (tx, (own, current)) = site.db.enter(Mode::Read, who, seen).await?;
    tx.commit().await?;
    refuse_locked(&own)?;
    if !current {
        return Err(newer().into());
    }
    let bytes = upload.read().await.map_err(Failure::broken)?;
    let mut reading = UnderWay::begin(site, bytes.clone());
    match site.store.put(bytes).await {
        Ok(storage_key) => {
            reading.wait().await;
            Ok(Stored { id: Uuid::now_v7(), upload, storage_key, reading })
        }
        Err(e) => {
            reading.abandon();
            Err(e)
        }
    }
}

/// Another window saved a newer draft.
pub fn newer() -> Refusal {
    Refusal::of("draft_newer").status(StatusCode::CONFLICT)
}

/// Saves the draft that the page showed; its new revision. Refuses where a newer one stands, or the text is longer than a
/// draft holds; the transaction stays good.
pub async fn save_draft(tx: &Tx<Contestant>, entry: Uuid, typed: &Typed) -> Result<i32, Failure> {
    if typed.text.len() > MAX_TEXT {
        return Err(Refusal::of("text_too_long").into());
    }
    if typed.over > 0 && typed.over == typed.revision {
        store_form::keep_stored(tx, entry, typed.over).await?;
    }
    Ok(store::save_draft(tx, entry, typed).await?.ok_or_else(newer)?)
}

/// The refusal that fits, where an entry can no longer be changed.
pub fn refuse_locked(own: &OwnEntry) -> Result<(), Refusal> {
    rules::may_edit(own.contest(), own.entry()).map_err(|locked| {
        let name = match locked {
            rules::Locked::NotOpenYet => "not_open_yet",
            rules::Locked::Closed => "closed",
            rules::Locked::QueriesClosed => "queries_closed",
            rules::Locked::Cut => "entry_cut",
            rules::Locked::Refused | rules::Locked::Withdrawn => "entry_ended",
        };
        Refusal::of(name).status(StatusCode::CONFLICT)
    })
}
