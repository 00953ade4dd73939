//! `phach verify`: what it computes once more, and that it sees what was changed behind the program's back.
use phach::record;
use phach::verify::verify;

use super::{as_person, chair, deal, hand_in, judges};
use crate::support::TestApp;

/// Four papers, read by two: agreed at once, by a third mark, by the chair, and with a tie of two; closed, proposed, sealed.
async fn sealed(app: &TestApp) -> Vec<String> {
    app.small_contest().await;
    let codes = app.cut_papers(4).await;
    judges(app, 3).await;
    let chair = chair(app).await;
    deal(&chair).await.is(303);
    for pair in app.ask("select a.email_key || ' ' || x.paper as line from blind.assignment x join account.account a on a.id = x.judge order by 1").await {
        let (email, code) = pair.split_once(' ').unwrap();
        let first = app.ask(&format!("select count(*)::text as line from blind.sheet where paper = '{code}'")).await == ["0"];
        let at = codes.iter().position(|c| c == code).unwrap();
        let totals = [(9000, 9050), (8000, 5000), (8000, 4000), (6500, 6500)][at];
        hand_in(app, email, code, if first { totals.0 } else { totals.1 }).await;
    }
    // the second paper gets its third mark, of the third the chair decides
    app.night().await;
    let third = |code: &str| format!("select a.email_key as line from blind.assignment x join account.account a on a.id = x.judge where x.third and x.paper = '{code}'");
    let reader = app.ask(&third(&codes[1])).await.concat();
    hand_in(app, &reader, &codes[1], 7000).await;
    let other = app.ask(&third(&codes[2])).await.concat();
    app.execute(&format!("{} select blind.recuse('{}', 'unwell')", as_person(&other), codes[2])).await;
    app.night().await; // nobody is left to deal it to
    app.execute(&format!("{} select blind.decide_mark('{}', 6500, 'Không còn giám khảo nào khác')", as_person("truong@example.org"), codes[2])).await;
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(303);
    app.execute(&format!("{} select blind.answer_tie(ranking_group, level, mark, 'all_out', 'Ngang nhau cả hai') from blind.open_ties()", as_person("truong@example.org"))).await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    organizer.post("/c/nho/prizes", &[("reserves".into(), "1".into())]).await.is(303);
    organizer.post("/c/nho/prizes/seal", &[("sure".into(), "yes".into())]).await.is(303);
    while record::chain_new(&app.site, 3).await.unwrap() > 0 {}
    codes
}

/// Findings as lines; what does not hold begins with BROKEN.
async fn lines(app: &TestApp) -> Vec<String> {
    let found = verify(&mut app.admin().await, None).await.unwrap();
    found.into_iter().map(|f| format!("{}{}: {}", if f.holds { "" } else { "BROKEN " }, f.about, f.words)).collect()
}
async fn broken(app: &TestApp) -> Vec<String> {
    lines(app).await.into_iter().filter(|l| l.starts_with("BROKEN")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_as_it_was_judged_holds_and_any_change_behind_it_is_named() {
    let app = TestApp::spawn().await;
    let codes = sealed(&app).await;
    let good = lines(&app).await;
    assert_eq!(broken(&app).await, Vec::<String>::new(), "{good:?}");
    let hash = app.ask("select encode(sha256, 'hex') as line from blind.seal").await.concat();
    for words in ["record: ", "nho: tally: 4 papers, 9 sheets", "nho: standings: 4 papers in 1 groups", "nho: assignments: ", &format!("nho: seal {hash}")] {
        assert!(good.iter().any(|l| l.starts_with(words)), "{words} in {good:?}");
    }
    let at = |i: usize| &codes[i];
    // each change alone: made behind the triggers, seen, taken back
    let of = |set: &str, i: usize| format!("update blind.{set} '{}'", at(i));
    let content = |change: &str| format!("update record.event set content = {change} where verb = 'close_round'");
    let text = |change: &str| format!("update blind.seal set content = {change}, sha256 = sha256(convert_to({change}, 'UTF8'))");
    let changes: [(String, String, &str); 11] = [
        (of("sheet set total = total + 50 where not third and paper =", 0), of("sheet set total = total - 50 where not third and paper =", 0), at(0)),
        (of("paper set agreed = agreed + 1 where code =", 0), of("paper set agreed = agreed - 1 where code =", 0), at(0)),
        (of("paper set third = third + 50 where code =", 1), of("paper set third = third - 50 where code =", 1), at(1)),
        (of("chair_mark set mark = 9900 where paper =", 2), of("chair_mark set mark = 6500 where paper =", 2), at(2)),
        (of("standing set rank = rank - 1 where code =", 3), of("standing set rank = rank + 1 where code =", 3), at(3)),
        ("update blind.seal set content = content || 'x'".into(), "update blind.seal set content = left(content, -1)".into(), "the sealed text has another hash"),
        (text("content || 'x'"), text("left(content, -1)"), "the record noted"),
        ("update blind.deal set input = input || 'x' where seed = 1".into(), "update blind.deal set input = left(input, -1) where seed = 1".into(), "not as drawn"),
        ("update blind.proposal set reserve = reserve + 1".into(), "update blind.proposal set reserve = reserve - 1".into(), "not those that were sealed"),
        (content(r#"content || '{"x": 1}'"#), content("content - 'x'"), "the chain breaks at link"),
        (
            "insert into record.event(hat, verb, subject, content, at) values ('public', 'unseen', 'x', '{}', phach.now() - interval '2 hours')".into(),
            "delete from record.event where verb = 'unseen'".into(),
            "1 events older than 60 minutes are in no chain",
        ),
    ];
    for (change, undo, named) in changes {
        app.execute(&format!("set local session_replication_role = replica; {change}")).await;
        let found = broken(&app).await;
        assert!(found.iter().any(|l| l.contains(named)), "{change}: {named} in {found:?}");
        app.execute(&format!("set local session_replication_role = replica; {undo}")).await;
        assert_eq!(broken(&app).await, Vec::<String>::new(), "after {undo}");
    }
    assert!(verify(&mut app.admin().await, Some("khong-co")).await.unwrap_err().contains("no contest with this address"));
}
