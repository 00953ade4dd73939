//! A file attached: read at once by a child, shown as it was read, kept byte for byte.
use std::os::unix::fs::PermissionsExt;

use phach::documents::samples;
use phach::entries::reading::read_pending;
use phach::platform::secret::{hex, sha256};

use super::{entry_of, essay, filled, form, new_entry, received, start, state_of};
use crate::support::{Browser, Seen, TestApp};

/// The draft's page once a file is attached to it.
async fn attached(browser: &Browser, name: &str, bytes: Vec<u8>) -> Seen {
    let page = new_entry(browser).await;
    filled(&page).fill("do", "save").attach("file", name, bytes).submit().await.is(303).follow().await.is(200)
}

fn docx(words: usize) -> Vec<u8> {
    let text = essay(words);
    samples::docx(&text.split("\n\n").collect::<Vec<_>>())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_docx_is_read_when_attached_and_received_byte_for_byte() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let (name, bytes) = ("Tủ sách \"thôn\".docx", docx(130));
    let page = attached(&browser, name, bytes.clone()).await;
    page.says("Đã đọc được tệp: 130 từ");
    assert_eq!((form(&page).value("by"), form(&page).value("text")), (Some("file"), Some(essay(120).as_str())));
    let receipt = form(&page).fill("do", "submit").submit().await.is(303).follow().await.is(200);
    receipt.says(&hex(&sha256(&bytes))).says("130 từ").says("Tủ sách");
    let original = browser.get(&format!("{}/original", entry_of(&browser, &receipt).await.path)).await.is(200);
    assert_eq!(original.headers["content-length"].to_str().unwrap(), bytes.len().to_string());
    assert!(original.headers["content-disposition"].to_str().unwrap().starts_with("attachment; "), "{:?}", original.headers);
    assert!(original.headers["content-disposition"].to_str().unwrap().contains("filename*=UTF-8''T%E1%BB%A7%20s%C3%A1ch"));
    assert_eq!((original.headers["content-type"].to_str().unwrap(), original.headers["x-content-type-options"].to_str().unwrap()), ("application/octet-stream", "nosniff"));
    let letter = app.letter("mien@example.org", "receipt").await;
    assert_eq!(letter["sha256"], hex(&sha256(&bytes)));
    // nobody else's address leads to it
    let other = app.person("Ai Đó", "aido@example.org").await;
    for rest in ["", "/receipt", "/original"] {
        other.get(&format!("{}{rest}", page.path.split('?').next().unwrap())).await.is(404);
    }
}

