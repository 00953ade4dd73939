//! Two hundred mark sheets at once while the chair presses "close": a sheet is in before the close, or refused and nowhere; the
//! standings are those that the sheets make. So too with a kill -9 of the program and of Postgres in between.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Barrier;

use crate::support::{Browser, Filling, Program, ask_at, broken_link_at, execute_at, small_contest_at};

const CONTEST: &str = "01900000-0000-7000-8000-000000000001";
const PAPERS: usize = 100;
const JUDGES: usize = 4;
/// A judge of a code.
type Reading = (usize, String);

/// What the judges were told.
#[derive(Default)]
struct Told {
    /// Taken, with the total in hundredths.
    taken: Mutex<BTreeMap<Reading, i32>>,
    /// Refused, because the round is closed.
    late: Mutex<BTreeSet<Reading>>,
    closed: AtomicBool,
}

/// Each paper is in the hands of two judges who have opened it. Three in ten have left the contest since, which their judges are not
/// told: the round can be closed while sheets of those are still on their way.
async fn prepare(url: &str) -> Vec<Reading> {
    small_contest_at(url).await;
    for (n, hat) in (0..JUDGES).map(|n| (n, "judge")).chain([(JUDGES, "chair")]) {
        execute_at(url, &format!(
            "insert into account.account(id, email, email_key, name, lang, password_hash, confirmed_at) values (gen_random_uuid(), 'nguoi{n}@example.org', 'nguoi{n}@example.org', 'Người {n}', 'vi', 'none', now());
             insert into account.session(key_hash, account) select sha256('key-{n}'), id from account.account where email_key = 'nguoi{n}@example.org';
             select account.grant_hat(id, '{CONTEST}', '{hat}', null) from account.account where email_key = 'nguoi{n}@example.org'"
        )).await;
    }
    execute_at(url, &format!(
        "insert into blind.declaration(contest, judge, units, people, people_keys) select '{CONTEST}', id, '{{}}', '{{}}', '{{}}' from account.account where email_key < 'nguoi{JUDGES}';
         insert into blind.paper(code, contest, category, ranking_group, title, body, wanted, retired)
           select 'MA' || lpad(translate(i::text, '01', 'AB'), 8, 'X'), '{CONTEST}', k.id, k.ranking_group, 'Bài ' || i, 'Thân bài.', 2, i % 10 < 3
           from contest.category k, generate_series(1, {PAPERS}) i;
         insert into blind.assignment(judge, paper, contest, opened)
           select a.id, p.code, '{CONTEST}', true from (select code, row_number() over (order by code) as i from blind.paper) p
             join account.account a on a.email_key in ('nguoi' || p.i % {JUDGES} || '@example.org', 'nguoi' || (p.i + 1 + p.i / {JUDGES} % 3) % {JUDGES} || '@example.org')"
    )).await;
    let lines = ask_at(url, "select substr(a.email_key, 6, 1) || x.paper as line from blind.assignment x join account.account a on a.id = x.judge order by 1").await;
    lines.iter().map(|l| (l[..1].parse().unwrap(), l[1..].to_owned())).collect()
}

