//! Letters leave the outbox once, and say what to do in the reader's language.
use phach::outbox::{self, Transport};
use phach::platform::i18n::{Lang, Words};
use phach::record;

use diesel_async::SimpleAsyncConnection;

use crate::support::{TestApp, broken_link_at};

fn folder(app: &TestApp) -> Transport {
    Transport::open(None, "Ban Tổ chức <thi@example.org>".parse().unwrap(), app.data.path()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_sent_once_with_its_id_as_message_id_and_a_base64_body() {
    let app = TestApp::spawn().await;
    app.person("Nguyễn Thảo Miên", "mien@example.org").await;
    let transport = folder(&app);
    assert_eq!(outbox::send_due(&app.site, &transport, 10).await.unwrap(), 1);
    assert_eq!(outbox::send_due(&app.site, &transport, 10).await.unwrap(), 0);
    let shown = outbox::print_folder(app.data.path(), 5).unwrap();
    assert!(shown.contains("Kính gửi Nguyễn Thảo Miên,") && shown.contains(&format!("{}/confirm/", app.base)), "{shown}");
    let eml = std::fs::read_dir(app.data.path().join("letters")).unwrap().map(|f| f.unwrap().path()).find(|p| p.extension().is_some_and(|e| e == "eml")).unwrap();
    let eml = std::fs::read_to_string(eml).unwrap();
    let id = app.ask("select id::text as line from mail.letter").await.concat();
    assert!(eml.contains(&format!("Message-ID: <{id}@127.0.0.1>")), "{eml}");
    assert_eq!(eml.matches("Content-Transfer-Encoding: base64").count(), 2, "{eml}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_mail_server_delays_a_letter_and_loses_none() {
    let app = TestApp::spawn().await;
    app.person("Một", "mot@example.org").await;
    // port 1 of this machine: nothing listens
    let dead = Transport::open(Some("smtp://127.0.0.1:1"), "thi@example.org".parse().unwrap(), app.data.path()).unwrap();
    assert_eq!(outbox::send_due(&app.site, &dead, 10).await.unwrap(), 1);
    assert_eq!(app.ask("select (sent_at is null and failed_at is null and available_at > phach.now())::text as line from mail.letter").await, ["true"]);
    app.execute("update phach.test_clock set shift = interval '1 hour'").await;
    assert_eq!(outbox::send_due(&app.site, &folder(&app), 10).await.unwrap(), 1);
    assert_eq!(app.ask("select (sent_at is not null)::text as line from mail.letter").await, ["true"]);
}

/// A mail server that answers RCPT as told, and notes what it hears.
async fn mail_server(rcpt: &'static str) -> (String, std::sync::Arc<std::sync::Mutex<String>>) {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let notes = heard.clone();
    tokio::spawn(async move {
        while let Ok((wire, _)) = listener.accept().await {
            let (from, mut to) = wire.into_split();
            let mut lines = BufReader::new(from).lines();
            to.write_all(b"220 x\r\n").await.unwrap();
            let mut in_body = false;
            while let Ok(Some(line)) = lines.next_line().await {
                notes.lock().unwrap().push_str(&format!("{line}\n"));
                let answer = match line.split([' ', ':']).next().unwrap() {
                    "." => {
                        in_body = false;
                        "250 ok"
                    }
                    _ if in_body => continue,
                    "RCPT" => rcpt,
                    "DATA" => {
                        in_body = true;
                        "354 go on"
                    }
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                };
                to.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            }
        }
    });
    (format!("smtp://{address}"), heard)
}

async fn hours_pass(app: &TestApp, hours: u32) {
    app.execute(&format!("update phach.test_clock set shift = shift + interval '{hours} hours'")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_the_mail_server_refuses_is_given_up_and_a_setting_to_be_mended_is_not() {
    for (answer, state_after_three) in [("550 5.1.1 <mot@example.org> unknown", "failed"), ("530 5.7.0 authentication required", "waiting"), ("451 try later", "waiting")] {
        let app = TestApp::spawn().await;
        app.person("Một", "mot@example.org").await;
        let (url, _) = mail_server(answer).await;
        let transport = Transport::open(Some(&url), "thi@example.org".parse().unwrap(), app.data.path()).unwrap();
        for _ in 0..3 {
            assert_eq!(outbox::send_due(&app.site, &transport, 10).await.unwrap(), 1, "{answer}");
            hours_pass(&app, 1).await;
        }
        let state = "select case when failed_at is not null then 'failed' else 'waiting' end as line from mail.letter";
        assert_eq!(app.ask(state).await, [state_after_three], "{answer}");
        hours_pass(&app, 24 * 5).await;
        outbox::send_due(&app.site, &transport, 10).await.unwrap();
        assert_eq!(app.ask(state).await, ["failed"], "after five days: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_with_line_breaks_makes_no_header_and_a_line_with_a_dot_ends_no_letter() {
    let app = TestApp::spawn().await;
    let name = "Một\r\nBcc: ke@gian.example\r\n.\r\nMAIL FROM:<x@y.z>";
    app.browser().get("/sign-up").await.form("/sign-up").fill("name", name).fill("email", "mot@example.org").fill("password", crate::support::PASSWORD).submit().await.is(303);
    // and past the form, straight into the outbox
    app.execute(
        "insert into mail.letter(to_address, lang, kind, params) values ('hai@example.org', 'vi', 'query',
        jsonb_build_object('name', E'Hai\r\nBcc: ke@gian.example', 'contest_vi', E'Thi\r\n.\r\nMAIL FROM:<x@y.z>', 'number', 1, 'slug', 'nho', 'entry', 'x'))",
    )
    .await;
    assert!(app.admin().await.batch_execute("insert into mail.letter(to_address, lang, kind, params) values (E'a@b.c\r\nBcc: d', 'vi', 'query', '{}')").await.is_err());
    let (url, heard) = mail_server("250 ok").await;
    let transport = Transport::open(Some(&url), "thi@example.org".parse().unwrap(), app.data.path()).unwrap();
    assert_eq!(outbox::send_due(&app.site, &transport, 10).await.unwrap(), 2);
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.matches("MAIL FROM").count(), 2, "{heard}");
    assert!(!heard.contains("Bcc:") && !heard.contains("x@y.z"), "{heard}");
    assert_eq!(heard.matches("Content-Transfer-Encoding: base64").count(), 4, "{heard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_letter_said_is_wiped_a_week_after_it_was_sent() {
    let app = TestApp::spawn().await;
    app.person("Một", "mot@example.org").await;
    outbox::send_due(&app.site, &folder(&app), 10).await.unwrap();
    assert_eq!(outbox::wipe_old(&app.site, &folder(&app)).await.unwrap(), 0);
    app.execute("update phach.test_clock set shift = interval '8 days'").await;
    assert_eq!(outbox::wipe_old(&app.site, &folder(&app)).await.unwrap(), 1);
    assert_eq!(app.ask("select params::text as line from mail.letter").await, ["{}"]);
}

#[test]
fn every_kind_of_letter_has_its_words_in_both_languages() {
    let words = Words::load().unwrap();
    for lang in Lang::ALL {
        for kind in outbox::kinds() {
            for part in ["subject", "text", "button"] {
                assert!(words.has(lang, &format!("letter-{kind}-{part}")), "{kind} {part} {lang:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_chained_and_every_change_of_one_is_seen() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(5).await;
    while record::chain_new(&app.site, 3).await.unwrap() > 0 {}
    assert_eq!(app.ask("select (select count(*) from record.event) - (select count(*) from record.link) || '' as line").await, ["0"]);
    assert_eq!(broken_link_at(&app.admin_url).await, Ok(()));
    app.execute("update record.event set content = content || '{\"entries\": 6}' where verb = 'cut'").await;
    assert!(broken_link_at(&app.admin_url).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_one_second_are_shown_in_the_order_they_were_written() {
    let app = TestApp::spawn().await;
    for n in 1..=9 {
        app.execute(&format!("set local role phach_mail_owner; select mail.enqueue('nguoi{n}@example.org', 'vi', 'password-changed', '{{}}')")).await;
    }
    let transport = Transport::open(None, "Ban Tổ chức <thi@example.org>".parse().unwrap(), app.data.path()).unwrap();
    while outbox::send_due(&app.site, &transport, 4).await.unwrap() > 0 {}
    let shown = outbox::print_folder(app.data.path(), 50).unwrap();
    let order: Vec<&str> = shown.lines().filter_map(|l| l.strip_prefix("To: ")).collect();
    assert_eq!(order, (1..=9).map(|n| format!("nguoi{n}@example.org")).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_hears_that_papers_await_once_a_day_and_neither_how_many_nor_which() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(4).await;
    for (name, email) in [("Một", "gk1@example.org"), ("Hai", "gk2@example.org"), ("Ba", "gk3@example.org")] {
        app.judge(name, email).await;
    }
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    let deal = async || {
        let page = chair.get("/c/nho/chair/deal").await.is(200);
        let value = |name: &str| (name.to_owned(), page.attrs(&format!("form[method=post] input[name={name}]"), "value").concat());
        chair.post("/c/nho/chair/deal", &[value("cap"), value("token")]).await.is(303)
    };
    deal().await;
    let letters = || app.ask("select to_address || ' ' || params::text as line from mail.letter where kind = 'papers-await' order by 1");
    let sent = letters().await;
    assert_eq!(sent.len(), 3, "{sent:?}");
    assert!(sent.iter().all(|l| codes.iter().all(|c| !l.contains(c))), "{sent:?}");
    let judge = app.browser();
    judge.sign_in("gk1@example.org").await;
    let first = judge.get("/c/nho/marking").await.attrs("main a", "href").into_iter().find(|h| codes.iter().any(|c| h.ends_with(c.as_str()))).unwrap();
    app.execute(&format!(
        "select set_config('phach.account', (select id::text from account.account where email_key = 'gk1@example.org'), true),
           set_config('phach.contest', '01900000-0000-7000-8000-000000000001', true);
         select blind.recuse('{}', 'unwell')",
        first.rsplit('/').next().unwrap()
    ))
    .await;
    app.night().await;
    assert_eq!(app.ask("select count(*)::text as line from blind.deal").await, ["2"]);
    assert_eq!(letters().await.len(), 3, "one a day");
}
