//! The desk finds its way: filters, orders, places in a long list, counts that add up, searches kept, lists taken away.
use crate::clerk::{by, decide, desk, five};
use crate::hats::{ask, wear};
use crate::support::{Browser, Seen, Sent, TestApp};

fn numbers(seen: &Seen) -> Vec<String> {
    seen.all(".queue tbody td:first-child a")
}
async fn list(clerk: &Browser, query: &str) -> Vec<String> {
    numbers(&clerk.get(&format!("/c/nho/desk?{query}")).await.is(200))
}
async fn raise(app: &TestApp, id: &str, kind: &str) {
    app.execute(&format!("select named.raise_flag('{id}', '{kind}')")).await;
}

const HUYEN: &str = "01900000-0000-7000-8000-000000000008";
const TINH: &str = "01900000-0000-7000-8000-000000000007";

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_found_by_unit_with_all_under_it_by_doubt_and_by_how_long_they_wait() {
    let (app, clerk) = desk().await;
    for (n, unit) in [(1, ""), (2, "huyen"), (3, "tinh"), (4, "truong")] {
        let email = format!("a{n}@example.org");
        app.received(Sent { unit, ..by("Tác Giả", &email, "Bài") }).await;
    }
    assert_eq!(list(&clerk, &format!("unit={TINH}")).await, ["2", "3"]);
    assert_eq!(list(&clerk, &format!("unit={HUYEN}")).await, ["2"]);
    assert_eq!(list(&clerk, "unit=none").await, ["1"]);
    let page = clerk.get(&format!("/c/nho/desk?unit={TINH}&flag=any")).await.is(200);
    page.says("Tỉnh đoàn và đơn vị trực thuộc").says("Không tìm thấy bài nào");
    let id = app.ask("select id::text as line from named.entry where number = 3").await.concat();
    raise(&app, &id, "mail-failed").await;
    assert_eq!((list(&clerk, "flag=any").await, list(&clerk, "flag=mail-failed").await, list(&clerk, "flag=same-person").await), (vec!["3".into()], vec!["3".into()], vec![]));
    clerk.get("/c/nho/desk").await.says("Thư không tới");
    app.execute(
        "update named.entry set state_at = phach.now() - interval '8 days' where number = 4; update named.entry set state_at = phach.now() - interval '9 days' where number = 2",
    )
    .await;
    assert_eq!(list(&clerk, "waited=7").await, ["2", "4"]);
    assert_eq!(list(&clerk, "sort=since").await, ["2", "4", "1", "3"]);
    clerk.get("/c/nho/desk?waited=7").await.says("chờ 9 ngày");
    // every link keeps what is asked for; a unit is chosen on a page of its own
    let page = clerk.get("/c/nho/desk?flag=mail-failed").await;
    let units = clerk.get(&page.attrs(".more a", "href").concat()).await.is(200);
    assert!(units.attrs(".tree a", "href").iter().all(|h| h.contains("flag=mail-failed&unit=")), "{:?}", units.attrs(".tree a", "href"));
    assert_eq!(units.all(".tree a"), ["Tỉnh đoàn", "Huyện đoàn", "Trường"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_or_category_of_another_contest_and_nonsense_find_nothing_or_ask_nothing() {
    let (app, clerk) = desk().await;
    five(&app).await;
    app.another_contest().await;
    assert_eq!(list(&clerk, "category=01900000-0000-7000-8000-0000000000fe").await, Vec::<String>::new());
    assert_eq!(list(&clerk, "unit=01900000-0000-7000-8000-0000000000fe").await, Vec::<String>::new());
    for odd in [
        "unit=x",
        "flag=x",
        "waited=-1",
        "waited=2",
        "sort=title",
        "from=0",
        "from=-5",
        "before=x",
        "at=9999999999999999999999",
        "sort=since&from=3",
        "sort=since&at=-1&from=3",
        "last=2",
    ] {
        assert_eq!(list(&clerk, odd).await, ["1", "2", "3", "4", "5"], "{odd}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_walked_to_its_end_and_back_and_entered_at_a_number() {
    let (app, clerk) = desk().await;
    app.valid_entries(130).await;
    app.stay_signed_in().await;
    let page = clerk.get("/c/nho/desk?state=valid").await.is(200);
    let to = |p: &Seen, rel: &str| p.attrs(&format!(".pager a[rel={rel}]"), "href").concat();
    assert_eq!(to(&page, "prev"), "");
    let second = clerk.get(&to(&page, "next")).await.is(200);
    let third = clerk.get(&to(&second, "next")).await.is(200);
    assert_eq!((numbers(&second)[0].as_str(), numbers(&third)[0].as_str(), numbers(&third).len(), to(&third, "next")), ("51", "101", 30, String::new()));
    assert_eq!(numbers(&clerk.get(&to(&third, "prev")).await), numbers(&second));
    let last = clerk.get("/c/nho/desk?state=valid&last=1").await.is(200);
    assert_eq!((numbers(&last).first().unwrap().as_str(), numbers(&last).last().unwrap().as_str()), ("81", "130"));
    assert_eq!(to(&last, "next"), "");
    // before the first full page there is the first page
    assert_eq!(numbers(&clerk.get("/c/nho/desk?state=valid&before=20").await)[0], "1");
    let form = clerk.get("/c/nho/desk?state=valid").await.attrs("input#from", "name");
    assert_eq!(form, ["from"]);
    assert_eq!(numbers(&clerk.get("/c/nho/desk?state=valid&from=99").await)[0], "99");
    clerk.get("/c/nho/desk?state=valid&from=999").await.says("Từ đây không còn bài nào");
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_stand_in_the_order_of_their_days_and_what_is_overdue_says_so() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    app.execute("update contest.contest set closes_at = phach.now() + interval '20 days', intake_closes_at = phach.now() + interval '21 days', queries_close_at = phach.now() + interval '30 days'").await;
    for (i, days) in [(0, ""), (1, "7"), (2, "3")] {
        let path = format!("/c/nho/desk/{}", ids[i]);
        clerk.get(&path).await.form(&path).fill("verdict", "query").fill("reason", "Xin bổ sung").fill("days", days).submit().await.is(303);
    }
    let mut author = wear(&app, "contestant", "son@example.org").await;
    assert_eq!(ask(&mut author, "select (due_at = at + interval '3 days')::text as line from named.screening").await.unwrap(), ["true"]);
    assert_eq!(list(&clerk, "state=queried&sort=due").await, ["3", "2", "1"]);
    assert_eq!(list(&clerk, "state=queried").await, ["1", "2", "3"]);
    app.execute("update phach.test_clock set shift = interval '4 days'").await;
    app.stay_signed_in().await;
    let page = clerk.get("/c/nho/desk?state=queried&sort=due").await.is(200);
    assert!(page.all("tbody tr")[0].contains("Quá hạn") && page.all("tbody tr")[1].contains("Hạn "), "{:?}", page.all("tbody tr"));
    // the day is a request: the author may still answer until queries close
    app.replaced(&ids[2], Sent { email: "son@example.org", ..Sent::default() }).await.unwrap();
    assert_eq!(list(&clerk, "state=queried&sort=due").await, ["2", "1"]);
    assert_eq!(app.ask("select due_at::text as line from named.entry where number = 3").await, [""]);
    // a day that nobody offers
    let path = format!("/c/nho/desk/{}", ids[3]);
    let form = clerk.get(&path).await.form(&path).fill("verdict", "query").fill("reason", "Xin bổ sung").fill("days", "-3");
    form.submit().await.is(303);
    assert_eq!(app.ask("select (due_at = (select queries_close_at from contest.contest))::text as line from named.entry where number = 4").await, ["true"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_received_is_the_sum_of_what_became_of_it_through_every_change() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    let counted = async || {
        let page = clerk.get("/c/nho/desk").await.is(200);
        let real = app.ask("select state || ' ' || count(*) as line from named.entry where version > 0 group by state order by state").await;
        let kept = app.ask("select state || ' ' || sum(n) as line from named.counter group by state having sum(n) <> 0 order by state").await;
        assert_eq!(real, kept);
        page.all(".counts tfoot td").iter().map(|n| n.parse().unwrap()).collect::<Vec<u32>>()
    };
    assert_eq!(counted().await, [5, 0, 5, 0, 0, 0, 0]);
    decide(&clerk, &format!("/c/nho/desk/{}", ids[0]), "valid", "").await.is(303);
    decide(&clerk, &format!("/c/nho/desk/{}", ids[1]), "query", "Xin bổ sung").await.is(303);
    decide(&clerk, &format!("/c/nho/desk/{}", ids[2]), "refused", "Chép nguyên văn").await.is(303);
    app.execute(&format!("select set_config('phach.account', account::text, true) from named.entry where id = '{0}'; select named.withdraw('{0}')", ids[3])).await;
    assert_eq!(counted().await, [5, 1, 1, 1, 1, 1, 0]);
    app.replaced(&ids[0], by("Đặng Thị Hòa", "hoa@example.org", "Đường về bản")).await.unwrap();
    assert_eq!(counted().await, [5, 0, 2, 1, 1, 1, 0]);
    clerk.get("/c/nho/desk").await.says("Đã nhận 5 = hợp lệ 0 + chờ xem 2 + chờ trả lời 1 + từ chối 1 + đã rút 1 + đã loại 0");
    // what ended connections counted is added up, and nothing is lost or counted twice
    app.execute("update named.counter set backend = -backend; select named.sweep(); select named.sweep()").await;
    assert_eq!(app.ask("select string_agg(distinct backend::text, ' ') as line from named.counter").await, ["0"]);
    assert_eq!(counted().await, [5, 0, 2, 1, 1, 1, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_moves_its_counts_and_a_submission_waits_for_no_other_ones_count() {
    let (app, _) = desk().await;
    app.valid_entries(6).await;
    let mut first = app.admin().await;
    let mut second = app.admin().await;
    use diesel_async::SimpleAsyncConnection;
    first.batch_execute("begin; update named.entry set state = 'refused' where number = 1").await.unwrap();
    // the other one's transaction is open: a counter shared by both would wait for it here
    second.batch_execute("set lock_timeout = '500ms'; update named.entry set state = 'refused' where number = 2").await.unwrap();
    first.batch_execute("rollback").await.unwrap();
    app.execute("set local phach.account = ''; set local phach.contest = '01900000-0000-7000-8000-000000000001'; select slip.cut('01900000-0000-7000-8000-000000000006')").await;
    let kept = app.ask("select state || ' ' || cut || ' ' || sum(n) as line from named.counter group by state, cut having sum(n) <> 0 order by 1").await;
    assert_eq!(kept, ["refused false 1", "valid true 5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_keeps_searches_of_the_own_under_names() {
    let (app, clerk) = desk().await;
    five(&app).await;
    let other = app.official("nho", "clerk", "Thư Ký Hai", "thuky2@example.org").await;
    let query = "state=all&q=th%E1%BB%8B+h%C3%B2a";
    let save = async |name: &str| {
        let page = clerk.get(&format!("/c/nho/desk?{query}")).await;
        let action = page.attrs("form", "action").into_iter().find(|a| a.starts_with("/c/nho/desk/searches?")).unwrap();
        page.form(&action).fill("name", name).submit().await
    };
    save("").await.is(422).says("Đặt tên từ 1 đến 60 ký tự");
    let long = "dài".repeat(30);
    let seen = save(&long).await.is(422);
    assert_eq!(seen.attrs("input#name", "value"), [long]);
    save("Bài của chị Hòa").await.is(303).follow().await.says("Đã lưu tìm kiếm");
    save("Bài của chị Hòa").await.is(303);
    let page = clerk.get("/c/nho/desk").await;
    assert_eq!(page.all(".saved-searches a"), ["Bài của chị Hòa"]);
    let link = page.attrs(".saved-searches a", "href").concat();
    assert_eq!(numbers(&clerk.get(&link).await.is(200)), ["1"]);
    other.get("/c/nho/desk").await.hides("Bài của chị Hòa");
    let id = app.ask("select id::text as line from named.saved_search").await.concat();
    other.post("/c/nho/desk/searches/removal", &[("id".into(), id)]).await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from named.saved_search").await, ["1"]);
    clerk.get("/c/nho/desk").await.form("/c/nho/desk/searches/removal").submit().await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from named.saved_search").await, ["0"]);
    for n in 0..30 {
        app.execute(&format!("insert into named.saved_search select gen_random_uuid(), '01900000-0000-7000-8000-000000000001', id, 't{n}', '' from account.account where email_key = 'thuky@example.org'")).await;
    }
    save("Một nữa").await.is(422).says("đã lưu 30 tìm kiếm");
}

async fn taken(clerk: &Browser, query: &str, form: &str) -> Seen {
    clerk.post(&format!("/c/nho/desk/export{query}"), &[("form".into(), form.into())]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_taken_away_as_csv_with_what_is_asked_for_on_record_and_no_cell_that_runs() {
    let (app, clerk) = desk().await;
    five(&app).await;
    app.received(Sent { title: "=HYPERLINK(\"http://x\")", phone: "+84 900 000 246", pen: "@mây", ..by("Sáu, \"Bảy\"", "sau@example.org", "") }).await;
    decide(&clerk, &format!("/c/nho/desk/{}", app.ask("select id::text as line from named.entry where number = 2").await.concat()), "refused", "-1 vì trùng bài").await.is(303);
    let csv = taken(&clerk, "?state=all", "csv").await.is(200);
    assert!(
        csv.headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"nho-") && csv.headers["content-type"].to_str().unwrap().starts_with("text/csv")
    );
    let bytes = csv.body.as_bytes();
    let lines: Vec<&str> = csv.body.trim_start_matches('\u{feff}').lines().collect();
    assert!(bytes.starts_with(&[0xef, 0xbb, 0xbf]) && lines.len() == 7, "{}", csv.body);
    assert!(lines[0].starts_with("Số bài,Số biên nhận,Tình trạng"));
    assert!(lines[1].starts_with("1,") && lines[1].contains(",Chờ xem,,Báo,,Đường về bản,150,Đặng Thị Hòa,,,hoa@example.org,"), "{}", lines[1]);
    assert!(lines[2].contains(",Từ chối,") && lines[2].ends_with("\"'-1 vì trùng bài\""), "{}", lines[2]);
    for cell in ["\"'=HYPERLINK(\"\"http://x\"\")\"", "\"'+84 900 000 246\"", "\"'@mây\"", "\"Sáu, \"\"Bảy\"\"\""] {
        assert!(lines[6].contains(cell), "{cell} in {}", lines[6]);
    }
    let some = taken(&clerk, "?state=all&q=th%E1%BB%8B+h%C3%B2a", "csv").await.is(200);
    assert_eq!(some.body.lines().count(), 2);
    let held = app.ask("select hat || ' ' || content as line from record.event where verb = 'export_list' order by id").await;
    assert_eq!(held, ["clerk {\"form\": \"csv\", \"state\": \"\", \"searched\": false}", "clerk {\"form\": \"csv\", \"state\": \"\", \"searched\": true}"]);
    assert!(!held.concat().contains("hòa"), "the auditor reads no name in it");
    for odd in ["", "pdf", "csv; x"] {
        taken(&clerk, "", odd).await.is(422);
    }
    assert_eq!(app.ask("select count(*)::text as line from record.event where verb = 'export_list'").await, ["2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_longer_than_one_piece_is_whole_and_a_workbook_holds_every_line() {
    let (app, clerk) = desk().await;
    app.valid_entries(2_300).await;
    app.stay_signed_in().await;
    let csv = taken(&clerk, "?state=valid", "csv").await.is(200);
    let first: Vec<i32> = csv.body.lines().skip(1).map(|l| l.split(',').next().unwrap().parse().unwrap()).collect();
    assert_eq!(first, (1..=2_300).collect::<Vec<_>>());
    let answer = clerk.client().post(format!("{}/c/nho/desk/export?state=valid", app.base)).header("sec-fetch-site", "same-origin").form(&[("form", "xlsx")]).send().await.unwrap();
    assert!(answer.headers()["content-type"].to_str().unwrap().ends_with("spreadsheetml.sheet"));
    let bytes = answer.bytes().await.unwrap();
    let sheet = unzipped(&bytes, "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("<row ").count(), 2_301);
    assert!(sheet.contains("Tên bài 2300") && !sheet.contains("<f>"));
}

fn unzipped(bytes: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut out).unwrap();
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn another_contests_clerk_takes_no_list_keeps_no_search_and_counts_nothing_here() {
    let (app, clerk) = desk().await;
    five(&app).await;
    let stranger = app.another_contest().await;
    for path in ["export", "searches", "searches/removal", "templates", "templates/removal", "selection"] {
        stranger.post(&format!("/c/nho/desk/{path}"), &[]).await.is(404);
    }
    for path in ["units", "templates", "selection?n=1"] {
        stranger.get(&format!("/c/nho/desk/{path}")).await.is(404);
    }
    let csv = stranger.post("/c/khac/desk/export?state=all", &[("form".into(), "csv".into())]).await.is(200);
    assert_eq!(csv.body.lines().count(), 1);
    drop(clerk);
    let mut conn = wear(&app, "clerk", "thukykhac@example.org").await;
    diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, "select set_config('phach.contest', '01900000-0000-7000-8000-0000000000ff', true)").await.unwrap();
    for sql in [
        "select number::text as line from named.export_rows('{}', 0, 500)",
        "select number::text as line from named.checks(array[1, 2])",
        "select n::text as line from named.counts()",
    ] {
        assert_eq!(ask(&mut conn, sql).await.unwrap(), Vec::<String>::new(), "{sql}");
    }
    assert_eq!(ask(&mut conn, "select left_for as line from named.screen_many('[{\"number\": 1, \"version\": 1}]')").await.unwrap(), ["unknown"]);
    for sql in [
        "select n::text as line from named.counter",
        "select key as line from named.search",
        "select clerk::text as line from named.claim",
        "select named.raise_flag(gen_random_uuid(), 'mail-failed')::text as line",
    ] {
        assert!(ask(&mut conn, sql).await.unwrap_err().contains("permission denied"), "{sql}");
    }
}
