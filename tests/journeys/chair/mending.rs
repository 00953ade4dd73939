//! A judge withdrawn, a sheet set aside, discrepancies by size; and what may not be mended.
use super::{CONTEST, as_person, chair, deal, hand_in, judges, pairs};
use crate::hats::{ask, wear};
use crate::support::{Browser, TestApp};

/// Papers read by gk1 and gk2 with these totals, gk3 to gk`n` free.
async fn read(totals: &[(i32, i32)], n: usize) -> (TestApp, Browser, Vec<String>) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(u32::try_from(totals.len()).unwrap()).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    for (code, (one, two)) in codes.iter().zip(totals) {
        hand_in(&app, "gk1@example.org", code, *one).await;
        hand_in(&app, "gk2@example.org", code, *two).await;
    }
    for i in 3..=n {
        app.judge(&format!("Giám Khảo {i}"), &format!("gk{i}@example.org")).await;
    }
    (app, chair, codes)
}
async fn id(app: &TestApp, judge: &str) -> String {
    app.ask(&format!("select id::text as line from account.account where email_key = '{judge}@example.org'")).await.concat()
}
async fn paper(app: &TestApp, code: &str) -> String {
    let sql = format!(
        "select marks::text || ' ' || coalesce(third::text, '-') || ' ' || coalesce(agreed || ' ' || agreed_how, '-') || ' ' || third_wanted as line from blind.paper where code = '{code}'"
    );
    app.ask(&sql).await.concat()
}
/// Who has or had the paper: `gk1 recused`.
async fn hands(app: &TestApp, code: &str) -> Vec<String> {
    let sql = format!(
        "select split_part(a.email_key, '@', 1) || ' ' || x.state || case when x.third then ' third' else '' end as line from blind.assignment x join account.account a on a.id = x.judge where x.paper = '{code}' order by 1"
    );
    app.ask(&sql).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_set_aside_counts_no_more_and_the_paper_goes_to_another_judge_with_the_batch() {
    let (app, chair, codes) = read(&[(7000, 8000), (6000, 6000)], 3).await;
    let code = &codes[0];
    let (path, one) = (format!("/c/nho/chair/papers/{code}"), id(&app, "gk1").await);
    let page = chair.get(&path).await.is(200);
    let post = async |judge: &str, reason: &str| chair.post(&format!("{path}/aside"), &[("judge".into(), judge.into()), ("reason".into(), reason.into())]).await;
    let kept = post(&one, "vì").await.is(422);
    assert!(kept.says("từ 5 đến 500").attrs("input[name=reason]", "value").contains(&"vì".to_owned()));
    for stranger in [id(&app, "gk3").await, "".into(), "01900000-0000-7000-8000-00000000dead".into()] {
        post(&stranger, "Cộng nhầm điểm").await.is(409).says("không còn ở bài");
    }
    page.form(&format!("{path}/aside"))
        .fill("reason", "Cộng nhầm điểm")
        .fill("judge", &one)
        .submit()
        .await
        .is(303)
        .follow()
        .await
        .says("Phiếu cũ của Giám Khảo 1: 70,00")
        .says("Cộng nhầm điểm");
    post(&one, "Cộng nhầm điểm").await.is(409);
    assert_eq!(paper(&app, code).await, "{8000} - - false");
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(409).says("1 bài chưa đủ lượt chấm");
    // the judge has it no more: not in the list, not by its address
    let judge = app.browser();
    judge.sign_in("gk1@example.org").await;
    judge.get("/c/nho/marking").await.is(200).says(&codes[1]).hides(code);
    judge.get(&format!("/c/nho/marking/{code}")).await.is(404);
    phach::judging::batch::pass_due(&app.site).await.unwrap(); // every first marking is in
    assert_eq!(hands(&app, code).await, ["gk1 recused", "gk2 marked", "gk3 open"]);
    hand_in(&app, "gk3@example.org", code, 8100).await;
    assert_eq!(paper(&app, code).await, "{8000,8100} - 8050 mean false");
    assert_eq!(app.ask("select total || ' ' || reason as line from blind.aside").await, ["7000 Cộng nhầm điểm"]);
    // all until the close
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(303);
    chair.get(&path).await.is(200).hides("Gác phiếu");
    post(&id(&app, "gk2").await, "Cộng nhầm điểm").await.is(409).says("phải mở lại vòng chấm");
}

/// The first two differ, a third judge has the paper open: when one of the two is set aside, the third judge reads in its place.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_third_reading_takes_the_place_of_a_first_sheet_that_is_gone() {
    let (app, chair, codes) = read(&[(5000, 8000)], 4).await;
    let code = &codes[0];
    deal(&chair).await.is(303);
    let third = hands(&app, code).await.into_iter().find_map(|h| h.strip_suffix(" open third").map(str::to_owned)).unwrap();
    chair.get("/c/nho/chair/discrepancies").await.says("30,00").says("Đang chấm lần ba");
    app.execute(&format!("{} select blind.set_aside('{code}', '{}', 'Chấm nhầm bài')", as_person("truong@example.org"), id(&app, "gk1").await)).await;
    assert_eq!(paper(&app, code).await, "{8000} - - false");
    assert!(hands(&app, code).await.contains(&format!("{third} open")));
    chair.get("/c/nho/chair/deal").await.says("Không có lượt nào cần giao");
    hand_in(&app, &format!("{third}@example.org"), code, 7900).await;
    assert_eq!(paper(&app, code).await, "{7900,8000} - 7950 mean false");
}

