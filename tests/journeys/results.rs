//! From the close to the results page: propose, seal, two keys, names, collectives, publication.
use crate::support::{Browser, PASSWORD, TestApp};

/// Six papers, closed, with agreed marks by code order: 90, 80, 80, 70, 60, 50 (or others). The organizer, signed in.
pub async fn closed(app: &TestApp, marks: [i32; 6]) -> (Vec<String>, Browser) {
    app.small_contest().await;
    closed_with(app, marks).await
}
/// The small contest as it stands in Postgres, with six papers of these marks, closed.
pub async fn closed_with(app: &TestApp, marks: [i32; 6]) -> (Vec<String>, Browser) {
    let codes = app.cut_papers(6).await;
    for (code, mark) in codes.iter().zip(marks) {
        app.execute(&format!("update blind.paper set marks = array[{mark}, {mark}], agreed = {mark}, agreed_how = 'mean' where code = '{code}'")).await;
    }
    app.official("nho", "chair", "Trưởng Ban", "khoa2@example.org").await;
    app.execute(
        "select set_config('phach.contest', '01900000-0000-7000-8000-000000000001', true),
           set_config('phach.account', (select id::text from account.account where email_key = 'khoa2@example.org'), true);
         select blind.close_round()",
    )
    .await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    (codes, organizer)
}

pub async fn sealed(app: &TestApp) -> (Vec<String>, Browser, String) {
    app.small_contest().await;
    sealed_with(app, [9000, 8000, 8000, 7000, 6000, 5000]).await
}
/// The small contest as it stands in Postgres, with six papers of these marks, sealed with two reserves.
pub async fn sealed_with(app: &TestApp, marks: [i32; 6]) -> (Vec<String>, Browser, String) {
    let (codes, organizer) = closed_with(app, marks).await;
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes").fill("reserves", "2").submit().await.is(303);
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes/seal").fill("sure", "yes").submit().await.is(303);
    let last4 = organizer.get("/c/nho/prizes").await.all(".code.stub").concat();
    (codes, organizer, last4)
}

