//! One account sends for many: what a new entry begins with, and a list that stays readable.
use super::{BAO, entry_of, essay, filled, form, new_entry, start, state_of, submitted};
use crate::support::{Browser, Seen, TestApp};

async fn begin(browser: &Browser, field: &str, value: &str) -> Seen {
    browser.post("/c/nho/entries", &[(field.into(), value.into())]).await.is(303).follow().await.is(200)
}
/// The id of an entry, from the path of one of its pages.
fn id_of(page: &Seen) -> String {
    page.path.split('/').nth(4).unwrap().split('?').next().unwrap().to_owned()
}
/// The first author's name, e-mail and phone, as the form holds them.
fn contact(page: &Seen) -> (String, String, String) {
    let value = |name: &str| form(page).value(name).unwrap_or_default().to_owned();
    (value("name_1"), value("email_1"), value("phone_1"))
}
fn strings(a: &str, b: &str, c: &str) -> (String, String, String) {
    (a.into(), b.into(), c.into())
}
/// Titles, in the order of the list.
fn titles(list: &Seen) -> Vec<String> {
    list.all("table.works a.title")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_entry_takes_over_what_a_teacher_would_type_again_and_nothing_else() {
    let app = TestApp::spawn().await;
    let teacher = start(&app).await;
    app.execute("update contest.contest set guardian_age = 18").await;
    let page = begin(&teacher, "for", "other").await;
    assert_eq!(contact(&page), strings("", "", ""));
    let unit = "01900000-0000-7000-8000-000000000009";
    let pupil = filled(&page).fill("unit", unit).fill("name_1", "Nguyễn Văn An").fill("email_1", "Mien@example.org").fill("phone_1", "024 3825 1234").fill("pen_1", "Bình An");
    let year = app.ask("select (extract(year from now()) - 12)::int::text as line").await.concat();
    let pupil = pupil.fill("year_1", &year).fill("guardian_1", "Nguyễn Văn Ba").fill("agrees_1", "yes").add("name_2", "Lê Hai").add("year_2", "1990");
    let receipt = pupil.fill("do", "submit").submit().await.is(303).follow().await.is(200);
    // the receipt leads on
    let next = receipt.form("/c/nho/entries").submit().await.is(303).follow().await.is(200);
    next.says("Đã chép loại hình");
    assert_eq!(contact(&next), strings("", "Mien@example.org", "024 3825 1234"));
    let kept = form(&next);
    assert_eq!((kept.value("category"), kept.value("unit")), (Some(BAO), Some(unit)));
    for field in ["title", "text", "pen_1", "year_1", "guardian_1"] {
        assert_eq!(kept.value(field), Some(""), "{field}");
    }
    assert!(kept.value("agrees_1").is_none() && kept.value("name_2").is_none());
    // of an author who has an own address, neither it nor the phone goes to another
    let own = form(&next).fill("name_1", "Trần Bình").fill("email_1", "binh@example.org").fill("title", "Bài hai").fill("text", &essay(120)).fill("year_1", "1990");
    let own = own.fill("do", "submit").submit().await.is(303).follow().await.is(200);
    assert_eq!(contact(&own.form("/c/nho/entries").submit().await.is(303).follow().await), strings("", "", ""));
    // a copy of a certain one, from the list, in the place of the one still blank
    let list = teacher.get("/c/nho/entries").await.is(200);
    assert_eq!(list.attrs(".acts input[name=from]", "value").len(), 3);
    assert_eq!(contact(&begin(&teacher, "from", &id_of(&receipt)).await), strings("", "Mien@example.org", "024 3825 1234"));
    assert_eq!(state_of(&app).await, "waiting waiting draft");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_entry_bears_the_senders_name_until_it_is_said_whose_it_is() {
    let app = TestApp::spawn().await;
    let teacher = start(&app).await;
    let page = teacher.post("/c/nho/entries", &[]).await.is(303).follow().await;
    assert_eq!(contact(&page), strings("Nguyễn Thảo Miên", "mien@example.org", ""));
    // said on the form itself, by a button without a script
    let page = form(&page).fill("do", "other").submit().await.is(303).follow().await.is(200);
    assert_eq!(contact(&page), strings("", "", ""));
    assert_eq!(page.attrs("button[value=other]", "value"), Vec::<String>::new());
    form(&page).fill("category", BAO).fill("name_1", "Trần Bình").fill("title", "Của Bình").fill("text", &essay(120)).fill("do", "submit").submit().await.is(303);
    // from then on only who asks for it finds the own name
    assert_eq!(contact(&teacher.post("/c/nho/entries", &[]).await.is(303).follow().await), strings("", "", ""));
    assert_eq!(contact(&new_entry(&teacher).await), strings("Nguyễn Thảo Miên", "mien@example.org", ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_copies_from_an_entry_that_is_anothers_or_anothers_contests() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let theirs = id_of(&submitted(&browser).await);
    let stranger = app.person("Ai Đó", "ai@example.org").await;
    let post = async |slug: &str, from: &str| stranger.post(&format!("/c/{slug}/entries"), &[("from".into(), from.into())]).await;
    post("nho", &theirs).await.is(404);
    post("nho", "01900000-0000-7000-8000-0000000000aa").await.is(404);
    // no id at all is a plain new entry
    post("nho", "x'; drop").await.is(303);
    let own = id_of(&begin(&stranger, "for", "me").await);
    app.another_contest().await;
    post("khac", &own).await.is(404);
    app.execute("update phach.test_clock set shift = interval '2 days'").await;
    app.stay_signed_in().await;
    post("nho", &own).await.is(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_copied_to_be_read_again_and_declarations_are_not() {
    let app = TestApp::spawn().await;
    let teacher = start(&app).await;
    app.execute(
        "insert into contest.declaration(id, contest, key, text_vi, text_en, position) values
           ('01900000-0000-7000-8000-0000000000d1', '01900000-0000-7000-8000-000000000001', 'tu-viet', 'Tôi tự viết bài này.', 'I wrote this.', 1);
         insert into contest.question(id, contest, key, text_vi, text_en, kind, required, position) values
           ('01900000-0000-7000-8000-0000000000e1', '01900000-0000-7000-8000-000000000001', 'truong', 'Trường nào?', 'Which school?', 'text', true, 1)",
    )
    .await;
    let (declare, answer) = ("declare_01900000-0000-7000-8000-0000000000d1", "answer_01900000-0000-7000-8000-0000000000e1");
    let page = new_entry(&teacher).await;
    let receipt = filled(&page).fill(declare, "yes").fill(answer, "THCS Bến Sông").fill("do", "submit").submit().await.is(303).follow().await.is(200);
    let next = receipt.form("/c/nho/entries").submit().await.is(303).follow().await.is(200);
    assert_eq!((form(&next).value(answer), form(&next).value(declare)), (Some("THCS Bến Sông"), None));
    filled(&next).fill("name_1", "Trần Bình").fill("do", "submit").submit().await.is(422).says("Cam đoan 1");
}

/// So many works of one account: titles `Bài 1` …, authors by turns, the third a draft.
async fn works(app: &TestApp, n: u32) {
    app.execute(&format!(
        "do $$ declare me uuid := (select id from account.account where email_key = 'mien@example.org'); e uuid; v uuid; begin
           for i in 1..{n} loop
             e := gen_random_uuid(); v := gen_random_uuid();
             insert into named.entry(id, contest, account, state, number, version, category, title, submitted_at, created_at, state_at)
               values (e, '01900000-0000-7000-8000-000000000001', me, case when i = 3 then 'draft' else 'waiting' end, nullif(i, 3), case when i = 3 then 0 else 1 end,
                 case when i = 3 then null else '{BAO}' end::uuid, case when i = 3 then '' else 'Bài ' || i end, case when i = 3 then null else phach.now() end,
                 phach.now() - make_interval(mins => 500 - i), phach.now());
             insert into named.draft(entry, contest, account, category, title, body, authors, saved_at)
               values (e, '01900000-0000-7000-8000-000000000001', me, '{BAO}', 'Bài ' || i, 'Thân', jsonb_build_array(jsonb_build_object('name', 'Em Nháp')), phach.now() - interval '1 hour');
             if i <> 3 then
               insert into named.version(id, entry, contest, account, n, category, title, body, words, sha256, receipt, received_at)
                 values (v, e, '01900000-0000-7000-8000-000000000001', me, 1, '{BAO}', 'Bài ' || i, 'Thân', 150, sha256(('y' || i)::bytea), phach.random_word(16), phach.now());
               insert into named.author(version, position, contest, account, name) values
                 (v, 1, '01900000-0000-7000-8000-000000000001', me, case when i % 2 = 0 then 'Đặng Thị Hòa ' else 'Lê An ' end || i),
                 (v, 2, '01900000-0000-7000-8000-000000000001', me, 'Người Thứ Hai');
             end if;
           end loop; end $$"
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_says_whose_each_work_is_counts_by_state_and_finds_without_accents() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    works(&app, 6).await;
    let list = browser.get("/c/nho/entries").await.is(200);
    assert_eq!(titles(&list), ["Bài 6", "Bài 5", "Bài 4", "Bài 3", "Bài 2", "Bài 1"]);
    list.says("Đặng Thị Hòa 6, Người Thứ Hai").says("Em Nháp").hides("name=\"q\"");
    assert_eq!(list.all(".tallies li"), ["Tất cả 6", "Bản nháp 1", "Chờ xem 5"]);
    assert_eq!(titles(&browser.get("/c/nho/entries?state=draft").await.is(200)), ["Bài 3"]);
    works(&app, 0).await;
    app.execute("update named.entry set number = number + 100").await;
    works(&app, 6).await;
    let list = browser.get("/c/nho/entries?q=DANG+thi+hoa").await.is(200);
    assert_eq!(titles(&list), ["Bài 6", "Bài 6", "Bài 4", "Bài 4", "Bài 2", "Bài 2"]);
    list.says("Tìm thấy 6 trong 12 bài");
    assert_eq!(list.attrs("#q", "value"), ["DANG thi hoa"]);
    assert_eq!(titles(&browser.get("/c/nho/entries?q=106").await), ["Bài 6"]);
    assert_eq!(titles(&browser.get("/c/nho/entries?q=em+nhap&state=draft").await).len(), 2);
    let none = browser.get("/c/nho/entries?q=%25&state=valid").await.is(200);
    none.says("Không tìm thấy bài nào");
    assert_eq!(none.all(".tallies a[aria-current]"), ["Hợp lệ 0"]);
    browser.get("/c/nho/entries?q=%3Cscript%3E&page=-1&state=x&category=y").await.is(200).hides("<script>");
    // nobody else's
    app.person("Ai Đó", "ai@example.org").await.get("/c/nho/entries?q=bai").await.is(200).says("Bạn chưa có bài nào");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_goes_by_pages_that_keep_what_was_asked() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    works(&app, 124).await;
    let first = browser.get("/c/nho/entries").await.is(200);
    assert_eq!((titles(&first).len(), first.attrs("a[rel=prev]", "href").len()), (50, 0));
    let second = browser.get(&first.attrs("a[rel=next]", "href").concat()).await.is(200);
    assert_eq!((titles(&second).len(), titles(&second)[0].as_str()), (50, "Bài 74"));
    let last = browser.get(&second.attrs("a[rel=next]", "href").concat()).await.is(200);
    assert_eq!((titles(&last).len(), last.attrs("a[rel=next]", "href").len()), (24, 0));
    let found = browser.get("/c/nho/entries?q=le+an").await.is(200);
    assert_eq!(found.attrs("a[rel=next]", "href"), ["/c/nho/entries?q=le+an&page=2"]);
    assert_eq!(titles(&browser.get("/c/nho/entries?q=le+an&page=2").await).len(), 11);
    assert_eq!(titles(&browser.get("/c/nho/entries?page=9").await).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_not_sent_are_pointed_out_as_long_as_the_entrys_own_time_runs() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = entry_of(&browser, &submitted(&browser).await).await;
    form(&page).fill("title", "Tên khác").fill("do", "save").submit().await.is(303);
    app.execute("update named.draft set saved_at = saved_at + interval '1 second'; update phach.test_clock set shift = interval '30 hours'").await;
    app.stay_signed_in().await;
    browser.get("/c/nho/entries").await.is(200).hides("thay đổi chưa gửi");
    app.execute("update named.entry set extended_to = phach.now() + interval '3 hours'").await;
    let list = browser.get("/c/nho/entries").await.is(200);
    list.says("thay đổi chưa gửi").says("được gia hạn riêng");
    assert_eq!(list.all(".tallies li"), ["Tất cả 1", "Có thay đổi chưa gửi 1", "Chờ xem 1"]);
    app.execute("update named.entry set extended_to = phach.now() - interval '1 second'").await;
    browser.get("/c/nho/entries").await.hides("thay đổi chưa gửi");
}
