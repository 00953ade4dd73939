//! What an organizer tells everybody: news and answers, the call to print; and the letters to who has not submitted yet.
use phach::entries::jobs::{Turn, take};

use crate::support::{Browser, Filling, TestApp};

const PAGE: &str = "/c/nho/organizer/news";

async fn organizer_of_small(app: &TestApp) -> Browser {
    app.small_contest().await;
    app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await
}

/// The form of a new notice of a kind.
async fn new_of(organizer: &Browser, kind: &str) -> Filling {
    let page = organizer.get(PAGE).await.is(200);
    let threads = page.attrs(&format!("form:has(input[name=kind][value={kind}]) input[name=thread]"), "value");
    page.form(PAGE).fill("kind", kind).fill("thread", &threads[0])
}

#[tokio::test(flavor = "multi_thread")]
async fn news_and_answers_stand_on_the_public_page_with_the_day_of_their_last_correction() {
    let app = TestApp::spawn().await;
    let organizer = organizer_of_small(&app).await;
    new_of(&organizer, "news")
        .await
        .fill("title_vi", "Lễ phát động")
        .fill("title_en", "Opening day")
        .fill("body_vi", "Lúc 8 giờ.\n\nTại <hội> trường.")
        .submit()
        .await
        .is(303)
        .follow()
        .await
        .says("Đã đăng");
    new_of(&organizer, "answer").await.fill("title_vi", "Gửi bài chép tay được không?").fill("body_vi", "Được, qua bưu điện.").submit().await.is(303);
    let seen = app.browser().get("/c/nho").await.is(200);
    seen.says("Tin của Ban Tổ chức").says("Lễ phát động").says("Tại <hội> trường.").says("Gửi bài chép tay được không?").hides("<hội>").hides("sửa ");
    assert_eq!(seen.all("#tin article p").len(), 3, "a day and two paragraphs");
    let english = app.browser().get_in("/c/nho", "en").await.is(200);
    english.says("Opening day").says("Lúc 8 giờ.").hides("Lễ phát động");
    app.travel_to(chrono::Utc::now() + chrono::TimeDelta::days(2)).await;
    app.stay_signed_in().await;
    let again = organizer.get(PAGE).await.is(200);
    let form = again.form(PAGE);
    let stands: Vec<String> = again.attrs("input[name=thread]", "value");
    form.fill("thread", &stands[1]).fill("seen", "1").fill("title_vi", "Lễ phát động").fill("body_vi", "Lúc 9 giờ.").submit().await.is(303);
    app.browser().get("/c/nho").await.says("Lúc 9 giờ.").says("sửa ").hides("Lúc 8 giờ.");
    organizer.get(PAGE).await.form("/c/nho/organizer/news/removal").submit().await.is(303).follow().await.says("Đã gỡ");
    app.browser().get("/c/nho").await.hides("Lễ phát động").says("Gửi bài chép tay được không?");
    assert_eq!(app.ask("select verb || ' ' || (content ->> 'title') as line from record.event where verb like '%_notice'").await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_correct_one_notice_do_not_overwrite_each_other_and_a_second_press_writes_once() {
    let app = TestApp::spawn().await;
    let organizer = organizer_of_small(&app).await;
    let first = || async { new_of(&organizer, "news").await.fill("title_vi", "Tin").fill("body_vi", "Một.") };
    let sent = first().await;
    let (thread, fields) = (sent.value("thread").unwrap().to_owned(), sent.fields().to_vec());
    sent.submit().await.is(303);
    organizer.post(PAGE, &fields).await.is(303);
    assert_eq!(app.ask("select n::text as line from contest.notice").await, ["1"]);
    let corrected = |text: &str| {
        vec![("kind", "news"), ("thread", &thread), ("seen", "1"), ("title_vi", "Tin"), ("body_vi", text)]
            .into_iter()
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .collect::<Vec<_>>()
    };
    organizer.post(PAGE, &corrected("Hai.")).await.is(303);
    let late = organizer.post(PAGE, &corrected("Ba.")).await.is(409);
    late.says("Người khác vừa sửa").says("Ba.");
    // looked at, sent again on what stands
    let seen = late.attrs(&format!("form:has(input[value='{thread}']) input[name=seen]"), "value");
    assert_eq!(seen[0], "2");
    // taken off meanwhile: the words go to the place of a new one
    organizer.post(&format!("{PAGE}/removal"), &[("thread".to_owned(), thread.clone())]).await.is(303);
    organizer.post(PAGE, &corrected("Bốn.")).await.is(409).says("Bốn.");
    assert_eq!(app.ask("select max(n)::text as line from contest.notice").await, ["3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_published_is_said_under_its_field_and_others_find_no_such_page() {
    let app = TestApp::spawn().await;
    let organizer = organizer_of_small(&app).await;
    let bad = new_of(&organizer, "answer").await.fill("title_vi", &"ữ".repeat(201)).fill("body_en", "Only English").submit().await.is(422);
    bad.says("dài quá 200 ký tự").says("Hãy viết nội dung").says("Only English");
    assert!(bad.attrs("[aria-invalid]", "name").contains(&"title_vi".to_owned()));
    let fields = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
    let notice = [("title_vi", "Tin"), ("body_vi", "Lời.")];
    for odd in [[("kind", "news"), ("thread", "x")], [("kind", "khac"), ("thread", "01900000-0000-7000-8000-0000000000aa")]] {
        organizer.post(PAGE, &fields(&[&odd[..], &notice[..]].concat())).await.is(404);
    }
    // a notice of another contest is not found
    app.another_contest().await;
    let theirs = "01900000-0000-7000-8000-0000000000ab";
    app.execute(&format!(
        "set local role phach_owner; insert into contest.notice(thread, n, contest, kind, title_vi, title_en, body_vi, body_en)
         values ('{theirs}', 1, '01900000-0000-7000-8000-0000000000ff', 'news', 'Tin kia', 'Tin kia', 'Lời kia.', 'Lời kia.')"
    ))
    .await;
    organizer.post(PAGE, &fields(&[&[("kind", "news"), ("thread", theirs), ("seen", "1")], &notice[..]].concat())).await.is(404);
    organizer.post(&format!("{PAGE}/removal"), &fields(&[("thread", theirs)])).await.is(404);
    app.browser().get("/c/nho").await.hides("Tin kia");
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    clerk.get(PAGE).await.is(404);
    clerk.post(PAGE, &fields(&[&[("kind", "news"), ("thread", theirs)], &notice[..]].concat())).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_call_to_print_says_all_that_the_rules_say() {
    let app = TestApp::spawn().await;
    let organizer = organizer_of_small(&app).await;
    new_of(&organizer, "answer").await.fill("title_vi", "Có lệ phí không?").fill("body_vi", "Không.").submit().await.is(303);
    let call = app.browser().get("/c/nho/call").await.is(200);
    call.says("Cuộc thi nhỏ")
        .says("100–5.000")
        .says("Nội dung")
        .says("10.000.000 đ")
        .says("Huyện đoàn")
        .says("Trưởng Ban Tổ chức")
        .says("Trao giải tại lễ.")
        .says("Có lệ phí không?");
    call.says(&format!("{}/c/nho", app.base));
    assert!(call.all("details").is_empty(), "what is folded is not printed");
    app.browser().get_in("/c/nho/call", "en").await.is(200).says("Call for entries").says("Who may enter").hides("⟦");
    app.browser().get("/c/khong-co/call").await.is(404);
}

/// A draft of the small contest with a title, saved by its contestant; the contest closes tomorrow.
async fn drafts(app: &TestApp, browser: &Browser, title: &str) -> String {
    let opened = browser.get("/c/nho/entries").await.form("/c/nho/entries").submit().await.is(303);
    let form = opened.follow().await;
    let path = form.path.split('?').next().unwrap().to_owned();
    form.form("").fill("title", title).add("do", "save").submit().await;
    let id = path.rsplit('/').next().unwrap().to_owned();
    assert_eq!(app.ask(&format!("select title as line from named.draft where entry = '{id}'")).await, [title]);
    id
}

async fn reminded(app: &TestApp, to: &str) -> usize {
    app.ask(&format!("select kind as line from mail.letter where kind = 'draft-reminder' and to_address = '{to}'")).await.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_unsent_draft_is_reminded_three_days_and_one_day_before_the_deadline_and_once() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.execute("update contest.contest set closes_at = phach.now() + interval '10 days', intake_closes_at = phach.now() + interval '11 days', queries_close_at = phach.now() + interval '12 days'").await;
    let (mien, an) = (app.person("Thảo Miên", "mien@example.org").await, app.person("An", "an@example.org").await);
    drafts(&app, &mien, "Một").await;
    drafts(&app, &mien, "Hai").await;
    // opened and never written in: nothing to be lost
    app.person("Bình", "binh@example.org").await.get("/c/nho/entries").await.form("/c/nho/entries").submit().await.is(303);
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 0);
    let later = |days: i64, hours: i64| chrono::Utc::now() + chrono::TimeDelta::days(days) + chrono::TimeDelta::hours(hours);
    app.travel_to(later(7, 1)).await;
    assert_eq!((take(&app.site, Turn::RemindDrafts).await.unwrap(), take(&app.site, Turn::RemindDrafts).await.unwrap()), (1, 0));
    let letter = app.letter("mien@example.org", "draft-reminder").await;
    assert_eq!(letter["number"], 2);
    assert!(!letter.to_string().contains("Một"), "the letter says how many, not which: {letter}");
    // begun after the third day before: only the last letter
    app.stay_signed_in().await;
    drafts(&app, &an, "Ba").await;
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 0);
    app.travel_to(later(9, 1)).await;
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 2);
    assert_eq!((reminded(&app, "mien@example.org").await, reminded(&app, "an@example.org").await), (2, 1));
    // the deadline moves: everybody hears of the new one in its time
    app.execute("update contest.contest set closes_at = closes_at + interval '7 days', intake_closes_at = intake_closes_at + interval '7 days', queries_close_at = queries_close_at + interval '7 days'").await;
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 0);
    app.travel_to(later(14, 1)).await;
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 2);
    app.travel_to(later(17, 1)).await;
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 0, "after the deadline nobody is reminded");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_letter_where_the_rules_say_so_where_it_is_submitted_or_where_the_desk_gave_more_time() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.execute("update contest.contest set closes_at = phach.now() + interval '60 hours', intake_closes_at = phach.now() + interval '12 days', queries_close_at = phach.now() + interval '13 days', remind_drafts = false").await;
    let mien = app.person("Thảo Miên", "mien@example.org").await;
    let id = drafts(&app, &mien, "Một").await;
    app.execute("update named.entry set created_at = phach.now() - interval '1 day'").await;
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 0, "the rules say no");
    app.execute("update contest.contest set remind_drafts = true").await;
    app.execute(&format!("update named.entry set extended_to = phach.now() + interval '8 days' where id = '{id}'")).await;
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 0, "its own deadline is far");
    app.execute("update named.entry set extended_to = null, state = 'withdrawn'").await;
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 0);
    app.execute("update named.entry set state = 'draft'").await;
    assert_eq!(take(&app.site, Turn::RemindDrafts).await.unwrap(), 1);
}