/// A first paragraph of three words with a comment on it, an essay, and who wrote both in the properties.
fn odt(words: usize) -> Vec<u8> {
    let paragraphs: String = essay(words).split("\n\n").map(|p| format!("<text:p>{p}</text:p>")).collect();
    let comment = "<office:annotation><dc:creator>Lê Mật</dc:creator><text:p>Lời bàn riêng</text:p></office:annotation>";
    let content = samples::odt_wrap("", &format!("<text:p>Mở {comment}đầu bài.</text:p>{paragraphs}"));
    samples::package(&[("mimetype", samples::ODT), ("content.xml", &content), ("meta.xml", "<dc:creator>Lê Mật</dc:creator>")])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odt_is_read_when_attached_and_its_text_stands_at_the_desk() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let bytes = odt(130);
    let page = attached(&browser, "Tủ sách thôn.odt", bytes.clone()).await;
    page.says("Đã đọc được tệp: 133 từ");
    assert_eq!(page.attrs("#file", "accept"), [".docx,.odt,.txt"]);
    let receipt = form(&page).fill("do", "submit").submit().await.is(303).follow().await.is(200);
    receipt.says(&hex(&sha256(&bytes))).says("133 từ").says("Tủ sách thôn.odt");
    let original = browser.get(&format!("{}/original", entry_of(&browser, &receipt).await.path)).await.is(200);
    assert_eq!(original.headers["content-length"].to_str().unwrap(), bytes.len().to_string());
    assert!(original.headers["content-disposition"].to_str().unwrap().ends_with("th%C3%B4n.odt"), "{:?}", original.headers);
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let id = app.ask("select id::text as line from named.entry").await.concat();
    let seen = clerk.get(&format!("/c/nho/desk/{id}")).await.is(200);
    seen.says("Mở đầu bài.").says("làng.").says("Tủ sách thôn.odt").hides("Lê Mật").hides("Lời bàn riêng");
    assert_eq!(app.ask("select a.body as line from named.version v join named.attachment a on a.id = v.attachment").await, [format!("Mở đầu bài.\n\n{}", essay(130))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_txt_goes_in_one_press_and_too_short_a_file_is_refused_with_its_count() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let short = filled(&page).fill("do", "submit").attach("file", "bai.txt", essay(40).into_bytes()).submit().await.is(422);
    short.says("Bài dài 40 từ").says("Đã đọc được tệp: 40 từ");
    let seen = form(&short).fill("do", "submit").attach("file", "bai.txt", essay(100).into_bytes()).submit().await.is(303).follow().await;
    seen.says("Đã nhận bài số 1").says("bai.txt").says("100 từ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_gives_no_text_is_told_at_once_with_what_to_do() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let bomb = samples::docx_of_xml(&samples::wrap(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "A".repeat(100 << 20))));
    let cases: [(&str, Vec<u8>, &str); 7] = [
        ("bai.pdf", b"%PDF-1.7 ...".to_vec(), "Đây là tệp PDF"),
        ("bai.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), ".doc kiểu cũ"),
        ("bai.txt", b" \n\n ".to_vec(), "không có chữ nào"),
        ("bai.docx", docx(130)[..400].to_vec(), "bị hỏng"),
        ("bai.docx", bomb, "nở ra quá lớn"),
        ("bai.odt", odt(130)[..400].to_vec(), "bị hỏng"),
        ("bai.ods", samples::package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]), "không phải .docx, .odt"),
    ];
    let mut page = new_entry(&browser).await;
    for (name, bytes, sentence) in cases {
        page = filled(&page).fill("do", "save").attach("file", name, bytes).submit().await.is(303).follow().await;
        page.says(sentence);
        page = form(&page).fill("do", "submit").submit().await.is(422);
        page.says("Tệp đang đính kèm không đọc được");
    }
    assert_eq!(received(&app).await, "0");
    // the way out that the sentence names
    let page = form(&page).fill("do", "remove").submit().await.is(303).follow().await;
    assert!(page.all("#file-part .note").is_empty());
    form(&page).fill("by", "text").fill("do", "submit").submit().await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_too_large_or_a_store_out_of_reach_loses_nothing_typed() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let seen = filled(&page).fill("do", "submit").attach("file", "bai.docx", vec![b'a'; (20 << 20) + 1]).submit().await.is(422);
    seen.says("Tệp lớn hơn 20 MB");
    assert_eq!(form(&seen).value("text"), Some(essay(120).as_str()));
    // the store's folder becomes a file: nothing can be written or read
    let folder = app.data.path().join("originals");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "").unwrap();
    let seen = form(&seen).fill("title", "Tên mới").fill("do", "submit").attach("file", "bai.txt", essay(120).into_bytes()).submit().await.is(503);
    seen.says("Kho lưu tệp đang không ghi được");
    assert_eq!((form(&seen).value("title"), form(&seen).value("text")), (Some("Tên mới"), Some(essay(120).as_str())));
    assert_eq!(form(&browser.get(&page.path).await).value("title"), Some("Tên mới"));
    // typing it instead goes through meanwhile
    form(&seen).fill("by", "text").fill("do", "submit").submit().await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reading_lets_the_entry_be_submitted_and_ends_by_itself() {
    let slow = tempfile::tempdir().unwrap();
    let exe = slow.path().join("phach");
    std::fs::write(&exe, format!("#!/bin/sh\n/bin/sleep 5\nexec {} read\n", env!("CARGO_BIN_EXE_phach"))).unwrap();
    std::fs::set_permissions(&exe, std::fs::Permissions::from_mode(0o755)).unwrap();
    let app = TestApp::spawn_reading_with(exe).await;
    let browser = start(&app).await;
    let page = attached(&browser, "bai.docx", docx(130)).await;
    page.says("Đang đọc tệp");
    let receipt = form(&page).fill("do", "submit").submit().await.is(303).follow().await;
    receipt.says("Đang đọc tệp. Bài đã được nhận đúng lúc ghi ở trên");
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    browser.get(&receipt.path).await.says("130 từ").hides("Đang đọc tệp");
    assert_eq!(state_of(&app).await, "waiting");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_that_a_stop_cut_short_is_done_by_the_job_and_a_failure_becomes_a_query() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = attached(&browser, "bai.pdf", b"%PDF-1.7 ...".to_vec()).await;
    // the server was stopped before it could write down what the child said
    app.execute("update named.attachment set state = 'pending', reason = null, read_at = null").await;
    let page = browser.get(&page.path).await;
    let receipt = form(&page).fill("do", "submit").submit().await.is(303).follow().await;
    receipt.says("Đang đọc tệp");
    read_pending(&app.site).await.unwrap();
    assert_eq!(state_of(&app).await, "waiting", "a file just attached is still being read by its own page");
    app.execute("update phach.test_clock set shift = interval '2 minutes'").await;
    read_pending(&app.site).await.unwrap();
    assert_eq!(state_of(&app).await, "queried");
    assert_eq!(app.letter("mien@example.org", "query").await["number"], 1);
    browser.get(&receipt.path).await.says("Tệp không đọc được").says("Tổ Thư ký hỏi lại");
    let page = entry_of(&browser, &receipt).await;
    page.says("Máy chủ không đọc được tệp bạn đã gửi");
    form(&page).fill("by", "text").fill("do", "submit").submit().await.is(303).follow().await.says("thay bài 1 lần");
    assert_eq!(state_of(&app).await, "waiting");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_received_stays_what_it_was_when_the_draft_gets_another() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = attached(&browser, "mot.txt", essay(110).into_bytes()).await;
    let receipt = form(&page).fill("do", "submit").submit().await.is(303).follow().await;
    let page = entry_of(&browser, &receipt).await;
    form(&page).fill("do", "save").attach("file", "hai.txt", essay(115).into_bytes()).submit().await.is(303);
    assert_eq!(browser.get(&format!("{}/original", page.path)).await.is(200).body, essay(110));
    let page = browser.get(&page.path).await;
    form(&page).fill("do", "submit").submit().await.is(303).follow().await.says("hai.txt").says("thay bài 1 lần");
    assert_eq!(browser.get(&format!("{}/original", page.path)).await.is(200).body, essay(115));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_the_store_has_lost_keeps_no_other_from_being_read() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    for text in [essay(110), essay(115)] {
        let page = attached(&browser, "bai.txt", text.into_bytes()).await;
        form(&page).fill("do", "submit").submit().await.is(303);
    }
    app.execute("update named.attachment set state = 'pending', body = null, words = null; update phach.test_clock set shift = interval '2 minutes'").await;
    app.execute("update named.attachment set storage_key = 'khong-con' where id = (select id from named.attachment order by attached_at limit 1)").await;
    read_pending(&app.site).await.unwrap();
    assert_eq!(app.ask("select state || ' ' || coalesce(words::text, '') as line from named.attachment order by attached_at").await, ["pending ", "read 115"]);
    assert_eq!(state_of(&app).await, "waiting waiting");
}

#[tokio::test(flavor = "multi_thread")]
async fn presses_at_once_with_the_file_are_one_submission_and_one_attachment() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    let press = || filled(&page).fill("do", "submit").attach("file", "bai.docx", docx(130)).submit();
    let (a, b, c) = tokio::join!(press(), press(), press());
    for answer in [a, b, c] {
        answer.is(303).follow().await.is(200).says("Đã nhận bài số 1").says("130 từ");
    }
    press().await.is(303).follow().await.says("Đã nhận bài số 1");
    assert_eq!(received(&app).await, "1");
    assert_eq!(app.ask("select state || ' ' || words as line from named.attachment").await, ["read 130"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_the_limit_refuses_keeps_its_file_read_and_attached() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    app.execute("update contest.contest set limit_per_category = 1").await;
    let mine = |page: &Seen| filled(page).fill("name_1", "Nguyễn Thảo Miên").fill("email_1", "mien@example.org").fill("do", "submit");
    mine(&new_entry(&browser).await).submit().await.is(303);
    let refused = mine(&new_entry(&browser).await).attach("file", "bai.docx", docx(130)).submit().await.is(422);
    refused.says("đã có đủ số bài").says("Đã đọc được tệp: 130 từ");
    assert_eq!(received(&app).await, "1");
    let draft = "select a.file_name || ' ' || a.state as line from named.draft d join named.attachment a on a.id = d.attachment and a.entry = d.entry";
    assert_eq!(app.ask(draft).await, ["bai.docx read"]);
}
