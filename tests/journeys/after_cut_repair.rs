//! After the cut the desk asks an author for a repaired text; what comes is looked at, sent, and taken or not.
use phach::documents::samples;
use phach::platform::secret::{hex, sha256};

use crate::support::{Browser, Seen, TestApp};

pub const ASKED: &str = "Trang hai của tệp bị mất. Xin gửi lại đủ bài.";

/// `n` entries cut, and the clerk who cut them.
pub async fn cut(n: u32) -> (TestApp, Browser) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(n).await;
    let clerk = app.browser();
    clerk.sign_in("thuky@example.org").await;
    (app, clerk)
}
pub async fn id_of(app: &TestApp, number: u32) -> String {
    app.ask(&format!("select id::text as line from named.entry where number = {number}")).await.concat()
}
/// The author of an entry, signed in.
pub async fn author(app: &TestApp, number: u32) -> Browser {
    let key = format!("author {number}");
    app.execute(&format!("insert into account.session(key_hash, account, seen_at, expires_at) select sha256('{key}'), id, phach.now(), phach.now() + interval '90 days' from account.account where email_key = 'tacgia{number}@example.org'")).await;
    Browser::with_cookie(&app.base, &format!("phach={key}"))
}
pub async fn asked(clerk: &Browser, id: &str) {
    let path = format!("/c/nho/desk/{id}/repair");
    let page = clerk.get(&format!("/c/nho/desk/{id}/text")).await.is(200);
    page.form(&path).fill("message", ASKED).fill("days", "7").submit().await.is(303).follow().await.is(200).says("Đã gửi yêu cầu cho tác giả");
}
fn essay(words: usize) -> Vec<String> {
    (0..words / 10).map(|k| format!("Đoạn sửa {k} có đúng mười từ cho dễ đếm.")).collect()
}
fn docx(words: usize) -> Vec<u8> {
    let text = essay(words);
    samples::docx(&text.iter().map(String::as_str).collect::<Vec<_>>())
}
/// The form that reads: it stands last, after the one that sends.
fn reads(page: &Seen, action: &str) -> crate::support::Filling {
    page.form(action).without("came").fill("do", "read")
}
async fn read_and_sent(author: &Browser, id: &str, text: &str) -> Seen {
    let (own, action) = (format!("/c/nho/entries/{id}"), format!("/c/nho/entries/{id}/repair"));
    let seen = reads(&author.get(&own).await.is(200), &action).fill("by", "text").fill("repaired", text).submit().await.is(303).follow().await.is(200);
    seen.form(&action).fill("do", "send").submit().await.is(303).follow().await.is(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_sends_the_file_asked_for_and_the_desk_takes_it_under_the_same_code() {
    let (app, clerk) = cut(5).await;
    let (id, action) = (id_of(&app, 2).await, format!("/c/nho/desk/{}/repair", id_of(&app, 2).await));
    let text = format!("/c/nho/desk/{id}/text");
    let page = clerk.get(&text).await.is(200);
    let kept = page.says("Xin tác giả bản sửa").form(&action).fill("message", "hở").fill("days", "31").submit().await.is(422);
    assert_eq!(kept.says("từ 5 đến 2.000 ký tự").says("từ 1 đến 30 ngày").form(&action).value("message"), Some("hở"));
    page.form(&action).fill("message", &"a".repeat(2_001)).submit().await.is(422);
    assert_eq!(app.ask("select count(*)::text as line from named.repair").await, ["0"]);
    asked(&clerk, &id).await;
    page.form(&action).fill("message", ASKED).submit().await.is(409).says("Đã có một yêu cầu");
    let letter = app.letter("tacgia2@example.org", "repair-asked").await;
    assert!(letter["number"] == 2 && !letter.to_string().contains("Trang hai"), "{letter}");
    // the queue finds it; it is settled by no note
    assert_eq!(clerk.get("/c/nho/desk?state=all&flag=repair-asked").await.is(200).all(".queue tbody td:first-child a"), ["2"]);
    let entry = clerk.get(&format!("/c/nho/desk/{id}")).await.is(200);
    assert!(entry.says("Chờ bản sửa").attrs("form input[name=kind]", "value").is_empty());
    clerk.post(&format!("/c/nho/desk/{id}/flags"), &[("kind".into(), "repair-asked".into()), ("note".into(), "Đã gọi điện".into())]).await.is(409).says("không gỡ bằng ghi chú");
    // its author reads why, and until when
    let (author, own, to) = (author(&app, 2).await, format!("/c/nho/entries/{id}"), format!("/c/nho/entries/{id}/repair"));
    let list = author.get("/c/nho/entries").await.is(200);
    assert!(list.says("Tổ Thư ký xin bản sửa, gửi trước").attrs(".works a", "href").iter().any(|to| to.ends_with("#repair")));
    let page = author.get(&own).await.is(200);
    assert_eq!(page.says("Tổ Thư ký xin bạn gửi lại bài").says(ASKED).says("Gửi trước").attrs("#file", "accept"), [".docx,.odt,.txt"]);
    reads(&page, &to).submit().await.is(422);
    let lost = reads(&page, &to).fill("repaired", "Gõ dở").attach("file", "bai.pdf", b"%PDF-1.7 ...".to_vec()).submit().await.is(422);
    assert_eq!(lost.says("Đây là tệp PDF").form(&to).value("repaired"), Some("Gõ dở"));
    let bytes = docx(60);
    let seen = reads(&page, &to).fill("repaired", "Gõ dở").attach("file", "Bài đủ trang.docx", bytes.clone()).submit().await.is(303).follow().await.is(200);
    seen.says("Bài đọc được, chưa gửi").says("Bài đủ trang.docx").says("60 từ").says("Bài thiếu 40 từ").says("Đoạn sửa 5");
    assert!(seen.body.contains("Gõ dở"), "what was typed beside the file is lost");
    // not sent, it is nobody's but its author's
    clerk.get(&text).await.is(200).hides("Đoạn sửa");
    let sends = || seen.form(&to).fill("do", "send");
    sends().submit().await.is(303).follow().await.says("Đã gửi bản sửa").says(&hex(&sha256(&bytes)));
    sends().submit().await.is(303); // an impatient second press
    reads(&page, &to).fill("by", "text").fill("repaired", "Một bài khác").submit().await.is(409).says("Bản sửa đã gửi rồi");
    assert_eq!(app.ask("select count(*)::text as line from named.repaired").await, ["1"]);
    // byte for byte, for its author and for the desk
    let came = app.ask("select id::text as line from named.repaired").await.concat();
    for (who, path) in [(&author, format!("{to}/original?came={came}")), (&clerk, format!("{action}/original?came={came}"))] {
        let file = who.client().get(format!("{}{path}", app.base)).send().await.unwrap();
        assert!(file.headers()["content-disposition"].to_str().unwrap().starts_with("attachment; "));
        assert_eq!(file.bytes().await.unwrap(), bytes, "{path}");
        who.get(path.replace(&came, "01900000-0000-7000-8000-00000000dead").as_str()).await.is(404);
        who.get(path.split('?').next().unwrap()).await.is(404);
    }
    // the desk looks at it beside what stands
    assert_eq!(clerk.get("/c/nho/desk?state=all&flag=repair-asked").await.all(".queue tbody td:first-child a"), Vec::<String>::new());
    assert_eq!(clerk.get("/c/nho/desk?state=all&flag=repair-came").await.all(".queue tbody td:first-child a"), ["2"]);
    let came = clerk.get(&text).await.is(200);
    came.says("Bản sửa đã đến").says("Bài đủ trang.docx").says("Đoạn sửa 0").says("thứ hai.").says("60");
    assert!(came.all(".checks .tag.warn").contains(&"Độ dài".to_owned()), "{:?}", came.all(".checks .tag"));
    let blind = async || app.ask("select p.body as line from blind.paper p join slip.pair x on x.paper = p.code join named.entry e on e.id = x.entry where e.number = 2").await;
    let old = blind().await;
    let decision = format!("{action}/decision");
    let kept = came.form(&decision).fill("do", "take").fill("taking", "vì").submit().await.is(422);
    assert_eq!(kept.says("từ 5 đến 500").form(&decision).value("taking"), Some("vì"));
    let takes = || came.form(&decision).fill("do", "take").fill("taking", "Đủ trang hai, không đổi chỗ khác.");
    takes().submit().await.is(303).follow().await.says("Đã nhận bản sửa");
    takes().submit().await.is(409).says("Yêu cầu này vừa đổi");
    app.letter("tacgia2@example.org", "repair-taken").await;
    author.get(&own).await.is(200).says("Tổ Thư ký đã nhận bản sửa");
    clerk.get(&text).await.is(200).says("Bản sửa của tác giả").says("Đã hỏi trước đây");
    assert_eq!(app.ask("select how || ' ' || n || ' ' || title as line from named.amendment").await, ["repaired 1 Tên bài 2"]);
    assert_eq!(blind().await, old, "nothing passes before the batch");
    app.night().await;
    assert_eq!(blind().await.concat().split("\n\n").collect::<Vec<_>>().concat().replace('\n', ""), essay(60).concat());
    // the record holds that it was, and no word of it
    let events = app.ask(&format!("select verb || ' ' || content::text as line from record.event where subject = '{id}' and verb in ('ask_repair', 'send_repaired', 'end_repair', 'amend_entry') order by id")).await;
    let verbs: Vec<&str> = events.iter().map(|e| e.split(' ').next().unwrap()).collect();
    assert_eq!(verbs, ["ask_repair", "send_repaired", "amend_entry", "end_repair"]);
    assert!(events.iter().all(|e| !e.contains("Trang hai") && !e.contains("trang hai") && !e.contains(&hex(&sha256(&bytes)))), "{events:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_used_is_answered_and_may_be_asked_for_again_or_taken_back() {
    let (app, clerk) = cut(5).await;
    let id = id_of(&app, 3).await;
    let (text, decision, to) = (format!("/c/nho/desk/{id}/text"), format!("/c/nho/desk/{id}/repair/decision"), format!("/c/nho/entries/{id}/repair"));
    let author = author(&app, 3).await;
    asked(&clerk, &id).await;
    let page = author.get(&format!("/c/nho/entries/{id}")).await.is(200);
    for (typed, sentence) in [("  …  ", "Chưa có nội dung bài"), ("\u{0}\u{200b}", "Chưa có nội dung bài"), (&"chữ ".repeat(1_100_000), "Văn bản quá dài")] {
        reads(&page, &to).fill("by", "text").fill("repaired", typed).submit().await.is(422).all("#errors li").concat().contains(sentence).then_some(()).expect(sentence);
    }
    // the same as what stands is a file chosen by mistake
    let same = reads(&page, &to).fill("by", "text").fill("repaired", "Thân bài số 3.\r\n\r\nĐoạn thứ hai.").submit().await.is(303).follow().await;
    same.form(&to).fill("do", "send").submit().await.is(422).says("giống hệt văn bản đang có");
    // another window had another text read: what is sent is what was looked at
    reads(&page, &to).fill("by", "text").fill("repaired", "Bản ở cửa sổ khác.").submit().await.is(303);
    same.form(&to).fill("do", "send").submit().await.is(409).says("Ở cửa sổ khác").says("Bản ở cửa sổ khác.");
    read_and_sent(&author, &id, "Bản sửa\u{0} một\u{200b}.").await.says("Tổ Thư ký đang xem");
    let came = clerk.get(&text).await.is(200);
    came.says("Bản sửa một.").says("Gõ trên trang");
    let decline = |why: &str| came.form(&decision).fill("do", "decline").fill("unusable", why);
    assert_eq!(decline("hở").submit().await.is(422).says("từ 5 đến 2.000").form(&decision).value("seen"), Some("0"));
    came.form(&decision).fill("do", "back").submit().await.is(409).says("Yêu cầu này vừa đổi"); // it has come
    decline("Vẫn thiếu trang hai.").submit().await.is(303).follow().await.says("Đã trả lời tác giả").says("Vẫn thiếu trang hai.");
    decline("Vẫn thiếu trang hai.").submit().await.is(409);
    app.letter("tacgia3@example.org", "repair-unusable").await;
    author.get(&format!("/c/nho/entries/{id}")).await.says("Bản sửa chưa dùng được").says("Vẫn thiếu trang hai.");
    assert_eq!(app.ask("select count(*)::text as line from named.amendment").await, ["0"]);
    // asked again, and taken back
    asked(&clerk, &id).await;
    let waits = clerk.get(&text).await.is(200);
    waits.says("Đang chờ bản sửa");
    let page = author.get(&format!("/c/nho/entries/{id}")).await.is(200);
    waits.form(&decision).fill("do", "back").submit().await.is(303).follow().await.says("Đã bỏ yêu cầu");
    waits.form(&decision).fill("do", "back").submit().await.is(409);
    waits.form(&decision).fill("do", "eat").submit().await.is(422);
    app.letter("tacgia3@example.org", "repair-taken-back").await;
    let late = reads(&page, &to).fill("by", "text").fill("repaired", "Gõ muộn một phút.").submit().await.is(409);
    assert!(late.says("vừa bỏ hoặc đổi yêu cầu").body.contains("Gõ muộn một phút."), "what was typed is lost");
    assert_eq!(app.ask("select flags::text as line from named.entry where number = 3").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_and_the_seal_end_a_request_by_the_databases_clock() {
    let (app, clerk) = cut(5).await;
    let (one, two) = (id_of(&app, 1).await, id_of(&app, 2).await);
    for id in [&one, &two] {
        asked(&clerk, id).await;
    }
    let (first, second) = (author(&app, 1).await, author(&app, 2).await);
    let to = |id: &str| format!("/c/nho/entries/{id}/repair");
    let page = first.get(&format!("/c/nho/entries/{one}")).await.is(200);
    let seen = reads(&page, &to(&one)).fill("by", "text").fill("repaired", "Bản sửa kịp giờ.").submit().await.is(303).follow().await.is(200);
    let due = app.ask("select due_at::text as line from named.repair order by asked_at limit 1").await.concat();
    let at = async |shift: &str| {
        app.execute(&format!("update phach.test_clock set shift = timestamptz '{due}' + interval '{shift}' - now()")).await;
        app.stay_signed_in().await;
    };
    // half-open: a minute before it is in time, at the moment itself it is not
    at("-1 minute").await;
    first.get(&format!("/c/nho/entries/{one}")).await.says("Gửi bản này");
    at("0").await;
    seen.form(&to(&one)).fill("do", "send").submit().await.is(409).says("Đã hết hạn");
    reads(&seen, &to(&one)).fill("by", "text").fill("repaired", "Gõ muộn.").submit().await.is(409).says("Đã hết hạn");
    first.get(&format!("/c/nho/entries/{one}")).await.is(200).says("Đã hết hạn gửi bản sửa").hides("Đọc thử bản sửa");
    // the desk asks again; the old request has ended with nobody to tell
    let text = clerk.get(&format!("/c/nho/desk/{one}/text")).await.is(200);
    text.says("Hết hạn từ").says("Hỏi lại lần nữa");
    asked(&clerk, &one).await;
    assert_eq!(app.ask(&format!("select coalesce(ended, 'open') as line from named.repair where entry = '{one}' order by asked_at")).await, ["lapsed", "open"]);
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where to_address = 'tacgia1@example.org' and kind like 'repair%'").await, ["2"]);
    seen.form(&to(&one)).fill("do", "send").submit().await.is(409);
    read_and_sent(&first, &one, "Bản sửa lần hai.").await.says("Đã gửi bản sửa");
    // sealed: nothing comes, nothing is asked for, and what came is not taken
    asked(&clerk, &id_of(&app, 4).await).await;
    let page = second.get(&format!("/c/nho/entries/{two}")).await.is(200);
    let came = clerk.get(&format!("/c/nho/desk/{one}/text")).await.is(200);
    let five = id_of(&app, 5).await;
    let asks = clerk.get(&format!("/c/nho/desk/{five}/text")).await.is(200);
    let (four, fourth) = (id_of(&app, 4).await, author(&app, 4).await);
    let open = fourth.get(&format!("/c/nho/entries/{four}")).await.is(200);
    app.execute("insert into blind.seal(contest, content, sha256, organizer) select id, 'x', sha256('x'), gen_random_uuid() from contest.contest where slug = 'nho'").await;
    reads(&open, &to(&four)).fill("by", "text").fill("repaired", "Sau niêm phong.").submit().await.is(409).says("đã niêm phong");
    fourth.get(&format!("/c/nho/entries/{four}")).await.says("Không gửi bản sửa được nữa").hides("Đọc thử bản sửa");
    page.says("Đã hết hạn");
    let decision = format!("/c/nho/desk/{one}/repair/decision");
    let kept = came.form(&decision).fill("do", "take").fill("taking", "Đủ trang hai.").submit().await.is(409);
    kept.says("hai người giữ khóa cùng quyết định loại").says("Lý do bạn vừa ghi: Đủ trang hai.").hides("Nhận bản sửa");
    asks.form(&format!("/c/nho/desk/{five}/repair")).fill("message", ASKED).submit().await.is(409).says("hai người giữ khóa cùng quyết định loại");
    assert_eq!(app.ask("select count(*)::text as line from named.amendment").await, ["0"]);
}
