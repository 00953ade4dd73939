//! A text that names its author: looked through once when it is stored, shown and found in the queue, counted on the desk's first page.
use phach::entries::desk::scan::scan_new;

use crate::clerk::{by, decide, desk};
use crate::support::{Browser, Sent, TestApp};

const FLAG: &str = "/c/nho/desk?state=all&flag=names-author";

async fn found(clerk: &Browser) -> Vec<String> {
    clerk.get(FLAG).await.is(200).all(".queue tbody td:first-child a")
}
async fn says_in_text(app: &TestApp, entry: &str, words: &str) {
    app.execute(&format!("update named.version set body = body || ' {words}' where entry = '{entry}'")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_names_its_author_is_marked_in_the_queue_and_found_by_a_filter() {
    let (app, clerk) = desk().await;
    let named = app.received(by("Đặng Thị Hòa", "hoa@example.org", "Đường về bản")).await;
    app.received(by("Hoàng Bảo Ngân", "ngan@example.org", "Giữ lấy giờ mở cửa")).await;
    app.received(by("Trịnh Bá Sơn", "son@example.org", "Thư của TRINH BA SON")).await;
    says_in_text(&app, &named, "Em là đặng thị hoà, học lớp chín.").await;
    assert_eq!(found(&clerk).await, Vec::<String>::new());
    scan_new(&app.site).await.unwrap();
    assert_eq!(found(&clerk).await, ["1", "3"]);
    clerk.get("/c/nho/desk").await.is(200).says("Có chỗ lộ tên");
    let page = clerk.get(&format!("/c/nho/desk/{named}")).await.is(200);
    page.says("Trong bài có chỗ trùng với đầu phách").says("1 chỗ trùng với đầu phách");
    assert_eq!(app.ask("select count(*)::text as line from named.unscanned").await, ["0"], "each text once");
    // nothing more to look through, nothing said twice
    scan_new(&app.site).await.unwrap();
    assert_eq!(app.ask("select count(*)::text as line from record.event where verb = 'raise_flag'").await, ["2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_without_the_name_a_corrected_author_and_a_decision_end_the_doubt() {
    let (app, clerk) = desk().await;
    let sent = by("Trịnh Bá Sơn", "son@example.org", "Thư của Trịnh Bá Sơn");
    let first = app.received(sent.clone()).await;
    let second = app.received(by("Lê Đình Đức", "duc@example.org", "Kính gửi Lê Đình Đức")).await;
    let third = app.received(by("Nguyễn Thảo Miên", "mien@example.org", "Lời của Nguyễn Thảo Miên")).await;
    scan_new(&app.site).await.unwrap();
    assert_eq!(found(&clerk).await, ["1", "2", "3"]);
    app.replaced(&first, Sent { title: "Thư của một người", ..sent }).await.unwrap();
    let page = clerk.get(&format!("/c/nho/desk/{second}/authors")).await.is(200);
    page.form(&format!("/c/nho/desk/{second}/authors")).fill("name_1", "Lê Đình Đạt").fill("reason_1", "Ghi nhầm tên, đã gọi điện").submit().await.is(303);
    decide(&clerk, &format!("/c/nho/desk/{third}"), "valid", "").await.is(303);
    assert_eq!(found(&clerk).await, ["1", "2"], "who read it and made it valid has answered");
    scan_new(&app.site).await.unwrap();
    assert_eq!(found(&clerk).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_while_it_is_looked_through_is_looked_through_again() {
    let (app, clerk) = desk().await;
    let entry = app.received(by("Trịnh Bá Sơn", "son@example.org", "Thư của một người")).await;
    let old = app.ask("select mark::text as line from named.unscanned").await.concat();
    app.replaced(&entry, by("Trịnh Bá Sơn", "son@example.org", "Thư của Trịnh Bá Sơn")).await.unwrap();
    // the word on the text before says nothing of this one
    app.execute(&format!("select named.note_scan('{entry}', '{old}', false)")).await;
    scan_new(&app.site).await.unwrap();
    assert_eq!(found(&clerk).await, ["1"]);
    // a file that is being read waits for its text
    app.received_file(by("Lê Đình Đức", "duc@example.org", "Tủ sách"), "pending").await;
    scan_new(&app.site).await.unwrap();
    assert_eq!(app.ask("select count(*)::text as line from named.unscanned").await, ["1"]);
    app.execute("update named.attachment set state = 'read', words = 3, body = 'Tôi tên là Lê Đình Đức.'").await;
    scan_new(&app.site).await.unwrap();
    assert_eq!(found(&clerk).await, ["1", "2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desks_first_page_counts_open_doubts_and_leads_to_each_list() {
    let (app, clerk) = desk().await;
    assert_eq!(clerk.get("/c/nho/desk").await.is(200).all(".tallies a"), Vec::<String>::new());
    let named = app.received(by("Trịnh Bá Sơn", "son@example.org", "Thư của Trịnh Bá Sơn")).await;
    let other = app.received(by("Lê Đình Đức", "duc@example.org", "Tủ sách")).await;
    scan_new(&app.site).await.unwrap();
    for (entry, kind) in [(&named, "mail-failed"), (&other, "mail-failed"), (&other, "coauthor-objects")] {
        app.execute(&format!("select named.raise_flag('{entry}', '{kind}')")).await;
    }
    let page = clerk.get("/c/nho/desk").await.is(200);
    assert_eq!(page.all(".tallies a"), ["Đồng tác giả phản đối 1", "Thư không tới 2", "Có chỗ lộ tên 1"]);
    let links = page.attrs(".tallies a", "href");
    assert_eq!(links, ["coauthor-objects", "mail-failed", "names-author"].map(|k| format!("/c/nho/desk?state=all&flag={k}")));
    assert_eq!(clerk.get(&links[1]).await.is(200).all(".queue tbody td:first-child a"), ["1", "2"]);
    // a filter in use has its own list, and counts nothing beside it
    assert_eq!(clerk.get("/c/nho/desk?state=all").await.all(".tallies a"), Vec::<String>::new());
    clerk.post(&format!("/c/nho/desk/{other}/flags"), &[("kind".into(), "coauthor-objects".into()), ("note".into(), "Đã gọi điện".into())]).await.is(303);
    assert_eq!(clerk.get("/c/nho/desk").await.all(".tallies a"), ["Thư không tới 2", "Có chỗ lộ tên 1"]);
}
