//! The close, standings, ties; and who finds no such pages.
use super::{chair, deal, hand_in, judges, sheet};
use crate::support::{Browser, TestApp};

/// As many papers as totals, each read by gk1 and gk2 with the same total, in code order; not closed.
async fn read_by_two(app: &TestApp, totals: &[i32]) -> (Browser, Vec<String>) {
    let codes = app.cut_papers(u32::try_from(totals.len()).unwrap()).await;
    judges(app, 2).await;
    let chair = chair(app).await;
    deal(&chair).await.is(303);
    for (code, total) in codes.iter().zip(totals) {
        hand_in(app, "gk1@example.org", code, *total).await;
        hand_in(app, "gk2@example.org", code, *total).await;
    }
    (chair, codes)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_round_does_not_close_while_papers_are_short_and_says_what_is_left() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    chair(&app).await.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await.is(409).says("Chưa có bài nào");
    let codes = app.cut_papers(2).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await.is(409).says("4 lượt chấm chưa giao");
    // each short paper by its code, with its two ways
    let seen = chair.get("/c/nho/chair").await.all("section[aria-labelledby=short] li .code");
    assert_eq!(seen, codes);
    chair.get("/c/nho/chair").await.says("Mỗi bài có hai cách").says("chờ phân công").hides("Miễn lượt chấm còn thiếu");
    deal(&chair).await.is(303);
    hand_in(&app, "gk1@example.org", &codes[0], 7000).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await.is(409).says("2 bài chưa đủ lượt chấm");
    chair.get("/c/nho/chair/standings").await.is(200).says("Vòng chấm chưa chốt").hides(&codes[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_marks_share_a_rank_the_next_one_skips_and_the_cut_line_stands_below_the_last_prize() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let (chair, codes) = read_by_two(&app, &[9000, 8000, 8000, 7050, 6000]).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").submit().await.is(422).says("Đánh dấu ô xác nhận");
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await.is(303).follow().await.says("Đã chốt chấm");
    let page = chair.get("/c/nho/chair/standings").await.is(200);
    let rows = page.all("table.standing tbody tr");
    let ranks: Vec<String> = page.all("table.standing tbody tr td:first-child:not([colspan])");
    assert_eq!(ranks, ["1", "2", "2", "4", "5"]);
    assert!(rows[0].contains("90,00") && rows[0].contains(&codes[0]) && rows[0].contains("Giải A"), "{rows:?}");
    // the line of A, then two of B, then the cut
    assert_eq!(rows[1], "Hết Giải A");
    assert_eq!(rows[4], "Đường cắt");
    assert!(rows[5].contains("70,50"));
    // nothing is dealt, excused or handed in after the close
    chair.get("/c/nho/chair/deal").await.says("Vòng chấm đã chốt");
    chair.post("/c/nho/chair/deal", &[]).await.is(409);
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(409);
    chair.post("/c/nho/chair/excuses", &[("code".into(), codes[0].clone()), ("reason".into(), "Không ai khác".into())]).await.is(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tie_blocks_the_seal_until_the_chair_has_answered_with_a_reason() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let (chair, codes) = read_by_two(&app, &[9000, 8000, 7000, 7000, 6000]).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await.is(303);
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    organizer.get("/c/nho/prizes").await.says("1 chỗ bằng điểm");
    organizer.post("/c/nho/prizes", &[("reserves".into(), "3".into())]).await.is(409);
    let page = chair.get("/c/nho/chair/standings").await.is(200);
    page.says("2 bài cùng 70,00 điểm, Giải B còn 1 suất");
    assert_eq!(page.all("tr.doubt").len(), 2);
    let form = || page.form("/c/nho/chair/ties");
    let kept = form().fill("answer", "all_in").fill("reason", "vì").submit().await.is(422);
    assert_eq!(kept.says("từ 5 đến 500").form("/c/nho/chair/ties").value("answer"), Some("all_in"));
    let kept = form().fill("reason", "Hai bài ngang nhau").submit().await.is(422);
    assert_eq!(kept.says("Chọn một trong ba").form("/c/nho/chair/ties").value("reason"), Some("Hai bài ngang nhau"));
    form().fill("answer", "all_in").fill("reason", "Hai bài ngang nhau").submit().await.is(303).follow().await.says("Đã ghi kết luận").says("Hai bài ngang nhau");
    form().fill("answer", "all_out").fill("reason", "Đổi ý rồi nhé").submit().await.is(409).says("không còn chờ kết luận");
    // the cut line has moved below both
    let rows = chair.get("/c/nho/chair/standings").await.all("table.standing tbody tr");
    assert_eq!(rows.iter().position(|r| r == "Đường cắt"), Some(5), "{rows:?}");
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes").fill("reserves", "1").submit().await.is(303);
    organizer.post("/c/nho/prizes/seal", &[("sure".into(), "yes".into())]).await.is(303);
    assert_eq!(app.ask("select code as line from blind.proposal where prize is not null order by code").await, codes[..4]);
    chair.get("/c/nho/chair/standings").await.says("Đã niêm phong");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_raced_with_the_close_counts_or_is_refused_and_never_both() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(6).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    for code in &codes {
        hand_in(&app, "gk1@example.org", code, 7000).await;
    }
    // the last six sheets and presses of "close" at once
    let sheets = codes.iter().map(|code| {
        let (app, code) = (&app, code.clone());
        async move { diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &sheet("gk2@example.org", &code, 7000)).await.is_ok() }
    });
    let sure = [("sure".to_owned(), "yes".to_owned())];
    let presses = (0..6).map(|_| chair.post("/c/nho/chair/closing", &sure));
    let (sheets, presses) = tokio::join!(futures_util::future::join_all(sheets), futures_util::future::join_all(presses));
    assert!(sheets.iter().all(|ok| *ok), "the round cannot close before the sixth sheet, so each was in time");
    assert!(presses.iter().filter(|p| p.status.as_u16() == 303).count() <= 1);
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await;
    assert_eq!(app.ask("select count(*)::text || ' ' || sum(readings) || ' ' || min(mark) as line from blind.standing").await, ["6 12 7000"]);
    // and one that comes after it
    app.execute(
        "insert into blind.assignment(judge, paper, contest, third) select account, (select min(code) from blind.paper), contest, true from account.hat where hat = 'chair'",
    )
    .await;
    let late = diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &sheet("truong@example.org", &codes.iter().min().unwrap().clone(), 5000)).await;
    assert!(late.unwrap_err().to_string().contains("round_closed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_close_waits_for_a_sheet_on_its_way_and_counts_it() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(1).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    hand_in(&app, "gk1@example.org", &codes[0], 7000).await;
    let mut writer = app.admin().await;
    diesel_async::SimpleAsyncConnection::batch_execute(&mut writer, &format!("begin; {}", sheet("gk2@example.org", &codes[0], 7100))).await.unwrap();
    let commit = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        diesel_async::SimpleAsyncConnection::batch_execute(&mut writer, "commit").await.unwrap();
    };
    let sure = [("sure".to_owned(), "yes".to_owned())];
    let (answer, ()) = tokio::join!(chair.post("/c/nho/chair/closing", &sure), commit);
    answer.is(303);
    assert_eq!(app.ask("select mark::text as line from blind.standing").await, ["7050"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_contests_chair_and_a_judge_find_no_such_pages() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(2).await;
    app.execute(
        "set local role phach_owner; insert into contest.contest select (jsonb_populate_record(c, '{\"id\": \"01900000-0000-7000-8000-0000000000ff\", \"slug\": \"khac\"}')).* from contest.contest c where slug = 'nho'",
    )
    .await;
    let other = app.official("khac", "chair", "Trưởng Ban Khác", "truong2@example.org").await;
    other.get("/c/khac/chair").await.is(200).says("Chưa có bài");
    let judge = app.judge("Giám Khảo", "gk1@example.org").await;
    for visitor in [&other, &judge] {
        for path in ["", "/deal", "/standings", &format!("/papers/{}", codes[0])] {
            visitor.get(&format!("/c/nho/chair{path}")).await.is(404).hides(&codes[0]);
        }
        for path in ["/deal", "/closing", "/excuses", "/ties"] {
            visitor.post(&format!("/c/nho/chair{path}"), &[]).await.is(404);
        }
    }
    // a code of another contest is no paper of one's own
    let own = other.get(&format!("/c/khac/chair/papers/{}", codes[0])).await.is(404);
    assert_eq!(own.body, other.get("/c/khac/chair/papers/ABCDEFGHJK").await.is(404).body);
}
