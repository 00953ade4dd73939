//! A judge reports a paper: to the chair at once, to the desk as a kind and a paragraph, with the batch; and the answer back.
use super::{CONTEST, at, has_no_hour, mark, read_by_two};
use crate::hats::{ask, wear};
use crate::support::{Browser, Seen, TestApp};

async fn report(judge: &Browser, code: &str, kind: &str, paragraph: &str, note: &str) -> Seen {
    let fields = [("report".into(), kind.into()), ("paragraph".into(), paragraph.into()), ("report_note".into(), note.into())];
    judge.post(&format!("{}/report", at(code)), &fields).await
}
async fn decide(chair: &Browser, id: &str, act: &str, reason: &str) -> Seen {
    chair.post("/c/nho/chair/requests/reports", &[("id".into(), id.into()), ("do".into(), act.into()), ("reason".into(), reason.into())]).await
}
/// Ids of what waits for the chair, by code and kind.
async fn waiting(chair: &Browser) -> Vec<String> {
    chair.get("/c/nho/chair/requests").await.is(200).attrs("form[action$=reports] input[name=id]", "value")
}
async fn entry_of(app: &TestApp, code: &str) -> String {
    app.ask(&format!("select entry::text as line from slip.pair where paper = '{code}'")).await.concat()
}
async fn clerk(app: &TestApp) -> Browser {
    let clerk = app.browser();
    clerk.sign_in("thuky@example.org").await;
    clerk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_goes_to_the_chair_with_the_batch_to_the_desk_and_its_answer_back() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, _) = read_by_two(&app, 4, 2).await;
    let (code, entry) = (&codes[0], entry_of(&app, &codes[0]).await);
    let page = one.get(&at(code)).await.is(200);
    page.says("Báo vấn đề của bài").says("Đừng viết ai có thể là tác giả");
    let action = format!("{}/report", at(code));
    // what is wrong is said, and the sheet that was being filled in stays on the page
    let fields = page.form("").fill("mark_noi-dung", "48,5").fill("comment", "Đang viết dở").fill("report", "identity-seen").fill("paragraph", "7");
    let kept = one.post(&action, fields.fields()).await.is(422);
    let form = kept.says("các đoạn từ 1 đến 2").form(&at(code));
    assert_eq!(
        (form.value("mark_noi-dung"), form.value("comment"), form.value("report"), form.value("paragraph")),
        (Some("48,5"), Some("Đang viết dở"), Some("identity-seen"), Some("7"))
    );
    one.post(&action, fields.fill("paragraph", "2").fill("report_note", "Ký tên thật ở cuối.").fields()).await.is(303).follow().await.says("Đã báo Trưởng ban").says("đoạn 2");
    assert_eq!(app.ask("select concat_ws('|', marks->>'noi-dung', comment) as line from blind.draft").await, ["48,5|Đang viết dở"], "the sheet beside it is kept");
    report(&one, code, "identity-seen", "1", "").await.is(409).says("đã báo vấn đề này");
    for (kind, paragraph, note) in [("", "1", ""), ("author", "1", ""), ("unreadable", "", ""), ("unreadable", "", "vì"), ("unreadable", "0", "")] {
        report(&one, code, kind, paragraph, note).await.is(422);
    }
    // the chair reads it by its code, without an hour
    chair.get("/c/nho/chair").await.says("1 yêu cầu của giám khảo");
    let list = chair.get("/c/nho/chair/requests").await.is(200);
    list.says(code).says("Bài để lộ người viết").says("đoạn 2").says("Ký tên thật ở cuối.").says("Giám Khảo Một");
    has_no_hour(&list);
    let id = waiting(&chair).await.concat();
    let unsaid = decide(&chair, &id, "note", "vì").await.is(422);
    assert_eq!(unsaid.says("từ 5 đến 500").attrs("form[action$=reports] input[name=reason]", "value"), ["vì"]);
    decide(&chair, &id, "xoá", "").await.is(422);
    decide(&chair, &id, "desk", "").await.is(303).follow().await.says("đến Tổ Thư ký ở đợt chuyển tới").says("Đã chuyển Tổ Thư ký");
    decide(&chair, &id, "nothing", "").await.is(409).says("đã được quyết định");
    // before the batch the desk has nothing of it
    let desk = clerk(&app).await;
    let (own, text) = (format!("/c/nho/desk/{entry}"), format!("/c/nho/desk/{entry}/text"));
    desk.get(&own).await.is(200).hides("Xem và trả lời").hides("Ban giám khảo thấy một vấn đề");
    desk.get(&text).await.is(200).hides("Ban giám khảo báo");
    assert_eq!(app.ask("select count(*)::text as line from named.report").await, ["0"]);
    app.night().await;
    let flagged = desk.get(&own).await.is(200);
    flagged.says("Ban giám khảo thấy một vấn đề").says("Xem và trả lời");
    assert_eq!(desk.get("/c/nho/desk?state=all&flag=report-came").await.all(".queue tbody td:first-child a").len(), 1);
    desk.post(&format!("{own}/flags"), &[("kind".into(), "report-came".into()), ("note".into(), "Đã xem.".into())]).await.is(409);
    let came = desk.get(&text).await.is(200);
    came.says("Bài để lộ người viết").says("đoạn 2").says("Đoạn thứ hai.").hides(code).hides("Giám Khảo Một").hides("Ký tên thật ở cuối.");
    let came_id = came.attrs("input[name=report]", "value").concat();
    let answer = async |word: &str| desk.post(&format!("{own}/reports"), &[("report".into(), came_id.clone()), ("do".into(), word.into())]).await;
    answer("có lẽ").await.is(422).says("Chọn một câu trả lời");
    answer("mended").await.is(303).follow().await.says("Câu trả lời về Trưởng ban ở đợt chuyển tới").says("Đã sửa");
    answer("no-problem").await.is(409).says("đã được trả lời");
    desk.get(&own).await.hides("Xem và trả lời");
    chair.get("/c/nho/chair/requests").await.says("Đã chuyển Tổ Thư ký").hides("Đã sửa");
    app.night().await;
    chair.get("/c/nho/chair/requests").await.says(code).says("Đã sửa").hides("Đã chuyển Tổ Thư ký");
    // the judge learns that it was reported, and no more
    one.get(&at(code)).await.says("Bạn đã báo").hides("Đã sửa").hides("Tổ Thư ký");
    let told = app
        .ask(
            "select distinct verb || ' ' || (subject = contest::text) || ' ' || content::text as line from record.event where verb in ('report_paper', 'decide_report') order by 1",
        )
        .await;
    assert_eq!(told, ["decide_report true {}", "report_paper true {}"], "the record names no paper");
    let of_entry = app
        .ask(&format!("select verb as line from record.event where subject = '{entry}' and verb like '%flag%' or verb like '%report%' and subject = '{entry}' order by id"))
        .await;
    assert_eq!(of_entry, ["lower_flag", "answer_report"], "what came with the batch has no event of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_judges_reports_are_one_at_the_desk_and_each_gets_the_answer_to_its_own() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, two) = read_by_two(&app, 2, 2).await;
    let (code, entry) = (&codes[0], entry_of(&app, &codes[0]).await);
    report(&one, code, "unreadable", "1", "").await.is(303);
    report(&one, code, "suspected-copy", "", "Cả phần giữa.").await.is(303);
    mark(&two, code, "48", "30").await;
    report(&two, code, "unreadable", "1", "Toàn dấu hỏi.").await.is(303);
    let send_all = async || {
        for id in waiting(&chair).await {
            decide(&chair, &id, "desk", "").await.is(303);
        }
    };
    send_all().await;
    app.night().await;
    let came = || async { app.ask(&format!("select concat_ws(' ', kind, paragraph, answer) as line from named.report where entry = '{entry}' order by 1")).await };
    assert_eq!(came().await, ["suspected-copy", "unreadable 1"]);
    let desk = clerk(&app).await;
    let unreadable = app.ask("select id::text as line from named.report where kind = 'unreadable'").await.concat();
    desk.post(&format!("/c/nho/desk/{entry}/reports"), &[("report".into(), unreadable), ("do".into(), "cannot-be-mended".into())]).await.is(303);
    // a new one on the same paragraph goes with the batch that brings the answer to the old ones
    report(&one, code, "unreadable", "1", "").await.is(303);
    send_all().await;
    app.night().await;
    let past = chair.get("/c/nho/chair/requests").await.all("tbody tr");
    let with = |word: &str| past.iter().filter(|row| row.contains(word)).count();
    assert_eq!((with("Không sửa được"), with("chờ trả lời")), (2, 2), "{past:?}");
    assert_eq!(came().await, ["suspected-copy", "unreadable 1", "unreadable 1 cannot-be-mended"]);
    desk.get(&format!("/c/nho/desk/{entry}")).await.says("Xem và trả lời");
    // what is struck out is answered by nobody, and its flag is gone
    app.execute(&format!("update named.entry set state = 'struck_out' where id = '{entry}'")).await;
    assert_eq!(app.ask("select count(*)::text as line from named.report where answer is null").await, ["0"]);
    assert_eq!(app.ask(&format!("select (flags & named.flag_bit('report-came'))::text as line from named.entry where id = '{entry}'")).await, ["0"]);
}

