//! Anybody: the front page, what Phách is, a contest's rules through its phases.
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_page_follows_the_dates_by_the_databases_clock() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.browser().get("/").await.is(200).says("Cuộc thi nhỏ");
    app.browser().get("/about").await.is(200).says("Bức tường");
    let visitor = app.person("Ai Đó", "ai@example.org").await;
    visitor.get("/c/nho").await.is(200).says("Còn nhận bài").says("100–5.000").says("Giải A").says("Trưởng Ban Tổ chức");
    let english = visitor.get_in("/c/nho", "en").await.is(200);
    english.says("Open for entries").says("At most 2 entries per person in a category").hides("⟦");
    app.travel_to(chrono::Utc::now() + chrono::TimeDelta::days(4)).await;
    visitor.get("/c/nho").await.says("Đã đóng nhận bài").hides("Gửi bài dự thi");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_that_does_not_exist_is_not_found_however_it_is_written() {
    let app = TestApp::spawn().await;
    let visitor = app.browser();
    let absent = visitor.get("/c/khong-co").await.is(404).body;
    for path in ["/c/X", "/c/..%2f..", "/c/%00", "/c/a'--", "/khong-co"] {
        assert_eq!(visitor.get(path).await.is(404).body, absent, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn contests_with_results_stay_on_the_front_page_under_their_year() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.another_contest().await;
    app.browser().get("/").await.hides("Các cuộc thi đã có kết quả");
    // two o'clock in Hà Nội on New Year's Day: still the old year in UTC
    app.execute("update contest.contest set published_at = '2025-12-31T19:00:00Z' where slug = 'khac'").await;
    let page = app.browser().get("/").await.is(200);
    assert_eq!(page.all("section section h3"), ["2026"]);
    assert!(page.attrs("section section a", "href").iter().all(|h| h.starts_with("/c/khac")));
    app.execute("update contest.contest set published_at = '2027-08-01T00:00:00Z' where slug = 'nho'").await;
    let page = app.browser().get("/").await.is(200);
    assert_eq!(page.says("Hiện không có cuộc thi nào").all("section section h3"), ["2027", "2026"]);
    assert_eq!(page.attrs("section section h4 a", "href"), ["/c/nho", "/c/khac"]);
}
