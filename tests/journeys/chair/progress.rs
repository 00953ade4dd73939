//! What the chair reads of each ranking group, and the warnings of a small contest.
use super::{chair, deal, hand_in, judges, pairs};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_ranking_group_shows_first_and_third_markings_and_what_is_in_nobodys_hands() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(5).await;
    judges(&app, 2).await;
    let chair = chair(&app).await;
    let row = async || chair.get("/c/nho/chair").await.is(200).all("section[aria-labelledby=h-groups] tbody :is(th, td)").join("|");
    assert_eq!(row().await, "Bảng chung|5|0 / 10|0 / 0|10");
    deal(&chair).await.is(303);
    assert_eq!(row().await, "Bảng chung|5|0 / 10|0 / 0|0");
    for (judge, total) in [("gk1@example.org", 7000), ("gk2@example.org", 9000)] {
        hand_in(&app, judge, &codes[0], total).await;
    }
    assert_eq!(row().await, "Bảng chung|5|2 / 10|1 / 0|1");
    assert_eq!(pairs(&app).await.len(), 10);
    chair.get("/c/nho/chair").await.hides("khó giấu tác giả").hides("chỉ có một lượt chấm");
}

#[tokio::test(flavor = "multi_thread")]
async fn fewer_than_five_papers_and_one_reading_each_are_allowed_with_a_warning() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.execute("update contest.contest set readers = 1").await;
    let codes = app.cut_papers(4).await;
    judges(&app, 1).await;
    let chair = chair(&app).await;
    chair.get("/c/nho/chair").await.is(200).says("Dưới 5 bài: mã phách khó giấu tác giả").says("Mỗi bài chỉ có một lượt chấm");
    deal(&chair).await.is(303);
    for code in &codes {
        hand_in(&app, "gk1@example.org", code, 7000).await;
    }
    assert_eq!(app.ask("select distinct agreed || agreed_how as line from blind.paper").await, ["7000mean"]);
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(303);
}
