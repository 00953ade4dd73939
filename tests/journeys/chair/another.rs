//! A tie over a line, answered by one more reading of each tied paper: the round opens for these and for nothing else.
use super::{as_person, chair, deal, hand_in, judges, pairs, sheet};
use crate::hats::{ask, wear};
use crate::support::{Browser, Seen, TestApp};

struct Tied {
    app: TestApp,
    chair: Browser,
    organizer: Browser,
    codes: Vec<String>,
}

/// Five papers, the third and fourth equal over the line of B, closed. gk3 to gk`n` are free.
async fn tied(n: usize) -> Tied {
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
    for i in 3..=n {
        app.judge(&format!("Giám Khảo {i}"), &format!("gk{i}@example.org")).await;
    }
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(303);
    Tied { app, chair, organizer, codes }
}
async fn answer(chair: &Browser, word: &str) -> Seen {
    chair.get("/c/nho/chair/standings").await.form("/c/nho/chair/ties").fill("answer", word).fill("reason", "Hai bài ngang nhau").submit().await
}
async fn standings(app: &TestApp) -> Vec<String> {
    app.ask("select s.rank || ' ' || s.mark || ' ' || s.readings as line from blind.standing s order by place").await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_tied_paper_is_read_once_more_and_the_mean_of_all_readings_ranks_it() {
    let Tied { app, chair, organizer, codes } = tied(3).await;
    let old = standings(&app).await;
    let form = chair.get("/c/nho/chair/standings").await;
    answer(&chair, "another").await.is(303).follow().await.says("chấm thêm một lượt").says("2 bài bằng điểm đang chờ chấm thêm");
    form.form("/c/nho/chair/ties").fill("answer", "all_in").fill("reason", "Hai bài ngang nhau").submit().await.is(409).says("chờ chấm thêm");
    form.form("/c/nho/chair/ties").fill("answer", "another").fill("reason", "Hai bài ngang nhau").submit().await.is(409);
    organizer.post("/c/nho/prizes", &[("reserves".into(), "0".into())]).await.is(409);
    organizer.post("/c/nho/prizes/seal", &[("sure".into(), "yes".into())]).await.is(409);
    assert_eq!(standings(&app).await, old, "the old ones until the last reading is in");
    // for everything else the round stays closed
    let one = app.ask("select id::text as line from account.account where email_key = 'gk1@example.org'").await.concat();
    for code in &codes {
        chair.post(&format!("/c/nho/chair/papers/{code}/aside"), &[("judge".into(), one.clone()), ("reason".into(), "Cộng nhầm điểm".into())]).await.is(409);
    }
    app.assign("gk3@example.org", &codes[0]).await;
    let late = diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &sheet("gk3@example.org", &codes[0], 7000)).await;
    assert!(late.unwrap_err().to_string().contains("round_closed"));
    app.execute(&format!("delete from blind.assignment where paper = '{}' and state = 'open'", codes[0])).await;
    // dealt to who has not read them
    chair.get("/c/nho/chair").await.says("2 bài bằng điểm đang chờ chấm thêm").says("2 lượt chấm chưa giao");
    deal(&chair).await.is(303);
    let mine: Vec<String> = pairs(&app).await.into_iter().filter(|p| p.starts_with("gk3 ")).collect();
    assert_eq!(mine, [format!("gk3 {}", codes[2]), format!("gk3 {}", codes[3])]);
    // the judge reads and hands in as ever
    let judge = app.browser();
    judge.sign_in("gk3@example.org").await;
    judge.get("/c/nho/marking").await.is(200).hides("Vòng chấm đã chốt");
    let page = judge.get(&format!("/c/nho/marking/{}", codes[2])).await.is(200);
    page.form("").fill("mark_noi-dung", "40").fill("mark_hinh-thuc", "36").fill("do", "submit").submit().await.is(303);
    assert_eq!(standings(&app).await, old);
    hand_in(&app, "gk3@example.org", &codes[3], 6400).await;
    assert_eq!(standings(&app).await, ["1 9000 2", "2 8000 2", "3 7200 3", "4 6800 3", "5 6000 2"]);
    assert_eq!(app.ask("select distinct agreed_how as line from blind.paper where extra > 0").await, ["extra"]);
    chair.get("/c/nho/chair/standings").await.says("Trung bình mọi lượt").says("Chấm thêm một lượt").hides("đang chờ chấm thêm");
    // nothing more is taken, and the way to the seal is free
    let late = format!("{} select blind.recuse('{}', 'unwell')", as_person("gk3@example.org"), codes[3]);
    assert!(diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &late).await.unwrap_err().to_string().contains("round_closed"));
    organizer.post("/c/nho/prizes", &[("reserves".into(), "0".into())]).await.is(303);
    organizer.post("/c/nho/prizes/seal", &[("sure".into(), "yes".into())]).await.is(303);
    assert_eq!(app.ask("select code as line from blind.proposal order by 1").await, codes[..3]);
    let event = app.ask("select content ->> 'answer' || ' ' || (content ->> 'papers') as line from record.event where verb = 'answer_tie'").await;
    assert_eq!(event, ["another 2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_is_left_to_read_the_reading_is_excused_and_the_tie_is_asked_about_again() {
    let Tied { app, chair, codes, .. } = tied(2).await;
    answer(&chair, "another").await.is(303);
    deal(&chair).await.is(303);
    for code in &codes[2..4] {
        let page = chair.get("/c/nho/chair").await;
        page.form("/c/nho/chair/excuses").fill("code", code).fill("reason", "Chỉ có hai giám khảo").submit().await.is(303);
    }
    assert_eq!(app.ask("select distinct agreed || agreed_how || extra || wanted as line from blind.paper where agreed = 7000").await, ["7000mean02"]);
    answer(&chair, "all_out").await.is(303).follow().await.says("Đã ghi kết luận");
    // a reading that is not short is not excused in a closed round either
    chair.post("/c/nho/chair/excuses", &[("code".into(), codes[0].clone()), ("reason".into(), "Không ai khác".into())]).await.is(409);
}

/// An answer that was given on the old standings of the group is asked for again; the round re-opened keeps the further reading.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_two_readings_at_once_make_the_standings_anew_exactly_once() {
    let Tied { app, chair, codes, .. } = tied(4).await;
    answer(&chair, "another").await.is(303);
    deal(&chair).await.is(303);
    let open: Vec<String> = pairs(&app).await.into_iter().filter(|p| p.starts_with("gk3 ") || p.starts_with("gk4 ")).collect();
    assert_eq!(open.len(), 2);
    let hands = open.iter().map(|pair| {
        let (judge, code) = pair.split_once(' ').unwrap();
        let (app, sql) = (&app, sheet(&format!("{judge}@example.org"), code, 8500));
        async move { diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &sql).await.map_err(|e| e.to_string()) }
    });
    for outcome in futures_util::future::join_all(hands).await {
        outcome.unwrap();
    }
    assert_eq!(standings(&app).await, ["1 9000 2", "2 8000 2", "3 7500 3", "3 7500 3", "5 6000 2"]);
    // equal again: asked again, and read once more if the chair likes
    answer(&chair, "another").await.is(303);
    assert_eq!(app.ask(&format!("select extra || ' ' || wanted as line from blind.paper where code = '{}'", codes[2])).await, ["2 4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_orders_a_reading_past_the_chairs_answer() {
    let Tied { app, codes, .. } = tied(3).await;
    let group = app.ask("select id::text as line from contest.ranking_group").await.concat();
    for hat in ["judge", "auditor", "clerk", "public", "dealer", "chair", "organizer"] {
        let mut conn = wear(&app, hat, "truong@example.org").await;
        for inner in
            [format!("blind.order_extra('{group}', 2, 7000, 'Hai bài ngang nhau')"), "blind.end_extra(phach.contest())".into(), "blind.extra_waits(phach.contest())".into()]
        {
            assert!(ask(&mut conn, &format!("select {inner}::text as line")).await.unwrap_err().contains("permission denied"), "{hat} {inner}");
        }
    }
    // a judge learns nothing of papers in other hands
    app.execute(&format!("{} select blind.answer_tie('{group}', 2, 7000, 'another', 'Hai bài ngang nhau')", as_person("truong@example.org"))).await;
    let mut judge = wear(&app, "judge", "gk1@example.org").await;
    assert_eq!(ask(&mut judge, &format!("select blind.awaits_extra('{}')::text as line", codes[2])).await.unwrap(), ["false"]);
    assert!(ask(&mut judge, "select extra::text as line from blind.paper").await.unwrap_err().contains("permission denied"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_leaves_meanwhile_leaves_the_old_standings_and_with_the_last_of_the_tied_ones_they_are_made_anew() {
    let Tied { app, chair, codes, .. } = tied(3).await;
    answer(&chair, "another").await.is(303);
    let leave = async |code: &str| app.execute(&format!("{} select blind.retire_papers(array['{code}'])", as_person("truong@example.org"))).await;
    leave(&codes[4]).await;
    assert_eq!(standings(&app).await, ["1 9000 2", "2 8000 2", "3 7000 2", "3 7000 2"], "those that wait keep their old rank");
    leave(&codes[2]).await;
    assert_eq!(standings(&app).await, ["1 9000 2", "2 8000 2", "3 7000 2"]);
    // places close up: pages count papers by them
    assert_eq!(app.ask("select place::text as line from blind.standing order by place").await, ["1", "2", "3"]);
    assert_eq!(app.ask("select mark || ' ' || first || ' ' || last as line from blind.step order by first").await, ["9000 1 1", "8000 2 2", "7000 3 3"]);
    let waits = chair.get("/c/nho/chair/standings").await;
    assert_eq!(waits.says("1 bài bằng điểm đang chờ chấm thêm").all("svg.chart").len(), 2);
    let drawn = async |of: &str| app.ask(&format!("select coalesce(sum(papers), 0)::text as line from blind.{of}")).await.concat();
    assert_eq!((drawn("distribution").await, drawn("spread").await), ("3".into(), "3".into()), "what has left is in no chart, what stays is");
    leave(&codes[3]).await;
    assert_eq!(standings(&app).await, ["1 9000 2", "2 8000 2"]);
    assert_eq!(drawn("distribution").await, "2");
    chair.get("/c/nho/chair/standings").await.is(200).hides("chờ chấm thêm");
}
