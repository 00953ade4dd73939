//! `phach serve`: Postgres up, migrated, logins checked, pages served; and everything down again in order.
use std::net::TcpListener;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

use crate::app::{self, Parts};
use crate::config::Config;
use crate::platform::admin;
use crate::platform::cluster::{Cluster, Options};
use crate::platform::secret::Secret;
use crate::platform::storage::Store;
use crate::{accounts, jobs};

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
        std::fs::create_dir_all(&config.data).map_err(|e| format!("PHACH_DATA: {}: {e}", config.data.display()))?;
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

/// Serves until a signal; errors are sentences for the terminal.
pub async fn serve(config: Config) -> Result<(), String> {
    let listener = TcpListener::bind(config.listen).map_err(|e| format!("PHACH_LISTEN: {}: {e}. Is another copy running?", config.listen))?;
    let administered = Administered::reach(&config).await?;
    let outcome = serve_with(&config, &administered, listener).await;
    let stopped = administered.leave().await;
    outcome.and(stopped)
}

async fn serve_with(config: &Config, administered: &Administered, listener: TcpListener) -> Result<(), String> {
    admin::migrate(&administered.url, false).await?;
    let secret = Secret::load_or_create(&config.secret_file)?;
    let logins = admin::prepare_logins(&administered.url, &secret).await?;
    app::refuse_strong_logins(&logins).await?;
    let site = app::build(Parts {
        logins,
        store: Store::open(config.storage_url.as_deref(), &config.data)?,
        public_url: config.public_url.clone(),
        behind_proxy: config.behind_proxy,
        metrics_token: config.metrics_token.clone(),
        exe: std::env::current_exe().map_err(|e| e.to_string())?,
        pool_size: 16,
    })?;
    let first = first_link(&administered.url, config).await?;
    let server = app::server(site.clone(), listener, 2).map_err(|e| e.to_string())?;
    let handle = server.handle();
    let running = tokio::spawn(server);
    let jobs = jobs::start(site, config)?;
    say_where(config, first.as_deref());
    wait_for_a_signal().await?;
    tracing::info!("stopping");
    // HTTP first, then the jobs, then Postgres: nobody's request loses its database.
    let _ = tokio::time::timeout(Duration::from_secs(8), handle.stop(true)).await;
    jobs.stop().await;
    let _ = running.await;
    Ok(())
}

async fn first_link(admin_url: &str, config: &Config) -> Result<Option<String>, String> {
    let mut conn = admin::connect(admin_url).await?;
    accounts::first_link(&mut conn, &config.public_url).await.map_err(|e| e.to_string())
}

#[expect(clippy::print_stdout, reason = "the address is what a person at the terminal waits for")]
fn say_where(config: &Config, first: Option<&str>) {
    if let Some(link) = first {
        println!("\nNobody has an account here yet. The first organizer's one-time link:\nChưa ai có tài khoản. Liên kết dùng một lần của người tổ chức đầu tiên:\n\n  {link}\n");
    }
    println!("Phách: {}", config.public_url);
}

async fn wait_for_a_signal() -> Result<(), String> {
    let mut term = signal(SignalKind::terminate()).map_err(|e| e.to_string())?;
    let mut int = signal(SignalKind::interrupt()).map_err(|e| e.to_string())?;
    tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
    Ok(())
}
