//! After the cut an author or a unit is corrected: whoever may not read the paper any more gives it up with the batch, unless it
//! was opened; after the seal nothing is corrected. And letters reach whoever is written to.
use crate::hats::{ask, wear};
use crate::support::{Browser, Seen, TestApp};

const HUYEN: &str = "01900000-0000-7000-8000-000000000008";

/// Five papers and a clerk; the first judge is of the unit huyen, the second of none.
async fn cut() -> (TestApp, Browser) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(5).await;
    app.judge("Giám Khảo Một", "gk1@example.org").await;
    app.judge("Giám Khảo Hai", "gk2@example.org").await;
    app.execute(&format!("update blind.declaration set units = array['{HUYEN}'::uuid] where judge = (select id from account.account where email_key = 'gk1@example.org')")).await;
    let clerk = app.browser();
    clerk.sign_in("thuky@example.org").await;
    (app, clerk)
}
/// Entry and paper of a number.
async fn pair(app: &TestApp, number: u32) -> (String, String) {
    let line = app.ask(&format!("select e.id || ' ' || p.paper as line from slip.pair p join named.entry e on e.id = p.entry where e.number = {number}")).await.concat();
    let (entry, code) = line.split_once(' ').unwrap();
    (entry.to_owned(), code.to_owned())
}
async fn move_to_huyen(clerk: &Browser, entry: &str) -> Seen {
    let fields = [("position", "0"), ("version", "1"), ("unit", HUYEN), ("reason_0", "Ghi nhầm đơn vị")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    clerk.post(&format!("/c/nho/desk/{entry}/authors"), &fields).await
}
async fn reading(app: &TestApp, judge: &str, code: &str) -> Vec<String> {
    app.ask(&format!(
        "select state || ' ' || moved as line from blind.assignment a join account.account x on x.id = a.judge where a.paper = '{code}' and x.email_key = '{judge}@example.org'"
    ))
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_unit_takes_a_paper_that_was_not_opened_from_its_judge_with_the_batch_and_no_cause_is_shown() {
    let (app, clerk) = cut().await;
    let ((one, unopened), (two, opened)) = (pair(&app, 3).await, pair(&app, 5).await);
    for (code, judge) in [(&unopened, "gk1"), (&opened, "gk1"), (&unopened, "gk2")] {
        app.assign(&format!("{judge}@example.org"), code).await;
    }
    let judge = app.browser();
    judge.sign_in("gk1@example.org").await;
    judge.get(&format!("/c/nho/marking/{opened}")).await.is(200);
    for entry in [&one, &two] {
        app.execute(&format!("update named.entry set unit = null where id = '{entry}'; update named.version set unit = null where entry = '{entry}'")).await;
        move_to_huyen(&clerk, entry).await.is(303).follow().await.says("Đã ghi lần sửa").hides(&unopened).hides(&opened);
        assert_eq!(app.letter(&format!("tacgia{}@example.org", if *entry == one { 3 } else { 5 }), "author-corrected").await["entry"], **entry);
    }
    // at once nothing moves, and the judge's list tells nothing
    assert_eq!(reading(&app, "gk1", &unopened).await, ["open false"]);
    judge.get("/c/nho/marking").await.is(200).says(&unopened);
    let before = app.ask("select max(id)::text as line from record.event").await.concat();
    app.night().await;
    assert_eq!(reading(&app, "gk1", &unopened).await, ["recused true"]);
    assert_eq!(reading(&app, "gk2", &unopened).await, ["open false"]);
    assert_eq!(reading(&app, "gk1", &opened).await, ["open false"], "what its judge has opened stays there");
    judge.get("/c/nho/marking").await.is(200).hides(&unopened).says(&opened);
    judge.get(&format!("/c/nho/marking/{unopened}")).await.is(404);
    // the record of the batch names neither side
    let events = app.ask(&format!("select content::text || subject as line from record.event where id > {before}")).await.concat();
    assert!([&one, &two, &unopened, &opened].iter().all(|x| !events.contains(x.as_str())) && !events.contains("recheck"), "{events}");
    let chair = app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    for page in ["/c/nho/chair", &format!("/c/nho/chair/papers/{unopened}")] {
        chair.get(page).await.is(200).hides("Huyện đoàn").hides("đơn vị đã sửa");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_corrects_after_the_cut_it_does_for_the_desk_alone_and_after_the_seal_for_nobody() {
    let (app, clerk) = cut().await;
    let (entry, code) = pair(&app, 3).await;
    let call = format!("select named.correct_unit('{entry}', 1, '{HUYEN}', 'Ghi nhầm đơn vị')::text as line");
    for hat in ["public", "contestant", "worker", "reader", "judge", "chair", "dealer", "organizer", "auditor"] {
        let mut conn = wear(&app, hat, "gk1@example.org").await;
        assert!(ask(&mut conn, &call).await.unwrap_err().contains("permission denied"), "{hat}");
    }
    let before = clerk.get(&format!("/c/nho/desk/{entry}/authors")).await.is(200);
    app.execute("insert into blind.seal(contest, content, sha256, organizer) select id, 'x', sha256('x'), gen_random_uuid() from contest.contest where slug = 'nho'").await;
    let form = before.form(&format!("/c/nho/desk/{entry}/authors")).without("name_1").fill("position", "0");
    let page = form.fill("unit", HUYEN).fill("reason_0", "Ghi nhầm đơn vị").submit().await.is(409);
    page.says("niêm phong").hides(&code);
    assert!(page.body.contains("Ghi nhầm đơn vị"), "what was typed stays");
    assert_eq!(app.ask("select count(*)::text as line from named.correction").await, ["0"]);
    assert_eq!(app.ask("select count(*)::text as line from slip.move").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_written_to_elsewhere_hears_there_of_being_struck_out() {
    let (app, clerk) = cut().await;
    let (entry, _) = pair(&app, 2).await;
    let contact = clerk.get(&format!("/c/nho/desk/{entry}/contact")).await.is(200);
    contact.form(&format!("/c/nho/desk/{entry}/contact")).fill("email", "moi@example.org").fill("reason", "Đã gọi điện").submit().await.is(303);
    let path = format!("/c/nho/desk/{entry}/after-cut/striking-out");
    clerk.post(&path, &[("reason".into(), "Chép bài của người khác".into()), ("sure".into(), "yes".into())]).await.is(303);
    assert_eq!(app.letter("moi@example.org", "entry-struck-out").await["number"], 2);
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where to_address = 'tacgia2@example.org' and kind = 'entry-struck-out'").await, ["0"]);
}
