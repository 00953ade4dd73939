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
