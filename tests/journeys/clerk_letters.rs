//! Letters that do not arrive: found by the program or by the desk, mended by the desk; and the own address of signing in,
//! which only a link changes.
use phach::entries::jobs::{Turn, take};

use crate::clerk::{by, desk};
use crate::support::{Browser, PASSWORD, Seen, TestApp};

/// Every letter to an address is given up, as the mail server's refusal does it.
async fn give_up(app: &TestApp, address: &str) {
    app.execute(&format!(
        "update mail.letter set attempts = 3, failed_at = phach.now(), last_error = '550' where to_address = '{address}' and sent_at is null and failed_at is null"
    ))
    .await;
    take(&app.site, Turn::RaiseFailedLetters).await.unwrap();
}
async fn flags(app: &TestApp) -> String {
    app.ask("select flags::text as line from named.entry where version > 0 order by number").await.join(" ")
}
async fn letters_to(app: &TestApp, address: &str) -> Vec<String> {
    app.ask(&format!("select kind as line from mail.letter where to_address = '{address}' and failed_at is null order by number")).await
}
async fn mend(clerk: &Browser, entry: &str, email: &str, reason: &str) -> Seen {
    let page = clerk.get(&format!("/c/nho/desk/{entry}/contact")).await.is(200);
    page.form(&format!("/c/nho/desk/{entry}/contact")).fill("email", email).fill("reason", reason).submit().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_given_up_is_a_doubt_and_a_mended_address_gets_it_again_and_all_that_follow() {
    let (app, clerk) = desk().await;
    let id = app.received(by("Đặng Thị Hòa", "hoa@exmaple.org", "Đường về bản")).await;
    let other = app.received(by("Lê Đình Đức", "duc@example.org", "Tủ sách")).await;
    give_up(&app, "hoa@exmaple.org").await;
    assert_eq!(flags(&app).await, "16 0");
    let page = clerk.get(&format!("/c/nho/desk/{id}")).await.is(200);
    page.says("Thư không tới").says("hoa@exmaple.org");
    clerk.get("/c/nho/desk?flag=mail-failed").await.says("Đường về bản");
    clerk.get(&format!("/c/nho/desk/{id}/contact")).await.says("Máy chủ thư không nhận địa chỉ này");
    mend(&clerk, &id, "không phải thư", "Đã gọi điện").await.is(422).says("Địa chỉ thư chưa đúng");
    let again = mend(&clerk, &id, "hoa@example.org", "ừ").await.is(422);
    assert_eq!(again.form(&format!("/c/nho/desk/{id}/contact")).value("email"), Some("hoa@example.org"));
    mend(&clerk, &id, "HOA@exmaple.org", "Đã gọi điện").await.is(422).says("đúng địa chỉ này rồi");
    mend(&clerk, &id, "hoa@example.org", "Đã gọi điện").await.is(303).follow().await.says("đăng nhập bằng hoa@exmaple.org").says("Đã gọi điện");
    assert_eq!(flags(&app).await, "0 0");
    assert_eq!(letters_to(&app, "hoa@example.org").await, ["receipt", "contact-mended"]);
    assert_eq!(letters_to(&app, "hoa@exmaple.org").await, ["contact-left"]);
    let left = app.letter("hoa@exmaple.org", "contact-left").await;
    assert!(!left.to_string().contains("hoa@example.org"), "the old address may be a stranger's: {left}");
    // its own failure is no doubt any more, and new letters go to the new address
    give_up(&app, "hoa@exmaple.org").await;
    assert_eq!(flags(&app).await, "0 0");
    let decide = clerk.get(&format!("/c/nho/desk/{id}")).await;
    let action = decide.attrs("form.verdict", "action").concat();
    decide.form(&action).fill("verdict", "query").fill("reason", "Xin cho biết năm sinh").submit().await.is(303);
    assert_eq!(letters_to(&app, "hoa@example.org").await, ["receipt", "contact-mended", "query"]);
    assert_eq!(letters_to(&app, "duc@example.org").await, ["receipt"]);
    // another's entry is as if it were not there
    let foreign = clerk.get(&format!("/c/khac/desk/{other}/contact")).await;
    assert_eq!(foreign.status.as_u16(), 404);
    assert_eq!(
        app.ask("select count(*)::text as line from record.event where content::text like '%exmaple%' or content::text like '%hoa@%' or content::text like '%gọi%'").await,
        ["0"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_came_back_by_post_of_the_mail_is_recorded_by_hand() {
    let (app, clerk) = desk().await;
    let id = app.received(by("Đặng Thị Hòa", "hoa@example.org", "Đường về bản")).await;
    let action = format!("/c/nho/desk/{id}/contact/returned");
    let page = clerk.get(&format!("/c/nho/desk/{id}/contact")).await.is(200);
    page.form(&action).fill("note", "x").submit().await.is(422).says("Ghi từ 5 đến 500 ký tự");
    page.form(&action).fill("returned", "ai@example.org").fill("note", "Hộp thư đầy").submit().await.is(422).says("Không có thư nào của bài này");
    assert_eq!(flags(&app).await, "0");
    page.form(&action).fill("note", "Hộp thư đầy").submit().await.is(303).follow().await.says("Hộp thư đầy");
    assert_eq!(flags(&app).await, "16");
    // looked into: the same is no doubt again, another one is
    clerk.post(&format!("/c/nho/desk/{id}/flags"), &[("kind".into(), "mail-failed".into()), ("note".into(), "Đã nhắn, họ dọn hộp thư".into())]).await.is(303);
    assert_eq!(flags(&app).await, "0");
    page.form(&action).fill("note", "Lại đầy rồi").submit().await.is(303);
    assert_eq!(flags(&app).await, "16");
}

async fn ask_address(browser: &Browser, email: &str, password: &str) -> Seen {
    browser.get("/me").await.is(200).form("/me/address").fill("email", email).fill("password", password).submit().await
}
async fn address_link(app: &TestApp, email: &str) -> String {
    app.letter(email, "address-change").await["link"].as_str().unwrap().strip_prefix(&app.base).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_signing_in_changes_only_by_a_link_to_the_new_one_and_the_old_one_is_told() {
    let app = TestApp::spawn().await;
    let browser = app.person("Một", "mot@exmaple.org").await;
    let elsewhere = app.browser();
    elsewhere.sign_in("mot@exmaple.org").await;
    ask_address(&browser, "mot@example.org", "sai mật khẩu rồi").await.is(422).says("Mật khẩu chưa đúng");
    ask_address(&browser, "không phải", PASSWORD).await.is(422).says("Địa chỉ thư chưa đúng");
    ask_address(&browser, "MOT@exmaple.org", PASSWORD).await.is(422).says("đúng địa chỉ này");
    ask_address(&browser, "mot@example.org", PASSWORD).await.is(303).follow().await.says("Liên kết đã được gửi").says("mot@exmaple.org");
    let path = address_link(&app, "mot@example.org").await;
    browser.get(&path).await.is(200);
    browser.get("/me").await.says("mot@exmaple.org"); // opening is not pressing
    browser.get(&path).await.form("").submit().await.is(303).follow().await.says("mot@example.org").hides("mot@exmaple.org");
    elsewhere.get("/me").await.is(303);
    app.letter("mot@exmaple.org", "address-left").await;
    // used once; and what was sent to the old address before opens nothing
    browser.get(&path).await.form("").submit().await.is(409).says("đã dùng rồi");
    let confirm = app.letter("mot@exmaple.org", "confirm-address").await["link"].as_str().unwrap().strip_prefix(&app.base).unwrap().to_owned();
    app.browser().get(&confirm).await.is(200);
    let fresh = app.browser();
    fresh.sign_in("mot@example.org").await;
    fresh.get("/me").await.is(200).says("đã xác nhận");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_somebody_has_is_not_told_to_the_visitor_and_a_link_runs_out() {
    let app = TestApp::spawn().await;
    let browser = app.person("Một", "mot@example.org").await;
    app.person("Hai", "hai@example.org").await;
    ask_address(&browser, "hai@example.org", PASSWORD).await.is(303).follow().await.says("Liên kết đã được gửi");
    app.letter("hai@example.org", "already-registered").await;
    ask_address(&browser, "ba@example.org", PASSWORD).await.is(303);
    let path = address_link(&app, "ba@example.org").await;
    app.execute("update phach.test_clock set shift = interval '25 hours'").await;
    app.browser().get(&path).await.form("").submit().await.is(409);
    // taken meanwhile by somebody else
    ask_address(&browser, "bon@example.org", PASSWORD).await.is(303);
    let path = address_link(&app, "bon@example.org").await;
    app.person("Bốn", "bon@example.org").await;
    app.browser().get(&path).await.form("").submit().await.is(409);
    assert_eq!(app.ask("select string_agg(email, ' ' order by email) as line from account.account").await, ["bon@example.org hai@example.org mot@example.org"]);
    // and no more than five letters in a quarter of an hour
    for n in 0..3 {
        ask_address(&browser, &format!("nam{n}@example.org"), PASSWORD).await.is(303);
    }
    let last = ask_address(&browser, "sau@example.org", PASSWORD).await;
    ask_address(&browser, "bay@example.org", PASSWORD).await.is(429);
    assert!(last.status.as_u16() == 303 || last.status.as_u16() == 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_account_wrote_by_its_old_address_counts_for_it_by_the_new_one() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.execute("update contest.contest set limit_overall = 1, limit_per_category = 1").await;
    let browser = app.person("Đặng Thị Hòa", "hoa@exmaple.org").await;
    app.received(by("Đặng Thị Hòa", "hoa@exmaple.org", "Đường về bản")).await;
    give_up(&app, "hoa@exmaple.org").await;
    assert_eq!(flags(&app).await, "16");
    ask_address(&browser, "hoa@example.org", PASSWORD).await.is(303);
    let path = address_link(&app, "hoa@example.org").await;
    browser.get(&path).await.form("").submit().await.is(303);
    assert_eq!(flags(&app).await, "0");
    assert_eq!(app.ask("select email || ' ' || email_key as line from named.author").await, ["hoa@exmaple.org hoa@example.org"]);
    browser.get("/c/nho/entries").await.is(200).says("Bạn đã đứng tên đủ số bài");
}
