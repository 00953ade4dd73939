//! Co-authors are written to, confirm or object by a link of their own; silence and unconfirmed addresses become doubts.
use phach::entries::jobs::{Turn, take};

use super::{entry_of, filled, form, letters, new_entry, start};
use crate::support::{Browser, Filling, Seen, TestApp};

const DUC: &str = "duc@example.org";

async fn asked(app: &TestApp) -> usize {
    app.ask("select to_address as line from mail.letter where kind = 'coauthor-asked'").await.len()
}
fn with_duc(page: &Seen) -> Filling {
    filled(page).fill("name_1", "Nguyễn Thảo Miên").fill("email_1", "mien@example.org").fill("name_2", "Lê Đình Đức").fill("email_2", DUC)
}
/// Sent by Miên with Đức as the second author: the receipt.
async fn sent(browser: &Browser) -> Seen {
    with_duc(&new_entry(browser).await).fill("do", "submit").submit().await.is(303).follow().await.is(200)
}
/// The path of the newest letter's link.
async fn link(app: &TestApp) -> String {
    let key = app.letter(DUC, "coauthor-asked").await["key"].as_str().unwrap().to_owned();
    format!("/co-author/{key}")
}
async fn flags(app: &TestApp) -> String {
    app.ask("select flags::text as line from named.entry where version > 0 order by number").await.join(" ")
}
async fn days_pass(app: &TestApp, days: u32) {
    app.execute(&format!("update phach.test_clock set shift = shift + interval '{days} days'")).await;
}
async fn press(page: &Seen, answer: &str, words: &str) -> Seen {
    page.form("").fill("words", words).fill("answer", answer).submit().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_co_author_is_asked_once_by_a_letter_and_confirms_without_an_account() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let receipt = sent(&browser).await;
    let said = letters(&app).await;
    for words in [&format!("To: {DUC}\n"), "Kính gửi Lê Đình Đức,", "Người gửi bài: Nguyễn Thảo Miên", &format!("{}/co-author/", app.base)] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    let path = link(&app).await;
    assert_eq!(app.ask("select count(*)::text as line from named.coauthor where hash = sha256(convert_to('x', 'UTF8')) or encode(hash, 'hex') like '%x'").await, ["0"]);
    let page = app.browser().get(&path).await.is(200);
    page.says("Nguyễn Thảo Miên đã gửi").says("Lê Đình Đức").says("Tủ sách ở nhà văn hóa thôn").says("Cuộc thi nhỏ");
    press(&page, "agrees", "").await.is(303).follow().await.says("Bạn đã xác nhận là đồng tác giả");
    // a new version that keeps the co-author asks nobody; one who is added is asked
    let page = entry_of(&browser, &receipt).await;
    form(&page).fill("title", "Tủ sách, sửa lại").fill("do", "submit").submit().await.is(303);
    assert_eq!(asked(&app).await, 1);
    let page = entry_of(&browser, &receipt).await;
    form(&page).fill("email_2", "duc.moi@example.org").fill("do", "submit").submit().await.is(303);
    assert_eq!(asked(&app).await, 2);
    app.browser().get(&path).await.is(200).says("không còn ghi tên bạn");
    days_pass(&app, 8).await;
    take(&app.site, Turn::RaiseOverdue).await.unwrap();
    assert_eq!(flags(&app).await, "10", "the new address is silent, and the sender's unconfirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_is_a_doubt_with_its_words_the_sender_is_told_kindly_and_nothing_is_refused() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let receipt = sent(&browser).await;
    let path = link(&app).await;
    let page = app.browser().get(&path).await;
    press(&page, "objects", "Tôi không biết gì về bài này.").await.is(303).follow().await.says("không cùng viết bài này");
    let letter = app.letter("mien@example.org", "coauthor-objects").await;
    assert!(letter["other"] == "Lê Đình Đức" && !letter.to_string().contains("không biết gì"), "{letter}");
    assert_eq!((flags(&app).await.as_str(), super::state_of(&app).await.as_str()), ("4", "waiting"));
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let id = receipt.path.split('/').nth(4).unwrap().to_owned();
    let desk = clerk.get(&format!("/c/nho/desk/{id}")).await.is(200);
    desk.says("Đồng tác giả phản đối").says("Tôi không biết gì về bài này.");
    // in the record only salted
    assert_eq!(app.ask("select count(*)::text as line from record.event where content::text like '%không biết gì%' or content::text like '%duc@example%'").await, ["0"]);
    // the second press is the first; another answer is another row; the sender hears once
    press(&page, "objects", "Tôi không biết gì về bài này.").await.is(303);
    press(&page, "agrees", "").await.is(303);
    assert_eq!(flags(&app).await, "0");
    press(&page, "objects", "Thôi, không phải tôi.").await.is(303);
    assert_eq!(flags(&app).await, "4");
    assert_eq!(app.ask("select count(*)::text as line from named.coauthor_answer").await, ["3"]);
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'coauthor-objects'").await, ["1"]);
    // a version without the co-author has no such doubt; named again, the objection stands
    let entry = entry_of(&browser, &receipt).await;
    form(&entry).fill("name_2", "").fill("email_2", "").fill("do", "submit").submit().await.is(303);
    assert_eq!(flags(&app).await, "0");
    let entry = entry_of(&browser, &receipt).await;
    with_duc(&browser.get(&format!("{}?more=1", entry.path)).await).fill("do", "submit").submit().await.is(303);
    assert_eq!((flags(&app).await.as_str(), asked(&app).await), ("4", 1));
    // looked into by the desk, the same objection is no doubt again
    clerk.post(&format!("/c/nho/desk/{id}/flags"), &[("kind".into(), "coauthor-objects".into()), ("note".into(), "Đã gọi cả hai".into())]).await.is(303);
    let entry = entry_of(&browser, &receipt).await;
    form(&entry).fill("title", "Tủ sách, lần nữa").fill("do", "submit").submit().await.is(303);
    assert_eq!(flags(&app).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_link_no_choice_too_many_words_and_an_entry_that_is_cut_change_nothing() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    sent(&browser).await;
    let path = link(&app).await;
    let answers = async || app.ask("select count(*)::text as line from named.coauthor_answer").await.concat();
    let wrong = app.browser().get("/co-author/0000").await.is(404).says("Không có liên kết này").path.clone();
    app.browser().post(&wrong, &[("answer".into(), "objects".into())]).await.is(404);
    // the hash as it is stored opens nothing
    let stored = app.ask("select encode(hash, 'hex') as line from named.coauthor").await.concat();
    app.browser().get(&format!("/co-author/{stored}")).await.is(404);
    let page = app.browser().get(&path).await.is(200);
    page.form("").fill("words", "Giữ lời này").submit().await.is(422).says("một trong hai nút").says("Giữ lời này");
    let long = press(&page, "objects", &"ă".repeat(1_001)).await.is(422);
    long.says("tối đa 1.000 ký tự");
    assert_eq!(long.form("").value("words").map(str::len), Some(2_002));
    assert_eq!(answers().await, "0");
    app.execute("update named.entry set state = 'withdrawn'").await;
    press(&page, "objects", "").await.is(409).says("đã kết thúc");
    app.browser().get(&path).await.is(200).says("đã rút hoặc không được nhận");
    app.execute("update named.entry set state = 'valid', cut = true").await;
    press(&page, "objects", "").await.is(409);
    let shut = app.browser().get(&path).await.is(200);
    shut.says("đã được cắt phách");
    assert_eq!((shut.attrs("main form[method=post]", "method").len(), answers().await.as_str()), (0, "0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_who_is_alone_has_no_own_address_or_is_the_sender() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let alone = filled(&new_entry(&browser).await).fill("name_1", "Trần Bình").fill("email_1", "binh@example.org");
    alone.fill("do", "submit").submit().await.is(303);
    with_duc(&new_entry(&browser).await).fill("email_2", "").fill("text", &super::essay(130)).fill("do", "submit").submit().await.is(303);
    assert_eq!(asked(&app).await, 0);
    days_pass(&app, 8).await;
    app.execute("update account.account set confirmed_at = phach.now()").await;
    take(&app.site, Turn::RaiseOverdue).await.unwrap();
    assert_eq!(flags(&app).await, "0 0");
}

#[tokio::test(flavor = "multi_thread")]
async fn seven_days_of_silence_are_a_doubt_that_an_answer_lowers() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    sent(&browser).await;
    app.execute("update account.account set confirmed_at = phach.now()").await;
    let path = link(&app).await;
    let page = app.browser().get(&path).await;
    days_pass(&app, 6).await;
    assert_eq!(take(&app.site, Turn::RaiseOverdue).await.unwrap(), 0);
    assert_eq!(flags(&app).await, "0");
    days_pass(&app, 1).await;
    assert_eq!(take(&app.site, Turn::RaiseOverdue).await.unwrap(), 1);
    assert_eq!(flags(&app).await, "2");
    assert_eq!(take(&app.site, Turn::RaiseOverdue).await.unwrap(), 0);
    press(&page, "agrees", "").await.is(303);
    assert_eq!(flags(&app).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_unconfirmed_after_72_hours_is_a_doubt_that_its_confirmation_lowers() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    super::submitted(&browser).await;
    let stranger = app.person("Người Khác", "khac@example.org").await;
    app.execute("update account.account set confirmed_at = phach.now() where email_key = 'khac@example.org'").await;
    filled(&new_entry(&stranger).await).fill("text", &super::essay(130)).fill("do", "submit").submit().await.is(303);
    app.execute("update phach.test_clock set shift = shift + interval '71 hours'").await;
    take(&app.site, Turn::RaiseOverdue).await.unwrap();
    assert_eq!(flags(&app).await, "0 0");
    app.execute("update phach.test_clock set shift = shift + interval '1 hour'").await;
    take(&app.site, Turn::RaiseOverdue).await.unwrap();
    take(&app.site, Turn::RaiseOverdue).await.unwrap();
    assert_eq!(flags(&app).await, "8 0");
    let letter = app.letter("mien@example.org", "confirm-address").await;
    let path = letter["link"].as_str().unwrap().strip_prefix(&app.base).unwrap().to_owned();
    app.browser().get(&path).await.form("").submit().await.is(303);
    assert_eq!(flags(&app).await, "0 0");
    take(&app.site, Turn::RaiseOverdue).await.unwrap();
    assert_eq!(flags(&app).await, "0 0");
    assert_eq!(app.ask("select count(*)::text as line from named.flag").await, ["1"]);
}
