//! Letters leave the outbox once, and say what to do in the reader's language.
use phach::outbox::{self, Transport};
use phach::platform::i18n::{Lang, Words};
use phach::record;
use phach::record::chain;

use crate::support::TestApp;

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

#[tokio::test(flavor = "multi_thread")]
async fn what_a_letter_said_is_wiped_a_week_after_it_was_sent() {
    let app = TestApp::spawn().await;
    app.person("Một", "mot@example.org").await;
    outbox::send_due(&app.site, &folder(&app), 10).await.unwrap();
    assert_eq!(outbox::wipe_old(&app.site).await.unwrap(), 0);
    app.execute("update phach.test_clock set shift = interval '8 days'").await;
    assert_eq!(outbox::wipe_old(&app.site).await.unwrap(), 1);
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
    assert_eq!(broken_at(&app).await, None);
    app.execute("update record.event set content = content || '{\"entries\": 6}' where verb = 'cut'").await;
    assert!(broken_at(&app).await.is_some());
}

/// Reads the chain as the administrator and checks it as an outsider would.
async fn broken_at(app: &TestApp) -> Option<i64> {
    let sql = "select l.position || ' ' || l.event || ' ' || encode(l.hash, 'hex') || ' ' || concat_ws(E'\\n', e.id::text, coalesce(e.contest::text, '-'),
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), coalesce(e.actor::text, '-'), e.hat, e.verb, e.subject, e.content::text) as line
        from record.link l join record.event e on e.id = l.event order by l.position";
    let rows = app.ask(sql).await;
    let linked: Vec<_> = rows
        .iter()
        .map(|row| {
            let mut parts = row.splitn(4, ' ');
            let (position, event) = (parts.next().unwrap().parse().unwrap(), parts.next().unwrap().parse().unwrap());
            let hex = parts.next().unwrap();
            let hash: Vec<u8> = (0..32).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect();
            (chain::Link { position, event, hash: hash.try_into().unwrap() }, chain::Event { id: event, canonical: parts.next().unwrap().to_owned() })
        })
        .collect();
    chain::first_break(&linked)
}
