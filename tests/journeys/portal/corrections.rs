//! A judge corrects an own sheet, if the chair allows it, until the mark is agreed.
use super::{CONTEST, as_person, at, has_no_hour, mark, read_by_two};
use crate::hats::{ask, wear};
use crate::support::{Browser, Seen, TestApp};

async fn ask_for(judge: &Browser, code: &str, reason: &str) -> Seen {
    judge.post(&format!("{}/correction", at(code)), &[("correction".into(), reason.into())]).await
}
async fn answer(chair: &Browser, id: &str, act: &str, reason: &str) -> Seen {
    chair.post("/c/nho/chair/requests/corrections", &[("id".into(), id.into()), ("do".into(), act.into()), ("reason".into(), reason.into())]).await
}
async fn request_ids(chair: &Browser) -> Vec<String> {
    chair.get("/c/nho/chair/requests").await.is(200).attrs("input[name=id]", "value")
}
async fn paper(app: &TestApp, code: &str) -> String {
    let sql = format!(
        "select marks::text || ' ' || coalesce(third::text, '-') || ' ' || coalesce(agreed::text, '-') || ' ' || third_wanted as line from blind.paper where code = '{code}'"
    );
    app.ask(&sql).await.concat()
}
/// The tally of every paper is the one that its sheets give.
async fn is_tallied(app: &TestApp) {
    let wrong = "select p.code as line from blind.paper p where p.marks <> (select coalesce(array_agg(s.total order by s.total) filter (where not s.third), '{}') from blind.sheet s where s.paper = p.code)
        or p.third is distinct from (select max(s.total) filter (where s.third) from blind.sheet s where s.paper = p.code)
        or (p.agreed is null) <> (cardinality(p.marks) < p.wanted or p.third_wanted)";
    assert_eq!(app.ask(wrong).await, Vec::<String>::new());
    app.queues_agree().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_corrected_with_the_chairs_leave_and_the_old_one_stays_on_file() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, two) = read_by_two(&app, 4, 2).await;
    mark(&one, &codes[0], "50", "30").await;
    let page = one.get(&at(&codes[0])).await.is(200);
    page.says("Đừng viết ai có thể là tác giả");
    let unsaid = page.form(&format!("{}/correction", at(&codes[0]))).fill("correction", "vì").submit().await.is(422);
    assert_eq!(unsaid.says("từ 5 đến 500 ký tự").form(&format!("{}/correction", at(&codes[0]))).value("correction"), Some("vì"));
    ask_for(&one, &codes[0], "Cộng nhầm điểm hình thức.").await.is(303).follow().await.says("Đã gửi yêu cầu").says("Cộng nhầm điểm hình thức.").hides("Xin sửa phiếu</summary>");
    ask_for(&one, &codes[0], "Cộng nhầm điểm hình thức.").await.is(409).says("đã xin sửa phiếu này rồi");
    one.get("/c/nho/marking").await.says("Đã xin sửa phiếu");
    // nobody else's, and nothing that is not handed in
    ask_for(&two, &codes[0], "Của người khác.").await.is(404);
    ask_for(&one, &codes[1], "Chưa nộp phiếu.").await.is(404);
    ask_for(&one, &codes[2], "Không được giao.").await.is(404);
    assert_eq!(paper(&app, &codes[0]).await, "{8000} - - false", "it counts until the chair has answered");
    chair.get("/c/nho/chair").await.is(200).says("1 yêu cầu của giám khảo");
    let list = chair.get("/c/nho/chair/requests").await.is(200);
    list.says(&codes[0]).says("Giám Khảo Một").says("Cộng nhầm điểm hình thức.").says("80,00");
    has_no_hour(&list);
    let id = request_ids(&chair).await.concat();
    answer(&chair, &id, "allow", "").await.is(303).follow().await.says("Đã cho sửa phiếu").says("Không có phiếu nào");
    answer(&chair, &id, "allow", "").await.is(409).says("đã được trả lời");
    assert_eq!(paper(&app, &codes[0]).await, "{} - - false");
    is_tallied(&app).await;
    assert_eq!(app.ask("select total || ' ' || comment || ' ' || reason as line from blind.aside").await, ["8000 Vào bài cụ thể. Cộng nhầm điểm hình thức."]);
    // the judge is told, and goes on from the old marks
    one.get("/c/nho/marking").await.says("Được sửa phiếu: sửa rồi nộp lại").says(&format!("Chấm tiếp bài {}", codes[0]));
    let open = one.get(&at(&codes[0])).await.is(200);
    let form = open.says("Trưởng ban đã cho sửa phiếu").form("");
    assert_eq!((form.value("mark_noi-dung"), form.value("mark_hinh-thuc"), form.value("comment")), (Some("50,00"), Some("30,00"), Some("Vào bài cụ thể.")));
    form.fill("mark_hinh-thuc", "25").fill("do", "submit").submit().await.is(303);
    assert_eq!(paper(&app, &codes[0]).await, "{7500} - - false");
    is_tallied(&app).await;
    one.get("/c/nho/marking").await.hides("Được sửa phiếu").hides("Đã xin sửa");
    chair.get(&format!("/c/nho/chair/papers/{}", codes[0])).await.says("Phiếu cũ của Giám Khảo Một: 80,00").says("Cộng nhầm điểm hình thức.").says("75,00");
    // a new sheet may be asked about once more
    ask_for(&one, &codes[0], "Vẫn còn nhầm.").await.is(303);
    assert_eq!(app.ask("select content::text as line from record.event where verb = 'ask_correction'").await, ["{}", "{}"], "what the judge wrote stays out of the record");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_declined_with_a_reason_that_the_judge_reads() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, _) = read_by_two(&app, 2, 1).await;
    mark(&one, &codes[0], "50", "30").await;
    ask_for(&one, &codes[0], "Muốn chấm cao hơn.").await.is(303);
    let id = request_ids(&chair).await.concat();
    let unsaid = answer(&chair, &id, "decline", "vì").await.is(422);
    assert_eq!(unsaid.says("từ 5 đến 500 ký tự").attrs("input[name=reason]", "value"), ["vì"]);
    for act in ["", "maybe"] {
        answer(&chair, &id, act, "Không rõ ý.").await.is(422);
    }
    answer(&chair, &id, "decline", "Điểm đã cân nhắc kỹ.").await.is(303).follow().await.says("không cho sửa phiếu");
    one.get(&at(&codes[0])).await.says("Điểm đã cân nhắc kỹ.").hides("Xin sửa phiếu</summary>");
    one.get("/c/nho/marking").await.says("Không được sửa phiếu").says("Trưởng ban: Điểm đã cân nhắc kỹ.");
    ask_for(&one, &codes[0], "Xin lần nữa.").await.is(409);
    assert_eq!((paper(&app, &codes[0]).await, app.ask("select id::text as line from blind.aside").await.len()), ("{8000} - - false".into(), 0));
}

