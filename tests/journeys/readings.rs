//! Crossing *readings*: of a category one word, to its contestants and to the desk; never of a paper, and no day.
use crate::hats::{ask, wear};
use crate::results::closed;
use crate::support::TestApp;

const READINGS: &str = "select category || ' ' || word as line from slip.readings()";
const BAO: &str = "01900000-0000-7000-8000-000000000006";

async fn told(app: &TestApp, hat: &str, email: &str) -> Vec<String> {
    ask(&mut wear(app, hat, email).await, READINGS).await.unwrap()
}
async fn entry_number(app: &TestApp, n: u32) -> String {
    app.ask(&format!("select id::text as line from named.entry where number = {n}")).await.concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_is_being_marked_from_the_cut_on_and_read_when_its_last_paper_is() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(5).await;
    let (of_all, desk) = (format!("{BAO} marking"), app.browser());
    desk.sign_in("thuky@example.org").await;
    let mine = app.browser();
    app.execute(
        "update account.account set password_hash = (select password_hash from account.account where email_key = 'thuky@example.org') where email_key = 'tacgia1@example.org'",
    )
    .await;
    mine.sign_in("tacgia1@example.org").await;
    let receipt = format!("/c/nho/entries/{}/receipt", entry_number(&app, 1).await);
    let (entry, list) = (format!("/c/nho/desk/{}", entry_number(&app, 1).await), "/c/nho/desk?state=all");
    let before = mine.get(&receipt).await.is(200);
    assert_eq!(before.all("ol.way .now h3"), ["Đang chấm, 2 giám khảo đọc độc lập"]);
    for (read, code) in codes.iter().enumerate() {
        for (hat, email) in [("contestant", "tacgia1@example.org"), ("contestant", "tacgia4@example.org"), ("clerk", "thuky@example.org")] {
            assert_eq!(told(&app, hat, email).await, std::slice::from_ref(&of_all), "{hat}, with {read} papers read");
        }
        // the own paper's readings change nothing that is seen
        let seen = mine.get(&receipt).await.is(200);
        assert_eq!((seen.all("ol.way"), seen.body.len()), (before.all("ol.way"), before.body.len()));
        desk.get(&entry).await.is(200).says("Đang chấm").hides("Đã được ít nhất 2 giám khảo");
        app.execute(&format!("update blind.paper set marks = '{{7000, 7100}}', agreed = 7050, agreed_how = 'mean' where code = '{code}'")).await;
    }
    let read = format!("{BAO} read");
    for (hat, email) in [("contestant", "tacgia1@example.org"), ("clerk", "thuky@example.org")] {
        assert_eq!(told(&app, hat, email).await, std::slice::from_ref(&read));
    }
    assert_eq!(mine.get(&receipt).await.all("ol.way .now h3"), ["Đã được ít nhất 2 giám khảo đọc độc lập"]);
    desk.get(&entry).await.says("Đã được ít nhất 2 giám khảo đọc độc lập");
    desk.get(list).await.says("Đã được ít nhất 2 giám khảo đọc độc lập");
    // one more reading because of a tie is none of the rules' own: it is told to nobody
    app.execute(&format!("update blind.paper set extra = 1, wanted = 3 where code = '{}'", codes[0])).await;
    assert_eq!(told(&app, "contestant", "tacgia1@example.org").await, [read]);
    // a sheet set aside is a reading that lacks again
    app.execute(&format!("update blind.paper set marks = '{{7000}}', agreed = null, agreed_how = null where code = '{}'", codes[1])).await;
    assert_eq!(told(&app, "clerk", "thuky@example.org").await, [of_all]);
    // a paper that has left waits for nothing
    app.execute(&format!("update blind.paper set retired = true where code = '{}'", codes[1])).await;
    assert_eq!(told(&app, "clerk", "thuky@example.org").await, [format!("{BAO} read")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_before_the_cut_to_a_stranger_to_another_hat_or_of_an_entry_that_has_ended() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.valid_entries(5).await;
    app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    for (hat, email) in [("contestant", "tacgia1@example.org"), ("clerk", "thuky@example.org")] {
        assert_eq!(told(&app, hat, email).await, Vec::<String>::new(), "{hat}");
    }
    app.execute("set local phach.account = ''; set local phach.contest = '01900000-0000-7000-8000-000000000001'; select slip.cut('01900000-0000-7000-8000-000000000006')").await;
    app.person("Người Lạ", "la@example.org").await;
    assert_eq!(told(&app, "contestant", "la@example.org").await, Vec::<String>::new());
    for hat in ["public", "judge", "chair", "organizer", "auditor", "dealer"] {
        let mut conn = wear(&app, hat, "tacgia1@example.org").await;
        assert!(ask(&mut conn, READINGS).await.unwrap_err().contains("permission denied"), "{hat}");
    }
    let mut there = wear(&app, "contestant", "tacgia1@example.org").await;
    ask(&mut there, "select set_config('phach.contest', gen_random_uuid()::text, true) as line").await.unwrap();
    assert_eq!(ask(&mut there, READINGS).await.unwrap(), Vec::<String>::new());
    drop(there);
    // who was struck out reads what the desk said, and no word of the marking
    app.execute("update named.entry set state = 'struck_out' where number = 1").await;
    assert_eq!(told(&app, "contestant", "tacgia1@example.org").await, Vec::<String>::new());
    app.execute(
        "update account.account set password_hash = (select password_hash from account.account where email_key = 'thuky@example.org') where email_key = 'tacgia1@example.org'",
    )
    .await;
    let mine = app.browser();
    mine.sign_in("tacgia1@example.org").await;
    let receipt = format!("/c/nho/entries/{}/receipt", entry_number(&app, 1).await);
    mine.get(&receipt).await.is(200).hides("Đang chấm").hides("giám khảo đọc độc lập");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_close_it_stays_read_and_no_page_of_it_names_a_day() {
    let app = TestApp::spawn().await;
    closed(&app, [9000, 8000, 8000, 7000, 6000, 5000]).await;
    app.execute(
        "update account.account set password_hash = (select password_hash from account.account where email_key = 'thuky@example.org') where email_key = 'tacgia2@example.org'",
    )
    .await;
    let mine = app.browser();
    mine.sign_in("tacgia2@example.org").await;
    let seen = mine.get(&format!("/c/nho/entries/{}/receipt", entry_number(&app, 2).await)).await.is(200);
    let now = seen.all("ol.way .now").concat();
    assert!(now.starts_with("Đã được ít nhất 2 giám khảo đọc độc lập") && !now.chars().any(|c| c == '/' || c == ':'), "{now}");
}
