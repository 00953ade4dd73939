//! The batch: what moves together, and when. Nobody can tell a swap from a paper sent back.
use super::{as_person, chair, deal, hand_in, judges, pairs, recuse};
use crate::hats::{ask, wear};
use crate::support::{Browser, TestApp};

/// Eight papers, four judges, all dealt.
async fn dealt() -> (TestApp, Browser, Vec<String>) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(8).await;
    judges(&app, 4).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    (app, chair, codes)
}

/// Sends back the first paper that each of these pairs names.
async fn send_back(app: &TestApp, n: usize) {
    for pair in pairs(app).await.into_iter().take(n) {
        let (judge, code) = pair.split_once(' ').unwrap();
        recuse(app, &format!("{judge}@example.org"), code).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fewer_than_five_moves_wait_for_the_night_and_five_go_on_the_chairs_call() {
    let (app, chair, _) = dealt().await;
    send_back(&app, 4).await;
    chair.get("/c/nho/chair").await.is(200).says("Dưới năm việc").hides("Chuyển ngay");
    chair.post("/c/nho/chair/batch", &[]).await.is(409).says("chưa đủ năm việc");
    assert_eq!(pairs(&app).await.len(), 12);
    let page = chair.get("/c/nho/chair/deal").await.is(200);
    page.says("Chờ đợt chuyển");
    super::press(&chair, &page).await;
    assert_eq!(pairs(&app).await.len(), 12, "nor by the assignment");
    send_back(&app, 1).await;
    chair.get("/c/nho/chair").await.says("5 việc đang chờ").form("/c/nho/chair/batch").submit().await.is(303).follow().await.says("Đã chuyển").says("5 việc");
    assert_eq!(pairs(&app).await.len(), 16);
    let event = app.ask("select content::text as line from record.event where verb = 'batch' order by id desc limit 1").await.concat();
    assert!(event.contains("\"moves\": 5"), "{event}");
    // and by night the few
    send_back(&app, 2).await;
    app.night().await;
    assert_eq!(pairs(&app).await.len(), 16);
    chair.get("/c/nho/chair").await.says("dưới năm việc");
    let event = app.ask("select content::text as line from record.event where verb = 'batch' order by id desc limit 1").await.concat();
    assert!(event.contains("\"day\"") && !event.contains("moves"), "{event}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_passes_once_and_the_first_day_of_a_contest_is_no_night() {
    let (app, _, _) = dealt().await;
    send_back(&app, 1).await;
    let due = || phach::judging::batch::pass_due(&app.site);
    due().await.unwrap();
    assert_eq!(pairs(&app).await.len(), 15, "met for the first time");
    app.execute("update blind.night set day = day - 1").await;
    due().await.unwrap();
    assert_eq!(pairs(&app).await.len(), 16);
    send_back(&app, 1).await;
    due().await.unwrap();
    due().await.unwrap();
    assert_eq!(pairs(&app).await.len(), 15, "until the next night");
    assert_eq!(app.ask("select count(*)::text as line from record.event where verb = 'batch'").await, ["2"], "the first assignment, and one night");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_once_when_every_first_marking_is_in_and_a_reading_that_nobody_can_give_is_said_once() {
    let (app, chair, codes) = dealt().await;
    for pair in pairs(&app).await {
        let (judge, code) = pair.split_once(' ').unwrap();
        let judge = format!("{judge}@example.org");
        if code == codes[0] && app.ask("select count(*)::text as line from blind.assignment where state = 'recused'").await == ["0"] {
            recuse(&app, &judge, code).await;
        } else {
            hand_in(&app, &judge, code, 7000).await;
        }
    }
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    assert_eq!(pairs(&app).await.len(), 16);
    let again = pairs(&app).await.into_iter().filter(|p| p.ends_with(&codes[0])).collect::<Vec<_>>();
    assert_eq!(again.len(), 2);
    // both of those left send it back too: two judges are left, then none
    for _ in 0..3 {
        for pair in pairs(&app).await.into_iter().filter(|p| p.ends_with(&codes[0])) {
            let judge = format!("{}@example.org", pair.split(' ').next().unwrap());
            let open = app
                .ask(&format!("select state as line from blind.assignment a join account.account x on x.id = a.judge where x.email_key = '{judge}' and a.paper = '{}'", codes[0]))
                .await;
            if open == ["open"] {
                recuse(&app, &judge, &codes[0]).await;
            }
        }
        phach::judging::batch::pass_due(&app.site).await.unwrap();
    }
    let deals = app.ask("select count(*)::text as line from blind.deal").await;
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    assert_eq!(app.ask("select count(*)::text as line from blind.deal").await, deals);
    chair.get("/c/nho/chair").await.says("Miễn lượt");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_begins_a_batch_under_another_name_and_nothing_is_dealt_outside_one() {
    let (app, _, codes) = dealt().await;
    send_back(&app, 1).await;
    let mut dealer = wear(&app, "dealer", "truong@example.org").await;
    for call in ["night", "quiet", "", "noon"] {
        assert!(ask(&mut dealer, &format!("select blind.begin_batch('{call}')::text as line")).await.unwrap_err().contains("who calls this batch"), "{call}");
    }
    assert!(ask(&mut dealer, "select blind.begin_batch('chair')::text as line").await.unwrap_err().contains("batch_small"));
    let pair = format!("select blind.deal_out(jsonb_build_array(jsonb_build_object('judge', phach.account(), 'paper', '{}')), '[]', '')::text as line", codes[0]);
    assert!(ask(&mut dealer, &pair).await.unwrap_err().contains("a deal outside a batch"));
    assert!(
        ask(&mut dealer, "insert into blind.batch(contest, day) values (phach.contest(), current_date) returning id::text as line")
            .await
            .unwrap_err()
            .contains("permission denied")
    );
    for hat in ["chair", "judge", "organizer", "auditor", "clerk", "public"] {
        let mut conn = wear(&app, hat, "truong@example.org").await;
        for call in ["blind.begin_batch('chair')", "blind.end_batch()", "blind.batches_due()", "blind.callable_groups()"] {
            assert!(ask(&mut conn, &format!("select x::text as line from {call} x")).await.unwrap_err().contains("permission denied"), "{hat} {call}");
        }
    }
}

/// An author's unit is corrected: one judge has declared it. Whoever has not opened the paper gives it up without a trace.
#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_author_swaps_an_unopened_paper_by_night_and_leaves_an_opened_one() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(6).await;
    judges(&app, 4).await;
    super::declare(&app, "gk1@example.org", "", "Người Quen").await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    let mine: Vec<String> = pairs(&app).await.into_iter().filter_map(|p| p.strip_prefix("gk1 ").map(str::to_owned)).collect();
    assert!(mine.len() >= 2);
    let judge = app.browser();
    judge.sign_in("gk1@example.org").await;
    judge.get(&format!("/c/nho/marking/{}", mine[0])).await.is(200);
    // both turn out to be by an acquaintance
    let correct = |code: &str| {
        format!(
            "update named.author a set name = 'Người Quen' from named.version v, slip.pair p where v.id = a.version and v.entry = p.entry and p.paper = '{code}';
             select slip.recheck(entry) from slip.pair where paper = '{code}'"
        )
    };
    for code in &mine[..2] {
        app.execute(&correct(code)).await;
    }
    assert!(pairs(&app).await.contains(&format!("gk1 {}", mine[1])), "not before the batch");
    app.night().await;
    let after = pairs(&app).await;
    assert!(after.contains(&format!("gk1 {}", mine[0])), "opened: it stays");
    assert!(!after.contains(&format!("gk1 {}", mine[1])) && after.len() == 12, "{after:?}");
    // the judge's list has it no more, not even as sent back; the chair's shows it as any other
    judge.get("/c/nho/marking").await.is(200).says(&mine[0]).hides(&mine[1]);
    judge.get(&format!("/c/nho/marking/{}", mine[1])).await.is(404);
    let mut seen = wear(&app, "chair", "truong@example.org").await;
    let states = ask(&mut seen, &format!("select state as line from blind.assignment where paper = '{}' order by 1", mine[1])).await.unwrap();
    assert_eq!(states, ["open", "open", "recused"]);
    assert!(ask(&mut seen, "select moved::text as line from blind.assignment").await.unwrap_err().contains("permission denied"));
    let mut own = wear(&app, "judge", "gk1@example.org").await;
    assert_eq!(ask(&mut own, &format!("select state as line from blind.assignment where paper = '{}'", mine[1])).await.unwrap(), Vec::<String>::new());
    drop((seen, own));
    // an entry that is not cut, or of a sealed contest: nothing to do, and no refusal
    app.execute(&format!("{} select slip.recheck('01900000-0000-7000-8000-00000000dead')", as_person("truong@example.org"))).await;
    assert_eq!(app.ask("select count(*)::text as line from slip.move").await, ["0"]);
}
