//! Deadlines by the database's clock, and limits that hold when everybody presses at once.
use futures_util::future::join_all;

use super::{entry_of, filled, form, new_entry, received, screen, start, state_of, submitted};
use crate::support::{Browser, Filling, Seen, TestApp};

async fn limit(app: &TestApp, per_category: &str, overall: &str) {
    app.execute(&format!("update contest.contest set limit_per_category = {per_category}, limit_overall = {overall}")).await;
}

/// The database's clock stands still at an instant of the contest's dates.
async fn stop_clock(app: &TestApp, at: &str) {
    app.execute(&format!(
        "do $$ begin execute format('create or replace function phach.now() returns timestamptz language sql stable parallel safe as %L',
           (select format('select timestamptz %L', {at}) from contest.contest)); end $$"
    ))
    .await;
}

/// So many filled forms of entries of their own, with these fields.
async fn drafts_with(browser: &Browser, n: usize, fields: &[(&str, &str)]) -> Vec<Filling> {
    let mut forms = vec![];
    for _ in 0..n {
        let page = browser.post("/c/nho/entries", &[("for".into(), "me".into())]).await.is(303).follow().await.is(200);
        let filling = fields.iter().fold(filled(&page), |f, (name, value)| f.fill(name, value));
        let saved = filling.fill("do", "save").submit().await.is(303).follow().await;
        forms.push(form(&saved).fill("do", "submit"));
    }
    forms
}
async fn drafts(browser: &Browser, n: usize, email: &str) -> Vec<Filling> {
    drafts_with(browser, n, &[("email_1", email)]).await
}
/// One entry with these fields, sent; what was answered.
async fn sent(browser: &Browser, fields: &[(&str, &str)]) -> Seen {
    drafts_with(browser, 1, fields).await.remove(0).submit().await
}
/// Open doubts, as `number kind`; all these entries have one text, and that is another test's.
async fn doubts(app: &TestApp) -> Vec<String> {
    app.ask("select e.number || ' ' || f.kind as line from named.flag f join named.entry e on e.id = f.entry where f.settled_at is null and f.kind <> 'same-text' order by e.number, f.kind").await
}

