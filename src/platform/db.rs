//! Hats, logins, transactions. Nothing else in the program touches a pool or a bare connection.
use std::fmt::Write as _;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use deadpool::managed::QueueMode;
use diesel::connection::{TransactionDepthChange, TransactionManagerStatus};
use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AnsiTransactionManager, AsyncConnection, AsyncPgConnection, SimpleAsyncConnection, TransactionManager};
use futures_util::join;
use tokio::runtime::Handle;
use uuid::Uuid;

use super::admin::LoginUrls;
use super::failure::Failure;
use super::kept::Kept;
use super::tls;

/// Which serving login a hat belongs to: between the two sides the login is the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    Named,
    Blind,
}

mod sealed {
    pub trait Sealed {}
}

/// A hat is a Postgres role and a Rust type. Sealed: the list below is the whole list.
pub trait Hat: sealed::Sealed + 'static {
    /// The Postgres role.
    const ROLE: &'static str;
    /// The login whose pool opens it.
    const LOGIN: Login;
    /// The word for it in keys of translation and in the record.
    const WORD: &'static str;
    /// Whether what it writes may change what pages keep of a contest (`kept`): its rules, dates and standings.
    const CHANGES_CONTEST: bool;
}

macro_rules! hats { ($($(#[$doc:meta])* $name:ident $word:literal $login:ident;)*) => { $(
    $(#[$doc])*
    pub struct $name;
    impl sealed::Sealed for $name {}
    impl Hat for $name {
        const ROLE: &'static str = concat!("phach_", $word);
        const LOGIN: Login = Login::$login;
        const WORD: &'static str = $word;
        const CHANGES_CONTEST: bool = !matches!($word.as_bytes(), b"contestant" | b"judge" | b"reader" | b"worker");
    }
)*
    /// Every hat of a login, as `serve` checks it at start.
    pub fn roles_of(login: Login) -> Vec<&'static str> {
        let all = [$((Login::$login, concat!("phach_", $word))),*];
        all.into_iter().filter(|(l, _)| *l == login).map(|(_, r)| r).collect()
    }
} }
hats! {
    /// Anybody, signed in or not: public pages, sign-in, keys.
    Public "public" Named;
    /// Whoever is signed in, for the own entries.
    Contestant "contestant" Named;
    /// The desk.
    Clerk "clerk" Named;
    /// Letters, jobs, the record's chain; neither side.
    Worker "worker" Named;
    /// Reads uploads.
    Reader "reader" Named;
    /// The own assignments.
    Judge "judge" Blind;
    /// The board's head.
    Chair "chair" Blind;
    /// The chair's assignment run: the only hat that reads the exclusions (docs/decisions/0001).
    Dealer "dealer" Blind;
    /// Codes, groups, marks and ranks; never a title or a text.
    Organizer "organizer" Blind;
    /// The record of it all, without texts.
    Auditor "auditor" Blind;
}

/// SHA-256 of the cookie's key: the only form in which a session reaches SQL.
#[derive(Clone, Copy, Debug)]
pub struct SessionHash(pub [u8; 32]);

/// A contest's name in its address: `[a-z0-9-]{3,40}`, checked at parsing, so that it may stand in SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

impl Slug {
    /// None unless every character is allowed; Postgres decides whether such a contest exists.
    pub fn parse(s: &str) -> Option<Slug> {
        let fits = (3..=40).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Slug(s.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In whose name a transaction is opened. A visitor is known by the session's hash alone; who that is, Postgres says.
#[derive(Clone, Debug)]
pub enum Who {
    Visitor {
        session: Option<SessionHash>,
        contest: Option<Slug>,
    },
    /// Jobs: no account; the contest, if any, as read from the database.
    Program {
        contest: Option<Uuid>,
    },
}

/// GET and HEAD open read-only: "no state change in GET" is then Postgres's rule, not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Read,
    Write,
}

/// The two pools of the serving logins. Connections live on the runtime that made the pools: a statement then wakes no
/// other thread, so each worker of the server has pools of its own (`here`).
#[derive(Clone)]
pub struct Db {
    named: Pool<AsyncPgConnection>,
    blind: Pool<AsyncPgConnection>,
    rt: Handle,
    logins: Arc<LoginUrls>,
    size: usize,
    kept: Arc<Kept>,
}

/// A pool of one login. Waits at most 3 s for a connection, then the visitor is told that the server is busy.
fn pool(url: &str, size: usize) -> Result<Pool<AsyncPgConnection>, Failure> {
    let rt = Handle::current();
    let mut config = ManagerConfig::<AsyncPgConnection>::default();
    config.recycling_method = RecyclingMethod::Fast; // `Verified` adds a SELECT 1 to every request
    config.custom_setup = Box::new(move |url| {
        // On the pool's runtime, whoever asks: a connection must not end with somebody else's thread.
        let (url, rt) = (url.to_owned(), rt.clone());
        Box::pin(async move { rt.spawn(async move { connect(&url).await }).await.map_err(|e| diesel::ConnectionError::BadConnection(e.to_string()))? })
    });
    Pool::builder(AsyncDieselConnectionManager::new_with_config(url, config))
        .max_size(size)
        .queue_mode(QueueMode::Lifo) // the connection used last has its statements prepared and its caches warm
        .runtime(deadpool::Runtime::Tokio1)
        .wait_timeout(Some(Duration::from_secs(3)))
        .build()
        .map_err(Failure::broken)
}

/// The one way to a server: a unix socket without TLS, anything else by tokio-postgres's own sslmode with rustls.
pub async fn connect(url: &str) -> diesel::ConnectionResult<AsyncPgConnection> {
    let bad = |e: tokio_postgres::Error| diesel::ConnectionError::BadConnection(e.to_string());
    let (client, connection) = tokio_postgres::connect(url, tls::connector()).await.map_err(bad)?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await
}

impl Db {
    /// `size`: connections of each login. `kept`: what is kept of contests between transactions.
    pub fn new(logins: Arc<LoginUrls>, size: usize, kept: Arc<Kept>) -> Result<Db, Failure> {
        Ok(Db { named: pool(&logins.named, size)?, blind: pool(&logins.blind, size)?, rt: Handle::current(), logins, size, kept })
    }

    /// The same logins with pools on the runtime of this thread.
    pub fn here(&self) -> Result<Db, Failure> {
        Db::new(self.logins.clone(), self.size, self.kept.clone())
    }

    /// One round trip: begin, hat, who, which contest.
    pub async fn open<H: Hat>(&self, mode: Mode, who: &Who) -> Result<Tx<H>, Failure> {
        Ok(self.enter::<H, ()>(mode, who, async |_| Ok(())).await?.0)
    }

    /// As `open`, and the first reads go out behind the opening in the same round trip. Where the opening is refused the
    /// server is in a failed transaction and answers none of them; its refusal is then the error.
    pub async fn enter<H: Hat, R>(&self, mode: Mode, who: &Who, first: impl AsyncFnOnce(&Tx<H>) -> Result<R, Failure>) -> Result<(Tx<H>, R), Failure> {
        let pool = match H::LOGIN {
            Login::Named => &self.named,
            Login::Blind => &self.blind,
        };
        // The guard first, SQL second: a request dropped in mid-BEGIN still cleans up.
        let contest = match who {
            Who::Visitor { contest, .. } => contest.clone(),
            Who::Program { .. } => None,
        };
        let mut tx = Tx::<H> { conn: Some(pool.get().await.map_err(Failure::busy)?), mode, rt: self.rt.clone(), contest, kept: self.kept.clone(), hat: PhantomData };
        count_as_open(&mut tx)?;
        let sql = opening_sql::<H>(mode, who);
        let mut wire = &*tx as &AsyncPgConnection;
        let (begun, found) = join!(wire.batch_execute(&sql), first(&tx));
        match begun.map_err(Failure::from).and(found) {
            Ok(found) => Ok((tx, found)),
            Err(e) => {
                tx.rollback().await;
                Err(e)
            }
        }
    }

    /// The closure form, for jobs: commit on Ok, rollback on Err and on drop.
    pub async fn run<H: Hat, R>(&self, who: &Who, f: impl AsyncFnOnce(&mut Tx<H>) -> Result<R, Failure>) -> Result<R, Failure> {
        let mut tx = self.open::<H>(Mode::Write, who).await?;
        match f(&mut tx).await {
            Ok(r) => {
                tx.commit().await?;
                Ok(r)
            }
            Err(e) => {
                tx.rollback().await;
                Err(e)
            }
        }
    }

    /// Postgres answers on both logins: readiness.
    pub async fn ready(&self) -> bool {
        let who = Who::Program { contest: None };
        let (a, b) = (self.open::<Public>(Mode::Read, &who).await, self.open::<Judge>(Mode::Read, &who).await);
        a.is_ok() && b.is_ok()
    }
}

/// The pool takes no connection back that is still in a transaction, whatever becomes of this one.
fn count_as_open<H: Hat>(tx: &mut Tx<H>) -> Result<(), Failure> {
    match AnsiTransactionManager::transaction_manager_status_mut(&mut **tx) {
        TransactionManagerStatus::Valid(status) => Ok(status.change_transaction_depth(TransactionDepthChange::IncreaseDepth)?),
        TransactionManagerStatus::InError => Err(Failure::broken("a connection in error came out of the pool")),
    }
}

/// Only parsed values are formatted in: hex of bytes, a slug, a Uuid.
fn opening_sql<H: Hat>(mode: Mode, who: &Who) -> String {
    let begin = match mode {
        Mode::Read => "BEGIN READ ONLY",
        Mode::Write => "BEGIN",
    };
    let mut sql = format!("{begin}; SET LOCAL ROLE {}; ", H::ROLE);
    match who {
        Who::Program { contest } => {
            let c = contest.map(|c| c.to_string()).unwrap_or_default();
            let _ = write!(sql, "SELECT set_config('phach.account', '', true), set_config('phach.contest', '{c}', true)");
        }
        Who::Visitor { session, contest } => {
            sql.push_str("SELECT account.enter(");
            match session {
                Some(SessionHash(h)) => {
                    sql.push_str("'\\x");
                    h.iter().for_each(|b| {
                        let _ = write!(sql, "{b:02x}");
                    });
                    sql.push_str("', ");
                }
                None => sql.push_str("null, "),
            }
            match contest {
                Some(slug) => {
                    let _ = write!(sql, "'{}')", slug.as_str());
                }
                None => sql.push_str("null)"),
            }
        }
    }
    sql
}

/// A transaction under one hat. Owned: an extractor can hold it and pass it on. Not committed means rolled back.
#[must_use = "a transaction that is not committed is rolled back"]
pub struct Tx<H: Hat> {
    conn: Option<Object<AsyncPgConnection>>,
    mode: Mode,
    rt: Handle,
    /// As the address named it.
    contest: Option<Slug>,
    kept: Arc<Kept>,
    hat: PhantomData<fn() -> H>,
}

impl<H: Hat> Tx<H> {
    /// After a failed statement Postgres answers COMMIT with a silent ROLLBACK and the driver says Ok; SELECT 1 in the
    /// same message turns that into an error. What only read has nothing to lose.
    pub async fn commit(mut self) -> Result<(), Failure> {
        let end = match self.mode {
            Mode::Read => "COMMIT",
            Mode::Write => "SELECT 1; COMMIT",
        };
        self.batch_execute(end).await?; // an error or a cancellation here: Drop answers
        if let Some(mut conn) = self.conn.take() {
            *conn.transaction_state() = AnsiTransactionManager::default();
        }
        if let (Mode::Write, true, Some(contest)) = (self.mode, H::CHANGES_CONTEST, &self.contest) {
            self.kept.forget(contest.as_str());
        }
        Ok(())
    }
    /// What is read of this transaction's contest, up to a second old. The opening's answer decides whether it is given out.
    pub async fn kept<T: Send + Sync + 'static>(&self, read: impl AsyncFnOnce() -> Result<T, Failure>) -> Result<Arc<T>, Failure> {
        match &self.contest {
            Some(contest) => self.kept.get(contest.as_str(), read).await,
            None => Ok(Arc::new(read().await?)),
        }
    }
    /// Whether it only reads.
    pub fn only_reads(&self) -> bool {
        self.mode == Mode::Read
    }
    pub async fn rollback(mut self) {
        if let Some(mut conn) = self.conn.take() {
            distrust(&mut conn);
            give_back(conn).await;
        }
    }
}

impl<H: Hat> Drop for Tx<H> {
    fn drop(&mut self) {
        let Some(mut conn) = self.conn.take() else { return };
        distrust(&mut conn);
        self.rt.spawn(give_back(conn)); // never inline: drop cannot wait
    }
}

/// From here on the pool refuses this connection until `give_back` has cleared it.
fn distrust(conn: &mut Object<AsyncPgConnection>) {
    AnsiTransactionManager::transaction_manager_status_mut(&mut **conn).set_in_error();
}

async fn give_back(mut conn: Object<AsyncPgConnection>) {
    let cancel = conn.cancel_token();
    let rollback = tokio::time::timeout(Duration::from_millis(250), conn.batch_execute("ROLLBACK")).await;
    if let Ok(Ok(())) = rollback {
        *conn.transaction_state() = AnsiTransactionManager::default();
        return; // dropped here: back to the pool, clean
    }
    drop(Object::take(conn)); // a statement still runs, or the wire is gone: close, free the slot …
    let _ = cancel.cancel_query(tls::connector()).await; // … and stop what runs on the server
}

impl<H: Hat> Deref for Tx<H> {
    type Target = AsyncPgConnection;
    #[expect(clippy::expect_used, reason = "conn is taken only by the methods that consume the Tx")]
    fn deref(&self) -> &AsyncPgConnection {
        self.conn.as_ref().expect("an open transaction has its connection")
    }
}
impl<H: Hat> DerefMut for Tx<H> {
    #[expect(clippy::expect_used, reason = "conn is taken only by the methods that consume the Tx")]
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        self.conn.as_mut().expect("an open transaction has its connection")
    }
}