/// The agreed mark comes between the asking and the answer, or before the asking; then the paper leaves.
#[tokio::test(flavor = "multi_thread")]
async fn no_sheet_is_corrected_once_the_mark_is_agreed_the_paper_has_left_or_the_round_is_closed() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, two) = read_by_two(&app, 3, 3).await;
    for code in &codes {
        mark(&one, code, "50", "30").await;
    }
    ask_for(&one, &codes[0], "Cộng nhầm điểm.").await.is(303);
    mark(&two, &codes[0], "48", "30").await;
    mark(&two, &codes[1], "48", "30").await;
    let id = request_ids(&chair).await.concat();
    chair.get("/c/nho/chair/requests").await.says("Bài đã có điểm thống nhất").hides("Cho sửa<span");
    answer(&chair, &id, "allow", "").await.is(409).says("không cho sửa được nữa");
    assert_eq!(paper(&app, &codes[0]).await, "{7800,8000} - 7900 false");
    answer(&chair, &id, "decline", "Đã có điểm thống nhất.").await.is(303);
    let agreed = ask_for(&one, &codes[1], "Cộng nhầm điểm.").await.is(409);
    app.execute(&format!("update blind.paper set retired = true where code = '{}'", codes[2])).await;
    let gone = ask_for(&one, &codes[2], "Cộng nhầm điểm.").await.is(409);
    let sentence = "Phiếu này không sửa được nữa: bài đã có điểm thống nhất hoặc không còn trong vòng chấm.";
    agreed.says(sentence);
    gone.says(sentence);
    assert_eq!(one.get(&at(&codes[2])).await.all(".rubric summary"), one.get(&at(&codes[1])).await.all(".rubric summary"), "the page tells neither before it is asked");
    app.execute(&format!("insert into blind.closing(contest, chair) select '{CONTEST}', id from account.account limit 1")).await;
    ask_for(&one, &codes[1], "Cộng nhầm điểm.").await.is(409).says("Vòng chấm đã chốt");
    one.get(&at(&codes[1])).await.hides("Xin sửa phiếu");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_a_close_or_a_sheet_set_aside_overtook_changes_nothing() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, _) = read_by_two(&app, 2, 2).await;
    for code in &codes {
        mark(&one, code, "50", "30").await;
        ask_for(&one, code, "Cộng nhầm điểm.").await.is(303);
    }
    let ids = request_ids(&chair).await;
    let judge = app.ask("select id::text as line from account.account where email_key = 'gk1@example.org'").await.concat();
    app.execute(&format!("{} select blind.set_aside('{}', '{judge}', 'Chấm nhầm bài')", as_person("truong@example.org"), codes[0])).await;
    assert_eq!(request_ids(&chair).await, [ids[1].clone()]);
    answer(&chair, &ids[0], "allow", "").await.is(409).says("Phiếu này không còn");
    app.execute(&format!("insert into blind.closing(contest, chair) select '{CONTEST}', id from account.account limit 1")).await;
    assert_eq!(request_ids(&chair).await, Vec::<String>::new());
    answer(&chair, &ids[1], "allow", "").await.is(409).says("phải mở lại vòng chấm");
    is_tallied(&app).await;
    assert_eq!(app.ask("select total::text as line from blind.sheet").await, ["8000"]);
}

