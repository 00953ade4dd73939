//! Between the seal and the publication, and after it: desk and contestant are offered what the database allows, and told who can do the rest.
use crate::after_cut_repair::{asked, author, id_of};
use crate::hats::{ask, wear};
use crate::results::{sealed, turn};
use crate::support::TestApp;

const SEALED: &str = "Xếp hạng đã niêm phong";

#[tokio::test(flavor = "multi_thread")]
async fn after_the_seal_the_desk_is_offered_no_striking_out_no_new_text_and_told_who_can() {
    let app = TestApp::spawn().await;
    let (_, organizer, last4) = sealed(&app).await;
    let clerk = app.browser();
    clerk.sign_in("thuky@example.org").await;
    let id = id_of(&app, 2).await;
    let (own, text) = (format!("/c/nho/desk/{id}"), format!("/c/nho/desk/{id}/text"));
    for published in [false, true] {
        if published {
            let chair = app.browser();
            chair.sign_in("khoa2@example.org").await;
            turn(&organizer, &last4).await.is(303);
            turn(&chair, &last4).await.is(303);
            organizer.get("/c/nho/collectives").await.form("/c/nho/publication").fill("sure", "yes").submit().await.is(303);
        }
        let page = clerk.get(&own).await.is(200);
        page.says(SEALED).says("hai người giữ khóa cùng quyết định loại");
        let links = page.attrs("main a", "href");
        assert!(!links.contains(&format!("{own}/after-cut")) && links.contains(&text), "{links:?}");
        clerk.get(&format!("{own}/after-cut")).await.is(200).says("hai người giữ khóa");
        for path in [format!("{own}/after-cut"), text.clone(), format!("{own}/authors")] {
            let forms = clerk.get(&path).await.is(200).says(SEALED).attrs("main form", "action");
            assert_eq!(forms, Vec::<String>::new(), "{path}");
        }
    }
    // and the database says the same to whoever sends a form of an earlier page
    let reason = ("reason".to_owned(), "Chép nguyên một bài báo.".to_owned());
    let strike = clerk.post(&format!("{own}/after-cut/striking-out"), &[reason.clone(), ("sure".into(), "yes".into())]).await.is(409);
    strike.says("hai người giữ khóa").says("Chép nguyên một bài báo.");
    let body = ("body".to_owned(), "Một văn bản khác.".to_owned());
    let fields = [("how".into(), "masked".into()), ("title".into(), "Tên bài 2".into()), body, reason, ("seen".into(), "0".into()), ("do".into(), "keep".into())];
    let kept = clerk.post(&text, &fields).await.is(409);
    kept.says(SEALED).says("Văn bản bạn vừa gõ");
    assert!(kept.body.contains("Một văn bản khác."), "what was typed is lost");
    clerk.post(&format!("{own}/repair"), &[("message".into(), "Thiếu trang hai.".into()), ("days".into(), "7".into())]).await.is(409).says("Thiếu trang hai.");
    assert_eq!(app.ask("select count(*)::text as line from named.amendment").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_before_the_seal_and_not_decided_is_ended_with_a_word_and_no_more() {
    let app = TestApp::spawn().await;
    let (_, _, _) = sealed(&app).await;
    let clerk = app.browser();
    clerk.sign_in("thuky@example.org").await;
    let (one, two, three) = (id_of(&app, 1).await, id_of(&app, 2).await, id_of(&app, 3).await);
    // as they stood when the seal came
    app.execute(&format!("select named.raise_flag('{one}', 'withdrawal-asked')")).await;
    app.execute(&format!(
        "insert into named.report(entry, contest, kind, paragraph, day) select id, contest, 'identity-seen', 1, phach.now()::date from named.entry where id = '{two}';
         update named.entry set flags = flags | named.flag_bit('report-came') where id = '{two}'; insert into named.flag(entry, contest, kind) select id, contest, 'report-came' from named.entry where id = '{two}'"
    ))
    .await;
    app.execute(&format!(
        "with r as (insert into named.repair(entry, contest, message, due_at, clerk) select e.id, e.contest, 'Thiếu trang hai.', phach.now() + interval '7 days', h.account
             from named.entry e join account.hat h on h.contest = e.contest and h.hat = 'clerk' where e.id = '{three}' returning *)
           insert into named.repaired(id, repair, entry, contest, account, sha256, body, words, sent_at)
           select gen_random_uuid(), r.id, r.entry, r.contest, e.account, sha256('x'), 'Bản sửa đủ trang.', 4, phach.now() from r join named.entry e on e.id = r.entry;
         select named.raise_flag('{three}', 'repair-came')"
    ))
    .await;
    // a withdrawal is neither granted nor asked for again; the desk notes what it said
    let page = clerk.get(&format!("/c/nho/desk/{one}")).await.is(200);
    page.says("không cho rút được nữa").hides("Xem và cho rút");
    let note = |kind: &str| vec![("kind".to_owned(), kind.to_owned()), ("note".to_owned(), "Đã viết cho tác giả.".to_owned())];
    let (mine, own) = (author(&app, 1).await, format!("/c/nho/entries/{one}"));
    mine.get(&own).await.is(200).says("được niêm phong trước khi bài được rút");
    clerk.post(&format!("/c/nho/desk/{one}/flags"), &note("withdrawal-asked")).await.is(303);
    let page = mine.get(&own).await.is(200);
    page.says("bài không rút được nữa").hides("Xin rút bài");
    mine.post(&format!("{own}/withdrawal"), &[]).await.is(409).says("không rút được nữa");
    let mut conn = wear(&app, "contestant", "tacgia1@example.org").await;
    assert!(ask(&mut conn, &format!("select named.ask_withdrawal('{one}')::text as line")).await.unwrap_err().contains("withdrawal_sealed"));
    drop(conn);
    assert_eq!(app.ask(&format!("select flags::text as line from named.entry where id = '{one}'")).await, ["0"]);
    // a report has no answer any more, and a note settles it
    let text = clerk.get(&format!("/c/nho/desk/{two}/text")).await.is(200);
    text.says("Ban giám khảo báo").says("không trả lời được nữa");
    assert_eq!(text.attrs("main form", "action"), Vec::<String>::new());
    clerk.get(&format!("/c/nho/desk/{two}")).await.form(&format!("/c/nho/desk/{two}/flags")).fill("note", "Đã báo Trưởng ban.").submit().await.is(303);
    assert_eq!(app.ask(&format!("select flags::text as line from named.entry where id = '{two}'")).await, ["0"]);
    // what an author sent is not taken any more, but answered
    let text = clerk.get(&format!("/c/nho/desk/{three}/text")).await.is(200);
    let decision = format!("/c/nho/desk/{three}/repair/decision");
    text.says("không nhận được nữa");
    assert_eq!((text.all("button[value=take]").len(), text.all("button[value=decline]").len()), (0, 1));
    text.form(&decision).fill("do", "decline").fill("unusable", "Xếp hạng đã niêm phong trước khi xem.").submit().await.is(303);
    author(&app, 3).await.get(&format!("/c/nho/entries/{three}")).await.says("Xếp hạng đã niêm phong trước khi xem.");
    asked_is_gone(&clerk, &three).await;
}

async fn asked_is_gone(clerk: &crate::support::Browser, id: &str) {
    assert_eq!(clerk.get(&format!("/c/nho/desk/{id}/text")).await.is(200).attrs("main form", "action"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_cut_cannot_become_valid_once_the_ranking_is_sealed() {
    let app = TestApp::spawn().await;
    sealed(&app).await;
    let clerk = app.browser();
    clerk.sign_in("thuky@example.org").await;
    // refused before the cut, and found again afterwards
    let id = id_of(&app, 6).await;
    app.execute(&format!(
        "set session_replication_role = replica; update named.entry set state = 'refused', cut = false where id = '{id}'; delete from slip.pair where entry = '{id}'"
    ))
    .await;
    let path = format!("/c/nho/desk/{id}");
    let page = clerk.get(&path).await.is(200);
    page.says("xếp hạng đã niêm phong nên bài không còn vào vòng chấm");
    assert_eq!(page.attrs("input[name=verdict][disabled]", "value"), ["valid", "query"]);
    let mut conn = wear(&app, "clerk", "thuky@example.org").await;
    let call = format!("select named.screen('{id}', 1, 'valid', '')::text as line");
    assert!(ask(&mut conn, &call).await.unwrap_err().contains("valid_sealed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn until_the_seal_all_of_it_is_offered() {
    let app = TestApp::spawn().await;
    crate::results::closed(&app, [9000, 8000, 8000, 7000, 6000, 5000]).await;
    let clerk = app.browser();
    clerk.sign_in("thuky@example.org").await;
    let id = id_of(&app, 2).await;
    let links = clerk.get(&format!("/c/nho/desk/{id}")).await.is(200).hides(SEALED).attrs("main a", "href");
    assert!(links.contains(&format!("/c/nho/desk/{id}/after-cut")) && links.contains(&format!("/c/nho/desk/{id}/text")), "{links:?}");
    asked(&clerk, &id).await;
    author(&app, 3).await.get(&format!("/c/nho/entries/{}", id_of(&app, 3).await)).await.says("Xin rút bài").hides(SEALED);
}
