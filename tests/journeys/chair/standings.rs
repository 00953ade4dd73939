//! The standings as the board reads them: charts with their tables, pages, a code looked for, lists to take away.
use super::{chair, deal, hand_in, judges};
use crate::hats::{ask, wear};
use crate::support::{Browser, TestApp};

const LIST: &str = "/c/nho/chair/standings/list";

/// As many papers as pairs of totals; the codes in their order, and the round closed.
async fn closed(app: &TestApp, totals: &[(i32, i32)]) -> (Browser, Vec<String>) {
    let codes = app.cut_papers(u32::try_from(totals.len()).unwrap()).await;
    judges(app, 2).await;
    let chair = chair(app).await;
    deal(&chair).await.is(303);
    for (code, (first, second)) in codes.iter().zip(totals) {
        hand_in(app, "gk1@example.org", code, *first).await;
        hand_in(app, "gk2@example.org", code, *second).await;
    }
    close(&chair).await;
    (chair, codes)
}
async fn close(chair: &Browser) {
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await.is(303);
}
async fn taken(chair: &Browser, form: &str) -> crate::support::Seen {
    chair.post(LIST, &[("form".into(), form.into())]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_charts_say_in_their_tables_what_is_drawn_and_go_with_the_standings() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let (chair, codes) = closed(&app, &[(9000, 9000), (8000, 8100), (7000, 7900), (6000, 6000), (6050, 6000)]).await;
    let page = chair.get("/c/nho/chair/standings").await.is(200);
    assert_eq!(page.all(".charts figure").len(), 2);
    let tables = page.all(".charts tbody tr").join(" | ");
    // agreed marks 90, 80.50, 74.50, 60, 60.25 in twentieths of 100
    assert!(tables.starts_with("60 đến dưới 652 | 70 đến dưới 751 | 80 đến dưới 851 | 90 đến dưới 951 | "), "{tables}");
    assert_eq!(page.all(".charts circle.dot.off").len(), 0);
    assert_eq!(page.all(".charts rect").len(), 4);
    // three prizes: the third place has 74.50
    page.says("74,50");
    assert_eq!(app.ask("select sum(papers)::text as line from blind.distribution").await, ["5"]);
    assert_eq!(app.ask("select sum(papers)::text as line from blind.spread").await, ["5"]);
    // a paper leaves after the close: what is drawn is drawn anew
    app.execute(&format!("set local role phach_blind_owner; update blind.paper set retired = true where code = '{}'; select blind.stand(contest) from blind.closing", codes[0]))
        .await;
    assert_eq!(app.ask("select string_agg(part || ':' || papers, ' ' order by part) as line from blind.distribution").await, ["12:2 14:1 16:1"]);
    assert_eq!(app.ask("select sum(papers)::text as line from blind.spread").await, ["4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_found_however_it_is_typed_and_one_of_another_contest_is_not() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let (chair, codes) = closed(&app, &[(9000, 9000), (8000, 8000), (7000, 7000)]).await;
    let typed = format!("{}-{}", codes[1][..4].to_lowercase(), &codes[1][4..]);
    let found = chair.get(&format!("/c/nho/chair/standings?code={typed}")).await.is(200);
    assert_eq!(found.all("table.standing tbody th").len(), 1);
    found.says(&codes[1]).says("80,00").hides(&codes[0]).says("Về cả bảng");
    chair.get("/c/nho/chair/standings?code=%3Cscript%3E").await.is(200).says("0 bài có mã bắt đầu bằng SCRIPT");
    app.execute(
        "set local role phach_owner; insert into contest.contest select (jsonb_populate_record(c, '{\"id\": \"01900000-0000-7000-8000-0000000000ff\", \"slug\": \"khac\"}')).* from contest.contest c where slug = 'nho'",
    )
    .await;
    let other = app.official("khac", "chair", "Trưởng Ban Khác", "truong2@example.org").await;
    assert_eq!(other.get(&format!("/c/khac/chair/standings?code={}", codes[1])).await.is(200).all("a.code").len(), 0);
    other.post("/c/khac/chair/standings/list", &[("form".into(), "csv".into())]).await.is(409).says("chưa có bảng xếp hạng để tải");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_stand_on_a_page_the_unread_behind_them_and_every_place_is_reached_once() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(230).await;
    let chair = chair(&app).await;
    // as a closed round leaves them: 120 papers read, many equal, and 110 that nobody could read
    app.execute(
        "with n as (select code, row_number() over (order by code) as i from blind.paper)
         update blind.paper p set marks = array[i::int % 50 * 100, i::int % 50 * 100], agreed = i % 50 * 100, agreed_how = 'mean' from n where n.code = p.code and i <= 120;
         insert into blind.closing(contest, chair) select contest, account from account.hat where hat = 'chair';
         select blind.stand(contest) from blind.closing",
    )
    .await;
    let rows = |page: &crate::support::Seen| page.all("table.standing tbody th a.code");
    let mut seen = vec![];
    let mut at = "/c/nho/chair/standings".to_owned();
    for pages in 1.. {
        let page = chair.get(&at).await.is(200);
        seen.extend(rows(&page));
        match page.attrs("a[rel=next]", "href").first() {
            Some(next) => at.clone_from(next),
            None => {
                assert_eq!(pages, 3, "{} rows, {}", seen.len(), page.text());
                break;
            }
        }
    }
    let mut sorted = seen.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((seen.len(), sorted), (230, codes));
    let last = chair.get(&at).await;
    assert_eq!(rows(&chair.get(&last.attrs("a[rel=prev]", "href").concat()).await.is(200))[0], seen[20], "a page before the last that has a rank");
    let whole = chair.get("/c/nho/chair/standings?all=1").await.is(200);
    assert_eq!(rows(&whole), seen);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_has_codes_and_marks_and_no_word_of_a_paper_and_is_on_record_first() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let chair_before = chair(&app).await;
    taken(&chair_before, "csv").await.is(409).says("chưa có bảng xếp hạng để tải");
    assert_eq!(app.ask("select count(*)::text as line from record.event where verb = 'export_standings'").await, ["0"]);
    let (chair, codes) = closed(&app, &[(9000, 9000), (8000, 8100), (7000, 7000), (6000, 6000)]).await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    organizer.post("/c/nho/prizes", &[("reserves".into(), "1".into())]).await.is(303);
    let csv = taken(&chair, "csv").await.is(200);
    assert!(csv.headers["content-disposition"].to_str().unwrap().contains("nho-xep-hang.csv"));
    let lines: Vec<&str> = csv.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 5);
    assert!(lines[0].starts_with("Nhóm xếp hạng,Hạng,Mã phách"), "{}", lines[0]);
    assert!(lines[2].contains(&format!(",2,{},", codes[1])) && lines[2].contains(",80.50,2,80.00,81.00,,Giải B"), "{}", lines[2]);
    assert!(lines[4].ends_with("Dự bị 1"), "{}", lines[4]);
    assert!(!csv.body.contains("Tên bài") && !csv.body.contains("Thân bài"), "{}", csv.body);
    taken(&chair, "xlsx").await.is(200);
    for odd in ["", "pdf"] {
        taken(&chair, odd).await.is(422);
    }
    assert_eq!(app.ask("select content->>'form' as line from record.event where verb = 'export_standings' order by id").await, ["csv", "xlsx"]);
    let judge = app.judge("Giám Khảo 9", "gk9@example.org").await;
    for visitor in [&judge, &organizer] {
        visitor.post(LIST, &[("form".into(), "csv".into())]).await.is(404);
        visitor.get("/c/nho/chair/standings").await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organizer_reads_them_by_code_from_the_close_on_and_neither_opens_a_paper_nor_answers_a_tie() {
    const PAGE: &str = "/c/nho/standings";
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    let list = async |who: &Browser, form: &str| who.post("/c/nho/standings/list", &[("form".into(), form.into())]).await;
    organizer.get(PAGE).await.is(200).says("Vòng chấm chưa chốt").says("khi Trưởng ban giám khảo chốt chấm");
    list(&organizer, "csv").await.is(409).says("chưa có bảng xếp hạng để tải");
    let mut hat = wear(&app, "organizer", "khoa1@example.org").await;
    assert!(ask(&mut hat, "select blind.note_export('csv')::text as line").await.unwrap_err().contains("standings_open"));
    drop(hat);
    let (chair, codes) = closed(&app, &[(9000, 9000), (8000, 8000), (7000, 7000), (7000, 7000), (6000, 6000)]).await;
    organizer.sign_in("khoa1@example.org").await;
    organizer.get("/c/nho/prizes").await.is(200).says("Xếp hạng");
    let page = organizer.get(PAGE).await.is(200);
    let shown = page.all("table.standing tbody th .code");
    assert_eq!(shown, codes, "in the order of marks, the first is the first");
    assert_eq!(page.all(".charts figure").len(), 2);
    page.says("Bằng điểm chờ kết luận").says("Trưởng ban giám khảo kết luận").says("2 bài cùng 70,00 điểm").hides("Ghi kết luận").hides("Tên bài").hides("Tác Giả");
    assert_eq!(page.all("main a[href*='/chair']").len(), 0, "nothing leads to the chair's pages");
    assert_eq!(page.all("main form[method=post]").len(), 1, "only the list");
    for code in &codes {
        organizer.get(&format!("/c/nho/chair/papers/{code}")).await.is(404);
    }
    organizer.post("/c/nho/chair/ties", &[("answer".into(), "all_in".into())]).await.is(404);
    // a code is found, all stand on one page, and the list is the chair's, on record
    let found = organizer.get(&format!("{PAGE}?code={}", codes[1].to_lowercase())).await.is(200);
    assert_eq!(found.all("table.standing tbody th .code"), [codes[1].clone()]);
    assert_eq!(organizer.get(&format!("{PAGE}?all=1")).await.is(200).all("table.standing tbody th .code"), codes);
    let (mine, chairs) = (list(&organizer, "csv").await.is(200), taken(&chair, "csv").await.is(200));
    assert_eq!(mine.body, chairs.body);
    assert!(!mine.body.contains("Tên bài") && !mine.body.contains("Thân bài"));
    list(&organizer, "xlsx").await.is(200);
    list(&organizer, "pdf").await.is(422);
    assert_eq!(app.ask("select content->>'form' as line from record.event where verb = 'export_standings' order by id").await, ["csv", "csv", "xlsx"]);
    // what the hat can read of them has no title, text or judge
    let mut hat = wear(&app, "organizer", "khoa1@example.org").await;
    for closed in [
        "select title as line from blind.paper",
        "select body as line from blind.paper",
        "select judge::text as line from blind.sheet",
        "select judge::text as line from blind.assignment",
    ] {
        assert!(ask(&mut hat, closed).await.unwrap_err().contains("permission denied"), "{closed}");
    }
    assert_eq!(ask(&mut hat, "select sum(papers)::text as line from blind.distribution").await.unwrap(), ["5"]);
    ask(&mut hat, "select set_config('phach.contest', '01900000-0000-7000-8000-0000000000ff', true) as line").await.unwrap();
    for of_another in ["select part::text as line from blind.distribution", "select low::text as line from blind.spread", "select code as line from blind.standing"] {
        assert_eq!(ask(&mut hat, of_another).await.unwrap(), Vec::<String>::new(), "{of_another}");
    }
    drop(hat);
    // a round that is re-opened takes them away
    app.execute("set local role phach_blind_owner; delete from blind.standing; delete from blind.closing").await;
    organizer.get(PAGE).await.is(200).says("Vòng chấm chưa chốt").hides(&codes[0]);
    list(&organizer, "csv").await.is(409);
    for (hat, email) in [("clerk", "thuky@example.org"), ("judge", "gk1@example.org"), ("chair", "truong@example.org"), ("auditor", "giamsat@example.org")] {
        let other = app.official("nho", hat, "Người Khác", email).await;
        other.get(PAGE).await.is(404);
        list(&other, "csv").await.is(404);
    }
}
