//! The seed that is made ahead, and the replay of the assignment.
use super::{as_person, chair, deal, hand_in, judges, pairs, recuse};
use crate::hats::{ask, wear};
use crate::support::{Browser, TestApp};

const REPLAY: &str = "/c/nho/chair/deal/replay";

async fn dealt() -> (TestApp, Browser, Vec<String>) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(9).await;
    judges(&app, 4).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    (app, chair, codes)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seed_is_in_the_record_by_its_hash_before_the_deal_and_chair_and_auditor_see_it() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(6).await;
    judges(&app, 3).await;
    let (chair, auditor) = (chair(&app).await, app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await);
    let hash = app.ask("select encode(sha256(seed), 'hex') as line from blind.seed").await.concat();
    chair.get("/c/nho/chair/deal").await.is(200).says(&hash);
    auditor.get("/c/nho/record/deals").await.is(200).says(&hash).says("Chưa phân công lần nào");
    auditor.get("/c/nho/record?verb=make_seed").await.says("Tạo hạt giống rút thăm").says(&hash);
    deal(&chair).await.is(303);
    let order = app.ask("select verb || ' ' || (content ->> 'seed') as line from record.event where verb in ('make_seed', 'deal') order by id").await;
    let next = app.ask("select encode(sha256, 'hex') as line from blind.seed where n = 2").await.concat();
    assert_eq!(order, [format!("make_seed {hash}"), format!("deal {hash}"), format!("make_seed {next}")]);
    for (who, path) in [(&chair, REPLAY), (&auditor, "/c/nho/record/deals")] {
        let page = who.get(path).await.is(200);
        page.says("Đúng.").says(&hash).says(&next).says(&app.ask("select encode(input_sha256, 'hex') as line from blind.deal").await.concat());
        let seeds = app.ask("select encode(seed, 'hex') as line from blind.seed").await;
        assert!(seeds.iter().all(|s| !page.body.contains(s.as_str())), "a seed is on a page");
        assert!(app.ask("select code as line from blind.paper").await.iter().all(|code| !page.body.contains(code.as_str())), "a code is on the page");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_with_recusals_thirds_and_readings_done_again_replays_whole() {
    let (app, chair, codes) = dealt().await;
    let before = pairs(&app).await;
    let (judge, other) = before.iter().find(|p| p.ends_with(&codes[0])).unwrap().split_once(' ').unwrap();
    recuse(&app, &format!("{judge}@example.org"), other).await;
    let of_second: Vec<&String> = before.iter().filter(|p| p.ends_with(&codes[1])).collect();
    for (pair, total) in of_second.into_iter().zip([8000, 5000]) {
        hand_in(&app, &format!("{}@example.org", pair.split(' ').next().unwrap()), &codes[1], total).await;
    }
    app.night().await;
    assert_eq!(app.ask("select count(*)::text as line from blind.deal").await, ["2"]);
    // the third mark that was dealt is taken back, for good
    app.execute(&format!(
        "update blind.paper set new_text = true where code = '{}'; {} select blind.decide_reading('{}', true, 'Văn bản mới')",
        codes[1],
        as_person("truong@example.org"),
        codes[1]
    ))
    .await;
    chair.get(REPLAY).await.is(200).says("Đúng.").hides("không đúng");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_an_administrator_changes_the_replay_says_no() {
    let (app, chair, codes) = dealt().await;
    let last = codes.last().unwrap();
    let changes = [
        // a paper to another judge
        format!("update blind.assignment a set judge = (select h.account from account.hat h where h.hat = 'judge' and not exists (select from blind.assignment o where o.judge = h.account and o.paper = a.paper) limit 1)
           where a.ctid = (select ctid from blind.assignment where paper = '{last}' limit 1)"),
        // the seed
        "update blind.seed set seed = sha256('x') where n = 1".into(),
        // … with its hash
        "alter table blind.seed disable trigger user; update blind.seed set seed = sha256('x'), sha256 = sha256(sha256('x')) where n = 1".into(),
        // what it started from
        "update blind.deal set input = replace(input, 'first', 'third')".into(),
        "update blind.deal set input_sha256 = sha256('x')".into(),
        // a pair that no lot gave
        format!("insert into blind.assignment(judge, paper, contest) select h.account, '{last}', h.contest from account.hat h where h.hat = 'judge' and not exists (select from blind.assignment o where o.judge = h.account and o.paper = '{last}') limit 1"),
    ];
    chair.get(REPLAY).await.is(200).says("Đúng.");
    for change in changes {
        app.execute(
            "create schema kept; create table kept.seed as table blind.seed; create table kept.deal as table blind.deal; create table kept.assignment as table blind.assignment",
        )
        .await;
        app.execute(&change).await;
        chair.get(REPLAY).await.is(200).says("Không đúng.").hides(last);
        app.execute(
            "update blind.seed s set seed = k.seed, sha256 = k.sha256 from kept.seed k where k.n = s.n and k.n = 1; update blind.deal d set input = k.input, input_sha256 = k.input_sha256 from kept.deal k where k.id = d.id;
             alter table blind.assignment disable trigger user; delete from blind.assignment; insert into blind.assignment select * from kept.assignment; drop schema kept cascade",
        )
        .await;
        chair.get(REPLAY).await.is(200).says("Đúng.");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_a_seed_and_it_leaves_its_table_only_with_a_deal() {
    let (app, _, codes) = dealt().await;
    app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    app.official("nho", "organizer", "Ban Tổ Chức", "btc2@example.org").await;
    let people = [
        ("public", ""),
        ("clerk", "thuky@example.org"),
        ("judge", "gk1@example.org"),
        ("chair", "truong@example.org"),
        ("dealer", "truong@example.org"),
        ("organizer", "btc2@example.org"),
        ("auditor", "giamsat@example.org"),
    ];
    for (hat, email) in people {
        for sql in [
            "select seed::text as line from blind.seed",
            "select input as line from blind.deal",
            "select * from blind.assignment_past",
            "select blind.make_seed(phach.contest())::text as line",
        ] {
            assert!(ask(&mut wear(&app, hat, email).await, sql).await.unwrap_err().contains("permission denied"), "{hat}: {sql}");
        }
        if hat != "dealer" {
            for sql in [
                "select blind.take_seed()::text as line",
                "select seed::text as line from blind.deal_to_replay(gen_random_uuid())",
                "select blind.is_dealt(gen_random_uuid(), '[]', '[]')::text as line",
                "select deal::text as line from blind.deals()",
            ] {
                assert!(ask(&mut wear(&app, hat, email).await, sql).await.unwrap_err().contains("permission denied"), "{hat}: {sql}");
            }
        }
    }
    let mut dealer = wear(&app, "dealer", "truong@example.org").await;
    assert!(ask(&mut dealer, "select blind.take_seed()::text as line").await.unwrap_err().contains("a seed outside a batch"));
    // five papers come back, a batch begins, the seed is taken and nothing dealt: all of it fails
    for code in &codes[..5] {
        let pair = pairs(&app).await.into_iter().find(|p| p.ends_with(code)).unwrap();
        recuse(&app, &format!("{}@example.org", pair.split(' ').next().unwrap()), code).await;
    }
    let mut dealer = wear(&app, "dealer", "truong@example.org").await;
    ask(&mut dealer, "select blind.begin_batch('chair')::text as line").await.unwrap();
    ask(&mut dealer, "select length(blind.take_seed())::text as line").await.unwrap();
    let failed = diesel_async::SimpleAsyncConnection::batch_execute(&mut dealer, "select blind.end_batch(); commit").await.unwrap_err();
    assert!(failed.to_string().contains("nothing dealt"), "{failed}");
    assert_eq!(app.ask("select n || ' ' || taken as line from blind.seed order by n").await, ["1 true", "2 false"]);
    // the seeds of another contest are another's
    app.another_contest().await;
    let mut dealer = wear(&app, "dealer", "truong@example.org").await;
    let deal = app.ask("select id::text as line from blind.deal").await.concat();
    assert_eq!(ask(&mut dealer, &format!("select length(seed)::text as line from blind.deal_to_replay('{deal}')")).await.unwrap(), ["32"]);
    diesel_async::SimpleAsyncConnection::batch_execute(&mut dealer, "select set_config('phach.contest', '01900000-0000-7000-8000-0000000000ff', true)").await.unwrap();
    for sql in [
        format!("select length(seed)::text as line from blind.deal_to_replay('{deal}')"),
        "select deal::text as line from blind.deals()".into(),
        "select n::text as line from blind.seed".into(),
    ] {
        assert_eq!(ask(&mut dealer, &sql).await.unwrap(), Vec::<String>::new(), "{sql}");
    }
}
