//! The auditor sees the record of it all, and no text, name of a contestant or pairing.
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn the_auditor_reads_and_filters_the_record_of_the_own_contest() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(5).await;
    let auditor = app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    let page = auditor.get("/c/nho/record").await.is(200);
    page.says("Cắt phách").says("Giao vai trò").hides("Tác Giả").hides("Thân bài");
    assert!(page.all("dd").iter().all(|d| !d.starts_with(['{', '['])), "raw content");
    assert!(page.all("dl.told > div").contains(&"Vai tròTổ Thư ký".to_owned()), "{:?}", page.all("dl.told > div"));
    page.says("Giám Sát").says("Báo");
    let verbs: Vec<String> = page.all("#verb option").into_iter().skip(1).collect();
    let mut sorted = verbs.clone();
    sorted.sort_by_cached_key(|v| phach::platform::names::by_words(v));
    assert!(verbs.len() > 2 && verbs == sorted, "{verbs:?}");
    let cuts = auditor.get("/c/nho/record?verb=cut").await.is(200);
    assert_eq!(cuts.all("tbody tr").len(), 1);
    let stranger = app.person("Ai Đó", "aido@example.org").await;
    assert_eq!(stranger.get("/c/nho/record").await.is(404).body, stranger.get("/c/khac/record").await.is(404).body);
}
