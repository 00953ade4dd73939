//! kill -9 of the program, of Postgres and of both, while entries and mark sheets come in: what was acknowledged is there,
//! byte for byte, the tally is the one that the sheets make, and the record's chain holds.
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use phach::platform::secret::{hex, sha256};

use crate::support::{Browser, Program, ask_at, broken_link_at, execute_at, small_contest_at};

const CONTEST: &str = "01900000-0000-7000-8000-000000000001";
const CATEGORY: &str = "01900000-0000-7000-8000-000000000006";
const GROUP: &str = "01900000-0000-7000-8000-000000000005";
const CONTESTANTS: usize = 3;
const JUDGES: usize = 3;
const PAPERS: usize = 400;

/// What the visitors were told: only what stood on a page that arrived whole.
#[derive(Default)]
struct Told {
    /// Receipt → SHA-256 of the file that was sent.
    receipts: Mutex<BTreeMap<String, String>>,
    /// (judge, code) of sheets acknowledged, with their total in hundredths.
    sheets: Mutex<BTreeMap<(usize, String), i32>>,
    over: AtomicBool,
    next: AtomicU32,
}

fn cookie(key: &str, base: &str) -> Browser {
    Browser::with_cookie(base, &format!("phach={key}"))
}

/// People with sessions, papers, and every judge's assignments, straight in Postgres.
async fn prepare(admin_url: &str) {
    small_contest_at(admin_url).await;
    execute_at(admin_url, "set local role phach_owner; update contest.contest set limit_per_category = null, readers = 3").await;
    for (n, role) in (0..CONTESTANTS).map(|n| (n, "gui")).chain((0..JUDGES).map(|n| (n, "cham"))) {
        execute_at(admin_url, &format!(
            "set local role phach_account_owner; insert into account.account(id, email, email_key, name, lang, password_hash) values (gen_random_uuid(), '{role}{n}@example.org', '{role}{n}@example.org', 'Người {role} {n}', 'vi', 'none');
             insert into account.session(key_hash, account) select sha256('{role}-{n}'), id from account.account where email_key = '{role}{n}@example.org'"
        )).await;
    }
    execute_at(
        admin_url,
        &format!(
            "select account.grant_hat(a.id, '{CONTEST}', 'judge', null) from account.account a where a.email_key like 'cham%';
         insert into blind.declaration(contest, judge, units, people, people_keys) select '{CONTEST}', id, '{{}}', '{{}}', '{{}}' from account.account where email_key like 'cham%';
         insert into blind.paper(code, contest, category, ranking_group, title, body, wanted)
           select 'MA' || lpad(translate(i::text, '01', 'AB'), 8, 'X'), '{CONTEST}', '{CATEGORY}', '{GROUP}', 'Bài ' || i, 'Thân bài.', 3 from generate_series(1, {PAPERS}) i;
         insert into blind.assignment(judge, paper, contest) select a.id, p.code, '{CONTEST}' from account.account a, blind.paper p where a.email_key like 'cham%'"
        ),
    )
    .await;
}

/// One entry from the blank form to the receipt; anything that goes wrong is a panic of this task alone.
async fn submit_one(base: String, contestant: usize, told: Arc<Told>) {
    let browser = cookie(&format!("gui-{contestant}"), &base);
    let n = told.next.fetch_add(1, Ordering::Relaxed);
    let text = format!("Bài số {n}. {}", "chữ ".repeat(150 + (n as usize % 50)));
    let page = browser.get("/c/nho/entries").await.is(200).form("/c/nho/entries").submit().await.is(303).follow().await.is(200);
    let form = page.form("").fill("category", CATEGORY).fill("title", &format!("Bài {n}")).fill("by", "file").fill("do", "submit");
    let receipt = form.attach("file", "bai.txt", text.clone().into_bytes()).submit().await.is(303).follow().await.is(200);
    let number = receipt.all(".receipt-no").concat().replace('-', "");
    let sha = hex(&sha256(text.as_bytes()));
    receipt.says(&sha);
    told.receipts.lock().unwrap().insert(number, sha);
}

async fn mark_one(base: String, judge: usize, code: String, told: Arc<Told>) {
    let browser = cookie(&format!("cham-{judge}"), &base);
    let (content, form) = (20 + i32::from(code.as_bytes()[9] % 40), 10 + i32::try_from(judge).unwrap());
    let page = browser.get(&format!("/c/nho/marking/{code}")).await.is(200);
    if page.all("input[name=mark_noi-dung]").is_empty() {
        return; // marked already by an answer that was lost on the way
    }
    page.form("").fill("mark_noi-dung", &content.to_string()).fill("mark_hinh-thuc", &form.to_string()).fill("do", "submit").submit().await.is(303);
    told.sheets.lock().unwrap().insert((judge, code), (content + form) * 100);
}

