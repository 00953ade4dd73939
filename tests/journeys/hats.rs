//! The fixture itself, straight in Postgres.
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn valid_entries_become_papers_under_codes_in_one_cut() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(6).await;
    assert_eq!(codes.len(), 6);
    assert!(codes.iter().all(|c| c.len() == 10), "{codes:?}");
    assert_eq!(app.ask("select count(*)::text as line from slip.pair").await, ["6"]);
}
