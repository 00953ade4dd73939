//! Officials invited by a list: a file or pasted rows, looked at row by row, sent by a second press.
use crate::support::{Browser, Seen, TestApp};

const LIST: &str = "/c/nho/organizer/list";
const SENDING: &str = "/c/nho/organizer/list/sending";

async fn organizing() -> (TestApp, Browser) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "tochuc@example.org").await;
    (app, organizer)
}
async fn preview(organizer: &Browser, rows: &str) -> Seen {
    organizer.get(LIST).await.is(200).form(LIST).fill("rows", rows).submit().await
}
async fn upload(organizer: &Browser, bytes: &[u8]) -> Seen {
    organizer.get(LIST).await.is(200).form(LIST).attach("file", "giam-khao.csv", bytes.to_vec()).submit().await
}
/// Presses "invite" below a preview: the form's own fields, to the button's address.
async fn send(seen: &Seen) -> Seen {
    assert_eq!(seen.attrs("button[form=list]", "formaction"), [SENDING]);
    seen.form(LIST).at(SENDING).submit().await
}
/// `an@example.org judge Nguyễn An`, of every invitation there is.
async fn invited(app: &TestApp) -> Vec<String> {
    app.ask("select email || ' ' || hat || ' ' || name as line from account.invitation where contest is not null order by email_key, hat").await
}
async fn letters(app: &TestApp) -> usize {
    app.ask("select id::text as line from mail.letter where kind = 'invitation'").await.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_from_a_spreadsheet_is_looked_at_and_then_sent_to_everybody_at_once() {
    let (app, organizer) = organizing().await;
    organizer.get("/c/nho/organizer").await.is(200).says("Mời theo danh sách (CSV)");
    let file = "\u{feff}STT;Họ và tên;Email;Vai trò\r\n1;Nguyễn An;an@example.org;\r\n2;\"Trần \"\"Ba\"\"\";ba@example.org;Trưởng ban giám khảo\r\n;;;\r\n3;Lê Tư;tu@example.org;giám khảo\r\n";
    let seen = upload(&organizer, file.as_bytes()).await.is(200);
    seen.says("3 người sẽ được mời.").says("Mời 3 người").says("Sẽ được mời (3)").says("Trần \"Ba\"").hides("Không mời");
    assert!(seen.form(LIST).value("rows").unwrap().contains("tu@example.org"), "the file can be mended as text");
    assert_eq!((invited(&app).await.len(), letters(&app).await), (0, 0), "looking invites nobody");
    send(&seen).await.is(303).follow().await.says("Đã gửi 3 lời mời.");
    assert_eq!(invited(&app).await, ["an@example.org judge Nguyễn An", "ba@example.org chair Trần \"Ba\"", "tu@example.org judge Lê Tư"]);
    assert_eq!(letters(&app).await, 3);
    let an = app.take_invitation("Nguyễn An", "an@example.org").await;
    an.get("/c/nho/marking").await.is(200);
    assert_eq!(app.ask("select count(*)::text as line from record.event where verb = 'invite'").await, ["3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_row_that_invites_nobody_says_why_and_the_others_are_sent() {
    let (app, organizer) = organizing().await;
    app.official("nho", "judge", "Giám Khảo Cũ", "cu@example.org").await;
    send(&preview(&organizer, "cho@example.org").await).await.is(303);
    let rows = "email,name,role\nan@example.org,Nguyễn An,\nAN@example.org,Nguyễn An,judge\ncho@example.org,Chờ,judge\ncu@example.org,Cũ,judge\nthuky@example.org,Thư Ký,judge\n\
                tochuc@example.org,Tôi,judge\nkhông@@phải,Sai,judge\nnha@example.org,Nhà,Nhà thơ\nhai@example.org,Hai Phía,judge\nhai@example.org,Hai Phía,clerk\n";
    app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let seen = preview(&organizer, rows).await.is(200);
    seen.says("2 người sẽ được mời.").says("8 dòng không mời").says("Mời 2 người");
    let why = seen.all("section[aria-labelledby=left] tbody tr");
    let says = |n: usize, email: &str, words: &str| assert!(why[n].contains(email) && why[n].contains(words), "{}", why[n]);
    says(0, "AN@example.org", "đã có ở dòng 2");
    says(1, "cho@example.org", "Đang có lời mời chờ nhận");
    says(2, "cu@example.org", "Đã giữ vai trò này");
    says(3, "thuky@example.org", "Thuộc phía kia");
    says(4, "tochuc@example.org", "Không ai tự giao vai trò cho mình");
    says(5, "không@@phải", "Không có địa chỉ thư dùng được");
    says(6, "nha@example.org", "Không có vai trò nào tên là “Nhà thơ”");
    says(7, "hai@example.org", "Thuộc phía kia");
    send(&seen).await.is(303).follow().await.says("Đã gửi 2 lời mời.");
    assert_eq!(invited(&app).await, ["an@example.org judge Nguyễn An", "cho@example.org judge ", "hai@example.org judge Hai Phía"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_invites_nobody_twice_and_a_list_that_changed_is_shown_again() {
    let (app, organizer) = organizing().await;
    let seen = preview(&organizer, "an@example.org\nba@example.org\ntu@example.org").await.is(200);
    let (one, two) = tokio::join!(send(&seen), send(&seen));
    assert_eq!((one.is(303).status.as_u16(), two.is(303).status.as_u16()), (303, 303));
    send(&seen).await.is(303).follow().await.says("Không có lời mời mới nào được gửi.").says("3 địa chỉ đang có lời mời chờ nhận");
    assert_eq!((invited(&app).await.len(), letters(&app).await), (3, 3));
    // between looking and sending another organizer invites one of them
    let seen = preview(&organizer, "nam@example.org\nsau@example.org").await.is(200);
    let other = app.official("nho", "organizer", "Người Thứ Hai", "tochuc2@example.org").await;
    other.get("/c/nho/organizer").await.form("/c/nho/organizer/invitations").fill("hat", "judge").fill("people", "sau@example.org").submit().await.is(303);
    let again = send(&seen).await.is(409);
    again.says("giờ mời được 1 người").says("Mời 1 người").says("Đang có lời mời chờ nhận");
    assert_eq!(letters(&app).await, 4, "nobody was invited by it");
    send(&again).await.is(303).follow().await.says("Đã gửi 1 lời mời.");
    // … or to the other side, all of them
    let seen = preview(&organizer, "bay@example.org").await.is(200);
    other.get("/c/nho/organizer").await.form("/c/nho/organizer/invitations").fill("hat", "clerk").fill("people", "bay@example.org").submit().await.is(303);
    send(&seen).await.is(409).says("giờ không còn ai mời được").says("Thuộc phía kia").hides("Mời 1 người");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_says_why_and_what_was_pasted_stays() {
    let (app, organizer) = organizing().await;
    upload(&organizer, b"Nguy\xea\xcfn An,an@example.org").await.is(422).says("UTF-8");
    let utf16: Vec<u8> = "\u{feff}an@example.org".encode_utf16().flat_map(u16::to_le_bytes).collect();
    upload(&organizer, &utf16).await.is(422).says("UTF-8");
    upload(&organizer, b"PK\x03\x04 a workbook").await.is(422).says("sổ bảng tính");
    upload(&organizer, &vec![b'a'; 600 * 1024]).await.is(422).says("lớn hơn 512 kB");
    let kept = organizer.get(LIST).await.form(LIST).fill("rows", "an@example.org").attach("file", "to.csv", vec![b'a'; 600 * 1024]).submit().await.is(422);
    assert_eq!(kept.form(LIST).value("rows"), Some("an@example.org"));
    preview(&organizer, " \n ; \n").await.is(422).says("Dán ít nhất một địa chỉ thư");
    let seen = preview(&organizer, "Họ tên,Vai trò\nNguyễn An,giám khảo").await.is(422);
    seen.says("không có cột địa chỉ thư");
    assert_eq!(seen.form(LIST).value("rows"), Some("Họ tên,Vai trò\nNguyễn An,giám khảo"));
    let many: String = (0..2_001).map(|i| format!("a{i}@example.org\n")).collect();
    preview(&organizer, &many).await.is(422).says("tối đa 2000");
    organizer.get(LIST).await.form(LIST).fill("hat", "vua").fill("rows", "an@example.org").submit().await.is(422).says("Chọn một vai trò");
    assert_eq!((invited(&app).await.len(), letters(&app).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_people_are_looked_at_and_invited_and_a_name_is_only_a_name() {
    let (app, organizer) = organizing().await;
    let mut rows: String = (1..2_000).map(|i| format!("Giám Khảo {i}\tgk{i}@example.org\n")).collect();
    rows.push_str("<script>alert(1)</script>\t=gk@example.org\n");
    let seen = preview(&organizer, &rows).await.is(200);
    seen.says("Mời 2000 người");
    assert!(!seen.body.contains("<script>alert"), "a name is printed, not run");
    send(&seen).await.is(303).follow().await.says("Đã gửi 2000 lời mời.");
    assert_eq!(letters(&app).await, 2_000);
    assert_eq!(app.ask("select name as line from account.invitation where email_key = '=gk@example.org'").await, ["<script>alert(1)</script>"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_looks_or_sends_and_a_forged_list_is_read_as_any_other() {
    let (app, organizer) = organizing().await;
    let fields = |rows: &str, promised: &str| vec![("rows".to_owned(), rows.to_owned()), ("promised".to_owned(), promised.to_owned()), ("hat".to_owned(), "judge".to_owned())];
    for (hat, email) in [("clerk", "thuky@example.org"), ("judge", "gk@example.org"), ("chair", "truong@example.org"), ("auditor", "giamsat@example.org")] {
        let person = app.official("nho", hat, "Người Khác", email).await;
        let absent = person.get("/c/khong-co/organizer/list").await.is(404).body;
        assert_eq!(person.get(LIST).await.is(404).body, absent, "{hat}");
        for path in [LIST, SENDING] {
            person.post(path, &fields("an@example.org", "1")).await.is(404);
        }
    }
    // the organizer of one contest is nobody in another
    let elsewhere = app.creator("khac@example.org").await;
    elsewhere.get(LIST).await.is(404);
    elsewhere.post(SENDING, &fields("an@example.org", "1")).await.is(404);
    // a hat that there is none of, oneself, a promise that is not kept: nobody is invited
    for (rows, promised, words) in [
        ("email,hat\nan@example.org,king", "1", "Không có vai trò nào tên là “king”"),
        ("tochuc@example.org", "1", "Không ai tự giao vai trò cho mình"),
        ("an@example.org", "2", "giờ mời được 1 người"),
    ] {
        organizer.post(SENDING, &fields(rows, promised)).await.is(409).says("đã sửa sau lần xem trước");
        let mut seen = fields(rows, promised);
        seen.push(("seen".to_owned(), preview(&organizer, rows).await.form(LIST).value("seen").unwrap().to_owned()));
        organizer.post(SENDING, &seen).await.is(409).says(words);
    }
    organizer.post(SENDING, &fields("", "0")).await.is(422);
    assert_eq!((invited(&app).await.len(), letters(&app).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_edited_after_the_preview_is_looked_at_again_and_rows_to_mend_stay() {
    let (app, organizer) = organizing().await;
    let rows = "an@example.org\nkhông có thư\nba@example.org";
    let seen = preview(&organizer, rows).await.is(200);
    seen.says("Mời 2 người");
    for edit in [("rows", "an@example.org\ntu@example.org\nba@example.org"), ("hat", "clerk")] {
        let again = seen.form(LIST).fill(edit.0, edit.1).at(SENDING).submit().await.is(409);
        assert_eq!(again.says("đã sửa sau lần xem trước").form(LIST).value(edit.0), Some(edit.1));
        again.says(if edit.0 == "rows" { "Mời 3 người" } else { "Mời 2 người" });
    }
    let file = seen.form(LIST).attach("file", "khac.csv", "nam@example.org\n".into()).at(SENDING).submit().await.is(409);
    file.says("đã sửa sau lần xem trước").says("Mời 1 người");
    assert_eq!((invited(&app).await.len(), letters(&app).await), (0, 0));
    // somebody else invites one of them: the row that was to be mended is still in the box
    let other = app.official("nho", "organizer", "Người Thứ Hai", "tochuc2@example.org").await;
    other.get("/c/nho/organizer").await.form("/c/nho/organizer/invitations").fill("hat", "judge").fill("people", "ba@example.org").submit().await.is(303);
    let again = send(&seen).await.is(409);
    assert_eq!(again.says("giờ mời được 1 người").form(LIST).value("rows"), Some(rows));
    send(&again).await.is(303).follow().await.says("Đã gửi 1 lời mời.");
    send(&again).await.is(303).follow().await.says("Không có lời mời mới nào được gửi.");
    // as a browser sends it, with its own ends of lines
    let seen = preview(&organizer, "sau@example.org\nbay@example.org").await;
    let form = seen.form(LIST);
    let crlf = form.value("rows").unwrap().replace('\n', "\r\n");
    form.fill("rows", &crlf).at(SENDING).submit().await.is(303).follow().await.says("Đã gửi 2 lời mời.");
}
