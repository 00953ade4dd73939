//! Struck out after the opening: by two key holders, the sealed list moves up, the reserve opens by the same act; and what that makes of
//! results that are published.
use diesel_async::SimpleAsyncConnection;

use crate::hats::{ask, wear};
use crate::results::{closed, sealed, sealed_with, turn};
use crate::support::{Browser, PASSWORD, Seen, TestApp};

const STRUCK: &str = "/c/nho/struck-out";

/// Sealed with two reserves and opened: codes in the order of the ranking, the organizer and the chair, who hold the keys.
async fn opened(app: &TestApp) -> (Vec<String>, Browser, Browser) {
    app.small_contest().await;
    opened_with(app, [9000, 8000, 8000, 7000, 6000, 5000]).await
}
async fn opened_with(app: &TestApp, marks: [i32; 6]) -> (Vec<String>, Browser, Browser) {
    let (codes, organizer, last4) = sealed_with(app, marks).await;
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    turn(&organizer, &last4).await.is(303);
    turn(&chair, &last4).await.is(303);
    (codes, organizer, chair)
}
/// Sealed with two reserves and opened: the organizer and the chair.
async fn opened_by(app: &TestApp, organizer: Browser) -> (Browser, Browser) {
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes").fill("reserves", "2").submit().await.is(303);
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes/seal").fill("sure", "yes").submit().await.is(303);
    let last4 = organizer.get("/c/nho/prizes").await.all(".code.stub").concat();
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    turn(&organizer, &last4).await.is(303);
    turn(&chair, &last4).await.is(303);
    (organizer, chair)
}
async fn propose(holder: &Browser, code: &str, reason: &str) -> Seen {
    holder.get(STRUCK).await.is(200).form(STRUCK).fill("code", code).fill("reason", reason).fill("password", PASSWORD).submit().await
}
async fn id_of(app: &TestApp, code: &str) -> String {
    app.ask(&format!("select id::text as line from slip.strike where code = '{code}' and dropped_at is null order by proposed_at desc limit 1")).await.concat()
}
async fn confirm(holder: &Browser, id: &str) -> Seen {
    confirm_with(holder, id, PASSWORD).await
}
async fn confirm_with(holder: &Browser, id: &str, password: &str) -> Seen {
    holder.post(&format!("{STRUCK}/confirmation"), &[("id".into(), id.into()), ("password".into(), password.into())]).await
}
/// `code prize` of every winner as the organizer has them now, by prize and code.
async fn winners(app: &TestApp) -> Vec<String> {
    let mut organizer = wear(app, "organizer", "khoa1@example.org").await;
    ask(&mut organizer, "select w.code || ' ' || p.key as line from result.winners() w join contest.prize p on p.id = w.prize order by p.level, w.code").await.unwrap()
}
fn with_prizes(rows: &[(&str, &str)]) -> Vec<String> {
    let mut rows: Vec<_> = rows.iter().map(|(code, prize)| format!("{code} {prize}")).collect();
    rows.sort_by_key(|r| r.split(' ').rev().map(str::to_owned).collect::<Vec<_>>());
    rows
}
async fn count(app: &TestApp, table: &str) -> String {
    app.ask(&format!("select count(*)::text as line from {table}")).await.concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sealed_list_moves_up_level_by_level_and_the_first_reserve_opens_by_the_same_act() {
    let app = TestApp::spawn().await;
    let (codes, organizer, chair) = opened(&app).await;
    propose(&organizer, &codes[0], "Bài đã đăng ở nơi khác").await.is(303).follow().await.says("Đang đề nghị loại");
    assert_eq!(app.letter("khoa2@example.org", "key-strike").await["slug"], "nho");
    chair.get(STRUCK).await.is(200).says("Bài đã đăng ở nơi khác");
    let id = id_of(&app, &codes[0]).await;
    let form = chair.get(STRUCK).await.form(&format!("{STRUCK}/confirmation")).fill("id", &id).fill("password", PASSWORD);
    form.submit().await.is(303).follow().await.says("Đã loại");
    assert_eq!(winners(&app).await, with_prizes(&[(&codes[1], "a"), (&codes[2], "b"), (&codes[3], "b")]));
    // what was opened stays; one slip more is open, and no other
    assert_eq!(app.ask("select code as line from result.opened order by code").await, {
        let mut four = codes[..4].to_vec();
        four.sort();
        four
    });
    let page = organizer.get("/c/nho/collectives").await.is(200);
    assert!(page.all("td.half").iter().all(|c| c != &codes[0]) && page.all("td.half").contains(&codes[3]) && !page.body.contains(&codes[4]));
    page.says("Bài đã đăng ở nơi khác");
    // the entry's own side: its contestant reads why, and the desk sees no code
    let entry = app.ask(&format!("select e.id || ' ' || e.state || ' ' || a.email as line from slip.pair x join named.entry e on e.id = x.entry join account.account a on a.id = e.account where x.paper = '{}'", codes[0])).await.concat();
    let (id, rest) = entry.split_once(' ').unwrap();
    let (state, email) = rest.split_once(' ').unwrap();
    assert_eq!(state, "struck_out");
    assert_eq!(app.letter(email, "entry-struck-out").await["entry"], id);
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    clerk.get(&format!("/c/nho/desk/{id}")).await.is(200).says("Bài đã đăng ở nơi khác").hides(&codes[0]);
    assert_eq!(app.ask("select content->>'moved' || ' ' || (content->>'slips') as line from record.event where verb = 'strike_winner'").await, ["2 1"]);
    // the minutes of the opening say what the opening opened
    let minutes = organizer.get("/c/nho/minutes/opening").await.is(200);
    assert!(minutes.all("tbody .code").contains(&codes[0]) && !minutes.all("tbody .code").contains(&codes[3]));
    minutes.says("3 phách khác vẫn đóng");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_for_a_form_that_somebody_elses_act_takes_away_stays_on_the_page() {
    let app = TestApp::spawn().await;
    let (codes, organizer, chair) = opened(&app).await;
    // a correction of a paper that is struck out meanwhile
    let correction = format!("/c/nho/corrections/{}", codes[0]);
    let typed = organizer.get(&correction).await.is(200).form(&correction).fill("authors", "Tác Giả Đúng").fill("reason", "Sai chính tả").fill("password", PASSWORD);
    propose(&organizer, &codes[0], "Vi phạm thể lệ").await.is(303);
    let id = id_of(&app, &codes[0]).await;
    // a wrong password for a strike that is confirmed already points at no field: there is none
    let seen = confirm_with(&chair, &id, "không phải đâu nhé").await.is(422);
    assert_eq!(seen.attrs(".errors a", "href"), ["#confirm_password"]);
    confirm(&chair, &id).await.is(303);
    let late = confirm_with(&chair, &id, "không phải đâu nhé").await.is(422);
    assert_eq!((late.says("Mật khẩu chưa đúng").all(".errors li").len(), late.attrs(".errors a", "href").len()), (1, 0));
    let lost = typed.submit().await.is(409);
    lost.says("vừa bị loại").says("Tác Giả Đúng").says("Sai chính tả");
    assert_eq!(lost.all("main form").len(), 0);
    // codes that never won are not found
    let made_up = [
        ("title".to_owned(), "x".to_owned()),
        ("authors".to_owned(), "y".to_owned()),
        ("reason".to_owned(), "Sai chính tả".to_owned()),
        ("password".to_owned(), PASSWORD.to_owned()),
    ];
    for code in [codes[5].as_str(), "ABCDEFGHJK"] {
        organizer.post(&format!("/c/nho/corrections/{code}"), &made_up).await.is(404);
    }
    // nobody is left to strike out: the reason stays
    app.execute("update account.account set password_changed_at = phach.now() + interval '1 second' where email_key = 'khoa1@example.org'").await;
    let rests = organizer.post(STRUCK, &[("code".into(), codes[1].clone()), ("reason".into(), "Đã đăng báo".into()), ("password".into(), PASSWORD.into())]).await.is(409);
    assert_eq!((rests.says("Đã đăng báo").attrs(".errors a", "href").len(), rests.all("#reason").len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reserve_that_moved_up_can_be_struck_out_too_and_where_none_is_left_the_prize_is_not_given() {
    let app = TestApp::spawn().await;
    let (codes, organizer, chair) = opened(&app).await;
    for (struck, stand) in [(2, vec![(0, "a"), (1, "b"), (3, "b")]), (3, vec![(0, "a"), (1, "b"), (4, "b")]), (0, vec![(1, "a"), (4, "b")]), (4, vec![(1, "a")]), (1, vec![])] {
        propose(&organizer, &codes[struck], "Vi phạm thể lệ").await.is(303);
        confirm(&chair, &id_of(&app, &codes[struck]).await).await.is(303);
        let stand: Vec<(&str, &str)> = stand.iter().map(|(i, prize)| (codes[*i].as_str(), *prize)).collect();
        assert_eq!(winners(&app).await, with_prizes(&stand), "after {struck}");
    }
    assert_eq!(app.ask("select withheld::text as line from result.struck_out order by at").await, ["false", "false", "true", "true", "true"]);
    assert_eq!(count(&app, "result.opened").await, "5");
    chair.get(STRUCK).await.says("không còn bài dự bị đủ điều kiện");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_whose_least_mark_no_reserve_has_stays_free_and_is_said_to() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.execute("update contest.prize set minimum = 7000 where key = 'b'").await;
    let (codes, organizer, chair) = opened_with(&app, [9000, 8000, 7500, 6000, 5500, 5000]).await;
    assert_eq!(winners(&app).await, with_prizes(&[(&codes[0], "a"), (&codes[1], "b"), (&codes[2], "b")]));
    // the best of level B goes up, and no reserve may have B; from the one that is left, the first reserve may have A
    for (struck, stand) in [(0, vec![(1, "a"), (2, "b")]), (1, vec![(2, "a")]), (2, vec![(3, "a")])] {
        propose(&organizer, &codes[struck], "Vi phạm thể lệ").await.is(303);
        confirm(&chair, &id_of(&app, &codes[struck]).await).await.is(303);
        let stand: Vec<(&str, &str)> = stand.iter().map(|(i, prize)| (codes[*i].as_str(), *prize)).collect();
        assert_eq!(winners(&app).await, with_prizes(&stand), "after {struck}");
    }
    assert_eq!(app.ask("select withheld::text as line from result.struck_out order by at").await, ["true", "true", "false"]);
    assert_eq!(count(&app, "result.opened").await, "4");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_equal_marks_made_a_level_larger_than_the_table_it_shrinks_back_and_the_level_below_is_filled() {
    let app = TestApp::spawn().await;
    let (codes, organizer) = closed(&app, [9000, 9000, 8000, 7000, 6000, 5000]).await;
    let mut chair = wear(&app, "chair", "khoa2@example.org").await;
    ask(&mut chair, "select blind.answer_tie('01900000-0000-7000-8000-000000000005', 1, 9000, 'all_in', 'Cùng điểm')::text as line").await.unwrap();
    chair.batch_execute("commit").await.unwrap();
    let (organizer, chair) = opened_by(&app, organizer).await;
    assert_eq!(winners(&app).await, with_prizes(&[(&codes[0], "a"), (&codes[1], "a"), (&codes[2], "b")]));
    propose(&organizer, &codes[0], "Vi phạm thể lệ").await.is(303);
    confirm(&chair, &id_of(&app, &codes[0]).await).await.is(303);
    assert_eq!(winners(&app).await, with_prizes(&[(&codes[1], "a"), (&codes[2], "b"), (&codes[3], "b")]));
    assert_eq!(app.ask("select withheld::text as line from result.struck_out").await, ["false"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_a_stranger_a_wrong_password_a_closed_code_and_an_old_proposal_strike_nothing_out() {
    let app = TestApp::spawn().await;
    let (codes, organizer, last4) = sealed(&app).await;
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    chair.get(STRUCK).await.is(200).says("Phách chưa mở");
    let press =
        |code: &str, password: &str| vec![("code".to_owned(), code.to_owned()), ("reason".to_owned(), "Vi phạm thể lệ".to_owned()), ("password".to_owned(), password.to_owned())];
    organizer.post(STRUCK, &press(&codes[0], PASSWORD)).await.is(409).says("Phách chưa mở");
    turn(&organizer, &last4).await.is(303);
    turn(&chair, &last4).await.is(303);
    // a reserve's slip is closed, and a code that there is not
    for code in [codes[3].as_str(), codes[5].as_str(), "ABCDEFGHJK", ""] {
        organizer.post(STRUCK, &press(code, PASSWORD)).await.is(422).says("Chọn một bài đang được giải");
    }
    let seen = propose(&organizer, &codes[1], "vì").await.is(422);
    assert_eq!(seen.says("Ghi lý do").form(STRUCK).value("code"), Some(codes[1].as_str()));
    organizer.post(STRUCK, &press(&codes[1], "không phải đâu nhé")).await.is(422).says("Mật khẩu chưa đúng");
    propose(&organizer, &codes[1], "Vi phạm thể lệ").await.is(303);
    let id = id_of(&app, &codes[1]).await;
    confirm(&organizer, &id).await.is(409).says("cần một người giữ khóa khác");
    app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    let auditor = app.browser();
    auditor.sign_in("giamsat@example.org").await;
    auditor.get(STRUCK).await.is(404);
    confirm(&auditor, &id).await.is(404);
    chair.post(&format!("{STRUCK}/confirmation"), &[("id".into(), id.clone()), ("password".into(), "không phải đâu nhé".into())]).await.is(422).says("Mật khẩu chưa đúng");
    confirm(&chair, "01900000-0000-7000-8000-00000000eeee").await.is(409).says("không còn");
    // a holder in another contest, and a holder whose key rests
    let mut holder = wear(&app, "public", "khoa2@example.org").await;
    let sql = format!("select slip.confirm_strike('{id}')::text as line");
    holder.batch_execute("savepoint there; select set_config('phach.contest', gen_random_uuid()::text, true)").await.unwrap();
    assert!(ask(&mut holder, &sql).await.unwrap_err().contains("enter_not_found"));
    assert_eq!(ask(&mut holder, "select code as line from slip.winners()").await.unwrap(), Vec::<String>::new());
    drop(holder);
    app.execute("update account.account set password_changed_at = phach.now() + interval '1 second' where email_key = 'khoa2@example.org'").await;
    confirm(&chair, &id).await.is(409).says("tạm ngưng");
    app.execute("update account.account set password_changed_at = created_at; update account.account set password_changed_at = phach.now() + interval '1 second' where email_key = 'khoa1@example.org'").await;
    confirm(&chair, &id).await.is(409).says("không còn");
    app.execute("update account.account set password_changed_at = created_at; update phach.test_clock set shift = shift + interval '7 days 1 minute'").await;
    let chair = app.browser();
    chair.sign_in("khoa2@example.org").await;
    confirm(&chair, &id).await.is(409).says("không còn");
    assert_eq!((count(&app, "result.struck_out").await, count(&app, "result.opened").await), ("0".into(), "3".into()));
    // anew, done once, and a second press finds it done
    propose(&chair, &codes[1], "Vi phạm thể lệ").await.is(303);
    let organizer = app.browser();
    organizer.sign_in("khoa1@example.org").await;
    let id = id_of(&app, &codes[1]).await;
    confirm(&organizer, &id).await.is(303);
    confirm(&organizer, &id).await.is(409).says("không còn");
    organizer.post(STRUCK, &press(&codes[1], PASSWORD)).await.is(422).says("Chọn một bài đang được giải");
    assert_eq!((count(&app, "result.struck_out").await, count(&app, "result.opened").await), ("1".into(), "4".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_strikes_at_one_moment_each_finds_what_the_other_has_done() {
    let app = TestApp::spawn().await;
    let (codes, organizer, chair) = opened(&app).await;
    propose(&organizer, &codes[0], "Vi phạm thể lệ").await.is(303);
    propose(&organizer, &codes[2], "Vi phạm thể lệ").await.is(303);
    let (first, second) = (id_of(&app, &codes[0]).await, id_of(&app, &codes[2]).await);
    // the same one three times over as well
    let pressed = futures_util::future::join_all([&first, &second, &first, &second].map(|id| confirm(&chair, id))).await;
    let mut answers: Vec<u16> = pressed.iter().map(|p| p.status.as_u16()).collect();
    answers.sort_unstable();
    assert_eq!(answers, [303, 303, 409, 409]);
    assert_eq!(winners(&app).await, with_prizes(&[(&codes[1], "a"), (&codes[3], "b"), (&codes[4], "b")]));
    assert_eq!((count(&app, "result.struck_out").await, count(&app, "result.opened").await), ("2".into(), "5".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_publication_it_is_a_dated_amendment_and_the_old_edition_stays_readable() {
    let app = TestApp::spawn().await;
    let (codes, organizer, chair) = opened(&app).await;
    app.browser().get("/c/nho/results/1").await.is(404);
    organizer.get("/c/nho/collectives").await.form("/c/nho/publication").fill("sure", "yes").submit().await.is(303);
    let name_of = async |code: &str| app.ask(&format!("select authors[1] as line from result.opened where code = '{code}'")).await.concat();
    let struck = name_of(&codes[0]).await;
    let before = app.browser().get("/c/nho/results").await.is(200);
    assert_eq!(before.says(&struck).all(".laurels li").len(), 3);
    before.hides("Đính chính");
    chair.get(STRUCK).await.says("đính chính công khai");
    propose(&chair, &codes[0], "Bài đã đăng trước khi phát động").await.is(303);
    app.browser().get("/c/nho/results").await.says(&struck).hides("Bài đã đăng trước khi phát động");
    confirm(&organizer, &id_of(&app, &codes[0]).await).await.is(303);
    let now = app.browser().get("/c/nho/results").await.is(200);
    let reserve = name_of(&codes[3]).await;
    assert_eq!(now.says("Bài đã đăng trước khi phát động").says(&reserve).all(".laurels li").len(), 3);
    assert!(!now.all(".laurels li").concat().contains(&struck));
    assert!(codes.iter().all(|c| !now.body.contains(c)), "a public page shows a code");
    let old = app.browser().get("/c/nho/results/1").await.is(200);
    old.says(&struck).says("đã được đính chính");
    assert!(!old.all(".laurels li").concat().contains(&reserve));
    // each edition shows the text that its hash is of
    for (n, seen) in [(1, &old), (2, &now)] {
        let content = app.ask(&format!("select encode(sha256(convert_to(content, 'UTF8')), 'hex') as line from result.edition where n = {n}")).await.concat();
        assert!(seen.body.contains(&content), "edition {n}");
    }
    for absent in ["/c/nho/results/3", "/c/nho/results/0", "/c/nho/results/01", "/c/nho/results/x"] {
        app.browser().get(absent).await.is(404);
    }
    // nothing of it is written over
    for (sql, role) in [
        ("update result.edition set reason = 'khác'", "organizer"),
        ("delete from result.struck_out", "organizer"),
        ("insert into result.edition(contest, n) values (gen_random_uuid(), 9)", "public"),
    ] {
        let mut conn = wear(&app, role, "khoa1@example.org").await;
        assert!(ask(&mut conn, &format!("with x as ({sql} returning 1) select '1' as line from x")).await.unwrap_err().contains("permission denied"), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_a_level_withholds_is_no_place_of_the_next_one() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.execute("update contest.prize set minimum = 9500 where key = 'a'").await;
    let (codes, organizer) = crate::results::closed_with(&app, [9000, 8000, 8000, 7000, 6000, 5000]).await;
    let mut chair = wear(&app, "chair", "khoa2@example.org").await;
    ask(&mut chair, "select blind.answer_tie('01900000-0000-7000-8000-000000000005', 2, 8000, 'all_in', 'Cùng điểm')::text as line").await.unwrap();
    chair.batch_execute("commit").await.unwrap();
    let (organizer, chair) = opened_by(&app, organizer).await;
    assert_eq!(winners(&app).await, with_prizes(&[(&codes[0], "b"), (&codes[1], "b"), (&codes[2], "b")]));
    // three hold two places: one struck out, and the level is as large as the table says
    for (struck, stand) in [(0, vec![1, 2]), (1, vec![2, 3])] {
        propose(&organizer, &codes[struck], "Vi phạm thể lệ").await.is(303);
        confirm(&chair, &id_of(&app, &codes[struck]).await).await.is(303);
        assert_eq!(winners(&app).await, with_prizes(&stand.iter().map(|i: &usize| (codes[*i].as_str(), "b")).collect::<Vec<_>>()), "after {struck}");
    }
    assert_eq!(app.ask("select withheld::text as line from result.struck_out").await, ["false", "false"]);
}

/// After the publication a strike takes away what a collective's prize rests on: everybody who can do something about it is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_collective_whose_condition_a_strike_takes_away_is_named_with_what_can_be_done() {
    let app = TestApp::spawn().await;
    let (codes, organizer, chair) = opened(&app).await;
    let (prize, unit) = ("01900000-0000-7000-8000-00000000000c", "01900000-0000-7000-8000-000000000009");
    app.execute(&format!(
        "update contest.prize set needs_level = 1 where id = '{prize}'; update result.opened set unit = null; update result.opened set unit = '{unit}' where code = '{}'",
        codes[0]
    ))
    .await;
    let award = [("prize".to_owned(), prize.to_owned()), ("unit".to_owned(), unit.to_owned()), ("reason".to_owned(), "Nhiều bài hợp lệ".to_owned())];
    organizer.post("/c/nho/collectives", &award).await.is(303);
    let newest = async || app.ask("select id::text as line from result.decision order by proposed_at desc limit 1").await.concat();
    chair.post("/c/nho/decisions/confirmation", &[("id".into(), newest().await)]).await.is(303);
    organizer.get("/c/nho/collectives").await.hides("h-unmet").form("/c/nho/publication").fill("sure", "yes").submit().await.is(303);
    propose(&organizer, &codes[0], "Vi phạm thể lệ").await.is(303);
    let done = confirm(&chair, &id_of(&app, &codes[0]).await).await.is(303).follow().await;
    for page in [done, chair.get("/c/nho/decisions").await, organizer.get("/c/nho/collectives").await] {
        page.says("1 giải tập thể không còn đủ điều kiện").says("Trường · Tập thể xuất sắcĐơn vị phải có ít nhất 1 giải từ Giải A trở lên").says("ra một bản đính chính");
    }
    app.browser().get("/c/nho/results").await.says("Tập thể xuất sắc").hides("không còn đủ điều kiện");
    // taken back by two, and nothing is left to say
    let standing = newest().await;
    organizer.post("/c/nho/collectives/withdrawal", &[("award".into(), standing), ("reason".into(), "Giải cá nhân bị hủy".into())]).await.is(303);
    chair.post("/c/nho/decisions/confirmation", &[("id".into(), newest().await)]).await.is(303).follow().await.hides("h-unmet");
    organizer.get("/c/nho/collectives").await.hides("h-unmet");
    // for nobody else
    app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    assert_eq!(ask(&mut wear(&app, "public", "giamsat@example.org").await, "select unit::text as line from result.unmet()").await.unwrap(), Vec::<String>::new());
}
