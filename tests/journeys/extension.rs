//! More time: for everybody by two people, for one entry by the desk; neither once cut.
use chrono::{DateTime, TimeDelta, Utc};

use crate::hats::{ask, wear};
use crate::support::{Browser, Seen, Sent, TestApp};

const PATH: &str = "/c/nho/organizer/extension";

/// A minute in Việt Nam, so many hours from now.
fn hours(n: i64) -> String {
    (Utc::now() + TimeDelta::hours(n + 7)).format("%Y-%m-%dT%H:%M").to_string()
}

/// The small contest: closes in 24 hours, intake in 48, queries in 72.
async fn world() -> (TestApp, Browser) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let organizer = app.official("nho", "organizer", "Nguyễn Tổ Chức", "tochuc@example.org").await;
    (app, organizer)
}

async fn propose(organizer: &Browser, closes: i64, reason: &str) -> Seen {
    let form = organizer.get(PATH).await.is(200).form(PATH);
    form.fill("closes_at", &hours(closes)).fill("intake_closes_at", &hours(closes + 24)).fill("queries_close_at", &hours(closes + 72)).fill("reason", reason).submit().await
}

async fn closes_in(app: &TestApp) -> f64 {
    app.ask("select round(extract(epoch from closes_at - now()) / 3600)::text as line from contest.contest where slug = 'nho'").await[0].parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_proposes_another_confirms_and_everybody_with_a_draft_or_an_entry_gets_a_letter() {
    let (app, organizer) = world().await;
    app.received(Sent::default()).await;
    let drafting = app.person("Đang Viết", "nhap@example.org").await;
    drafting.post("/c/nho/entries", &[]).await.is(303);
    let gone = app.received(Sent { email: "rut@example.org", author: "Rút Bài", ..Sent::default() }).await;
    app.execute(&format!("update named.entry set state = 'withdrawn' where id = '{gone}'")).await;
    let clerk = app.official("nho", "clerk", "Lê Thư Ký", "thuky@example.org").await;
    propose(&organizer, 48, "Bão làm mất điện ba tỉnh").await.is(303).follow().await.says("đang chờ người thứ hai");
    assert_eq!(closes_in(&app).await, 24.0);
    app.browser().get("/c/nho").await.hides("Bão làm mất điện");
    assert!(app.letter("thuky@example.org", "extension-proposed").await["until"].is_string());
    // whoever proposed cannot confirm, by page or by hand
    let own = organizer.get("/c/nho/extension").await.is(200);
    own.says("Người đề nghị không tự xác nhận được");
    let id = app.ask("select id::text as line from contest.extension").await.concat();
    organizer.post("/c/nho/extension", &[("id".into(), id)]).await.is(409);
    let page = clerk.get("/c/nho/extension").await.is(200);
    page.says("Bão làm mất điện ba tỉnh").says("Nguyễn Tổ Chức");
    page.form("/c/nho/extension").submit().await.is(303).follow().await.is(200).says("Bão làm mất điện ba tỉnh").says("Gia hạn gửi bài");
    assert_eq!(closes_in(&app).await, 48.0);
    let told = app.ask("select to_address as line from mail.letter where kind = 'extended' order by 1").await;
    assert_eq!(told, ["ngan@example.org", "nhap@example.org"]);
    let noted = app.ask("select verb as line from record.event where verb in ('propose_extension', 'extend') order by id").await;
    assert_eq!(noted, ["propose_extension", "extend"]);
    // once is enough
    page.form("/c/nho/extension").submit().await.is(409).says("không còn nữa");
    assert_eq!(app.ask("select count(*)::text as line from contest.change where section = 'extension'").await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_has_passed_can_be_extended_and_what_was_late_is_then_taken() {
    let (app, organizer) = world().await;
    let author = app.person("Người Viết", "viet@example.org").await;
    let entry = author.post("/c/nho/entries", &[]).await.is(303).location;
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    app.travel_to(Utc::now() + TimeDelta::hours(25)).await;
    let send = async || {
        author
            .get(&entry)
            .await
            .form(&entry)
            .fill("category", "01900000-0000-7000-8000-000000000006")
            .fill("title", "Tên bài")
            .fill("text", &"chữ ".repeat(120))
            .fill("do", "submit")
            .submit()
            .await
    };
    assert_eq!(app.ask("select state as line from named.entry").await, ["draft"]);
    author.get(&entry).await.says("hạn");
    propose(&organizer, 48, "Máy chủ hỏng trong giờ cuối").await.is(303);
    chair.get("/c/nho/extension").await.form("/c/nho/extension").submit().await.is(303);
    send().await.is(303);
    assert_eq!(app.ask("select state as line from named.entry").await, ["waiting"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_needs_a_reason_later_dates_in_order_and_an_open_contest_not_cut() {
    let (app, organizer) = world().await;
    propose(&organizer, 48, "vì").await.is(422).says("Ghi lý do sửa");
    let seen = propose(&organizer, 12, "Sớm hơn một chút").await.is(422);
    seen.says("chỉ được lùi về sau");
    assert_eq!(seen.form(PATH).value("reason"), Some("Sớm hơn một chút"));
    let form = organizer.get(PATH).await.form(PATH);
    form.fill("closes_at", &hours(100)).fill("reason", "Quên mốc sau").submit().await.is(422).says("Mốc này không được trước hạn gửi bài");
    assert!(app.ask("select id::text as line from contest.extension where dropped_at is null").await.is_empty());
    app.execute("update contest.contest set ready = false").await;
    organizer.get(PATH).await.says("Chưa mở nhận bài");
    let all = [("closes_at", hours(48)), ("intake_closes_at", hours(72)), ("queries_close_at", hours(96)), ("reason", "Chưa mở đã hoãn".into())].map(|(n, v)| (n.to_owned(), v));
    organizer.post(PATH, &all).await.is(409).says("hãy sửa các mốc giờ");
    app.execute("update contest.contest set ready = true").await;
    app.cut_papers(5).await;
    app.stay_signed_in().await;
    organizer.get(PATH).await.says("Đã cắt phách");
    let late =
        [("closes_at", hours(500)), ("intake_closes_at", hours(501)), ("queries_close_at", hours(502)), ("reason", "Cắt rồi còn hoãn".into())].map(|(n, v)| (n.to_owned(), v));
    organizer.post(PATH, &late).await.is(409).says("Đã cắt phách");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_between_the_two_persons_ends_the_proposal() {
    let (app, organizer) = world().await;
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    propose(&organizer, 500, "Xin thêm thời gian").await.is(303);
    let page = chair.get("/c/nho/extension").await;
    app.cut_papers(5).await;
    app.stay_signed_in().await;
    page.form("/c/nho/extension").submit().await.is(409).says("Đã cắt phách");
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'extended'").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_replaced_or_taken_back_and_the_old_one_cannot_be_confirmed() {
    let (app, organizer) = world().await;
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    propose(&organizer, 48, "Lần thứ nhất").await.is(303);
    let old = chair.get("/c/nho/extension").await;
    propose(&organizer, 60, "Lần thứ hai").await.is(303);
    old.form("/c/nho/extension").submit().await.is(409).says("không còn nữa");
    chair.get("/c/nho/extension").await.says("Lần thứ hai");
    organizer.get(PATH).await.form("/c/nho/organizer/extension/withdrawal").submit().await.is(303);
    chair.get("/c/nho/extension").await.is(200).says("Không có đề nghị nào đang chờ");
    assert_eq!(closes_in(&app).await, 24.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn judges_auditors_contestants_and_strangers_neither_see_nor_confirm_a_proposal() {
    let (app, organizer) = world().await;
    propose(&organizer, 48, "Xin thêm thời gian").await.is(303);
    let id = app.ask("select id::text as line from contest.extension").await.concat();
    let judge = app.judge("Một", "gk1@example.org").await;
    let auditor = app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    let somebody = app.person("Ai Đó", "ai@example.org").await;
    for other in [&judge, &auditor, &somebody] {
        other.get("/c/nho/extension").await.is(404);
        other.post("/c/nho/extension", &[("id".into(), id.clone())]).await.is(404);
    }
    app.browser().get("/c/nho/extension").await.is(303);
    // straight in Postgres too
    let mut conn = wear(&app, "public", "giamsat@example.org").await;
    assert!(ask(&mut conn, "select id::text as line from account.extension()").await.unwrap().is_empty());
    assert!(ask(&mut conn, &format!("select account.confirm_extension('{id}')::text as line")).await.unwrap_err().contains("enter_not_found"));
    assert!(ask(&mut conn, "select reason as line from contest.extension").await.unwrap_err().contains("permission denied"));
    // an official of another contest
    app.another_contest().await;
    let mut clerk = wear(&app, "public", "thukykhac@example.org").await;
    assert!(ask(&mut clerk, &format!("select account.confirm_extension('{id}')::text as line")).await.unwrap_err().contains("enter_not_found"));
    assert_eq!(closes_in(&app).await, 24.0);
}

async fn own_deadline(app: &TestApp, entry: &str) -> Option<DateTime<Utc>> {
    let line = app.ask(&format!("select to_char(extended_to at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as line from named.entry where id = '{entry}'")).await.concat();
    (!line.is_empty()).then(|| line.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_gives_one_entry_more_time_with_a_reason_that_its_contestant_reads() {
    let (app, _) = world().await;
    let clerk = app.official("nho", "clerk", "Lê Thư Ký", "thuky@example.org").await;
    let entry = app.received(Sent::default()).await;
    let other = app.received(Sent { email: "khac@example.org", author: "Người Khác", ..Sent::default() }).await;
    let path = format!("/c/nho/desk/{entry}/extension");
    app.travel_to(Utc::now() + TimeDelta::hours(26)).await;
    let ask_for = async |until: i64, reason: &str| clerk.get(&path).await.is(200).form(&path).fill("until", &hours(until)).fill("reason", reason).submit().await;
    clerk.get(&format!("/c/nho/desk/{entry}")).await.says("Gia hạn cho bài này");
    ask_for(30, "vì").await.is(422).says("Ghi lý do");
    ask_for(20, "Người viết nằm viện").await.is(422).says("sau hạn gửi bài chung");
    ask_for(90, "Người viết nằm viện").await.is(422).says("không được sau hạn bổ sung");
    let seen = clerk.get(&path).await.form(&path).fill("until", "mai").fill("reason", "Người viết nằm viện").submit().await.is(422);
    assert_eq!((seen.form(&path).value("until"), seen.form(&path).value("reason")), (Some("mai"), Some("Người viết nằm viện")));
    ask_for(30, "Người viết nằm viện").await.is(303).follow().await.is(200).says("Đã gia hạn");
    assert!(own_deadline(&app, &entry).await.is_some() && own_deadline(&app, &other).await.is_none());
    assert!(app.letter("ngan@example.org", "entry-extended").await["until"].is_string());
    // a new version is taken now, of this entry alone
    assert!(app.replaced(&entry, Sent { title: "Bản sửa", ..Sent::default() }).await.is_ok());
    let late = app.replaced(&other, Sent { title: "Bản sửa", email: "khac@example.org", author: "Người Khác", ..Sent::default() }).await;
    assert!(late.unwrap_err().contains("closed"));
    app.travel_to(Utc::now() + TimeDelta::hours(31)).await;
    assert!(app.replaced(&entry, Sent { title: "Bản muộn", ..Sent::default() }).await.unwrap_err().contains("closed"));
    let noted = app.ask("select content->>'reason' as line from record.event where verb = 'extend_entry'").await.concat();
    assert!(noted.len() == 64, "the reason stands salted in the record: {noted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_submitted_yet_gets_more_time_by_the_address_of_its_account() {
    let (app, _) = world().await;
    let clerk = app.official("nho", "clerk", "Lê Thư Ký", "thuky@example.org").await;
    let author = app.person("Người Viết", "viet@example.org").await;
    let entry = author.post("/c/nho/entries", &[]).await.is(303).location;
    app.travel_to(Utc::now() + TimeDelta::hours(26)).await;
    author.get(&entry).await.hides("id=\"submit\"");
    let path = "/c/nho/desk/extension";
    let give = async |email: &str| clerk.get(path).await.is(200).form(path).fill("email", email).fill("until", &hours(30)).fill("reason", "Mất điện cả huyện").submit().await;
    give("khong-ai@example.org").await.is(422).says("Không có bài đang viết nào");
    give("viet@").await.is(422);
    give("VIET@example.org").await.is(303).follow().await.says("Đã gia hạn");
    let seen = author.get(&entry).await.is(200);
    seen.says("Mất điện cả huyện");
    assert!(seen.body.contains("id=\"submit\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_ended_or_cut_gets_no_more_time_and_no_other_hat_gives_any() {
    let (app, organizer) = world().await;
    let clerk = app.official("nho", "clerk", "Lê Thư Ký", "thuky@example.org").await;
    let entry = app.received(Sent::default()).await;
    let path = format!("/c/nho/desk/{entry}/extension");
    organizer.get(&path).await.is(404);
    organizer.post(&path, &[]).await.is(404);
    app.execute(&format!("update named.entry set state = 'refused' where id = '{entry}'")).await;
    let fields = [("until".to_owned(), hours(60)), ("reason".to_owned(), "Người viết nằm viện".to_owned())];
    clerk.post(&path, &fields).await.is(409);
    app.execute(&format!("update named.entry set state = 'valid', cut = true where id = '{entry}'")).await;
    clerk.post(&path, &fields).await.is(409).says("cắt phách");
    let another = app.another_contest().await;
    another.post(&path.replace("nho", "khac"), &fields).await.is(404);
    let mut conn = wear(&app, "contestant", "ngan@example.org").await;
    assert!(ask(&mut conn, &format!("select named.extend('{entry}', now(), 'vì thế thôi')::text as line")).await.unwrap_err().contains("permission denied"));
    assert!(ask(&mut conn, "update named.entry set extended_to = now() returning id::text as line").await.unwrap_err().contains("permission denied"));
    assert!(own_deadline(&app, &entry).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn officials_and_key_holders_may_not_enter_where_the_rules_say_so() {
    let (app, _) = world().await;
    app.judge("Một", "gk1@example.org").await;
    let sent = |email: &'static str| Sent { email, author: "Một Người", ..Sent::default() };
    let try_it = async |email: &'static str| {
        let entry = app.received(Sent { email: "an@example.org", author: "An", ..Sent::default() }).await;
        app.replaced(&entry, sent(email)).await
    };
    assert!(try_it("gk1@example.org").await.is_ok(), "the rules do not say so yet");
    app.execute("update contest.contest set bar_officials = true, limit_per_category = null").await;
    for email in ["gk1@example.org", "tochuc@example.org", "khoa1@example.org"] {
        assert!(try_it(email).await.unwrap_err().contains("official_may_not_enter"), "{email}");
    }
    assert!(try_it("nguoi-khac@example.org").await.is_ok());
}
