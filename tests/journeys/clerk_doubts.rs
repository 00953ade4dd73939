//! Doubts that the program raises: what they mean, how the desk finds and settles them, when they come again. And what the
//! desk's checks and lists say of guardians and answers.
use crate::clerk::{by, desk};
use crate::support::{Browser, Seen, Sent, TestApp};

fn doubt_kinds(page: &Seen) -> Vec<String> {
    page.attrs("section.flag", "id")
}

async fn settle(clerk: &Browser, entry: &str, kind: &str) {
    let fields = [("kind".into(), kind.into()), ("note".into(), "Đã gọi điện, hai người".into())];
    clerk.post(&format!("/c/nho/desk/{entry}/flags"), &fields).await.is(303);
}

/// The same pupil, by two accounts.
async fn twice(app: &TestApp) -> (String, String) {
    let first = app.received(Sent { phone: "0912 345 678", ..by("Đặng Thị Hòa", "hoa@example.org", "Đường về bản") }).await;
    let again = app.received(Sent { phone: "+84 912 345 678", ..by("Dang Thi Hoa", "hoa2@example.org", "Nước sạch") }).await;
    (first, again)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_whom_two_accounts_send_for_is_a_doubt_that_leads_to_the_other_entry() {
    let (app, clerk) = desk().await;
    let (first, again) = twice(&app).await;
    app.received(Sent { phone: "0912 345 679", ..by("Đặng Thị Hòa", "hoa3@example.org", "Bài khác") }).await;
    let page = clerk.get(&format!("/c/nho/desk/{again}")).await.is(200);
    assert_eq!(doubt_kinds(&page), ["flag-same-person"]);
    page.says("do tài khoản khác gửi").says("Xem cùng: Bài 1");
    assert_eq!(page.attrs("section.flag a", "href"), [format!("/c/nho/desk/{first}")]);
    assert_eq!(doubt_kinds(&clerk.get(&format!("/c/nho/desk/{first}")).await), Vec::<String>::new());
    let found = clerk.get("/c/nho/desk?flag=same-person").await.is(200);
    assert_eq!(found.all(".queue tbody td:first-child a"), ["2"]);
    // settled, with what was found; it shows with the past
    settle(&clerk, &again, "same-person").await;
    let page = clerk.get(&format!("/c/nho/desk/{again}")).await;
    assert_eq!(doubt_kinds(&page), Vec::<String>::new());
    page.says("Đã gọi điện, hai người").says("Xem cùng: Bài 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_settled_comes_again_only_for_another_entry() {
    let (app, clerk) = desk().await;
    let (_, again) = twice(&app).await;
    settle(&clerk, &again, "same-person").await;
    let sent = Sent { phone: "0912345678", ..by("Dang Thi Hoa", "hoa2@example.org", "Nước sạch, sửa") };
    app.replaced(&again, sent.clone()).await.unwrap();
    let open = "select count(*)::text as line from named.flag where settled_at is null and entry = ";
    assert_eq!(app.ask(&format!("{open}'{again}'")).await, ["0"]);
    app.execute("update contest.contest set limit_per_category = 9").await;
    app.received(Sent { phone: "0912.345.678", ..by("Đặng Thị Hoà", "hoa4@example.org", "Bài ba") }).await;
    app.replaced(&again, Sent { title: "Nước sạch, sửa nữa", ..sent.clone() }).await.unwrap();
    assert_eq!(app.ask(&format!("{open}'{again}'")).await, ["1"]);
    // the cause gone, the doubt goes by itself
    app.replaced(&again, Sent { title: "Nước sạch, tên khác", author: "Lê Thị Nụ", ..sent }).await.unwrap();
    assert_eq!(app.ask(&format!("{open}'{again}'")).await, ["0"]);
    assert_eq!(app.ask("select flags::text as line from named.entry where number = 2").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_text_in_another_entry_is_a_doubt_whoever_sends_it_and_whatever_the_limits() {
    let (app, clerk) = desk().await;
    app.execute("update contest.contest set limit_per_category = null, limit_overall = null").await;
    let first = app.received(Sent { body: "Một văn bản.", ..by("Đặng Thị Hòa", "hoa@example.org", "Một bài") }).await;
    let copy = Sent { body: "Một văn bản.", ..by("Lê Đình Đức", "duc@example.org", "Tên khác") };
    let second = app.received(copy.clone()).await;
    let other = app.received(by("Trịnh Bá Sơn", "son@example.org", "Bài khác")).await;
    let page = clerk.get(&format!("/c/nho/desk/{second}")).await.is(200);
    assert_eq!(doubt_kinds(&page), ["flag-same-text"]);
    page.says("giống từng chữ").says("Xem cùng: Bài 1");
    for fine in [&first, &other] {
        assert_eq!(doubt_kinds(&clerk.get(&format!("/c/nho/desk/{fine}")).await), Vec::<String>::new());
    }
    // a new version of the entry itself is no other entry, and a withdrawn one counts for nobody
    app.replaced(&other, by("Trịnh Bá Sơn", "son@example.org", "Bài khác")).await.unwrap();
    app.execute(&format!("update named.entry set state = 'withdrawn' where id = '{first}'")).await;
    app.replaced(&second, copy).await.unwrap();
    assert_eq!(app.ask("select string_agg(flags::text, ' ' order by number) as line from named.entry").await, ["0 0 0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_ask_for_a_guardian_later_are_a_doubt_about_whoever_has_none_and_bulk_leaves_it() {
    let (app, clerk) = desk().await;
    let ids = [app.received(by("Bé Na", "na@example.org", "Bài của Na")).await, app.received(by("Lê Đình Đức", "duc@example.org", "Bài của Đức")).await];
    for (id, age) in [(&ids[0], 15), (&ids[1], 40)] {
        app.execute(&format!(
            "update named.author a set birth_year = extract(year from c.opens_at at time zone c.timezone)::int - {age}
             from named.version v, contest.contest c where v.id = a.version and c.id = v.contest and v.entry = '{id}'"
        ))
        .await;
    }
    let organizer = app.official("nho", "organizer", "Ban Tổ Chức", "btc@example.org").await;
    let change = async |age: &str| {
        let form = organizer.get("/c/nho/organizer/rules/entrants").await.is(200).form("");
        form.fill("guardian_age", age).fill("reason", "Theo quy định mới").submit().await.is(303);
    };
    let open = async || app.ask("select coalesce(string_agg(number || ' ' || flags, ', ' order by number), '') as line from named.entry where flags <> 0").await.concat();
    change("18").await;
    assert_eq!(open().await, "1 64");
    clerk.get(&format!("/c/nho/desk/{}", ids[0])).await.says("Thiếu người giám hộ").says("trước khi thể lệ đổi");
    let seen: Vec<(String, String)> = ["1:1", "2:1"].map(|s| ("seen".to_owned(), s.to_owned())).to_vec();
    let page = clerk.get("/c/nho/desk/selection?n=1&n=2").await.is(200);
    page.says("Có tác giả cần người giám hộ");
    assert_eq!(page.attrs("input[name=seen]", "value"), ["2:1"]);
    // even where the doubt itself was settled
    settle(&clerk, &ids[0], "guardian-missing").await;
    clerk.post("/c/nho/desk/selection", &seen).await.is(409).says("Có tác giả cần người giám hộ");
    assert_eq!(app.ask("select string_agg(number::text, ' ') as line from named.entry where state = 'valid'").await, ["2"]);
    // back to what it was, and what is asked no longer is no doubt
    change("14").await;
    change("16").await;
    assert_eq!(open().await, "1 64");
    change("").await;
    assert_eq!(open().await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_taken_away_has_the_guardians_and_a_column_for_each_question() {
    let (app, clerk) = desk().await;
    let id = app.received(by("Bé Na", "na@example.org", "Bài của Na")).await;
    app.received(by("Lê Đình Đức", "duc@example.org", "Bài của Đức")).await;
    app.execute(&format!(
        "insert into contest.question(id, contest, key, text_vi, text_en, kind, required, position) values
           ('01900000-0000-7000-8000-0000000000e1', '01900000-0000-7000-8000-000000000001', 'truong', 'Trường nào?', 'Which school?', 'text', true, 1),
           ('01900000-0000-7000-8000-0000000000e2', '01900000-0000-7000-8000-000000000001', 'biet', 'Biết qua đâu?', 'How?', 'choice', false, 2);
         insert into contest.question_choice(id, contest, question, key, name_vi, name_en, position) values
           ('01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-0000000000e2', 'ban', 'Qua bạn bè', 'Friends', 1);
         update named.version set asked = '{{\"answers\": {{\"01900000-0000-7000-8000-0000000000e1\": \"=cmd\", \"01900000-0000-7000-8000-0000000000e2\": \"01900000-0000-7000-8000-0000000000f1\"}}}}'
           where entry = '{id}';
         update named.author a set guardian = 'Mẹ Na', guardian_agrees = true from named.version v where v.id = a.version and v.entry = '{id}'"
    ))
    .await;
    let csv = clerk.post("/c/nho/desk/export?state=all", &[("form".into(), "csv".into())]).await.is(200);
    let lines: Vec<&str> = csv.body.lines().collect();
    assert!(lines[0].ends_with(",Trường nào?,Biết qua đâu?") && lines[0].contains(",Người giám hộ,"), "{}", lines[0]);
    assert!(lines[1].contains(",Mẹ Na,") && lines[1].ends_with(",\"'=cmd\",Qua bạn bè"), "{}", lines[1]);
    assert!(lines[2].ends_with(",,"), "{}", lines[2]);
}
