//! `phach serve`: Postgres up, migrated, logins checked, pages served; and everything down again in order.
use std::net::TcpListener;
use std::time::Duration;

use actix_web::web::Data;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;

use crate::app::{self, Parts};
use crate::config::Config;
use crate::documents::{self, Walls};
use crate::outbox::Transport;
use crate::platform::admin;
use crate::platform::cluster::{self, Cluster, Options};
use crate::platform::db::{Mode, Public, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::page::Pages;
use crate::platform::secret::Secret;
use crate::platform::site::Site;
use crate::platform::storage::Store;
use crate::{accounts, demo, jobs};

/// The database's name in a private cluster.
const DATABASE: &str = "phach";

/// A server to administer: ours, or the one DATABASE_URL names.
pub struct Administered {
    pub url: String,
    cluster: Option<Cluster>,
}

impl Administered {
    /// Starts the private cluster where no DATABASE_URL is given.
    pub async fn reach(config: &Config) -> Result<Administered, String> {
        if let Some(url) = &config.database_url {
            return Ok(Administered { url: url.clone(), cluster: None });
        }
        prepare_data(config)?;
        let base = config.data.join("postgres");
        let started = tokio::task::spawn_blocking(move || Cluster::start(&base, Options { durable: true })).await;
        let cluster = started.map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
        let url = cluster.admin_url(DATABASE);
        create_database(&cluster.admin_url("postgres")).await?;
        Ok(Administered { url, cluster: Some(cluster) })
    }
    /// For commands typed beside a running `serve`: joins its server where there is one, starts it otherwise.
    pub async fn join(config: &Config) -> Result<Administered, String> {
        if config.database_url.is_none() {
            let url = Cluster::url_beside(&config.data.join("postgres"), DATABASE).map_err(|e| e.to_string());
            if let Ok(url) = url
                && admin::connect(&url).await.is_ok()
            {
                return Ok(Administered { url, cluster: None });
            }
        }
        Administered::reach(config).await
    }
    /// Starts the private server again where it was killed; what was committed is there.
    async fn revive(&mut self) {
        let Some(mut cluster) = self.cluster.take_if(|c| !c.is_alive()) else { return };
        tracing::warn!("Postgres is gone; it is started again");
        let tried = tokio::task::spawn_blocking(move || {
            let outcome = cluster.revive();
            (cluster, outcome)
        });
        match tried.await {
            Ok((cluster, outcome)) => {
                if let Err(e) = outcome {
                    tracing::error!(error = %e, "Postgres did not start again");
                }
                self.cluster = Some(cluster);
            }
            Err(e) => tracing::error!(error = %e, "Postgres did not start again"),
        }
    }
    pub async fn leave(self) -> Result<(), String> {
        let Some(cluster) = self.cluster else { return Ok(()) };
        tokio::task::spawn_blocking(move || cluster.stop()).await.map_err(|e| e.to_string())?.map_err(|e| e.to_string())
    }
}

async fn create_database(url: &str) -> Result<(), String> {
    use diesel_async::SimpleAsyncConnection;
    let mut conn = admin::connect(url).await?;
    match conn.batch_execute(&format!("create database {DATABASE}")).await {
        Ok(()) => Ok(()),
        Err(e) if e.to_string().contains("already exists") => Ok(()),
        Err(e) => Err(e.to_string()),
    }
}

fn prepare_data(config: &Config) -> Result<(), String> {
    cluster::make_folder(&config.data).map_err(|e| format!("PHACH_DATA: {}: {e}", config.data.display()))
}

/// What a site is put together of beside its database: the store, and pages that are being loaded.
pub type Things = (Store, JoinHandle<Result<Pages, String>>);

/// What a child answers about the walls around a reading.
type AskedWalls = JoinHandle<Option<Walls>>;

/// Logs once, and keeps for /readyz, what stands between an upload and this machine.
async fn say_walls(site: Data<Site>, asked: AskedWalls) {
    let walls = asked.await.ok().flatten();
    match walls {
        Some(w) if w.is_whole() => tracing::info!(walls = w.words(true), "uploads are read behind every wall"),
        Some(w) => tracing::warn!(walls = w.words(true), missing = w.words(false), "uploads are read, but this kernel or container lacks walls around the reader"),
        None => tracing::error!("the child that reads uploads does not answer"),
    }
    let _ = site.reader.set(walls.map_or_else(|| "does not answer".into(), |w| w.words(true)));
}

/// Templates and words, read by another thread.
pub fn load_pages() -> JoinHandle<Result<Pages, String>> {
    tokio::task::spawn_blocking(Pages::load)
}

/// Serves until a signal; errors are sentences for the terminal.
pub async fn serve(config: Config) -> Result<(), String> {
    let mut signals = Signals::install()?;
    raise_file_limit();
    let listener = TcpListener::bind(config.listen).map_err(|e| format!("PHACH_LISTEN: {}: {e}. Is another copy running?", config.listen))?;
    // Every setting before anything is started.
    prepare_data(&config)?;
    let transport = Transport::open(config.smtp_url.as_deref(), config.mail_from.clone(), &config.data)?;
    let store = Store::open(config.storage_url.as_deref(), &config.data)?;
    let pages = load_pages(); // beside the start of Postgres
    let walls = tokio::spawn(async { documents::ask_walls(&std::env::current_exe().ok()?).await });
    let mut administered = Administered::reach(&config).await?;
    let outcome = serve_with(&config, &mut administered, &mut signals, (listener, transport, walls, (store, pages))).await;
    let stopped = administered.leave().await;
    outcome.and(stopped)
}

async fn serve_with(config: &Config, administered: &mut Administered, signals: &mut Signals, parts: (TcpListener, Transport, AskedWalls, Things)) -> Result<(), String> {
    let (listener, transport, walls, things) = parts;
    let (site, first) = tokio::select! {
        ready = make_ready(config, &administered.url, things) => ready?,
        () = signals.next() => return Ok(()),
    };
    // nobody of a demonstration has an address: its letters go to the folder, whatever mail server is set
    let is_demonstration = site.pages.is_demonstration();
    let transport = if is_demonstration { Transport::open(None, config.mail_from.clone(), &config.data)? } else { transport };
    tokio::spawn(say_walls(site.clone(), walls));
    let server = app::server(site.clone(), listener, 2).map_err(|e| e.to_string())?;
    let handle = server.handle();
    let running = tokio::spawn(server);
    let jobs = jobs::start(site, transport);
    say_where(config, first.as_deref(), is_demonstration);
    loop {
        tokio::select! {
            () = signals.next() => break,
            () = tokio::time::sleep(Duration::from_secs(1)) => administered.revive().await,
        }
    }
    tracing::info!("stopping");
    // HTTP first, then the jobs, then Postgres: nobody's request loses its database. Ten seconds for all of it.
    let checkpoint = tokio::spawn(ease_the_stop(administered.url.clone()));
    let _ = tokio::time::timeout(app::LAST_REQUESTS + Duration::from_secs(1), handle.stop(true)).await;
    jobs.stop(Duration::from_secs(2)).await;
    checkpoint.abort();
    running.abort();
    Ok(())
}

/// Migrated, logins checked, the site put together; and the first organizer's link, where nobody has an account yet.
async fn make_ready(config: &Config, admin_url: &str, things: Things) -> Result<(Data<Site>, Option<String>), String> {
    admin::migrate(admin_url, false).await?;
    admin::refuse_forgetful(admin_url).await?;
    let site = put_together(config, admin_url, things).await?;
    look_for_the_mark(&site).await.map_err(|e| match e {
        Failure::Busy => "the database is busy, maybe with a demonstration that is being loaded: start again in a moment".to_owned(),
        e => e.to_string(),
    })?;
    refuse_half_a_demonstration(admin_url, config).await?;
    Ok((site, first_link(admin_url, config).await?))
}

/// A demonstration whose load was broken off has a clock that can be bent.
async fn refuse_half_a_demonstration(admin_url: &str, config: &Config) -> Result<(), String> {
    let mut conn = admin::connect(admin_url).await?;
    if !demo::is_unfinished(&mut conn).await.map_err(|e| e.to_string())? {
        return Ok(());
    }
    let place = match &config.database_url {
        Some(_) => "this database".to_owned(),
        None => format!("the folder {}", config.data.display()),
    };
    Err(format!("The demonstration was broken off while it loaded. Remove {place} and start again."))
}

/// The site on a migrated database.
pub async fn put_together(config: &Config, admin_url: &str, (store, pages): Things) -> Result<Data<Site>, String> {
    let secret = Secret::load_or_create(&config.secret_file)?;
    let logins = admin::prepare_logins(admin_url, &secret).await?;
    app::refuse_strong_logins(&logins).await?;
    app::build(Parts {
        logins,
        store,
        pages: pages.await.map_err(|e| e.to_string())??,
        public_url: config.public_url.clone(),
        behind_proxy: config.behind_proxy,
        metrics_token: config.metrics_token.clone(),
        exe: std::env::current_exe().map_err(|e| e.to_string())?,
        pool_size: 8,
        copies: Duration::from_secs(1),
    })
}

/// A mark that is there or not from the first day on; where it is about to be set, it is waited for.
async fn look_for_the_mark(site: &Site) -> Result<(), Failure> {
    let tx: Tx<Public> = site.db.open(Mode::Read, &Who::Program { contest: None }).await?;
    demo::wait_for_a_mark(&tx).await?;
    if demo::is_marked(&tx).await? {
        site.pages.say_demonstration();
    }
    tx.commit().await
}

/// What Postgres must write before it ends, it can begin to write while the last requests are answered.
async fn ease_the_stop(admin_url: String) {
    if let Ok(mut conn) = admin::connect(&admin_url).await {
        let _ = diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, "checkpoint").await; // an administrator who may not: no harm
    }
}

