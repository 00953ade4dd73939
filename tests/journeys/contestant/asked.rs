//! What the rules ask beside the work: declarations to tick, questions to answer.
use super::{entry_of, filled, form, new_entry, received, start, submitted};
use crate::support::{Filling, Seen, TestApp};

const WROTE: &str = "01900000-0000-7000-8000-0000000000d1";
const CLASS: &str = "01900000-0000-7000-8000-0000000000e1";
const HOW: &str = "01900000-0000-7000-8000-0000000000e2";
const FRIEND: &str = "01900000-0000-7000-8000-0000000000f1";

/// One declaration; a required question in words; one with two choices that may stay open.
async fn ask(app: &TestApp) {
    app.execute(&format!(
        "insert into contest.declaration(id, contest, key, text_vi, text_en, position) values
           ('{WROTE}', '01900000-0000-7000-8000-000000000001', 'tu-viet', 'Tôi tự viết bài này, chưa đăng ở đâu.', 'I wrote this myself; it is unpublished.', 1);
         insert into contest.question(id, contest, key, text_vi, text_en, kind, required, position) values
           ('{CLASS}', '01900000-0000-7000-8000-000000000001', 'lop', 'Bạn học lớp mấy?', 'What grade are you in?', 'text', true, 1),
           ('{HOW}', '01900000-0000-7000-8000-000000000001', 'biet', 'Bạn biết cuộc thi qua đâu?', 'How did you hear of us?', 'choice', false, 2);
         insert into contest.question_choice(id, contest, question, key, name_vi, name_en, position) values
           ('{FRIEND}', '01900000-0000-7000-8000-000000000001', '{HOW}', 'ban', 'Qua bạn bè', 'From friends', 1),
           ('01900000-0000-7000-8000-0000000000f2', '01900000-0000-7000-8000-000000000001', '{HOW}', 'bao', 'Qua báo', 'From a paper', 2)"
    ))
    .await;
}

