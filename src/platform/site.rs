//! What every request can reach: the two pools, the pages, the store, the installation's address.
use std::path::PathBuf;

use actix_web::HttpRequest;

use super::db::Db;
use super::page::Pages;
use super::password::Hasher;
use super::storage::Store;

pub struct Site {
    pub db: Db,
    pub pages: Pages,
    pub hasher: Hasher,
    pub store: Store,
    /// `https://thi.example.vn`, without a slash at the end: every link in a letter begins with it, never with the
    /// Host header.
    pub public_url: String,
    /// A proxy on this machine sets X-Forwarded-For.
    pub behind_proxy: bool,
    /// Our own binary, for the reading child.
    pub exe: PathBuf,
    /// Opens /metrics from other machines.
    pub metrics_token: Option<String>,
}

impl Site {
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
    /// The visitor's address for the throttle.
    pub fn address_of(&self, req: &HttpRequest) -> String {
        let peer = req.peer_addr().map(|a| a.ip());
        let forwarded = req.headers().get("x-forwarded-for").and_then(|h| h.to_str().ok()).and_then(|h| h.rsplit(',').next());
        match (forwarded, peer) {
            (Some(f), Some(p)) if self.behind_proxy && p.is_loopback() => f.trim().to_owned(),
            (_, Some(p)) => p.to_string(),
            _ => "unknown".into(),
        }
    }
}
