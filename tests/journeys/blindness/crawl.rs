//! All that a hat can see over HTTP: every page that its links lead to, with headers, and the downloads.
use std::collections::{BTreeSet, VecDeque};

use reqwest::Client;
use reqwest::redirect::Policy;
use scraper::{Html, Selector};

use super::world::World;

/// An answer.
pub struct Page {
    pub hat: String,
    pub path: String,
    pub status: u16,
    /// `name: value`, without what differs with every request.
    pub headers: String,
    pub body: String,
}

/// Where each hat begins. Its tabs lead on.
fn start(hat: &str) -> Vec<&'static str> {
    let own = match hat {
        "contestant" => "/c/nho/entries",
        "clerk" => "/c/nho/desk?state=all",
        "judge" => "/c/nho/marking",
        "chair" => "/c/nho/chair",
        "organizer" => "/c/nho/organizer",
        "auditor" => "/c/nho/record",
        _ => "/c/nho/results",
    };
    vec!["/", "/me", "/c/nho", "/c/nho/opening", own]
}

const MOST: usize = 400;

impl World {
    async fn session_of(&self, email: &str) -> String {
        let key = uuid::Uuid::new_v4().to_string();
        self.app.execute(&format!("insert into account.session(key_hash, account, seen_at, expires_at) select sha256('{key}'), id, phach.now(), phach.now() + interval '1 day' from account.account where email_key = '{email}'")).await;
        key
    }

    /// Every page of a person's that links lead to.
    pub async fn crawl(&self, hat: &str, email: &str) -> Vec<Page> {
        let key = self.session_of(email).await;
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        let mut waiting: VecDeque<String> = start(hat).into_iter().map(str::to_owned).collect();
        let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
        let mut out = vec![];
        while let Some(path) = waiting.pop_front() {
            let request = client.get(format!("{}{path}", self.app.base)).header("cookie", format!("phach={key}")).header("accept-language", "vi");
            let answer = request.send().await.unwrap();
            let status = answer.status().as_u16();
            assert!(status < 500, "{hat} {path}: {status}");
            let headers = answer.headers().iter().filter(|(n, _)| !["date", "x-request-id", "content-length"].contains(&n.as_str()));
            let headers = headers.map(|(n, v)| format!("{n}: {}\n", String::from_utf8_lossy(v.as_bytes()))).collect();
            let body = answer.text().await.unwrap();
            for to in links(&body) {
                if known.len() < MOST && known.insert(to.clone()) {
                    waiting.push_back(to);
                }
            }
            out.push(Page { hat: hat.to_owned(), path, status, headers, body });
        }
        assert!(known.len() < MOST, "{hat} has more pages than this test reads");
        out
    }

    /// What anybody on this machine reads besides pages.
    pub async fn metrics(&self) -> String {
        self.app.browser().get("/metrics").await.is(200).body
    }
}

fn links(body: &str) -> Vec<String> {
    let html = Html::parse_document(body);
    let found =
        html.select(&Selector::parse("a[href]").unwrap()).filter_map(|a| a.value().attr("href")).map(|h| h.split('#').next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    found.into_iter().filter(|h| h.starts_with('/') && !h.starts_with("/lang/") && !h.starts_with("/static/")).collect()
}
