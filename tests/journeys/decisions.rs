//! What two people decide after the opening: collectives by the conditions of the rules, taken back again, and the letters of a name; before
//! the publication and after it, when each is a dated amendment.
use diesel_async::SimpleAsyncConnection;

use crate::hats::{ask, wear};
use crate::results::{sealed, turn};
use crate::support::{Browser, PASSWORD, Seen, TestApp};

const PAGE: &str = "/c/nho/collectives";
const CONFIRM: &str = "/c/nho/decisions/confirmation";
const TINH: &str = "01900000-0000-7000-8000-000000000007";
const HUYEN: &str = "01900000-0000-7000-8000-000000000008";
const TRUONG: &str = "01900000-0000-7000-8000-000000000009";
const TAP_THE: &str = "01900000-0000-7000-8000-00000000000c";

/// Opened: codes, the organizer and the chair, who hold the keys. Every winner is of the district.
async fn opened(app: &TestApp) -> (Vec<String>, Browser, Browser) {
    let (codes, organizer, last4) = sealed(app).await;
    app.execute(&format!("update named.entry set unit = '{HUYEN}'; update named.version set unit = '{HUYEN}'")).await;
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    turn(&organizer, &last4).await.is(303);
    turn(&chair, &last4).await.is(303);
    (codes, organizer, chair)
}
async fn propose(organizer: &Browser, unit: &str) -> Seen {
    organizer.get(PAGE).await.is(200).form(PAGE).fill("prize", TAP_THE).fill("unit", unit).fill("reason", "Nhiều bài hợp lệ").submit().await
}
async fn newest(app: &TestApp) -> String {
    app.ask("select id::text as line from result.decision order by proposed_at desc, id desc limit 1").await.concat()
}
async fn confirm(person: &Browser, id: &str) -> Seen {
    person.post(CONFIRM, &[("id".into(), id.into())]).await
}
async fn publish(organizer: &Browser) {
    organizer.get(PAGE).await.form("/c/nho/publication").fill("sure", "yes").submit().await.is(303);
}
async fn awards(app: &TestApp) -> Vec<String> {
    app.ask("select u.key || ' ' || a.reason as line from result.awards('01900000-0000-7000-8000-000000000001') a join contest.unit u on u.id = a.unit").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collective_is_proposed_by_one_and_confirmed_by_another_and_only_then_it_counts() {
    let app = TestApp::spawn().await;
    let (_, organizer, chair) = opened(&app).await;
    propose(&organizer, TRUONG).await.is(303).follow().await.says("Đã gửi đề nghị").says("Đang chờ xác nhận");
    let id = newest(&app).await;
    assert_eq!(awards(&app).await, Vec::<String>::new());
    assert_eq!(app.letter("khoa2@example.org", "decision-wanted").await["slug"], "nho");
    // the same once more, by whoever: one waits already
    propose(&organizer, TRUONG).await.is(409).says("đã có một đề nghị");
    confirm(&organizer, &id).await.is(409).says("cần một người khác");
    chair.get("/c/nho/decisions").await.is(200).says("Trường").says("Nhiều bài hợp lệ").form(CONFIRM).submit().await.is(303).follow().await.says("Đã xác nhận");
    assert_eq!(awards(&app).await, ["truong Nhiều bài hợp lệ"]);
    confirm(&chair, &id).await.is(409).says("không còn hiệu lực");
    propose(&organizer, TRUONG).await.is(409).says("đã có một giải tập thể");
    propose(&organizer, HUYEN).await.is(409).says("đã đủ số lượng");
    assert_eq!(
        app.ask("select verb || ' ' || (content->>'reason') as line from record.event where verb like '%award' order by id").await,
        ["propose_award Nhiều bài hợp lệ", "award Nhiều bài hợp lệ"]
    );
    publish(&organizer).await;
    app.browser().get("/c/nho/results").await.says("Tập thể xuất sắc").says("Nhiều bài hợp lệ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_lacks_what_the_rules_ask_gets_no_prize_and_units_under_it_count_for_it() {
    let app = TestApp::spawn().await;
    let (_, organizer, chair) = opened(&app).await;
    app.execute(&format!("update contest.prize set needs_level = 1, needs_prizes = 1, needs_received = 6 where id = '{TAP_THE}'")).await;
    let page = organizer.get(PAGE).await.is(200);
    page.says("ít nhất 1 giải từ Giải A trở lên").says("gửi ít nhất 6 bài");
    let cells: Vec<String> = page.all("table.tbl tbody tr").into_iter().filter(|r| r.contains("1/1") || r.contains("0/1")).collect();
    assert_eq!(cells.len(), 3, "{cells:?}");
    assert!(cells[0].contains("Tỉnh đoàn") && cells[0].contains("Đủ1/1 · 6/6") && cells[1].contains("Đủ1/1 · 6/6") && cells[2].contains("Chưa đủ0/1 · 0/6"), "{cells:?}");
    propose(&organizer, TRUONG).await.is(409).says("chưa đủ điều kiện");
    propose(&organizer, TINH).await.is(303);
    let id = newest(&app).await;
    // meanwhile the first prize is struck out, and with it what the condition rested on
    app.execute(&format!("update contest.prize set needs_received = 7 where id = '{TAP_THE}'")).await;
    confirm(&chair, &id).await.is(409).says("chưa đủ điều kiện");
    app.execute(&format!("update contest.prize set needs_received = 6 where id = '{TAP_THE}'")).await;
    confirm(&chair, &id).await.is(303);
    assert_eq!(awards(&app).await, ["tinh Nhiều bài hợp lệ"]);
    app.browser().get("/c/nho").await.says("ít nhất 1 giải từ Giải A trở lên");
    // another ranking group calls its own of that level otherwise: all of them count, and all are named
    app.execute(
        "insert into contest.ranking_group(id, contest, key, name_vi, name_en, total, position) select '01900000-0000-7000-8000-0000000000f5', contest, 'khac', 'Bảng khác', 'Another', total, 2 from contest.ranking_group;
         insert into contest.prize(id, contest, key, name_vi, name_en, kind, ranking_group, level, places, position)
           values ('01900000-0000-7000-8000-0000000000fa', '01900000-0000-7000-8000-000000000001', 'nhat', 'Giải Nhất', 'First prize', 'individual', '01900000-0000-7000-8000-0000000000f5', 1, 1, 9)",
    )
    .await;
    for page in [app.browser().get("/c/nho").await, organizer.get(PAGE).await] {
        page.says("ít nhất 1 giải từ Giải A / Giải Nhất trở lên");
    }
    app.execute("delete from contest.prize where key = 'nhat'; delete from contest.ranking_group where key = 'khac'").await;
    // what an award rests on is asked once more by the publication
    app.execute(&format!("update contest.prize set needs_received = 7 where id = '{TAP_THE}'")).await;
    organizer.get(PAGE).await.form("/c/nho/publication").fill("sure", "yes").submit().await.is(409).says("không còn đủ điều kiện");
    app.execute(&format!("update contest.prize set needs_received = 6 where id = '{TAP_THE}'")).await;
    publish(&organizer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_publication_each_is_a_new_edition_with_its_reason_and_the_old_ones_stay() {
    let app = TestApp::spawn().await;
    let (codes, organizer, chair) = opened(&app).await;
    publish(&organizer).await;
    propose(&organizer, HUYEN).await.is(303);
    app.browser().get("/c/nho/results").await.hides("Tập thể xuất sắc");
    confirm(&chair, &newest(&app).await).await.is(303);
    app.browser().get("/c/nho/results").await.says("Tập thể xuất sắc").says("Đính chính");
    // taken back: by a reason, and by two
    let back = format!("{PAGE}/withdrawal");
    let award = newest(&app).await;
    organizer.post(&back, &[("award".into(), award.clone()), ("reason".into(), "vì".into())]).await.is(422).says("Ghi lý do").says("vì");
    organizer.post(&back, &[("award".into(), award.clone()), ("reason".into(), "Giải cá nhân bị hủy".into())]).await.is(303);
    app.browser().get("/c/nho/results").await.says("Tập thể xuất sắc");
    confirm(&chair, &newest(&app).await).await.is(303);
    assert_eq!(app.browser().get("/c/nho/results").await.says("Giải cá nhân bị hủy").all(".laurels li").len(), 3);
    // somebody else was quicker: what was typed stays
    let late = organizer.post(&back, &[("award".into(), award), ("reason".into(), "Đơn vị xin rút".into())]).await.is(409);
    assert_eq!(late.says("đã được rút").hides("không còn hiệu lực").all("#overtaken"), ["Đơn vị xin rút"]);
    // the letters of a name: what was opened stays as it was
    let page = format!("/c/nho/corrections/{}", codes[0]);
    let form = organizer.get(&page).await.is(200).form(&page);
    let (title, was) = (form.value("title").unwrap().to_owned(), form.value("authors").unwrap().to_owned());
    form.fill("reason", "Sai chính tả").fill("password", PASSWORD).submit().await.is(422).says("Chưa sửa gì");
    let correct = async |authors: &str, password: &str| {
        organizer.get(&page).await.form(&page).fill("authors", authors).fill("reason", "Sai chính tả").fill("password", password).submit().await
    };
    // letters only, and each under the own password
    let more = correct("Tác Giả Đúng\nNgười Hai", PASSWORD).await.is(422);
    assert_eq!(more.says("không thêm bớt tác giả").form(&page).value("authors"), Some("Tác Giả Đúng\nNgười Hai"));
    let unproven = correct("Tác Giả Đúng", "không phải đâu nhé").await.is(422);
    assert_eq!(unproven.says("Mật khẩu chưa đúng").form(&page).value("authors"), Some("Tác Giả Đúng"));
    app.execute("update account.account set password_changed_at = phach.now() + interval '1 second' where email_key = 'khoa1@example.org'").await;
    correct("Tác Giả Đúng", PASSWORD).await.is(409).says("mới đổi trong 24 giờ qua");
    app.execute("update account.account set password_changed_at = created_at").await;
    correct("\n Tác   Giả Đúng ", PASSWORD).await.is(303);
    app.browser().get("/c/nho/results").await.hides("Tác Giả Đúng");
    let waiting = chair.get("/c/nho/decisions").await.is(200);
    waiting.says(&was).says("Tác Giả Đúng");
    let id = newest(&app).await;
    confirm(&chair, &id).await.is(422).says("Mật khẩu chưa đúng");
    app.official("nho", "organizer", "Người Thứ Hai", "btc2@example.org").await;
    let second = app.browser();
    second.sign_in("btc2@example.org").await;
    app.execute("update account.account set password_changed_at = phach.now() + interval '1 second' where email_key = 'btc2@example.org'").await;
    second.get("/c/nho/decisions").await.form(CONFIRM).fill("password", PASSWORD).submit().await.is(409).says("mới đổi trong 24 giờ qua");
    app.execute("update account.account set password_changed_at = created_at").await;
    waiting.form(CONFIRM).fill("password", PASSWORD).submit().await.is(303);
    let now = app.browser().get("/c/nho/results").await.is(200);
    now.says("Tác Giả Đúng").says("Sai chính tả").says(&title);
    assert!(codes.iter().all(|c| !now.body.contains(c)), "a public page shows a code");
    assert_eq!(app.ask(&format!("select authors[1] as line from result.opened where code = '{}'", codes[0])).await.concat(), was);
    for (n, says, hides) in
        [(1, was.as_str(), "Tập thể xuất sắc"), (2, "Tập thể xuất sắc", "Tác Giả Đúng"), (3, was.as_str(), "Tác Giả Đúng"), (4, "Tác Giả Đúng", "Tập thể xuất sắc")]
    {
        let seen = app.browser().get(&format!("/c/nho/results/{n}")).await.is(200);
        let list = seen.all(".laurels li").concat();
        assert!(list.contains(says) && !list.contains(hides), "{n}: {list}");
        let content = app.ask(&format!("select encode(sha256(convert_to(content, 'UTF8')), 'hex') as line from result.edition where n = {n}")).await.concat();
        assert!(seen.body.contains(&content), "edition {n}");
    }
    app.browser().get("/c/nho/results/5").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_another_hat_a_resting_key_an_old_proposal_and_a_closed_code_decide_nothing() {
    let app = TestApp::spawn().await;
    let (codes, organizer, last4) = sealed(&app).await;
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    let typed = |unit: &str| vec![("prize".to_owned(), TAP_THE.to_owned()), ("unit".to_owned(), unit.to_owned()), ("reason".to_owned(), "Nhiều bài hợp lệ".to_owned())];
    organizer.post(PAGE, &typed(TRUONG)).await.is(409).says("Phách chưa mở");
    turn(&organizer, &last4).await.is(303);
    turn(&chair, &last4).await.is(303);
    chair.post(PAGE, &typed(TRUONG)).await.is(404);
    propose(&organizer, TRUONG).await.is(303);
    let id = newest(&app).await;
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let auditor = app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    for (who, person) in [("clerk", &clerk), ("auditor", &auditor)] {
        let seen = person.get("/c/nho/decisions").await;
        assert_eq!(seen.status.as_u16(), 404, "{who}");
        confirm(person, &id).await.is(404);
    }
    app.browser().get("/c/nho/decisions").await.is(303);
    // a closed paper's code, a code that there is not
    for code in [codes[3].as_str(), "ABCDEFGHJK", "%00"] {
        organizer.get(&format!("/c/nho/corrections/{code}")).await.is(404);
    }
    // straight in Postgres: hats that decide nothing, and another contest
    for (hat, email) in [("chair", "khoa2@example.org"), ("auditor", "giamsat@example.org"), ("clerk", "thuky@example.org")] {
        let mut conn = wear(&app, hat, email).await;
        for call in [format!("result.confirm_decision('{id}')"), format!("result.propose_award('{TAP_THE}', '{HUYEN}', 'Nhiều bài hợp lệ')"), "result.decisions()".into()] {
            assert!(ask(&mut conn, &format!("select {call}::text as line")).await.unwrap_err().contains("permission denied"), "{hat} {call}");
        }
    }
    let mut holder = wear(&app, "public", "khoa2@example.org").await;
    assert_eq!(ask(&mut holder, "select kind as line from result.decisions()").await.unwrap(), ["award"]);
    holder.batch_execute("select set_config('phach.contest', gen_random_uuid()::text, true)").await.unwrap();
    assert_eq!(ask(&mut holder, "select kind as line from result.decisions()").await.unwrap(), Vec::<String>::new());
    assert!(ask(&mut holder, &format!("select result.confirm_decision('{id}')::text as line")).await.unwrap_err().contains("enter_not_found"));
    drop(holder);
    let mut nobody = wear(&app, "public", "giamsat@example.org").await;
    assert_eq!(ask(&mut nobody, "select kind as line from result.decisions()").await.unwrap(), Vec::<String>::new());
    assert!(ask(&mut nobody, &format!("select result.confirm_decision('{id}')::text as line")).await.unwrap_err().contains("enter_not_found"));
    drop(nobody);
    app.execute("update account.account set password_changed_at = phach.now() + interval '1 second' where email_key = 'khoa2@example.org'").await;
    confirm(&chair, &id).await.is(409).says("tạm ngưng");
    app.execute("update account.account set password_changed_at = created_at; update phach.test_clock set shift = shift + interval '7 days 1 minute'").await;
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    confirm(&chair, &id).await.is(409).says("không còn hiệu lực");
    assert_eq!(awards(&app).await, Vec::<String>::new());
    // withdrawn by whoever proposed it, by nobody else; and three presses at one moment are one
    let organizer = app.browser();
    organizer.sign_in("khoa1@example.org").await;
    propose(&organizer, TRUONG).await.is(303);
    let id = newest(&app).await;
    chair.post("/c/nho/decisions/withdrawal", &[("id".into(), id.clone())]).await.is(303);
    let pressed = futures_util::future::join_all([&id, &id, &id].map(|id| confirm(&chair, id))).await;
    let mut answers: Vec<u16> = pressed.iter().map(|p| p.status.as_u16()).collect();
    answers.sort_unstable();
    assert_eq!(answers, [303, 409, 409]);
    assert_eq!(awards(&app).await, ["truong Nhiều bài hợp lệ"]);
}
