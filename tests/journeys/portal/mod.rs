//! The scoring portal: what a judge asks about an own paper, and who learns what of it.
mod corrections;
mod print;
mod reports;

use crate::support::{Browser, Seen, TestApp};

const CONTEST: &str = "01900000-0000-7000-8000-000000000001";

/// As the database sees a person of the small contest: what follows runs in the same transaction.
fn as_person(email: &str) -> String {
    format!("select set_config('phach.contest', '{CONTEST}', true), set_config('phach.account', (select id::text from account.account where email_key = '{email}'), true); ")
}

/// Papers, of which gk1 and gk2 have the first `n`; the chair; the two judges.
async fn read_by_two(app: &TestApp, papers: u32, n: usize) -> (Vec<String>, Browser, Browser, Browser) {
    app.small_contest().await;
    let codes = app.cut_papers(papers).await;
    let (one, two) = (app.judge("Giám Khảo Một", "gk1@example.org").await, app.judge("Giám Khảo Hai", "gk2@example.org").await);
    for code in codes.iter().take(n) {
        app.assign("gk1@example.org", code).await;
        app.assign("gk2@example.org", code).await;
    }
    (codes, app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await, one, two)
}

fn at(code: &str) -> String {
    format!("/c/nho/marking/{code}")
}

/// A judge hands in a sheet by its form.
async fn mark(judge: &Browser, code: &str, content: &str, form: &str) {
    let page = judge.get(&at(code)).await.is(200);
    page.form("").fill("mark_noi-dung", content).fill("mark_hinh-thuc", form).fill("comment", "Vào bài cụ thể.").fill("do", "submit").submit().await.is(303);
}

/// No time of day stands on the page.
#[track_caller]
fn has_no_hour(page: &Seen) {
    let text = page.all("main").concat();
    let hour = text.as_bytes().windows(5).any(|w| w[2] == b':' && [0, 1, 3, 4].iter().all(|i| w[*i].is_ascii_digit()));
    assert!(!hour && page.all("time").is_empty(), "{text}");
}
