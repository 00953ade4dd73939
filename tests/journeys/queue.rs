//! What the desk sees: the queue, the search, one entry beside its slip, its original.
use crate::clerk::{by, decide, desk, five, state_of};
use crate::support::{Seen, Sent};

fn numbers(seen: &Seen) -> Vec<String> {
    seen.all(".queue tbody td:first-child a")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_shows_what_waits_by_number_and_each_state_with_its_count() {
    let (app, clerk) = desk().await;
    clerk.get("/c/nho/desk").await.is(200).says("Không còn bài chờ xem");
    let ids = five(&app).await;
    let seen = clerk.get("/c/nho/desk").await.is(200);
    assert_eq!(numbers(&seen), ["1", "2", "3", "4", "5"]);
    decide(&clerk, &format!("/c/nho/desk/{}", ids[1]), "valid", "").await.is(303);
    decide(&clerk, &format!("/c/nho/desk/{}", ids[2]), "refused", "Chép nguyên văn").await.is(303);
    let seen = clerk.get("/c/nho/desk").await;
    assert_eq!(
        seen.all("#state option"),
        ["Chờ xem (3)", "Chờ tác giả trả lời (0)", "Hợp lệ (1)", "Đã từ chối (1)", "Tác giả đã rút (0)", "Đã loại sau cắt phách (0)", "Tất cả (5)"]
    );
    assert_eq!(seen.all(".progress"), ["2/5 bài đã xong"]);
    // who has withdrawn is in both totals
    app.execute("update named.entry set state = 'withdrawn' where number = 5").await;
    let withdrawn = clerk.get("/c/nho/desk").await;
    assert_eq!((withdrawn.all(".progress"), withdrawn.all("#state option").pop().unwrap()), (vec!["3/5 bài đã xong".to_owned()], "Tất cả (5)".to_owned()));
    app.execute("update named.entry set state = 'waiting' where number = 5").await;
    assert_eq!(numbers(&clerk.get("/c/nho/desk?state=refused").await), ["3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_queue_is_paged_by_number_and_every_link_keeps_the_filter() {
    let (app, clerk) = desk().await;
    app.valid_entries(60).await;
    app.stay_signed_in().await;
    let seen = clerk.get("/c/nho/desk?state=valid&q=t%C3%AAn+b%C3%A0i").await.is(200);
    assert_eq!(numbers(&seen).len(), 50);
    let more = seen.attrs(".pager a[rel=next]", "href").concat();
    let next = clerk.get(&more).await.is(200);
    assert_eq!((numbers(&next).len(), numbers(&next)[0].as_str()), (10, "51"));
    let entry = next.attrs(".queue tbody a", "href")[0].clone();
    assert!(entry.contains("state=valid") && entry.contains("q=t%C3%AAn+b%C3%A0i"), "{entry}");
    let page = clerk.get(&entry).await.is(200);
    assert_eq!(page.all("tr.here a"), ["51"]);
    for rel in ["prev", "next"] {
        let to = page.attrs(&format!("a[rel={rel}]"), "href").concat();
        assert!(to.contains("state=valid") && to.contains("q="), "{to}");
    }
    assert!(page.attrs("form.verdict", "action").concat().contains("state=valid"));
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_titles_names_numbers_and_receipts_without_accents_and_takes_no_pattern() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    let search = async |q: &str| numbers(&clerk.get(&format!("/c/nho/desk?q={}", q.replace(' ', "+").replace('%', "%25"))).await.is(200));
    assert_eq!(search("dang thi hoa").await, ["1"]);
    assert_eq!(search("ĐẶNG").await, ["1"]);
    assert_eq!(search("đinh đưc").await, ["4"]);
    assert_eq!(search("duong ve").await, ["1"]);
    assert_eq!(search("3").await, ["3"]);
    assert_eq!(search("100%").await, ["3"]);
    assert_eq!(search("%").await, ["3"]);
    assert_eq!(search("_").await, Vec::<String>::new());
    let receipt = app.ask(&format!("select receipt as line from named.version where entry = '{}'", ids[4])).await.concat();
    let grouped = receipt.as_bytes().chunks(4).map(|c| std::str::from_utf8(c).unwrap()).collect::<Vec<_>>().join("-");
    assert_eq!(search(&grouped).await, ["5"]);
    clerk.get("/c/nho/desk?q=khong+co").await.says("Không tìm thấy bài nào");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_stands_beside_its_slip_and_every_place_that_names_its_author_is_marked() {
    let (app, clerk) = desk().await;
    let body = "Mở đầu.\n\nTôi, hoang bao ngan, làm ở Huyện đoàn.\nViết cho ngan@example.org. Bảo Ngân xin cảm ơn.";
    let id = app.received(Sent { body, words: 90, unit: "huyen", ..Sent::default() }).await;
    let page = clerk.get(&format!("/c/nho/desk/{id}")).await.is(200);
    page.says("Hoàng Bảo Ngân").says("ngan@example.org").says("Huyện đoàn").says("90 từ, thiếu 10 từ so với mức 100–5.000");
    assert_eq!(page.all(".read p").len(), 3);
    assert_eq!(page.all(".read .hit.sure"), ["hoang bao ngan1", "Huyện đoàn2", "ngan@example.org3"]);
    assert_eq!(page.all(".read .hit:not(.sure)"), ["Bảo Ngân4"]);
    let links = page.attrs("a[data-hit]", "href");
    assert_eq!(links, ["#hit-1", "#hit-2", "#hit-3", "#hit-4"]);
    assert!(links.iter().all(|l| page.attrs(".hit", "id").contains(&l[1..].to_owned())));
    let clean = app.received(by("Lê Đình Đức", "duc@example.org", "Tủ sách")).await;
    clerk.get(&format!("/c/nho/desk/{clean}")).await.says("Bạn vẫn cần đọc");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_original_is_a_download_of_the_very_bytes_received_each_version_its_own() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent { body: "Bản một <script>", ..Sent::default() }).await;
    app.replaced(&id, Sent { body: "Bản hai", ..Sent::default() }).await.unwrap();
    let now = clerk.get(&format!("/c/nho/desk/{id}/original")).await.is(200);
    assert_eq!((now.body.as_str(), now.headers["content-type"].to_str().unwrap()), ("Bản hai", "application/octet-stream"));
    assert!(now.headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"1-2.txt\""));
    assert_eq!(now.headers["x-content-type-options"], "nosniff");
    assert_eq!(clerk.get(&format!("/c/nho/desk/{id}/original?version=1")).await.is(200).body, "Bản một <script>");
    for n in ["3", "0", "x"] {
        clerk.get(&format!("/c/nho/desk/{id}/original?version={n}")).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_contests_clerk_a_draft_and_a_stranger_find_nothing() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent::default()).await;
    let stranger = app.another_contest().await;
    let nothing = stranger.get("/c/khac/desk/01900000-0000-7000-8000-00000000eeee").await.is(404).body;
    for path in [format!("/c/khac/desk/{id}"), format!("/c/nho/desk/{id}"), format!("/c/khac/desk/{id}/original"), "/c/nho/desk".into(), "/c/khac/desk/x".into()] {
        assert_eq!(stranger.get(&path).await.is(404).body, nothing, "{path}");
    }
    let fields = [("verdict".into(), "valid".into()), ("version".into(), "1".into())];
    stranger.post(&format!("/c/khac/desk/{id}"), &fields).await.is(404);
    app.execute(&format!("insert into named.entry(id, contest, account) select '01900000-0000-7000-8000-00000000dddd', contest, account from named.entry where id = '{id}'")).await;
    assert_eq!(clerk.get("/c/nho/desk/01900000-0000-7000-8000-00000000dddd").await.is(404).body, nothing);
    assert_eq!(state_of(&app, &id).await, "waiting");
    app.browser().get(&format!("/c/nho/desk/{id}")).await.is(303);
}
