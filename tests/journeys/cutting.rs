//! The cut, from the clerk's page: not early, not half decided, all at once, late ones never few.
use crate::support::{Browser, Seen, Sent, TestApp};

const CUT: &str = "/c/nho/desk/cut";

async fn desk() -> (TestApp, Browser) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    (app, clerk)
}

async fn valid(app: &TestApp, n: u32) {
    app.valid_entries(n).await;
    app.stay_signed_in().await;
}

async fn press(clerk: &Browser) -> Seen {
    clerk.get(CUT).await.is(200).form(CUT).fill("sure", "yes").submit().await
}

/// What a page without a form would still send.
async fn force(clerk: &Browser, category: &str, entries: &str) -> Seen {
    clerk.post(CUT, &[("category".into(), category.into()), ("entries".into(), entries.into()), ("sure".into(), "yes".into())]).await
}

const CATEGORY: &str = "01900000-0000-7000-8000-000000000006";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_cut_before_queries_close_nor_while_an_entry_is_undecided_nor_without_one() {
    let (app, clerk) = desk().await;
    // what has received nothing is a line, not a card
    let empty = clerk.get(CUT).await.is(200);
    empty.says("Cắt được từ").says("Chưa nhận được bài nào ở");
    assert_eq!(empty.all("section.sheet").len(), 0);
    force(&clerk, CATEGORY, "0").await.is(409).says("chưa hết nhận bài");
    valid(&app, 3).await;
    let waiting = app.ask("select id::text as line from named.entry where number = 2").await.concat();
    for (state, words) in [("waiting", "1 bài chờ xem"), ("queried", "1 bài chờ tác giả trả lời")] {
        app.execute(&format!("update named.entry set state = '{state}' where id = '{waiting}'")).await;
        let page = clerk.get(CUT).await.is(200);
        assert!(page.says(words).attrs("form", "action").iter().all(|a| a != CUT));
        let href = page.attrs(".note.warn a", "href").concat();
        assert_eq!(clerk.get(&href).await.is(200).all(".queue tbody td:first-child a"), ["2"]);
        force(&clerk, CATEGORY, "2").await.is(409).says("có bài chưa kết luận");
    }
    app.execute("update named.entry set state = 'refused'").await;
    clerk.get(CUT).await.says("Không có bài hợp lệ nào");
    force(&clerk, CATEGORY, "0").await.is(409).says("Không có bài hợp lệ nào");
    assert_eq!(app.ask("select count(*)::text as line from blind.paper").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_needs_the_ticked_box_and_the_number_that_was_shown() {
    let (app, clerk) = desk().await;
    valid(&app, 5).await;
    let page = clerk.get(CUT).await.is(200);
    page.form(CUT).submit().await.is(422).says("Đánh dấu ô xác nhận");
    app.execute("update named.entry set state = 'refused' where number = 5").await;
    page.form(CUT).fill("sure", "yes").submit().await.is(409).says("thay đổi thành 4");
    assert_eq!(app.ask("select count(*)::text as line from named.entry where cut").await, ["0"]);
    press(&clerk).await.is(303).follow().await.is(200).says("Đã cắt phách").says("Đã cắt 4 bài");
    force(&clerk, CATEGORY, "4").await.is(409);
    assert_eq!(app.ask("select count(*)::text as line from blind.paper").await, ["4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_lie_under_random_codes_in_code_order_and_the_desk_decides_no_more() {
    let (app, clerk) = desk().await;
    valid(&app, 12).await;
    let id = app.ask("select id::text as line from named.entry where number = 1").await.concat();
    let path = format!("/c/nho/desk/{id}");
    let open = clerk.get(&path).await.form(&path);
    press(&clerk).await.is(303);
    let codes = app.ask("select code as line from blind.paper order by ctid").await;
    assert!(codes.is_sorted() && codes.len() == 12 && codes.iter().all(|c| c.len() == 10), "{codes:?}");
    // in code order, and so not in the order of entry: 12 entries stand so by chance once in 479,001,600
    let numbers = app.ask("select e.number::text as line from slip.pair p join named.entry e on e.id = p.entry order by p.ctid").await;
    assert_ne!(numbers, (1..=12).map(|n| n.to_string()).collect::<Vec<_>>());
    let seen = clerk.get(&path).await.is(200);
    assert!(codes.iter().all(|c| !seen.body.contains(c)));
    seen.says("Bài đã cắt phách");
    open.fill("verdict", "refused").fill("reason", "Đổi ý rồi").submit().await.is(409).says("đã cắt phách");
    let page = clerk.get(CUT).await;
    assert!(codes.iter().all(|c| !page.body.contains(c)));
    let event = app.ask("select subject || content::text as line from record.event where verb = 'cut'").await;
    assert_eq!(event, [format!("{CATEGORY}{{\"entries\": 12}}")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn late_ones_wait_for_five_or_for_the_organizers_waiver_whose_reason_everybody_reads() {
    let (app, clerk) = desk().await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "tochuc@example.org").await;
    valid(&app, 9).await;
    app.execute("update named.entry set state = 'refused' where number > 5").await;
    press(&clerk).await.is(303);
    let take_back = async |number: i32| {
        let id = app.ask(&format!("select id::text as line from named.entry where number = {number}")).await.concat();
        let path = format!("/c/nho/desk/{id}");
        clerk.get(&path).await.form(&path).fill("verdict", "valid").submit().await.is(303);
    };
    take_back(6).await;
    let page = clerk.get(CUT).await.is(200);
    page.says("chỉ có 1 bài đến muộn").says("đề nghị Ban Tổ chức");
    assert!(page.attrs("form", "action").iter().all(|a| a != CUT));
    force(&clerk, CATEGORY, "1").await.is(409).says("ít hơn năm bài");
    let form = organizer.get("/c/nho/organizer").await.form("/c/nho/organizer/waiver");
    form.fill("category", CATEGORY).fill("reason", "Bưu điện chậm vì bão").submit().await.is(303);
    app.browser().get("/c/nho").await.says("Bưu điện chậm vì bão");
    press(&clerk).await.is(303);
    // a waiver is for one batch
    take_back(7).await;
    force(&clerk, CATEGORY, "1").await.is(409).says("ít hơn năm bài");
    assert_eq!(app.ask("select entries::text as line from slip.cut_made order by at").await, ["5", "1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_late_ones_need_no_waiver() {
    let (app, clerk) = desk().await;
    valid(&app, 12).await;
    app.execute("update named.entry set state = 'refused' where number > 5").await;
    press(&clerk).await.is(303);
    app.execute("update named.entry set state = 'valid' where number between 6 and 10").await;
    press(&clerk).await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from blind.paper").await, ["10"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_cuts_in_another_contest_and_two_presses_at_once_cut_once() {
    let (app, clerk) = desk().await;
    let stranger = app.another_contest().await;
    valid(&app, 6).await;
    stranger.get(CUT).await.is(404);
    force(&stranger, CATEGORY, "6").await.is(404);
    stranger.post("/c/khac/desk/cut", &[("category".into(), CATEGORY.into()), ("entries".into(), "6".into()), ("sure".into(), "yes".into())]).await.is(404);
    let (a, b) = tokio::join!(force(&clerk, CATEGORY, "6"), force(&clerk, CATEGORY, "6"));
    let mut answers = [a.status.as_u16(), b.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    assert_eq!(app.ask("select count(*)::text as line from slip.pair").await, ["6"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_while_the_knife_falls_is_decided_first() {
    let (app, clerk) = desk().await;
    valid(&app, 5).await;
    let page = clerk.get(CUT).await;
    // an answer to a query that came in at the last moment
    app.execute("update phach.test_clock set shift = interval '0'; update named.entry set number = number + 100").await;
    app.received(Sent { title: "Bài cuối", ..Sent::default() }).await;
    app.execute("update phach.test_clock set shift = interval '4 days'").await;
    page.form(CUT).fill("sure", "yes").submit().await.is(409).says("1 bài chờ xem");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_batch_under_five_is_warned_of_and_cut_and_the_page_claims_no_slip() {
    let (app, clerk) = desk().await;
    valid(&app, 4).await;
    let page = clerk.get(CUT).await.is(200);
    page.says("Chỉ có 4 bài: mã không che được tác giả");
    assert_eq!(page.attrs("body", "data-side"), ["named"]);
    assert!(page.body.contains("Trang này chỉ có số lượng") && !page.body.contains("Nơi duy nhất tên và mã gặp nhau"));
    press(&clerk).await.is(303);
    let (app, clerk) = desk().await;
    valid(&app, 5).await;
    clerk.get(CUT).await.hides("mã không che được tác giả");
}
