//! The sending loop's one turn: claim, commit, send, mark.
use super::store;
use super::transport::{NotSent, Transport};
use crate::platform::db::{Mode, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::metrics;
use crate::platform::site::Site;

/// As `store::wipe` says.
const KEPT_DAYS: u64 = 7;
const PROGRAM: Who = Who::Program { contest: None };

/// Sends what is due, at most `n` letters; how many were tried. Nothing is sent inside a transaction.
pub async fn send_due(site: &Site, transport: &Transport, n: i32) -> Result<usize, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &PROGRAM).await?;
    let letters = store::claim(&mut tx, n).await?;
    tx.commit().await?;
    for letter in &letters {
        let sent = match letter.words(site).and_then(|w| Ok((letter.message(&w, transport.from(), site)?, w))) {
            Ok((message, words)) => transport.send(letter, &words, message).await,
            Err(e) => Err(NotSent { why: e.to_string(), for_good: true, unreachable: false }),
        };
        let unreachable = sent.as_ref().is_err_and(|e| e.unreachable);
        metrics::count_letter(sent.is_ok());
        if let Err(e) = &sent {
            // the letter's id, never the address, nor the server's words that may quote it
            tracing::warn!(letter = %letter.id, refused = e.for_good, unreachable = e.unreachable, "letter not sent");
        }
        let marked = async |tx: &Tx<Worker>| match &sent {
            Ok(()) => store::mark_sent(tx, letter.id).await,
            Err(e) => store::mark_failed(tx, letter.id, &e.why, e.for_good).await,
        };
        let (tx, ()) = site.db.enter(Mode::Write, &PROGRAM, marked).await?;
        tx.commit().await?;
        if unreachable {
            break;
        }
    }
    Ok(letters.len())
}

/// What letters said goes some days after they were sent, from the outbox and from the folder; how many rows.
pub async fn wipe_old(site: &Site, transport: &Transport) -> Result<usize, Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &PROGRAM).await?;
    let wiped = store::wipe(&mut tx).await?;
    tx.commit().await?;
    transport.forget_older_than(KEPT_DAYS);
    Ok(wiped)
}
