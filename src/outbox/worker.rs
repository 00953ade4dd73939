//! The sending loop's one turn: claim, commit, send, mark.
use super::store;
use super::transport::Transport;
use crate::platform::db::{Mode, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::metrics;
use crate::platform::site::Site;

const PROGRAM: Who = Who::Program { contest: None };

/// Sends what is due, at most `n` letters; how many were tried. Nothing is sent inside a transaction.
pub async fn send_due(site: &Site, transport: &Transport, n: i32) -> Result<usize, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &PROGRAM).await?;
    let letters = store::claim(&mut tx, n).await?;
    tx.commit().await?;
    for letter in &letters {
        let sent = match letter.words(site).and_then(|w| Ok((letter.message(&w, transport.from(), site)?, w))) {
            Ok((message, words)) => transport.send(letter, &words, message).await.map_err(|e| (e.why, e.for_good)),
            Err(e) => Err((e.to_string(), true)),
        };
        let mut tx: Tx<Worker> = site.db.open(Mode::Write, &PROGRAM).await?;
        metrics::count_letter(sent.is_ok());
        match sent {
            Ok(()) => store::mark_sent(&mut tx, letter.id).await?,
            Err((why, for_good)) => {
                // the letter's id, never the address
                tracing::warn!(letter = %letter.id, why, for_good, "letter not sent");
                store::mark_failed(&mut tx, letter.id, &why, for_good).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(letters.len())
}

pub async fn wipe_old(site: &Site) -> Result<usize, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &PROGRAM).await?;
    let wiped = store::wipe(&mut tx).await?;
    tx.commit().await?;
    Ok(wiped)
}
