//! Papers and mark sheets for the printer: the code, and nothing of an author, another judge or an hour.
use super::{at, has_no_hour, mark, read_by_two};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_prints_the_own_papers_with_their_sheets_and_the_code_only() {
    let app = TestApp::spawn().await;
    let (codes, _, one, two) = read_by_two(&app, 5, 3).await;
    mark(&one, &codes[0], "50", "30").await;
    mark(&two, &codes[0], "11,5", "22,5").await;
    app.execute(&format!("update blind.assignment set third = true where paper = '{}'", codes[1])).await;
    one.get("/c/nho/marking").await.says("In bài và phiếu chấm");
    let all = one.get("/c/nho/marking/print").await.is(200);
    assert_eq!(all.all(".paper .code").len(), 3);
    all.says(&codes[0]).says("Đoạn thứ hai.").says("80,00").says("Nội dung").hides("34,00").hides(&codes[3]).hides("Tác Giả").hides("Giám Khảo").hides("lần ba");
    has_no_hour(&all);
    let sheets = one.get("/c/nho/marking/print?only=sheets&state=open").await.is(200);
    assert_eq!((sheets.all(".marksheet").len(), sheets.all(".paper").len()), (2, 0));
    sheets.hides("Đoạn thứ hai.").hides("Tên bài").hides(&codes[0]);
    assert_eq!(one.get(&format!("/c/nho/marking/print?code={}", codes[2])).await.all(".marksheet .code"), [codes[2].clone()]);
    assert!(one.get(&at(&codes[2])).await.attrs(".paper a", "href").contains(&format!("/c/nho/marking/print?code={}", codes[2])));
    // another's paper, one sent back and none: nothing to print
    one.post(&format!("{}/recusal", at(&codes[1])), &[("reason".into(), "unwell".into())]).await.is(303);
    for code in [&codes[1], &codes[3], &"ABCDEFGHJK".to_owned()] {
        one.get(&format!("/c/nho/marking/print?code={code}")).await.is(200).says("Không có bài nào để in").hides("Đoạn thứ hai.");
    }
}

/// What was printed was read: no batch takes it away.
#[tokio::test(flavor = "multi_thread")]
async fn a_printed_text_counts_as_opened_and_a_printed_sheet_does_not() {
    let app = TestApp::spawn().await;
    let (_, _, one, two) = read_by_two(&app, 2, 2).await;
    one.get("/c/nho/marking/print?only=sheets").await.is(200);
    assert_eq!(app.ask("select count(*)::text as line from blind.assignment where opened").await, ["0"]);
    two.get("/c/nho/marking/print").await.is(200);
    assert_eq!(app.ask("select count(*)::text as line from blind.assignment where opened").await, ["2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_prints_empty_sheets_for_what_a_judge_has_not_handed_in() {
    let app = TestApp::spawn().await;
    let (codes, chair, one, _) = read_by_two(&app, 4, 3).await;
    mark(&one, &codes[0], "50", "30").await;
    let id = app.ask("select id::text as line from account.account where email_key = 'gk1@example.org'").await.concat();
    chair.get(&format!("/c/nho/chair/judges/{id}")).await.says("In 2 phiếu chấm trống");
    let page = chair.get(&format!("/c/nho/chair/judges/{id}/sheets")).await.is(200);
    assert_eq!(page.all(".marksheet .code"), codes[1..3]);
    page.hides("Tên bài").hides("Đoạn thứ hai.").hides("Tác Giả");
    assert!(page.all(".marksheet").iter().all(|s| !s.contains("Giám Khảo")), "whose sheets they are stands on the screen alone");
    one.get(&format!("/c/nho/chair/judges/{id}/sheets")).await.is(404);
    chair.get("/c/nho/marking/print").await.is(404);
}