/// Each visitor, each connection to Postgres and each upload takes a file: as many as the system lets us have.
fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: now.maximum, maximum: now.maximum }); // refused: the limit stays
}

async fn first_link(admin_url: &str, config: &Config) -> Result<Option<String>, String> {
    let mut conn = admin::connect(admin_url).await?;
    accounts::first_link(&mut conn, &config.public_url).await.map_err(|e| e.to_string())
}

#[expect(clippy::print_stdout, reason = "the address is what a person at the terminal waits for")]
fn say_where(config: &Config, first: Option<&str>, is_demonstration: bool) {
    if let Some(link) = first {
        println!("\nNobody has an account here yet. The first organizer's one-time link:\nChưa ai có tài khoản. Liên kết dùng một lần của người tổ chức đầu tiên:\n\n  {link}\n");
    }
    if is_demonstration {
        println!(
            "\nThis is a demonstration with invented people. One press signs in as any of them:\nĐây là bản trình diễn, người và bài đều là hư cấu. Đăng nhập bằng một lần bấm:\n\n  {}/sign-in\n",
            config.public_url
        );
    } else if config.smtp_url.is_none() {
        println!("No mail server is set: letters go to {}; `phach letters` shows them.", config.data.join("letters").display());
    }
    println!("Phách: {}", config.public_url);
}

/// Ctrl-C and SIGTERM, from the first moment on.
struct Signals {
    term: Signal,
    int: Signal,
}

impl Signals {
    fn install() -> Result<Signals, String> {
        let listen = |kind| signal(kind).map_err(|e| e.to_string());
        Ok(Signals { term: listen(SignalKind::terminate())?, int: listen(SignalKind::interrupt())? })
    }
    async fn next(&mut self) {
        tokio::select! { _ = self.term.recv() => {}, _ = self.int.recv() => {} }
    }
}
