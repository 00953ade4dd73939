//! The chair: assignment, progress, excuses, the close, ties. And what the chair may not do.
use crate::support::{Browser, Seen, TestApp};

const CONTEST: &str = "01900000-0000-7000-8000-000000000001";
const UNIT_TINH: &str = "01900000-0000-7000-8000-000000000007";

async fn chair(app: &TestApp) -> Browser {
    app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await
}

/// As the database sees a person of the small contest: what follows runs in the same transaction.
fn as_person(email: &str) -> String {
    format!("select set_config('phach.contest', '{CONTEST}', true), set_config('phach.account', (select id::text from account.account where email_key = '{email}'), true); ")
}

/// A judge hands in a sheet of this total (hundredths, up to 100.00).
fn sheet(email: &str, code: &str, total: i32) -> String {
    let content = total.min(6000);
    let marks = format!(r#"{{"noi-dung": {content}, "hinh-thuc": {}}}"#, total - content);
    format!("{} insert into blind.sheet(judge, paper, contest, marks) values (phach.account(), '{code}', '{CONTEST}', '{marks}');", as_person(email))
}
async fn hand_in(app: &TestApp, email: &str, code: &str, total: i32) {
    app.execute(&sheet(email, code, total)).await;
}
async fn recuse(app: &TestApp, email: &str, code: &str) {
    app.execute(&format!("{} select blind.recuse('{code}', 'unwell')", as_person(email))).await;
}
async fn declare(app: &TestApp, email: &str, units: &str, people: &str) {
    app.execute(&format!("{} select blind.declare('{{{units}}}', '{{{people}}}')", as_person(email))).await;
}

/// `n` judges (gk1 … gkn) who exclude nobody.
async fn judges(app: &TestApp, n: usize) {
    for i in 1..=n {
        app.judge(&format!("Giám Khảo {i}"), &format!("gk{i}@example.org")).await;
    }
}

/// Presses "assign" on the preview as it stands.
async fn deal(chair: &Browser) -> Seen {
    // two forms lead there: the limit's and the assignment's own
    let page = chair.get("/c/nho/chair/deal").await.is(200);
    press(chair, &page).await
}
async fn press(chair: &Browser, preview: &Seen) -> Seen {
    let value = |name: &str| preview.attrs(&format!("form[method=post] input[name={name}]"), "value").concat();
    chair.post("/c/nho/chair/deal", &[("cap".into(), value("cap")), ("token".into(), value("token"))]).await
}

/// `gk1 CODE`, for every paper that somebody has.
async fn pairs(app: &TestApp) -> Vec<String> {
    let sql =
        "select split_part(a.email_key, '@', 1) || ' ' || x.paper as line from blind.assignment x join account.account a on a.id = x.judge where x.state <> 'recused' order by 1";
    app.ask(sql).await
}
/// The codes of the entries with these numbers.
async fn codes_of(app: &TestApp, numbers: &str) -> Vec<String> {
    app.ask(&format!("select p.paper as line from slip.pair p join named.entry e on e.id = p.entry where e.number in ({numbers})")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_a_paper_that_is_theirs_to_avoid_and_everybody_gets_as_many() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(15).await;
    let chair = chair(&app).await;
    app.execute("update named.author set pen_name = 'Bút Hoa Đỏ' where email_key = 'tacgia5@example.org'; update named.author set email_key = 'gk2@example.org' where email_key = 'tacgia6@example.org'").await;
    for i in 1..=6 {
        app.official("nho", "judge", &format!("Giám Khảo {i}"), &format!("gk{i}@example.org")).await;
    }
    declare(&app, "gk1@example.org", UNIT_TINH, "").await;
    declare(&app, "gk2@example.org", "", "").await;
    declare(&app, "gk3@example.org", "", "\"  tac GIA   3 \"").await;
    declare(&app, "gk4@example.org", "", "TacGia8@Example.org").await;
    declare(&app, "gk5@example.org", "", "bút hoa đỏ").await;
    declare(&app, "gk6@example.org", "", "").await;
    deal(&chair).await.is(303).follow().await.is(200).says("Đã phân công").hides("Tác Giả");
    let pairs = pairs(&app).await;
    assert_eq!(pairs.len(), 30);
    // the judge of the province keeps off the district under it
    for (judge, numbers) in [("gk1", "1, 4, 7, 10, 13"), ("gk2", "6"), ("gk3", "3"), ("gk4", "8"), ("gk5", "5")] {
        for code in codes_of(&app, numbers).await {
            assert!(!pairs.contains(&format!("{judge} {code}")), "{judge} has an entry to avoid");
        }
    }
    for i in 1..=6 {
        assert_eq!(pairs.iter().filter(|p| p.starts_with(&format!("gk{i} "))).count(), 5, "{pairs:?}");
    }
    assert_eq!(app.ask("select count(*)::text as line from blind.deal where length(seed) = 32 and length(input_sha256) = 32").await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn loads_stay_within_one_also_where_the_readings_do_not_divide() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(7).await;
    judges(&app, 4).await;
    let chair = chair(&app).await;
    chair.get("/c/nho/chair/deal").await.is(200).says("3–4");
    deal(&chair).await.is(303);
    let loads = app.ask("select count(*)::text as line from blind.assignment group by judge order by count(*)").await;
    assert_eq!(loads, ["3", "3", "4", "4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn run_again_it_deals_only_what_lacks_readers_and_never_to_a_judge_who_had_the_paper() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(6).await;
    judges(&app, 4).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    chair.get("/c/nho/chair/deal").await.says("Không có lượt nào cần giao");
    let before = pairs(&app).await;
    let gone = before.iter().find(|p| p.ends_with(&codes[0])).unwrap().clone();
    let judge = gone.split(' ').next().unwrap();
    recuse(&app, &format!("{judge}@example.org"), &codes[0]).await;
    // two papers come late
    app.execute(&format!(
        "insert into blind.paper(code, contest, category, ranking_group, title, body, wanted)
         select 'MUON' || i, contest, category, ranking_group, 'Bài muộn', 'Thân bài', 2 from blind.paper, generate_series(1, 2) i where code = '{}'",
        codes[0]
    ))
    .await;
    chair.get("/c/nho/chair").await.says("5 lượt chấm chưa giao");
    deal(&chair).await.is(303);
    let after = pairs(&app).await;
    assert_eq!(after.len(), before.len() + 4);
    assert!(before.iter().filter(|p| **p != gone).all(|p| after.contains(p)), "a paper changed hands");
    assert!(!after.contains(&gone), "handed back and given again");
    assert_eq!(after.iter().filter(|p| p.contains("MUON")).count(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_that_no_longer_holds_deals_nothing_and_the_new_one_does() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(6).await;
    judges(&app, 3).await;
    let chair = chair(&app).await;
    let old = chair.get("/c/nho/chair/deal").await.is(200);
    app.judge("Đến Sau", "gk9@example.org").await;
    let again = press(&chair, &old).await.is(409);
    again.says("Có thay đổi kể từ lúc xem trước").says("Đến Sau");
    assert!(pairs(&app).await.is_empty());
    press(&chair, &again).await.is(303);
    assert_eq!(pairs(&app).await.len(), 12);
    // the same preview once more: nothing is dealt twice
    press(&chair, &again).await.is(409);
    assert_eq!(pairs(&app).await.len(), 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_that_press_at_once_deal_once() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(8).await;
    judges(&app, 4).await;
    let chair = chair(&app).await;
    let page = chair.get("/c/nho/chair/deal").await.is(200);
    let (a, b) = tokio::join!(press(&chair, &page), press(&chair, &page));
    let mut answers = [a.status.as_u16(), b.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    assert_eq!(pairs(&app).await.len(), 16);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_kept_and_the_codes_it_leaves_over_are_named() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(4).await;
    judges(&app, 3).await;
    let chair = chair(&app).await;
    let page = chair.get("/c/nho/chair/deal?cap=2").await.is(200);
    assert_eq!(page.all("#h-short").len(), 1);
    press(&chair, &page).await.is(303);
    assert_eq!(app.ask("select max(n)::text || ' ' || sum(n) as line from (select count(*) as n from blind.assignment group by judge) x").await, ["2 6"]);
    assert_eq!(app.ask("select sum(missing)::text as line from blind.shortage").await, ["2"]);
    let wrong = chair.get("/c/nho/chair/deal?cap=v%C3%A0i").await.is(200);
    assert_eq!(wrong.says("Giới hạn là một số nguyên").attrs("#cap", "value"), ["vài"]);
    press(&chair, &wrong).await.is(422).says("Giới hạn là một số nguyên");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_who_has_not_declared_gets_nothing_and_is_named() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(4).await;
    judges(&app, 2).await;
    app.official("nho", "judge", "Chưa Khai Gì", "gk8@example.org").await;
    let chair = chair(&app).await;
    let page = chair.get("/c/nho/chair/deal").await.is(200);
    page.says("1 giám khảo chưa khai quan hệ").says("Chưa Khai Gì");
    press(&chair, &page).await.is(303);
    assert!(pairs(&app).await.iter().all(|p| !p.starts_with("gk8")));
}

/// One paper, two far marks by the two judges that have it.
async fn far_apart(app: &TestApp) -> (Browser, String, [String; 2]) {
    let codes = app.cut_papers(3).await;
    judges(app, 4).await;
    let chair = chair(app).await;
    deal(&chair).await.is(303);
    let code = codes[0].clone();
    let have: Vec<String> = pairs(app).await.iter().filter_map(|p| Some(format!("{}@example.org", p.strip_suffix(&format!(" {code}"))?))).collect();
    let both: [String; 2] = have.try_into().unwrap();
    hand_in(app, &both[0], &code, 8000).await;
    hand_in(app, &both[1], &code, 6450).await;
    (chair, code, both)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_mark_is_by_one_who_saw_neither_and_the_first_two_stand() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let (chair, code, both) = far_apart(&app).await;
    chair.get("/c/nho/chair").await.is(200).says("15,50").says(&code).says("Chờ phân công");
    deal(&chair).await.is(303);
    chair.get("/c/nho/chair").await.says("Đang chấm lần ba");
    let third = app.ask(&format!("select a.email_key as line from blind.assignment x join account.account a on a.id = x.judge where x.paper = '{code}' and x.third")).await;
    assert_eq!(third.len(), 1);
    assert!(!both.contains(&third[0]));
    hand_in(&app, &third[0], &code, 7000).await;
    assert_eq!(
        app.ask(&format!("select marks::text || ' ' || third || ' ' || agreed || ' ' || agreed_how as line from blind.paper where code = '{code}'")).await,
        ["{6450,8000} 7000 7150 third"]
    );
    let paper = chair.get(&format!("/c/nho/chair/papers/{code}")).await.is(200);
    paper.says("71,50").says("64,50").says("80,00").says("70,00").says("Thân bài số").says("Nội dung").hides("Tác Giả");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_of_exactly_the_threshold_needs_no_third_mark() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(1).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    hand_in(&app, "gk1@example.org", &codes[0], 8000).await;
    hand_in(&app, "gk2@example.org", &codes[0], 6500).await;
    assert_eq!(app.ask("select agreed || ' ' || third_wanted as line from blind.paper").await, ["7250 false"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_reading_that_lacks_a_judge_is_excused_once_and_with_a_reason() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(2).await;
    judges(&app, 1).await;
    let chair = chair(&app).await;
    chair.get("/c/nho/chair").await.hides("Miễn lượt chấm còn thiếu");
    chair.post("/c/nho/chair/excuses", &[("code".into(), codes[0].clone()), ("reason".into(), "Không ai khác".into())]).await.is(409).says("không thiếu lượt nào");
    deal(&chair).await.is(303);
    let page = chair.get("/c/nho/chair").await;
    let form = || page.form("/c/nho/chair/excuses");
    let short = form().fill("code", &codes[0]).fill("reason", "ừ").submit().await.is(422);
    assert_eq!(short.says("từ 5 đến 500").form("/c/nho/chair/excuses").value("code"), Some(codes[0].as_str()));
    form().fill("reason", "Không ai khác").submit().await.is(422).says("Chọn một bài");
    form().fill("code", "KHONGCOMAA").fill("reason", "Không ai khác").submit().await.is(409);
    form().fill("code", &codes[0]).fill("reason", "Không còn giám khảo nào khác").submit().await.is(303);
    form().fill("code", &codes[0]).fill("reason", "Không còn giám khảo nào khác").submit().await.is(409).says("không thiếu lượt nào");
    assert_eq!(app.ask(&format!("select wanted::text as line from blind.paper where code = '{}'", codes[0])).await, ["1"]);
    hand_in(&app, "gk1@example.org", &codes[0], 7000).await;
    assert_eq!(app.ask(&format!("select agreed::text as line from blind.paper where code = '{}'", codes[0])).await, ["7000"]);
    chair.get(&format!("/c/nho/chair/papers/{}", codes[0])).await.says("Miễn 1 lượt chấm").says("Không còn giám khảo nào khác");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_mark_that_nobody_can_give_is_excused_and_the_mean_stands() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(1).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    hand_in(&app, "gk1@example.org", &codes[0], 8000).await;
    hand_in(&app, "gk2@example.org", &codes[0], 4050).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").submit().await.is(409).says("1 bài chờ điểm thứ ba");
    deal(&chair).await.is(303);
    let page = chair.get("/c/nho/chair").await;
    page.says("thiếu điểm thứ ba").form("/c/nho/chair/excuses").fill("code", &codes[0]).fill("reason", "Chỉ có hai giám khảo").submit().await.is(303);
    assert_eq!(app.ask("select agreed || ' ' || agreed_how || ' ' || third_wanted as line from blind.paper").await, ["6025 mean false"]);
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").submit().await.is(303);
}

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
    chair(&app).await.get("/c/nho/chair").await.form("/c/nho/chair/closing").submit().await.is(409).says("Chưa có bài nào");
    let codes = app.cut_papers(2).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").submit().await.is(409).says("4 lượt chấm chưa giao");
    deal(&chair).await.is(303);
    hand_in(&app, "gk1@example.org", &codes[0], 7000).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").submit().await.is(409).says("2 bài chưa đủ lượt chấm");
    chair.get("/c/nho/chair/standings").await.is(200).says("Vòng chấm chưa chốt").hides(&codes[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_marks_share_a_rank_the_next_one_skips_and_the_cut_line_stands_below_the_last_prize() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let (chair, codes) = read_by_two(&app, &[9000, 8000, 8000, 7050, 6000]).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").submit().await.is(303).follow().await.says("Đã chốt chấm");
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
    chair.post("/c/nho/chair/closing", &[]).await.is(409);
    chair.post("/c/nho/chair/excuses", &[("code".into(), codes[0].clone()), ("reason".into(), "Không ai khác".into())]).await.is(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tie_blocks_the_seal_until_the_chair_has_answered_with_a_reason() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let (chair, codes) = read_by_two(&app, &[9000, 8000, 7000, 7000, 6000]).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").submit().await.is(303);
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
    assert_eq!(kept.says("Chọn nhận tất cả").form("/c/nho/chair/ties").value("reason"), Some("Hai bài ngang nhau"));
    form().fill("answer", "all_in").fill("reason", "Hai bài ngang nhau").submit().await.is(303).follow().await.says("Đã ghi kết luận").says("Hai bài ngang nhau");
    form().fill("answer", "all_out").fill("reason", "Đổi ý rồi nhé").submit().await.is(409).says("không còn chờ kết luận");
    // the cut line has moved below both
    let rows = chair.get("/c/nho/chair/standings").await.all("table.standing tbody tr");
    assert_eq!(rows.iter().position(|r| r == "Đường cắt"), Some(5), "{rows:?}");
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes").fill("reserves", "1").submit().await.is(303);
    organizer.post("/c/nho/prizes/seal", &[]).await.is(303);
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
    let presses = (0..6).map(|_| chair.post("/c/nho/chair/closing", &[]));
    let (sheets, presses) = tokio::join!(futures_util::future::join_all(sheets), futures_util::future::join_all(presses));
    assert!(sheets.iter().all(|ok| *ok), "the round cannot close before the sixth sheet, so each was in time");
    assert!(presses.iter().filter(|p| p.status.as_u16() == 303).count() <= 1);
    chair.post("/c/nho/chair/closing", &[]).await;
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
    let (answer, ()) = tokio::join!(chair.post("/c/nho/chair/closing", &[]), commit);
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
