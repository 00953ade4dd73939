//! Crossing *own result*: after the publication a contestant reads the own mark, as the rules allow, and nobody reads another's.
use diesel_async::SimpleAsyncConnection;

use crate::hats::{ask, wear};
use crate::results::{sealed, turn};
use crate::support::{Browser, TestApp};

/// Whose entry a paper is: its id and its contestant's address.
async fn entry_of(app: &TestApp, code: &str) -> (String, String) {
    let line = app
        .ask(&format!(
            "select e.id || ' ' || a.email as line from slip.pair x join named.entry e on e.id = x.entry join account.account a on a.id = e.account where x.paper = '{code}'"
        ))
        .await
        .concat();
    line.split_once(' ').map(|(id, email)| (id.to_owned(), email.to_owned())).unwrap()
}
async fn rule(app: &TestApp, word: &str) {
    app.execute(&format!("update contest.contest set own_result = '{word}'")).await;
}
/// The contestant of a paper, signed in, and the address of the receipt.
async fn contestant(app: &TestApp, code: &str) -> (Browser, String) {
    let (entry, email) = entry_of(app, code).await;
    app.execute(&format!(
        "update account.account set password_hash = (select password_hash from account.account where email_key = 'khoa1@example.org') where email_key = '{email}'"
    ))
    .await;
    let browser = app.browser();
    browser.sign_in(&email).await;
    (browser, format!("/c/nho/entries/{entry}/receipt"))
}
async fn publish(app: &TestApp, organizer: &Browser, last4: &str) {
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    turn(organizer, last4).await.is(303);
    turn(&chair, last4).await.is(303);
    organizer.get("/c/nho/collectives").await.form("/c/nho/publication").fill("sure", "yes").submit().await.is(303);
}
/// Sheets with comments of two judges on each paper; the triggers that count them are passed over, for the marks stand already.
async fn comment(app: &TestApp, codes: &[String]) {
    for judge in ["gk1@example.org", "gk2@example.org"] {
        app.judge("Giám Khảo", judge).await;
    }
    for (i, code) in codes.iter().enumerate() {
        for judge in ["gk1", "gk2"] {
            app.execute(&format!(
                "set session_replication_role = replica; insert into blind.sheet(judge, paper, contest, marks, total, comment)
                   select a.id, '{code}', '01900000-0000-7000-8000-000000000001', '{{}}', 7000, 'Nhận xét bài {i} của {judge}.' from account.account a where a.email_key = '{judge}@example.org'"
            ))
            .await;
        }
    }
}
const OWN: &str = "select mark || ' ' || readings || ' ' || array_to_string(comments, '|') as line from slip.own_result";