/// Nothing to do, or a note: nothing leaves the chair's table. And once a paper has left, or the round is over, nothing is reported or sent.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_chair_keeps_never_leaves_and_what_has_ended_takes_no_report() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, two) = read_by_two(&app, 3, 3).await;
    report(&one, &codes[0], "unreadable", "1", "").await.is(303);
    report(&one, &codes[1], "suspected-copy", "1", "").await.is(303);
    let ids = waiting(&chair).await;
    decide(&chair, &ids[0], "nothing", "").await.is(303);
    decide(&chair, &ids[1], "note", "Chỉ là trích dẫn.").await.is(303).follow().await.says("Chỉ là trích dẫn.").says("Đã giữ ghi chú").says("Không cần làm gì");
    assert_eq!(app.ask("select count(*)::text as line from slip.move").await, ["0"]);
    app.night().await;
    assert_eq!(app.ask("select count(*)::text as line from named.report").await, ["0"]);
    // a paper that has left: its judge is not told by the answer
    report(&one, &codes[2], "unreadable", "1", "").await.is(303);
    let id = waiting(&chair).await.concat();
    app.execute(&format!("update blind.paper set retired = true where code = '{}'", codes[2])).await;
    assert_eq!(waiting(&chair).await, Vec::<String>::new());
    decide(&chair, &id, "desk", "").await.is(404);
    two.post(&format!("{}/report", at("ABCDEFGHJK")), &[]).await.is(404);
    app.execute(&format!("insert into blind.closing(contest, chair) select '{CONTEST}', id from account.account limit 1")).await;
    report(&two, &codes[0], "unreadable", "1", "").await.is(409).says("không báo được nữa");
    app.execute(&format!("update blind.paper set retired = false where code = '{}'", codes[2])).await;
    app.execute(&format!("insert into blind.seal(contest, content, sha256, organizer) select '{CONTEST}', 'x', sha256('x'), id from account.account limit 1")).await;
    chair.get("/c/nho/chair").await.hides("yêu cầu của giám khảo đang chờ");
    let mut hat = wear(&app, "chair", "truong@example.org").await;
    let late = ask(&mut hat, &format!("select blind.decide_report('{id}', 'desk', '')::text as line")).await.unwrap_err();
    assert!(late.contains("sealed"), "{late}");
}