/// All at once; how many went through. The others are told why.
async fn press_all(forms: Vec<Filling>, why: &str) -> usize {
    let answers = join_all(forms.into_iter().map(Filling::submit)).await;
    for refused in answers.iter().filter(|a| a.status != 303) {
        assert_eq!(refused.status, 422, "{}", refused.text());
        refused.says(why);
    }
    answers.iter().filter(|a| a.status == 303).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_submissions_at_once_of_one_author_at_a_limit_of_one_give_one() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    limit(&app, "1", "null").await;
    let mut forms = vec![];
    for i in 0..5 {
        let browser = app.person(&format!("Người {i}"), &format!("nguoi{i}@example.org")).await;
        // the same address, written in five ways
        let email = ["chung@example.org", "Chung@example.org", "CHUNG@EXAMPLE.ORG", "chung@Example.org", " chung@example.org"][i];
        forms.extend(drafts(&browser, 10, email).await);
    }
    assert_eq!(press_all(forms, "đã có đủ số bài mà thể lệ cho phép ở loại hình này").await, 1);
    assert_eq!(received(&app).await, "1");
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'receipt'").await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_of_one_phone_however_it_is_written_at_a_limit_of_one_give_one() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    limit(&app, "null", "1").await;
    let mut forms = vec![];
    for i in 0..5 {
        let browser = app.person(&format!("Người {i}"), &format!("nguoi{i}@example.org")).await;
        let phone = ["0912345678", "+84 912 345 678", "84912345678", "0084 (0)912.345.678", "0912-345-678"][i];
        let name = ["Đặng Thị Hòa", "ĐẶNG THỊ HÒA", "Đặng Thị Hoà", "Dang Thi Hoa", "Đặng  Thị Hòa"][i];
        forms.extend(drafts_with(&browser, 10, &[("name_1", name), ("email_1", ""), ("phone_1", phone)]).await);
    }
    assert_eq!(press_all(forms, "đã có đủ số bài mà thể lệ cho phép trong cuộc thi").await, 1);
    assert_eq!(received(&app).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_one_whatever_stands_between_its_digits_and_no_phone_is_none() {
    let app = TestApp::spawn().await;
    for (typed, key) in [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("+84 (0)24 3825 1234", "02438251234"),
        ("024 3825 1234", "02438251234"),
        ("+33 6 12 34 56 78", "33612345678"),
        ("84123456", "84123456"),
        ("không có", ""),
        ("113", ""),
        ("0912345678 / 0987654321", ""),
    ] {
        assert_eq!(app.ask(&format!("select named.phone_key('{typed}') as line")).await, [key], "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_senders_own_address_and_phone_count_for_nobody_else() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    limit(&app, "1", "1").await;
    let teacher = app.person("Cô Lan", "lan@example.org").await;
    let school = [("email_1", "LAN@example.org"), ("phone_1", "024 3825 1234")];
    for name in ["Nguyễn Văn An", "Trần Bình", "Lê Chi"] {
        sent(&teacher, &[&school[..], &[("name_1", name)]].concat()).await.is(303);
    }
    // two pupils of one name, and the number is known to be nobody's own: taken, and looked at
    sent(&teacher, &[&school[..], &[("name_1", "nguyen van an")]].concat()).await.is(303);
    assert_eq!(doubts(&app).await, ["4 limit-doubt"]);
    // the own work of the teacher is one, and only one
    sent(&teacher, &[("phone_1", "024 3825 1234")]).await.is(303);
    let refused = sent(&teacher, &[("phone_1", "")]).await.is(422);
    refused.says("đã có đủ số bài").says("hãy xóa ô ấy rồi gửi lại");
    // another teacher of that school, and a pupil's own address
    let other = app.person("Thầy Minh", "minh@example.org").await;
    for (name, email) in [("Phạm Dũng", ""), ("Vũ Em", "em@example.org")] {
        sent(&other, &[("name_1", name), ("email_1", email), ("phone_1", "02438251234")]).await.is(303);
    }
    sent(&other, &[("name_1", "Vũ Em"), ("email_1", "EM@example.org")]).await.is(422);
    assert_eq!(doubts(&app).await, ["4 limit-doubt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_address_and_phone_the_name_year_and_unit_count_and_nobody_is_refused() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    limit(&app, "null", "1").await;
    let huyen = "01900000-0000-7000-8000-000000000008";
    let of = |name: &'static str, year: &'static str, unit: &'static str| [("name_1", name), ("email_1", ""), ("year_1", year), ("unit", unit)];
    for author in [of("Nguyễn Văn An", "2010", huyen), of("Nguyễn Văn An", "2011", huyen), of("Nguyễn Văn An", "2010", ""), of("Trần An", "2010", huyen)] {
        sent(&browser, &author).await.is(303);
    }
    assert_eq!(doubts(&app).await, Vec::<String>::new());
    let page = sent(&browser, &of("NGUYEN VAN  AN", "2010", huyen)).await.is(303).follow().await;
    assert_eq!(doubts(&app).await, ["5 limit-doubt"]);
    let meant = "select string_agg(o.number::text, ' ') as line from named.flag f join named.entry o on o.id = any(f.others) where f.kind = 'limit-doubt'";
    assert_eq!(app.ask(meant).await, ["1"]);
    // a new version that takes the cause away lowers it
    let page = entry_of(&browser, &page).await;
    form(&page).fill("year_1", "2012").fill("do", "submit").submit().await.is(303);
    assert_eq!(doubts(&app).await, Vec::<String>::new());
    // at once: all are taken, and all but the first are looked at
    let forms = drafts_with(&browser, 20, &of("Lê Thị Đông", "2010", huyen)).await;
    assert_eq!(press_all(forms, "-").await, 20);
    assert_eq!(app.ask("select count(*)::text as line from named.flag where kind = 'limit-doubt' and settled_at is null").await, ["19"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_phone_under_other_names_from_other_accounts_is_looked_at_and_not_refused() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    limit(&app, "1", "null").await;
    for (i, name) in ["Lê An", "Lê Bình", "Lê Chi"].into_iter().enumerate() {
        let browser = app.person(name, &format!("le{i}@example.org")).await;
        sent(&browser, &[("email_1", ""), ("phone_1", "0912 345 678")]).await.is(303);
    }
    assert_eq!(doubts(&app).await, ["2 limit-doubt", "3 limit-doubt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_authors_together_are_one_set_and_a_set_that_is_not_known_for_sure_is_looked_at() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    limit(&app, "1", "null").await;
    app.execute("update contest.contest set limit_subject = 'author-set'").await;
    let (one, two) = (app.person("Một", "mot@example.org").await, app.person("Hai", "hai@example.org").await);
    let pair = [("name_1", "Lê An"), ("email_1", "an@example.org"), ("name_2", "Lê Bình"), ("email_2", "binh@example.org")];
    let turned = [("name_1", "Lê Bình"), ("email_1", "binh@example.org"), ("name_2", "Lê An"), ("email_2", "an@example.org")];
    sent(&one, &pair).await.is(303);
    sent(&one, &pair[..2]).await.is(303);
    sent(&two, &turned).await.is(422).says("đã có đủ số bài");
    let unsure = [("name_1", "Lê An"), ("email_1", "an@example.org"), ("name_2", "Lê Chi"), ("email_2", "")];
    sent(&one, &unsure).await.is(303);
    sent(&two, &unsure).await.is(303);
    assert_eq!(doubts(&app).await, ["4 limit-doubt", "4 same-person"]);
    // the phone stands for who has no address; the other number is another person
    let by_phone = |phone| [("name_1", "Lê Dung"), ("email_1", ""), ("phone_1", phone)];
    sent(&one, &by_phone("0912345678")).await.is(303);
    sent(&two, &by_phone("+84912345678")).await.is(422);
    sent(&two, &by_phone("0912345679")).await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_author_counts_too_and_replacing_an_entry_counts_once() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    limit(&app, "1", "null").await;
    let receipt = submitted(&browser).await;
    let page = entry_of(&browser, &receipt).await;
    filled(&page).fill("title", "Bản thay").fill("do", "submit").submit().await.is(303).follow().await.says("Bản thay").says("thay bài 1 lần").says("Đã nhận bài số 1");
    let other = app.person("Người Khác", "khac@example.org").await;
    let page = new_entry(&other).await;
    let seen = filled(&page).add("name_2", "Miên").add("email_2", "mien@example.org").fill("do", "submit").submit().await.is(422);
    assert_eq!(seen.attrs(".errors a", "href"), ["#category"]);
    form(&seen).fill("email_2", "").fill("do", "submit").submit().await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_or_refused_entry_frees_the_limit_and_cannot_come_back() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    limit(&app, "1", "null").await;
    let first = entry_of(&browser, &submitted(&browser).await).await;
    // by an old window: the list no longer has the button
    let page = browser.post("/c/nho/entries", &[("for".into(), "me".into())]).await.is(303).follow().await.is(200);
    filled(&page).fill("do", "submit").submit().await.is(422).says("đã có đủ số bài");
    first.form(&format!("{}/withdrawal", first.path)).submit().await.is(303).follow().await.says("Bạn đã rút bài này");
    filled(&first).fill("do", "submit").submit().await.is(409).says("đã rút");
    let page = browser.get(&page.path).await;
    form(&page).fill("do", "submit").submit().await.is(303);
    screen(&app, "refused", "Bài đã đăng báo").await;
    assert_eq!(state_of(&app).await, "withdrawn refused");
    let letter = app.letter("mien@example.org", "entry-refused").await;
    assert!(letter["number"] == 2 && !letter.to_string().contains("đăng báo"), "{letter}");
    let shown = browser.get(&page.path).await;
    shown.says("không được nhận vào vòng chấm").says("Bài đã đăng báo");
    form(&page).fill("version", "01900000-0000-7000-8000-00000000eeee").fill("do", "submit").submit().await.is(409);
    submitted(&browser).await.says("Đã nhận bài số 3");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_microsecond_before_the_close_is_in_time_and_the_close_is_not() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let again = || filled(&page).fill("do", "submit").submit();
    stop_clock(&app, "opens_at - interval '1 microsecond'").await;
    again().await.is(409).says("chưa mở nhận bài");
    browser.post("/c/nho/entries", &[]).await.is(409);
    stop_clock(&app, "closes_at").await;
    again().await.is(409).says("Đã hết hạn gửi bài");
    assert_eq!(received(&app).await, "0");
    stop_clock(&app, "closes_at - interval '1 microsecond'").await;
    again().await.is(303);
    let at = app.ask("select (received_at = c.closes_at - interval '1 microsecond')::text as line from named.version v join contest.contest c on c.id = v.contest").await;
    assert_eq!(at, ["true"]);
    let page = browser.get(&page.path).await;
    stop_clock(&app, "closes_at").await;
    page.form(&format!("{}/withdrawal", page.path)).submit().await.is(409).says("Đã hết hạn");
    filled(&page).fill("title", "Bản thay").fill("do", "submit").submit().await.is(409);
    assert_eq!(state_of(&app).await, "waiting");
    stop_clock(&app, "opens_at").await;
    submitted(&browser).await.says("Đã nhận bài số 2");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_decides_the_deadline_whatever_the_clock_of_the_app_says() {
    // by the app's clock the contest closed an hour ago, by the database's it closes in 23 hours
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    app.execute("update contest.contest set opens_at = now() - interval '5 days', closes_at = now() - interval '1 hour'").await;
    app.execute("update phach.test_clock set shift = interval '-1 day'").await;
    submitted(&browser).await.says("Đã nhận bài số 1");
    // by the app's clock it is open for another hour, by the database's it closed 23 hours ago
    let page = new_entry(&browser).await;
    app.execute("update contest.contest set closes_at = now() + interval '1 hour', intake_closes_at = now() + interval '2 hours'").await;
    app.execute("update phach.test_clock set shift = interval '1 day'").await;
    filled(&page).fill("do", "submit").submit().await.is(409).says("Đã hết hạn gửi bài");
    assert_eq!(received(&app).await, "1");
}