#[tokio::test(flavor = "multi_thread")]
async fn the_own_mark_and_the_comments_are_shown_after_the_publication_as_the_rules_allow() {
    let app = TestApp::spawn().await;
    let (codes, organizer, last4) = sealed(&app).await;
    comment(&app, &codes).await;
    rule(&app, "mark_and_comments").await;
    let (mine, receipt) = contestant(&app, &codes[3]).await;
    let before = mine.get(&receipt).await.is(200);
    before.says("Khi đó bạn xem được điểm của bài mình và nhận xét").hides("70,00").hides("Nhận xét bài").hides("Kết quả của bài");
    publish(&app, &organizer, &last4).await;
    let page = mine.get(&receipt).await.is(200);
    page.says("Kết quả của bài").says("70,00").says("trên 100").says("Nhận xét bài 3 của gk1.").says("Nhận xét bài 3 của gk2.");
    for hidden in ["80,00", "Nhận xét bài 4", "Giám Khảo", &codes[3]] {
        page.hides(hidden);
    }
    // both, in the order of their hashes
    let comments = page.all("#own blockquote");
    let by_hash = app.ask(&format!("select comment as line from blind.sheet where paper = '{}' order by sha256(convert_to(paper || comment, 'UTF8'))", codes[3])).await;
    assert_eq!(comments, by_hash);
    mine.get(receipt.trim_end_matches("/receipt")).await.says("Xem kết quả của bài");
    rule(&app, "mark").await;
    mine.get(&receipt).await.says("70,00").hides("Nhận xét bài");
    rule(&app, "none").await;
    mine.get(&receipt).await.says("Thể lệ cuộc thi này không cho xem điểm").hides("70,00").hides("Nhận xét bài");
    // a paper that nobody could read
    rule(&app, "mark").await;
    app.execute(&format!("update blind.paper set marks = '{{}}', agreed = null, agreed_how = null where code = '{}'", codes[3])).await;
    mine.get(&receipt).await.says("không còn giám khảo nào đọc được").hides("70,00");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_anothers_mark_nor_the_own_before_its_time_or_after_the_entry_has_ended() {
    let app = TestApp::spawn().await;
    let (codes, organizer, last4) = sealed(&app).await;
    comment(&app, &codes).await;
    rule(&app, "mark_and_comments").await;
    let ((entry, email), (others, _)) = (entry_of(&app, &codes[3]).await, entry_of(&app, &codes[4]).await);
    let of = |entry: &str| format!("{OWN}('{entry}')");
    let mut mine = wear(&app, "contestant", &email).await;
    for early in [&entry, &others] {
        assert_eq!(ask(&mut mine, &of(early)).await.unwrap(), Vec::<String>::new(), "sealed");
    }
    drop(mine);
    publish(&app, &organizer, &last4).await;
    let mut mine = wear(&app, "contestant", &email).await;
    let told = ask(&mut mine, &of(&entry)).await.unwrap();
    assert!(told.len() == 1 && told[0].starts_with("7000 2 Nhận xét bài 3"), "{told:?}");
    for nothing in [others.as_str(), "01900000-0000-7000-8000-00000000eeee"] {
        assert_eq!(ask(&mut mine, &of(nothing)).await.unwrap(), Vec::<String>::new());
    }
    // in another contest, and signed out
    for setting in ["phach.contest", "phach.account"] {
        mine.batch_execute(&format!("savepoint there; select set_config('{setting}', gen_random_uuid()::text, true)")).await.unwrap();
        assert_eq!(ask(&mut mine, &of(&entry)).await.unwrap(), Vec::<String>::new(), "{setting}");
        mine.batch_execute("rollback to there").await.unwrap();
    }
    drop(mine);
    for hat in ["public", "clerk", "judge", "chair", "organizer", "auditor"] {
        let mut conn = wear(&app, hat, &email).await;
        assert!(ask(&mut conn, &of(&entry)).await.unwrap_err().contains("permission denied"), "{hat}");
    }
    let (browser, _) = contestant(&app, &codes[3]).await;
    browser.get(&format!("/c/nho/entries/{others}/receipt")).await.is(404);
    // an entry that has ended, and a paper that has left
    for state in ["struck_out", "withdrawn"] {
        app.execute(&format!("update named.entry set state = '{state}' where id = '{entry}'")).await;
        assert_eq!(ask(&mut wear(&app, "contestant", &email).await, &of(&entry)).await.unwrap(), Vec::<String>::new(), "{state}");
        browser.get(&format!("/c/nho/entries/{entry}/receipt")).await.is(200).hides("70,00").hides("Kết quả của bài").hides("Nhận xét bài");
    }
    app.execute(&format!("update named.entry set state = 'valid' where id = '{entry}'; update blind.paper set retired = true where code = '{}'", codes[3])).await;
    assert_eq!(ask(&mut wear(&app, "contestant", &email).await, &of(&entry)).await.unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_publication_the_pages_of_all_marks_are_alike_to_the_byte() {
    let app = TestApp::spawn().await;
    let (codes, _, _) = sealed(&app).await;
    comment(&app, &codes[..3]).await;
    rule(&app, "mark_and_comments").await;
    app.execute("update named.entry set unit = null; update named.version set unit = null").await; // whose name is as long as it is
    let mut seen = vec![];
    for code in &codes {
        let (browser, receipt) = contestant(&app, code).await;
        let page = browser.get(&receipt).await.is(200);
        // the picture of the own receipt's address is as long as it is
        let picture = page.body.find("<svg class=\"qr\"").unwrap();
        let end = picture + page.body[picture..].find("</svg>").unwrap();
        let locked = browser.get(receipt.trim_end_matches("/receipt")).await.is(200);
        seen.push((page.all("ol.way"), page.body.len() - (end - picture), locked.body.len()));
    }
    assert!(seen.iter().all(|s| *s == seen[0]), "{seen:?}");
}

const PRIZES: &str = "select e.number || ' ' || z.key as line from slip.own_prizes() p join contest.prize z on z.id = p.prize join named.entry e on e.id = p.entry";

#[tokio::test(flavor = "multi_thread")]
async fn the_list_and_the_receipt_name_the_own_prize_once_the_results_are_out() {
    let app = TestApp::spawn().await;
    let (codes, organizer, last4) = sealed(&app).await;
    rule(&app, "mark").await;
    // a third judge read the first paper: three readings of it, two of the others
    app.execute(&format!("set session_replication_role = replica; update blind.paper set third = 9000, third_wanted = true where code = '{}'", codes[0])).await;
    let (winner, receipt) = contestant(&app, &codes[0]).await;
    let (other, others) = contestant(&app, &codes[5]).await;
    let list = "/c/nho/entries";
    let (_, email) = entry_of(&app, &codes[0]).await;
    for page in [list, &receipt] {
        winner.get(page).await.is(200).hides("Giải Nhất").hides("danh sách giải").hides("90,00");
    }
    winner.get(&receipt).await.says("Đã được ít nhất 2 giám khảo đọc độc lập");
    assert_eq!(ask(&mut wear(&app, "contestant", &email).await, PRIZES).await.unwrap(), Vec::<String>::new(), "sealed");
    publish(&app, &organizer, &last4).await;
    let name = app.ask("select name_vi as line from contest.prize where level = 1 and kind = 'individual'").await.concat();
    let page = winner.get(list).await.is(200);
    assert_eq!(page.all(".works .tag.ok").concat(), name);
    page.says("Điểm: 90,00 trên 100").hides("không có trong danh sách giải");
    assert_eq!(page.attrs(".works .acts a", "href"), [format!("{receipt}#own")]);
    let page = winner.get(&receipt).await.is(200);
    page.says(&name).says("Chúc mừng bạn").says("Đã được 3 giám khảo đọc độc lập").hides("không có trong danh sách giải");
    let page = other.get(list).await.is(200);
    page.says("Điểm: 50,00 trên 100").says("Bài không có trong danh sách giải").hides(&name);
    other.get(&others).await.says("Bài không có trong danh sách giải").says("Đã được 2 giám khảo đọc độc lập").hides(&name);
    // a prize is everybody's to read; a mark is shown as the rules allow
    rule(&app, "none").await;
    winner.get(list).await.says(&name).hides("90,00");
    assert_eq!(ask(&mut wear(&app, "contestant", &email).await, PRIZES).await.unwrap().len(), 1);
    let (_, loser) = entry_of(&app, &codes[5]).await;
    assert_eq!(ask(&mut wear(&app, "contestant", &loser).await, PRIZES).await.unwrap(), Vec::<String>::new());
    for hat in ["public", "clerk", "judge", "chair", "organizer", "auditor"] {
        let mut conn = wear(&app, hat, &email).await;
        assert!(ask(&mut conn, PRIZES).await.unwrap_err().contains("permission denied"), "{hat}");
    }
}