/// Where rows lie, no order pairs them: on each side they are written in that side's own order.
#[tokio::test(flavor = "multi_thread")]
async fn many_reports_and_answers_in_one_batch_lie_on_each_side_in_its_own_order() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, _) = read_by_two(&app, 12, 12).await;
    // reported in an order that is neither
    let mut shuffled = codes.clone();
    shuffled.sort_by_key(|c| c.chars().rev().collect::<String>());
    for code in &shuffled {
        report(&one, code, "unreadable", "1", "").await.is(303);
    }
    for id in waiting(&chair).await {
        decide(&chair, &id, "desk", "").await.is(303);
    }
    app.night().await;
    let sorted = |mut v: Vec<String>| {
        v.sort();
        v
    };
    let desk = app.ask("select entry::text as line from named.report order by ctid").await;
    assert_eq!(desk, sorted(desk.clone()), "the desk's rows lie in the order of entries");
    assert_eq!(app.ask("select count(distinct raised_at) || ' ' || count(*) as line from named.flag where kind = 'report-came'").await, ["1 12"], "one moment for all");
    let mut by_desk = desk.clone();
    by_desk.sort_by_key(|e| e.chars().rev().collect::<String>());
    let mut hat = wear(&app, "clerk", "thuky@example.org").await;
    for entry in &by_desk {
        ask(&mut hat, &format!("select named.answer_report('{entry}', (select id from named.report where entry = '{entry}'), 'no-problem')::text as line")).await.unwrap();
    }
    diesel_async::SimpleAsyncConnection::batch_execute(&mut hat, "commit").await.unwrap();
    app.night().await;
    let (entries, papers) = (
        app.ask("select entry::text as line from named.report order by ctid").await,
        app.ask("select r.paper as line from blind.report_answer a join blind.report r on r.id = a.report order by a.ctid").await,
    );
    assert_eq!((entries.clone(), papers.clone()), (sorted(entries), sorted(papers)), "and so do the answers");
    let day = app.ask("select content::text as line from record.event where verb = 'pass_moves' order by id desc limit 1").await.concat();
    assert!(day.contains("\"moves\": 12") && !day.contains("report"), "{day}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_judge_reports_only_the_chair_decides_and_only_the_desk_answers() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, two) = read_by_two(&app, 6, 1).await;
    let entry = entry_of(&app, &codes[0]).await;
    for (hat, email) in [("organizer", "toc@example.org"), ("auditor", "thanhtra@example.org")] {
        app.official("nho", hat, "Người Này", email).await;
    }
    report(&one, &codes[1], "unreadable", "1", "").await.is(404);
    report(&one, &codes[0], "unreadable", "1", "").await.is(303);
    let id = waiting(&chair).await.concat();
    decide(&two, &id, "desk", "").await.is(404);
    decide(&chair, &id, "desk", "").await.is(303);
    let people = [
        ("judge", "gk2@example.org"),
        ("chair", "truong@example.org"),
        ("organizer", "toc@example.org"),
        ("auditor", "thanhtra@example.org"),
        ("clerk", "thuky@example.org"),
        ("contestant", "tacgia1@example.org"),
        ("public", "tacgia1@example.org"),
    ];
    let tries = [
        (format!("blind.report_paper('{}', 'unreadable', 1, '')", codes[0]), "judge"),
        ("blind.reports()".to_owned(), "chair"),
        (format!("blind.decide_report('{id}', 'nothing', '')"), "chair"),
        (format!("named.answer_report('{entry}', '{id}', 'mended')"), "clerk"),
        (format!("named.take_reports('{entry}', '[]')"), "nobody"),
        (format!("named.pass_answers('{entry}')"), "nobody"),
        (format!("blind.pass_reports('{}')", codes[0]), "nobody"),
        (format!("blind.take_answers('{}', '[]')", codes[0]), "nobody"),
        (format!("slip.report('{}')", codes[0]), "nobody"),
        (format!("slip.answer('{entry}')"), "nobody"),
        ("slip.carry('{}')".to_owned(), "nobody"),
    ];
    for (hat, email) in people {
        let mut conn = wear(&app, hat, email).await;
        for (call, by) in &tries {
            let refused = ask(&mut conn, &format!("select x::text as line from {call} x")).await.err().unwrap_or_default();
            assert_eq!(refused.contains("permission denied"), hat != *by, "{hat}: {call}: {refused}");
        }
        for table in ["blind.report", "blind.report_decision", "blind.report_answer", "slip.move"] {
            assert!(ask(&mut conn, &format!("select count(*)::text as line from {table}")).await.is_err(), "{hat}: {table}");
        }
        let desk = ask(&mut conn, "select entry::text as line from named.report").await;
        assert_eq!(desk.ok(), (hat == "clerk").then(Vec::new), "{hat}");
    }
    // before the seal the auditor reads that something was reported, and nothing of what
    let mut auditor = wear(&app, "auditor", "thanhtra@example.org").await;
    let read = ask(&mut auditor, "select content::text || subject as line from record.event where verb like '%report%'").await.unwrap().concat();
    assert!(!codes.iter().any(|c| read.contains(c.as_str())) && !read.contains(&entry), "{read}");
    app.night().await;
    let seen = ask(&mut wear(&app, "clerk", "thuky@example.org").await, "select entry::text as line from named.report").await;
    assert_eq!(seen, Ok(vec![entry]));
}
