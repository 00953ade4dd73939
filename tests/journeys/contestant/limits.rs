//! Deadlines by the database's clock, and limits that hold when everybody presses at once.
use futures_util::future::join_all;

use super::{entry_of, filled, form, new_entry, received, screen, start, state_of, submitted};
use crate::support::{Browser, Filling, TestApp};

async fn limit(app: &TestApp, per_category: &str, overall: &str) {
    app.execute(&format!("update contest.contest set limit_per_category = {per_category}, limit_overall = {overall}")).await;
}

/// The database's clock stands still at an instant of the contest's dates.
async fn stop_clock(app: &TestApp, at: &str) {
    app.execute(&format!(
        "do $$ begin execute format('create or replace function phach.now() returns timestamptz language sql stable parallel safe as %L',
           (select format('select timestamptz %L', {at}) from contest.contest)); end $$"
    ))
    .await;
}

/// So many filled forms of entries of their own.
async fn drafts(browser: &Browser, n: usize, email: &str) -> Vec<Filling> {
    let mut forms = vec![];
    for _ in 0..n {
        let page = new_entry(browser).await;
        let saved = filled(&page).fill("email_1", email).fill("do", "save").submit().await.is(303).follow().await;
        forms.push(form(&saved).fill("do", "submit"));
    }
    forms
}

/// All at once; how many went through. The others are told why.
async fn press_all(forms: Vec<Filling>, why: &str) -> usize {
    let answers = join_all(forms.into_iter().map(Filling::submit)).await;
    for refused in answers.iter().filter(|a| a.status != 303) {
        assert_eq!(refused.status, 422, "{}", refused.text());
        refused.says(why);
    }
    answers.iter().filter(|a| a.status == 303).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_submissions_at_once_of_one_author_at_a_limit_of_one_give_one() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    limit(&app, "1", "null").await;
    let mut forms = vec![];
    for i in 0..5 {
        let browser = app.person(&format!("Người {i}"), &format!("nguoi{i}@example.org")).await;
        // the same address, written in five ways
        let email = ["chung@example.org", "Chung@example.org", "CHUNG@EXAMPLE.ORG", "chung@Example.org", " chung@example.org"][i];
        forms.extend(drafts(&browser, 10, email).await);
    }
    assert_eq!(press_all(forms, "đã có đủ số bài mà thể lệ cho phép ở loại hình này").await, 1);
    assert_eq!(received(&app).await, "1");
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'receipt'").await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_address_the_account_that_sends_is_what_counts() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    limit(&app, "null", "1").await;
    let forms = drafts(&browser, 50, "").await;
    assert_eq!(press_all(forms, "đã có đủ số bài mà thể lệ cho phép trong cuộc thi").await, 1);
    let other = app.person("Người Khác", "khac@example.org").await;
    assert_eq!(press_all(drafts(&other, 1, "").await, "-").await, 1);
    assert_eq!(received(&app).await, "2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_author_counts_too_and_replacing_an_entry_counts_once() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    limit(&app, "1", "null").await;
    let receipt = submitted(&browser).await;
    let page = entry_of(&browser, &receipt).await;
    filled(&page).fill("title", "Bản thay").fill("do", "submit").submit().await.is(303).follow().await.says("Bản thay").says("thay bài 1 lần").says("Đã nhận bài số 1");
    let other = app.person("Người Khác", "khac@example.org").await;
    let page = new_entry(&other).await;
    let seen = filled(&page).add("name_2", "Miên").add("email_2", "mien@example.org").fill("do", "submit").submit().await.is(422);
    assert_eq!(seen.attrs(".errors a", "href"), ["#category"]);
    form(&seen).fill("email_2", "").fill("do", "submit").submit().await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_or_refused_entry_frees_the_limit_and_cannot_come_back() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    limit(&app, "1", "null").await;
    let first = entry_of(&browser, &submitted(&browser).await).await;
    // by an old window: the list no longer has the button
    let page = browser.post("/c/nho/entries", &[]).await.is(303).follow().await.is(200);
    filled(&page).fill("do", "submit").submit().await.is(422);
    first.form(&format!("{}/withdrawal", first.path)).submit().await.is(303).follow().await.says("Bạn đã rút bài này");
    filled(&first).fill("do", "submit").submit().await.is(409).says("đã rút");
    let page = browser.get(&page.path).await;
    form(&page).fill("do", "submit").submit().await.is(303);
    screen(&app, "refused", "Bài đã đăng báo").await;
    assert_eq!(state_of(&app).await, "withdrawn refused");
    let letter = app.letter("mien@example.org", "entry-refused").await;
    assert!(letter["number"] == 2 && !letter.to_string().contains("đăng báo"), "{letter}");
    let shown = browser.get(&page.path).await;
    shown.says("không được nhận vào vòng chấm").says("Bài đã đăng báo");
    form(&page).fill("version", "01900000-0000-7000-8000-00000000eeee").fill("do", "submit").submit().await.is(409);
    submitted(&browser).await.says("Đã nhận bài số 3");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_microsecond_before_the_close_is_in_time_and_the_close_is_not() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let again = || filled(&page).fill("do", "submit").submit();
    stop_clock(&app, "opens_at - interval '1 microsecond'").await;
    again().await.is(409).says("chưa mở nhận bài");
    browser.post("/c/nho/entries", &[]).await.is(409);
    stop_clock(&app, "closes_at").await;
    again().await.is(409).says("Đã hết hạn gửi bài");
    assert_eq!(received(&app).await, "0");
    stop_clock(&app, "closes_at - interval '1 microsecond'").await;
    again().await.is(303);
    let at = app.ask("select (received_at = c.closes_at - interval '1 microsecond')::text as line from named.version v join contest.contest c on c.id = v.contest").await;
    assert_eq!(at, ["true"]);
    let page = browser.get(&page.path).await;
    stop_clock(&app, "closes_at").await;
    page.form(&format!("{}/withdrawal", page.path)).submit().await.is(409).says("Đã hết hạn");
    filled(&page).fill("title", "Bản thay").fill("do", "submit").submit().await.is(409);
    assert_eq!(state_of(&app).await, "waiting");
    stop_clock(&app, "opens_at").await;
    submitted(&browser).await.says("Đã nhận bài số 2");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_decides_the_deadline_whatever_the_clock_of_the_app_says() {
    // by the app's clock the contest closed an hour ago, by the database's it closes in 23 hours
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    app.execute("update contest.contest set opens_at = now() - interval '5 days', closes_at = now() - interval '1 hour'").await;
    app.execute("update phach.test_clock set shift = interval '-1 day'").await;
    submitted(&browser).await.says("Đã nhận bài số 1");
    // by the app's clock it is open for another hour, by the database's it closed 23 hours ago
    let page = new_entry(&browser).await;
    app.execute("update contest.contest set closes_at = now() + interval '1 hour', intake_closes_at = now() + interval '2 hours'").await;
    app.execute("update phach.test_clock set shift = interval '1 day'").await;
    filled(&page).fill("do", "submit").submit().await.is(409).says("Đã hết hạn gửi bài");
    assert_eq!(received(&app).await, "1");
}
