//! The contestant: from an open form to a receipt, and everything that can come in between.
use phach::outbox::{self, Transport};
use phach::platform::secret::{hex, sha256};

use crate::support::{Browser, Filling, Seen, TestApp};

mod ages;
mod asked;
mod coauthors;
mod desk;
mod files;
mod form;
mod limits;
mod list;
mod many;

const BAO: &str = "01900000-0000-7000-8000-000000000006";

/// A text of so many syllables.
fn essay(words: usize) -> String {
    (1..=words).map(|i| if i % 40 == 0 { "làng.\n\n" } else { "chữ " }).collect::<String>().trim_end().to_owned()
}

async fn start(app: &TestApp) -> Browser {
    app.small_contest().await;
    app.person("Nguyễn Thảo Miên", "mien@example.org").await
}

/// A new entry's page.
async fn new_entry(browser: &Browser) -> Seen {
    browser.get("/c/nho/entries").await.is(200).form("/c/nho/entries").submit().await.is(303).follow().await.is(200)
}

fn form(page: &Seen) -> Filling {
    page.form("")
}

/// A form that would be taken.
fn filled(page: &Seen) -> Filling {
    form(page).fill("category", BAO).fill("title", "Tủ sách ở nhà văn hóa thôn").fill("text", &essay(120))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_essay_gets_a_number_a_receipt_a_time_and_the_hash_of_its_very_bytes() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    assert_eq!((form(&page).value("name_1"), form(&page).value("email_1")), (Some("Nguyễn Thảo Miên"), Some("mien@example.org")));
    let receipt = filled(&page).fill("unit", "01900000-0000-7000-8000-000000000008").fill("do", "submit").submit().await.is(303).follow().await.is(200);
    receipt.says("Đã nhận bài số 1").says("120 từ").says("Huyện đoàn").says("Nguyễn Thảo Miên").says("UTC+07:00");
    let number = receipt.all(".receipt-no").concat();
    assert_eq!(number.len(), 19, "{number}");
    let sha = hex(&sha256(essay(120).as_bytes()));
    receipt.says(&sha);
    let letter = app.letter("mien@example.org", "receipt").await;
    assert_eq!(letter["receipt"].as_str().unwrap(), number.replace('-', ""));
    assert_eq!(letter["sha256"].as_str().unwrap(), sha);
    let at = app.ask("select to_char(received_at at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI:SS \"ngày\" DD/MM/YYYY') as line from named.version").await.concat();
    receipt.says(&at);
    let said = letters(&app).await;
    for words in ["Kính gửi Nguyễn Thảo Miên,", "Số bài: 1\n", &format!("Số biên nhận: {number}\n"), &sha, &format!("{at} (UTC+07:00)"), &format!("{}/c/nho/entries/", app.base)]
    {
        assert!(said.contains(words), "{words}\n{said}");
    }
    let original = browser.get(&receipt.path.replace("/receipt", "/original").replace("?said=entry-received", "")).await.is(200);
    assert_eq!(original.body, essay(120));
    assert_eq!(original.headers["content-disposition"], "attachment; filename=\"1.txt\"; filename*=UTF-8''1.txt");
    assert_eq!(original.headers["x-content-type-options"], "nosniff");
}

async fn submitted(browser: &Browser) -> Seen {
    let page = new_entry(browser).await;
    filled(&page).fill("do", "submit").submit().await.is(303).follow().await.is(200)
}

/// The entry's page, from its receipt.
async fn entry_of(browser: &Browser, receipt: &Seen) -> Seen {
    browser.get(receipt.path.split("/receipt").next().unwrap()).await.is(200)
}

/// What the desk decides about every entry that waits, as its page does.
async fn screen(app: &TestApp, verdict: &str, why: &str) {
    app.execute(&format!(
        "select set_config('phach.contest', '01900000-0000-7000-8000-000000000001', true);
         select named.screen(id, version, '{verdict}', '{why}') from named.entry where state in ('waiting', 'queried', 'valid')"
    ))
    .await;
}

async fn received(app: &TestApp) -> String {
    app.ask("select count(*)::text as line from named.version where received_at is not null").await.concat()
}

async fn state_of(app: &TestApp) -> String {
    app.ask("select state as line from named.entry order by created_at").await.join(" ")
}

