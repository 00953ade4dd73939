//! The assignment, third marks, excuses.
use super::{UNIT_TINH, as_person, chair, codes_of, deal, declare, hand_in, judges, pairs, press, recuse};
use crate::support::{Browser, TestApp};

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
    assert_eq!(app.ask("select count(*)::text as line from blind.deal d join blind.seed s on s.n = d.seed where length(s.seed) = 32 and length(d.input_sha256) = 32").await, ["1"]);
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
    // what was never dealt goes out at once; what was sent back waits for the batch
    deal(&chair).await.is(303);
    assert_eq!(pairs(&app).await.len(), before.len() + 3);
    chair.get("/c/nho/chair/deal").await.says("Chờ đợt chuyển");
    app.night().await;
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
    let wrong = chair.get("/c/nho/chair/deal?cap=v%C3%A0i").await.is(200);
    assert_eq!(wrong.says("Giới hạn là một số nguyên").attrs("#cap", "value"), ["vài"]);
    press(&chair, &wrong).await.is(422).says("Giới hạn là một số nguyên");
    press(&chair, &page).await.is(303);
    assert_eq!(app.ask("select max(n)::text || ' ' || sum(n) as line from (select count(*) as n from blind.assignment group by judge) x").await, ["2 6"]);
    assert_eq!(app.ask("select sum(missing)::text as line from blind.shortage").await, ["2"]);
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
    // one third mark alone waits until the first markings are all in
    chair.get("/c/nho/chair/deal").await.says("Chờ đợt chuyển");
    for pair in pairs(app).await.iter().filter(|p| !p.ends_with(&code)) {
        let (judge, other) = pair.split_once(' ').unwrap();
        hand_in(app, &format!("{judge}@example.org"), other, 7000).await;
    }
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
async fn a_third_mark_that_nobody_can_give_is_the_chairs_to_decide_with_a_reason_and_shown_as_such() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(1).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    hand_in(&app, "gk1@example.org", &codes[0], 8000).await;
    hand_in(&app, "gk2@example.org", &codes[0], 4050).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await.is(409).says("1 bài chờ điểm thứ ba");
    deal(&chair).await.is(303);
    chair.get("/c/nho/chair").await.says("Không còn ai: quyết điểm").hides("Miễn lượt chấm còn thiếu");
    // excused it cannot be
    chair.post("/c/nho/chair/excuses", &[("code".into(), codes[0].clone()), ("reason".into(), "Không ai khác".into())]).await.is(409).says("không miễn được");
    let path = format!("/c/nho/chair/papers/{}", codes[0]);
    let page = chair.get(&path).await.is(200);
    let form = || page.form(&format!("{path}/mark"));
    for wrong in ["", "100,5", "60,25", "-1", "sáu mươi"] {
        let kept = form().fill("mark", wrong).fill("reason", "Chỉ có hai giám khảo").submit().await.is(422);
        let kept = kept.says("từ 0 đến 100, theo bước 0,5").form(&format!("{path}/mark"));
        assert_eq!((kept.value("mark"), kept.value("reason")), (Some(wrong), Some("Chỉ có hai giám khảo")));
    }
    assert_eq!(form().fill("mark", "70,5").fill("reason", "vì").submit().await.is(422).says("từ 5 đến 500").form(&format!("{path}/mark")).value("mark"), Some("70,5"));
    form()
        .fill("mark", "70,5")
        .fill("reason", "Chỉ có hai giám khảo")
        .submit()
        .await
        .is(303)
        .follow()
        .await
        .says("Trưởng ban quyết 70,50 (hai điểm: 40,50 · 80,00)")
        .says("Chỉ có hai giám khảo");
    form().fill("mark", "60").fill("reason", "Chỉ có hai giám khảo").submit().await.is(409).says("không chờ Trưởng ban quyết điểm");
    assert_eq!(app.ask("select agreed || ' ' || agreed_how || ' ' || third_wanted as line from blind.paper").await, ["7050 chair false"]);
    chair.get("/c/nho/chair/discrepancies").await.is(200).says("39,50").says("Trưởng ban quyết điểm").says("70,50");
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await.is(303);
    chair.get("/c/nho/chair/standings").await.says("70,50").says("Trưởng ban quyết điểm");
    assert_eq!(app.ask("select content ->> 'mark' as line from record.event where verb = 'decide_mark'").await, ["7050"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_between_preview_and_press_is_heeded() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(9).await;
    judges(&app, 6).await;
    let chair = chair(&app).await;
    let page = chair.get("/c/nho/chair/deal").await.is(200);
    declare(&app, "gk1@example.org", UNIT_TINH, "").await;
    let answer = press(&chair, &page).await;
    if answer.status.as_u16() == 409 {
        press(&chair, &answer).await.is(303);
    }
    let pairs = pairs(&app).await;
    assert_eq!(pairs.len(), 18);
    for code in codes_of(&app, "1, 4, 7").await {
        assert!(!pairs.contains(&format!("gk1 {code}")));
    }
}

/// The dealer's hat, straight in Postgres: whatever the program found, these pairs do not pass.
#[tokio::test(flavor = "multi_thread")]
async fn postgres_refuses_a_pair_that_is_excluded_undeclared_dealt_already_or_too_many() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(3).await;
    judges(&app, 3).await;
    let chair = chair(&app).await;
    app.official("nho", "judge", "Chưa Khai", "gk8@example.org").await;
    declare(&app, "gk3@example.org", "", "tacgia1@example.org").await;
    let theirs = codes_of(&app, "1").await.concat();
    let give = async |pairs: &[(&str, &str)]| {
        let id = async |email: &str| app.ask(&format!("select id::text as line from account.account where email_key = '{email}'")).await.concat();
        let mut list = vec![];
        for (judge, code) in pairs {
            list.push(format!(r#"{{"judge": "{}", "paper": "{code}"}}"#, id(&format!("{judge}@example.org")).await));
        }
        let sql =
            format!("{} set local role phach_dealer; select blind.begin_batch('chair'); select blind.deal_out('[{}]', '[]', '')", as_person("truong@example.org"), list.join(","));
        diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &sql).await.map_err(|e| e.to_string())
    };
    assert!(give(&[("gk3", &theirs)]).await.unwrap_err().contains("deal_excluded"));
    assert!(give(&[("gk8", &codes[0])]).await.unwrap_err().contains("deal_stale"));
    assert!(give(&[("truong", &codes[0])]).await.unwrap_err().contains("deal_stale"), "no judge");
    assert!(give(&[("gk1", "KHONGCOMAA")]).await.unwrap_err().contains("deal_stale"));
    let other = codes.iter().find(|c| **c != theirs).unwrap().as_str();
    assert!(give(&[("gk1", other), ("gk2", other), ("gk3", other)]).await.unwrap_err().contains("deal_stale"), "three for two");
    give(&[("gk1", other)]).await.unwrap();
    assert!(give(&[("gk1", other)]).await.unwrap_err().contains("deal_stale"), "twice");
    chair.get("/c/nho/chair").await.says("5 lượt chấm chưa giao");
}

#[tokio::test(flavor = "multi_thread")]
async fn pairs_to_be_avoided_are_counted_by_ranking_group_and_below_five_not_at_all() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(15).await;
    let chair = chair(&app).await;
    app.official("nho", "judge", "Một", "gk1@example.org").await;
    declare(&app, "gk1@example.org", "", "tacgia1@example.org").await;
    let row = async || chair.get("/c/nho/chair/deal").await.is(200).all("section[aria-labelledby=h-excl] tbody tr").concat();
    assert!(row().await.contains("dưới 5"));
    declare(&app, "gk1@example.org", UNIT_TINH, "").await;
    let seen = row().await;
    assert!(seen.ends_with('5'), "{seen}");
}
