//! A judge: declares, reads, marks in the own decimals, sends back; and what the round's close does to a sheet.
use crate::support::{Browser, Seen, TestApp};

const CONTEST: &str = "01900000-0000-7000-8000-000000000001";

/// Four papers cut, and a judge (gk1@example.org) with the first `n` of them in code order.
async fn dealt(app: &TestApp, n: usize) -> (Vec<String>, Browser) {
    app.small_contest().await;
    let codes = app.cut_papers(4).await;
    let judge = app.judge("Một", "gk1@example.org").await;
    for (i, code) in codes.iter().take(n).enumerate() {
        app.assign("gk1@example.org", code).await;
        app.execute(&format!("update blind.assignment set place = {i} where paper = '{code}'")).await;
    }
    (codes, judge)
}

fn at(code: &str) -> String {
    format!("/c/nho/marking/{code}")
}

async fn mark(judge: &Browser, code: &str, content: &str, form: &str, act: &str) -> Seen {
    let page = judge.get(&at(code)).await.is(200);
    page.form("").fill("mark_noi-dung", content).fill("mark_hinh-thuc", form).fill("comment", "Vào bài cụ thể.").fill("note", "so với bài trước").fill("do", act).submit().await
}

async fn close(app: &TestApp) {
    app.execute(&format!("insert into blind.closing(contest, chair) select '{CONTEST}', id from account.account limit 1")).await;
}

/// Sheets as stored: content, form, total, comment.
async fn sheets(app: &TestApp) -> Vec<String> {
    app.ask("select concat_ws('|', marks->>'noi-dung', marks->>'hinh-thuc', total, comment) as line from blind.sheet order by paper").await
}

