//! Each hat straight in Postgres, in a contest that has been cut and dealt: own rows only, and the crossings' walls.
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};

use crate::support::TestApp;

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
    line: Option<String>,
}

/// Opens a transaction as a person under a hat, in the small contest, as `account.enter` would leave it.
pub async fn wear(app: &TestApp, hat: &str, email: &str) -> AsyncPgConnection {
    let mut conn = app.admin().await;
    let account = app.ask(&format!("select id::text as line from account.account where email_key = '{email}'")).await.concat();
    let sql = format!(
        "begin; select set_config('phach.account', '{account}', true), set_config('phach.contest', '01900000-0000-7000-8000-000000000001', true); set local role phach_{hat}"
    );
    conn.batch_execute(&sql).await.unwrap();
    conn
}

pub async fn ask(conn: &mut AsyncPgConnection, sql: &str) -> Result<Vec<String>, String> {
    conn.batch_execute("savepoint s").await.unwrap();
    let rows: Result<Vec<Line>, _> = diesel_async::RunQueryDsl::load(diesel::sql_query(sql), conn).await;
    if rows.is_err() {
        conn.batch_execute("rollback to s").await.unwrap();
    }
    rows.map(|r| r.into_iter().map(|l| l.line.unwrap_or_default()).collect()).map_err(|e| e.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn valid_entries_become_papers_under_codes_in_one_cut() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(6).await;
    assert_eq!(codes.len(), 6);
    assert!(codes.iter().all(|c| c.len() == 10), "{codes:?}");
    assert_eq!(app.ask("select count(*)::text as line from slip.pair").await, ["6"]);
    // neither side's physical order tells the order of entry
    let by_place = app.ask("select code as line from blind.paper order by ctid").await;
    assert_eq!(by_place, codes);
    let sorted = app.ask("select paper as line from slip.pair order by ctid").await;
    assert_eq!(sorted, codes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_sees_the_own_papers_and_sheets_only_and_writes_no_others() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(4).await;
    app.judge("Một", "gk1@example.org").await;
    app.judge("Hai", "gk2@example.org").await;
    app.assign("gk1@example.org", &codes[0]).await;
    app.assign("gk2@example.org", &codes[1]).await;
    let mut judge = wear(&app, "judge", "gk1@example.org").await;
    assert_eq!(ask(&mut judge, "select code as line from blind.paper").await.unwrap(), [codes[0].clone()]);
    let sheet = |code: &str| format!("insert into blind.sheet(paper, marks) values ('{code}', '{{\"noi-dung\": 5000, \"hinh-thuc\": 3000}}') returning paper as line");
    assert!(ask(&mut judge, &sheet(&codes[1])).await.is_err(), "another's paper");
    assert!(
        ask(&mut judge, "insert into blind.sheet(paper, marks, judge) values ('x', '{}', gen_random_uuid()) returning paper as line")
            .await
            .unwrap_err()
            .contains("permission denied")
    );
    assert!(ask(&mut judge, &sheet(&codes[0])).await.is_ok());
    assert!(ask(&mut judge, "update blind.sheet set comment = 'x' returning paper as line").await.unwrap_err().contains("permission denied"));
    assert!(ask(&mut judge, "delete from blind.sheet returning paper as line").await.unwrap_err().contains("permission denied"));
    assert!(ask(&mut judge, "select third::text as line from blind.assignment").await.unwrap_err().contains("permission denied"), "a judge would know of a discrepancy");
    judge.batch_execute("commit").await.unwrap();
    let mut other = wear(&app, "judge", "gk2@example.org").await;
    assert_eq!(ask(&mut other, "select paper as line from blind.sheet").await.unwrap(), Vec::<String>::new());
    assert_eq!(app.ask("select marks::text as line from blind.paper where cardinality(marks) > 0").await, ["{8000}"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contestant_sees_the_own_entries_only_and_the_clerk_this_contests() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(5).await;
    let mut contestant = wear(&app, "contestant", "tacgia1@example.org").await;
    assert_eq!(ask(&mut contestant, "select title as line from named.entry").await.unwrap(), ["Tên bài 1"]);
    assert_eq!(ask(&mut contestant, "select name as line from named.author").await.unwrap(), ["Tác Giả 1"]);
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    assert_eq!(ask(&mut clerk, "select count(*)::text as line from named.entry").await.unwrap(), ["5"]);
    clerk.batch_execute("select set_config('phach.contest', gen_random_uuid()::text, true)").await.unwrap();
    assert_eq!(ask(&mut clerk, "select count(*)::text as line from named.entry").await.unwrap(), ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_sent_back_is_out_of_sight_at_once_with_what_was_drafted_and_another_judges_draft_always() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(2).await;
    for (name, email) in [("Một", "gk1@example.org"), ("Hai", "gk2@example.org")] {
        app.judge(name, email).await;
        app.assign(email, &codes[0]).await;
    }
    let draft = format!("insert into blind.draft(judge, paper, contest, note) values (phach.account(), '{}', phach.contest(), 'riêng') returning paper as line", codes[0]);
    let mut first = wear(&app, "judge", "gk1@example.org").await;
    assert!(ask(&mut first, &draft).await.is_ok());
    first.batch_execute("commit").await.unwrap();
    let mut second = wear(&app, "judge", "gk2@example.org").await;
    assert_eq!(ask(&mut second, "select note as line from blind.draft").await.unwrap(), Vec::<String>::new());
    assert!(ask(&mut second, &draft.replace("phach.account()", "(select judge from blind.assignment where judge <> phach.account() limit 1)")).await.is_err());
    drop(second);
    let mut first = wear(&app, "judge", "gk1@example.org").await;
    assert!(ask(&mut first, &format!("select blind.recuse('{}', 'recognised')::text as line", codes[0])).await.is_ok());
    assert_eq!(ask(&mut first, "select code as line from blind.paper").await.unwrap(), Vec::<String>::new());
    assert_eq!(ask(&mut first, "select note as line from blind.draft").await.unwrap(), Vec::<String>::new());
    assert!(ask(&mut first, &draft).await.is_err(), "a draft on a paper sent back");
    assert!(ask(&mut first, "select reason as line from blind.recusal").await.unwrap_err().contains("permission denied"));
}

#[tokio::test(flavor = "multi_thread")]
async fn officials_of_the_blind_side_see_papers_of_their_contest_only_and_two_of_them_no_text() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(5).await;
    app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    for hat in ["chair", "dealer", "organizer", "auditor"] {
        let mut conn = wear(&app, hat, "truong@example.org").await;
        // the auditor, who reads which entry is withdrawn, sees single papers from the seal on
        let n = if hat == "auditor" { "0" } else { "5" };
        assert_eq!(ask(&mut conn, "select count(*)::text as line from (select code from blind.paper) p").await.unwrap(), [n], "{hat}");
        let text = ask(&mut conn, "select body as line from blind.paper").await;
        assert_eq!(text.is_ok(), hat == "chair", "{hat}");
        conn.batch_execute("select set_config('phach.contest', gen_random_uuid()::text, true)").await.unwrap();
        for table in ["blind.paper", "blind.sheet", "blind.assignment", "blind.standing", "blind.seal", "record.event"] {
            let column = if ["blind.paper", "blind.standing"].contains(&table) { "code" } else { "contest::text" };
            let rows = ask(&mut conn, &format!("select {column} as line from {table}")).await;
            assert!(rows.is_err() || rows.unwrap().is_empty(), "{hat} sees {table} of another contest");
        }
    }
}

/// Crossing *cut*: only the clerk's hat, only after its time, and it gives back a count.
#[tokio::test(flavor = "multi_thread")]
async fn the_cut_passes_for_nobody_else_and_not_before_its_time() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.valid_entries(5).await;
    app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let cut = "select slip.cut('01900000-0000-7000-8000-000000000006')::text as line";
    for hat in ["public", "contestant", "worker", "reader", "judge", "chair", "dealer", "organizer", "auditor"] {
        let mut conn = wear(&app, hat, "thuky@example.org").await;
        assert!(ask(&mut conn, cut).await.unwrap_err().contains("permission denied"), "{hat}");
    }
    app.execute("update phach.test_clock set shift = '0'").await;
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    assert!(ask(&mut clerk, cut).await.unwrap_err().contains("cut_too_early"));
    drop(clerk);
    app.execute("update phach.test_clock set shift = '4 days'; update named.entry set state = 'queried' where number = 3").await;
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    assert!(ask(&mut clerk, cut).await.unwrap_err().contains("cut_entries_open"));
    assert_eq!(app.ask("select count(*)::text as line from named.entry where cut").await, ["0"]);
    drop(clerk);
    app.execute("update named.entry set state = 'valid' where number = 3").await;
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    assert_eq!(ask(&mut clerk, cut).await.unwrap(), ["5"]);
}

/// Crossing *exclude*: the dealer's hat alone reads pairs; people see counts, and none below five.
#[tokio::test(flavor = "multi_thread")]
async fn the_exclusions_are_the_dealers_alone_and_counts_below_five_are_hidden() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(6).await;
    app.judge("Một", "gk1@example.org").await;
    app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    // a unit above huyen, an acquaintance in three spellings, and the same person
    app.execute(
        "insert into blind.declaration(contest, judge, units, people, people_keys, at) select '01900000-0000-7000-8000-000000000001', id,
           array['01900000-0000-7000-8000-000000000007']::uuid[], array['TÁC GIẢ 6'], array[phach.fold('TÁC GIẢ 6')], phach.now() + interval '1 second' from account.account where email_key = 'gk1@example.org'",
    )
    .await;
    let pairs = "select paper as line from slip.exclusions() order by 1";
    for hat in ["public", "contestant", "clerk", "worker", "reader", "judge", "chair", "organizer", "auditor"] {
        let mut conn = wear(&app, hat, "truong@example.org").await;
        assert!(ask(&mut conn, pairs).await.unwrap_err().contains("permission denied"), "{hat}");
    }
    let mut dealer = wear(&app, "dealer", "truong@example.org").await;
    let expected = app
        .ask("select p.paper as line from slip.pair p join named.entry e on e.id = p.entry where e.unit = '01900000-0000-7000-8000-000000000008' or e.number = 6 order by 1")
        .await;
    assert_eq!(ask(&mut dealer, pairs).await.unwrap(), expected);
    assert!(!expected.is_empty() && expected.len() < 5);
    let mut chair = wear(&app, "chair", "truong@example.org").await;
    assert_eq!(ask(&mut chair, "select coalesce(pairs::text, 'fewer') as line from slip.exclusion_counts()").await.unwrap(), ["fewer"]);
}

/// Crossing *open*: before the seal, with the wrong seal, by one holder twice: nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_slips_open_for_no_hat_before_the_seal() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(5).await;
    app.official("nho", "chair", "Trưởng Ban", "khoa2@example.org").await;
    let turn = "select slip.turn_key('0000')::text as line";
    for hat in ["contestant", "clerk", "worker", "reader", "judge", "chair", "dealer", "organizer", "auditor"] {
        let mut conn = wear(&app, hat, "khoa2@example.org").await;
        assert!(ask(&mut conn, turn).await.unwrap_err().contains("permission denied"), "{hat}");
    }
    let mut holder = wear(&app, "public", "khoa2@example.org").await;
    assert!(ask(&mut holder, turn).await.unwrap_err().contains("not_sealed"));
    let mut stranger = wear(&app, "public", "tacgia1@example.org").await;
    assert!(ask(&mut stranger, turn).await.unwrap_err().contains("enter_not_found"));
    assert_eq!(ask(&mut stranger, "select office_vi as line from slip.keys()").await.unwrap(), Vec::<String>::new());
    let mut organizer = wear(&app, "organizer", "khoa2@example.org").await;
    assert_eq!(ask(&mut organizer, "select unit::text as line from slip.unit_counts()").await.unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strict_contest_gives_one_person_one_side_for_good() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let grant =
        "set local role phach_account_owner; select account.grant_hat(a.id, c.id, 'judge', null) from account.account a, contest.contest c where a.email_key = 'thuky@example.org'";
    let refused = app.admin().await.batch_execute(grant).await.unwrap_err().to_string();
    assert!(refused.contains("people_kept_apart"), "{refused}");
    app.execute("update contest.contest set separation = 'declared'; update account.worn_side set strict = false").await;
    app.execute(grant).await;
}
