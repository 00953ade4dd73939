//! A person signs up, confirms, signs in, forgets, is invited.
use crate::support::{PASSWORD, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_new_person_signs_up_signs_in_and_confirms_the_address() {
    let app = TestApp::spawn().await;
    let browser = app.person("Nguyễn Thảo Miên", "mien@example.org").await;
    browser.get("/me").await.is(200).says("chưa xác nhận");
    let link = app.letter("mien@example.org", "confirm-address").await["link"].as_str().unwrap().to_owned();
    let page = browser.get(link.strip_prefix(&app.base).unwrap()).await.is(200);
    page.form("").submit().await.is(303).follow().await.says("đã xác nhận");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_and_an_unknown_address_get_the_same_answers() {
    let app = TestApp::spawn().await;
    app.person("Một", "mot@example.org").await;
    let ask = async |path: &str, email: &str| {
        let page = app.browser().get(path).await;
        let seen = page.form(path).fill("name", "Ai Đó").fill("email", email).fill("password", "một mật khẩu khác hẳn").submit().await;
        (seen.status, seen.location.clone(), seen.body.replace(email, "?"))
    };
    for path in ["/sign-in", "/forgot", "/sign-up"] {
        assert_eq!(ask(path, "mot@example.org").await, ask(path, "hai@example.org").await, "{path}");
    }
    app.letter("mot@example.org", "already-registered").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_password_ends_every_session_and_its_link_works_once() {
    let app = TestApp::spawn().await;
    let browser = app.person("Một", "mot@example.org").await;
    app.browser().get("/forgot").await.form("/forgot").fill("email", "mot@example.org").submit().await.is(303);
    let link = app.letter("mot@example.org", "reset-password").await["link"].as_str().unwrap().to_owned();
    let path = link.strip_prefix(&app.base).unwrap().to_owned();
    let fresh = app.browser();
    fresh.get(&path).await.form("").fill("password", "một câu hoàn toàn mới").submit().await.is(303);
    browser.get("/me").await.is(303);
    fresh.get(&path).await.form("").fill("password", "một câu hoàn toàn mới").submit().await.is(409).says("đã dùng rồi");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_eleventh_guess_at_a_password_is_told_to_wait() {
    let app = TestApp::spawn().await;
    app.person("Một", "mot@example.org").await;
    let browser = app.browser();
    for _ in 0..9 {
        browser.get("/sign-in").await.form("/sign-in").fill("email", "mot@example.org").fill("password", "không phải đâu nhé").submit().await.is(422);
    }
    browser.get("/sign-in").await.form("/sign-in").fill("email", "mot@example.org").fill("password", PASSWORD).submit().await.is(429).says("quá nhiều lần");
}

/// A right password is no guess: whoever decides twenty things in a quarter of an hour types it twenty times.
#[tokio::test(flavor = "multi_thread")]
async fn only_wrong_ones_count_where_the_own_password_is_asked_for_again() {
    let app = TestApp::spawn().await;
    let browser = app.person("Một", "mot@example.org").await;
    let ask = async |password: &str| browser.get("/me").await.form("/me/address").fill("email", "mot@example.org").fill("password", password).submit().await;
    for _ in 0..12 {
        ask(PASSWORD).await.is(422).says("đăng nhập bằng đúng địa chỉ này");
    }
    for _ in 0..10 {
        ask("không phải đâu nhé").await.is(422).says("Mật khẩu chưa đúng");
    }
    ask(PASSWORD).await.is(429).says("quá nhiều lần");
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_follow_the_language_chosen_while_signed_in() {
    let app = TestApp::spawn().await;
    let browser = app.person("Một", "mot@example.org").await;
    let lang = async || app.ask("select lang as line from account.account").await.concat();
    // without a session it is this browser's choice alone
    let visitor = app.browser();
    assert_eq!(visitor.get("/about").await.attrs("header a[hreflang]", "href"), ["/lang/en?back=%2Fabout"]);
    let page = browser.get("/c/khong-co?x=1").await.is(404);
    page.form("/me/language").submit().await.is(303);
    assert_eq!(lang().await, "en");
    // whose pages are in English by the browser alone is offered letters in English
    app.execute("update account.account set lang = 'vi'").await;
    let own = browser.get("/me").await.is(200);
    own.says("in Vietnamese").says("Have them in English");
    own.form("/me/language").submit().await.is(303);
    assert_eq!(lang().await, "vi");
    let shown = browser.get("/me").await.is(200);
    assert_eq!((shown.attrs("html", "lang"), shown.all("main form[action='/me/language']").len()), (vec!["vi".to_owned()], 0));
    shown.says("bằng tiếng Việt");
    // an invitation to who has an account too; to who has none, in the contest's language
    app.small_contest().await;
    browser.get("/about").await.form("/me/language").submit().await.is(303);
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    organizer.get("/c/nho/organizer").await.form("/c/nho/organizer/invitations").fill("hat", "judge").fill("people", "mot@example.org, moi@example.org").submit().await.is(303);
    let sent = "select to_address || ' ' || lang as line from mail.letter where kind = 'invitation' and to_address in ('mot@example.org', 'moi@example.org') order by 1";
    assert_eq!(app.ask(sent).await, ["moi@example.org vi", "mot@example.org en"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_from_another_site_is_refused() {
    let app = TestApp::spawn().await;
    let answer = app.browser().client().post(format!("{}/sign-in", app.base)).header("sec-fetch-site", "cross-site").body("").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_redirect_after_signing_in_leads_to_the_front_page() {
    let app = TestApp::spawn().await;
    app.person("Một", "mot@example.org").await;
    let page = app.browser().get("/sign-in?back=//evil.example").await;
    let seen = page.form("/sign-in").fill("email", "mot@example.org").fill("password", PASSWORD).submit().await.is(303);
    assert_eq!(seen.location, "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_organizers_link_names_no_address_so_a_letter_confirms_it() {
    let app = TestApp::spawn().await;
    let key = phach::accounts::grant_by_administrator(&mut app.admin().await, None, None).await.unwrap();
    let browser = app.browser();
    let page = browser.get(&format!("/invitation/{key}")).await;
    page.form("").fill("name", "Thu Hà").fill("email", "btc@example.org").fill("password", PASSWORD).submit().await.is(303);
    browser.get("/me").await.says("chưa xác nhận");
    let link = app.letter("btc@example.org", "confirm-address").await["link"].as_str().unwrap().to_owned();
    browser.get(link.strip_prefix(&app.base).unwrap()).await.form("").submit().await.is(303);
    browser.get("/me").await.says("đã xác nhận").hides("chưa xác nhận");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_survives_the_other_language_and_the_change_between_signing_in_and_up() {
    let app = TestApp::spawn().await;
    let page = app.browser().get("/sign-up?back=%2Fc%2Fnho%2Fentries&said=signed-out").await;
    assert!(page.attrs("main a", "href").contains(&"/sign-in?back=%2Fc%2Fnho%2Fentries".to_owned()));
    let other = page.attrs("a[hreflang]", "href").concat();
    let back = app.browser().get(&other).await.is(303);
    assert_eq!(back.location, "/sign-up?back=%2Fc%2Fnho%2Fentries");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_just_signed_up_types_the_address_once_and_a_wrong_password_is_said_once() {
    let app = TestApp::spawn().await;
    let (browser, email) = (app.browser(), "thảo+miên@example.org");
    let form = browser.get("/sign-up").await.form("/sign-up").fill("name", "Nguyễn Thảo Miên").fill("email", email).fill("password", PASSWORD);
    let page = form.submit().await.is(303).follow().await.is(200);
    assert_eq!(page.form("/sign-in").value("email"), Some(email));
    let wrong = page.form("/sign-in").fill("password", "không phải đâu nhé").submit().await.is(422);
    assert_eq!(wrong.text().matches("Thư điện tử hoặc mật khẩu chưa đúng").count(), 1, "{}", wrong.text());
    assert_eq!(wrong.form("/sign-in").value("email"), Some(email));
    wrong.form("/sign-in").fill("password", PASSWORD).submit().await.is(303);
    // once it has served it is forgotten, and no other browser knows it
    browser.get("/me").await.form("/sign-out").submit().await.is(303);
    assert_eq!(browser.get("/sign-in").await.form("/sign-in").value("email"), Some(""));
    assert_eq!(app.browser().get("/sign-in").await.form("/sign-in").value("email"), Some(""));
    // what somebody put into the cookie is a value in a field and no more
    let hostile = crate::support::Browser::with_cookie(&app.base, "phach_email=%22%3E%3Cscript%3Ex%3C%2Fscript%3E");
    let page = hostile.get("/sign-in").await.is(200);
    assert!(!page.body.contains("<script>x"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_offers_a_new_contest_to_who_may_make_one_by_one_name() {
    let app = TestApp::spawn().await;
    let (creator, other) = (app.creator("lap@example.org").await, app.person("Ai Đó", "ai@example.org").await);
    let page = creator.get("/").await.is(200);
    assert_eq!((page.all(".hero .btn")[0].as_str(), page.attrs(".hero .btn", "href")[0].as_str()), ("Lập cuộc thi mới", "/contests/new"));
    for path in ["/contests/new", "/contests/new/blank"] {
        assert_eq!(creator.get(path).await.is(200).all("h1"), ["Lập cuộc thi mới"], "{path}");
    }
    assert_eq!(creator.get("/contests/new/blank").await.all("form .do .btn")[0], "Lập cuộc thi mới");
    other.get("/").await.hides("Lập cuộc thi mới");
    app.browser().get("/").await.hides("Lập cuộc thi mới");
}
