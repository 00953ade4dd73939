//! What the list and the form say beside the text: hours, limits, drafts, authors.
use super::{BAO, entry_of, filled, form, letters, new_entry, screen, start, state_of, submitted};
use crate::support::{Seen, TestApp};
use phach::entries::asked::TypedAsked;
use phach::entries::rules::{Author, Submission, Work};
use phach::entries::store;
use phach::platform::db::{Contestant, Mode, Slug, Who};
use phach::platform::visitor::hash_of;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_never_sent_is_deleted_and_an_entry_sent_is_not() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    submitted(&browser).await;
    let draft = new_entry(&browser).await;
    filled(&draft).fill("do", "save").submit().await.is(303);
    let list = browser.get("/c/nho/entries").await;
    let deletions: Vec<_> = list.attrs("form", "action").into_iter().filter(|a| a.ends_with("/deletion")).collect();
    assert_eq!(deletions.len(), 1, "only the draft has the button");
    let sent = app.ask("select id::text as line from named.entry where state = 'waiting'").await.concat();
    browser.post(&format!("/c/nho/entries/{sent}/deletion"), &[]).await.is(409).says("Chỉ xóa được bản nháp");
    let stranger = app.person("Ai Đó", "ai@example.org").await;
    stranger.post(&deletions[0], &[]).await.is(404);
    // the desk gave it more time: that goes with it
    app.execute("insert into named.extension(entry, contest, until, reason, clerk) select id, contest, now() + interval '1 day', 'Mất điện cả xã', account from named.entry where state = 'draft'").await;
    list.form(&deletions[0]).submit().await.is(303).follow().await.says("Đã xóa bản nháp").hides("Bản nháp chưa");
    assert_eq!(state_of(&app).await, "waiting");
    list.form(&deletions[0]).submit().await.is(404);
}

/// Two presses that cross: the second one's form names one author more.
#[tokio::test(flavor = "multi_thread")]
async fn a_replay_adds_nobody_to_what_was_received() {
    let app = TestApp::spawn().await;
    submitted(&start(&app).await).await;
    let ids = app.ask("select entry::text || ' ' || id::text || ' ' || category::text as line from named.version").await.concat();
    let ids: Vec<uuid::Uuid> = ids.split(' ').map(|id| id.parse().unwrap()).collect();
    app.execute("insert into account.session(key_hash, account) select sha256('lần nữa'), account from named.entry").await;
    let who = Who::Visitor { session: Some(hash_of("lần nữa")), contest: Slug::parse("nho") };
    let author =
        |name: &str| Author { name: name.into(), pen_name: String::new(), birth_year: None, email: None, phone: String::new(), guardian: String::new(), guardian_agrees: false };
    let again = Submission {
        category: ids[2],
        unit: None,
        title: "Lần nữa".into(),
        work: Work::Text { text: "Một đoạn.".into(), words: 2 },
        authors: vec![author("Người Một"), author("Người Hai")],
        note: String::new(),
        asked: TypedAsked::default(),
    };
    let before = app.ask("select name as line from named.author order by 1").await;
    let mut tx = app.site.db.open::<Contestant>(Mode::Write, &who).await.unwrap();
    store::submit(&mut tx, ids[0], ids[1], &again).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.ask("select name as line from named.author order by 1").await, before);
}