pub async fn turn(browser: &Browser, last4: &str) -> crate::support::Seen {
    browser.get("/c/nho/opening").await.is(200).form("/c/nho/opening").fill("last4", last4).fill("password", PASSWORD).submit().await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_keys_open_the_winners_slips_and_the_results_are_published_in_one_act() {
    let app = TestApp::spawn().await;
    let (codes, organizer, last4) = sealed(&app).await;
    organizer.get("/c/nho/collectives").await.says("Phách chưa mở").hides("Tác Giả");
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    organizer.get("/me").await.says("khóa của bạn cùng một khóa nữa sẽ mở phách");
    turn(&organizer, &last4).await.is(303);
    organizer.get("/me").await.says("cần thêm một khóa khác trong vòng 30 phút");
    chair.get("/me").await.says("khóa của bạn cùng một khóa nữa sẽ mở phách");
    organizer.get("/c/nho/opening").await.says("Số phách sẽ mở");
    organizer.get("/c/nho/collectives").await.hides("Tác Giả");
    let open = turn(&chair, &last4).await.is(303).follow().await;
    open.says("đã mở").says("Số phách đã mở").hides("Số phách sẽ mở");
    assert!(open.attrs("main a", "href").iter().any(|h| h == "/c/nho/decisions"), "{}", open.text());
    organizer.get("/me").await.says("Phách đã mở.");
    let names = organizer.get("/c/nho/collectives").await.is(200);
    assert_eq!(names.all("td.name").len(), 3, "{}", names.text());
    names.says("Không ghi đơn vị nào");
    let shown: Vec<String> = names.all("td.half");
    assert!(codes[..3].iter().all(|c| shown.contains(c)) && codes[3..].iter().all(|c| !names.body.contains(c)));
    app.browser().get("/c/nho/results").await.says("Chưa có kết quả").hides("Tác Giả");
    app.browser().get("/c/nho").await.hides("Xem kết quả").hides("Đã có kết quả");
    let contestant = app.person("Thí Sinh", "thisinh@example.org").await;
    contestant.get("/c/nho/entries").await.hides("Kết quả");
    let unit = names.attrs("select[name=unit] option", "value")[1].clone();
    let prize = names.attrs("select[name=prize] option", "value")[1].clone();
    names.form("/c/nho/collectives").fill("prize", &prize).fill("unit", &unit).fill("reason", "Nhiều bài hợp lệ").submit().await.is(303);
    // one proposes, another confirms
    let award = app.ask("select id::text as line from result.decision").await.concat();
    let award = [("id".to_owned(), award)];
    organizer.post("/c/nho/decisions/confirmation", &award).await.is(409).says("cần một người khác");
    chair.post("/c/nho/decisions/confirmation", &award).await.is(303);
    organizer.get("/c/nho/collectives").await.form("/c/nho/publication").fill("sure", "yes").submit().await.is(303);
    assert!(chair.get("/c/nho/opening").await.attrs("main a", "href").iter().any(|h| h == "/c/nho/results"));
    let public = app.browser().get("/c/nho/results").await.is(200);
    assert_eq!(public.says("Tác Giả").says("Tập thể xuất sắc").all(".laurels li").len(), 4);
    assert!(codes.iter().all(|c| !public.body.contains(c)), "a public page shows a code");
    let seal = app.ask("select encode(sha256(convert_to(content, 'UTF8')), 'hex') as line from blind.seal").await.concat();
    assert!(seal.ends_with(&last4) && public.body.contains(&seal), "the seal's hash is published");
    app.browser().get("/c/nho").await.says("Xem kết quả").says("Đã có kết quả");
    app.browser().get("/").await.says("Đã có kết quả");
    assert!(contestant.get("/c/nho/entries").await.attrs("nav a", "href").contains(&"/c/nho/results".to_owned()));
    let letter = app.letter("tacgia1@example.org", "results-out").await.to_string();
    assert!(!letter.contains("Giải") && codes.iter().all(|c| !letter.contains(c)), "{letter}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seal_calls_the_key_holders_by_letters_that_say_where_and_nothing_else() {
    let app = TestApp::spawn().await;
    let (codes, organizer, last4) = sealed(&app).await;
    for holder in ["khoa1@example.org", "khoa2@example.org"] {
        let letter = app.letter(holder, "key-wanted").await;
        assert_eq!(letter["slug"], "nho");
        let text = letter.to_string();
        assert!(!text.contains(&last4) && codes.iter().all(|c| !text.contains(c)), "{text}");
    }
    let links = organizer.get("/me").await.says("Người giữ khóa").attrs("main a", "href");
    assert!(links.contains(&"/c/nho/opening".to_owned()), "{links:?}");
    let page = organizer.get("/c/nho").await;
    page.says("Vào việc: Người giữ khóa").says("Vào việc: Ban Tổ chức");
    assert_eq!(page.attrs("main a.btn:not(.second):not(.plain)", "href"), ["/c/nho/organizer"], "one main button, and it is the daily page");
    assert!(page.attrs("main a.btn.second", "href").iter().any(|l| l == "/c/nho/opening"));
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_sealing_and_publishing_wait_for_a_tick() {
    let app = TestApp::spawn().await;
    let (_, organizer) = closed(&app, [9000, 8000, 8000, 7000, 6000, 5000]).await;
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes").submit().await.is(303);
    let plan = organizer.get("/c/nho/prizes").await.all("section table:first-of-type tbody tr");
    assert_eq!(plan, ["Giải A 1 1", "Giải B 2 2"].map(|r| r.replace(' ', "")).map(|r| r.replace("Giải", "Giải ")), "planned beside proposed");
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes/seal").submit().await.is(422).says("Đánh dấu ô xác nhận").says("không mở ra sửa được");
    assert_eq!(app.ask("select count(*)::text as line from blind.seal").await, ["0"]);
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'key-wanted'").await, ["0"]);
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes/seal").fill("sure", "yes").submit().await.is(303);
    let last4 = organizer.get("/c/nho/prizes").await.all(".code.stub").concat();
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    turn(&organizer, &last4).await.is(303);
    turn(&chair, &last4).await.is(303);
    organizer.get("/c/nho/collectives").await.form("/c/nho/publication").submit().await.is(422).says("Đánh dấu ô xác nhận").says("không rút lại được");
    assert_eq!(app.ask("select count(*)::text as line from result.publication").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_alone_opens_nothing_and_an_old_turn_runs_out() {
    let app = TestApp::spawn().await;
    let (_, organizer, last4) = sealed(&app).await;
    turn(&organizer, &last4).await.is(303);
    organizer.post("/c/nho/opening", &[("last4".into(), last4.clone()), ("password".into(), PASSWORD.into())]).await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from result.opened").await, ["0"]);
    app.execute("update phach.test_clock set shift = shift + interval '31 minutes'").await;
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    turn(&chair, &last4).await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from result.opened").await, ["0"]);
    turn(&organizer, &last4).await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from result.opened").await, ["3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_seal_a_wrong_password_and_a_stranger_turn_no_key() {
    let app = TestApp::spawn().await;
    let (_, organizer, last4) = sealed(&app).await;
    turn(&organizer, "zzzz").await.is(422).says("không khớp");
    let page = organizer.get("/c/nho/opening").await;
    page.form("/c/nho/opening").fill("last4", &last4).fill("password", "không phải đâu nhé").submit().await.is(422).says("Mật khẩu chưa đúng");
    let stranger = app.person("Ai Đó", "aido@example.org").await;
    let (not_mine, absent) = (stranger.get("/c/nho/opening").await.is(404), stranger.get("/c/khac/opening").await.is(404));
    assert_eq!(not_mine.body, absent.body);
    assert_eq!(app.ask("select count(*)::text as line from slip.key_turn").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_holder_by_address_alone_who_is_no_official_holds_no_key() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let holder = app.person("Khóa Một", "khoa1@example.org").await;
    holder.get("/c/nho/opening").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_proposed_before_the_close_nor_sealed_before_the_proposal() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    organizer.get("/c/nho/prizes").await.says("chưa chốt");
    organizer.post("/c/nho/prizes", &[("reserves".into(), "3".into())]).await.is(409).says("chưa chốt");
    organizer.post("/c/nho/prizes/seal", &[]).await.is(409);
    organizer.post("/c/nho/publication", &[]).await.is(409).says("chưa mở");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tie_over_two_levels_waits_for_the_chair_and_an_unusable_number_keeps_what_was_typed() {
    let app = TestApp::spawn().await;
    let (_, organizer) = closed(&app, [9000, 9000, 8000, 7000, 6000, 5000]).await;
    organizer.get("/c/nho/prizes").await.says("1 chỗ bằng điểm");
    organizer.post("/c/nho/prizes", &[("reserves".into(), "3".into())]).await.is(409);
    let (_, other) = (0, organizer);
    let seen = other.post("/c/nho/prizes", &[("reserves".into(), "nhiều".into())]).await.is(422);
    assert!(seen.says("từ 0 đến 20").status.is_client_error());
}
