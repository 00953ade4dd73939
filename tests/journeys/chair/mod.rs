//! The chair: assignment, progress, excuses, the close, ties. And what the chair may not do.
mod batch;
mod closing;
mod dealing;
mod late;
mod mending;
mod minimum;
mod another;
mod progress;
mod reopening;
mod replay;
mod standings;
mod tally;
mod verify;

use crate::support::{Browser, Seen, TestApp};

const CONTEST: &str = "01900000-0000-7000-8000-000000000001";
const UNIT_TINH: &str = "01900000-0000-7000-8000-000000000007";

async fn chair(app: &TestApp) -> Browser {
    app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await
}

/// As the database sees a person of the small contest: what follows runs in the same transaction.
fn as_person(email: &str) -> String {
    format!("select set_config('phach.contest', '{CONTEST}', true), set_config('phach.account', (select id::text from account.account where email_key = '{email}'), true); ")
}

/// A judge hands in a sheet of this total (hundredths, up to 100.00).
fn sheet(email: &str, code: &str, total: i32) -> String {
    let content = total.min(6000);
    let marks = format!(r#"{{"noi-dung": {content}, "hinh-thuc": {}}}"#, total - content);
    format!("{} insert into blind.sheet(judge, paper, contest, marks) values (phach.account(), '{code}', '{CONTEST}', '{marks}');", as_person(email))
}
async fn hand_in(app: &TestApp, email: &str, code: &str, total: i32) {
    app.execute(&sheet(email, code, total)).await;
}
async fn recuse(app: &TestApp, email: &str, code: &str) {
    app.execute(&format!("{} select blind.recuse('{code}', 'unwell')", as_person(email))).await;
}
/// The one declaration of a judge, as if nothing had been said before.
async fn declare(app: &TestApp, email: &str, units: &str, people: &str) {
    app.execute(&format!("delete from blind.declaration d using account.account a where a.id = d.judge and a.email_key = '{email}'")).await;
    app.execute(&format!("{} select blind.declare('{{{units}}}', '{{{people}}}')", as_person(email))).await;
}

/// `n` judges (gk1 … gkn) who exclude nobody.
async fn judges(app: &TestApp, n: usize) {
    for i in 1..=n {
        app.judge(&format!("Giám Khảo {i}"), &format!("gk{i}@example.org")).await;
    }
}

/// Presses "assign" on the preview as it stands.
async fn deal(chair: &Browser) -> Seen {
    // two forms lead there: the limit's and the assignment's own
    let page = chair.get("/c/nho/chair/deal").await.is(200);
    press(chair, &page).await
}
async fn press(chair: &Browser, preview: &Seen) -> Seen {
    let value = |name: &str| preview.attrs(&format!("form[method=post] input[name={name}]"), "value").concat();
    chair.post("/c/nho/chair/deal", &[("cap".into(), value("cap")), ("token".into(), value("token"))]).await
}

/// `gk1 CODE`, for every paper that somebody has.
async fn pairs(app: &TestApp) -> Vec<String> {
    let sql =
        "select split_part(a.email_key, '@', 1) || ' ' || x.paper as line from blind.assignment x join account.account a on a.id = x.judge where x.state <> 'recused' order by 1";
    app.ask(sql).await
}
/// The codes of the entries with these numbers.
async fn codes_of(app: &TestApp, numbers: &str) -> Vec<String> {
    app.ask(&format!("select p.paper as line from slip.pair p join named.entry e on e.id = p.entry where e.number in ({numbers})")).await
}
