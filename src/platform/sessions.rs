//! Sessions that are only read with stay alive. A GET is read-only in Postgres, so it cannot say that the session was
//! seen; now and then a transaction of its own does, after the page was proven to be the visitor's.
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use actix_web::web::Data;

use super::db::{Mode, Public, SessionHash, Who};
use super::failure::Failure;
use super::site::Site;

/// How often one server tells Postgres of one session.
const EVERY: Duration = Duration::from_secs(600);
/// Sessions remembered: beyond it all are forgotten, and told once more.
const MOST: usize = 20_000;

#[derive(Default)]
pub struct Sessions {
    told: Mutex<HashMap<[u8; 32], Instant>>,
}

impl Sessions {
    fn is_due(&self, session: SessionHash) -> bool {
        let Ok(mut told) = self.told.lock() else { return false };
        if told.len() >= MOST {
            told.clear();
        }
        let due = told.get(&session.0).is_none_or(|at| at.elapsed() > EVERY);
        if due {
            told.insert(session.0, Instant::now());
        }
        due
    }
}

/// After a page that only a living session can open. Nobody waits for it.
pub fn was_seen(site: &Data<Site>, session: SessionHash) {
    if !site.sessions.is_due(session) {
        return;
    }
    let site = site.clone();
    actix_web::rt::spawn(async move {
        if let Err(e) = tell(&site, session).await {
            tracing::warn!(error = %e, "a session's last use could not be kept");
        }
    });
}

/// `account.enter` moves the time itself, in a transaction that may write.
async fn tell(site: &Site, session: SessionHash) -> Result<(), Failure> {
    site.db.open::<Public>(Mode::Write, &Who::Visitor { session: Some(session), contest: None }).await?.commit().await
}
