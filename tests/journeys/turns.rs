//! Whose turn it is: the list on the organizer's and the chair's first pages, and the letters that say so.
use crate::results::{closed, sealed, turn};
use crate::support::{Browser, Seen, TestApp};

/// The steps that wait, as the page lists them.
fn waiting(page: &Seen) -> Vec<String> {
    page.all(".turns li[aria-current=step] h3")
}
async fn letters(app: &TestApp, kind: &str) -> Vec<String> {
    app.ask(&format!("select to_address || ' ' || lang || ' ' || params::text as line from mail.letter where kind = '{kind}' order by number")).await
}
async fn signed_in(app: &TestApp, email: &str) -> Browser {
    let browser = app.browser();
    browser.sign_in(email).await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn the_organizers_first_page_says_what_is_done_what_waits_and_for_whom() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    let page = organizer.get("/c/nho/organizer").await.is(200);
    page.says("Cuộc thi đang ở đâu").says("Chưa đủ: Tổ Thư ký, Giám khảo, Trưởng ban giám khảo").says("Hết hạn lúc");
    assert_eq!(waiting(&page), ["Mời người làm việc", "Nhận bài", "Sơ loại và hỏi lại"]);
    app.official("nho", "judge", "Giám Khảo", "gk1@example.org").await;
    organizer.get("/c/nho/organizer").await.says("1 giám khảo chưa khai quan hệ");
    app.valid_entries(3).await;
    organizer.sign_in("khoa1@example.org").await; // four days later
    let page = organizer.get("/c/nho/organizer").await.is(200);
    assert_eq!(waiting(&page), ["Mời người làm việc", "Cắt phách"]);
    app.execute("set local phach.account = ''; set local phach.contest = '01900000-0000-7000-8000-000000000001'; select slip.cut('01900000-0000-7000-8000-000000000006')").await;
    assert_eq!(waiting(&organizer.get("/c/nho/organizer").await).last().map(String::as_str), Some("Khai quan hệ và phân công chấm"));
    organizer.get("/c/nho/organizer").await.hides("Đã cắt 1 trên");
    app.execute(
        "insert into contest.category select (jsonb_populate_record(k, jsonb_build_object('id', gen_random_uuid(), 'key', 'hai', 'position', 2))).* from contest.category k",
    )
    .await;
    organizer.get("/c/nho/organizer").await.says("Đã cắt 1 trên 2 loại hình");
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    let board = chair.get("/c/nho/chair").await.is(200);
    assert_eq!(waiting(&board), ["Khai quan hệ và phân công chấm"]);
    assert_eq!(board.attrs(".turns li[aria-current=step] a", "href"), ["/c/nho/chair/deal"]);
    board.says("1 giám khảo chưa khai quan hệ").says("Việc của bạn");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_close_to_the_opening_each_page_points_to_the_next_step() {
    let app = TestApp::spawn().await;
    let (_, organizer) = closed(&app, [9000, 8000, 7000, 7000, 6000, 5000]).await;
    let chair = signed_in(&app, "khoa2@example.org").await;
    let last = async |who: &Browser, path: &str| waiting(&who.get(path).await.is(200)).last().cloned().unwrap_or_default();
    assert_eq!((last(&organizer, "/c/nho/organizer").await, last(&chair, "/c/nho/chair").await), ("Kết luận chỗ bằng điểm".into(), "Kết luận chỗ bằng điểm".into()));
    let app = TestApp::spawn().await;
    let (_, organizer, last4) = sealed(&app).await;
    organizer.get("/c/nho/organizer").await.says("Cần hai người giữ khóa");
    turn(&organizer, &last4).await.is(303);
    organizer.get("/c/nho/organizer").await.says("Một khóa đã xác nhận; khóa thứ hai cần trước");
    turn(&signed_in(&app, "khoa2@example.org").await, &last4).await.is(303);
    assert_eq!(last(&organizer, "/c/nho/organizer").await, "Xét giải tập thể và công bố");
    assert_eq!(last(&signed_in(&app, "khoa2@example.org").await, "/c/nho/chair").await, "Xét giải tập thể và công bố");
    organizer.post("/c/nho/publication", &[("sure".into(), "yes".into())]).await.is(303);
    assert_eq!(waiting(&organizer.get("/c/nho/organizer").await), ["Mời người làm việc"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_the_next_step_gets_one_letter_in_the_own_language_that_says_nothing_of_what_is_in_it() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    app.official("nho", "organizer", "Người Tổ Chức", "tochuc@example.org").await;
    app.execute("update account.account set lang = 'en' where email_key = 'truong@example.org'").await;
    let codes = app.cut_papers(4).await;
    for code in &codes {
        app.execute(&format!("update blind.paper set marks = array[7000, 7000], agreed = 7000, agreed_how = 'mean' where code = '{code}'")).await;
    }
    // papers that nobody reads yet: no round to close
    assert_eq!(phach::judging::batch::tell_marked(&app.site).await.unwrap(), 0);
    app.judge("Giám Khảo", "gk1@example.org").await;
    app.assign("gk1@example.org", &codes[0]).await;
    app.execute(&format!("update blind.paper set marks = array[7000] where code = '{}'", codes[0])).await;
    assert_eq!(phach::judging::batch::tell_marked(&app.site).await.unwrap(), 0, "a paper lacks a reading");
    app.execute("update blind.paper set marks = array[7000, 7000]").await;
    assert_eq!(phach::judging::batch::tell_marked(&app.site).await.unwrap(), 1);
    assert_eq!(phach::judging::batch::tell_marked(&app.site).await.unwrap(), 0, "once");
    app.execute(
        "select set_config('phach.contest', '01900000-0000-7000-8000-000000000001', true),
           set_config('phach.account', (select id::text from account.account where email_key = 'truong@example.org'), true);
         select blind.close_round()",
    )
    .await;
    for (kind, to) in [("turn-deal", "truong@example.org en"), ("turn-close", "truong@example.org en"), ("turn-seal", "tochuc@example.org vi")] {
        let sent = letters(&app, kind).await;
        assert_eq!(sent.len(), 1, "{kind}: {sent:?}");
        assert!(sent[0].starts_with(to), "{kind}: {sent:?}");
        let keys = app.ask(&format!("select distinct k as line from mail.letter l, jsonb_object_keys(l.params) k where l.kind = '{kind}' order by 1")).await;
        assert_eq!(keys, ["contest_en", "contest_vi", "name", "slug"], "{kind}");
        assert!(codes.iter().all(|c| !sent[0].contains(c)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_key_calls_the_other_holders_and_the_second_one_the_organizer() {
    let app = TestApp::spawn().await;
    let (_, organizer, last4) = sealed(&app).await;
    app.official("nho", "organizer", "Người Thứ Hai", "hai@example.org").await;
    turn(&organizer, &last4).await.is(303);
    // whose key is turned is asked for nothing more; pressed all the same, nobody is called twice
    assert!(organizer.get("/c/nho/opening").await.says("Bạn đã xác nhận").all("input[name=last4]").is_empty());
    organizer.post("/c/nho/opening", &[("last4".into(), last4.clone()), ("password".into(), crate::support::PASSWORD.into())]).await.is(303);
    let called = letters(&app, "turn-key").await;
    assert_eq!(called.len(), 1, "{called:?}");
    assert!(called[0].starts_with("khoa2@example.org") && !called[0].contains("Người Tổ Chức") && called[0].contains("until"), "{called:?}");
    assert!(letters(&app, "turn-publish").await.is_empty());
    // nobody came: half an hour later it begins again, and calls again
    app.execute("update phach.test_clock set shift = shift + interval '31 minutes'").await;
    turn(&organizer, &last4).await.is(303);
    assert_eq!(letters(&app, "turn-key").await.len(), 2);
    turn(&signed_in(&app, "khoa2@example.org").await, &last4).await.is(303);
    assert_eq!(letters(&app, "turn-key").await.len(), 2);
    let told = letters(&app, "turn-publish").await;
    assert_eq!(told.iter().map(|l| l.split(' ').next().unwrap()).collect::<Vec<_>>(), ["khoa1@example.org", "hai@example.org"]);
    assert!(told.iter().all(|l| !l.contains("Tác Giả")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_opened_again_calls_its_chair_and_organizer_once_more() {
    let app = TestApp::spawn().await;
    closed(&app, [9000, 8000, 8000, 7000, 6000, 5000]).await;
    assert_eq!(letters(&app, "turn-seal").await.len(), 0, "nobody was the organizer yet");
    let again = "delete from blind.standing; delete from blind.closing;
        insert into blind.closing(contest, chair) select h.contest, h.account from account.hat h where h.hat = 'chair'";
    app.execute(again).await;
    assert_eq!(letters(&app, "turn-seal").await.len(), 1);
    app.execute(again).await;
    assert_eq!(letters(&app, "turn-seal").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_rests_since_is_no_first_one_for_the_next() {
    let app = TestApp::spawn().await;
    let (_, organizer, last4) = sealed(&app).await;
    turn(&organizer, &last4).await.is(303);
    app.execute("update account.account set password_changed_at = phach.now() where email_key = 'khoa1@example.org'").await;
    turn(&signed_in(&app, "khoa2@example.org").await, &last4).await.is(303);
    let called: Vec<String> = letters(&app, "turn-key").await.iter().map(|l| l.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(called, ["khoa2@example.org", "khoa1@example.org"]);
    assert_eq!(app.ask("select count(*)::text as line from result.opened").await, ["0"]);
}
