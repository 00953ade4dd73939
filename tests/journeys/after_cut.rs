//! After the cut: struck out, withdrawn, amended; crossings *retire* and *amend* under attack, and what they leave behind.
use diesel_async::SimpleAsyncConnection;

use crate::hats::{ask, wear};
use crate::support::{Browser, TestApp};

async fn cut(n: u32) -> (TestApp, Browser, Vec<String>) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(n).await;
    let clerk = app.browser();
    clerk.sign_in("thuky@example.org").await;
    (app, clerk, codes)
}

async fn id_of(app: &TestApp, number: u32) -> String {
    app.ask(&format!("select id::text as line from named.entry where number = {number}")).await.concat()
}
async fn code_of(app: &TestApp, number: u32) -> String {
    app.ask(&format!("select p.paper as line from slip.pair p join named.entry e on e.id = p.entry where e.number = {number}")).await.concat()
}
async fn state(app: &TestApp, number: u32) -> String {
    app.ask(&format!("select state as line from named.entry where number = {number}")).await.concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_struck_out_with_a_reason_its_author_reads_and_its_paper_goes_with_the_batch() {
    let (app, clerk, codes) = cut(6).await;
    let (id, code) = (id_of(&app, 2).await, code_of(&app, 2).await);
    let path = format!("/c/nho/desk/{id}/after-cut");
    clerk.get(&format!("/c/nho/desk/{id}")).await.is(200).says("Loại bài");
    let action = format!("{path}/striking-out");
    let page = clerk.get(&path).await.is(200);
    page.form(&action).fill("sure", "yes").submit().await.is(422).says("lý do");
    let kept = page.form(&action).fill("reason", "Chép nguyên một bài báo năm 2019.").submit().await.is(422);
    assert_eq!(kept.says("Đánh dấu ô xác nhận").form(&action).value("reason"), Some("Chép nguyên một bài báo năm 2019."));
    assert_eq!(state(&app, 2).await, "valid");
    let done = page.form(&action).fill("reason", "Chép nguyên một bài báo năm 2019.").fill("sure", "yes").submit().await.is(303).follow().await.is(200);
    done.says("Đã loại bài").says("Đã loại").says("Bài đã bị loại").says("Chép nguyên một bài báo năm 2019.").hides(&code);
    page.form(&action).fill("reason", "Chép nguyên một bài báo năm 2019.").fill("sure", "yes").submit().await.is(409);
    // it adds up, it is found, it is taken away in lists
    clerk.get("/c/nho/desk").await.says("Đã nhận 6 = hợp lệ 5").says("đã loại 1");
    assert_eq!(clerk.get("/c/nho/desk?state=struck_out").await.is(200).all(".queue tbody td:first-child a"), ["2"]);
    clerk.get("/c/nho/desk/cut").await.is(200).says("Đã loại");
    let list = clerk.post("/c/nho/desk/export?state=struck_out", &[("form".into(), "csv".into())]).await.is(200);
    assert!(list.body.contains("Tên bài 2") && list.body.contains("Đã loại"));
    // its author has a letter and the reason
    app.letter("tacgia2@example.org", "entry-struck-out").await;
    let events = app.ask(&format!("select content::text as line from record.event where verb = 'strike_out' and subject = '{id}'")).await;
    assert!(events.len() == 1 && !events[0].contains("báo"), "{events:?}");
    // nothing has moved yet; by night it has
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    chair.get(&format!("/c/nho/chair/papers/{code}")).await.is(200);
    assert_eq!(app.ask("select count(*)::text as line from blind.paper where retired").await, ["0"]);
    app.night().await;
    chair.get(&format!("/c/nho/chair/papers/{code}")).await.is(404);
    chair.get("/c/nho/chair").await.says("10 lượt chấm chưa giao");
    assert_eq!(app.ask("select code as line from blind.paper where retired").await, [code]);
    assert_eq!(codes.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contestant_asks_to_withdraw_after_the_cut_and_the_desk_grants_it_or_notes_why_not() {
    let (app, clerk, _) = cut(5).await;
    let own = async |n: u32| {
        let id = id_of(&app, n).await;
        app.execute(&format!("{} select named.ask_withdrawal('{id}')", as_person(&format!("tacgia{n}@example.org")))).await;
        id
    };
    let (one, two) = (own(1).await, own(2).await);
    own(2).await; // a second press is the same request
    assert_eq!(clerk.get("/c/nho/desk?state=all&flag=withdrawal-asked").await.is(200).all(".queue tbody td:first-child a"), ["1", "2"]);
    let page = clerk.get(&format!("/c/nho/desk/{one}")).await.is(200);
    page.says("Xin rút bài").says("Xem và cho rút");
    let path = format!("/c/nho/desk/{one}/after-cut");
    clerk.get(&path).await.is(200).form(&format!("{path}/withdrawal")).submit().await.is(303).follow().await.says("Đã cho rút bài");
    assert_eq!(state(&app, 1).await, "withdrawn");
    app.letter("tacgia1@example.org", "entry-withdrawn").await;
    // declined with a note
    clerk.post(&format!("/c/nho/desk/{two}/flags"), &[("kind".into(), "withdrawal-asked".into()), ("note".into(), "Đồng tác giả không đồng ý.".into())]).await.is(303);
    let path = format!("/c/nho/desk/{two}/after-cut");
    assert!(clerk.get(&path).await.attrs("form", "action").iter().all(|a| !a.ends_with("/withdrawal")));
    clerk.post(&format!("{path}/withdrawal"), &[]).await.is(409).says("không xin rút bài này");
    assert_eq!(state(&app, 2).await, "valid");
    app.night().await;
    assert_eq!(app.ask("select count(*)::text as line from blind.paper where retired").await, ["1"]);
}

fn as_person(email: &str) -> String {
    format!(
        "select set_config('phach.contest', '01900000-0000-7000-8000-000000000001', true), set_config('phach.account', (select id::text from account.account where email_key = '{email}'), true); "
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn retire_and_amend_pass_for_the_desk_alone_in_its_contest_once_after_the_cut_and_before_the_seal() {
    let (app, _, codes) = cut(6).await;
    app.another_contest().await;
    app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    let id = id_of(&app, 3).await;
    let calls = [
        format!("select named.strike_out('{id}', 'Chép bài của người khác')::text as line"),
        format!("select named.grant_withdrawal('{id}')::text as line"),
        format!("select named.amend('{id}', 0, 'masked', 'Tên mới', 'Thân mới', 'Che tên trường')::text as line"),
    ];
    for hat in ["public", "contestant", "worker", "reader", "judge", "chair", "dealer", "organizer", "auditor"] {
        let mut conn = wear(&app, hat, "truong@example.org").await;
        for call in &calls {
            assert!(ask(&mut conn, call).await.unwrap_err().contains("permission denied"), "{hat} {call}");
        }
        for call in ["slip.retire", "slip.amend", "slip.recheck"] {
            assert!(ask(&mut conn, &format!("select {call}('{id}')::text as line")).await.unwrap_err().contains("permission denied"), "{hat} {call}");
        }
        assert!(ask(&mut conn, "select entry::text as line from slip.move").await.unwrap_err().contains("permission denied"), "{hat}");
    }
    // the desk itself reaches the slip only through its own acts
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    assert!(ask(&mut clerk, &format!("select slip.retire('{id}')::text as line")).await.unwrap_err().contains("permission denied"));
    assert!(ask(&mut clerk, "select entry::text as line from slip.move").await.unwrap_err().contains("permission denied"));
    assert!(ask(&mut clerk, &calls[1]).await.unwrap_err().contains("withdrawal_not_asked"));
    for (hostile, word) in [
        ("select named.strike_out('01900000-0000-7000-8000-00000000dead', 'Chép bài')::text as line".to_owned(), "enter_not_found"),
        ("select named.strike_out(null, 'Chép bài')::text as line".into(), "enter_not_found"),
        (format!("select named.strike_out('{id}', '  vì ')::text as line"), "reason_needed"),
        (format!("select named.strike_out('{id}', null)::text as line"), "reason_needed"),
        (format!("select named.strike_out('{id}', repeat('x', 2001))::text as line"), "reason_needed"),
        (format!("select named.amend('{id}', 1, 'masked', 'Tên', 'Thân', 'Che tên')::text as line"), "amended_meanwhile"),
        (format!("select named.amend('{id}', 0, 'masked', 'Tên', 'Thân', 'vì')::text as line"), "reason_needed"),
        (format!("select named.amend('{id}', 0, 'masked', 'Tên bài 3', E'Thân bài số 3.\\n\\nĐoạn thứ hai.', 'Che tên trường')::text as line"), "text_same"),
        (format!("select named.amend('{id}', 0, 'other', 'Tên', 'Thân', 'Che tên trường')::text as line"), "amendment_how_check"),
        (format!("select named.amend('{id}', 0, 'masked', ' ', 'Thân', 'Che tên trường')::text as line"), "amendment_title_check"),
        (format!("select named.amend('{id}', 0, 'masked', 'Tên', '', 'Che tên trường')::text as line"), "amendment_body_check"),
    ] {
        let refused = ask(&mut clerk, &hostile).await.unwrap_err();
        assert!(refused.contains(word), "{hostile}: {refused}");
    }
    // another contest's clerk, and a contestant's hands on somebody else's entry
    clerk.batch_execute("savepoint there; select set_config('phach.contest', '01900000-0000-7000-8000-0000000000ff', true)").await.unwrap();
    for call in &calls {
        assert!(ask(&mut clerk, call).await.unwrap_err().contains("enter_not_found"), "{call}");
    }
    clerk.batch_execute("rollback to there").await.unwrap();
    // nothing comes back but nothing, and the second time it has ended
    assert_eq!(ask(&mut clerk, &calls[0]).await.unwrap(), [""]);
    for call in &calls {
        assert!(ask(&mut clerk, call).await.unwrap_err().contains("entry_ended"), "{call}");
    }
    clerk.batch_execute("commit").await.unwrap();
    let mut stranger = wear(&app, "contestant", "tacgia1@example.org").await;
    let four = id_of(&app, 4).await;
    assert!(ask(&mut stranger, &format!("select named.ask_withdrawal('{four}')::text as line")).await.unwrap_err().contains("enter_not_found"));
    assert_eq!(ask(&mut stranger, &format!("select named.withdrawal_asked('{four}')::text as line")).await.unwrap(), ["false"]);
    drop(stranger);
    // before the cut there is no paper to take out
    app.execute(&format!("update named.entry set cut = false where id = '{four}'")).await;
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    assert!(ask(&mut clerk, &calls[0].replace(&id, &four)).await.unwrap_err().contains("entry_not_cut"));
    drop(clerk);
    app.execute(&format!("update named.entry set cut = true where id = '{four}'")).await;
    assert_eq!(app.ask("select kind as line from slip.move").await, ["retire"]);
    // after the seal only an amendment of the sealed list
    app.night().await;
    let path = format!("/c/nho/desk/{four}/after-cut");
    let browser = app.browser();
    browser.sign_in("thuky@example.org").await;
    let before = browser.get(&path).await.is(200);
    app.execute("insert into blind.seal(contest, content, sha256, organizer) select id, 'x', sha256('x'), gen_random_uuid() from contest.contest where slug = 'nho'").await;
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    for call in [&calls[0], &calls[2]] {
        assert!(ask(&mut clerk, &call.replace(&id, &four)).await.unwrap_err().contains("sealed_amendment"), "{call}");
    }
    drop(clerk);
    assert_eq!(state(&app, 4).await, "valid");
    let kept = before.form(&format!("{path}/striking-out")).fill("reason", "Chép bài").fill("sure", "yes").submit().await.is(409);
    assert_eq!(kept.says("hai người giữ khóa cùng quyết định loại").all(".quoted"), ["Chép bài"], "what was typed stays in sight");
    assert_eq!(kept.attrs("main form", "action"), Vec::<String>::new());
    assert_eq!(codes.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_before_the_cut_nor_of_another_contest() {
    let (app, clerk, _) = cut(5).await;
    let stranger = app.another_contest().await;
    let id = id_of(&app, 1).await;
    app.execute("update named.entry set cut = false where number = 2").await;
    clerk.get(&format!("/c/nho/desk/{}/after-cut", id_of(&app, 2).await)).await.is(404);
    for path in [format!("/c/nho/desk/{id}/after-cut"), format!("/c/khac/desk/{id}/after-cut")] {
        stranger.get(&path).await.is(404);
        for rest in ["striking-out", "withdrawal"] {
            stranger.post(&format!("{path}/{rest}"), &[("reason".into(), "Chép bài".into()), ("sure".into(), "yes".into())]).await.is(404);
        }
    }
    assert_eq!(state(&app, 1).await, "valid");
}

/// Two papers amended, one retired, none of fourteen can be told by where its row lies, when it was written, or what is recorded.
#[tokio::test(flavor = "multi_thread")]
async fn what_retire_and_amend_leave_tells_no_paper_by_place_time_or_record() {
    let (app, _, codes) = cut(14).await;
    app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    for n in [3, 8] {
        let id = id_of(&app, n).await;
        ask(&mut clerk, &format!("select named.amend('{id}', 0, 'masked', 'Tên bài {n}', 'Thân bài đã che {n}', 'Che tên trường')::text as line")).await.unwrap();
    }
    let id = id_of(&app, 5).await;
    ask(&mut clerk, &format!("select named.strike_out('{id}', 'Chép bài của người khác')::text as line")).await.unwrap();
    clerk.batch_execute("commit").await.unwrap();
    let events = app.ask("select max(id)::text as line from record.event").await.concat();
    app.night().await;
    assert_eq!(app.ask("select count(*)::text as line from blind.paper where body like 'Thân bài đã che%'").await, ["2"]);
    // rows as they lie: in the order of codes, all written by the same transaction
    let placed = async || {
        let mut chair = wear(&app, "chair", "truong@example.org").await;
        chair.batch_execute("set local enable_indexscan = off; set local enable_bitmapscan = off; set local enable_indexonlyscan = off").await.unwrap();
        ask(&mut chair, "select code as line from blind.paper").await.unwrap()
    };
    let retired = code_of(&app, 5).await;
    let expected: Vec<String> = codes.iter().filter(|c| **c != retired).cloned().collect();
    assert_eq!(placed().await, expected);
    assert_eq!(app.ask("select count(distinct xmin::text)::text as line from blind.paper").await, ["1"]);
    // this test can see: a row written alone lies last
    app.execute(&format!("update blind.paper set title = title where code = '{}'", expected[0])).await;
    assert_ne!(placed().await, expected);
    // the record of the batch: a day, no count below five, no id of an entry or a code
    let after = app.ask(&format!("select verb || ' ' || subject || ' ' || content::text as line from record.event where id > {events} order by id")).await;
    assert_eq!(after.iter().map(|e| e.split(' ').next().unwrap()).collect::<Vec<_>>(), ["pass_moves", "batch"]);
    let ids = app.ask("select id::text as line from named.entry").await;
    assert!(after.iter().all(|e| !e.contains("moves\"") && codes.iter().chain(&ids).all(|x| !e.contains(x.as_str()))), "{after:?}");
    // no table of the slip or the blind side keeps the hour of a single move
    let times = app.ask("select c.relname || '.' || a.attname as line from pg_class c join pg_attribute a on a.attrelid = c.oid where c.oid in ('slip.move'::regclass, 'blind.paper'::regclass, 'blind.assignment'::regclass) and a.attnum > 0 and a.atttypid in ('timestamptz'::regtype, 'date'::regtype)").await;
    assert_eq!(times, Vec::<String>::new());
    assert_eq!(app.ask("select count(*)::text as line from slip.move").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn until_the_seal_the_auditor_sees_no_single_paper_and_then_all() {
    let (app, _, codes) = cut(5).await;
    app.judge("Một", "gk1@example.org").await;
    app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    app.assign("gk1@example.org", &codes[0]).await;
    let marks = r#"{"noi-dung": 5000, "hinh-thuc": 3000}"#;
    app.execute(&format!(
        "{} insert into blind.sheet(judge, paper, contest, marks) values (phach.account(), '{}', phach.contest(), '{marks}')",
        as_person("gk1@example.org"),
        codes[0]
    ))
    .await;
    let seen = async || {
        let mut auditor = wear(&app, "auditor", "giamsat@example.org").await;
        let mut all = vec![];
        for sql in
            ["select code as line from blind.paper", "select paper as line from blind.sheet", "select subject as line from record.event", "select code as line from blind.standing"]
        {
            all.extend(ask(&mut auditor, sql).await.unwrap());
        }
        all
    };
    assert!(seen().await.iter().all(|s| !codes.contains(s)));
    app.execute("insert into blind.seal(contest, content, sha256, organizer) select id, 'x', sha256('x'), gen_random_uuid() from contest.contest where slug = 'nho'").await;
    let after = seen().await;
    assert_eq!(after.iter().filter(|s| **s == codes[0]).count(), 3, "its row, its sheet, its event");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passage_is_masked_after_its_change_was_seen_and_the_paper_has_the_new_text_by_night() {
    let (app, clerk, _) = cut(5).await;
    let (id, code) = (id_of(&app, 2).await, code_of(&app, 2).await);
    let path = format!("/c/nho/desk/{id}/text");
    clerk.get(&format!("/c/nho/desk/{id}")).await.is(200).says("Thay văn bản");
    let page = clerk.get(&path).await.is(200);
    assert_eq!(page.form(&path).value("body"), Some("Thân bài số 2.\n\nĐoạn thứ hai."));
    // nothing is kept that was not looked at
    let seen = page.form(&path).fill("body", "Thân bài số 2.\n\nĐoạn […].").fill("do", "see").submit().await.is(200);
    seen.says("thứ hai.").says("Chỗ khác nhau").hides(&code);
    assert_eq!(app.ask("select count(*)::text as line from named.amendment").await, ["0"]);
    let keep = |reason: &str| seen.form(&path).fill("reason", reason).fill("do", "keep");
    let kept = keep("vì").submit().await.is(422);
    assert_eq!(kept.says("Ghi lý do từ 5 đến 500").form(&path).value("body"), Some("Thân bài số 2.\n\nĐoạn […]."));
    keep("Che tên trường").fill("body", "  ").submit().await.is(422).says("không được để trống");
    keep("Che tên trường").fill("title", "").submit().await.is(422).says("Tên bài từ 1 đến 300");
    keep("Che tên trường").fill("how", "other").submit().await.is(422);
    keep("Che tên trường").submit().await.is(303).follow().await.says("Đã ghi văn bản mới");
    // the same page once more, and a second clerk's: the first stands
    keep("Che tên trường").submit().await.is(409).says("Một người khác vừa thay văn bản");
    let again = clerk.get(&path).await.is(200);
    again.says("Che một đoạn").says("Che tên trường");
    again.form(&path).fill("reason", "Che tên trường").fill("do", "keep").submit().await.is(422).says("giống hệt");
    let text = async || app.ask(&format!("select body as line from blind.paper where code = '{code}'")).await;
    assert_eq!(text().await, ["Thân bài số 2.\n\nĐoạn thứ hai."]);
    app.night().await;
    assert_eq!(text().await, ["Thân bài số 2.\n\nĐoạn […]."]);
    // nobody had read it: nothing to decide
    assert_eq!(app.ask("select count(*)::text as line from blind.paper where new_text").await, ["0"]);
    // struck out, its text is nobody's to change
    app.execute(&format!("update named.entry set state = 'struck_out' where id = '{id}'")).await;
    clerk.get(&path).await.is(404);
    clerk.post(&path, &[("how".into(), "masked".into()), ("do".into(), "keep".into())]).await.is(404);
    clerk.get(&path.replace(&id, &id_of(&app, 3).await)).await.is(200).hides("Đọc lại bản gốc");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_original_is_read_again_by_the_program_and_never_taken_from_the_page() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let sent = crate::support::Sent { body: "Đoạn đọc hỏng.", ..Default::default() };
    let id = app.received_file(sent, "read").await;
    app.execute("update named.entry set state = 'valid'; update phach.test_clock set shift = shift + interval '4 days'").await;
    app.stay_signed_in().await;
    app.execute("set local phach.account = ''; set local phach.contest = '01900000-0000-7000-8000-000000000001'; select slip.cut('01900000-0000-7000-8000-000000000006')").await;
    let path = format!("/c/nho/desk/{id}/text");
    // what the store holds is a line of text with the file's name
    let stored = "Hoàng Bảo Ngân gửi.docx";
    let page = clerk.get(&path).await.is(200);
    page.says("Đọc lại bản gốc");
    let read = clerk.post(&path, &[("do".into(), "read".into())]).await;
    read.is(200).says(stored);
    let forged = [("do", "keep"), ("how", "reread"), ("seen", "0"), ("title", "Tên khác"), ("body", "Văn bản bịa"), ("reason", "Đọc lại bản gốc")];
    clerk.post(&path, &forged.map(|(k, v)| (k.to_owned(), v.to_owned()))).await.is(303);
    assert_eq!(app.ask("select how || ' ' || body as line from named.amendment").await, [format!("reread {stored}")]);
}

/// Read by two, then amended: the chair lets the same two read again, and their old sheets stand apart.
#[tokio::test(flavor = "multi_thread")]
async fn the_chair_decides_whether_a_paper_with_a_new_text_is_read_again() {
    let (app, _, codes) = cut(5).await;
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    let marks = r#"{"noi-dung": 5050, "hinh-thuc": 3000}"#;
    let judge = app.judge("Giám Khảo Một", "gk1@example.org").await;
    app.judge("Giám Khảo Hai", "gk2@example.org").await;
    for code in &codes {
        for n in 1..=2 {
            app.assign(&format!("gk{n}@example.org"), code).await;
            app.execute(&format!(
                "{} insert into blind.sheet(judge, paper, contest, marks, comment) values (phach.account(), '{code}', phach.contest(), '{marks}', 'Nhận xét {n}')",
                as_person(&format!("gk{n}@example.org"))
            ))
            .await;
        }
    }
    for n in [1, 2] {
        let id = id_of(&app, n).await;
        app.execute(&format!("{} select named.amend('{id}', 0, 'masked', 'Tên bài {n}', 'Đã che {n}.', 'Che tên trường')", as_person("thuky@example.org"))).await;
    }
    chair.get("/c/nho/chair").await.hides("có văn bản mới");
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(409).says("Còn việc chờ chuyển");
    phach::judging::batch::pass_due(&app.site).await.unwrap(); // every first marking is in
    let page = chair.get("/c/nho/chair").await.is(200);
    page.says("2 bài đã chấm có văn bản mới").says("Chưa chốt được").says("2 bài có văn bản mới chờ bạn quyết định");
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(409).says("quyết định chấm lại hay giữ điểm");
    let (one, two) = (code_of(&app, 1).await, code_of(&app, 2).await);
    let decide = async |code: &str, act: &str, reason: &str| {
        chair.post("/c/nho/chair/readings", &[("code".into(), code.into()), ("do".into(), act.into()), ("reason".into(), reason.into())]).await
    };
    let kept = decide(&one, "again", "vì").await.is(422);
    assert!(kept.says("từ 5 đến 500").attrs("input[name=reason]", "value").contains(&"vì".to_owned()));
    decide(&one, "again", "Đoạn che đổi nghĩa").await.is(303).follow().await.says("1 bài đã chấm có văn bản mới");
    decide(&two, "stands", "Chỉ che một tên").await.is(303);
    for code in [&one, &two, &"KHONGCOMAA".to_owned()] {
        decide(code, "again", "Thêm một lần nữa").await.is(409).says("không còn chờ quyết định");
    }
    let of = async |code: &str| app.ask(&format!("select marks::text || ' ' || coalesce(agreed::text, '-') as line from blind.paper where code = '{code}'")).await;
    assert_eq!((of(&one).await, of(&two).await), (vec!["{} -".to_owned()], vec!["{8050,8050} 8050".to_owned()]));
    app.queues_agree().await;
    judge.get("/c/nho/marking").await.is(200).says("80,50");
    app.execute(&format!("update blind.paper set title = 'Tên đã che' where code = '{one}'")).await;
    app.queues_agree().await;
    judge.get("/c/nho/marking").await.is(200).says("Tên đã che");
    assert_eq!(app.ask("select comment as line from blind.aside order by 1").await, ["Nhận xét 1", "Nhận xét 2"]);
    // the judge has the own sheet open again, filled in, with the new text
    let paper = judge.get(&format!("/c/nho/marking/{one}")).await.is(200);
    paper.says("Đã che 1.").says("Nhận xét 1");
    assert_eq!(paper.attrs("input[name=mark_noi-dung]", "value"), ["50,50"]);
    for n in 1..=2 {
        app.execute(&format!(
            "{} insert into blind.sheet(judge, paper, contest, marks) values (phach.account(), '{one}', phach.contest(), '{{\"noi-dung\": 4000, \"hinh-thuc\": 3000}}')",
            as_person(&format!("gk{n}@example.org"))
        ))
        .await;
    }
    assert_eq!(of(&one).await, ["{7000,7000} 7000"]);
    app.queues_agree().await;
    chair.get(&format!("/c/nho/chair/papers/{one}")).await.is(200).says("Phiếu cũ của Giám Khảo Một: 80,50").says("Đoạn che đổi nghĩa");
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(303);
}

/// After the close and before the seal a paper can still be retired: the standings follow, and what was decided on them is decided again.
#[tokio::test(flavor = "multi_thread")]
async fn a_paper_retired_after_the_close_leaves_the_standings_before_they_are_sealed() {
    let (app, clerk, codes) = cut(5).await;
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    for n in 1..=2 {
        app.judge("Giám Khảo", &format!("gk{n}@example.org")).await;
        for (k, code) in codes.iter().enumerate() {
            app.assign(&format!("gk{n}@example.org"), code).await;
            app.execute(&format!(
                "{} insert into blind.sheet(judge, paper, contest, marks) values (phach.account(), '{code}', phach.contest(), '{{\"noi-dung\": {}, \"hinh-thuc\": 3000}}')",
                as_person(&format!("gk{n}@example.org")),
                5000 - 100 * k
            ))
            .await;
        }
    }
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(303);
    organizer.post("/c/nho/prizes", &[("reserves".into(), "1".into())]).await.is(303);
    let first = app.ask(&format!("select entry::text as line from slip.pair where paper = '{}'", codes[0])).await.concat();
    let path = format!("/c/nho/desk/{first}/after-cut/striking-out");
    clerk.post(&path, &[("reason".into(), "Chép bài của người khác".into()), ("sure".into(), "yes".into())]).await.is(303);
    organizer.post("/c/nho/prizes/seal", &[("sure".into(), "yes".into())]).await.is(409).says("Còn việc chờ chuyển");
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    assert_eq!(app.ask("select code || ' ' || rank as line from blind.standing order by place").await, (1..5).map(|k| format!("{} {k}", codes[k])).collect::<Vec<_>>());
    organizer.post("/c/nho/prizes/seal", &[("sure".into(), "yes".into())]).await.is(409);
    organizer.post("/c/nho/prizes", &[("reserves".into(), "1".into())]).await.is(303);
    organizer.post("/c/nho/prizes/seal", &[("sure".into(), "yes".into())]).await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from blind.proposal").await, ["4"]);
    assert!(!app.ask("select content as line from blind.seal").await.concat().contains(&codes[0]));
}
