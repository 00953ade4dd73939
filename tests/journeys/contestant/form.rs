//! The form at its worst hours: two devices, a session that ended, the last look before submitting, and the receipt in a stranger's
//! hand.
use super::{entry_of, essay, filled, form, new_entry, received, start, state_of, submitted};
use crate::support::{Browser, PASSWORD, Seen, TestApp};

async fn kept(app: &TestApp) -> Vec<String> {
    app.ask("select title as line from named.kept_text order by kept_at").await
}

/// The first page saved its text, the second one is told.
async fn two_devices(browser: &Browser) -> (Seen, Seen) {
    let (one, two) = (new_entry(browser).await, new_entry(browser).await);
    filled(&one).fill("title", "Bản kia").fill("text", &essay(30)).fill("do", "save").submit().await.is(303);
    let told = filled(&two).fill("title", "Bản này").fill("name_1", "Tác Giả Ở Đây").fill("do", "save").submit().await.is(409);
    (one, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_devices_texts_stand_side_by_side_with_their_hours_and_the_one_not_used_is_kept() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let (_, told) = two_devices(&browser).await;
    told.says("Bài này vừa được lưu ở một cửa sổ hay thiết bị khác").says("Chưa lưu được từ");
    let hour = async |at: &str| {
        app.ask(&format!("select to_char({at} at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI:SS \"ngày\" DD/MM/YYYY') as line from named.draft d join named.entry e on e.id = d.entry"))
            .await
    };
    let (there, here) = (hour("d.saved_at").await.concat(), hour("e.created_at").await.concat());
    assert_eq!((told.all("#there-at").concat(), told.all("#here-at").concat()), (there, here));
    assert_eq!((told.all("#there-title").concat(), told.all("#here-title").concat()), ("Bản kia".to_owned(), "Bản này".to_owned()));
    assert_eq!((told.all("#there-text").concat().split(' ').count(), told.all("#here-text").concat().split(' ').count()), (30, 120));
    // the one here is used: the other is kept, whole
    let after = form(&told).fill("do", "save").submit().await.is(303).follow().await.is(200);
    assert_eq!((form(&after).value("title"), kept(&app).await), (Some("Bản này"), vec!["Bản kia".to_owned()]));
    let texts = browser.get(&format!("{}/kept", after.path.split('?').next().unwrap())).await.is(200);
    texts.says("Bản kia").says("30 từ").says("Nguyễn Thảo Miên");
    assert_eq!(after.attrs("a[href$='/kept']", "href").len(), 1);
    let saved = form(&after).fill("title", "Bản này nữa").fill("do", "save").submit().await.is(303).follow().await;
    assert_eq!((form(&saved).value("title"), kept(&app).await.len()), (Some("Bản này nữa"), 1), "nothing more is kept while nobody else writes");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_devices_text_can_be_used_and_what_was_typed_here_is_kept_once() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let (_, told) = two_devices(&browser).await;
    for _ in 0..2 {
        let after = form(&told).fill("do", "take").submit().await.is(303).follow().await.is(200);
        after.says("Đang dùng bản lưu ở nơi kia");
        assert_eq!((form(&after).value("title"), kept(&app).await), (Some("Bản kia"), vec!["Bản này".to_owned()]));
    }
    let path = told.path.clone();
    browser.get(&format!("{path}/kept")).await.is(200).says("Bản này").says("Tác Giả Ở Đây");
    for n in 0..12 {
        form(&told).fill("title", &format!("Bản {n}")).fill("do", "take").submit().await.is(303);
    }
    let all = kept(&app).await;
    assert_eq!((all.len(), all.last().map(String::as_str)), (10, Some("Bản 11")));
    // nobody else's; and gone with a draft that is deleted
    let other = app.person("Ai Đó", "aido@example.org").await;
    other.get(&format!("{path}/kept")).await.is(404);
    other.post(&path, form(&told).fill("do", "take").fields()).await.is(404);
    browser.post(&format!("{path}/deletion"), &[]).await.is(303);
    assert_eq!(kept(&app).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_that_nobody_has_keeps_nothing_and_overwrites_nothing() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let (one, _) = two_devices(&browser).await;
    for (revision, over) in [("1", "1"), ("999", "999"), ("-1", "2"), ("x", "99999999999"), ("1", "2147483647")] {
        filled(&one).fill("revision", revision).fill("over", over).fill("title", "Bừa").fill("do", "save").submit().await.is(409);
    }
    assert_eq!((app.ask("select title as line from named.draft").await, kept(&app).await.len()), (vec!["Bản kia".to_owned()], 0));
    app.execute("update phach.test_clock set shift = interval '2 days'").await;
    form(&one).fill("do", "take").submit().await.is(409).says("Đã hết hạn gửi bài");
    assert_eq!(kept(&app).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_after_the_session_ended_signs_in_with_everything_typed_and_saves_it() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let (stranger, path) = (app.browser(), page.path.clone());
    let typed = filled(&page).fill("pen_1", "Bút \"danh\" <b>").fill("do", "submit");
    let ask = stranger.post_multipart(&path, typed.fields(), ("file", "bai.txt", essay(120).into_bytes())).await.is(401);
    ask.says("Phiên đăng nhập đã hết trong lúc bạn viết").says("Tệp thì phải chọn lại");
    assert_eq!((received(&app).await, app.ask("select revision::text as line from named.draft").await.concat()), ("0".to_owned(), "1".to_owned()));
    let sign_in = || ask.form(&format!("{path}/sign-in")).fill("email", "mien@example.org");
    // a wrong password, and an account that has no such entry: everything stays on the page, and nobody is signed in
    let wrong = sign_in().fill("password", "không phải câu này").submit().await.is(422);
    wrong.says("Thư điện tử hoặc mật khẩu chưa đúng").says("Tệp thì phải chọn lại");
    assert_eq!(wrong.form(&format!("{path}/sign-in")).value("text"), Some(essay(120).as_str()));
    app.person("Ai Đó", "aido@example.org").await;
    let elsewhere = sign_in().fill("email", "aido@example.org").fill("password", PASSWORD).submit().await.is(422);
    elsewhere.says("Tài khoản này không có bài đang viết");
    assert!(elsewhere.headers.get("set-cookie").is_none());
    let absent = format!("/c/nho/entries/{}/sign-in", uuid::Uuid::nil());
    let nowhere = stranger.post(&absent, elsewhere.form(&format!("{path}/sign-in")).fill("password", PASSWORD).fields()).await.is(422);
    nowhere.says("Tài khoản này không có bài đang viết");
    // signed in: saved, not submitted
    let back = wrong.form(&format!("{path}/sign-in")).fill("password", PASSWORD).submit().await.is(303).follow().await.is(200);
    back.says("Bạn đã đăng nhập lại").says("Bài chưa được gửi");
    let held = form(&back);
    assert_eq!((held.value("title"), held.value("text"), held.value("pen_1")), (Some("Tủ sách ở nhà văn hóa thôn"), Some(essay(120).as_str()), Some("Bút \"danh\" <b>")));
    assert_eq!((received(&app).await, state_of(&app).await), ("0".to_owned(), "draft".to_owned()));
    held.fill("do", "submit").submit().await.is(303).follow().await.says("Đã nhận bài số 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_again_after_another_device_wrote_or_the_deadline_passed_still_loses_nothing() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let path = page.path.clone();
    let ask = app.browser().post(&path, filled(&page).fill("title", "Bản này").fill("do", "save").fields()).await.is(401);
    filled(&page).fill("title", "Bản kia").fill("do", "save").submit().await.is(303);
    let sign_in = || ask.form(&format!("{path}/sign-in")).fill("email", "mien@example.org").fill("password", PASSWORD);
    let told = sign_in().submit().await.is(409);
    assert_eq!((told.all("#there-title").concat(), told.all("#here-title").concat()), ("Bản kia".to_owned(), "Bản này".to_owned()));
    assert!(told.headers.get("set-cookie").is_some());
    app.execute("update phach.test_clock set shift = interval '2 days'").await;
    let late = sign_in().submit().await.is(409);
    late.says("Đã hết hạn gửi bài");
    assert_eq!((late.attrs("input#title", "value"), late.all("textarea#text").concat().split(' ').count()), (vec!["Bản này".to_owned()], 120));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_in_page_remembers_where_to_go_when_it_is_read_in_the_other_language() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let path = new_entry(&browser).await.path;
    for (door, fields) in [("/sign-in", vec![("email", "mien@example.org"), ("password", "sai"), ("back", &path)]), ("/sign-up", vec![("name", ""), ("back", &path)])] {
        let fields: Vec<_> = fields.into_iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        let wrong = app.browser().post(door, &fields).await.is(422);
        let other = wrong.attrs("a[hreflang=en]", "href").concat();
        let english = app.browser().get(&other).await.is(303).follow().await.is(200);
        assert_eq!(english.form(door).value("back"), Some(path.as_str()), "{other}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reading_view_is_shown_before_submitting_typed_or_attached() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let path = page.path.clone();
    browser.get(&format!("{path}/preview")).await.is(200).says("Chưa có nội dung để xem");
    let seen = filled(&page).fill("text", "Đoạn\u{200b} một.\r\n\r\n\r\nĐoạn hai.").fill("do", "preview").submit().await.is(303).follow().await.is(200);
    assert_eq!(seen.path, format!("{path}/preview"));
    seen.says("Đây là bản nháp").says("4 từ");
    assert_eq!((seen.all(".read h2").concat(), seen.all(".read p")), ("Tủ sách ở nhà văn hóa thôn".to_owned(), vec!["Đoạn một.".to_owned(), "Đoạn hai.".to_owned()]));
    seen.hides("Nguyễn Thảo Miên");
    let page = browser.get(&path).await;
    form(&page).fill("do", "preview").attach("file", "bai.txt", "Từ tệp.\n\nĐoạn sau.".into()).submit().await.is(303).follow().await.says("Từ tệp.");
    let page = browser.get(&path).await;
    form(&page).fill("do", "save").attach("file", "bai.pdf", b"%PDF-1.7".to_vec()).submit().await.is(303);
    browser.get(&format!("{path}/preview")).await.is(200).says("Đây là tệp PDF");
    let other = app.person("Ai Đó", "aido@example.org").await;
    for rest in ["preview", "draft", "kept"] {
        other.get(&format!("{path}/{rest}")).await.is(404);
    }
    assert_eq!(received(&app).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_downloaded_after_the_deadline_and_the_last_hour_says_that_a_draft_is_none() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let path = page.path.clone();
    page.says("Lưu nháp chưa phải là gửi").says("Tối đa 2 tác giả").says("Tối đa 300 ký tự").says("tối đa 20 MB").says("Mỗi người gửi tối đa 2 bài cho mỗi loại hình");
    assert_eq!(page.attrs("#last-hour", "hidden").len(), 1);
    filled(&page).fill("do", "save").submit().await.is(303);
    let left = app.ask("select extract(epoch from closes_at - phach.now() - interval '59 minutes')::text as line from contest.contest").await.concat();
    app.execute(&format!("update phach.test_clock set shift = interval '{left} seconds'")).await;
    app.stay_signed_in().await;
    let last = browser.get(&path).await.is(200);
    assert_eq!(last.attrs("#last-hour", "hidden").len(), 0);
    last.says("Bản nháp chưa phải là bài đã gửi");
    app.execute("update phach.test_clock set shift = shift + interval '1 hour'").await;
    browser.get(&path).await.is(200).says("Tải chữ đã viết");
    let file = browser.get(&format!("{path}/draft")).await.is(200);
    assert_eq!(file.body, essay(120));
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("UTF-8''T%E1%BB%A7%20s%C3%A1ch"), "{:?}", file.headers);
    assert_eq!((file.headers["cache-control"].to_str().unwrap(), file.headers["x-content-type-options"].to_str().unwrap()), ("no-store", "nosniff"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_shown_to_a_stranger_says_when_it_was_received_and_nothing_else() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let receipt = submitted(&browser).await;
    let link = receipt.attrs("a[href*='sha256=']", "href").concat();
    assert!(receipt.attrs("svg.qr path", "d").iter().any(|d| d.len() > 1_000));
    let stranger = app.browser();
    let yes = stranger.get(&link).await.is(200);
    let at = app.ask("select to_char(received_at at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI:SS \"ngày\" DD/MM/YYYY') as line from named.version").await.concat();
    yes.says(&format!("Bài được nhận lúc {at}")).says("UTC+07:00");
    for secret in ["Miên", "Tủ sách", "mien@", "Bài số", "Báo"] {
        yes.hides(secret);
    }
    let id = app.ask("select id::text || ' ' || (select id from named.version) as line from named.entry").await.concat();
    for id in id.split(' ') {
        yes.hides(id);
    }
    // typed by hand: in fours and small letters
    let (number, sha) = (receipt.all(".receipt-no").concat(), receipt.all(".facts .mono").concat());
    stranger.get(&format!("/c/nho/receipt?number={}&sha256={}+", number.to_lowercase(), sha.to_uppercase())).await.is(200).says(&at);
    browser.get("/c/nho/receipt").await.is(200).hides("Không có biên nhận nào khớp");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_receipt_that_does_not_fit_gets_the_same_answer() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    app.another_contest().await;
    let receipt = submitted(&browser).await;
    let (number, sha) = (receipt.all(".receipt-no").concat(), receipt.all(".facts .mono").concat());
    let stranger = app.browser();
    // what is asked stands in the fields again and in the other language's address: the rest is the same
    let answer = |slug: &'static str, number: String, sha: String| {
        let stranger = stranger.clone();
        async move { stranger.get(&format!("/c/{slug}/receipt?number={number}&sha256={sha}")).await.is(200).all("main .note").concat() }
    };
    let (zero, made_up) = ("0".repeat(64), "AAAA-BBBB-CCCC-DDDD".to_owned());
    let no = answer("nho", made_up.clone(), zero.clone()).await;
    assert!(no.contains("Không có biên nhận nào khớp"), "{no}");
    for (slug, number, sha) in [
        ("nho", number.clone(), zero.clone()),
        ("nho", made_up, sha.clone()),
        ("khac", number.clone(), sha.clone()),
        ("nho", number.clone(), String::new()),
        ("nho", String::new(), sha.clone()),
        ("nho", number.clone(), "%25".into()),
        ("nho", "%00%27--".into(), "x".repeat(5_000)),
    ] {
        assert_eq!(answer(slug, number.clone(), sha.clone()).await, no, "{slug} {number} {sha}");
    }
    assert_ne!(answer("nho", number.clone(), sha.clone()).await, no);
    let page = entry_of(&browser, &receipt).await;
    browser.post(&format!("{}/withdrawal", page.path), &[]).await.is(303);
    assert_eq!(answer("nho", number.clone(), sha.clone()).await, no);
    stranger.get("/c/khong-co/receipt?number=A&sha256=B").await.is(404);
    // a number tried too often is asked for no more, fitting or not
    app.execute("update named.entry set state = 'waiting'").await;
    for _ in 0..10 {
        stranger.get(&format!("/c/nho/receipt?number={number}&sha256={zero}")).await;
    }
    stranger.get(&format!("/c/nho/receipt?number={number}&sha256={sha}")).await.is(429).says("quá nhiều lần");
}
