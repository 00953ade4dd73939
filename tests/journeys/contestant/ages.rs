//! Ages, counted in years alone: the year in which submissions open less the year of birth.
use super::{entry_of, filled, form, new_entry, received, start};
use crate::support::TestApp;

/// From 10 on, under 16 with a guardian; the year in which it opened.
async fn ages(app: &TestApp) -> i32 {
    app.execute("update contest.contest set min_age = 10, guardian_age = 16").await;
    app.ask("select extract(year from opens_at at time zone timezone)::int::text as line from contest.contest").await.concat().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minor_without_a_guardian_is_stopped_kindly_and_with_one_is_accepted() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let year = ages(&app).await;
    let page = new_entry(&browser).await;
    page.says(&format!("sinh năm {} hoặc trước đó", year - 10)).says(&format!("sinh từ năm {} trở về sau", year - 15));
    let seen = filled(&page).fill("year_1", &(year - 15).to_string()).fill("do", "submit").submit().await.is(422);
    assert_eq!(seen.attrs(".errors a", "href"), ["#guardian_1", "#agrees_1"]);
    seen.says("Tác giả 1 dưới 16 tuổi: ghi họ và tên người giám hộ").says("nhờ người giám hộ đọc thể lệ");
    assert_eq!((form(&seen).value("title"), form(&seen).value("year_1")), (Some("Tủ sách ở nhà văn hóa thôn"), Some((year - 15).to_string().as_str())));
    // a name without the tick is not enough, and stays
    let seen = form(&seen).fill("guardian_1", "Nguyễn Hải Đăng").fill("do", "submit").submit().await.is(422);
    assert_eq!(seen.attrs(".errors a", "href"), ["#agrees_1"]);
    assert_eq!((form(&seen).value("guardian_1"), received(&app).await.as_str()), (Some("Nguyễn Hải Đăng"), "0"));
    let receipt = form(&seen).fill("agrees_1", "yes").fill("do", "submit").submit().await.is(303).follow().await.is(200);
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let id = app.ask("select id::text as line from named.entry").await.concat();
    clerk.get(&format!("/c/nho/desk/{id}")).await.is(200).says("Người giám hộNguyễn Hải Đăng đã đồng ý");
    let page = entry_of(&browser, &receipt).await;
    assert_eq!((form(&page).value("guardian_1"), form(&page).value("agrees_1")), (Some("Nguyễn Hải Đăng"), Some("yes")));
    // of an author who needs none, no guardian is kept
    form(&page).fill("year_1", &(year - 16).to_string()).fill("do", "submit").submit().await.is(303);
    assert_eq!(app.ask("select guardian || '|' || guardian_agrees as line from named.author order by birth_year desc").await, ["Nguyễn Hải Đăng|true", "|false"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_too_young_reads_why_and_a_year_of_birth_is_asked_of_every_author() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let year = ages(&app).await;
    let page = new_entry(&browser).await;
    let two = filled(&page).fill("year_1", &(year - 9).to_string()).add("name_2", "Trần Hạ Vy").add("year_2", "");
    let seen = two.fill("do", "submit").submit().await.is(422);
    assert_eq!(seen.attrs(".errors a", "href"), ["#year_1", "#year_2"]);
    seen.says(&format!("thể lệ nhận tác giả từ 10 tuổi, tính theo năm, tức sinh năm {} hoặc trước đó", year - 10)).says("Tác giả 2: ghi năm sinh");
    form(&seen).fill("year_1", &(year - 30).to_string()).fill("year_2", &(year - 16).to_string()).fill("do", "submit").submit().await.is(303);
    assert_eq!(received(&app).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_from_before_the_rules_had_an_age_opens_and_is_asked() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let page = filled(&page).fill("do", "save").submit().await.is(303).follow().await;
    // as an older form kept it
    app.execute(r#"update named.draft set asked = '{}', authors = '[{"name": "Nguyễn Thảo Miên", "pen": "", "year": "", "email": "mien@example.org", "phone": ""}]'"#).await;
    ages(&app).await;
    let page = browser.get(&page.path).await.is(200);
    assert_eq!((form(&page).value("name_1"), form(&page).value("guardian_1")), (Some("Nguyễn Thảo Miên"), Some("")));
    form(&page).fill("do", "submit").submit().await.is(422).says("Tác giả 1: ghi năm sinh");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_refuses_an_age_whatever_form_sent_it() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    super::submitted(&browser).await;
    let year = ages(&app).await;
    let (born, guardian) = (|age: i32| (year - age).to_string(), "'Mẹ', true");
    for (born, guardian, why) in [
        ("null".to_owned(), guardian, "birth_year_missing"),
        (born(9), guardian, "too_young"),
        (born(15), "'Mẹ', false", "guardian_missing"),
        (born(15), "'  ', true", "guardian_missing"),
        (born(15), guardian, "taken"),
        (born(16), "'', false", "taken"),
    ] {
        app.execute(&format!(
            "create table if not exists public.said(why text); truncate public.said;
             do $$ declare v uuid := gen_random_uuid(); e named.entry; begin
               select * into e from named.entry limit 1;
               perform set_config('phach.account', e.account::text, true), set_config('phach.contest', e.contest::text, true);
               begin
                 insert into named.version(id, entry, contest, account, category, title, body, words, sha256) values (v, e.id, e.contest, e.account, e.category, 'Tên', 'chữ', 1, sha256('x'));
                 insert into named.author(version, position, contest, account, name, birth_year, guardian, guardian_agrees) values (v, 1, e.contest, e.account, 'An', {born}, {guardian});
                 perform named.receive(v, e.id);
                 insert into public.said values ('taken');
               exception when others then insert into public.said values (sqlerrm); end;
             end $$"
        ))
        .await;
        assert_eq!(app.ask("select replace(why, 'refused: ', '') as line from public.said").await, [why], "{born} {guardian}");
    }
}