/// Every letter so far, as a person reads it.
async fn letters(app: &TestApp) -> String {
    let transport = Transport::open(None, "Ban Tổ chức <thi@example.org>".parse().unwrap(), app.data.path()).unwrap();
    while outbox::send_due(&app.site, &transport, 20).await.unwrap() > 0 {}
    outbox::print_folder(app.data.path(), 50).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_come_in_the_language_of_their_reader_and_lead_to_the_page_that_says_more() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    app.execute("update account.account set lang = 'en'").await;
    submitted(&browser).await;
    screen(&app, "query", "Thiếu năm sinh của tác giả").await;
    screen(&app, "refused", "Bài đã đăng báo").await;
    let said = letters(&app).await;
    let id = app.ask("select id::text as line from named.entry").await.concat();
    for words in
        ["Dear Nguyễn Thảo Miên,", "Subject: Receipt for entry no. 1\n", "Entry number: 1\n", "Subject: The desk asks about entry no. 1\n", "Subject: Decision on entry no. 1\n"]
    {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert_eq!(said.matches(&format!("{}/c/nho/entries/{id}\n", app.base)).count(), 2, "{said}");
    assert!(said.contains(&format!("/entries/{id}/receipt\n")) && !said.contains("năm sinh") && !said.contains("đăng báo"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_after_a_submission_that_were_not_sent_are_pointed_out() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = entry_of(&browser, &submitted(&browser).await).await;
    page.hides("thay đổi chưa gửi");
    let page = filled(&page).fill("title", "Tên khác").fill("do", "save").submit().await.is(303).follow().await;
    page.says("thay đổi chưa gửi");
    browser.get("/c/nho/entries").await.says("thay đổi chưa gửi").says("Tủ sách");
    form(&page).fill("do", "submit").submit().await.is(303);
    browser.get("/c/nho/entries").await.says("Tên khác").hides("thay đổi chưa gửi");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_form_names_every_field_and_the_summary_leads_to_each() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let seen = form(&page).without("category").fill("name_1", "").fill("email_1", "không phải").fill("year_1", "88").fill("do", "submit").submit().await.is(422);
    let links = seen.attrs(".errors a", "href");
    assert_eq!(links, ["#category", "#name_1", "#year_1", "#email_1", "#title", "#text"]);
    for id in links {
        assert_eq!(seen.attrs(&format!("{id}[aria-invalid=true]"), "name").len(), 1, "{id}");
    }
    assert!(seen.body.contains("<title>Lỗi: Gửi bài dự thi"));
    assert_eq!((form(&seen).value("email_1"), form(&seen).value("year_1")), (Some("không phải"), Some("88")));
    assert_eq!(received(&app).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_too_short_or_too_long_says_by_how_much_and_stays_in_the_box() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let short = filled(&page).fill("text", &essay(99)).fill("do", "submit").submit().await.is(422);
    short.says("Bài dài 99 từ").says("Viết thêm ít nhất 1 từ");
    let long = filled(&short).fill("text", &essay(5001)).fill("do", "submit").submit().await.is(422);
    long.says("Bài dài 5.001 từ, thể lệ cho phép đến 5.000 từ. Bớt ít nhất 1 từ.").says("5.001 từ, thừa 1");
    assert_eq!(form(&long).value("text"), Some(essay(5001).as_str()));
    // kept in the draft as well
    assert_eq!(form(&browser.get(&long.path).await).value("text"), Some(essay(5001).as_str()));
    filled(&long).fill("text", &essay(100)).fill("do", "submit").submit().await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_larger_than_a_draft_holds_is_refused_in_words_and_given_back() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let huge = "chữ ".repeat(1_050_000);
    let seen = filled(&page).fill("text", &huge).fill("do", "save").submit().await.is(422);
    assert!(seen.body.contains("Nội dung dài hơn mức máy chủ giữ được") && seen.body.len() > huge.len());
    let mut fields = form(&page).fill("text", &huge).fields().to_vec();
    fields.push(("do".into(), "save".into()));
    browser.post(&format!("{}/draft", page.path), &fields).await.is(422);
    assert_eq!(app.ask("select body as line from named.draft").await, [""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_more_author_is_shown_on_demand_and_blank_ones_are_nobody() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let seen = filled(&page).fill("do", "more").submit().await.is(303).follow().await.is(200);
    assert_eq!((seen.attrs("input[name^=name_]", "name").len(), seen.attrs("button[value=more]", "name").len()), (2, 0));
    assert_eq!(form(&seen).value("title"), Some("Tủ sách ở nhà văn hóa thôn"));
    let seen = form(&seen).fill("name_2", "Trịnh Bá Hòa").fill("email_2", "MIEN@example.org").fill("do", "submit").submit().await.is(422);
    seen.says("Tác giả 2: thư điện tử này đã ghi cho tác giả khác");
    let receipt = form(&seen).fill("email_2", "").fill("do", "submit").submit().await.is(303).follow().await;
    receipt.says("Nguyễn Thảo Miên, Trịnh Bá Hòa");
    let many = entry_of(&browser, &receipt).await;
    form(&many).add("name_3", "Ba Người").fill("do", "submit").submit().await.is(422).says("nhận nhiều nhất 2 tác giả");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_and_a_replay_are_one_submission_with_one_letter() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let press = || filled(&page).fill("do", "submit").submit();
    let (a, b, c) = tokio::join!(press(), press(), press());
    for answer in [a, b, c] {
        answer.is(303).follow().await.is(200).says("Đã nhận bài số 1");
    }
    press().await.is(303).follow().await.says("Đã nhận bài số 1");
    assert_eq!(received(&app).await, "1");
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'receipt'").await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_presses_on_a_new_entry_open_one() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let list = browser.get("/c/nho/entries").await;
    let press = || list.form("/c/nho/entries").submit();
    let (a, b, c) = tokio::join!(press(), press(), press());
    assert!(a.location == b.location && b.location == c.location);
    assert_eq!(state_of(&app).await, "draft");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_slower_of_two_windows_is_told_and_overwrites_nothing_by_itself() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let (one, two) = (new_entry(&browser).await, new_entry(&browser).await);
    assert_eq!(one.path, two.path);
    let draft = format!("{}/draft", one.path);
    let saved = browser.post(&draft, filled(&one).fields()).await.is(204);
    assert_eq!(saved.headers["x-revision"], "2");
    let slower = browser.post(&draft, filled(&two).fill("title", "Bản kia").fields()).await.is(409);
    assert_eq!(slower.headers["x-refusal"], "draft_newer");
    let seen = filled(&two).fill("title", "Bản kia").fill("do", "submit").submit().await.is(409);
    assert_eq!(form(&seen).value("title"), Some("Bản kia"));
    seen.says("Bài này vừa được lưu ở một cửa sổ hay thiết bị khác");
    assert_eq!(app.ask("select title as line from named.draft").await, ["Tủ sách ở nhà văn hóa thôn"]);
    // a file from the slower window does not take the place of the other's either
    form(&two).attach("file", "bai.txt", essay(120).into_bytes()).submit().await.is(409);
    assert_eq!(app.ask("select (attachment is null)::text as line from named.draft").await, ["true"]);
    // pressed again it is a choice
    form(&seen).fill("do", "submit").submit().await.is(303);
    assert_eq!(app.ask("select title as line from named.draft").await, ["Bản kia"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_saved_by_itself_after_the_session_ended_or_the_deadline_says_so() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let fields = filled(&page).fields().to_vec();
    let out = app.browser().post(&format!("{}/draft", page.path), &fields).await.is(303);
    assert!(out.location.starts_with("/sign-in?back="), "{}", out.location);
    app.execute("update phach.test_clock set shift = interval '2 days'").await;
    let late = browser.post(&format!("{}/draft", page.path), &fields).await.is(409);
    assert_eq!(late.headers["x-refusal"], "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_after_the_deadline_gives_the_text_back_to_copy() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    app.execute("update phach.test_clock set shift = interval '2 days'").await;
    let seen = filled(&page).fill("do", "submit").submit().await.is(409);
    seen.says("Đã hết hạn gửi bài");
    assert!(seen.all("textarea[readonly]").concat().starts_with("chữ chữ"), "{}", seen.body);
    assert_eq!((received(&app).await.as_str(), state_of(&app).await.as_str()), ("0", "draft"));
    browser.get("/c/nho/entries").await.says("Đã hết hạn gửi bài").hides("Gửi thêm bài của tôi");
    browser.post("/c/nho/entries", &[]).await.is(409);
}
