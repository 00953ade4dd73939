//! The desk: the queue, one entry with its slip, a decision on the version it saw.
use crate::support::{Browser, Seen, Sent, TestApp};

async fn desk() -> (TestApp, Browser) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    (app, clerk)
}

fn by<'a>(author: &'a str, email: &'a str, title: &'a str) -> Sent<'a> {
    Sent { author, email, title, ..Sent::default() }
}

/// Five entries that wait, numbered 1 to 5.
async fn five(app: &TestApp) -> Vec<String> {
    let mut ids = vec![];
    for (author, email, title) in [
        ("Đặng Thị Hòa", "hoa@example.org", "Đường về bản"),
        ("Hoàng Bảo Ngân", "ngan@example.org", "Giữ lấy giờ mở cửa"),
        ("Trịnh Bá Sơn", "son@example.org", "Nước sạch 100% cho xã"),
        ("Lê Đình Đức", "duc@example.org", "Tủ sách nhà văn hóa"),
        ("Nguyễn Thảo Miên", "mien@example.org", "Một việc nhỏ"),
    ] {
        ids.push(app.received(by(author, email, title)).await);
    }
    ids
}

async fn decide(clerk: &Browser, path: &str, verdict: &str, reason: &str) -> Seen {
    let page = clerk.get(path).await.is(200);
    let action = page.attrs("form.verdict", "action").concat();
    page.form(&action).fill("verdict", verdict).fill("reason", reason).submit().await
}

fn numbers(seen: &Seen) -> Vec<String> {
    seen.all(".queue tbody td:first-child a")
}