/// A third mark that is in stays, and counts only while the first ones lie too far apart.
#[tokio::test(flavor = "multi_thread")]
async fn a_third_mark_counts_only_while_the_first_two_differ_and_is_wanted_again_when_it_is_set_aside() {
    let (app, chair, codes) = read(&[(5000, 8000)], 6).await;
    let code = &codes[0];
    deal(&chair).await.is(303);
    let third = hands(&app, code).await.into_iter().find_map(|h| h.strip_suffix(" open third").map(str::to_owned)).unwrap();
    hand_in(&app, &format!("{third}@example.org"), code, 7000).await;
    assert_eq!(paper(&app, code).await, "{5000,8000} 7000 6667 third false");
    let aside =
        async |judge: &str| app.execute(&format!("{} select blind.set_aside('{code}', '{}', 'Chấm nhầm bài')", as_person("truong@example.org"), id(&app, judge).await)).await;
    aside(&third).await;
    assert_eq!(paper(&app, code).await, "{5000,8000} - - true");
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    let next = hands(&app, code).await.into_iter().find_map(|h| h.strip_suffix(" open third").map(str::to_owned)).unwrap();
    assert_ne!(next, third);
    hand_in(&app, &format!("{next}@example.org"), code, 6000).await;
    aside("gk1").await;
    assert_eq!(paper(&app, code).await, "{8000} 6000 - false");
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    let last = hands(&app, code).await.into_iter().find_map(|h| h.strip_suffix(" open").map(str::to_owned)).unwrap();
    hand_in(&app, &format!("{last}@example.org"), code, 7800).await;
    assert_eq!(paper(&app, code).await, "{7800,8000} 6000 7900 mean false");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_judge_keeps_the_hat_has_no_paper_and_gets_none_and_the_sheets_stand_as_the_chair_says() {
    for choice in ["kept", "again"] {
        let app = TestApp::spawn().await;
        app.small_contest().await;
        app.cut_papers(6).await;
        judges(&app, 4).await;
        let chair = chair(&app).await;
        deal(&chair).await.is(303);
        let mine: Vec<String> = pairs(&app).await.into_iter().filter_map(|p| p.strip_prefix("gk1 ").map(str::to_owned)).collect();
        hand_in(&app, "gk1@example.org", &mine[0], 7000).await;
        let judge = app.browser();
        judge.sign_in("gk1@example.org").await;
        let typing = judge.get(&format!("/c/nho/marking/{}", mine[1])).await.is(200);
        typing.form("").fill("mark_noi-dung", "50").fill("comment", "Viết dở").fill("do", "save").submit().await.is(303);
        let path = format!("/c/nho/chair/judges/{}", id(&app, "gk1").await);
        let page = chair.get("/c/nho/chair").await.is(200);
        assert!(page.attrs("a", "href").contains(&path));
        let page = chair.get(&path).await.is(200);
        page.says("1 phiếu đã nộp").says("2 bài chưa nộp phiếu");
        let form = || page.form(&path).fill("reason", "Nghỉ ốm dài ngày").fill("sure", "yes");
        form().submit().await.is(422).says("Chọn vẫn tính hay gác lại");
        let kept = form().fill("sheets", choice).fill("reason", "ốm").submit().await.is(422);
        assert_eq!((kept.says("từ 5 đến 500").form(&path).value("reason"), kept.form(&path).value("sheets")), (Some("ốm"), Some(choice)));
        form().fill("sheets", choice).without("sure").submit().await.is(422).says("Đánh dấu ô xác nhận");
        form().fill("sheets", choice).submit().await.is(303).follow().await.says("Đã cho thôi chấm").says("Thôi chấm");
        form().fill("sheets", choice).submit().await.is(409).says("đã thôi chấm");
        chair.get(&path).await.says("Đã thôi chấm").says("Nghỉ ốm dài ngày").hides("Tôi cho người này thôi chấm");
        // nothing is in the judge's hands, and nothing can be handed in
        judge.get("/c/nho/marking").await.is(200).says("Trưởng ban đã cho bạn thôi chấm").hides(&mine[1]);
        judge.get(&format!("/c/nho/marking/{}", mine[1])).await.is(404);
        typing.form("").fill("mark_noi-dung", "50").fill("mark_hinh-thuc", "30").fill("do", "submit").submit().await.is(404);
        assert_eq!(app.ask("select count(*)::text as line from blind.draft").await, ["0"]);
        assert_eq!(app.ask("select count(*)::text as line from account.hat where hat = 'judge'").await, ["4"]);
        // fewer than five moves: by night
        chair.post("/c/nho/chair/batch", &[]).await.is(409);
        app.night().await;
        let after = pairs(&app).await;
        assert_eq!(after.len(), 12);
        let still: Vec<&String> = after.iter().filter(|p| p.starts_with("gk1 ")).collect();
        assert_eq!(still.len(), usize::from(choice == "kept"));
        assert_eq!(app.ask("select count(*)::text as line from blind.aside").await, [if choice == "kept" { "0" } else { "1" }]);
        chair.get("/c/nho/chair/deal").await.hides("giám khảo chưa khai");
        let event = app.ask("select subject || ' ' || (content - 'reason')::text as line from record.event where verb = 'withdraw_judge'").await;
        let aside = usize::from(choice == "again");
        assert_eq!(event, [format!("{} {{\"open\": 2, \"aside\": {aside}, \"sheets\": \"{choice}\"}}", id(&app, "gk1").await)]);
        // and Postgres gives a withdrawn judge nothing, whatever the program found
        let code = app.ask("select code as line from blind.paper p where not exists (select from blind.assignment a join account.account x on x.id = a.judge where a.paper = p.code and x.email_key = 'gk1@example.org') limit 1").await.concat();
        let give = format!(
            "{} update blind.paper set wanted = 3 where code = '{code}'; set local role phach_dealer; select blind.begin_batch('chair'); select blind.deal_out('[{{\"judge\": \"{}\", \"paper\": \"{code}\"}}]', '[]', '')",
            as_person("truong@example.org"),
            id(&app, "gk1").await
        );
        let refused = diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &give).await.unwrap_err().to_string();
        assert!(refused.contains("deal_stale"), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_withdrawn_judge_had_read_is_read_again_by_another() {
    let (app, chair, codes) = read(&[(7000, 8000)], 3).await;
    let (code, one) = (&codes[0], id(&app, "gk1").await);
    chair
        .post(&format!("/c/nho/chair/judges/{one}"), &[("sheets".into(), "kept".into()), ("reason".into(), "Nghỉ ốm dài ngày".into()), ("sure".into(), "yes".into())])
        .await
        .is(303);
    app.execute(&format!("update blind.paper set new_text = true where code = '{code}'")).await;
    chair.post("/c/nho/chair/readings", &[("code".into(), code.clone()), ("do".into(), "again".into()), ("reason".into(), "Văn bản mới".into())]).await.is(303);
    assert_eq!(hands(&app, code).await, ["gk1 recused", "gk2 open"]);
    assert_eq!(app.ask("select split_part(a.email_key, '@', 1) as line from blind.draft d join account.account a on a.id = d.judge").await, ["gk2"]);
    app.night().await;
    assert_eq!(hands(&app, code).await, ["gk1 recused", "gk2 open", "gk3 open"]);
    assert_eq!(paper(&app, code).await, "{} - - false");
}

#[tokio::test(flavor = "multi_thread")]
async fn discrepancies_come_with_the_largest_gap_first_and_their_state() {
    let (app, chair, codes) = read(&[(5000, 6550), (5000, 9000), (7000, 7000), (5000, 7000)], 3).await;
    let order = async |path: &str| -> Vec<usize> {
        let seen = chair.get(path).await.is(200).all("tbody th .code");
        seen.iter().filter_map(|c| codes.iter().position(|k| k == c)).collect()
    };
    assert_eq!(order("/c/nho/chair").await, [1, 3, 0]);
    chair.get("/c/nho/chair").await.says("40,00").says("15,50").says("Chờ phân công");
    deal(&chair).await.is(303);
    hand_in(&app, "gk3@example.org", &codes[1], 7000).await;
    // settled ones only in the whole list
    assert_eq!(order("/c/nho/chair").await, [3, 0]);
    assert_eq!(order("/c/nho/chair/discrepancies").await, [1, 3, 0]);
    let rows = chair.get("/c/nho/chair/discrepancies").await.all("tbody tr");
    assert!(rows[0].contains("Đã có điểm thứ ba") && rows[0].contains("70,00") && rows[1].contains("Đang chấm lần ba"), "{rows:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_mends_and_not_in_another_contest() {
    let (app, _, codes) = read(&[(5000, 8000), (7000, 7000)], 2).await;
    let one = id(&app, "gk1").await;
    let calls = [
        format!("select blind.set_aside('{}', '{one}', 'Chấm nhầm bài')::text as line", codes[0]),
        format!("select blind.withdraw_judge('{one}', 'again', 'Nghỉ ốm dài')::text as line"),
        format!("select blind.decide_mark('{}', 7000, 'Không còn ai')::text as line", codes[0]),
    ];
    for hat in ["judge", "organizer", "auditor", "clerk", "public", "dealer"] {
        let mut conn = wear(&app, hat, "truong@example.org").await;
        for call in &calls {
            assert!(ask(&mut conn, call).await.unwrap_err().contains("permission denied"), "{hat} {call}");
        }
        for table in ["blind.withdrawal", "blind.chair_mark"] {
            let seen = ask(&mut conn, &format!("select contest::text as line from {table}")).await;
            assert!(seen.as_ref().map_or_else(|e| e.contains("permission denied"), Vec::is_empty), "{hat} {table}: {seen:?}");
        }
    }
    // the inner functions are nobody's
    let mut conn = wear(&app, "chair", "truong@example.org").await;
    for call in [format!("blind.recount('{}')", codes[0]), format!("blind.set_sheets_aside('{one}', '{{}}', 'x')"), "blind.mend_round(phach.contest())".into()] {
        assert!(ask(&mut conn, &format!("select {call}::text as line")).await.unwrap_err().contains("permission denied"), "{call}");
    }
    for table in ["blind.withdrawal", "blind.chair_mark", "blind.aside"] {
        assert!(ask(&mut conn, &format!("delete from {table} returning 'x' as line")).await.unwrap_err().contains("permission denied"), "{table}");
    }
    drop(conn);
    // the chair of another contest
    app.execute(
        "set local role phach_owner; insert into contest.contest select (jsonb_populate_record(c, '{\"id\": \"01900000-0000-7000-8000-0000000000ff\", \"slug\": \"khac\"}')).* from contest.contest c where slug = 'nho'",
    )
    .await;
    let other = app.official("khac", "chair", "Trưởng Ban Khác", "truong2@example.org").await;
    let elsewhere = as_person("truong2@example.org").replace(CONTEST, "01900000-0000-7000-8000-0000000000ff");
    for call in &calls {
        let refused = diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &format!("{elsewhere} set local role phach_chair; {call}")).await;
        assert!(refused.unwrap_err().to_string().contains("not_found"), "{call}");
    }
    for contest in ["nho", "khac"] {
        other.get(&format!("/c/{contest}/chair/judges/{one}")).await.is(404);
        for path in [format!("judges/{one}"), format!("papers/{}/aside", codes[0]), format!("papers/{}/mark", codes[0])] {
            other.post(&format!("/c/{contest}/chair/{path}"), &[("reason".into(), "Chấm nhầm bài".into()), ("judge".into(), one.clone())]).await.is(404);
        }
    }
    assert_eq!(paper(&app, &codes[0]).await, "{5000,8000} - - true");
    // a mark for a paper that has no discrepancy, or whose third mark can still be dealt
    for code in &codes {
        let early = format!("{} select blind.decide_mark('{code}', 7000, 'Không còn ai')", as_person("truong@example.org"));
        assert!(diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &early).await.unwrap_err().to_string().contains("third_not_short"));
    }
}

/// A sheet that races with its judge's withdrawal is in and stays or is set aside with the others, or is refused: never half.
#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_races_with_the_withdrawal_counts_or_is_refused() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(8).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    let mine: Vec<String> = pairs(&app).await.into_iter().filter_map(|p| p.strip_prefix("gk1 ").map(str::to_owned)).collect();
    let sheets = mine.iter().map(|code| {
        let app = &app;
        async move { diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &super::sheet("gk1@example.org", code, 7000)).await.is_ok() }
    });
    let withdraw = format!("{} select blind.withdraw_judge('{}', 'again', 'Nghỉ ốm dài')", as_person("truong@example.org"), id(&app, "gk1").await);
    let withdraw = app.execute(&withdraw);
    let (sheets, ()) = tokio::join!(futures_util::future::join_all(sheets), withdraw);
    let taken = sheets.iter().filter(|ok| **ok).count();
    assert_eq!(app.ask("select count(*)::text as line from blind.aside").await, [taken.to_string()]);
    assert_eq!(app.ask("select count(*)::text as line from blind.sheet").await, ["0"]);
    assert_eq!(app.ask("select distinct marks::text || state as line from blind.paper p join blind.assignment a on a.paper = p.code and a.state <> 'open'").await, ["{}recused"]);
}
