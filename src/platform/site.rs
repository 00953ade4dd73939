//! What every request can reach: the two pools, the pages, the store, the installation's address.
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use actix_web::HttpRequest;

use super::copies::Copies;
use super::db::Db;
use super::page::Pages;
use super::password::Hasher;
use super::sessions::Sessions;
use super::storage::Store;

#[derive(Clone)]
pub struct Site {
    pub db: Db,
    pub pages: Pages,
    pub copies: Arc<Copies>,
    pub hasher: Hasher,
    pub sessions: Arc<Sessions>,
    pub store: Store,
    /// `https://thi.example.vn`, without a slash at the end: every link in a letter begins with it, never with the
    /// Host header.
    pub public_url: String,
    /// A proxy on this machine sets X-Forwarded-For.
    pub behind_proxy: bool,
    /// Our own binary, for the reading child.
    pub exe: PathBuf,
    /// Which walls stand around a reading, for /readyz; empty until a child has said so.
    pub reader: Arc<OnceLock<String>>,
    /// Opens /metrics from other machines.
    pub metrics_token: Option<String>,
}

impl Site {
    /// The same site with connections on the runtime of this thread; with the shared ones where it has none.
    pub fn here(&self) -> Site {
        match self.db.here() {
            Ok(db) => Site { db, ..self.clone() },
            Err(e) => {
                tracing::warn!(error = %e, "a worker shares the connections of the others");
                self.clone()
            }
        }
    }
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
            (Some(f), Some(p)) if self.behind_proxy && p.is_loopback() => f.trim().parse().map_or_else(|_| "unknown".into(), network),
            (_, Some(p)) => network(p),
            _ => "unknown".into(),
        }
    }
}

/// One household or office of IPv6 has a whole /64: it counts as one address.
fn network(ip: IpAddr) -> String {
    match ip {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        IpAddr::V6(v6) => v6.to_canonical().to_string(),
        IpAddr::V4(v4) => v4.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_one_ipv6_network_count_as_one_and_ipv4_addresses_each() {
        let of = |s: &str| network(s.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::3"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::3"), of("2001:db8:1:3::3"));
        assert_eq!((of("::ffff:192.0.2.7"), of("192.0.2.8")), ("192.0.2.7".into(), "192.0.2.8".into()));
    }
}
