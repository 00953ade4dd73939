//! Counters for operators: requests by class of status and their time, no label of contest, category or code.
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::failure::Failure;
use super::site::Site;

static REQUESTS: [AtomicU64; 5] = [const { AtomicU64::new(0) }; 5];
static MICROS: AtomicU64 = AtomicU64::new(0);
static LETTERS_SENT: AtomicU64 = AtomicU64::new(0);
static LETTERS_FAILED: AtomicU64 = AtomicU64::new(0);

pub fn count(status: u16, took: Duration) {
    if let Some(class) = REQUESTS.get(usize::from(status / 100).saturating_sub(1)) {
        class.fetch_add(1, Relaxed);
    }
    MICROS.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
}
pub fn count_letter(sent: bool) {
    if sent { &LETTERS_SENT } else { &LETTERS_FAILED }.fetch_add(1, Relaxed);
}

/// `GET /metrics`, in the Prometheus text form; from this machine, or with the token.
pub async fn show(req: HttpRequest, site: Data<Site>) -> Result<HttpResponse, Failure> {
    let local = req.peer_addr().is_some_and(|a| a.ip().is_loopback()) && !site.behind_proxy;
    let sent = req.headers().get("authorization").and_then(|h| h.to_str().ok()).and_then(|h| h.strip_prefix("Bearer "));
    let token = match (&site.metrics_token, sent) {
        (Some(ours), Some(theirs)) => super::secret::sha256(ours.as_bytes()) == super::secret::sha256(theirs.as_bytes()),
        _ => false,
    };
    if !(local || token) {
        return Err(Failure::NotFound);
    }
    let mut out = String::from("# TYPE phach_requests_total counter\n");
    for (i, n) in REQUESTS.iter().enumerate() {
        let _ = writeln!(out, "phach_requests_total{{class=\"{}xx\"}} {}", i + 1, n.load(Relaxed));
    }
    let seconds = Duration::from_micros(MICROS.load(Relaxed)).as_secs_f64();
    let _ = writeln!(out, "# TYPE phach_request_seconds_total counter\nphach_request_seconds_total {seconds}");
    let _ = writeln!(out, "# TYPE phach_letters_total counter\nphach_letters_total{{state=\"sent\"}} {}", LETTERS_SENT.load(Relaxed));
    let _ = writeln!(out, "phach_letters_total{{state=\"failed\"}} {}", LETTERS_FAILED.load(Relaxed));
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(out))
}

/// `GET /healthz`: the process answers.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// `GET /readyz`: Postgres answers on both logins; and which walls stand around a reading of an upload.
pub async fn readyz(site: Data<Site>) -> HttpResponse {
    let ready = tokio::time::timeout(Duration::from_secs(2), site.db.ready()).await.unwrap_or(false);
    let reader = site.reader.get().map_or("not asked yet", String::as_str);
    let (mut answer, word) = if ready { (HttpResponse::Ok(), "ready") } else { (HttpResponse::ServiceUnavailable(), "not ready") };
    answer.content_type("text/plain").body(format!("{word}\nreader: {reader}\n"))
}
