//! Every route × every hat and none × own, another's and absent, against the checked-in tests/access.txt. A route without
//! a row fails. After a wanted change: `PHACH_WRITE_ACCESS=1 bin/test access`, and read the difference.
use std::collections::{BTreeMap, BTreeSet};

use reqwest::redirect::Policy;
use reqwest::{Client, Method};

use crate::support::TestApp;

const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/access.txt");
const ROUTES: &str = include_str!("../../src/routes.rs");
/// Who asks: a word, and the address of the account (none: no session).
const VISITORS: [(&str, &str); 8] = [
    ("nobody", ""),
    ("contestant", "tacgia1@example.org"),
    ("clerk", "thuky@example.org"),
    ("judge", "gk1@example.org"),
    ("chair", "truong@example.org"),
    ("organizer", "tochuc@example.org"),
    ("auditor", "giamsat@example.org"),
    ("holder", "khoa1@example.org"),
];

/// (method, pattern) of every `.route("…", …)` in the sources, in order.
fn routes() -> Vec<(Method, String)> {
    let mut found = vec![];
    for call in ROUTES.split(".route(").filter(|c| c.starts_with('"')) {
        let pattern = call.split('"').nth(1).unwrap().to_owned();
        let handler = call.split(',').nth(1).unwrap();
        let method = if handler.contains("changes(") || handler.contains("post()") { Method::POST } else { Method::GET };
        found.push((method, pattern));
    }
    assert!(found.len() > 30, "{found:?}");
    found
}

/// The contest with a hat for each visitor, and a second one where nobody has any.
async fn prepare(app: &TestApp) -> Vec<String> {
    app.small_contest().await;
    let codes = app.cut_papers(6).await;
    for (hat, email) in [("chair", "truong@example.org"), ("organizer", "tochuc@example.org"), ("auditor", "giamsat@example.org"), ("auditor", "khoa1@example.org")] {
        app.official("nho", hat, "Người Này", email).await;
    }
    app.judge("Một", "gk1@example.org").await;
    app.judge("Hai", "gk2@example.org").await;
    app.assign("gk1@example.org", &codes[0]).await;
    app.assign("gk2@example.org", &codes[1]).await;
    app.execute(
        "set local role phach_owner; insert into contest.contest select (jsonb_populate_record(c, '{\"id\": \"01900000-0000-7000-8000-0000000000ff\", \"slug\": \"khac\"}')).* from contest.contest c where slug = 'nho'",
    )
    .await;
    codes
}

/// The same route for own, another's and absent things; where the pattern has no parameter, once.
fn addresses(pattern: &str, entries: &[String], (codes, judge): (&[String], &str)) -> Vec<(&'static str, String)> {
    let absent = "01900000-0000-7000-8000-00000000eeee";
    let fill = |slug: &str, id: &str, code: &str| {
        pattern
            .replace("{judge}", if id == absent { absent } else { judge })
            .replace("{slug}", slug)
            .replace("{id}", id)
            .replace("{code}", code)
            .replace("{token}", "0000")
            .replace("{lang}", "en")
            .replace("{section}", "categories")
            .replace("{n}", "1")
            .replace("{rest:.*}", "x/phach.css")
    };
    if !pattern.contains("{slug}") {
        return vec![("any", fill("", "", ""))];
    }
    let mut out = vec![("own", fill("nho", &entries[0], &codes[0]))];
    if ["{id}", "{code}", "{judge}"].iter().any(|key| pattern.contains(key)) {
        out.push(("another's", fill("nho", &entries[1], &codes[1])));
        out.push(("absent", fill("nho", absent, "ABCDEFGHJK")));
    }
    out.push(("other contest", fill("khac", &entries[0], &codes[0])));
    out.push(("no contest", fill("khong-co", &entries[0], &codes[0])));
    out
}

/// A fresh session for each request: some of the routes end it.
async fn session_of(app: &TestApp, email: &str) -> Option<String> {
    if email.is_empty() {
        return None;
    }
    let key = uuid::Uuid::new_v4().to_string();
    let sql = format!("insert into account.session(key_hash, account) select sha256('{key}'), id from account.account where email_key = '{email}'");
    app.execute(&sql).await;
    Some(key)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_every_hat_as_the_checked_in_table_says() {
    let app = TestApp::spawn().await;
    let codes = prepare(&app).await;
    let entries = app.ask("select id::text as line from named.entry order by number").await;
    let judge = app.ask("select id::text as line from account.account where email_key = 'gk1@example.org'").await.concat();
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let mut lines = vec![];
    // what hides must hide: for a visitor and a route, "another's", "absent" and both other contests look the same
    let mut hidden: BTreeMap<(String, &str), BTreeSet<String>> = BTreeMap::new();
    for (method, pattern) in routes() {
        for (visitor, email) in VISITORS {
            for (which, path) in addresses(&pattern, &entries, (&codes, &judge)) {
                let mut request = client.request(method.clone(), format!("{}{path}", app.base)).header("sec-fetch-site", "same-origin").header("accept-language", "vi");
                if let Some(key) = session_of(&app, email).await {
                    request = request.header("cookie", format!("phach={key}"));
                }
                if method == Method::POST {
                    request = request.header("content-type", "application/x-www-form-urlencoded").body("");
                }
                let answer = request.send().await.unwrap();
                let status = answer.status().as_u16();
                let location = answer.headers().get("location").map(|l| l.to_str().unwrap().to_owned()).unwrap_or_default();
                let to = if location.starts_with("/sign-in?back") { " sign-in" } else { "" };
                lines.push(format!("{method} {pattern} | {visitor} | {which} | {status}{to}"));
                assert!(status < 500, "{method} {path} as {visitor}: {status}");
                if status == 404 {
                    hidden.entry((format!("{method} {pattern}"), visitor)).or_default().insert(answer.text().await.unwrap());
                }
            }
        }
    }
    for ((route, visitor), bodies) in hidden {
        assert_eq!(bodies.len(), 1, "{route} as {visitor}: what is not theirs and what does not exist look different");
    }
    let text = lines.join("\n") + "\n";
    if std::env::var("PHACH_WRITE_ACCESS").is_ok() {
        std::fs::write(EXPECTED, &text).unwrap();
    }
    let expected = std::fs::read_to_string(EXPECTED).unwrap();
    let (now, then): (BTreeSet<&str>, BTreeSet<&str>) = (text.lines().collect(), expected.lines().collect());
    let (new, gone): (Vec<_>, Vec<_>) = (now.difference(&then).collect(), then.difference(&now).collect());
    assert!(new.is_empty() && gone.is_empty(), "not in the table: {new:#?}\nonly in the table: {gone:#?}");
}
