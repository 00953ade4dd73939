//! Questions of the desk and their answers; ids that are somebody else's.
use super::{BAO, entry_of, filled, form, new_entry, received, screen, start, state_of, submitted};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_query_is_answered_after_the_deadline_and_until_queries_close() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let receipt = submitted(&browser).await;
    screen(&app, "query", "Thiếu năm sinh của tác giả").await;
    let letter = app.letter("mien@example.org", "query").await;
    assert!(!letter.to_string().contains("năm sinh"), "a reason stays on its page: {letter}");
    browser.get("/c/nho/entries").await.says("Cần bổ sung");
    app.execute("update phach.test_clock set shift = interval '2 days'").await;
    let page = entry_of(&browser, &receipt).await;
    page.says("Tổ Thư ký hỏi lại").says("Thiếu năm sinh của tác giả");
    // the answer is kept with the draft, and asked for once
    let page = form(&page).fill("note", "Em sinh năm 1994.").fill("do", "save").submit().await.is(303).follow().await;
    assert_eq!(form(&page).value("note"), Some("Em sinh năm 1994."));
    form(&page).fill("note", &"a".repeat(2001)).fill("do", "submit").submit().await.is(422).says("tối đa 2.000 ký tự");
    let page = browser.get(&page.path).await;
    form(&page).fill("note", "Em sinh năm 1994.").fill("year_1", "1994").fill("do", "submit").submit().await.is(303).follow().await.says("thay bài 1 lần");
    assert_eq!(app.ask("select note as line from named.version order by n").await, ["", "Em sinh năm 1994."]);
    assert_eq!(app.ask("select note as line from named.draft").await, [""]);
    assert_eq!(state_of(&app).await, "waiting");
    // answered: after the deadline it is shut again
    let page = entry_of(&browser, &receipt).await;
    page.says("Đã hết hạn gửi bài");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_unanswered_when_queries_close_can_be_answered_no_more() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let receipt = submitted(&browser).await;
    screen(&app, "query", "Thiếu năm sinh của tác giả").await;
    let page = entry_of(&browser, &receipt).await;
    app.execute("update phach.test_clock set shift = interval '3 days'").await;
    form(&page).fill("do", "submit").submit().await.is(409).says("Đã hết hạn bổ sung");
    entry_of(&browser, &receipt).await.says("Đã hết hạn bổ sung").says("Thiếu năm sinh");
    assert_eq!(received(&app).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_valid_entry_that_is_replaced_in_time_waits_again_and_a_cut_one_is_shut() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let receipt = submitted(&browser).await;
    screen(&app, "valid", "").await;
    browser.get(&receipt.path).await.says("Hợp lệ qua sơ loại");
    let page = entry_of(&browser, &receipt).await;
    filled(&page).fill("title", "Bản thay").fill("do", "submit").submit().await.is(303);
    assert_eq!(state_of(&app).await, "waiting");
    screen(&app, "valid", "").await;
    let page = entry_of(&browser, &receipt).await;
    app.execute("update named.entry set cut = true").await;
    filled(&page).fill("do", "submit").submit().await.is(409).says("Bài đã cắt phách");
    page.form(&format!("{}/withdrawal", page.path)).submit().await.is(303).follow().await.says("Đã gửi lời xin rút bài").says("Tổ Thư ký sẽ trả lời");
    assert_eq!(state_of(&app).await, "valid", "the desk has to agree");
    browser.get(&receipt.path).await.says("Đã cắt phách").says("kể cả với bạn");
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_of_another_contest_or_person_are_worth_nothing() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    app.execute(
        "set local role phach_owner;
         insert into contest.contest select (jsonb_populate_record(c, '{\"id\": \"01900000-0000-7000-8000-0000000000ff\", \"slug\": \"khac\"}')).* from contest.contest c;
         insert into contest.category select (jsonb_populate_record(k, '{\"id\": \"01900000-0000-7000-8000-0000000000fa\", \"contest\": \"01900000-0000-7000-8000-0000000000ff\"}')).* from contest.category k;
         insert into contest.unit select (jsonb_populate_record(u, '{\"id\": \"01900000-0000-7000-8000-0000000000fb\", \"contest\": \"01900000-0000-7000-8000-0000000000ff\"}')).* from contest.unit u where key = 'tinh'",
    )
    .await;
    let page = new_entry(&browser).await;
    let seen =
        filled(&page).fill("category", "01900000-0000-7000-8000-0000000000fa").fill("unit", "01900000-0000-7000-8000-0000000000fb").fill("do", "submit").submit().await.is(422);
    assert_eq!(seen.attrs(".errors a", "href"), ["#category", "#unit"]);
    assert_eq!(app.ask("select concat(category, unit) as line from named.draft").await, [""]);
    // the same entry by the other contest's address
    browser.get(&page.path.replace("/c/nho/", "/c/khac/")).await.is(404);
    // a version's id that belongs to another entry, of mine or of somebody else
    let mine = form(&seen).fill("category", BAO).fill("unit", "").fill("do", "submit");
    let version = mine.value("version").unwrap().to_owned();
    mine.submit().await.is(303);
    let second = new_entry(&browser).await;
    filled(&second).fill("version", &version).fill("do", "submit").submit().await.is(422);
    let stranger = app.person("Ai Đó", "aido@example.org").await;
    let theirs = new_entry(&stranger).await;
    let theirs = filled(&theirs).fill("version", &version).fill("do", "submit").submit().await.is(422);
    filled(&theirs).fill("version", "khong-phai").fill("do", "submit").submit().await.is(422);
    for rest in ["", "/draft", "/withdrawal"] {
        stranger.post(&format!("{}{rest}", page.path), &[]).await.is(404);
    }
    assert_eq!(received(&app).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_characters_leave_the_title_and_the_text_before_a_judge_could_see_them() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    filled(&page).fill("title", "Tên\u{200b} bài\u{202e}").fill("text", &format!("Ba\u{300}i\u{200b} {}", super::essay(100))).fill("do", "submit").submit().await.is(303);
    assert_eq!(app.ask("select title || '|' || left(body, 4) as line from named.version").await, ["Tên bài|Bài "]);
}