/// The form as the judge fills it, asked again until a page comes; None where the paper takes no sheet any more.
async fn fill_in(browser: &Browser, code: &str, content: i32) -> Option<Filling> {
    loop {
        let (browser, path) = (browser.clone(), format!("/c/nho/marking/{code}"));
        if let Ok(page) = tokio::spawn(async move { browser.get(&path).await.is(200) }).await {
            let takes = !page.all("input[name=mark_noi-dung]").is_empty();
            return takes.then(|| page.form("").fill("mark_noi-dung", &content.to_string()).fill("mark_hinh-thuc", "20").fill("do", "submit"));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The judge fills the form, waits until everybody has, and presses; who gets no answer looks again, as people do.
async fn hand_in(base: String, reading: Reading, told: Arc<Told>, ready: Arc<Barrier>) {
    let browser = Browser::with_cookie(&base, &format!("phach=key-{}", reading.0));
    let content = 30 + i32::from(reading.1.as_bytes()[9] % 20) + i32::try_from(reading.0).unwrap();
    let mut form = fill_in(&browser, &reading.1, content).await;
    ready.wait().await;
    // without a form: taken or refused by an answer that was lost on the way
    while let Some(filled) = form {
        match tokio::spawn(filled.submit()).await.map(|answer| answer.status.as_u16()) {
            Ok(303) => {
                told.taken.lock().unwrap().insert(reading, (content + 20) * 100);
                return;
            }
            Ok(409) => {
                told.late.lock().unwrap().insert(reading);
                return;
            }
            Ok(status) => assert!(status >= 500, "{status} for {reading:?}"),
            Err(_) => {}
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        form = fill_in(&browser, &reading.1, content).await;
    }
}

/// Presses until the round is closed.
async fn close(base: String, told: Arc<Told>, ready: Arc<Barrier>) {
    let chair = Browser::with_cookie(&base, &format!("phach=key-{JUDGES}"));
    ready.wait().await;
    while !told.closed.load(Ordering::Relaxed) {
        let chair = chair.clone();
        let press = tokio::spawn(async move {
            let answer = chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await;
            let closed = answer.status.as_u16() == 303 || (answer.status.as_u16() == 409 && answer.text().contains("đã chốt"));
            assert!(closed || answer.status.as_u16() == 409 || answer.status.is_server_error(), "{}: {}", answer.status, answer.text());
            closed
        });
        told.closed.store(press.await.unwrap_or(false), Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What stands in Postgres is what people were told, and the standings are made of it.
async fn add_up(url: &str, told: &Told) {
    let sheets: BTreeMap<Reading, i32> =
        ask_at(url, "select substr(a.email_key, 6, 1) || s.paper || ' ' || s.total as line from blind.sheet s join account.account a on a.id = s.judge")
            .await
            .iter()
            .map(|l| l.split_once(' ').unwrap())
            .map(|(of, total)| ((of[..1].parse().unwrap(), of[1..].to_owned()), total.parse().unwrap()))
            .collect();
    for (reading, total) in told.taken.lock().unwrap().iter() {
        assert_eq!(sheets.get(reading), Some(total), "{reading:?} was taken");
    }
    for reading in told.late.lock().unwrap().iter() {
        assert!(!sheets.contains_key(reading), "{reading:?} was refused, and is in");
    }
    let ranked: BTreeSet<String> = ask_at(url, "select code as line from blind.paper where not retired").await.into_iter().collect();
    let mut marks: BTreeMap<&str, Vec<i32>> = BTreeMap::new();
    for ((_, code), total) in sheets.iter().filter(|((_, code), _)| ranked.contains(code)) {
        marks.entry(code).or_default().push(*total);
    }
    assert!(marks.len() == ranked.len() && marks.values().all(|m| m.len() == 2), "closed with a reading missing: {marks:?}");
    // whole marks: the mean of two is a whole number of hundredths
    let mean: BTreeMap<&str, i32> = marks.iter().map(|(code, m)| (*code, m.iter().sum::<i32>() / 2)).collect();
    let mut wanted: Vec<String> = mean.iter().map(|(code, m)| format!("{code} {m} {} 2", 1 + mean.values().filter(|other| *other > m).count())).collect();
    wanted.sort();
    assert_eq!(ask_at(url, "select code || ' ' || mark || ' ' || rank || ' ' || readings as line from blind.standing order by 1").await, wanted);
    let unlike = "select a.paper as line from blind.assignment a where (a.state = 'marked') <> exists (select from blind.sheet s where s.paper = a.paper and s.judge = a.judge)";
    assert_eq!(ask_at(url, unlike).await, Vec::<String>::new());
    let told_of = "select (select count(*) from record.event where verb = 'mark_sheet') || ' ' || (select count(*) from record.event where verb = 'close_round') as line";
    assert_eq!(ask_at(url, told_of).await, [format!("{} 1", sheets.len())]);
    assert_eq!(broken_link_at(url).await, Ok(()));
}

/// The storm; a kill once so many sheets are in.
async fn storm(kill_after: Option<usize>) {
    let mut program = Program::new();
    program.start(&[]);
    let url = program.admin_url();
    let readings = prepare(&url).await;
    assert_eq!(readings.len(), 2 * PAPERS);
    let (told, ready) = (Arc::new(Told::default()), Arc::new(Barrier::new(readings.len() + 1)));
    let mut people: Vec<_> = readings.into_iter().map(|r| tokio::spawn(hand_in(program.base(), r, told.clone(), ready.clone()))).collect();
    people.push(tokio::spawn(close(program.base(), told.clone(), ready)));
    if let Some(n) = kill_after {
        while told.taken.lock().unwrap().len() < n {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        program.kill_9();
        program.kill_postgres_9();
        program.start(&[]);
    }
    for person in people {
        person.await.unwrap();
    }
    add_up(&url, &told).await;
    let taken = told.taken.lock().unwrap().len();
    assert!(taken > PAPERS / 2, "the sheets did not flow: {taken}\n{}", program.log());
    program.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_sheets_at_once_and_a_close_are_in_or_refused_and_the_standings_are_what_the_sheets_make() {
    storm(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_of_the_program_and_of_postgres_among_the_sheets_and_before_the_close_changes_nothing() {
    storm(Some(60)).await;
}
