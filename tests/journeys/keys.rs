//! Keys: one that rests, one that changes hands before the seal, and the minutes of what they open.
use diesel_async::SimpleAsyncConnection;

use crate::hats::{ask, wear};
use crate::results::{closed, sealed, turn};
use crate::support::{Browser, PASSWORD, Seen, TestApp};

const KEYS: &str = "/c/nho/keys";
const THIRD: &str = "01900000-0000-7000-8000-0000000000d3";

/// A new password by the letter's link, as whoever reads that person's mail could get one.
async fn reset(app: &TestApp, email: &str) {
    app.browser().get("/forgot").await.form("/forgot").fill("email", email).submit().await.is(303);
    let link = app.letter(email, "reset-password").await["link"].as_str().unwrap().to_owned();
    let page = app.browser().get(link.strip_prefix(&app.base).unwrap()).await;
    page.form("").fill("password", PASSWORD).submit().await.is(303);
}

async fn signed_in(app: &TestApp, email: &str) -> Browser {
    let browser = app.browser();
    browser.sign_in(email).await;
    browser
}

/// A third key holder, an official of the desk; and an auditor, who holds no key.
async fn with_a_third(app: &TestApp) -> (Browser, Browser) {
    app.execute(&format!(
        "insert into contest.key_holder(id, contest, email_key, office_vi, office_en, position) values ('{THIRD}', '01900000-0000-7000-8000-000000000001', 'khoa3@example.org', 'Thanh tra', 'Inspector', 3)"
    ))
    .await;
    (app.official("nho", "clerk", "Khóa Ba", "khoa3@example.org").await, app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await)
}

