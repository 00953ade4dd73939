//! What surrounds every page: headers, whose form it is, limits, copies, sessions, and a rush at the door.
use std::time::{Duration, Instant};

use phach::platform::storage::Store;
use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{PASSWORD, TestApp};

/// The place to knock at, without http://.
fn host(app: &TestApp) -> String {
    app.base.strip_prefix("http://").unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_security_headers_also_errors_static_files_and_redirects() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let client = app.browser().client().clone();
    for (method, path, status) in [
        (Method::GET, "/", 200),
        (Method::GET, "/c/nho", 200),
        (Method::GET, "/c/khong-co", 404),
        (Method::GET, "/khong/co/gi", 404),
        (Method::GET, "/me", 303),
        (Method::GET, "/static/x/phach.css", 200),
        (Method::GET, "/static/x/khong-co.css", 404),
        (Method::GET, "/healthz", 200),
        (Method::GET, "/metrics", 200),
        (Method::POST, "/healthz", 404),
        (Method::DELETE, "/c/nho", 404),
        (Method::POST, "/sign-in", 422),
        (Method::HEAD, "/c/nho", 200),
        (Method::HEAD, "/static/x/phach.css", 200),
    ] {
        let seen = client.request(method.clone(), format!("{}{path}", app.base)).send().await.unwrap();
        assert_eq!(seen.status().as_u16(), status, "{method} {path}");
        let header = |name: &str| seen.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        assert!(header("content-security-policy").starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{method} {path}");
        assert!(!header("content-security-policy").contains("unsafe"), "{path}");
        for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin")]
        {
            assert_eq!(header(name), value, "{method} {path}");
        }
        assert!(!header("cache-control").is_empty() && header("x-request-id").len() == 36, "{method} {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_taken_from_our_own_pages_only() {
    let app = TestApp::spawn().await;
    let own = app.base.clone();
    let client = app.browser().client().clone();
    let status = async |headers: &[(&str, &str)]| {
        let mut request = client.post(format!("{}/sign-in", app.base)).header("content-type", "application/x-www-form-urlencoded").body("");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(status(&[("sec-fetch-site", "same-origin")]).await, 422);
    assert_eq!(status(&[("sec-fetch-site", "none")]).await, 422);
    assert_eq!(status(&[("origin", &own)]).await, 422, "an older browser says Origin alone");
    assert_eq!(status(&[]).await, 422, "neither: no browser, and nobody's cookies");
    assert_eq!(status(&[("sec-fetch-site", "cross-site")]).await, 403);
    assert_eq!(status(&[("sec-fetch-site", "same-site")]).await, 403, "a neighbour under the same domain");
    assert_eq!(status(&[("sec-fetch-site", "cross-site"), ("origin", &own)]).await, 403);
    assert_eq!(status(&[("origin", "https://evil.example")]).await, 403);
    assert_eq!(status(&[("origin", "null")]).await, 403, "a frame without an origin");
}

#[tokio::test(flavor = "multi_thread")]
async fn counters_are_for_this_machine_or_the_token_and_name_no_contest() {
    let app = TestApp::spawn_with(|p| (p.behind_proxy, p.metrics_token) = (true, Some("mat-ma".into()))).await;
    app.small_contest().await;
    app.browser().get("/c/nho").await.is(200);
    let ask = async |token: &str| {
        let request = app.browser().client().get(format!("{}/metrics", app.base)).header("authorization", format!("Bearer {token}"));
        let seen = request.send().await.unwrap();
        (seen.status().as_u16(), seen.text().await.unwrap())
    };
    app.browser().get("/metrics").await.is(404); // behind a proxy everybody comes from this machine
    assert_eq!(ask("khac").await.0, 404);
    let (status, text) = ask("mat-ma").await;
    assert_eq!(status, 200);
    assert!(text.contains("phach_requests_total"), "{text}");
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let label = line.split('{').nth(1).map(|l| l.split('=').next().unwrap());
        assert!(matches!(label, None | Some("class" | "state")), "{line}");
    }
}

/// Writes a whole request before reading, as browsers do, and gives back the answer.
async fn send_raw(app: &TestApp, head: &str, body: impl Iterator<Item = Vec<u8>>) -> String {
    let mut wire = TcpStream::connect(host(app)).await.unwrap();
    wire.write_all(head.as_bytes()).await.unwrap();
    for piece in body {
        wire.write_all(&piece).await.expect("the server hung up while the form was being sent");
    }
    let mut answer = vec![];
    let _ = wire.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_too_large_gets_a_sentence_and_no_broken_connection() {
    let app = TestApp::spawn().await;
    let megabyte = || std::iter::repeat_n(vec![b'x'; 1 << 20], 30);
    let about = |kind: &str, n: usize| {
        format!("POST /sign-in HTTP/1.1\r\nhost: {}\r\naccept-language: vi\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {n}\r\n\r\n", host(&app))
    };
    let plain = send_raw(&app, &about("application/x-www-form-urlencoded", 30 << 20), megabyte()).await;
    assert!(plain.starts_with("HTTP/1.1 413") && plain.contains("lớn hơn mức"), "{plain}");
    let part = b"--X\r\ncontent-disposition: form-data; name=\"email\"\r\n\r\n".to_vec();
    let end = b"\r\n--X--\r\n".to_vec();
    let n = part.len() + (30 << 20) + end.len();
    let parts = send_raw(&app, &about("multipart/form-data; boundary=X", n), std::iter::once(part).chain(megabyte()).chain(std::iter::once(end))).await;
    assert!(parts.starts_with("HTTP/1.1 413") && parts.contains("lớn hơn mức"), "{parts}");
    let broken = send_raw(&app, &about("multipart/form-data; boundary=X", 5), std::iter::once(b"gibbe".to_vec())).await;
    assert!(broken.starts_with("HTTP/1.1 400") && broken.contains("không đọc được biểu mẫu"), "{broken}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_nothing_for_long_is_cut_off_and_holds_no_page_up() {
    let app = TestApp::spawn().await;
    let started = Instant::now();
    let hold = async |sent: String| {
        let mut wire = TcpStream::connect(host(&app)).await.unwrap();
        wire.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = vec![];
        let _ = tokio::time::timeout(Duration::from_secs(40), wire.read_to_end(&mut answer)).await.expect("still held");
        (String::from_utf8_lossy(&answer).into_owned(), started.elapsed())
    };
    let half_a_head = hold("GET / HTTP/1.1\r\nhost: x\r\nx-slow: ".into());
    let half_a_body = hold(format!(
        "POST /sign-in HTTP/1.1\r\nhost: {}\r\naccept-language: vi\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nemail=",
        host(&app)
    ));
    let meanwhile = async {
        let crowd: Vec<_> = futures_util::future::join_all((0..200).map(|_| TcpStream::connect(host(&app)))).await;
        let asked = Instant::now();
        app.browser().get("/about").await.is(200);
        drop(crowd);
        asked.elapsed()
    };
    let (head, body, page) = tokio::join!(half_a_head, half_a_body, meanwhile);
    assert!(head.1 < Duration::from_secs(16), "{:?}", head.1);
    assert!(body.0.starts_with("HTTP/1.1 408") && body.1 < Duration::from_secs(30), "{body:?}");
    assert!(page < Duration::from_secs(2), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn visitors_without_a_session_share_a_copy_for_a_second_and_nobody_else_sees_it() {
    let app = TestApp::spawn_with(|p| p.copies = Duration::from_secs(1)).await;
    app.small_contest().await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "to-chuc@example.org").await;
    let person = app.person("Ai Đó", "ai@example.org").await;
    app.browser().get("/c/nho").await.is(200).says("Cuộc thi nhỏ");
    app.execute("set local role phach_owner; update contest.contest set title_vi = 'Tên mới', title_en = 'New name'").await;
    app.browser().get("/c/nho").await.is(200).says("Cuộc thi nhỏ").hides("Tên mới");
    app.browser().get_in("/c/nho", "en").await.is(200).says("Small contest").hides("Cuộc thi nhỏ");
    // who is signed in gets an own page, of a contest's head that is as old at most
    person.get("/c/nho").await.is(200).hides("/sign-in");
    app.browser().get("/c/nho?x=1").await.is(200);
    // an official's own act is behind no page of an official, nor of anybody who is shown no copy
    let news = organizer.get("/c/nho/organizer/news").await.is(200);
    let thread = news.attrs("form:has(input[name=kind][value=news]) input[name=thread]", "value").remove(0);
    app.execute("set local role phach_owner; update contest.contest set title_vi = 'Tên mới nhất'").await;
    news.form("/c/nho/organizer/news").fill("kind", "news").fill("thread", &thread).fill("title_vi", "Tin").fill("body_vi", "Tin mới.").submit().await.is(303);
    organizer.get("/c/nho").await.is(200).says("Tên mới nhất");
    person.get("/c/nho").await.is(200).says("Tên mới nhất").hides("/sign-in");
    app.browser().get("/c/nho?x=1").await.is(200).says("Tên mới nhất");
    let zipped = app.browser().client().get(format!("{}/c/nho", app.base)).header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(zipped.headers()["content-encoding"], "gzip");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&zipped.bytes().await.unwrap()[..]), &mut text).unwrap();
    assert!(text.contains("Open for entries") || text.contains("Còn nhận bài"), "{text}");
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    app.browser().get("/c/nho").await.is(200).says("Tên mới nhất");
}

#[tokio::test(flavor = "multi_thread")]
async fn under_https_only_a_cookie_that_no_neighbour_can_set_opens_a_session() {
    let app = TestApp::spawn_with(|p| p.public_url = "https://thi.example.vn".into()).await;
    let browser = app.browser();
    browser.get("/sign-up").await.form("/sign-up").fill("name", "Một").fill("email", "mot@example.org").fill("password", PASSWORD).submit().await.is(303);
    let seen = browser.get("/sign-in").await.form("/sign-in").fill("email", "mot@example.org").fill("password", PASSWORD).submit().await.is(303);
    let cookie = seen.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.starts_with("__Host-phach=") && cookie.contains("Secure") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(seen.headers["strict-transport-security"].to_str().unwrap().contains("max-age="));
    let key = cookie.split(['=', ';']).nth(1).unwrap();
    let me = async |name: &str| app.browser().client().get(format!("{}/me", app.base)).header("cookie", format!("{name}={key}")).send().await.unwrap().status().as_u16();
    assert_eq!((me("__Host-phach").await, me("phach").await), (200, 303));
    let from = |origin: &str| app.browser().client().post(format!("{}/sign-in", app.base)).header("origin", origin.to_owned()).header("host", "thi.example.vn").body("").send();
    assert_eq!(from("https://thi.example.vn").await.unwrap().status().as_u16(), 422);
    assert_eq!(from("http://thi.example.vn").await.unwrap().status().as_u16(), 403, "a page altered on the way");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_four_idle_days_or_fourteen_and_reading_keeps_it_alive() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let idle = app.person("Một", "mot@example.org").await;
    let reader = app.person("Hai", "hai@example.org").await;
    let backdate = async |email: &str, days: &str| {
        app.execute(&format!("update account.session set seen_at = phach.now() - interval '{days}' where account = (select id from account.account where email_key = '{email}')"))
            .await;
    };
    backdate("mot@example.org", "4 days 1 minute").await;
    idle.get("/me").await.is(303);
    backdate("hai@example.org", "3 days").await;
    reader.get("/c/nho/entries").await.is(200);
    let recent = "select count(*)::text as line from account.session where seen_at > phach.now() - interval '1 minute'";
    let until = Instant::now() + Duration::from_secs(5);
    while app.ask(recent).await != ["1"] {
        assert!(Instant::now() < until, "reading did not keep the session alive");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    app.execute("update account.session set expires_at = phach.now()").await;
    reader.get("/me").await.is(303);
    phach::accounts::sweep(&app.site).await.unwrap();
    assert_eq!(app.ask("select (select count(*) from account.session) || ' ' || (select count(*) from account.attempt where window_ends_at < phach.now()) as line").await, ["0 0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_everywhere_ends_the_other_devices_too_and_a_sign_in_makes_a_new_key() {
    let app = TestApp::spawn().await;
    let (desk, phone) = (app.person("Một", "mot@example.org").await, app.browser());
    phone.sign_in("mot@example.org").await;
    phone.sign_in("mot@example.org").await;
    assert_eq!(app.ask("select count(*)::text as line from account.session").await, ["2"], "the key that came along is closed");
    desk.get("/me").await.form("/me/sign-out-everywhere").submit().await.is(303);
    phone.get("/me").await.is(303);
    desk.get("/me").await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rush_of_sign_ins_leaves_the_pages_quick_and_tells_the_last_ones_to_wait() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let rush = (0..200).map(|i| {
        let client = app.browser().client().clone();
        let url = format!("{}/sign-in", app.base);
        async move { client.post(url).form(&[("email", format!("a{i}@example.org")), ("password", "không phải".into())]).send().await.unwrap().status().as_u16() }
    });
    let pages = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut took = vec![];
        for _ in 0..20 {
            let asked = Instant::now();
            app.browser().get("/c/nho").await.is(200);
            took.push(asked.elapsed());
        }
        took.sort();
        took[10]
    };
    let (answers, median) = tokio::join!(futures_util::future::join_all(rush), pages);
    assert!(answers.iter().all(|s| [422, 503].contains(s)), "{answers:?}");
    assert!(answers.contains(&422) && answers.contains(&503), "bounded: {answers:?}");
    assert!(median < Duration::from_millis(400), "a page took {median:?} meanwhile"); // unoptimised, beside other tests
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_cut_by_postgres_are_replaced_and_the_visitor_is_at_most_told_to_wait() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    for _ in 0..3 {
        app.browser().get("/c/nho").await.is(200);
        app.execute(&format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{}' and pid <> pg_backend_pid()", app.database)).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        app.browser().get("/c/nho").await.is(200);
    }
    // a statement that waits too long for a lock is "busy", with the hour to come back
    let mut admin = app.admin().await;
    diesel_async::SimpleAsyncConnection::batch_execute(&mut admin, "begin; lock table contest.contest in access exclusive mode").await.unwrap();
    let seen = app.browser().get("/c/nho").await.is(503);
    seen.says("rất bận");
    assert_eq!(seen.headers["retry-after"], "5");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_s3_store_holds_originals_under_its_prefix_and_a_dead_one_is_said_within_seconds() {
    use actix_web::web::{self, Bytes, Data};
    use actix_web::{App, HttpResponse, HttpServer};
    type Shelf = std::sync::Mutex<std::collections::BTreeMap<String, Bytes>>;
    let shelf = Data::new(Shelf::default());
    let kept = shelf.clone();
    let serve = move || {
        App::new().app_data(kept.clone()).app_data(web::PayloadConfig::new(64 << 20)).default_service(web::route().to(
            async |req: actix_web::HttpRequest, body: Bytes, shelf: Data<Shelf>| {
                let mut shelf = shelf.lock().unwrap();
                match req.method().as_str() {
                    "PUT" => {
                        shelf.insert(req.path().to_owned(), body);
                        HttpResponse::Ok().insert_header(("etag", "\"1\"")).finish()
                    }
                    _ => match shelf.get(req.path()) {
                        Some(b) => HttpResponse::Ok().insert_header(("etag", "\"1\"")).insert_header(("last-modified", "Wed, 25 Nov 2026 10:00:00 GMT")).body(b.clone()),
                        None => HttpResponse::NotFound().finish(),
                    },
                }
            },
        ))
    };
    let server = HttpServer::new(serve).workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
    let address = server.addrs()[0];
    tokio::spawn(server.run());
    let settings = |endpoint: String| {
        [("AWS_ENDPOINT", endpoint), ("AWS_ALLOW_HTTP", "true".into()), ("AWS_ACCESS_KEY_ID", "a".into()), ("AWS_SECRET_ACCESS_KEY", "b".into()), ("AWS_REGION", "vn".into())]
            .into_iter()
            .map(|(k, v)| (k.to_owned(), v))
    };
    let store = Store::s3("s3://thung/bai-thi", settings(format!("http://{address}"))).unwrap();
    let key = store.put(Bytes::from_static("bài dự thi".as_bytes())).await.unwrap();
    assert_eq!(store.get(&key).await.unwrap(), "bài dự thi".as_bytes());
    let path = shelf.lock().unwrap().keys().next().unwrap().clone();
    assert!(path.starts_with("/thung/bai-thi/"), "{path}");
    let dead = Store::s3("s3://thung", settings("http://127.0.0.1:1".into())).unwrap();
    let asked = Instant::now();
    let refused = dead.put(Bytes::from_static(b"x")).await.unwrap_err();
    assert!(refused.to_string().contains("store_unavailable") && asked.elapsed() < Duration::from_secs(15), "{refused} after {:?}", asked.elapsed());
    for (url, word) in [("s3:///x", "bucket"), ("ftp://x", "PHACH_STORAGE_URL"), ("file://x", "PHACH_STORAGE_URL")] {
        assert!(Store::open(Some(url), app_folder().path()).err().unwrap().contains(word), "{url}");
    }
}

fn app_folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_folds_the_same_in_postgres_and_in_the_program() {
    let app = TestApp::spawn().await;
    for text in ["Đặng Thị HƯỜNG", "  hai   khoảng  trắng ", "Ừ ở ỹ", "ĐĐ đđ", "Ca\u{0300} phe\u{0302}", "Élan Ñ"] {
        let folded = app.ask(&format!("select phach.fold('{text}') as line")).await.concat();
        assert_eq!(folded, phach::platform::names::fold(text), "{text}");
    }
}