/// Whoever is told nothing tries again, as people do.
async fn keep_going(told: Arc<Told>, one: impl AsyncFn() -> Result<(), tokio::task::JoinError>) {
    while !told.over.load(Ordering::Relaxed) {
        if one().await.is_err() {
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    }
}

fn send_everything(base: &str, told: &Arc<Told>, codes: &[String]) -> Vec<tokio::task::JoinHandle<()>> {
    let mut streams = vec![];
    for contestant in 0..CONTESTANTS {
        let (base, told) = (base.to_owned(), told.clone());
        streams.push(tokio::spawn(keep_going(told.clone(), async move || tokio::spawn(submit_one(base.clone(), contestant, told.clone())).await)));
    }
    for judge in 0..JUDGES {
        let (base, told, codes) = (base.to_owned(), told.clone(), codes.to_vec());
        streams.push(tokio::spawn(async move {
            for code in codes {
                while !told.over.load(Ordering::Relaxed) && tokio::spawn(mark_one(base.clone(), judge, code.clone(), told.clone())).await.is_err() {
                    tokio::time::sleep(Duration::from_millis(150)).await;
                }
            }
        }));
    }
    streams
}

#[tokio::test(flavor = "multi_thread")]
async fn every_receipt_and_sheet_acknowledged_before_a_kill_is_found_after_it() {
    let mut program = Program::new();
    program.start(&[]);
    let url = program.admin_url();
    prepare(&url).await;
    let told = Arc::new(Told::default());
    let codes = ask_at(&url, "select code as line from blind.paper order by code").await;
    let streams = send_everything(&program.base(), &told, &codes);
    for round in 0..5 {
        tokio::time::sleep(Duration::from_millis(1_700)).await;
        match round % 3 {
            0 => {
                program.kill_9();
                program.start(&[]);
            }
            1 => program.kill_postgres_9(), // the program starts it again
            _ => {
                program.kill_9();
                program.kill_postgres_9();
                program.start(&[]);
            }
        }
    }
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    told.over.store(true, Ordering::Relaxed);
    for stream in streams {
        stream.await.unwrap();
    }
    let (receipts, sheets) = (told.receipts.lock().unwrap().clone(), told.sheets.lock().unwrap().clone());
    // a killed Postgres may still be replaying its log on a busy machine
    for _ in 0..150 {
        if Browser::new(&program.base()).get("/readyz").await.status.as_u16() == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!(receipts.len() > 20 && sheets.len() > 40, "the streams did not flow: {} receipts, {} sheets\n{}", receipts.len(), sheets.len(), program.log());
    found(&program, &receipts, &sheets).await;
    let (took, status) = program.stop();
    assert!(status.success() && took < Duration::from_secs(10), "{took:?}");
}

async fn found(program: &Program, receipts: &BTreeMap<String, String>, sheets: &BTreeMap<(usize, String), i32>) {
    let url = program.admin_url();
    // every receipt, with the hash that was told, and the file itself
    let kept = ask_at(&url, "select v.receipt || ' ' || encode(v.sha256, 'hex') || ' ' || a.storage_key as line from named.version v join named.attachment a on a.id = v.attachment where v.receipt is not null").await;
    let kept: BTreeMap<&str, (&str, &str)> = kept.iter().map(|l| l.split(' ').collect::<Vec<_>>()).map(|p| (p[0], (p[1], p[2]))).collect();
    for (receipt, sha) in receipts {
        let (stored, _) = kept.get(receipt.as_str()).unwrap_or_else(|| panic!("receipt {receipt} was handed out and is gone"));
        assert_eq!(stored, sha, "{receipt}");
    }
    for (receipt, (sha, key)) in &kept {
        let file = std::fs::read(program.data().join("originals").join(&key[..1]).join(&key[1..])).unwrap_or_else(|e| panic!("the file of {receipt}: {e}"));
        assert_eq!(hex(&sha256(&file)), *sha, "{receipt}");
    }
    assert_eq!(ask_at(&url, "select (count(*) - count(distinct number))::text as line from named.entry where number is not null").await, ["0"]);
    // every sheet, and the tally that they make
    let stored = ask_at(&url, "select substr(a.email_key, 5, 1) || ' ' || s.paper || ' ' || s.total as line from blind.sheet s join account.account a on a.id = s.judge").await;
    for ((judge, code), total) in sheets {
        assert!(stored.contains(&format!("{judge} {code} {total}")), "the sheet of judge {judge} on {code} was acknowledged and is gone");
    }
    let differing = "select p.code as line from blind.paper p left join lateral (select array_agg(s.total order by s.total) as marks, count(*) as n from blind.sheet s where s.paper = p.code and not s.third) x on true
        where p.marks is distinct from coalesce(x.marks, '{}') or (x.n = 3) is distinct from (p.agreed is not null or p.third_wanted)";
    assert_eq!(ask_at(&url, differing).await, Vec::<String>::new(), "papers whose tally is not that of their sheets");
    assert_eq!(
        ask_at(
            &url,
            "select a.paper as line from blind.assignment a where (a.state = 'marked') <> exists (select from blind.sheet s where s.paper = a.paper and s.judge = a.judge)"
        )
        .await,
        Vec::<String>::new()
    );
    // the record tells of each, and its chain holds
    for (verb, table) in [("receive_entry", "named.version where receipt is not null"), ("mark_sheet", "blind.sheet")] {
        assert_eq!(
            ask_at(&url, &format!("select ((select count(*) from record.event where verb = '{verb}') - (select count(*) from {table}))::text as line")).await,
            ["0"],
            "{verb}"
        );
    }
    for _ in 0..100 {
        if ask_at(&url, "select (count(*))::text as line from record.event e where not exists (select from record.link l where l.event = e.id)").await == ["0"] {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(broken_link_at(&url).await, Ok(()));
}
