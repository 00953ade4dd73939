//! The contestant: from an open form to a receipt, and everything that can come in between.
use phach::platform::secret::{hex, sha256};

use crate::support::{Browser, Filling, Seen, TestApp};

const BAO: &str = "01900000-0000-7000-8000-000000000006";

/// A text of so many syllables.
fn essay(words: usize) -> String {
    (1..=words).map(|i| if i % 40 == 0 { "làng.\n\n" } else { "chữ " }).collect::<String>().trim_end().to_owned()
}

async fn start(app: &TestApp) -> Browser {
    app.small_contest().await;
    app.person("Nguyễn Thảo Miên", "mien@example.org").await
}

/// A new entry's page.
async fn new_entry(browser: &Browser) -> Seen {
    browser.get("/c/nho/entries").await.is(200).form("/c/nho/entries").submit().await.is(303).follow().await.is(200)
}

fn form(page: &Seen) -> Filling {
    page.form("")
}

/// A form that would be taken.
fn filled(page: &Seen) -> Filling {
    form(page).fill("category", BAO).fill("title", "Tủ sách ở nhà văn hóa thôn").fill("text", &essay(120))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_essay_gets_a_number_a_receipt_a_time_and_the_hash_of_its_very_bytes() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let page = new_entry(&browser).await;
    assert_eq!((form(&page).value("name_1"), form(&page).value("email_1")), (Some("Nguyễn Thảo Miên"), Some("mien@example.org")));
    let receipt = filled(&page).fill("unit", "01900000-0000-7000-8000-000000000008").fill("do", "submit").submit().await.is(303).follow().await.is(200);
    receipt.says("Đã nhận bài số 1").says("120 từ").says("Huyện đoàn").says("Nguyễn Thảo Miên").says("UTC+07:00");
    let number = receipt.all(".receipt-no").concat();
    assert_eq!(number.len(), 19, "{number}");
    let sha = hex(&sha256(essay(120).as_bytes()));
    receipt.says(&sha);
    let letter = app.letter("mien@example.org", "receipt").await;
    assert_eq!(letter["receipt"].as_str().unwrap(), number.replace('-', ""));
    assert_eq!(letter["sha256"].as_str().unwrap(), sha);
    let original = browser.get(&receipt.path.replace("/receipt", "/original").replace("?said=entry-received", "")).await.is(200);
    assert_eq!(original.body, essay(120));
    assert_eq!(original.headers["content-disposition"], "attachment; filename=\"1.txt\"; filename*=UTF-8''1.txt");
    assert_eq!(original.headers["x-content-type-options"], "nosniff");
}
