//! A judge who came late gets a fair share of what nobody has begun.
use phach::verify::verify;

use super::{UNIT_TINH, as_person, chair, codes_of, deal, declare, hand_in, judges, pairs};
use crate::hats::{ask, wear};
use crate::support::{Browser, Seen, TestApp};

const SHARE: &str = "/c/nho/chair/deal/share";

/// `n` papers dealt to gk1 … gk`m`, two readings each.
async fn dealt(n: u32, m: usize) -> (TestApp, Browser, Vec<String>) {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(n).await;
    judges(&app, m).await;
    let chair = chair(&app).await;
    deal(&chair).await.is(303);
    (app, chair, codes)
}
async fn share(chair: &Browser) -> Seen {
    chair.get(SHARE).await.is(200).form(SHARE).fill("sure", "yes").submit().await
}
/// The papers in a judge's hands.
async fn of(app: &TestApp, judge: &str) -> Vec<String> {
    pairs(app).await.into_iter().filter_map(|p| p.strip_prefix(&format!("{judge} ")).map(str::to_owned)).collect()
}
async fn open(app: &TestApp, judge: &str, codes: &[String]) {
    for code in codes {
        app.execute(&format!("{} select blind.open_paper('{code}')", as_person(&format!("{judge}@example.org")))).await;
    }
}
async fn replay_says(chair: &Browser, words: &str) {
    chair.get("/c/nho/chair/deal/replay").await.is(200).says(words);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_sees_how_many_each_gives_confirms_and_everybody_has_as_many() {
    let (app, chair, codes) = dealt(12, 3).await;
    let before = pairs(&app).await;
    app.judge("Giám Khảo 4", "gk4@example.org").await;
    chair.get("/c/nho/chair/deal").await.is(200).says("Chia phần cho giám khảo mới");
    let page = chair.get(SHARE).await.is(200);
    page.says("Chuyển 6 bài").hides("Không có giám khảo mới");
    let rows = page.all("tbody tr");
    assert_eq!(rows.len(), 4, "{rows:?}");
    for (row, numbers) in rows.iter().zip(["Giám Khảo 182–6", "Giám Khảo 282–6", "Giám Khảo 382–6", "Giám Khảo 4 mới0–66"]) {
        assert_eq!(row.split_whitespace().collect::<Vec<_>>().join(" "), numbers);
    }
    assert!(codes.iter().all(|code| !page.body.contains(code.as_str())), "a preview names no paper");
    page.form(SHARE).submit().await.is(422).says("Đánh dấu ô xác nhận").says("Chuyển 6 bài");
    assert_eq!(pairs(&app).await, before);
    share(&chair).await.is(303).follow().await.says("Đã chia phần cho giám khảo mới");
    for judge in ["gk1", "gk2", "gk3", "gk4"] {
        assert_eq!(of(&app, judge).await.len(), 6, "{judge}");
    }
    assert_eq!(app.ask("select count(*)::text as line from blind.assignment where state <> 'recused' group by paper having count(*) <> 2").await, Vec::<String>::new());
    // who gave a paper does not see it any more, and nobody is told why
    let gone = before.into_iter().find(|p| p.starts_with("gk1 ")).map(|p| p[4..].to_owned());
    let left: Vec<String> =
        app.ask("select paper as line from blind.assignment x join account.account a on a.id = x.judge where a.email_key = 'gk1@example.org' and x.moved").await;
    assert!(left.len() == 2 && gone.is_some());
    let giver = app.browser();
    giver.sign_in("gk1@example.org").await;
    let queue = giver.get("/c/nho/marking").await.is(200);
    assert!(left.iter().all(|code| !queue.body.contains(code.as_str())));
    giver.get(&format!("/c/nho/marking/{}", left[0])).await.is(404);
    // the new judge is told by a letter and reads
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind = 'papers-await' and to_address = 'gk4@example.org'").await, ["1"]);
    let taker = app.browser();
    taker.sign_in("gk4@example.org").await;
    taker.get(&format!("/c/nho/marking/{}", of(&app, "gk4").await[0])).await.is(200);
    // in the record a number and hashes; the replay says yes, and no to whoever moves something behind it
    let noted = app.ask("select (content ->> 'moves') || ' ' || (content ->> 'judges') || ' ' || (content ? 'seed') || ' ' || (content ? 'input') as line from record.event where verb = 'share_out'").await;
    assert_eq!(noted, ["6 1 true true"]);
    replay_says(&chair, "Đúng.").await;
    while phach::record::chain_new(&app.site, 3).await.unwrap() > 0 {}
    let found = verify(&mut app.admin().await, None).await.unwrap();
    assert!(found.iter().all(|f| f.holds), "{:?}", found.iter().map(|f| &f.words).collect::<Vec<_>>());
    app.execute("update blind.assignment set shared = null where (judge, paper) in (select judge, paper from blind.assignment where shared is not null limit 1)").await;
    replay_says(&chair, "Không đúng.").await;
    chair.get(SHARE).await.is(200).says("Không có bài nào cần chuyển");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_opened_written_or_marked_stays_and_nothing_goes_to_who_must_avoid_it() {
    let (app, chair, _) = dealt(15, 3).await;
    let (one, two, three) = (of(&app, "gk1").await, of(&app, "gk2").await, of(&app, "gk3").await);
    open(&app, "gk1", &one[..6]).await;
    for code in &two[..5] {
        let draft =
            format!("insert into blind.draft(judge, paper, contest) select a.id, '{code}', '{}' from account.account a where a.email_key = 'gk2@example.org'", super::CONTEST);
        app.execute(&draft).await;
    }
    for code in &three[..4] {
        hand_in(&app, "gk3@example.org", code, 7000).await;
    }
    app.official("nho", "judge", "Giám Khảo 4", "gk4@example.org").await;
    chair.get(SHARE).await.is(200).says("1 người chưa khai quan hệ").says("Giám Khảo 4").says("Không có giám khảo mới");
    declare(&app, "gk4@example.org", UNIT_TINH, "").await;
    // once said it stays: previews before and after a change would tell whose paper is whose
    let late = app.browser();
    late.sign_in("gk4@example.org").await;
    late.get("/c/nho/marking/declaration").await.is(200).says("Bản khai đã khóa");
    late.post("/c/nho/marking/declaration", &[("people".into(), "Tác giả 3".into())]).await.is(409).says("bản khai không sửa được nữa");
    share(&chair).await.is(303);
    let (got, avoided) = (of(&app, "gk4").await, codes_of(&app, "1, 4, 7, 10, 13").await);
    assert!(!got.is_empty() && got.iter().all(|code| !avoided.contains(code)), "{got:?} of {avoided:?}");
    for (judge, begun) in [("gk1", &one[..6]), ("gk2", &two[..5]), ("gk3", &three[..4])] {
        let now = of(&app, judge).await;
        assert!(begun.iter().all(|code| now.contains(code)), "{judge} lost what was begun");
    }
    replay_says(&chair, "Đúng.").await;
    // a second one later takes from all who have more, the first late judge too, and never what was held before
    let given: Vec<String> = app.ask("select paper as line from blind.assignment where shared is not null").await;
    app.judge("Giám Khảo 5", "gk5@example.org").await;
    let loads = async || app.ask("select count(*)::text as line from blind.assignment where state <> 'recused' group by judge order by count(*)").await;
    let before = loads().await;
    share(&chair).await.is(303);
    assert!(loads().await.len() == 5 && loads().await != before && !given.is_empty());
    assert_eq!(app.ask("select count(*)::text as line from (select judge, paper from blind.assignment group by 1, 2 having count(*) > 1) x").await, ["0"]);
    replay_says(&chair, "Đúng.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nobody_late_or_a_closed_round_there_is_a_sentence_and_nothing_moves() {
    let (app, chair, codes) = dealt(4, 2).await;
    chair.get(SHARE).await.is(200).says("Không có giám khảo mới");
    let forged = vec![("token".to_owned(), "00".repeat(32)), ("sure".to_owned(), "yes".to_owned())];
    chair.post(SHARE, &forged).await.is(409).says("Không có giám khảo nào khai quan hệ lần đầu");
    for code in &codes {
        for judge in ["gk1", "gk2"] {
            hand_in(&app, &format!("{judge}@example.org"), code, 7000).await;
        }
    }
    app.judge("Giám Khảo 3", "gk3@example.org").await;
    chair.get(SHARE).await.is(200).says("Không có bài nào cần chuyển");
    chair.post(SHARE, &forged).await.is(409).says("Có thay đổi kể từ lúc xem trước");
    chair.post("/c/nho/chair/closing", &[("sure".into(), "yes".into())]).await.is(303);
    chair.get(SHARE).await.is(200).says("Vòng chấm đã chốt");
    chair.post(SHARE, &forged).await.is(409).says("Vòng chấm đã chốt");
    assert_eq!(app.ask("select count(*)::text as line from record.event where verb = 'share_out'").await, ["0"]);
    assert_eq!(app.ask("select count(*)::text as line from blind.assignment where moved").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_that_is_old_is_shown_anew_and_a_second_press_moves_nothing() {
    let (app, chair, _) = dealt(8, 2).await;
    app.judge("Giám Khảo 3", "gk3@example.org").await;
    let old = chair.get(SHARE).await.is(200);
    old.says("Chuyển 5 bài");
    let one = of(&app, "gk1").await;
    open(&app, "gk1", &one).await;
    let anew = old.form(SHARE).fill("sure", "yes").submit().await.is(409);
    anew.says("Có thay đổi kể từ lúc xem trước").says("Chuyển 4 bài");
    assert_eq!(of(&app, "gk3").await.len(), 0);
    let (first, second) = tokio::join!(anew.form(SHARE).fill("sure", "yes").submit(), anew.form(SHARE).fill("sure", "yes").submit());
    let mut both = [first.status.as_u16(), second.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    assert_eq!((of(&app, "gk1").await, of(&app, "gk2").await.len(), of(&app, "gk3").await.len()), (one, 4, 4));
    assert_eq!(app.ask("select count(*)::text as line from record.event where verb = 'share_out'").await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_its_judge_is_opening_at_that_moment_stays() {
    let (app, chair, _) = dealt(4, 2).await;
    let (one, two) = (of(&app, "gk1").await, of(&app, "gk2").await);
    open(&app, "gk1", &one).await;
    open(&app, "gk2", &two[1..]).await;
    app.judge("Giám Khảo 3", "gk3@example.org").await;
    let page = chair.get(SHARE).await.is(200);
    page.says("Chuyển 1 bài");
    // the judge's transaction has opened it and is not through yet
    let mut judge = wear(&app, "judge", "gk2@example.org").await;
    ask(&mut judge, &format!("select blind.open_paper('{}')::text as line", two[0])).await.unwrap();
    let pressed = tokio::spawn(page.form(SHARE).fill("sure", "yes").submit());
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert!(!pressed.is_finished(), "the share waits for the judge");
    diesel_async::SimpleAsyncConnection::batch_execute(&mut judge, "commit").await.unwrap();
    pressed.await.unwrap().is(409).says("Có thay đổi kể từ lúc xem trước");
    assert_eq!((of(&app, "gk2").await, of(&app, "gk3").await.len()), (two, 0));
    replay_says(&chair, "Đúng.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_shares_and_the_database_takes_no_move_that_is_not_allowed() {
    let (app, _, _) = dealt(9, 3).await;
    let (one, two) = (of(&app, "gk1").await, of(&app, "gk2").await);
    open(&app, "gk1", &one[..1]).await;
    app.official("nho", "judge", "Giám Khảo 4", "gk4@example.org").await;
    declare(&app, "gk4@example.org", "", "tác giả 3").await;
    let people = [("clerk", "thuky@example.org"), ("judge", "gk1@example.org"), ("organizer", "btc2@example.org"), ("auditor", "giamsat@example.org")];
    app.official("nho", "organizer", "Ban Tổ Chức", "btc2@example.org").await;
    app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    for (hat, email) in people {
        let visitor = app.browser();
        visitor.sign_in(email).await;
        visitor.get(SHARE).await.is(404);
        visitor.post(SHARE, &[("sure".into(), "yes".into())]).await.is(404);
        for sql in ["blind.late_judges()::text", "(select count(*) from blind.unbegun())::text", "blind.begin_share()::text", "blind.share_out('[]', '')::text"] {
            let refused = ask(&mut wear(&app, hat, email).await, &format!("select {sql} as line")).await.unwrap_err();
            assert!(refused.contains("permission denied"), "{hat} {sql}: {refused}");
        }
    }
    let mut chairs = wear(&app, "chair", "truong@example.org").await;
    assert!(ask(&mut chairs, "select blind.share_out('[]', '')::text as line").await.unwrap_err().contains("permission denied"), "only inside the assignment's own hat");
    let mut dealer = wear(&app, "dealer", "truong@example.org").await;
    assert!(ask(&mut dealer, "select blind.share_out('[{}]', '')::text as line").await.unwrap_err().contains("a share outside a batch"));
    ask(&mut dealer, "select blind.begin_share()::text as line").await.unwrap();
    let avoided = codes_of(&app, "3").await.concat();
    let who = async |judge: &str| app.ask(&format!("select id::text as line from account.account where email_key = '{judge}@example.org'")).await.concat();
    let (gk1, gk2, gk3, gk4) = (who("gk1").await, who("gk2").await, who("gk3").await, who("gk4").await);
    let holder = pairs(&app).await.into_iter().find(|p| p.ends_with(&avoided)).map(|p| p[..3].to_owned()).unwrap();
    let free = one.iter().find(|c| !two.contains(c) && **c != avoided && **c != one[0]).unwrap();
    for (why, paper, from, to) in [
        ("opened", &one[0], &gk1, &gk4),
        ("not the giver's", free, &gk2, &gk4),
        ("to a judge who did not come late", free, &gk1, &gk2),
        ("to the judge who has it", free, &gk1, &gk3),
        ("to be avoided", &avoided, &who(&holder).await, &gk4),
    ] {
        let sql = format!(r#"select blind.share_out('[{{"paper": "{paper}", "from": "{from}", "to": "{to}"}}]', '')::text as line"#);
        assert!(ask(&mut dealer, &sql).await.unwrap_err().contains("deal_stale"), "{why}");
    }
    assert!(ask(&mut dealer, "select blind.share_out('[]', '')::text as line").await.unwrap_err().contains("deal_stale"));
}

async fn withdraw(chair: &Browser, app: &TestApp, judge: &str) {
    let id = app.ask(&format!("select id::text as line from account.account where email_key = '{judge}@example.org'")).await.concat();
    let fields = [("sheets".into(), "kept".into()), ("reason".into(), "Ốm, không chấm được".into()), ("sure".into(), "yes".into())];
    chair.post(&format!("/c/nho/chair/judges/{id}"), &fields).await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_given_to_a_late_judge_who_falls_ill_goes_back_to_its_giver() {
    let (app, chair, codes) = dealt(4, 2).await;
    let before = pairs(&app).await;
    app.judge("Giám Khảo 3", "gk3@example.org").await;
    share(&chair).await.is(303);
    assert!(!of(&app, "gk3").await.is_empty());
    withdraw(&chair, &app, "gk3").await;
    app.night().await;
    assert_eq!(pairs(&app).await, before, "nobody else is left, and the givers never began");
    assert_eq!(app.ask("select paper as line from blind.shortage").await, Vec::<String>::new());
    replay_says(&chair, "Đúng.").await;
    let giver = app.browser();
    giver.sign_in("gk1@example.org").await;
    for code in &codes {
        giver.get(&format!("/c/nho/marking/{code}")).await.is(200);
    }
    // what was given away and opened since is not given away again, and who sent a paper back does not get it
    super::recuse(&app, "gk1@example.org", &codes[0]).await;
    app.night().await;
    assert_eq!(app.ask("select paper as line from blind.shortage").await, [codes[0].clone()]);
    replay_says(&chair, "Đúng.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_mark_may_be_read_by_who_gave_the_paper_away() {
    let (app, chair, _) = dealt(4, 2).await;
    app.judge("Giám Khảo 3", "gk3@example.org").await;
    share(&chair).await.is(303);
    let code = of(&app, "gk3").await.concat()[..10].to_owned();
    let giver = if of(&app, "gk1").await.contains(&code) { "gk2" } else { "gk1" };
    for pair in pairs(&app).await {
        let (judge, paper) = pair.split_once(' ').unwrap();
        let total = if paper == code && judge == "gk3" { 4000 } else { 8000 };
        hand_in(&app, &format!("{judge}@example.org"), paper, total).await;
    }
    app.night().await;
    assert_eq!(
        app.ask("select split_part(a.email_key, '@', 1) || ' ' || x.paper as line from blind.assignment x join account.account a on a.id = x.judge where x.third").await,
        [format!("{giver} {code}")]
    );
    replay_says(&chair, "Đúng.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_could_read_before_a_share_can_be_excused_or_decided_after_it() {
    // one judge for two readings each: every paper lacks one
    let (app, chair, codes) = dealt(4, 1).await;
    app.judge("Giám Khảo 2", "gk2@example.org").await;
    share(&chair).await.is(303);
    let page = chair.get("/c/nho/chair").await.is(200);
    page.form("/c/nho/chair/excuses").fill("code", &codes[0]).fill("reason", "Chỉ có một giám khảo").submit().await.is(303);
    // a third mark for which there was nobody
    let (app, chair, codes) = dealt(6, 2).await;
    for (judge, total) in [("gk1", 8000), ("gk2", 4000)] {
        hand_in(&app, &format!("{judge}@example.org"), &codes[0], total).await;
    }
    app.night().await;
    app.judge("Giám Khảo 3", "gk3@example.org").await;
    share(&chair).await.is(303);
    chair.get("/c/nho/chair").await.says("Không còn ai: quyết điểm");
    let path = format!("/c/nho/chair/papers/{}", codes[0]);
    let form = chair.get(&path).await.is(200).form(&format!("{path}/mark"));
    form.fill("mark", "60").fill("reason", "Hai giám khảo, lệch nhiều").submit().await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_mark_that_a_share_only_carried_is_looked_for_as_soon_as_the_group_is_quiet() {
    let (app, chair, codes) = dealt(6, 2).await;
    for (judge, total) in [("gk1", 8000), ("gk2", 4000)] {
        hand_in(&app, &format!("{judge}@example.org"), &codes[0], total).await;
    }
    app.night().await;
    let kept = "select s.third::text || ' ' || s.carried as line from blind.shortage s where s.deal = blind.last_deal(s.contest)";
    assert_eq!(app.ask(kept).await, ["true false"]);
    app.judge("Giám Khảo 3", "gk3@example.org").await;
    share(&chair).await.is(303);
    assert_eq!(app.ask(kept).await, ["true true"]);
    for pair in pairs(&app).await {
        let (judge, paper) = pair.split_once(' ').unwrap();
        if paper != codes[0] {
            hand_in(&app, &format!("{judge}@example.org"), paper, 8000).await;
        }
    }
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    let thirds = "select split_part(a.email_key, '@', 1) || ' ' || x.paper as line from blind.assignment x join account.account a on a.id = x.judge where x.third";
    assert_eq!(app.ask(thirds).await, [format!("gk3 {}", codes[0])]);
    // what was looked for in vain is not looked for every minute
    withdraw(&chair, &app, "gk3").await;
    let deals = "select count(*)::text as line from blind.deal";
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    let once = app.ask(deals).await;
    phach::judging::batch::pass_due(&app.site).await.unwrap();
    assert_eq!(app.ask(deals).await, once);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_reading_that_nobody_was_left_for_is_no_third_mark_and_the_last_assignment_is_the_one_with_the_last_seed() {
    // one judge for two readings: every paper lacks one
    let (app, _, codes) = dealt(4, 1).await;
    let short = async || app.ask(&format!("select blind.unfilled(p)::text as line from blind.paper p where code = '{}'", codes[0])).await.concat();
    assert_eq!(short().await, "1");
    app.execute(&format!("update blind.paper set third_wanted = true where code = '{}'", codes[0])).await;
    assert_eq!(short().await, "0");
    app.execute(&format!("update blind.paper set third_wanted = false where code = '{}'", codes[0])).await;
    // an assignment that began earlier and waited for the one before it
    app.judge("Giám Khảo 2", "gk2@example.org").await;
    app.night().await;
    let last = "select d.seed::text as line from blind.deal d where d.id = blind.last_deal(d.contest)";
    let seed = app.ask(last).await;
    app.execute(&format!("update blind.deal set at = at - interval '9 days' where seed = {}", seed.concat())).await;
    assert_eq!(app.ask(last).await, seed);
    assert_eq!(app.ask("select max(seed)::text as line from blind.deal").await, seed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_does_not_go_out_in_the_moment_in_which_its_paper_leaves() {
    let (app, _, _) = dealt(4, 2).await;
    let code = of(&app, "gk1").await[0].clone();
    let judge = app.browser();
    judge.sign_in("gk1@example.org").await;
    for path in [format!("/c/nho/marking/{code}"), "/c/nho/marking/print".to_owned()] {
        app.execute(&format!("update blind.assignment set state = 'open', moved = false, opened = false where paper = '{code}'")).await;
        let mut batch = app.admin().await;
        let taken = format!(
            "begin; update blind.assignment x set state = 'recused', moved = true from account.account a where a.id = x.judge and a.email_key = 'gk1@example.org' and x.paper = '{code}' and not x.opened"
        );
        diesel_async::SimpleAsyncConnection::batch_execute(&mut batch, &taken).await.unwrap();
        let reading = {
            let (judge, path) = (judge.clone(), path.clone());
            tokio::spawn(async move { judge.get(&path).await })
        };
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        assert!(!reading.is_finished(), "{path} waits for the batch");
        diesel_async::SimpleAsyncConnection::batch_execute(&mut batch, "commit").await.unwrap();
        let seen = reading.await.unwrap();
        assert!([404, 503].contains(&seen.status.as_u16()), "{path}: {}", seen.status);
        seen.hides("Thân bài");
    }
    judge.get("/c/nho/marking/print").await.is(200).hides(&code);
}
