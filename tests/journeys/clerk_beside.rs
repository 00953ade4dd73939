//! What stands beside an entry: who else has it open, doubts, conditions, texts for messages, what an answer changed.
use crate::clerk::{by, decide, desk, five, state_of};
use crate::support::{Seen, Sent};

fn verdict(page: &Seen) -> String {
    page.attrs("form.verdict", "action").concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_clerk_is_told_who_has_the_entry_open_since_when_and_is_not_held_up() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    let path = format!("/c/nho/desk/{}", ids[0]);
    let other = app.official("nho", "clerk", "Nguyễn Văn Hai", "thuky2@example.org").await;
    let first = clerk.get(&path).await.is(200);
    first.hides("đang mở bài này");
    let held = async || app.ask("select count(*)::text as line from named.claim").await.concat();
    for _ in 0..100 {
        if held().await == "1" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let second = other.get(&path).await.is(200);
    second.says("Thư Ký đang mở bài này từ");
    other.get(&format!("/c/nho/desk/{}", ids[1])).await.hides("đang mở bài này");
    // it never blocks: who is first decides, and the other one is told who
    second.form(&path).fill("verdict", "refused").fill("reason", "Chép nguyên văn").submit().await.is(303);
    let late = first.form(&path).fill("verdict", "valid").submit().await.is(409);
    late.says("Nguyễn Văn Hai đã kết luận bài này lúc").says("Chép nguyên văn");
    assert_eq!(late.form(&path).value("verdict"), Some("valid"));
    assert_eq!(state_of(&app, &ids[0]).await, "refused");
    // and it is forgotten
    app.execute("update phach.test_clock set shift = interval '11 minutes'").await;
    other.get(&path).await.hides("đang mở bài này");
    app.execute("update phach.test_clock set shift = interval '2 hours'; select named.sweep()").await;
    assert_eq!(app.ask("select count(*)::text as line from named.claim where seen_at < phach.now() - interval '1 hour'").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doubt_stands_at_its_entry_until_a_clerk_says_what_was_found() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent::default()).await;
    let path = format!("/c/nho/desk/{id}");
    app.execute(&format!("select named.raise_flag('{id}', 'mail-failed'), named.raise_flag('{id}', 'mail-failed'), named.raise_flag('{id}', 'same-person')")).await;
    let page = clerk.get(&path).await.is(200);
    page.says("Thư không tới").says("Có thể trùng người");
    let action = format!("{path}/flags");
    let settle = async |kind: &str, note: &str| clerk.post(&action, &[("kind".into(), kind.into()), ("note".into(), note.into())]).await;
    settle("mail-failed", "ừ").await.is(422).says("ít nhất 5 ký tự");
    let long = "dài ".repeat(200);
    let seen = settle("mail-failed", &long).await.is(422);
    assert_eq!(seen.attrs("#note-mail-failed", "value"), [long.trim()]);
    settle("coauthor-silent", "Không có điều này").await.is(409);
    settle("=x", "Không có điều này").await.is(409);
    page.form(&action).fill("note", "Đã gọi điện, địa chỉ đúng").submit().await.is(303).follow().await.says("đã xem xong");
    assert_eq!(app.ask("select flags::text as line from named.entry").await, ["1"]);
    clerk.get(&path).await.says("Đã gọi điện, địa chỉ đúng").says("Có thể trùng người");
    // raised again by the program, it is open again; lowered by the program, it is gone
    app.execute(&format!("select named.raise_flag('{id}', 'mail-failed'), named.lower_flag('{id}', 'same-person'), named.lower_flag('{id}', 'same-person')")).await;
    assert_eq!(app.ask("select flags::text as line from named.entry").await, ["16"]);
    let events = app.ask("select verb || ' ' || (content->>'kind') as line from record.event where verb like '%flag' order by id").await;
    assert_eq!(events, ["raise_flag mail-failed", "raise_flag same-person", "settle_flag mail-failed", "raise_flag mail-failed", "lower_flag same-person"]);
    assert!(!app.ask("select content::text as line from record.event where verb = 'settle_flag'").await.concat().contains("gọi điện"));
}

#[tokio::test(flavor = "multi_thread")]
async fn conditions_are_computed_or_ticked_and_kept_with_the_decision() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent { words: 90, ..Sent::default() }).await;
    let path = format!("/c/nho/desk/{id}");
    let page = clerk.get(&path).await.is(200);
    page.says("1 tác giả, trong mức 1–2").says("1 tác giả không ghi năm sinh").says("thiếu 10 từ");
    let form = page.form(&verdict(&page)).fill("verdict", "query").fill("reason", "Xin viết đủ từ").add("tick", "theme").add("tick", "anonymous").add("tick", "' or 1=1");
    // what was ticked stays ticked when something else must be mended
    let again = page.form(&verdict(&page)).fill("reason", "").fill("verdict", "query").add("tick", "theme").submit().await.is(422);
    assert_eq!(again.attrs("input[name=tick][checked]", "value"), ["theme"]);
    form.submit().await.is(303);
    let kept = app.ask("select checks::text as line from named.screening").await.concat();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&kept).unwrap(),
        serde_json::json!({ "readable": "ok", "length": "no", "authors": "ok", "years": "ok", "flags": "ok", "category": "open", "theme": "ok", "anonymous": "ok" })
    );
    clerk.get(&path).await.says("Đã xem: không lộ tác giả, số tác giả, không còn điều cần xem lại, đọc được, đúng chủ đề").says("Không đạt: độ dài");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_written_into_the_message_shipped_or_the_desks_own_and_nothing_typed_is_lost() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent::default()).await;
    let path = format!("/c/nho/desk/{id}");
    let page = clerk.get(&path).await.is(200);
    let filled = page.form(&path).fill("verdict", "query").fill("reason", "Chào bạn.").fill("text", "identity").add("tick", "theme").fill("do", "fill").submit().await.is(200);
    let form = filled.form(&path);
    assert!(form.value("reason").unwrap().starts_with("Chào bạn.\n\nTrong bài còn chỗ cho biết tác giả"), "{:?}", form.value("reason"));
    assert_eq!((form.value("verdict"), form.value("tick")), (Some("query"), Some("theme")));
    assert_eq!(app.ask("select count(*)::text as line from named.screening").await, ["0"]);
    filled.form(&path).fill("text", "không có").fill("do", "fill").submit().await.is(200);
    let texts = "/c/nho/desk/templates";
    let save = async |name: &str, vi: &str, en: &str| {
        let page = clerk.get(texts).await.is(200);
        page.form(texts).fill("id", "new").fill("name", name).fill("vi", vi).fill("en", en).submit().await
    };
    let seen = save("", "", "x").await.is(422);
    assert_eq!(seen.says("Đặt tên mẫu").all("#en-new"), ["x"]);
    save("Trống", "", "").await.is(422).says("ít nhất bằng một thứ tiếng");
    save("Dài", &"dài ".repeat(600), "").await.is(422).says("tối đa 2000 ký tự");
    save("Ảnh bìa", "", "Please add a cover.").await.is(303);
    save("Ảnh bìa", "Mời thêm ảnh bìa.", "").await.is(422).says("Đã có mẫu mang tên này");
    let own = app.ask("select id::text as line from named.template").await.concat();
    let filled = clerk.get(&path).await.form(&path).fill("text", &own).fill("do", "fill").submit().await.is(200);
    assert_eq!(filled.form(&path).value("reason"), Some("Please add a cover."));
    let page = clerk.get(texts).await;
    page.form(texts).fill("vi", "Mời thêm ảnh bìa.").submit().await.is(303);
    let stranger = app.another_contest().await;
    stranger.get("/c/khac/desk/templates").await.is(200).hides("ảnh bìa");
    stranger.post("/c/khac/desk/templates", &[("id".into(), own.clone()), ("name".into(), "Chiếm".into()), ("vi".into(), "x".into())]).await.is(404);
    stranger.post("/c/khac/desk/templates/removal", &[("id".into(), own.clone())]).await.is(303);
    assert_eq!(app.ask("select vi as line from named.template").await, ["Mời thêm ảnh bìa."]);
    clerk.get(texts).await.form("/c/nho/desk/templates/removal").submit().await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from named.template").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_stands_beside_the_question_with_what_changed() {
    let (app, clerk) = desk().await;
    let id = app.received(Sent { body: "Mở đầu.\nTôi là Bảo Ngân ở xã.\nKết.", ..Sent::default() }).await;
    let path = format!("/c/nho/desk/{id}");
    clerk.get(&path).await.hides("/changes");
    clerk.get(&format!("{path}/changes")).await.is(404);
    decide(&clerk, &path, "query", "Mời bạn bỏ tên ở đoạn hai").await.is(303);
    let answer = Sent {
        title: "Giữ giờ mở cửa", body: "Mở đầu.\nTôi là một người ở xã.\nKết.\n<b>Thêm</b> một đoạn.", note: "Em đã bỏ tên", unit: "huyen", ..Sent::default()
    };
    app.replaced(&id, answer).await.unwrap();
    let link = clerk.get(&path).await.attrs("a[href*=changes]", "href").concat();
    let page = clerk.get(&link).await.is(200);
    page.says("Mời bạn bỏ tên ở đoạn hai").says("Em đã bỏ tên").says("2 đoạn không đổi đang ẩn");
    assert_eq!(page.all("del"), ["Giữ lấy giờ mở cửa", "Bảo Ngân"]);
    assert_eq!(page.all("ins"), ["Giữ giờ mở cửa", "Huyện đoàn", "một người", "<b>Thêm</b> một đoạn."]);
    let whole = clerk.get(&page.attrs("caption a", "href").concat()).await.is(200);
    assert_eq!(whole.all("tr.same").len(), 2);
    for odd in ["from-version=2&to=2", "from-version=0&to=2", "from-version=1&to=9", "from-version=x", "to=-1"] {
        clerk.get(&format!("{path}/changes?{odd}")).await.is(404);
    }
    let stranger = app.another_contest().await;
    stranger.get(&format!("/c/khac/desk/{id}/changes")).await.is(404);
    let never = app.received(by("Lê Đình Đức", "duc@example.org", "Tủ sách")).await;
    clerk.get(&format!("/c/nho/desk/{never}/changes")).await.is(404);
}