async fn state_of(app: &TestApp, id: &str) -> String {
    app.ask(&format!("select state as line from named.entry where id = '{id}'")).await.concat()
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
    assert_eq!(seen.all("#state option"), ["Chờ xem (3)", "Chờ tác giả trả lời (0)", "Hợp lệ (1)", "Đã từ chối (1)", "Tác giả đã rút (0)", "Tất cả (5)"]);
    assert_eq!(seen.all(".progress b"), ["2"]);
    assert_eq!(numbers(&clerk.get("/c/nho/desk?state=refused").await), ["3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_queue_is_paged_by_number_and_every_link_keeps_the_filter() {
    let (app, clerk) = desk().await;
    app.valid_entries(60).await;
    app.stay_signed_in().await;
    let seen = clerk.get("/c/nho/desk?state=valid&q=t%C3%AAn+b%C3%A0i").await.is(200);
    assert_eq!(numbers(&seen).len(), 50);
    let more = seen.attrs(".pager a", "href").concat();
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
async fn a_decision_goes_on_to_the_next_entry_of_the_same_filter_and_round_to_the_first() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    let to = decide(&clerk, &format!("/c/nho/desk/{}?q=n", ids[3]), "valid", "").await.is(303).location;
    assert!(to.starts_with(&format!("/c/nho/desk/{}?q=n", ids[4])), "{to}");
    clerk.get(&to).await.is(200).says("Đã ghi: hợp lệ");
    let to = decide(&clerk, &to, "query", "Xin gửi lại bản đủ chữ").await.is(303).location;
    assert!(to.starts_with(&format!("/c/nho/desk/{}", ids[0])), "{to}");
    for id in &ids[..3] {
        decide(&clerk, &format!("/c/nho/desk/{id}"), "valid", "").await.is(303);
    }
    let to = decide(&clerk, &format!("/c/nho/desk/{}?state=queried", ids[4]), "valid", "").await.is(303).location;
    assert!(to.starts_with("/c/nho/desk?state=queried"), "{to}");
    assert_eq!(app.ask("select string_agg(distinct state, ' ') as line from named.entry").await, ["valid"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_on_a_version_that_was_replaced_is_answered_with_the_new_one_and_what_was_typed() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent::default()).await;
    let path = format!("/c/nho/desk/{id}");
    let old = clerk.get(&path).await.is(200).form(&path);
    app.replaced(&id, Sent { body: "Bản thứ hai, đã sửa.", note: "Em đã bỏ tên", ..Sent::default() }).await.unwrap();
    let seen = old.fill("verdict", "refused").fill("reason", "Lời tôi đang gõ").submit().await.is(409);
    seen.says("Tác giả vừa gửi bản mới").says("Bản thứ hai, đã sửa.").says("Em đã bỏ tên");
    let again = seen.form(&path);
    assert_eq!((again.value("reason"), again.value("verdict"), again.value("version")), (Some("Lời tôi đang gõ"), Some("refused"), Some("2")));
    assert_eq!(state_of(&app, &id).await, "waiting");
    again.submit().await.is(303);
    assert_eq!(app.ask("select version || verdict || reason as line from named.screening").await, ["2refusedLời tôi đang gõ"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_goes_back_to_waiting_with_what_was_decided_before_in_sight() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent::default()).await;
    let path = format!("/c/nho/desk/{id}");
    decide(&clerk, &path, "valid", "").await.is(303);
    app.replaced(&id, Sent::default()).await.unwrap();
    assert_eq!(state_of(&app, &id).await, "waiting");
    decide(&clerk, &path, "query", "Bỏ tên ở đoạn hai").await.is(303);
    app.execute("update phach.test_clock set shift = interval '2 days'").await; // the deadline is over: only who was asked may answer
    app.replaced(&id, Sent { note: "Đã bỏ", ..Sent::default() }).await.unwrap();
    assert_eq!(state_of(&app, &id).await, "waiting");
    assert!(app.replaced(&id, Sent::default()).await.unwrap_err().contains("closed"));
    let page = clerk.get(&path).await.is(200);
    page.says("3 bản, 2 kết luận").says("Bỏ tên ở đoạn hai").says("Đã bỏ");
    assert_eq!(page.all(".way h4"), ["Hỏi lại · Bản 2", "Hợp lệ · Bản 1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_and_a_refusal_need_words_which_the_letter_does_not_repeat() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    for verdict in ["query", "refused"] {
        let seen = decide(&clerk, &format!("/c/nho/desk/{}", ids[0]), verdict, "vì").await.is(422);
        seen.says("ít nhất 5 ký tự");
        let form = seen.form(&seen.attrs("form.verdict", "action").concat());
        assert_eq!((form.value("verdict"), form.value("reason")), (Some(verdict), Some("vì")));
    }
    decide(&clerk, &format!("/c/nho/desk/{}", ids[0]), "", "Không chọn gì").await.is(422).says("Chọn một kết luận");
    decide(&clerk, &format!("/c/nho/desk/{}", ids[0]), "query", &"dài ".repeat(600)).await.is(422).says("tối đa 2000 ký tự");
    assert_eq!(app.ask("select count(*)::text as line from named.screening").await, ["0"]);
    decide(&clerk, &format!("/c/nho/desk/{}", ids[0]), "query", "Câu hỏi riêng tư").await.is(303);
    decide(&clerk, &format!("/c/nho/desk/{}", ids[1]), "refused", "Lý do riêng tư").await.is(303);
    for (email, kind) in [("hoa@example.org", "query"), ("ngan@example.org", "entry-refused")] {
        let letter = app.letter(email, kind).await.to_string();
        assert!(letter.contains("nho") && !letter.contains("riêng tư"), "{letter}");
    }
    let noted = app.ask("select content::text as line from record.event where verb = 'screen_entry'").await.concat();
    assert!(noted.contains("refused") && !noted.contains("riêng tư"), "{noted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_frees_the_limit_and_is_not_taken_back_once_the_place_is_filled() {
    let (app, clerk) = desk().await;
    app.execute("update contest.contest set limit_per_category = 1").await;
    let first = app.received(Sent::default()).await;
    decide(&clerk, &format!("/c/nho/desk/{first}"), "refused", "Chép nguyên văn").await.is(303);
    let second = app.received(Sent { title: "Bài thứ hai", ..Sent::default() }).await;
    decide(&clerk, &format!("/c/nho/desk/{first}?state=refused"), "valid", "").await.is(422).says("đủ số bài thể lệ cho phép");
    decide(&clerk, &format!("/c/nho/desk/{second}"), "refused", "Không đúng chủ đề").await.is(303);
    decide(&clerk, &format!("/c/nho/desk/{first}?state=refused"), "valid", "").await.is(303);
    assert_eq!((state_of(&app, &first).await, state_of(&app, &second).await), ("valid".into(), "refused".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_queries_close_only_valid_or_refused_remain() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    decide(&clerk, &format!("/c/nho/desk/{}", ids[0]), "query", "Xin bổ sung").await.is(303);
    let path = format!("/c/nho/desk/{}", ids[1]);
    let open = clerk.get(&path).await.form(&path);
    app.execute("update phach.test_clock set shift = interval '3 days'").await;
    app.stay_signed_in().await;
    let page = clerk.get(&path).await.is(200);
    assert_eq!(page.says("hạn bổ sung đã hết").attrs("input[name=verdict][disabled]", "value"), ["query"]);
    open.fill("verdict", "query").fill("reason", "Quá muộn rồi").submit().await.is(409).says("không hỏi lại được");
    decide(&clerk, &format!("/c/nho/desk/{}", ids[0]), "refused", "Không bổ sung").await.is(303);
    decide(&clerk, &path, "valid", "").await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_unread_or_unreadable_cannot_be_valid_and_a_read_one_can() {
    let (app, clerk) = desk().await;
    let pending = app.received_file(by("Một", "mot@example.org", "Bài một"), "pending").await;
    let unreadable = app.received_file(by("Hai", "hai@example.org", "Bài hai"), "unreadable").await;
    let read = app.received_file(by("Ba", "ba@example.org", "Bài ba"), "read").await;
    for (id, why) in [(&pending, "tệp chưa đọc xong"), (&unreadable, "không đọc được tệp nên không có bài để chấm")] {
        let page = clerk.get(&format!("/c/nho/desk/{id}")).await.is(200);
        assert_eq!(page.says(why).attrs("input[name=verdict][disabled]", "value"), ["valid"]);
        decide(&clerk, &format!("/c/nho/desk/{id}"), "valid", "").await.is(409).says("chưa có văn bản đọc được");
    }
    // received with a file that cannot be read, it became a query of the program's own
    assert_eq!((state_of(&app, &pending).await, state_of(&app, &unreadable).await), ("waiting".into(), "queried".into()));
    clerk.get(&format!("/c/nho/desk/{unreadable}")).await.says("Tệp PDF").says("chương trình");
    clerk.get(&format!("/c/nho/desk/{read}")).await.says("Đoạn hai.").says("hình không đưa vào bài");
    decide(&clerk, &format!("/c/nho/desk/{read}"), "valid", "").await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_writes_nothing_and_another_clerks_decision_is_not_run_over() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent::default()).await;
    let path = format!("/c/nho/desk/{id}");
    let other = app.official("nho", "clerk", "Thư Ký Hai", "thuky2@example.org").await;
    let (page, theirs) = (clerk.get(&path).await, other.get(&path).await);
    for _ in 0..2 {
        page.form(&path).fill("verdict", "refused").fill("reason", "Chép nguyên văn").submit().await.is(303);
    }
    assert_eq!(app.ask("select count(*)::text as line from named.screening").await, ["1"]);
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'entry-refused'").await, ["1"]);
    let seen = theirs.form(&path).fill("verdict", "valid").submit().await.is(409);
    seen.says("Người khác trong Tổ Thư ký vừa kết luận").says("Chép nguyên văn");
    assert_eq!(state_of(&app, &id).await, "refused");
    seen.form(&path).submit().await.is(303);
    assert_eq!(state_of(&app, &id).await, "valid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_entry_is_shown_and_not_decided() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent::default()).await;
    let path = format!("/c/nho/desk/{id}");
    let open = clerk.get(&path).await.form(&path);
    app.execute(&format!("select set_config('phach.account', account::text, true) from named.entry where id = '{id}'; select named.withdraw('{id}')")).await;
    open.fill("verdict", "valid").submit().await.is(409).says("đã rút bài này");
    let page = clerk.get(&path).await.is(200);
    assert_eq!(page.says("Tác giả đã rút bài").attrs("form.verdict", "action"), Vec::<String>::new());
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