async fn propose(holder: &Browser, whose: &str, email: &str) -> Seen {
    let form = holder.get(KEYS).await.is(200).form(KEYS).fill("in_place_of", whose).fill("email", email).fill("office_vi", "Giám sát");
    form.fill("reason", "Người cũ đi công tác dài").fill("password", PASSWORD).submit().await
}
async fn confirm(holder: &Browser) -> Seen {
    holder.get(KEYS).await.is(200).form("/c/nho/keys/confirmation").fill("password", PASSWORD).submit().await
}
/// Presses what the page no longer offers.
async fn press(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Seen {
    let fields: Vec<(String, String)> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    browser.post(path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_lets_a_key_rest_for_a_day_and_the_page_says_from_when_it_works_again() {
    let app = TestApp::spawn().await;
    let (_, organizer, last4) = sealed(&app).await;
    turn(&organizer, &last4).await.is(303);
    reset(&app, "khoa2@example.org").await;
    let chair = signed_in(&app, "khoa2@example.org").await;
    let page = chair.get("/c/nho/opening").await.is(200);
    page.says("khóa của bạn tạm ngưng").says("Khóa dùng lại được từ");
    assert_eq!(page.all("form input[name=last4]").len(), 0);
    press(&chair, "/c/nho/opening", &[("last4", &last4), ("password", PASSWORD)]).await.is(409).says("tạm ngưng");
    app.execute("update phach.test_clock set shift = shift + interval '23 hours 59 minutes'").await;
    press(&chair, "/c/nho/opening", &[("last4", &last4), ("password", PASSWORD)]).await.is(409);
    assert_eq!(app.ask("select count(*)::text as line from slip.key_turn").await, ["1"]);
    app.execute("update phach.test_clock set shift = shift + interval '1 minute'").await;
    turn(&chair, &last4).await.is(303);
    turn(&signed_in(&app, "khoa1@example.org").await, &last4).await.is(303).follow().await.says("đã mở");
    assert_eq!(app.ask("select count(*)::text as line from result.opened").await, ["3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_does_not_count_once_its_holders_password_is_changed_and_two_accounts_at_one_address_are_one_holder() {
    let app = TestApp::spawn().await;
    let (_, organizer, last4) = sealed(&app).await;
    let chair = signed_in(&app, "khoa2@example.org").await;
    turn(&organizer, &last4).await.is(303);
    reset(&app, "khoa1@example.org").await;
    turn(&chair, &last4).await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from result.opened").await, ["0"]);
    // the chair leaves the address, and another account takes it: still that one key
    app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    app.execute("update account.account set email_key = 'cu@example.org' where email_key = 'khoa2@example.org'; update account.account set email_key = 'khoa2@example.org' where email_key = 'giamsat@example.org'").await;
    let mut second = wear(&app, "public", "khoa2@example.org").await;
    assert_eq!(ask(&mut second, &format!("select slip.turn_key('{last4}')::text as line")).await.unwrap(), ["false"]);
    second.batch_execute("commit").await.unwrap();
    assert_eq!(app.ask("select count(*)::text as line from result.opened").await, ["0"]);
    // who takes an address over by a letter waits a day as well
    app.execute("update account.account set email_changed_at = phach.now() where email_key = 'khoa2@example.org'").await;
    let mut second = wear(&app, "public", "khoa2@example.org").await;
    assert!(ask(&mut second, &format!("select slip.turn_key('{last4}')::text as line")).await.unwrap_err().contains("key_rests"));
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_seal_two_holders_put_another_in_the_thirds_place() {
    let app = TestApp::spawn().await;
    let (_, organizer) = closed(&app, [9000, 8000, 8000, 7000, 6000, 5000]).await;
    let (third, auditor) = with_a_third(&app).await;
    let chair = signed_in(&app, "khoa2@example.org").await;
    // an address without a role, without a reason, a holder's, a wrong password: nothing typed is lost
    let seen = propose(&organizer, THIRD, "ai@example.org").await.is(422);
    seen.says("chưa có vai trò trong cuộc thi");
    assert_eq!(seen.form(KEYS).value("email"), Some("ai@example.org"));
    propose(&organizer, THIRD, "khoa2@example.org").await.is(422).says("Mỗi người giữ khóa một địa chỉ khác nhau");
    let form = organizer.get(KEYS).await.form(KEYS).fill("in_place_of", THIRD).fill("email", "giamsat@example.org").fill("password", PASSWORD);
    form.submit().await.is(422).says("Ghi lý do");
    let form = organizer.get(KEYS).await.form(KEYS).fill("in_place_of", THIRD).fill("email", "giamsat@example.org").fill("reason", "Đi xa lâu ngày");
    form.fill("password", "không phải đâu nhé").submit().await.is(422).says("Mật khẩu chưa đúng");
    assert_eq!(app.ask("select count(*)::text as line from slip.replacement").await, ["0"]);
    propose(&organizer, THIRD, "giamsat@example.org").await.is(303).follow().await.says("Cần một người giữ khóa khác xác nhận");
    assert_eq!(app.letter("khoa3@example.org", "key-replacement").await["slug"], "nho");
    // neither who proposed it, nor whom it is about, nor somebody without a key
    let id = app.ask("select id::text as line from slip.replacement").await.concat();
    press(&organizer, "/c/nho/keys/confirmation", &[("id", &id), ("password", PASSWORD)]).await.is(409).says("cần một người giữ khóa khác xác nhận");
    third.get(KEYS).await.is(200).says("Đề nghị này về khóa của bạn");
    press(&third, "/c/nho/keys/confirmation", &[("id", &id), ("password", PASSWORD)]).await.is(409).says("hai người giữ khóa khác quyết định");
    press(&auditor, "/c/nho/keys/confirmation", &[("id", &id), ("password", PASSWORD)]).await.is(404);
    auditor.get(KEYS).await.is(404);
    confirm(&chair).await.is(303).follow().await.says("Đã thay đổi người giữ khóa");
    press(&chair, "/c/nho/keys/confirmation", &[("id", &id), ("password", PASSWORD)]).await.is(409).says("không còn");
    third.get("/c/nho/opening").await.is(404);
    auditor.get("/c/nho/opening").await.is(200).says("Giám sát");
    let public = app.browser().get("/c/nho").await;
    public.says("Người cũ đi công tác dài").says("Thanh tra → Giám sát").hides("giamsat@example.org").hides("khoa3@example.org");
    assert_eq!(app.ask("select content->>'office' as line from record.event where verb = 'change_holder'").await, ["Giám sát"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_holders_none_is_replaced_and_together_they_add_a_third() {
    let app = TestApp::spawn().await;
    let (_, organizer) = closed(&app, [9000, 8000, 8000, 7000, 6000, 5000]).await;
    app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    let chair = signed_in(&app, "khoa2@example.org").await;
    organizer.get(KEYS).await.says("Chỉ có hai người giữ khóa");
    organizer.get("/c/nho/organizer/rules/holders").await.says("Chỉ có hai người giữ khóa");
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes").submit().await.is(303);
    organizer.get("/c/nho/prizes").await.says("Chỉ có hai người giữ khóa");
    let mut holder = wear(&app, "public", "khoa1@example.org").await;
    let replace = |whose: &str| format!("select slip.propose_replacement('{whose}', 'giamsat@example.org', '', '', 'có lý do')::text as line");
    assert!(ask(&mut holder, &replace("01900000-0000-7000-8000-00000000000e")).await.unwrap_err().contains("replacement_few"));
    assert!(ask(&mut holder, &replace("01900000-0000-7000-8000-00000000000d")).await.unwrap_err().contains("replacement_own"));
    assert!(ask(&mut holder, &replace("01900000-0000-7000-8000-00000000eeee")).await.unwrap_err().contains("enter_not_found"));
    drop(holder);
    propose(&organizer, "", "giamsat@example.org").await.is(303);
    // seven days, and it is nobody's any more
    app.execute("update phach.test_clock set shift = shift + interval '7 days 1 minute'").await;
    let (organizer, chair) = (signed_in(&app, "khoa1@example.org").await, {
        drop(chair);
        signed_in(&app, "khoa2@example.org").await
    });
    chair.get(KEYS).await.hides("/c/nho/keys/confirmation");
    propose(&organizer, "", "giamsat@example.org").await.is(303);
    confirm(&chair).await.is(303);
    assert_eq!(app.ask("select office_vi as line from contest.key_holder order by position").await, ["Trưởng Ban Tổ chức", "Trưởng ban giám khảo", "Giám sát"]);
    organizer.get(KEYS).await.hides("Chỉ có hai người giữ khóa");
    organizer.get("/c/nho/prizes").await.hides("Chỉ có hai người giữ khóa");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_changes_hands_after_the_seal_nor_by_the_organizer_alone_once_submissions_have_opened() {
    let app = TestApp::spawn().await;
    let (_, organizer) = closed(&app, [9000, 8000, 8000, 7000, 6000, 5000]).await;
    with_a_third(&app).await;
    let chair = signed_in(&app, "khoa2@example.org").await;
    let holders = "/c/nho/organizer/rules/holders";
    let edit = organizer.get(holders).await.form("").fill("email_2", "giamsat@example.org").fill("reason", "Chỉ một mình tôi");
    edit.submit().await.is(409).says("do hai người giữ khóa khác cùng xác nhận");
    let more = organizer.get(holders).await.form("").add("email_4", "giamsat@example.org").add("office_vi_4", "Giám sát").fill("reason", "Chỉ một mình tôi");
    more.submit().await.is(409).says("do hai người giữ khóa khác cùng xác nhận");
    // an office that is called otherwise is the same person's
    organizer.get(holders).await.form("").fill("office_vi_2", "Chủ tịch hội đồng").fill("reason", "Gọi cho đúng").submit().await.is(303);
    propose(&organizer, THIRD, "giamsat@example.org").await.is(303);
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes").submit().await.is(303);
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes/seal").fill("sure", "yes").submit().await.is(303);
    let id = app.ask("select id::text as line from slip.replacement").await.concat();
    chair.get(KEYS).await.is(200).says("không thay người giữ khóa được nữa").hides("/c/nho/keys/confirmation");
    press(&chair, "/c/nho/keys/confirmation", &[("id", &id), ("password", PASSWORD)]).await.is(409).says("Đã niêm phong");
    press(&chair, KEYS, &[("in_place_of", THIRD), ("email", "giamsat@example.org"), ("reason", "có lý do"), ("password", PASSWORD)]).await.is(409).says("Đã niêm phong");
    assert_eq!(app.ask("select email_key as line from contest.key_holder order by position").await, ["khoa1@example.org", "khoa2@example.org", "khoa3@example.org"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_minutes_of_the_seal_have_the_list_by_code_and_a_holder_reads_the_hash_from_paper_until_the_opening() {
    let app = TestApp::spawn().await;
    let (codes, organizer, last4) = sealed(&app).await;
    let auditor = app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    let judge = app.official("nho", "judge", "Một Giám Khảo", "gk1@example.org").await;
    let chair = signed_in(&app, "khoa2@example.org").await;
    let sha = app.ask("select encode(sha256, 'hex') as line from blind.seal").await.concat();
    for reader in [&organizer, &auditor] {
        let page = reader.get("/c/nho/minutes/seal").await.is(200);
        page.says(&sha).says("Giải B: 2 trên 2").says("3 giải, 2 dự bị").says("Người Tổ Chức");
        let listed = page.all("article .places .code");
        // equal marks, equal ranks: the second and the third share one
        assert_eq!(page.all("article .places td:first-child"), ["1", "2", "2", "4", "5"]);
        page.says("90,00").says("80,00").hides("50,00");
        assert_eq!(listed.len(), 5);
        assert!(codes[..5].iter().all(|c| listed.contains(c)) && !page.body.contains(&codes[5]));
        page.hides("Tác Giả");
    }
    let page = chair.get("/c/nho/minutes/seal").await.is(200);
    page.says("Đọc trên bản giấy đã ký").hides(&sha).hides(&last4).hides("90,00");
    // the way back is the reader's own
    for (reader, back) in [(&organizer, "/c/nho/prizes"), (&auditor, "/c/nho/record"), (&chair, "/c/nho/opening")] {
        assert_eq!(reader.get("/c/nho/minutes/seal").await.attrs("main p.no-print a", "href"), [back]);
    }
    for other in [&judge, &app.person("Ai Đó", "aido@example.org").await] {
        other.get("/c/nho/minutes/seal").await.is(404);
        other.get("/c/nho/minutes/opening").await.is(404);
    }
    assert!(app.browser().get("/c/nho/minutes/seal").await.is(303).location.starts_with("/sign-in"));
    chair.get("/c/nho/minutes/opening").await.is(200).says("chưa có biên bản");
    turn(&organizer, &last4).await.is(303);
    turn(&chair, &last4).await.is(303);
    chair.get("/c/nho/minutes/seal").await.says(&sha).says("90,00");
    for reader in [&organizer, &chair] {
        let page = reader.get("/c/nho/minutes/opening").await.is(200);
        page.says("Tác Giả").says("Trưởng Ban Tổ chức").says("Người Tổ Chức, xác nhận lúc").says("3 phách khác vẫn đóng");
        assert_eq!(page.all("tbody .code").len(), 3);
        assert_eq!(page.all("tbody td:nth-child(2)"), ["1", "2", "2"]);
    }
    // names are in it: not the auditor's, neither by the page nor by the function behind it
    auditor.get("/c/nho/minutes/opening").await.is(404);
    let mut reader = wear(&app, "public", "giamsat@example.org").await;
    assert_eq!(ask(&mut reader, "select coalesce(slip.opening_minutes()::text, 'nothing') as line").await.unwrap(), ["nothing"]);
    reader.batch_execute("select set_config('phach.contest', gen_random_uuid()::text, true)").await.unwrap();
    assert_eq!(ask(&mut reader, "select coalesce(slip.seal_minutes()::text, 'nothing') as line").await.unwrap(), ["nothing"]);
}