fn declare() -> String {
    format!("declare_{WROTE}")
}
fn answer(question: &str) -> String {
    format!("answer_{question}")
}
/// All that is asked, answered.
fn answered(page: &Seen) -> Filling {
    filled(page).fill(&declare(), "yes").fill(&answer(CLASS), "Lớp 8A, trường Cửa Biển").fill(&answer(HOW), FRIEND)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_left_open_and_a_declaration_not_ticked_are_named_and_nothing_typed_is_lost() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    ask(&app).await;
    let page = new_entry(&browser).await;
    page.says("1. Bạn học lớp mấy?").says("Tối đa 500 ký tự").says("1. Tôi tự viết bài này").says("giám khảo không đọc");
    let seen = filled(&page).fill(&answer(HOW), FRIEND).fill("do", "submit").submit().await.is(422);
    assert_eq!(seen.attrs(".errors a", "href"), [format!("#{}", answer(CLASS)), format!("#{}", declare())]);
    seen.says("Câu hỏi 1: hãy trả lời").says("Cam đoan 1: đọc rồi đánh dấu");
    assert_eq!(form(&seen).value(&answer(HOW)), Some(FRIEND));
    assert_eq!(form(&seen).value("title"), Some("Tủ sách ở nhà văn hóa thôn"));
    // the ticked and the answered stay in the draft
    let seen = form(&seen).fill(&declare(), "yes").fill("do", "save").submit().await.is(303).follow().await;
    assert_eq!(form(&seen).value(&declare()), Some("yes"));
    let long = form(&seen).fill(&answer(CLASS), &"ă".repeat(501)).fill("do", "submit").submit().await.is(422);
    long.says("dài tối đa 500 ký tự");
    assert_eq!(received(&app).await, "0");
    form(&long).fill(&answer(CLASS), &"ă".repeat(500)).fill("do", "submit").submit().await.is(303);
    assert_eq!(received(&app).await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_stand_on_the_receipt_and_at_the_desk_in_the_words_that_the_rules_had() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    ask(&app).await;
    let page = new_entry(&browser).await;
    let receipt = answered(&page).fill("do", "submit").submit().await.is(303).follow().await.is(200);
    receipt.says("Bạn học lớp mấy?Lớp 8A, trường Cửa Biển").says("Bạn biết cuộc thi qua đâu?Qua bạn bè").says("Cam đoanTôi tự viết bài này");
    app.execute("update contest.question set text_vi = 'Bạn học trường nào?' where key = 'lop'").await;
    let clerk = app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    let id = app.ask("select id::text as line from named.entry").await.concat();
    let at_desk = format!("/c/nho/desk/{id}");
    clerk.get(&at_desk).await.is(200).says("Bạn học lớp mấy?Lớp 8A, trường Cửa Biển").says("Qua bạn bè").says("Cam đoanTôi tự viết bài này").hides("trường nào");
    // a version that replaces it is asked anew, with what was answered before
    let page = entry_of(&browser, &receipt).await;
    assert_eq!((form(&page).value(&answer(CLASS)), form(&page).value(&answer(HOW))), (Some("Lớp 8A, trường Cửa Biển"), Some(FRIEND)));
    page.says("Bạn học trường nào?");
    let again = form(&page).fill(&answer(CLASS), "Trường Cửa Biển").fill(&answer(HOW), "").fill("do", "submit").submit().await.is(303).follow().await;
    again.says("Bạn học trường nào?Trường Cửa Biển").hides("Qua bạn bè");
    clerk.get(&at_desk).await.is(200).says("Bạn học trường nào?Trường Cửa Biển");
    clerk.get(&format!("{at_desk}/changes")).await.is(200).says("Bạn học lớp mấy?: Lớp 8A, trường Cửa Biển").says("Bạn học trường nào?: Trường Cửa Biển");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_outside_the_list_is_refused_by_the_form_and_by_the_database() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    ask(&app).await;
    let page = new_entry(&browser).await;
    let seen = answered(&page).fill(&answer(HOW), "<b>khác</b>").fill("do", "submit").submit().await.is(422);
    seen.says("Câu hỏi 2: chọn một trong các câu trả lời");
    // a choice of no question, a question of no contest: the first is refused, the second is nobody's
    let seen = answered(&seen).fill(&answer(HOW), WROTE).fill("do", "submit").submit().await.is(422);
    let stray = answered(&seen).fill("answer_01900000-0000-7000-8000-00000000eeee", "lạc").fill("do", "submit").submit().await.is(303).follow().await;
    stray.hides("lạc</dd>");
    for (asked, why) in [
        ("{}", "declaration_missing"),
        (&format!(r#"{{"declared": ["{WROTE}"]}}"#), "answer_missing"),
        (&format!(r#"{{"declared": ["{WROTE}"], "answers": {{"{CLASS}": "8", "{HOW}": "{WROTE}"}}}}"#), "answer_unfit"),
        (&format!(r#"{{"declared": ["{WROTE}"], "answers": {{"{CLASS}": "{}"}}}}"#, "a".repeat(501)), "answer_unfit"),
        (&format!(r#"{{"declared": ["{WROTE}"], "answers": {{"{CLASS}": "8"}}}}"#), "taken"),
    ] {
        assert_eq!(by_hand(&app, asked).await, why, "{asked}");
    }
}

/// A version written past the form; the name by which Postgres refuses it.
async fn by_hand(app: &TestApp, asked: &str) -> String {
    let asked = asked.replace('\'', "''");
    app.execute(&format!(
        "create table if not exists public.said(why text); truncate public.said;
         do $$ declare v uuid := gen_random_uuid(); e named.entry; begin
           select * into e from named.entry limit 1;
           perform set_config('phach.account', e.account::text, true), set_config('phach.contest', e.contest::text, true);
           begin
             insert into named.version(id, entry, contest, account, category, title, body, words, sha256, asked)
               values (v, e.id, e.contest, e.account, e.category, 'Tên', 'chữ', 1, sha256('x'), '{asked}');
             insert into named.author(version, position, contest, account, name) values (v, 1, e.contest, e.account, 'An');
             perform named.receive(v, e.id);
             insert into public.said values ('taken');
           exception when others then insert into public.said values (sqlerrm); end;
         end $$"
    ))
    .await;
    app.ask("select replace(why, 'refused: ', '') as line from public.said").await.concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_ask_something_new_while_the_form_is_open_are_met_by_the_database() {
    let app = TestApp::spawn().await;
    let browser = start(&app).await;
    let receipt = submitted(&browser).await;
    receipt.hides("Cam đoan");
    let page = entry_of(&browser, &receipt).await;
    // a draft of before: without a word of answers, it opens and is asked
    app.execute("update named.draft set asked = '{}'").await;
    ask(&app).await;
    let page = browser.get(&page.path).await.is(200);
    page.says("Bạn học lớp mấy?");
    form(&page).fill("do", "submit").submit().await.is(422).says("Cam đoan 1");
    assert_eq!(received(&app).await, "1");
}