async fn drafts(app: &TestApp) -> Vec<String> {
    app.ask("select concat_ws('|', marks->>'noi-dung', marks->>'hinh-thuc', comment, note) as line from blind.draft order by paper").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_is_made_changed_and_frozen_once_papers_are_cut() {
    let app = TestApp::spawn().await;
    let small = app.small_contest().await;
    let judge = app.official("nho", "judge", "Một", "gk1@example.org").await;
    let page = judge.get("/c/nho/marking").await.is(200);
    page.says("Khai quan hệ").says("Chỉ việc phân công tự động đọc bản khai này");
    let declare = "/c/nho/marking/declaration";
    page.form(declare).submit().await.is(422).says("đánh dấu “Tôi không có đơn vị");
    let both = page.form(declare).fill("people", "Lê Thị B").fill("none", "1").submit().await.is(422);
    assert_eq!(both.says("Bỏ một trong hai").form(declare).value("people"), Some("Lê Thị B"));
    page.form(declare).fill("none", "1").submit().await.is(303).follow().await.says("Bạn đã khai").says("Ghi lại bản khai");
    let changed = judge.get(declare).await.is(200).form(declare).without("none").add("unit", &small.unit_huyen).fill("people", "Lê  Thị B\n\nb@example.org").submit().await;
    let again = changed.is(303).follow().await;
    assert_eq!(again.attrs("input[name=unit][checked]", "value"), std::slice::from_ref(&small.unit_huyen));
    let stored = "select concat_ws('|', units::text, people::text, people_keys::text) as line from blind.declaration order by at";
    let expected = format!("{{{}}}|{{\"Lê Thị B\",b@example.org}}|{{\"le thi b\",b@example.org}}", small.unit_huyen);
    assert_eq!(app.ask(stored).await, ["{}|{}|{}".to_owned(), expected]);
    app.cut_papers(4).await;
    app.stay_signed_in().await;
    again.form(declare).fill("people", "Ai khác").submit().await.is(409).says("không sửa được nữa");
    let frozen = judge.get(declare).await.is(200);
    frozen.says("Bản khai đã khóa").says("Huyện đoàn").says("Lê Thị B").says("b@example.org");
    assert!(frozen.all("main input").is_empty(), "a frozen declaration is no form");
    assert_eq!(app.ask("select count(*)::text as line from blind.declaration").await, ["2"]);
    // who comes now declares once; previews before and after a change would tell whose papers are whose
    let late = app.official("nho", "judge", "Hai", "gk2@example.org").await;
    late.get(declare).await.is(200).form(declare).fill("people", "Tác giả 3").submit().await.is(303).follow().await.says("Bản khai đã khóa");
    late.post(declare, &[("people".into(), "Tác giả 2".into())]).await.is(409).says("không sửa được nữa");
    assert_eq!(app.ask("select count(*)::text as line from blind.declaration").await, ["3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_of_nowhere_is_no_declaration() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let judge = app.official("nho", "judge", "Một", "gk1@example.org").await;
    let declare = "/c/nho/marking/declaration";
    judge.post(declare, &[("unit".into(), "không phải mã".into())]).await.is(422).says("không đọc được biểu mẫu");
    judge.post(declare, &[("unit".into(), CONTEST.into())]).await.is(404);
    assert_eq!(app.ask("select count(*)::text as line from blind.declaration").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_is_the_own_papers_in_the_own_order_with_progress() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 3).await;
    app.judge("Hai", "gk2@example.org").await;
    app.assign("gk2@example.org", &codes[3]).await;
    app.execute(&format!("update blind.assignment set place = -1 where paper = '{}'", codes[2])).await;
    let queue = judge.get("/c/nho/marking").await.is(200);
    assert_eq!(queue.all(".papers .code"), [codes[2].clone(), codes[0].clone(), codes[1].clone()]);
    queue.says("0/3 bài đã nộp").says(&format!("Chấm bài {}", codes[2])).hides(&codes[3]).hides("Tác Giả");
    assert_eq!(queue.headers["cache-control"], "no-store");
    mark(&judge, &codes[2], "50", "30", "submit").await.is(303);
    mark(&judge, &codes[1], "40", "", "save").await.is(303);
    let queue = judge.get("/c/nho/marking").await;
    assert_eq!(queue.says("1/3 bài đã nộp").all(".papers .tag"), ["Đã nộp", "Chưa chấm", "Đang chấm"]);
    queue.says("80,00").says(&format!("Chấm tiếp bài {}", codes[1]));
    judge.get(&at(&codes[0])).await.says("1/3 bài đã nộp").says("Bài 2 trong 3 bài của bạn");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_that_is_shown_is_kept_from_paper_to_paper_and_says_nothing_of_third_marks() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 4).await;
    app.execute(&format!("update blind.assignment set third = true where paper = '{}'", codes[3])).await;
    mark(&judge, &codes[1], "50", "30", "submit").await.is(303);
    mark(&judge, &codes[2], "40", "", "save").await.is(303);
    let all = judge.get("/c/nho/marking").await.is(200);
    assert_eq!(all.all(".tabs a"), ["Tất cả 4", "Chưa chấm 2", "Đang chấm 1", "Đã nộp 1"]);
    let open = judge.get("/c/nho/marking?state=open").await.is(200);
    assert_eq!(
        (open.all(".papers .code"), open.all(".papers td:first-child")),
        (vec![codes[0].clone(), codes[3].clone()], vec!["1".into(), "4".into()]),
        "a paper keeps its number"
    );
    assert_eq!(open.attrs(".papers a", "href"), [0, 3].map(|i: usize| format!("{}?state=open", at(&codes[i]))));
    let first = judge.get(&format!("{}?state=open", at(&codes[0]))).await.is(200);
    first.says("Bài 1 trong 4 bài của bạn").says("chỉ xem bài chưa chấm");
    assert_eq!(first.attrs("a[rel=next]", "href"), [format!("{}?state=open", at(&codes[3]))], "over those of another state");
    assert_eq!(judge.get(&format!("{}?state=open", at(&codes[3]))).await.attrs("a[rel=prev]", "href"), [format!("{}?state=open", at(&codes[0]))]);
    assert_eq!(judge.get(&format!("{}?state=begun", at(&codes[2]))).await.attrs(".turn a", "href"), ["/c/nho/marking?state=begun"]);
    // a first and a third mark are one and the same line
    let line = |i: usize| open.all(".papers tr")[i].replace(&codes[0], "").replace(&codes[3], "");
    let plain = |s: String| s.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    assert_eq!(plain(line(1)), plain(line(2)));
    let own = format!("{}?state=open", at(&codes[0]));
    let kept = first.form(&own).fill("mark_noi-dung", "50").fill("mark_hinh-thuc", "").fill("do", "submit").submit().await.is(422);
    assert_eq!(kept.attrs("a[rel=next]", "href"), [format!("{}?state=open", at(&codes[3]))], "a page that is shown again keeps it");
    let on = first.form(&own).fill("mark_noi-dung", "50").fill("mark_hinh-thuc", "30").fill("do", "submit").submit().await.is(303);
    assert_eq!(on.location, format!("{}?said=sheet-submitted&state=open", at(&codes[2])));
    let sent_back = judge.post(&format!("{}/recusal?state=open", at(&codes[3])), &[("reason".into(), "unwell".into())]).await.is(303);
    assert_eq!(sent_back.location, format!("{}?said=paper-recused&state=open", at(&codes[2])));
    judge.get("/c/nho/marking?state=open").await.is(200).says("Không có bài nào ở trạng thái này");
}

/// Statements that a page costs, once every statement is known to the connections.
async fn cost(app: &TestApp, judge: &Browser, path: &str) -> usize {
    judge.get(path).await.is(200);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await; // that the session was seen is told behind the page
    let before = app.statements();
    judge.get(path).await.is(200);
    app.statements() - before
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_of_twenty_costs_as_many_statements_as_one_of_two() {
    let app = TestApp::spawn().await;
    app.log_statements().await;
    app.small_contest().await;
    let codes = app.cut_papers(20).await;
    let judge = app.judge("Một", "gk1@example.org").await;
    for code in &codes[..2] {
        app.assign("gk1@example.org", code).await;
    }
    let (queue, paper) = (cost(&app, &judge, "/c/nho/marking").await, cost(&app, &judge, &at(&codes[0])).await);
    for code in &codes[2..] {
        app.assign("gk1@example.org", code).await;
    }
    assert_eq!(judge.get("/c/nho/marking").await.all(".papers tbody tr").len(), 20);
    assert_eq!((cost(&app, &judge, "/c/nho/marking").await, cost(&app, &judge, &at(&codes[0])).await), (queue, paper));
    assert!((4..=8).contains(&queue) && (5..=9).contains(&paper), "statements are counted: {queue} and {paper}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_read_under_its_code_with_its_rubric_and_nobody_elses_mark() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 2).await;
    let other = app.judge("Hai", "gk2@example.org").await;
    app.assign("gk2@example.org", &codes[0]).await;
    mark(&other, &codes[0], "11,5", "22,5", "submit").await.is(303);
    let page = judge.get(&at(&codes[0])).await.is(200);
    page.says("Đoạn thứ hai.").says("tối đa 60, bước 0,5").says("tối đa 40, bước 0,5").hides("34,00").hides("11,5").hides("Tác Giả").hides("Vào bài cụ thể.");
    assert_eq!(page.all(".read p").len(), 2);
    assert_eq!((page.all("h1 .code"), page.attrs("a[rel=next]", "href"), page.attrs("a[rel=prev]", "href").len()), (vec![codes[0].clone()], vec![at(&codes[1])], 0));
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(!page.headers.contains_key("etag") && !page.headers.contains_key("last-modified"));
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_are_taken_with_comma_or_point_and_the_tally_moves_with_the_sheet() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 2).await;
    let next = mark(&judge, &codes[0], "48,5", "30", "submit").await.is(303);
    assert_eq!(next.location, format!("{}?said=sheet-submitted", at(&codes[1])));
    next.follow().await.is(200).says("Đã nộp phiếu. Đây là bài tiếp theo.");
    let last = mark(&judge, &codes[1], "48.50", "0", "submit").await.is(303).follow().await;
    last.says("Bạn đã nộp đủ phiếu").says("78,50").says("48,50");
    assert_eq!(sheets(&app).await, ["4850|3000|7850|Vào bài cụ thể.", "4850|0|4850|Vào bài cụ thể."]);
    assert_eq!(app.ask("select marks::text as line from blind.paper order by code").await, ["{7850}", "{4850}", "{}", "{}"]);
    // the note to oneself outlives the draft, and is part of no sheet
    assert_eq!(drafts(&app).await, ["|so với bài trước", "|so với bài trước"]);
    let page = judge.get(&at(&codes[0])).await.is(200);
    page.says("48,50").says("so với bài trước").says("Phiếu đã nộp và được tính");
    assert!(page.all("form[data-sheet], [name^=mark_], [name=comment], [name=note]").is_empty(), "a submitted sheet is no form");
    let english = judge.get_in(&at(&codes[0]), "en").await;
    english.says("78.50").says("Mark sheet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_off_its_step_or_over_its_maximum_keeps_everything_typed() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 1).await;
    let seen = mark(&judge, &codes[0], "48,25", "40,5", "submit").await.is(422);
    seen.says("Nội dung: điểm theo bước 0,5. Chọn 48 hoặc 48,5.").says("Hình thức: điểm cao nhất là 40.").says("còn 2 chỗ cần sửa");
    assert_eq!(seen.attrs("#errors a", "href"), ["#mark_noi-dung", "#mark_hinh-thuc"]);
    let form = seen.form("");
    let held = |name: &str| form.value(name).unwrap().to_owned();
    assert_eq!([held("mark_noi-dung"), held("mark_hinh-thuc"), held("comment"), held("note")], ["48,25", "40,5", "Vào bài cụ thể.", "so với bài trước"]);
    assert_eq!(drafts(&app).await, ["48,25|40,5|Vào bài cụ thể.|so với bài trước"]);
    for (typed, says) in [("", "chưa có điểm"), ("tám", "nhập một số"), ("-1", "thấp nhất là 0"), ("8,555", "hai chữ số sau dấu phẩy"), ("999999999999", "cao nhất là 60")]
    {
        mark(&judge, &codes[0], typed, "40", "submit").await.is(422).says(says);
    }
    assert_eq!(sheets(&app).await, Vec::<String>::new());
    form.fill("mark_noi-dung", "48.5").fill("mark_hinh-thuc", "40").fill("do", "submit").submit().await.is(303);
    assert_eq!(sheets(&app).await, ["4850|4000|8850|Vào bài cụ thể."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_too_long_is_told_by_how_much_and_stays_on_the_page() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 1).await;
    let long = "ế".repeat(5_003);
    let page = judge.get(&at(&codes[0])).await;
    let seen = page.form("").fill("mark_noi-dung", "50").fill("mark_hinh-thuc", "30").fill("comment", &long).fill("do", "submit").submit().await.is(422);
    seen.says("Bớt ít nhất 3 ký tự");
    assert_eq!(seen.form("").value("comment").unwrap().chars().count(), 5_003);
    let draft = page.form("").fill("comment", &long);
    judge.post(&format!("{}/draft", at(&codes[0])), draft.fields()).await.is(422);
    assert_eq!((sheets(&app).await.len(), drafts(&app).await.len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_saves_itself_and_is_there_on_the_next_visit() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 1).await;
    let draft = format!("{}/draft", at(&codes[0]));
    let typed = judge.get(&at(&codes[0])).await.form("").fill("mark_noi-dung", "48,2").fill("comment", "Dòng một\nDòng hai");
    let saved = judge.post(&draft, typed.fields()).await.is(204);
    assert_eq!((saved.body.as_str(), saved.headers["cache-control"].to_str().unwrap()), ("", "no-store"));
    // the hour is the server's, in the contest's zone
    app.execute("update phach.test_clock set shift = interval '3 hours'").await;
    app.stay_signed_in().await;
    let there = app
        .ask("select to_char((phach.now() + n * interval '1 second') at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI:SS') || ' (UTC+07:00)' as line from generate_series(-1, 20) n")
        .await;
    let saved = judge.post(&draft, typed.fields()).await.is(204);
    assert!(there.iter().any(|t| t == saved.headers["x-saved-at"].to_str().unwrap()), "{there:?} {:?}", saved.headers);
    app.execute("update phach.test_clock set shift = interval '0'").await;
    judge.post(&draft, typed.fill("note", "đọc lại").fields()).await.is(204);
    let page = judge.get(&at(&codes[0])).await.says("Đã lưu").form("");
    assert_eq!((page.value("mark_noi-dung"), page.value("comment"), page.value("note")), (Some("48,2"), Some("Dòng một\nDòng hai"), Some("đọc lại")));
    page.fill("mark_noi-dung", "48").fill("do", "save").submit().await.is(303).follow().await.says("Đã lưu phiếu nháp");
    assert_eq!(drafts(&app).await, ["48||Dòng một\nDòng hai|đọc lại"]);
    assert_eq!(app.ask("select cardinality(marks)::text as line from blind.paper where cardinality(marks) > 0").await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_in_a_field_saves_and_never_submits() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 1).await;
    let page = judge.get(&at(&codes[0])).await;
    // HTML: Enter presses the form's first submit button
    assert_eq!(page.attrs("form[data-sheet] button:not([type=button])", "value")[0], "save");
    page.form("").fill("mark_noi-dung", "50").fill("mark_hinh-thuc", "30").submit().await.is(303);
    assert_eq!((sheets(&app).await.len(), drafts(&app).await.len()), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_sheet_sent_twice_is_one_and_another_one_changes_nothing() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 1).await;
    let page = judge.get(&at(&codes[0])).await;
    let sheet = |content: &str| page.form("").fill("mark_noi-dung", content).fill("mark_hinh-thuc", "30").fill("comment", "Gọn.").fill("do", "submit");
    sheet("50").submit().await.is(303);
    sheet("50,0").submit().await.is(303);
    let other = sheet("51").submit().await.is(409);
    other.says("đã nộp rồi").says("50,00").says("Nội dung: 51");
    judge.post(&format!("{}/draft", at(&codes[0])), sheet("52").fields()).await.is(409);
    assert_eq!(sheets(&app).await, ["5000|3000|8000|Gọn."]);
    assert_eq!(app.ask("select marks::text as line from blind.paper where cardinality(marks) > 0").await, ["{8000}"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn sheets_sent_at_once_from_several_windows_make_one() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 1).await;
    let page = judge.get(&at(&codes[0])).await;
    let send = |content: &str| page.form("").fill("mark_noi-dung", content).fill("mark_hinh-thuc", "30").fill("do", "submit").submit();
    let answers = futures_util::future::join_all(["50", "50", "51", "52", "50", "53"].map(send)).await;
    let taken = answers.iter().filter(|a| a.status == 303).count();
    assert!(answers.iter().all(|a| [303, 409].contains(&a.status.as_u16())), "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
    assert!((1..=3).contains(&taken), "one sheet, or the same one seen again: {taken}");
    let total = app.ask("select total::text as line from blind.sheet").await;
    assert_eq!(total.len(), 1);
    assert_eq!(app.ask("select marks[1]::text as line from blind.paper where cardinality(marks) = 1").await, total);
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_paper_one_sent_back_and_none_at_all_look_the_same() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 2).await;
    app.judge("Hai", "gk2@example.org").await;
    app.assign("gk2@example.org", &codes[3]).await;
    app.execute(&format!("update blind.assignment set state = 'recused' where paper = '{}'", codes[1])).await;
    let mut bodies = vec![];
    for code in [codes[3].as_str(), &codes[1], &codes[2], "ABCDEFGHJK", "abc", "A%00BCDEFGHJ"] {
        bodies.push(judge.get(&at(code)).await.is(404).body);
        judge.post(&at(code), &[("do".into(), "submit".into())]).await.is(404);
        judge.post(&format!("{}/draft", at(code)), &[]).await.is(404);
        judge.post(&format!("{}/recusal", at(code)), &[("reason".into(), "unwell".into())]).await.is(404);
    }
    assert!(bodies.iter().all(|b| *b == bodies[0]));
    assert_eq!(app.ask("select count(*)::text as line from blind.recusal").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_sent_back_is_out_of_sight_at_once_with_its_draft() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 2).await;
    mark(&judge, &codes[0], "40", "", "save").await.is(303);
    let page = judge.get(&at(&codes[0])).await;
    let recusal = format!("{}/recusal", at(&codes[0]));
    assert_eq!(page.attrs("#recusal button", "formaction"), std::slice::from_ref(&recusal));
    assert_eq!(page.all("details.fold input[name=reason]").len(), 5, "the five reasons stand behind a fold");
    let typed = page.form("").fill("comment", "chưa lưu");
    let unsaid = judge.post(&recusal, typed.fields()).await.is(422);
    assert_eq!(unsaid.says("Chọn một lý do").form(&at(&codes[0])).value("comment"), Some("chưa lưu"));
    judge.post(&recusal, &[("reason".into(), "vì thế".into())]).await.is(422);
    let sent = judge.post(&recusal, &[("reason".into(), "recognised".into())]).await.is(303);
    assert_eq!(sent.location, format!("{}?said=paper-recused", at(&codes[1])));
    sent.follow().await.says("Đã trả bài");
    judge.get(&at(&codes[0])).await.is(404);
    let queue = judge.get("/c/nho/marking").await;
    assert_eq!(queue.says("0/1 bài đã nộp").all(".papers .tag"), ["Đã trả", "Chưa chấm"]);
    queue.hides(&at(&codes[0]));
    assert_eq!(app.ask("select paper || ' ' || reason as line from blind.recusal").await, [format!("{} recognised", codes[0])]);
    assert_eq!(drafts(&app).await, Vec::<String>::new());
    // what the record says of it: that it happened, and no reason
    assert_eq!(app.ask("select content::text as line from record.event where verb = 'recuse'").await, ["{}"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marked_paper_is_not_sent_back() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 1).await;
    mark(&judge, &codes[0], "50", "30", "submit").await.is(303);
    judge.post(&format!("{}/recusal", at(&codes[0])), &[("reason".into(), "unwell".into())]).await.is(409).says("không trả bài được nữa");
    assert_eq!(app.ask("select state as line from blind.assignment").await, ["marked"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_after_the_close_is_refused_and_stays_as_a_draft() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 2).await;
    mark(&judge, &codes[0], "50", "30", "submit").await.is(303);
    let page = judge.get(&at(&codes[1])).await;
    close(&app).await;
    let late = page.form("").fill("mark_noi-dung", "48,5").fill("mark_hinh-thuc", "31").fill("comment", "Muộn.").fill("do", "submit").submit().await.is(409);
    late.says("Vòng chấm đã chốt").says("48,5").says("Muộn.");
    assert_eq!(drafts(&app).await.last().unwrap(), "48,5|31|Muộn.|");
    assert_eq!(
        (sheets(&app).await.len(), app.ask("select marks::text as line from blind.paper order by code").await),
        (1, vec!["{8000}".into(), "{}".into(), "{}".into(), "{}".into()])
    );
    let after = judge.get(&at(&codes[1])).await.is(200);
    after.says("48,5").says("Muộn.").says("giữ lại dưới dạng nháp");
    assert!(after.all("form[data-sheet]").is_empty());
    judge.get("/c/nho/marking").await.says("Vòng chấm đã chốt").says("1/2 bài đã nộp");
    judge.post(&format!("{}/recusal", at(&codes[1])), &[("reason".into(), "unwell".into())]).await.is(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_waits_for_a_close_under_way_is_refused_by_it() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 1).await;
    let page = judge.get(&at(&codes[0])).await;
    // the chair's closing holds the round, not yet committed
    use diesel_async::SimpleAsyncConnection;
    let mut closing = app.admin().await;
    closing.batch_execute(&format!("begin; select pg_advisory_xact_lock(hashtextextended('round {CONTEST}', 0)); insert into blind.closing(contest, chair) select '{CONTEST}', id from account.account limit 1")).await.unwrap();
    let waiting = tokio::spawn(page.form("").fill("mark_noi-dung", "50").fill("mark_hinh-thuc", "30").fill("do", "submit").submit());
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    assert!(!waiting.is_finished(), "a sheet waits while the round is being closed");
    closing.batch_execute("commit").await.unwrap();
    waiting.await.unwrap().is(409).says("Vòng chấm đã chốt");
    assert_eq!((sheets(&app).await.len(), drafts(&app).await), (0, vec!["50|30||".to_owned()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_round_has_every_sheet_that_was_acknowledged() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 4).await;
    let mut pages = vec![];
    for code in &codes {
        pages.push(judge.get(&at(code)).await);
    }
    let send = |page: &Seen| page.form("").fill("mark_noi-dung", "50").fill("mark_hinh-thuc", "30").fill("do", "submit").submit();
    // four sheets and a close that takes the round's lock, all at once
    let close = format!(
        "begin; select pg_advisory_xact_lock(hashtextextended('round {CONTEST}', 0)); insert into blind.closing(contest, chair) select '{CONTEST}', id from account.account limit 1; commit"
    );
    let (answers, ()) = tokio::join!(futures_util::future::join_all(pages.iter().map(send)), app.execute(&close));
    let mut acknowledged: Vec<&String> = codes.iter().zip(&answers).filter(|(_, a)| a.status == 303).map(|(c, _)| c).collect();
    acknowledged.sort();
    assert!(answers.iter().all(|a| [303, 409].contains(&a.status.as_u16())));
    let counted = app.ask("select code as line from blind.paper where marks = '{8000}' order by code").await;
    assert_eq!(counted.iter().collect::<Vec<_>>(), acknowledged);
    assert_eq!(drafts(&app).await.len(), 4 - acknowledged.len(), "what was refused stays as a draft");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_under_way_freezes_the_declaration_that_waits_for_it() {
    let app = TestApp::spawn().await;
    let (codes, judge) = dealt(&app, 0).await;
    app.execute("delete from blind.declaration").await;
    let page = judge.get("/c/nho/marking/declaration").await;
    use diesel_async::SimpleAsyncConnection;
    let mut deal = app.admin().await;
    deal.batch_execute(&format!(
        "begin; select pg_advisory_xact_lock(hashtextextended('deal {CONTEST}', 0));
         insert into blind.assignment(judge, paper, contest) select id, '{}', '{CONTEST}' from account.account where email_key = 'gk1@example.org'",
        codes[0]
    ))
    .await
    .unwrap();
    let late = tokio::spawn(page.form("/c/nho/marking/declaration").without("none").fill("people", "Người quen").submit());
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    deal.batch_execute("commit").await.unwrap();
    late.await.unwrap().is(409).says("không sửa được nữa");
    assert_eq!(app.ask("select count(*)::text as line from blind.declaration").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_a_judge_has_a_queue() {
    let app = TestApp::spawn().await;
    dealt(&app, 1).await;
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    let stranger = app.person("Ai Đó", "aido@example.org").await;
    for browser in [&chair, &stranger] {
        browser.get("/c/nho/marking").await.is(404);
        browser.get("/c/nho/marking/declaration").await.is(404);
    }
    let nobody = app.browser().get("/c/nho/marking").await.is(303);
    assert!(nobody.location.starts_with("/sign-in"), "{}", nobody.location);
}
