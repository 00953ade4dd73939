//! The composition root: one App for `serve` and for the tests.
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use crate::platform::admin::LoginUrls;
use crate::platform::copies::Copies;
use crate::platform::db::{Db, Login};
use crate::platform::kept::Kept;
use crate::platform::page::Pages;
use crate::platform::password::Hasher;
use crate::platform::site::Site;
use crate::platform::storage::Store;
use crate::platform::{admin, http};
use crate::routes;

/// How long requests under way are waited for when the server ends.
pub const LAST_REQUESTS: Duration = Duration::from_secs(4);

/// What differs between an installation and a test.
pub struct Parts {
    pub logins: LoginUrls,
    pub store: Store,
    pub pages: Pages,
    pub public_url: String,
    pub behind_proxy: bool,
    pub metrics_token: Option<String>,
    pub exe: PathBuf,
    /// Connections of each login, for each worker of the server and once more for the jobs; made as they are needed.
    pub pool_size: usize,
    /// How old a copy of a public page may be, and of what pages keep of a contest; zero: none is kept.
    pub copies: Duration,
}

/// Puts the site together. Errors: a sentence about what cannot be used.
pub fn build(parts: Parts) -> Result<Data<Site>, String> {
    Ok(Data::new(Site {
        db: Db::new(Arc::new(parts.logins), parts.pool_size, Arc::new(Kept::new(parts.copies))).map_err(|e| e.to_string())?,
        pages: parts.pages,
        copies: Arc::new(Copies::new(parts.copies)),
        hasher: Hasher::new(),
        sessions: Arc::default(),
        store: parts.store,
        public_url: parts.public_url,
        behind_proxy: parts.behind_proxy,
        exe: parts.exe,
        reader: Arc::default(),
        metrics_token: parts.metrics_token,
    }))
}

/// `serve` does not start with a login that could do more than its hats.
pub async fn refuse_strong_logins(logins: &LoginUrls) -> Result<(), String> {
    for (url, login) in [(&logins.named, Login::Named), (&logins.blind, Login::Blind)] {
        let found = admin::check_login(url, login).await?;
        if !found.is_empty() {
            return Err(format!("The {login:?} serving login is not as it must be, so nothing is served:\n  {}", found.join("\n  ")));
        }
    }
    Ok(())
}

/// The HTTP server on a listener that is bound already. Signals are the caller's.
pub fn server(site: Data<Site>, listener: TcpListener, workers: usize) -> std::io::Result<Server> {
    let server = HttpServer::new(move || App::new().app_data(Data::new(site.here())).wrap(from_fn(http::surround)).configure(routes::all))
        .workers(workers)
        .client_request_timeout(Duration::from_secs(10)) // of the head; a body's pieces have their own limit
        .client_disconnect_timeout(Duration::from_secs(2))
        .keep_alive(Duration::from_secs(30))
        .shutdown_timeout(LAST_REQUESTS.as_secs())
        .disable_signals()
        .listen(listener)?
        .run();
    Ok(server)
}
