//! A closed round opened again: two people, until the seal, and what the past keeps.
use super::{as_person, chair, deal, hand_in, judges};
use crate::hats::{ask, wear};
use crate::support::{Browser, Seen, TestApp};

struct Closed {
    app: TestApp,
    chair: Browser,
    organizer: Browser,
    codes: Vec<String>,
}

/// Five papers, a tie over the line of B, closed.
async fn closed() -> Closed {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(5).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    deal(&chair).await.is(303);
    for (code, total) in codes.iter().zip([9000, 8000, 7000, 7000, 6000]) {
        hand_in(&app, "gk1@example.org", code, total).await;
        hand_in(&app, "gk2@example.org", code, total).await;
    }
    app.judge("Giám Khảo 3", "gk3@example.org").await;
    close(&chair).await.is(303);
    Closed { app, chair, organizer, codes }
}
async fn close(chair: &Browser) -> Seen {
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await
}
async fn answer(organizer: &Browser, act: &str) -> Seen {
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes/reopening").fill("sure", "yes").fill("do", act).submit().await
}
async fn counts(app: &TestApp) -> String {
    let of = |t: &str| format!("(select count(*) from blind.{t})");
    app.ask(&format!("select {} || ' ' || {} || ' ' || {} || ' ' || {} as line", of("closing"), of("standing"), of("proposal"), of("tie_answer"))).await.concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_asks_an_organizer_confirms_and_the_round_goes_on_and_is_closed_again() {
    let Closed { app, chair, organizer, codes } = closed().await;
    chair.get("/c/nho/chair/standings").await.form("/c/nho/chair/ties").fill("answer", "all_in").fill("reason", "Hai bài ngang nhau").submit().await.is(303);
    organizer.post("/c/nho/prizes", &[("reserves".into(), "0".into())]).await.is(303);
    assert_eq!(counts(&app).await, "1 5 4 1");
    // nothing is mended while it is closed
    let judge = app.ask("select id::text as line from account.account where email_key = 'gk1@example.org'").await.concat();
    chair.get(&format!("/c/nho/chair/judges/{judge}")).await.is(200).says("phải mở lại vòng chấm").hides("Tôi cho người này thôi chấm");
    chair
        .post(&format!("/c/nho/chair/judges/{judge}"), &[("sheets".into(), "kept".into()), ("reason".into(), "Nghỉ ốm dài".into()), ("sure".into(), "yes".into())])
        .await
        .is(409)
        .says("phải mở lại vòng chấm");
    let page = chair.get("/c/nho/chair").await.is(200);
    let form = || page.form("/c/nho/chair/reopening");
    assert_eq!(form().fill("reason", "vì").submit().await.is(422).says("từ 5 đến 500").form("/c/nho/chair/reopening").value("reason"), Some("vì"));
    form().fill("reason", "Một phiếu cộng nhầm").submit().await.is(303).follow().await.says("Đã gửi đề nghị").says("Trưởng Ban đã đề nghị").says("Một phiếu cộng nhầm");
    form().fill("reason", "Một phiếu cộng nhầm").submit().await.is(409).says("đang chờ Ban Tổ chức");
    assert!(app.letter("khoa1@example.org", "reopening-asked").await["slug"] == "nho");
    assert_eq!(counts(&app).await, "1 5 4 1", "asking changes nothing");
    let page = organizer.get("/c/nho/prizes").await.is(200);
    page.says("đề nghị mở lại vòng chấm").says("Một phiếu cộng nhầm");
    page.form("/c/nho/prizes/reopening").fill("do", "confirm").submit().await.is(422).says("Đánh dấu ô xác nhận");
    answer(&organizer, "confirm").await.is(303).follow().await.says("Vòng chấm đã mở lại");
    page.form("/c/nho/prizes/reopening").fill("do", "confirm").fill("sure", "yes").submit().await.is(409).says("không còn chờ trả lời");
    assert_eq!(counts(&app).await, "0 0 0 0");
    // the past keeps standings, proposal and answers
    let past = app.ask("select standings || answers::text as line from blind.round_past").await.concat();
    assert!(codes.iter().all(|c| past.contains(c.as_str())) && past.contains("prize chung 001 a") && past.contains("Hai bài ngang nhau"), "{past}");
    chair.get("/c/nho/chair/standings").await.says("Vòng chấm chưa chốt");
    organizer.post("/c/nho/prizes/seal", &[("sure".into(), "yes".into())]).await.is(409);
    // marking goes on
    chair.post(&format!("/c/nho/chair/papers/{}/aside", codes[3]), &[("judge".into(), judge), ("reason".into(), "Cộng nhầm điểm".into())]).await.is(303);
    close(&chair).await.is(409);
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    hand_in(&app, "gk3@example.org", &codes[3], 6000).await;
    close(&chair).await.is(303);
    let page = chair.get("/c/nho/chair").await.is(200);
    page.says("Các lần mở lại").says("Một phiếu cộng nhầm").says("Đề nghị mở lại");
    // the old answer is void: there is no tie any more
    assert_eq!(counts(&app).await, "1 5 0 0");
    organizer.get("/c/nho/prizes").await.hides("đề nghị mở lại");
    organizer.post("/c/nho/prizes", &[("reserves".into(), "0".into())]).await.is(303);
    organizer.post("/c/nho/prizes/seal", &[("sure".into(), "yes".into())]).await.is(303);
    assert_eq!(app.ask("select code as line from blind.proposal order by 1").await, codes[..3]);
    // after the seal never
    chair.get("/c/nho/chair").await.hides("Đề nghị mở lại");
    chair.post("/c/nho/chair/reopening", &[("reason".into(), "Thêm một lần".into())]).await.is(409);
    let verbs = app.ask("select verb as line from record.event where verb like '%reopen%' order by id").await;
    assert_eq!(verbs, ["ask_reopening", "reopen_round"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_declined_withdrawn_or_lapses_after_seven_days_and_may_be_made_again() {
    let Closed { app, chair, organizer, .. } = closed().await;
    let ask_again = async || chair.post("/c/nho/chair/reopening", &[("reason".into(), "Một phiếu cộng nhầm".into())]).await.is(303);
    ask_again().await;
    let page = organizer.get("/c/nho/prizes").await;
    answer(&organizer, "decline").await.is(303).follow().await.says("không mở lại");
    page.form("/c/nho/prizes/reopening").fill("do", "confirm").fill("sure", "yes").submit().await.is(409);
    ask_again().await;
    let (old, page) = (chair.get("/c/nho/chair").await, organizer.get("/c/nho/prizes").await);
    old.form("/c/nho/chair/reopening/withdrawal").submit().await.is(303).follow().await.says("Đã rút đề nghị");
    old.form("/c/nho/chair/reopening/withdrawal").submit().await.is(409).says("không còn chờ trả lời");
    page.form("/c/nho/prizes/reopening").fill("do", "confirm").fill("sure", "yes").submit().await.is(409);
    ask_again().await;
    let page = organizer.get("/c/nho/prizes").await;
    app.execute("update phach.test_clock set shift = shift + interval '7 days'; update account.session set expires_at = expires_at + interval '30 days', seen_at = phach.now()")
        .await;
    page.form("/c/nho/prizes/reopening").fill("do", "confirm").fill("sure", "yes").submit().await.is(409).says("quá 7 ngày");
    organizer.get("/c/nho/prizes").await.hides("/c/nho/prizes/reopening");
    ask_again().await;
    for act in ["", "perhaps"] {
        answer(&organizer, act).await.is(409);
    }
    assert_eq!(counts(&app).await, "1 5 0 0");
    let answers = app.ask("select coalesce(a.answer, '-') as line from blind.reopening r left join blind.reopening_answer a on a.reopening = r.id order by r.asked_at").await;
    assert_eq!(answers, ["declined", "withdrawn", "-", "-"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_two_people_the_right_hats_and_the_own_contest() {
    let Closed { app, chair, .. } = closed().await;
    // the chair, who is an organizer too
    app.execute("insert into account.hat(account, contest, hat) select account, contest, 'organizer' from account.hat where hat = 'chair'").await;
    chair.post("/c/nho/chair/reopening", &[("reason".into(), "Một phiếu cộng nhầm".into())]).await.is(303);
    chair.get("/c/nho/prizes").await.is(200).says("hai người khác nhau");
    answer(&chair, "confirm").await.is(409).says("hai người khác nhau");
    let id = app.ask("select id::text as line from blind.reopening").await.concat();
    let calls = ["blind.ask_reopening('Một phiếu cộng nhầm')".to_owned(), format!("blind.withdraw_reopening('{id}')"), format!("blind.answer_reopening('{id}', true)")];
    for hat in ["judge", "auditor", "clerk", "public", "dealer", "chair", "organizer"] {
        let mut conn = wear(&app, hat, "khoa1@example.org").await;
        for call in calls.iter().filter(|c| !(hat == "chair" && !c.contains("answer") || hat == "organizer" && c.contains("answer"))) {
            assert!(ask(&mut conn, &format!("select {call}::text as line")).await.unwrap_err().contains("permission denied"), "{hat} {call}");
        }
        for inner in ["blind.take_back(phach.contest(), phach.contest())", "blind.asked_reopening(phach.contest())"] {
            assert!(ask(&mut conn, &format!("select {inner}::text as line")).await.unwrap_err().contains("permission denied"), "{hat} {inner}");
        }
        if ["judge", "clerk", "public", "dealer"].contains(&hat) {
            assert!(ask(&mut conn, "select reason as line from blind.reopening").await.unwrap_err().contains("permission denied"), "{hat}");
        }
        assert!(ask(&mut conn, "select standings as line from blind.round_past").await.unwrap_err().contains("permission denied"), "{hat}");
    }
    // another contest's organizer, with the request's id
    app.execute(
        "set local role phach_owner; insert into contest.contest select (jsonb_populate_record(c, '{\"id\": \"01900000-0000-7000-8000-0000000000ff\", \"slug\": \"khac\"}')).* from contest.contest c where slug = 'nho'",
    )
    .await;
    let other = app.official("khac", "organizer", "Người Khác", "khac@example.org").await;
    other.post("/c/nho/prizes/reopening", &[("id".into(), id.clone()), ("do".into(), "confirm".into()), ("sure".into(), "yes".into())]).await.is(404);
    other.post("/c/khac/prizes/reopening", &[("id".into(), id), ("do".into(), "confirm".into()), ("sure".into(), "yes".into())]).await.is(409);
    other.post("/c/nho/chair/reopening", &[("reason".into(), "Một phiếu cộng nhầm".into())]).await.is(404);
    assert_eq!(counts(&app).await, "1 5 0 0");
    // before the close there is nothing to open
    let early = format!("{} delete from blind.standing; delete from blind.closing; select blind.ask_reopening('Một phiếu cộng nhầm')", as_person("truong@example.org"));
    assert!(diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &early).await.unwrap_err().to_string().contains("not_closed"));
}

/// The seal and the confirmation at once: one of them, and never a seal of standings that were taken back.
#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_races_with_the_confirmation_stands_on_its_standings_or_is_refused() {
    let Closed { app, chair, organizer, .. } = closed().await;
    chair.get("/c/nho/chair/standings").await.form("/c/nho/chair/ties").fill("answer", "all_out").fill("reason", "Hai bài ngang nhau").submit().await.is(303);
    organizer.post("/c/nho/prizes", &[("reserves".into(), "0".into())]).await.is(303);
    chair.post("/c/nho/chair/reopening", &[("reason".into(), "Một phiếu cộng nhầm".into())]).await.is(303);
    let sure = [("sure".to_owned(), "yes".to_owned())];
    // the form is there before either: once sealed, the page has it no more
    let form = organizer.get("/c/nho/prizes").await.form("/c/nho/prizes/reopening").fill("sure", "yes").fill("do", "confirm");
    let (confirmed, sealed) = tokio::join!(form.submit(), organizer.post("/c/nho/prizes/seal", &sure));
    let answers = [confirmed.status.as_u16(), sealed.status.as_u16()];
    assert!(answers == [303, 409] || answers == [409, 303], "{answers:?}");
    let expected = if answers[0] == 303 { "0 0 0 0" } else { "1 5 2 1" };
    assert_eq!(counts(&app).await, expected);
}