/// Where each paper is read once, the agreed mark is there at once: the page says so instead of asking.
#[tokio::test(flavor = "multi_thread")]
async fn with_one_reader_the_page_says_that_a_mark_stands_at_once() {
    let app = TestApp::spawn().await;
    let (codes, _, one, _) = read_by_two(&app, 2, 0).await;
    app.execute("update blind.paper set wanted = 1; update contest.contest set readers = 1").await;
    app.assign("gk1@example.org", &codes[0]).await;
    one.get(&at(&codes[0])).await.says("điểm nộp rồi là điểm thống nhất ngay, không xin sửa được");
    mark(&one, &codes[0], "50", "30").await;
    one.get(&at(&codes[0])).await.says("Mỗi bài một giám khảo").hides("Xin sửa phiếu");
    ask_for(&one, &codes[0], "Cộng nhầm điểm.").await.is(409).says("đã có điểm thống nhất");
}

/// The first two differ and a third mark is dealt: a first sheet that is corrected takes an unread third reading back, and leaves a begun one.
#[tokio::test(flavor = "multi_thread")]
async fn a_third_reading_that_nobody_has_begun_is_taken_back_and_one_begun_stays() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, two) = read_by_two(&app, 2, 2).await;
    let three = app.judge("Giám Khảo Ba", "gk3@example.org").await;
    for code in &codes {
        mark(&one, code, "20", "30").await;
        mark(&two, code, "48", "30").await;
        app.assign("gk3@example.org", code).await;
    }
    app.execute("update blind.assignment set third = true where judge = (select id from account.account where email_key = 'gk3@example.org')").await;
    three.get(&at(&codes[1])).await.is(200);
    for code in &codes {
        ask_for(&one, code, "Cộng nhầm điểm nội dung.").await.is(303);
    }
    for id in request_ids(&chair).await {
        answer(&chair, &id, "allow", "").await.is(303);
    }
    is_tallied(&app).await;
    assert_eq!(three.get("/c/nho/marking").await.all(".papers .code"), [codes[1].clone()]);
    for code in &codes {
        let page = one.get(&at(code)).await.is(200);
        page.form("").fill("mark_noi-dung", "46").fill("do", "submit").submit().await.is(303);
        assert_eq!(paper(&app, code).await, "{7600,7800} - 7700 false");
    }
    // what was begun may be handed in, and changes nothing that is agreed
    mark(&three, &codes[1], "10", "10").await;
    assert_eq!(paper(&app, &codes[1]).await, "{7600,7800} 2000 7700 false");
    is_tallied(&app).await;
}

