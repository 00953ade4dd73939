//! Repaired texts under attack: foreign entries and contests, a second clerk, an entry that ends, one that nobody has claimed, a session
//! that ended.
use diesel_async::SimpleAsyncConnection;

use crate::after_cut_repair::{ASKED, asked, author, cut, id_of};
use crate::hats::{ask, wear};
use crate::support::PASSWORD;

const S: &str = r#"{"body": "Bản sửa.", "words": 2, "typed": "", "warnings": [], "file": null}"#;

#[tokio::test(flavor = "multi_thread")]
async fn only_the_author_answers_only_the_desk_of_the_contest_decides_and_the_blind_side_sees_nothing() {
    let (app, clerk) = cut(5).await;
    let stranger = app.another_contest().await;
    app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    let (two, three) = (id_of(&app, 2).await, id_of(&app, 3).await);
    asked(&clerk, &two).await;
    let repair = app.ask("select id::text as line from named.repair").await.concat();
    let (keep, send) =
        (format!("select named.keep_repaired('{two}', '{repair}', '01900000-0000-7000-8000-0000000000aa', '{S}')::text as line"), "01900000-0000-7000-8000-0000000000aa");
    let send = format!("select named.send_repaired('{two}', '{send}')::text as line");
    let came = "01900000-0000-7000-8000-0000000000aa";
    let desk = [
        format!("select named.ask_repair('{three}', '{ASKED}', 7)::text as line"),
        format!("select named.take_back_repair('{two}', '{repair}')::text as line"),
        format!("select named.take_repaired('{two}', '{repair}', '{came}', 0, 'Đủ trang hai')::text as line"),
        format!("select named.decline_repaired('{two}', '{repair}', '{came}', 'Vẫn thiếu')::text as line"),
    ];
    // each function for its hat alone, each row for its own eyes
    for hat in ["public", "contestant", "worker", "reader", "judge", "chair", "dealer", "organizer", "auditor"] {
        let mut conn = wear(&app, hat, "truong@example.org").await;
        for call in &desk {
            assert!(ask(&mut conn, call).await.unwrap_err().contains("permission denied"), "{hat} {call}");
        }
        if hat == "contestant" {
            continue;
        }
        for call in [
            &keep,
            &send,
            &format!("select named.may_repair('{two}')::text as line"),
            &"select message as line from named.repair".into(),
            &"select body as line from named.repaired".into(),
        ] {
            assert!(ask(&mut conn, call).await.unwrap_err().contains("permission denied"), "{hat} {call}");
        }
    }
    // somebody else's entry is not there
    let mut other = wear(&app, "contestant", "tacgia3@example.org").await;
    for call in [&keep, &send] {
        assert!(ask(&mut other, call).await.unwrap_err().contains("enter_not_found"), "{call}");
    }
    assert_eq!(ask(&mut other, &format!("select named.may_repair('{two}')::text as line")).await.unwrap(), ["false"]);
    assert_eq!(ask(&mut other, "select message as line from named.repair").await.unwrap(), Vec::<String>::new());
    assert!(ask(&mut other, "insert into named.repaired(id) values (gen_random_uuid()) returning id::text as line").await.unwrap_err().contains("permission denied"));
    drop(other);
    // the author: no request of another entry, nothing without a request, nothing that a row cannot hold
    let mut own = wear(&app, "contestant", "tacgia2@example.org").await;
    for (hostile, word) in [
        (keep.replace(&repair, came), "repair_gone"),
        (send.clone(), "repair_newer"),
        (keep.replace("Bản sửa.", ""), "repaired_body_check"),
        (keep.replace("\"Bản sửa.\"", "null"), "null value"),
        (keep.replace("\"file\": null", "\"file\": {\"storage_key\": \"k\", \"bytes\": 3, \"sha256\": \"00\"}"), "repaired_"),
    ] {
        let refused = ask(&mut own, &hostile).await.unwrap_err();
        assert!(refused.contains(word), "{hostile}: {refused}");
    }
    ask(&mut own, &keep).await.unwrap();
    own.batch_execute("commit").await.unwrap();
    let mut without = wear(&app, "contestant", "tacgia3@example.org").await;
    assert!(ask(&mut without, &keep.replace(&two, &three)).await.unwrap_err().contains("repair_gone"));
    drop(without);
    // read and not sent, it is not the desk's to see, to take or to refuse
    let mut conn = wear(&app, "clerk", "thuky@example.org").await;
    assert_eq!(ask(&mut conn, "select body as line from named.repaired").await.unwrap(), Vec::<String>::new());
    assert!(ask(&mut conn, "select typed as line from named.repaired").await.unwrap_err().contains("permission denied"));
    for call in [&desk[2], &desk[3], &desk[2].replace(&format!("'{came}'"), "null")] {
        assert!(ask(&mut conn, call).await.unwrap_err().contains("repair_decided"), "{call}");
    }
    // nor does the desk write what only an author can repair
    let own_hand = format!("select named.amend('{two}', 0, 'repaired', 'Tên bài 2', 'Bản của Thư ký.', 'Gõ lại')::text as line");
    assert!(ask(&mut conn, &own_hand).await.unwrap_err().contains("form_unreadable"));
    drop(conn);
    let mut own = wear(&app, "contestant", "tacgia2@example.org").await;
    ask(&mut own, &send).await.unwrap();
    own.batch_execute("commit").await.unwrap();
    let mut own = wear(&app, "contestant", "tacgia2@example.org").await;
    ask(&mut own, &send).await.unwrap(); // a second press
    assert!(ask(&mut own, &keep).await.unwrap_err().contains("repair_sent"));
    drop(own);
    // another contest's clerk, in the database and on pages
    let mut conn = wear(&app, "clerk", "thukykhac@example.org").await;
    conn.batch_execute("select set_config('phach.contest', '01900000-0000-7000-8000-0000000000ff', true)").await.unwrap();
    for call in &desk {
        assert!(ask(&mut conn, call).await.unwrap_err().contains("enter_not_found"), "{call}");
    }
    assert_eq!(ask(&mut conn, "select body as line from named.repaired").await.unwrap(), Vec::<String>::new());
    drop(conn);
    let (third, second) = (author(&app, 3).await, author(&app, 2).await);
    for slug in ["nho", "khac"] {
        for path in ["repair", "repair/decision"] {
            stranger.post(&format!("/c/{slug}/desk/{two}/{path}"), &[("do".into(), "take".into())]).await.is(404);
        }
        stranger.get(&format!("/c/{slug}/desk/{two}/repair/original?came={came}")).await.is(404);
        third.post(&format!("/c/{slug}/entries/{two}/repair"), &[("do".into(), "send".into()), ("came".into(), came.into())]).await.is(404);
        third.get(&format!("/c/{slug}/entries/{two}/repair/original?came={came}")).await.is(404);
    }
    third.get(&format!("/c/nho/entries/{three}/repair/original?came={came}")).await.is(404);
    second.get(&format!("/c/nho/entries/{two}/repair/original?came={came}")).await.is(200);
    // a page that showed other amendments takes nothing; a second clerk meanwhile is told
    let mut conn = wear(&app, "clerk", "thuky@example.org").await;
    assert!(ask(&mut conn, &desk[2].replace(", 0, ", ", 1, ")).await.unwrap_err().contains("amended_meanwhile"));
    for why in ["'vì'", "null", "repeat('x', 501)"] {
        assert!(ask(&mut conn, &desk[2].replace("'Đủ trang hai'", why)).await.unwrap_err().contains("reason_needed"), "{why}");
    }
    for why in ["'vì'", "null", "repeat('x', 2001)"] {
        assert!(ask(&mut conn, &desk[3].replace("'Vẫn thiếu'", why)).await.unwrap_err().contains("repair_answer"), "{why}");
    }
    for (call, word) in [
        (desk[0].replace("7)", "0)"), "repair_days"),
        (desk[0].replace("7)", "31)"), "repair_days"),
        (desk[0].replace("7)", "null)"), "repair_days"),
        (desk[0].replace(ASKED, "  hở "), "repair_message"),
        (desk[0].replace(&three, &two), "repair_open"),
    ] {
        assert!(ask(&mut conn, &call).await.unwrap_err().contains(word), "{call}");
    }
    let shown = clerk.get(&format!("/c/nho/desk/{two}/text")).await.is(200);
    ask(&mut conn, &format!("select named.amend('{two}', 0, 'masked', 'Tên bài 2', 'Bản đã che.', 'Che tên trường')::text as line")).await.unwrap();
    conn.batch_execute("commit").await.unwrap();
    let decision = format!("/c/nho/desk/{two}/repair/decision");
    let told = shown.form(&decision).fill("do", "take").fill("taking", "Đủ trang hai").submit().await.is(409);
    told.says("Một người khác vừa thay văn bản").form(&decision).fill("do", "take").submit().await.is(303);
    assert_eq!(app.ask("select n || ' ' || how || ' ' || body as line from named.amendment order by n").await, ["1 masked Bản đã che.", "2 repaired Bản sửa."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_ends_with_its_entry_and_none_is_made_before_the_cut() {
    let (app, clerk) = cut(5).await;
    let (two, three) = (id_of(&app, 2).await, id_of(&app, 3).await);
    asked(&clerk, &two).await;
    let path = format!("/c/nho/desk/{two}/after-cut");
    clerk.get(&path).await.form(&format!("{path}/striking-out")).fill("reason", "Chép bài của người khác.").fill("sure", "yes").submit().await.is(303);
    assert_eq!(app.ask("select r.ended || ' ' || e.flags as line from named.repair r join named.entry e on e.id = r.entry").await, ["entry-ended 0"]);
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where kind like 'repair%'").await, ["1"], "only that it was asked for");
    author(&app, 2).await.get(&format!("/c/nho/entries/{two}")).await.is(200).hides("repair-name");
    let mut conn = wear(&app, "clerk", "thuky@example.org").await;
    assert!(ask(&mut conn, &format!("select named.ask_repair('{two}', '{ASKED}', 7)::text as line")).await.unwrap_err().contains("entry_ended"));
    drop(conn);
    app.execute(&format!("update named.entry set cut = false where id = '{three}'")).await;
    clerk.post(&format!("/c/nho/desk/{three}/repair"), &[("message".into(), ASKED.into()), ("days".into(), "7".into())]).await.is(404);
    let mut conn = wear(&app, "clerk", "thuky@example.org").await;
    assert!(ask(&mut conn, &format!("select named.ask_repair('{three}', '{ASKED}', 7)::text as line")).await.unwrap_err().contains("entry_not_cut"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_by_post_and_nobody_has_claimed_is_asked_for_on_paper_and_typed_by_the_desk() {
    let (app, clerk) = cut(5).await;
    let id = id_of(&app, 4).await;
    app.execute(&format!(
        "update named.entry set account = null, by_post = true where id = '{id}';
         insert into named.envelope(entry, contest, postmark, arrived_at, condition, clerk) select '{id}', e.contest, null, phach.now(), 'whole', a.id
           from named.entry e, account.account a where e.id = '{id}' and a.email_key = 'thuky@example.org'"
    ))
    .await;
    let path = format!("/c/nho/desk/{id}/text");
    let page = clerk.get(&path).await.is(200);
    page.says("chưa có tài khoản nào nhận, nên không hỏi qua mạng được");
    assert!(!page.attrs("form", "action").contains(&format!("/c/nho/desk/{id}/repair")));
    clerk.post(&format!("/c/nho/desk/{id}/repair"), &[("message".into(), ASKED.into()), ("days".into(), "7".into())]).await.is(409).says("không hỏi qua mạng được");
    let seen = page.form(&path).fill("how", "repaired").fill("body", "Bản đủ trang, gõ từ giấy.").fill("do", "see").submit().await.is(200);
    assert_eq!(seen.attrs("input[name=how][checked]", "value"), ["repaired"]);
    seen.form(&path).fill("reason", "Tác giả gửi lại bằng giấy.").fill("do", "keep").submit().await.is(303).follow().await.says("Đã ghi văn bản mới");
    assert_eq!(app.ask("select how || ' ' || body as line from named.amendment").await, ["repaired Bản đủ trang, gõ từ giấy."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_a_repaired_text_is_typed_loses_nothing() {
    let (app, clerk) = cut(5).await;
    let id = id_of(&app, 2).await;
    let browser = app.person("Tác Giả Hai", "hai@example.org").await;
    app.execute(&format!("update named.entry set account = (select id from account.account where email_key = 'hai@example.org') where id = '{id}'; update named.draft set account = e.account from named.entry e where e.id = entry and e.id = '{id}'")).await;
    asked(&clerk, &id).await;
    let (own, to) = (format!("/c/nho/entries/{id}"), format!("/c/nho/entries/{id}/repair"));
    let page = browser.get(&own).await.is(200);
    app.execute("delete from account.session where account = (select id from account.account where email_key = 'hai@example.org')").await;
    let out = page.form(&to).fill("by", "text").fill("repaired", "Gõ rất lâu.").fill("do", "read").submit().await.is(401);
    let wrong = out.form(&format!("{own}/sign-in")).fill("email", "hai@example.org").fill("password", "nhầm mật khẩu").submit().await.is(422);
    let back = wrong.form(&format!("{own}/sign-in")).fill("email", "hai@example.org").fill("password", PASSWORD).submit().await.is(200);
    assert_eq!(back.form(&to).value("repaired"), Some("Gõ rất lâu."));
    assert_eq!(app.ask(&format!("select body as line from named.draft where entry = '{id}'")).await, ["Thân bài số 2"], "no draft: the work as it was sent stands there");
    back.form(&to).fill("do", "read").submit().await.is(303).follow().await.says("Gõ rất lâu.").says("chưa gửi");
    let _ = browser;
}
