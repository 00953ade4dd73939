//! Paper by post: an envelope is written down for somebody, its text follows, and the code on its receipt makes it an account's.
use crate::clerk::{decide, desk, state_of};
use crate::hats::{ask, wear};
use crate::support::{Browser, Filling, Seen, Sent, TestApp};

const BAO: &str = "01900000-0000-7000-8000-000000000006";
const TRUONG: &str = "01900000-0000-7000-8000-000000000009";

fn essay(words: usize) -> String {
    (1..=words).map(|i| if i % 40 == 0 { "làng.\n\n" } else { "chữ " }).collect::<String>().trim_end().to_owned()
}
/// The day of the contest's clock, so many days from now.
async fn day(app: &TestApp, days: i32) -> String {
    app.ask(&format!("select ((phach.now() at time zone 'Asia/Ho_Chi_Minh')::date + {days})::text as line")).await.concat()
}
/// A new envelope of somebody, as far as it must be.
async fn envelope(clerk: &Browser, name: &str) -> Filling {
    let page = clerk.get("/c/nho/desk/post").await.is(200);
    page.form("").fill("category", BAO).fill("name_1", name).fill("title", &format!("Bài của {name}")).fill("do", "submit")
}
async fn entered(clerk: &Browser, name: &str) -> Seen {
    envelope(clerk, name).await.submit().await.is(200)
}
fn code_of(page: &Seen) -> String {
    page.all("#code").concat()
}
async fn id_of(app: &TestApp, number: i32) -> String {
    app.ask(&format!("select id::text as line from named.entry where number = {number}")).await.concat()
}
async fn type_text(clerk: &Browser, id: &str) -> Seen {
    clerk.get(&format!("/c/nho/desk/{id}/post")).await.is(200).form("").fill("text", &essay(120)).fill("do", "submit").submit().await
}
async fn redeem(browser: &Browser, code: &str) -> Seen {
    browser.get("/c/nho/entries").await.is(200).form("/c/nho/entries/claim").fill("word", code).submit().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_envelope_gets_a_number_a_receipt_and_a_code_and_is_valid_only_with_a_text() {
    let (app, clerk) = desk().await;
    app.received(Sent::default()).await;
    let today = day(&app, 0).await;
    let form =
        envelope(&clerk, "Đặng Văn Ba").await.fill("postmark", &today).fill("condition", "damaged").fill("remark", "ướt một góc").fill("year_1", "1950").fill("unit", TRUONG);
    let receipt = form.submit().await.is(200);
    receipt.says("Đã nhận bài số 2").says("Rách, ướt").says("Trường").says("Chưa có nội dung");
    let code = code_of(&receipt);
    assert_eq!((code.len(), receipt.all(".receipt-no").len()), (14, 2), "{code}");
    // nowhere but on this page
    let bare = code.replace('-', "");
    for kept in ["select string_agg(content::text, ' ') as line from record.event", "select coalesce(string_agg(params::text, ' '), '') as line from mail.letter"] {
        let kept = app.ask(kept).await.concat();
        assert!(!kept.contains(&bare) && !kept.contains("ướt một góc") && !kept.contains("Đặng Văn Ba"), "{kept}");
    }
    let id = id_of(&app, 2).await;
    let page = clerk.get(&format!("/c/nho/desk/{id}")).await.is(200);
    page.says("Gửi qua bưu điện").says("ướt một góc").says("bài còn trên giấy").says("hãy gọi điện");
    decide(&clerk, &format!("/c/nho/desk/{id}"), "valid", "").await.is(409).says("chưa có văn bản đọc được");
    assert_eq!(clerk.get("/c/nho/desk?post=1").await.is(200).all(".queue tbody td:first-child a"), ["2"]);
    clerk.get("/c/nho/desk").await.says("Bưu điện").says("Chưa gõ").says("Đã nhận 2 = hợp lệ 0 + chờ xem 2");
    clerk.get("/c/nho/desk/selection?n=2").await.says("Bài còn trên giấy, chưa gõ");
    // typed by the desk: a version of its own, the paper's stays
    type_text(&clerk, &id).await.is(303).follow().await.says("Đã ghi bản mới").says("120 từ");
    assert_eq!(
        app.ask(&format!("select string_agg(n || ' ' || coalesce(words::text, '-'), ', ' order by n) as line from named.version where entry = '{id}'")).await,
        ["1 -, 2 120"]
    );
    decide(&clerk, &format!("/c/nho/desk/{id}"), "valid", "").await.is(303);
    assert_eq!(state_of(&app, &id).await, "valid");
    clerk.get("/c/nho/desk").await.says("Đã nhận 2 = hợp lệ 1 + chờ xem 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_envelope_keeps_what_thirty_have_in_common_and_nothing_of_a_person() {
    let (app, clerk) = desk().await;
    let yesterday = day(&app, -1).await;
    let form = envelope(&clerk, "Đặng Văn Ba").await.fill("postmark", &yesterday).fill("unit", TRUONG).fill("phone_1", "0912 345 678");
    let arrived = form.value("arrived").unwrap().to_owned();
    let receipt = form.submit().await.is(200);
    let next = clerk.get(receipt.attrs("#next", "href").concat().trim_end_matches("#name_1")).await.is(200);
    let form = next.form("");
    let kept: Vec<_> =
        ["postmark", "arrived", "category", "unit", "condition", "name_1", "phone_1", "title", "remark"].map(|f| form.value(f).unwrap_or_default().to_owned()).to_vec();
    assert_eq!(kept, [yesterday.as_str(), &arrived, BAO, TRUONG, "whole", "", "", "", ""]);
    // what cannot be: everything typed stands, each said at its field
    let wrong = form.fill("postmark", &day(&app, 2).await).fill("name_1", "").fill("title", "Còn đây").fill("condition", "wet").fill("do", "submit").submit().await.is(422);
    assert_eq!(wrong.form("").value("title"), Some("Còn đây"));
    wrong.says("Dấu bưu điện không thể sau ngày đến").says("Chọn tình trạng phong bì").says("Tác giả 1: ghi họ và tên");
    assert_eq!(app.ask("select count(*)::text as line from named.entry").await, ["1"]);
    let more = next.form("").fill("do", "more").fill("name_1", "Lê An").submit().await.is(200);
    assert_eq!((more.form("").value("name_1"), more.form("").value("name_2")), (Some("Lê An"), Some("")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_enclosed_is_read_in_the_child_and_one_that_cannot_be_read_is_not_taken() {
    let (app, clerk) = desk().await;
    let bad = envelope(&clerk, "Lê Thị Tư").await.attach("file", "bai.pdf", b"%PDF-1.7 x".to_vec()).submit().await.is(422);
    assert_eq!(bad.says("Không đọc được tệp này").attrs("#file", "accept"), [".docx,.odt,.txt"]);
    assert_eq!(app.ask("select count(*)::text as line from named.entry").await, ["0"]);
    let good = envelope(&clerk, "Lê Thị Tư").await.attach("file", "bai.txt", essay(150).into_bytes()).submit().await.is(200);
    good.says("150 từ").hides("Chưa có nội dung");
    let id = id_of(&app, 1).await;
    let path = format!("/c/nho/desk/{id}");
    assert_eq!(clerk.get(&format!("{path}/original")).await.is(200).body, essay(150));
    // mended without another file: the file stays
    clerk.get(&format!("{path}/post")).await.is(200).says("bai.txt").form("").fill("title", "Tên khác").fill("do", "submit").submit().await.is(303);
    assert_eq!(app.ask("select count(distinct attachment) || ' ' || count(distinct sha256) || ' ' || count(*) as line from named.version").await, ["1 1 2"]);
    decide(&clerk, &path, "valid", "").await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_once_for_one_account_and_every_other_word_has_the_same_answer() {
    let (app, clerk) = desk().await;
    let other_clerk = app.another_contest().await;
    let code = code_of(&entered(&clerk, "Đặng Văn Ba").await);
    let id = id_of(&app, 1).await;
    type_text(&clerk, &id).await.is(303);
    let author = app.person("Cháu Của Ba", "chau@example.org").await;
    let stranger = app.person("Người Lạ", "la@example.org").await;
    assert!(author.get(&format!("/c/nho/entries/{id}")).await.status == 404);
    let mut answers = vec![redeem(&stranger, "AAAA-BBBB-CCCC").await.is(422).all(".err").concat(), redeem(&stranger, "").await.is(422).all(".err").concat()];
    // of another contest
    answers.push(stranger.post("/c/khac/entries/claim", &[("word".into(), code.clone())]).await.is(422).all(".err").concat());
    // typed as people type
    let to = redeem(&author, &format!(" {} ", code.to_lowercase().replace('-', " "))).await.is(303).location;
    let receipt = author.get(&to).await.is(200);
    // the desk wrote it down: no receipt was sent by letter, and the text is not the account's own typing
    receipt.says("Bài này từ nay thuộc tài khoản của bạn").says("120 từ").says("Tổ Thư ký ghi sổ từ bài gửi bưu điện").says("Ghi sổ lúc").says("Tải bản Tổ Thư ký đã ghi");
    receipt.hides("thay bài 1 lần").hides("chứng minh bài bạn đã gửi").hides("Thư gửi cho bạn cũng ghi");
    let list = author.get("/c/nho/entries").await.is(200);
    list.says("Bài của Đặng Văn Ba").says("Đặng Văn Ba").hides("thay đổi chưa gửi");
    answers.push(redeem(&stranger, &code).await.is(422).all(".err").concat());
    answers.push(redeem(&author, &code).await.is(422).all(".err").concat());
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    // its own from now on: it answers queries, and the desk writes for it no more
    assert_eq!(stranger.get(&format!("/c/nho/entries/{id}/receipt")).await.status, 404);
    decide(&clerk, &format!("/c/nho/desk/{id}"), "query", "Xin ghi năm sinh").await.is(303);
    app.letter("chau@example.org", "query").await;
    let page = author.get(&format!("/c/nho/entries/{id}")).await.is(200);
    page.says("Xin ghi năm sinh").form("").fill("year_1", "1950").fill("note", "Ông sinh năm 1950").fill("do", "submit").submit().await.is(303);
    author.get(&format!("/c/nho/entries/{id}/receipt")).await.says("chứng minh bài bạn đã gửi").says("Thư gửi cho bạn cũng ghi").hides("Ghi sổ lúc");
    clerk.get(&format!("/c/nho/desk/{id}")).await.says("Ông sinh năm 1950").says("Bài đã được nhận về một tài khoản");
    type_text(&clerk, &id).await.is(409).says("Bài này đã được nhận về một tài khoản");
    clerk.post(&format!("/c/nho/desk/{id}/code"), &[]).await.is(409);
    for path in [format!("/c/khac/desk/{id}/post"), format!("/c/nho/desk/{id}/post")] {
        assert_eq!(other_clerk.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(other_clerk.post(&format!("/c/khac/desk/{id}/code"), &[]).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_held_back_another_code_ends_the_first_and_officials_claim_nothing() {
    let (app, clerk) = desk().await;
    let first = code_of(&entered(&clerk, "Đặng Văn Ba").await);
    let id = id_of(&app, 1).await;
    let code_path = format!("/c/nho/desk/{id}/code");
    let page = clerk.post(&code_path, &[("by".into(), "print".into())]).await.is(200);
    let second = code_of(&page);
    assert!(second != first && page.attrs("#next", "href").is_empty());
    clerk.post(&code_path, &[("by".into(), "letter".into())]).await.is(422).says("không có thư điện tử");
    let guesser = app.person("Người Đoán", "doan@example.org").await;
    for _ in 0..10 {
        redeem(&guesser, &first).await.is(422).says("Mã này không dùng được");
    }
    let held = redeem(&guesser, &second).await.is(429);
    assert_eq!(held.form("/c/nho/entries/claim").value("word"), Some(second.as_str()));
    app.execute("update contest.contest set bar_officials = true where slug = 'nho'").await;
    let judge = app.official("nho", "judge", "Giám Khảo", "gk1@example.org").await;
    redeem(&judge, &second).await.is(422).says("Thể lệ không cho người làm việc của cuộc thi");
    app.execute("update phach.test_clock set shift = shift + interval '16 minutes'").await;
    redeem(&guesser, &second).await.is(303);
    assert_eq!(
        app.ask("select count(*) filter (where redeemed_at is not null) || ' ' || count(*) filter (where ended_at is not null) as line from named.claim_code").await,
        ["1 1"]
    );
    // by letter, to the author alone
    let with_mail = envelope(&clerk, "Lê Thị Tư").await.fill("email_1", "tu@example.org").submit().await.is(200);
    let receipt = app.letter("tu@example.org", "post-receipt").await.to_string();
    assert!(!receipt.contains(&code_of(&with_mail).replace('-', "")), "{receipt}");
    let id = id_of(&app, 2).await;
    clerk.post(&format!("/c/nho/desk/{id}/code"), &[("by".into(), "letter".into())]).await.is(303).follow().await.says("Đã gửi mã mới");
    let sent = app.letter("tu@example.org", "post-code").await["code"].as_str().unwrap().to_owned();
    redeem(&app.person("Lê Thị Tư", "tu@example.org").await, &sent).await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_envelope_posted_too_late_is_written_down_and_can_only_be_refused_or_given_more_time() {
    let (app, clerk) = desk().await;
    let (yesterday, today) = (day(&app, -1).await, day(&app, 0).await);
    app.execute(&format!("update contest.contest set postmark_by = '{yesterday}'")).await;
    envelope(&clerk, "Đúng Hạn").await.fill("postmark", &yesterday).fill("text", &essay(120)).submit().await.is(200).hides("Gửi muộn.");
    envelope(&clerk, "Muộn Một").await.fill("postmark", &today).fill("text", &essay(121)).submit().await.is(200).says("Gửi muộn.");
    // without a postmark the day of arrival counts
    envelope(&clerk, "Muộn Hai").await.fill("postmark", "").fill("text", &essay(122)).submit().await.is(200).says("Gửi muộn.");
    assert_eq!(clerk.get("/c/nho/desk?flag=post-late").await.all(".queue tbody td:first-child a"), ["2", "3"]);
    for number in [2, 3] {
        let id = id_of(&app, number).await;
        decide(&clerk, &format!("/c/nho/desk/{id}"), "valid", "").await.is(409).says("bài gửi muộn");
    }
    decide(&clerk, &format!("/c/nho/desk/{}", id_of(&app, 2).await), "refused", "Dấu bưu điện quá hạn").await.is(303);
    let id = id_of(&app, 3).await;
    let until = app.ask("select to_char((phach.now() + interval '30 hours') at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD\"T\"HH24:MI') as line").await.concat();
    let form = clerk.get(&format!("/c/nho/desk/{id}/extension")).await.is(200).form("");
    form.fill("until", &until).fill("reason", "Bão, bưu điện ngừng phát").submit().await.is(303);
    assert_eq!(app.ask(&format!("select flags::text as line from named.entry where id = '{id}'")).await, ["0"]);
    decide(&clerk, &format!("/c/nho/desk/{id}"), "valid", "").await.is(303);
    // and when intake has closed nothing new is written down; what was typed stays
    let open = envelope(&clerk, "Quá Muộn").await;
    app.execute("update phach.test_clock set shift = interval '2 days 1 minute'").await;
    app.stay_signed_in().await;
    let late = open.submit().await.is(409);
    late.says("Đã hết hạn nhận bài qua bưu điện");
    assert_eq!(late.form("").value("name_1"), Some("Quá Muộn"));
    clerk.get("/c/nho/desk").await.is(200).hides("/c/nho/desk/post\"");
    assert_eq!(app.ask("select count(*)::text as line from named.entry").await, ["3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_count_a_paper_as_any_other_entry_and_by_the_name_alone_it_is_a_doubt() {
    let (app, clerk) = desk().await;
    app.execute("update contest.contest set limit_per_category = 1").await;
    app.received(Sent { author: "Đặng Văn Ba", email: "ba@example.org", phone: "0912 345 678", ..Sent::default() }).await;
    let over = envelope(&clerk, "Dang Van Ba").await.fill("phone_1", "+84 912 345 678").submit().await.is(422);
    over.says("đã có đủ số bài");
    envelope(&clerk, "Ai Đó").await.fill("email_1", "BA@example.org").submit().await.is(422);
    assert_eq!(app.ask("select count(*)::text as line from named.entry").await, ["1"]);
    // another of the same name without either is taken, and looked at
    entered(&clerk, "Lê Thị Tư").await;
    entered(&clerk, "Lê Thị Tư").await;
    assert_eq!(app.ask("select string_agg(number || ' ' || (flags & 33), ', ' order by number) as line from named.entry").await, ["1 0, 2 0, 3 33"]);
    // and an account meets the limit that a paper fills
    envelope(&clerk, "Trần Năm").await.fill("email_1", "nam@example.org").submit().await.is(200);
    assert!(app.ask("select email_key as line from named.author where email_key = 'nam@example.org'").await.len() == 1);
    let account = app.person("Trần Năm", "nam@example.org").await;
    account.get("/c/nho/entries").await.is(200).says("Bạn đã đứng tên đủ số bài");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_to_what_nobody_claimed_goes_by_letter_or_telephone_and_the_desk_writes_the_answer() {
    let (app, clerk) = desk().await;
    envelope(&clerk, "Lê Thị Tư").await.fill("email_1", "tu@example.org").fill("text", &essay(120)).submit().await.is(200);
    envelope(&clerk, "Không Thư").await.fill("text", &essay(121)).submit().await.is(200);
    let (with, without) = (id_of(&app, 1).await, id_of(&app, 2).await);
    for id in [&with, &without] {
        decide(&clerk, &format!("/c/nho/desk/{id}"), "query", "Xin cho biết năm sinh").await.is(303);
    }
    assert_eq!(app.letter("tu@example.org", "post-query").await["reason"], "Xin cho biết năm sinh");
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind like '%query'").await, ["1"]);
    let page = clerk.get(&format!("/c/nho/desk/{without}/post")).await.is(200);
    page.says("Xin cho biết năm sinh");
    page.form("").fill("year_1", "1950").fill("note", "Trả lời qua điện thoại lúc 9 giờ").fill("do", "submit").submit().await.is(303);
    assert_eq!(state_of(&app, &without).await, "waiting");
    clerk.get(&format!("/c/nho/desk/{without}")).await.says("Trả lời qua điện thoại").says("1950");
    let noted = app.ask("select content::text as line from record.event where verb = 'enter_post' order by id desc limit 1").await.concat();
    assert!(!noted.contains("điện thoại"), "{noted}");
    decide(&clerk, &format!("/c/nho/desk/{with}"), "refused", "Không trả lời").await.is(303);
    assert_eq!(app.letter("tu@example.org", "post-entry-refused").await["reason"], "Không trả lời");
    type_text(&clerk, &with).await.is(409);
    // once queries have closed, a queried paper is decided on as it is
    decide(&clerk, &format!("/c/nho/desk/{without}"), "query", "Hỏi thêm một lần").await.is(303);
    app.execute("update phach.test_clock set shift = interval '3 days 1 minute'").await;
    app.stay_signed_in().await;
    type_text(&clerk, &without).await.is(409).says("Hạn bổ sung đã hết");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_account_hears_by_letter_of_more_time_of_an_objection_and_of_being_struck_out() {
    let (app, clerk) = desk().await;
    app.execute("update contest.category set max_authors = 2").await;
    let two = envelope(&clerk, "Lê Thị Tư").await.fill("email_1", "tu@example.org").fill("text", &essay(120));
    two.add("name_2", "Trần Năm").add("email_2", "nam@example.org").submit().await.is(200);
    let id = id_of(&app, 1).await;
    let until =
        app.ask("select to_char((closes_at + interval '1 day') at time zone timezone, 'YYYY-MM-DD\"T\"HH24:MI') as line from contest.contest where slug = 'nho'").await.concat();
    let form = clerk.get(&format!("/c/nho/desk/{id}/extension")).await.is(200).form(&format!("/c/nho/desk/{id}/extension"));
    form.fill("until", &until).fill("reason", "Thư đến muộn vì bão").submit().await.is(303);
    assert!(app.letter("tu@example.org", "post-entry-extended").await["until"].as_str().unwrap().len() > 10);
    let key = app.letter("nam@example.org", "coauthor-asked").await["key"].as_str().unwrap().to_owned();
    let page = app.browser().get(&format!("/co-author/{key}")).await.is(200);
    page.form("").fill("answer", "objects").submit().await.is(303);
    assert_eq!(app.letter("tu@example.org", "post-coauthor-objects").await["other"], "Trần Năm");
    // cut, and struck out: who has no page to read the reason on reads it in the letter
    app.execute("update named.entry set state = 'valid', cut = true").await;
    let path = format!("/c/nho/desk/{id}/after-cut/striking-out");
    clerk.post(&path, &[("reason".into(), "Chép bài của người khác".into()), ("sure".into(), "yes".into())]).await.is(303);
    assert_eq!(app.letter("tu@example.org", "post-entry-struck-out").await["reason"], "Chép bài của người khác");
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where to_address = 'tu@example.org' and kind not like 'post-%'").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_makes_no_second_entry_and_tells_no_code_again() {
    let (app, clerk) = desk().await;
    let page = clerk.get("/c/nho/desk/post").await.is(200);
    let press = || page.form("").fill("category", BAO).fill("name_1", "Đặng Văn Ba").fill("title", "Bài").fill("do", "submit").submit();
    let (one, two) = futures_util::join!(press(), press());
    let codes: Vec<String> = [one.is(200), two.is(200)].iter().map(code_of).collect();
    assert_eq!(codes.iter().filter(|c| !c.is_empty()).count(), 1, "{codes:?}");
    assert_eq!(app.ask("select count(*) || ' ' || max(number) as line from named.entry").await, ["1 1"]);
    press().await.is(200).says("không hiện lại");
    // an id that is somebody else's entry, or another version's, writes nothing
    let theirs = app.received(Sent::default()).await;
    page.form("")
        .fill("entry", &theirs)
        .fill("version", "01900000-0000-7000-8000-0000000000aa")
        .fill("category", BAO)
        .fill("name_1", "X")
        .fill("title", "X")
        .fill("do", "submit")
        .submit()
        .await
        .is(404);
    let version = app.ask(&format!("select id::text as line from named.version where entry = '{theirs}'")).await.concat();
    page.form("")
        .fill("entry", "01900000-0000-7000-8000-0000000000ab")
        .fill("version", &version)
        .fill("category", BAO)
        .fill("name_1", "X")
        .fill("title", "X")
        .fill("do", "submit")
        .submit()
        .await
        .is(422);
    assert_eq!(app.ask("select count(*)::text as line from named.entry").await, ["2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_paper_lacks_is_a_doubt_and_a_list_taken_away_has_postmark_and_arrival() {
    let (app, clerk) = desk().await;
    app.execute(
        "update contest.contest set min_age = 10, guardian_age = 16;
         insert into contest.declaration(id, contest, key, text_vi, text_en, position) values
           ('01900000-0000-7000-8000-0000000000d1', '01900000-0000-7000-8000-000000000001', 'tu-viet', 'Tôi tự viết bài này.', 'I wrote this.', 1)",
    )
    .await;
    let today = day(&app, 0).await;
    entered(&clerk, "Đặng Văn Ba").await;
    let full =
        envelope(&clerk, "Lê Thị Tư").await.fill("year_1", "1950").fill("declare_01900000-0000-7000-8000-0000000000d1", "yes").fill("postmark", &today).fill("condition", "opened");
    full.submit().await.is(200);
    assert_eq!(clerk.get("/c/nho/desk?flag=paper-incomplete").await.all(".queue tbody td:first-child a"), ["1"]);
    let id = id_of(&app, 1).await;
    let form = clerk.get(&format!("/c/nho/desk/{id}/post")).await.is(200).form("").fill("year_1", "1960").fill("declare_01900000-0000-7000-8000-0000000000d1", "yes");
    form.fill("note", "Gọi điện hỏi").fill("do", "submit").submit().await.is(303);
    assert_eq!(app.ask("select string_agg(flags::text, ' ') as line from named.entry").await, ["0 0"]);
    let csv = clerk.post("/c/nho/desk/export?state=all&post=1", &[("form".into(), "csv".into())]).await.is(200).body;
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].contains("Dấu bưu điện,Đến lúc,Tình trạng phong bì"), "{}", lines[0]);
    assert!(lines[1].contains("Nguyên vẹn") && lines[2].contains(&format!(",{today},{today} ")) && lines[2].contains("Đã bị mở"), "{csv}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_cut_a_code_shows_where_it_stands_and_moves_nothing_and_no_judge_sees_any_of_it() {
    let (app, clerk) = desk().await;
    let code = code_of(&envelope(&clerk, "Đặng Văn Ba").await.fill("text", &essay(120)).submit().await.is(200));
    let id = id_of(&app, 1).await;
    decide(&clerk, &format!("/c/nho/desk/{id}"), "valid", "").await.is(303);
    app.execute("update phach.test_clock set shift = interval '4 days'").await;
    app.execute("set local phach.account = ''; set local phach.contest = '01900000-0000-7000-8000-000000000001'; select slip.cut('01900000-0000-7000-8000-000000000006')").await;
    let stands =
        async || app.ask("select (select string_agg(entry || paper, ' ') from slip.pair) || (select string_agg(state || cut || state_at, ' ') from named.entry) as line").await;
    let before = stands().await;
    let judge = app.judge("Một", "gk1@example.org").await;
    redeem(&judge, &code).await.is(422).says("Thể lệ không cho người làm việc của cuộc thi");
    let author = app.person("Cháu Của Ba", "chau@example.org").await;
    redeem(&author, &code).await.is(303).follow().await.says("Đã cắt phách");
    assert_eq!(stands().await, before);
    author.get(&format!("/c/nho/entries/{id}")).await.is(200).says("Bài đã cắt phách");
    app.stay_signed_in().await;
    type_text(&clerk, &id).await.is(409);
    for path in ["/c/nho/desk/post".to_owned(), format!("/c/nho/desk/{id}/post")] {
        assert_eq!(judge.get(&path).await.status, 404);
    }
    for hat in ["judge", "contestant", "clerk"] {
        let mut conn = wear(&app, hat, "gk1@example.org").await;
        for table in ["named.envelope", "named.claim_code"] {
            assert!(ask(&mut conn, &format!("select count(*)::text as line from {table}")).await.is_err(), "{hat} {table}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_claims_before_the_text_is_typed_finds_it_once_the_desk_has_typed_it() {
    let (app, clerk) = desk().await;
    let code = code_of(&entered(&clerk, "Đặng Văn Ba").await);
    let id = id_of(&app, 1).await;
    let author = app.person("Đặng Văn Ba", "ba@example.org").await;
    redeem(&author, &code).await.is(303).follow().await.is(200).says("Bài trên giấy").hides("class=\"qr\"");
    type_text(&clerk, &id).await.is(303);
    assert_eq!(author.get(&format!("/c/nho/entries/{id}")).await.is(200).form("").value("text"), Some(essay(120).as_str()));
    assert_eq!(author.get(&format!("/c/nho/entries/{id}/original")).await.is(200).body, essay(120));
    type_text(&clerk, &id).await.is(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postmark_is_asked_for_only_where_it_decides_something() {
    let (app, clerk) = desk().await;
    let fields = async || clerk.get("/c/nho/desk/post").await.is(200).attrs("#postmark", "name").len();
    assert_eq!(fields().await, 1, "what was posted in time may arrive later");
    app.execute("update contest.contest set intake_closes_at = closes_at").await;
    assert_eq!(fields().await, 0);
    let page = clerk.get("/c/nho/desk/post").await;
    let form = page.form("").fill("category", BAO).fill("name_1", "Đặng Văn Ba").fill("title", "Bài viết tay").fill("do", "submit");
    form.submit().await.is(200).hides("Dấu bưu điện");
    let id = id_of(&app, 1).await;
    clerk.get(&format!("/c/nho/desk/{id}")).await.is(200).says("Gửi qua bưu điện").hides("Dấu bưu điện");
    app.execute("update contest.contest set postmark_by = (closes_at at time zone timezone)::date").await;
    assert_eq!(fields().await, 1);
    clerk.get(&format!("/c/nho/desk/{id}")).await.says("Dấu bưu điện");
}