/// A sheet that agrees the mark and the chair's leave at once: one of them is first, and the tally is what the sheets give.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_sheet_and_the_chairs_leave_at_once_never_both_count() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, two) = read_by_two(&app, 4, 4).await;
    for code in &codes {
        mark(&one, code, "50", "30").await;
        ask_for(&one, code, "Cộng nhầm điểm.").await.is(303);
    }
    for (code, id) in codes.iter().zip(request_ids(&chair).await) {
        let (allowed, ()) = tokio::join!(answer(&chair, &id, "allow", ""), mark(&two, code, "48", "30"));
        let now = paper(&app, code).await;
        match allowed.status.as_u16() {
            303 => assert_eq!(now, "{7800} - - false"),
            _ => assert_eq!(now, "{7800,8000} - 7900 false"),
        }
    }
    is_tallied(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_judge_asks_and_only_the_chair_answers() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, two) = read_by_two(&app, 2, 2).await;
    app.official("nho", "organizer", "Ban Tổ Chức", "toc@example.org").await;
    app.official("nho", "auditor", "Thanh Tra", "thanhtra@example.org").await;
    mark(&one, &codes[0], "50", "30").await;
    ask_for(&one, &codes[0], "Cộng nhầm điểm.").await.is(303);
    let id = request_ids(&chair).await.concat();
    two.get("/c/nho/chair/requests").await.is(404);
    answer(&two, &id, "allow", "").await.is(404);
    for (hat, email) in [("judge", "gk1@example.org"), ("organizer", "toc@example.org"), ("auditor", "thanhtra@example.org"), ("clerk", "thuky@example.org")] {
        let mut conn = wear(&app, hat, email).await;
        for sql in [
            "select id::text as line from blind.correction".to_owned(),
            "select id::text as line from blind.corrections()".into(),
            format!("select blind.answer_correction('{id}', true, '')::text as line"),
        ] {
            assert!(ask(&mut conn, &sql).await.is_err(), "{hat}: {sql}");
        }
    }
    for (hat, email) in [("chair", "truong@example.org"), ("organizer", "toc@example.org"), ("auditor", "thanhtra@example.org"), ("clerk", "thuky@example.org")] {
        let mut conn = wear(&app, hat, email).await;
        assert!(ask(&mut conn, &format!("select blind.ask_correction('{}', 'Cộng nhầm điểm.')::text as line", codes[0])).await.is_err(), "{hat}");
        assert!(ask(&mut conn, "select paper as line from blind.my_corrections()").await.is_err(), "{hat}");
    }
    let mut other = wear(&app, "judge", "gk2@example.org").await;
    assert_eq!(ask(&mut other, "select paper as line from blind.my_corrections()").await, Ok(vec![]), "another's request is nobody's business");
    // one paper's event: the auditor's from the seal on
    let mut auditor = wear(&app, "auditor", "thanhtra@example.org").await;
    assert_eq!(ask(&mut auditor, "select verb as line from record.event where verb like '%correction'").await, Ok(vec![]));
    // none that exists
    answer(&chair, "01900000-0000-7000-8000-00000000dead", "allow", "").await.is(404);
}