/// The buttons that begin an entry, by the ids of their forms.
fn buttons(list: &Seen) -> Vec<String> {
    list.attrs("header form", "id")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_reached_is_said_in_place_of_the_button_and_others_may_still_be_sent_for() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    app.execute("update contest.contest set limit_per_category = 1").await;
    let list = browser.get("/c/nho/entries").await;
    list.hides("đứng tên đủ số bài");
    assert_eq!(buttons(&list), ["mine", "anothers"]);
    submitted(&browser).await;
    let list = browser.get("/c/nho/entries").await.is(200);
    list.says("Bạn đã đứng tên đủ số bài");
    assert_eq!(buttons(&list), ["copied", "anothers"]);
    screen(&app, "refused", "Trùng bài khác").await;
    assert_eq!(buttons(&browser.get("/c/nho/entries").await), ["mine", "copied", "anothers"]);
    // what others send in which the visitor is an author counts, as it counts when it is sent; what the visitor sends for others does not
    let friend = app.person("Bạn Viết Cùng", "ban@example.org").await;
    let page = new_entry(&friend).await;
    filled(&page).add("name_2", "Nguyễn Thảo Miên").add("email_2", "mien@example.org").fill("do", "submit").submit().await.is(303);
    let list = browser.get("/c/nho/entries").await;
    assert_eq!(buttons(list.says("Bạn đã đứng tên đủ số bài")), ["copied", "anothers"]);
    app.execute("update named.entry set state = 'withdrawn' where state = 'waiting'").await;
    let page = browser.post("/c/nho/entries", &[("for".into(), "other".into())]).await.is(303).follow().await;
    filled(&page).fill("name_1", "Một Em Nhỏ").fill("email_1", "mien@example.org").fill("do", "submit").submit().await.is(303);
    assert_eq!(buttons(&browser.get("/c/nho/entries").await), ["mine", "copied", "anothers"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_shows_a_querys_own_hour_and_an_answer_accepted_sends_a_letter() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let receipt = submitted(&browser).await;
    screen(&app, "query", "Thiếu năm sinh").await;
    let until = entry_of(&browser, &receipt).await.all(".note.warn").concat();
    let list = browser.get("/c/nho/entries").await;
    assert!(list.all(".due").iter().any(|n| n.contains("trả lời và gửi lại được") && until.contains(n.as_str())), "{}", list.text());
    let page = entry_of(&browser, &receipt).await;
    form(&page).fill("note", "Sinh năm 1990").fill("do", "submit").submit().await.is(303);
    screen(&app, "valid", "").await;
    assert!(letters(&app).await.contains("đã kết luận bài số 1 hợp lệ"));
    screen(&app, "valid", "").await;
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'entry-accepted'").await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_accepted_at_once_sends_no_letter() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    submitted(&browser).await;
    screen(&app, "valid", "").await;
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'entry-accepted'").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_is_taken_out_by_a_button_without_a_script_and_authors_are_done_only_with_names() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let two = filled(&page).fill("do", "more").submit().await.is(303).follow().await.is(200);
    let two = form(&two).fill("email_2", "hai@example.org").fill("do", "save").submit().await.is(303).follow().await;
    assert_eq!(two.attrs("#check-authors", "class"), ["no"], "an author without a name");
    assert_eq!(two.attrs("button[value^=drop]", "value"), ["drop-2"]);
    let one = form(&two).fill("do", "drop-2").submit().await.is(303).follow().await;
    assert_eq!((form(&one).value("name_1"), form(&one).value("name_2")), (Some("Nguyễn Thảo Miên"), None));
    assert_eq!(one.attrs("#check-authors", "class"), ["ok"]);
    let nobody = form(&one).fill("name_1", "").fill("email_1", "").fill("do", "save").submit().await.is(303).follow().await;
    assert!(nobody.attrs("#check-authors", "class").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_to_do_is_not_listed_for_an_entry_that_was_received_as_it_stands() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let receipt = submitted(&browser).await;
    let page = entry_of(&browser, &receipt).await;
    assert_eq!(page.attrs("#checks[hidden]", "id"), ["checks"]);
    app.travel_to(chrono::Utc::now() + chrono::TimeDelta::minutes(1)).await;
    let changed = form(&page).fill("title", "Tên khác").fill("category", BAO).fill("do", "save").submit().await.is(303).follow().await;
    assert!(changed.attrs("#checks[hidden]", "id").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_press_on_the_contests_page_begins_the_first_entry_and_only_that() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    // signed out it leads to the list, which asks to sign in
    let visitor = app.browser().get("/c/nho").await.is(200);
    assert_eq!((visitor.attrs("#begin", "action").len(), visitor.attrs(".hero .btn", "href")[0].as_str()), (0, "/c/nho/entries"));
    let page = browser.get("/c/nho").await.is(200);
    assert_eq!(app.ask("select count(*)::text as line from named.entry").await, ["0"], "looking begins nothing");
    let form = page.form("/c/nho/entries").submit().await.is(303).follow().await.is(200);
    assert!(form.path.starts_with("/c/nho/entries/"), "{}", form.path);
    page.form("/c/nho/entries").submit().await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from named.entry").await, ["1"], "two presses begin one");
    let page = browser.get("/c/nho").await.is(200);
    assert_eq!(page.attrs("#begin", "action").len(), 0);
    assert_eq!(page.all(".hero .btn")[0], "Bài của tôi");
    // who works here sends nothing
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    assert_eq!(clerk.get("/c/nho").await.attrs("#begin", "action").len(), 0);
    // a session that has ended asks to sign in, and nothing is lost by it
    let late = app.person("Người Khác", "khac@example.org").await;
    let page = late.get("/c/nho").await.is(200);
    app.execute("delete from account.session").await;
    let answer = page.form("/c/nho/entries").submit().await.is(303);
    assert!(answer.location.starts_with("/sign-in"), "{}", answer.location);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_limit_is_reached_no_page_offers_another_entry_of_ones_own() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    app.execute("update contest.contest set limit_overall = 1").await;
    let receipt = submitted(&browser).await;
    let receipt = browser.get(&receipt.path).await.is(200);
    receipt.says("Bạn đã đứng tên đủ số bài");
    assert_eq!(receipt.attrs("#next", "action"), Vec::<String>::new());
    let page = browser.get("/c/nho").await.is(200);
    page.says("đứng tên đủ số bài mà thể lệ cho phép");
    assert_eq!(page.all(".hero .btn")[0], "Bài của tôi");
    // another's is still sent for, from the list
    browser.get("/c/nho/entries").await.form("/c/nho/entries").fill("for", "other").submit().await.is(303);
    app.execute("update contest.contest set limit_overall = 2").await;
    let receipt = browser.get(&receipt.path).await.is(200);
    assert_eq!(receipt.attrs("#next", "action"), ["/c/nho/entries"]);
    browser.get("/c/nho").await.hides("đứng tên đủ số bài");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_category_is_chosen_already() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    app.execute(
        "insert into contest.category select (jsonb_populate_record(k, jsonb_build_object('id', gen_random_uuid(), 'key', 'khac', 'position', 9))).* from contest.category k",
    )
    .await;
    let many = new_entry(&browser).await;
    assert_eq!(many.attrs("input[name=category][checked]", "value"), Vec::<String>::new());
    app.execute(&format!("delete from contest.category where id <> '{BAO}'")).await;
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await; // rules are kept a second
    // also in what was begun before
    let page = browser.get(&many.path).await.is(200);
    assert_eq!(page.attrs("input[name=category][checked]", "value"), [BAO]);
    let page = new_entry(&browser).await;
    assert_eq!(page.attrs("input[name=category][checked]", "value"), [BAO]);
    assert_eq!(app.ask("select category::text as line from named.draft").await, [BAO]);
    form(&page).fill("title", "Tủ sách").fill("text", &super::essay(120)).fill("do", "submit").submit().await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_marks_where_the_text_names_its_author_and_only_there() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let text = "Em là Nguyễn Thảo Miên, học sinh lớp chín.\r\n\r\nĐoạn hai không nhắc đến ai.";
    let seen = filled(&page).fill("text", text).fill("do", "preview").submit().await.is(303).follow().await.is(200);
    assert_eq!(seen.all("mark.hit"), ["Nguyễn Thảo Miên"]);
    seen.says("1 chỗ trong bài cho biết người viết").says("Đoạn hai không nhắc đến ai.");
    let form = form(&browser.get(page.path.trim_end_matches("/preview")).await);
    let seen = form.fill("text", "Em là học sinh lớp chín.").fill("do", "preview").submit().await.is(303).follow().await.is(200);
    assert_eq!(seen.all("mark.hit"), Vec::<String>::new());
    seen.hides("cho biết người viết").says("Em là học sinh lớp chín.");
}
