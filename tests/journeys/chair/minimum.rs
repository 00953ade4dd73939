//! Least marks of prizes, prizes that are withheld, and rounds in which there is nobody to give any to.
use super::{as_person, chair};
use crate::support::{Browser, PASSWORD, TestApp};

/// Papers with these agreed marks in code order, closed; `rules` runs before. The organizer, the chair and the codes.
async fn closed(app: &TestApp, marks: &[i32], rules: &str) -> (Browser, Browser, Vec<String>) {
    app.small_contest().await;
    let codes = app.cut_papers(u32::try_from(marks.len()).unwrap()).await;
    for (code, mark) in codes.iter().zip(marks) {
        app.execute(&format!("update blind.paper set marks = array[{mark}, {mark}], agreed = {mark}, agreed_how = 'mean' where code = '{code}'")).await;
    }
    app.execute(rules).await;
    let chair = chair(app).await;
    chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await.is(303);
    (app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await, chair, codes)
}
fn least(key: &str, mark: i32) -> String {
    format!("update contest.prize set minimum = {mark} where key = '{key}';")
}
/// `CODE key` or `CODE n`, the n-th reserve, in the order of places.
async fn proposed(app: &TestApp, organizer: &Browser, codes: &[String]) -> Vec<String> {
    organizer.get("/c/nho/prizes").await.form("/c/nho/prizes").fill("reserves", "3").submit().await.is(303);
    let lines = app
        .ask("select p.code || ' ' || coalesce(z.key, p.reserve::text) as line from blind.proposal p join blind.standing s on s.code = p.code left join contest.prize z on z.id = p.prize order by s.place")
        .await;
    lines.iter().map(|l| codes.iter().enumerate().fold(l.clone(), |l, (i, code)| l.replace(code.as_str(), &i.to_string()))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prize_is_withheld_where_nobody_has_its_least_mark_and_the_best_get_the_next_one() {
    let app = TestApp::spawn().await;
    let (organizer, chair, codes) = closed(&app, &[8499, 8000, 7000, 6000], &least("a", 8500)).await;
    assert_eq!(proposed(&app, &organizer, &codes).await, ["0 b", "1 b", "2 1", "3 2"]);
    organizer.get("/c/nho/prizes").await.says("Giữ lại 1: không còn bài nào từ 85 điểm");
    let rows = chair.get("/c/nho/chair/standings").await.is(200).all("table.standing tbody tr");
    assert!(rows[0].contains("Giải B") && rows[1].contains("Giải B") && rows[2] == "Đường cắt", "{rows:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_least_mark_itself_is_enough() {
    let app = TestApp::spawn().await;
    let (organizer, _, codes) = closed(&app, &[8500, 8000, 7999, 6000], &(least("a", 8500) + &least("b", 8000))).await;
    // one of B is withheld, and no reserve could move up to anything
    assert_eq!(proposed(&app, &organizer, &codes).await, ["0 a", "1 b"]);
    organizer.get("/c/nho/prizes").await.says("Giữ lại 1: không còn bài nào từ 80 điểm").hides("từ 85 điểm");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tie_over_a_line_below_its_least_mark_asks_nobody_and_one_above_it_does() {
    let app = TestApp::spawn().await;
    let (organizer, chair, codes) = closed(&app, &[8000, 8000, 7000], &least("a", 8500)).await;
    chair.get("/c/nho/chair/standings").await.is(200).hides("cùng 80,00 điểm");
    assert_eq!(proposed(&app, &organizer, &codes).await, ["0 b", "1 b", "2 1"]);
    let app = TestApp::spawn().await;
    let (_, chair, _) = closed(&app, &[8600, 8600, 7000], &least("a", 8500)).await;
    chair.get("/c/nho/chair/standings").await.says("2 bài cùng 86,00 điểm, Giải A còn 1 suất");
    // equal marks over the table's line of B, below its least mark: they may still move up to A
    let app = TestApp::spawn().await;
    let (organizer, chair, codes) = closed(&app, &[9000, 8600, 7000, 7000], &least("b", 7500)).await;
    chair.get("/c/nho/chair/standings").await.hides("còn 1 suất");
    assert_eq!(proposed(&app, &organizer, &codes).await, ["0 a", "1 b", "2 1", "3 2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_out_at_a_level_falls_to_the_next_and_all_in_stays_with_its_least_mark() {
    for (answer, expected) in [("all_in", ["0 a", "1 a", "2 b", "3 1"]), ("all_out", ["0 b", "1 b", "2 b", "3 1"])] {
        let app = TestApp::spawn().await;
        let (organizer, chair, codes) = closed(&app, &[8600, 8600, 7600, 7500], &least("a", 8500)).await;
        chair.get("/c/nho/chair/standings").await.form("/c/nho/chair/ties").fill("answer", answer).fill("reason", "Hai bài ngang nhau").submit().await.is(303);
        assert_eq!(proposed(&app, &organizer, &codes).await, expected, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fewer_papers_than_prizes_and_marks_below_every_least_one_leave_the_rest_withheld() {
    let app = TestApp::spawn().await;
    let (organizer, _, codes) = closed(&app, &[8000], "").await;
    assert_eq!(proposed(&app, &organizer, &codes).await, ["0 a"]);
    organizer.get("/c/nho/prizes").await.says("Giữ lại 2: không còn bài").form("/c/nho/prizes/seal").fill("sure", "yes").submit().await.is(303);
    let app = TestApp::spawn().await;
    let (organizer, chair, _) = closed(&app, &[8000, 7000, 6000], &(least("a", 9000) + &least("b", 9000))).await;
    let page = organizer.get("/c/nho/prizes").await.is(200);
    page.says("Giữ lại 1: không còn bài nào từ 90 điểm").says("Giữ lại 2: không còn bài nào từ 90 điểm").says("Không có giải nào để trao");
    page.form("/c/nho/prizes/seal").fill("sure", "yes").submit().await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from blind.proposal").await, ["0"]);
    chair.get("/c/nho/chair/standings").await.says("80,00");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_without_papers_closes_when_none_can_come_is_sealed_opened_and_published_without_a_prize() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let chair = app.official("nho", "chair", "Trưởng Ban", "khoa2@example.org").await;
    let close = async || chair.get("/c/nho/chair").await.form("/c/nho/chair/closing").fill("sure", "yes").submit().await;
    close().await.is(409).says("chỉ chốt được khi đã hết hạn hỏi lại");
    app.valid_entries(1).await; // and four days on: an entry waits for the cut
    chair.sign_in("khoa2@example.org").await;
    close().await.is(409).says("không còn bài hợp lệ chờ cắt");
    app.execute("update named.entry set state = 'withdrawn'").await;
    chair.get("/c/nho/chair").await.says("chốt với bảng xếp hạng trống");
    close().await.is(303).follow().await.is(200).says("Đã chốt chấm");
    // nothing is cut into a closed round
    app.execute("update named.entry set state = 'valid'").await;
    app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let cut = format!("{} set local role phach_clerk; select slip.cut('01900000-0000-7000-8000-000000000006')", as_person("thuky@example.org"));
    assert!(diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &cut).await.unwrap_err().to_string().contains("cut_closed"));
    app.execute("update named.entry set state = 'withdrawn'").await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    let page = organizer.get("/c/nho/prizes").await.is(200).says("Không có giải nào để trao").form("/c/nho/prizes/seal");
    page.fill("sure", "yes").submit().await.is(303);
    let last4 = organizer.get("/c/nho/prizes").await.all(".code.stub").concat();
    for holder in [&organizer, &chair] {
        holder.get("/c/nho/opening").await.is(200).form("/c/nho/opening").fill("last4", &last4).fill("password", PASSWORD).submit().await.is(303);
    }
    organizer.get("/c/nho/collectives").await.is(200).form("/c/nho/publication").fill("sure", "yes").submit().await.is(303);
    app.browser().get("/c/nho/results").await.is(200).hides("Giải A");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ranking_group_without_papers_is_sealed_with_its_prizes_withheld() {
    let app = TestApp::spawn().await;
    let other = "insert into contest.ranking_group(id, contest, key, name_vi, name_en, total, position)
          select '01900000-0000-7000-8000-0000000000b1', contest, 'trong', 'Bảng trống', 'Empty', total, 9 from contest.ranking_group;
        insert into contest.prize(id, contest, key, name_vi, name_en, kind, ranking_group, level, places, position)
          select '01900000-0000-7000-8000-0000000000b2', contest, 'trong', 'Giải trống', 'Empty prize', 'individual', '01900000-0000-7000-8000-0000000000b1', 1, 2, 9 from contest.prize where key = 'a'";
    let (organizer, _, codes) = closed(&app, &[8000, 7000, 6000], other).await;
    assert_eq!(proposed(&app, &organizer, &codes).await, ["0 a", "1 b", "2 b"]);
    organizer.get("/c/nho/prizes").await.says("Bảng trống").says("Giữ lại 2: không còn bài").form("/c/nho/prizes/seal").fill("sure", "yes").submit().await.is(303);
}
