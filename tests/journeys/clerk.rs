//! The desk decides: valid, asked back or refused, on the version it saw.
use crate::support::{Browser, Seen, Sent, TestApp};

pub async fn desk() -> (TestApp, Browser) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    (app, clerk)
}

pub fn by<'a>(author: &'a str, email: &'a str, title: &'a str) -> Sent<'a> {
    Sent { author, email, title, ..Sent::default() }
}

/// Five entries that wait, numbered 1 to 5.
pub async fn five(app: &TestApp) -> Vec<String> {
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

pub async fn decide(clerk: &Browser, path: &str, verdict: &str, reason: &str) -> Seen {
    let page = clerk.get(path).await.is(200);
    let action = page.attrs("form.verdict", "action").concat();
    page.form(&action).fill("verdict", verdict).fill("reason", reason).submit().await
}

pub async fn state_of(app: &TestApp, id: &str) -> String {
    app.ask(&format!("select state as line from named.entry where id = '{id}'")).await.concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_goes_on_to_the_next_entry_of_the_same_filter_and_round_to_the_first() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    let of = "category=01900000-0000-7000-8000-000000000006";
    let to = decide(&clerk, &format!("/c/nho/desk/{}?{of}", ids[3]), "valid", "").await.is(303).location;
    assert!(to.starts_with(&format!("/c/nho/desk/{}?{of}", ids[4])), "{to}");
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
    seen.says("Thư Ký đã kết luận bài này lúc").says("Chép nguyên văn");
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
async fn a_question_goes_to_the_contestant_and_the_answer_comes_back_to_the_desk() {
    let (app, clerk) = desk().await;
    let author = app.person("Nguyễn Thảo Miên", "mien@example.org").await;
    let page = author.get("/c/nho/entries").await.form("/c/nho/entries").submit().await.is(303).follow().await.is(200);
    let essay = "chữ ".repeat(120);
    let send =
        |page: &Seen, text: &str| page.form("").fill("category", "01900000-0000-7000-8000-000000000006").fill("title", "Một việc nhỏ").fill("text", text).fill("do", "submit");
    send(&page, &format!("{essay} Thảo Miên xin cảm ơn.")).submit().await.is(303);
    let queue = clerk.get("/c/nho/desk").await.is(200);
    let path = queue.attrs(".queue tbody td:first-child a", "href").concat();
    assert_eq!(clerk.get(&path).await.is(200).all(".read .hit"), ["Thảo Miên1"]);
    decide(&clerk, &path, "query", "Mời bạn bỏ tên ở cuối bài").await.is(303).follow().await.says("Đã ghi: hỏi lại");
    let letter = app.letter("mien@example.org", "query").await;
    let path_of_author = format!("/c/nho/entries/{}", letter["entry"].as_str().unwrap());
    let asked = author.get(&path_of_author).await.is(200);
    asked.says("Mời bạn bỏ tên ở cuối bài");
    // the letter names the one day that the desk asks for; the page says what a later one is
    let same = format!("select (due_at = '{}'::timestamptz)::text as line from named.entry", letter["until"].as_str().unwrap());
    assert_eq!(app.ask(&same).await, ["true"]);
    asked.says("Bạn trả lời và gửi lại được đến trước").hides("Hãy trả lời trước");
    app.execute("update contest.contest set queries_close_at = queries_close_at + interval '9 days'").await;
    let two = author.get(&path_of_author).await.is(200);
    two.says("Hãy trả lời trước").says("Trả lời muộn hơn chỉ được nhận trước");
    author.get("/c/nho/entries").await.is(200).says("Trả lời muộn hơn chỉ được nhận trước");
    send(&asked, &essay).fill("note", "Em đã bỏ tên").submit().await.is(303);
    let again = clerk.get(&path).await.is(200);
    assert_eq!(again.says("Em đã bỏ tên").says("Bạn vẫn cần đọc").all(".read .hit"), Vec::<String>::new());
    decide(&clerk, &path, "valid", "").await.is(303);
    author.get("/c/nho/entries").await.is(200).says("Hợp lệ");
}
