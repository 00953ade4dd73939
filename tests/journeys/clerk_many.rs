//! Valid for a selection: first what each was checked for, then a decision on each as it was seen.
use crate::clerk::{by, decide, desk, five, state_of};
use crate::support::{Browser, Seen, Sent};

/// Ticks these numbers in the queue and presses the button.
async fn select(clerk: &Browser, list: &str, numbers: &[&str]) -> Seen {
    let page = clerk.get(list).await.is(200);
    let filling = page.form("/c/nho/desk/selection");
    let ticked = numbers.iter().fold(filling, |f, n| f.add("n", n));
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(ticked.fields()).finish();
    clerk.get(&format!("{}?{query}", ticked.to())).await.is(200)
}

fn action(page: &Seen) -> String {
    page.attrs("form[method=post]", "action").into_iter().find(|a| a.starts_with("/c/nho/desk/selection")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_a_selection_says_what_it_was_checked_for_and_then_all_are_valid() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    let page = select(&clerk, "/c/nho/desk?q=n&state=all", &["2", "4"]).await;
    page.says("2 bài đạt").says("Giữ lấy giờ mở cửa").says("150 từ, trong mức 100–5.000").says("1 tác giả, trong mức cho phép").says("sẽ ghi trên bản 1");
    assert_eq!(app.ask("select count(*)::text as line from named.screening").await, ["0"], "looking decides nothing");
    let to = page.form(&action(&page)).submit().await.is(303).location;
    assert!(to.contains("state=all&q=n") && to.contains("said=selection-valid"), "{to}");
    for (i, state) in ["waiting", "valid", "waiting", "valid", "waiting"].into_iter().enumerate() {
        assert_eq!(state_of(&app, &ids[i]).await, state);
    }
    let held = app.ask("select (content->>'verdict') || (content->>'version') as line from record.event where verb = 'screen_entry'").await;
    assert_eq!(held, ["valid1", "valid1"]);
    clerk.get(&format!("/c/nho/desk/{}", ids[1])).await.says("ghi hợp lệ cùng nhiều bài");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_a_check_is_listed_with_its_reason_and_cannot_be_pressed() {
    let (app, clerk) = desk().await;
    app.received(by("Một", "mot@example.org", "Đủ cả")).await;
    app.received(Sent { words: 12, ..by("Hai", "hai@example.org", "Quá ngắn") }).await;
    app.received_file(by("Ba", "ba@example.org", "Chưa đọc"), "pending").await;
    let flagged = app.received(by("Bốn", "bon@example.org", "Nghi trùng")).await;
    app.execute(&format!("select named.raise_flag('{flagged}', 'same-person')")).await;
    let many = app.received(by("Năm", "nam@example.org", "Ba tác giả")).await;
    app.execute(&format!(
        "insert into named.author(version, position, contest, account, name) select v.id, p, v.contest, v.account, 'Người ' || p from named.version v, generate_series(2, 3) p where v.entry = '{many}'"
    ))
    .await;
    let page = select(&clerk, "/c/nho/desk", &["1", "2", "3", "4", "5"]).await;
    page.says("1 bài đạt").says("4 bài để lại").says("Thiếu từ").says("Tệp chưa đọc xong").says("Có điều cần xem lại").says("Nhiều tác giả hơn");
    assert_eq!(page.attrs("input[name=seen]", "value"), ["1:1"]);
    // sent all the same
    let seen: Vec<(String, String)> = (1..=5).map(|n| ("seen".into(), format!("{n}:1"))).chain([("seen".into(), "9:1".into()), ("seen".into(), "x".into())]).collect();
    let answer = clerk.post("/c/nho/desk/selection", &seen).await.is(409);
    answer.says("Đã ghi hợp lệ 1 bài").says("5 bài dưới đây để lại").says("Không có bài này trong cuộc thi");
    assert_eq!(app.ask("select string_agg(number::text, ' ') as line from named.entry where state = 'valid'").await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_rules_ask_for_an_age_it_is_checked_as_the_rules_count_it() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    app.execute("update contest.contest set min_age = 16").await;
    for (i, born) in [(0, 15), (1, 16)] {
        app.execute(&format!(
            "update named.author a set birth_year = extract(year from c.opens_at at time zone c.timezone)::int - {born}
             from named.version v, contest.contest c where v.id = a.version and c.id = v.contest and v.entry = '{}'",
            ids[i]
        ))
        .await;
    }
    let page = select(&clerk, "/c/nho/desk", &["1", "2", "3"]).await;
    page.says("Có tác giả chưa đủ tuổi").says("Chưa đủ năm sinh để tính tuổi");
    assert_eq!(page.attrs("input[name=seen]", "value"), ["2:1"]);
    clerk.get(&format!("/c/nho/desk/{}", ids[0])).await.says("15 tuổi, tính theo năm mở nhận bài").says("Thể lệ nhận từ 16 tuổi");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_meanwhile_is_left_and_the_others_are_decided() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    let other = app.official("nho", "clerk", "Thư Ký Hai", "thuky2@example.org").await;
    let page = select(&clerk, "/c/nho/desk", &["1", "2", "3"]).await;
    app.replaced(&ids[0], by("Đặng Thị Hòa", "hoa@example.org", "Đường về bản, sửa")).await.unwrap();
    decide(&other, &format!("/c/nho/desk/{}", ids[1]), "refused", "Chép nguyên văn").await.is(303);
    let answer = page.form(&action(&page)).submit().await.is(409);
    answer.says("Đã ghi hợp lệ 1 bài").says("bản mới sau khi bạn xem").says("Đã từ chối");
    for (i, state) in ["waiting", "refused", "valid"].into_iter().enumerate() {
        assert_eq!(state_of(&app, &ids[i]).await, state);
    }
    // a second press decides nothing twice
    page.form(&action(&page)).submit().await.is(409).says("Đã ghi hợp lệ rồi");
    assert_eq!(app.ask("select count(*)::text as line from named.screening").await, ["2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_selected_is_said_so_and_two_clerks_at_once_decide_once() {
    let (app, clerk) = desk().await;
    five(&app).await;
    clerk.get("/c/nho/desk/selection").await.is(200).says("Chưa chọn bài nào");
    clerk.get("/c/nho/desk/selection?n=x&n=99999&n=-1").await.is(200).says("Chưa chọn bài nào");
    clerk.post("/c/nho/desk/selection", &[]).await.is(422).says("Chưa chọn bài nào");
    let other = app.official("nho", "clerk", "Thư Ký Hai", "thuky2@example.org").await;
    let all = ["1", "2", "3", "4", "5"];
    let (mine, theirs) = (select(&clerk, "/c/nho/desk", &all).await, select(&other, "/c/nho/desk", &all).await);
    let (a, b) = tokio::join!(mine.form(&action(&mine)).submit(), theirs.form(&action(&theirs)).submit());
    assert!([a.status.as_u16(), b.status.as_u16()].iter().all(|s| [303, 409].contains(s)));
    assert_eq!(app.ask("select count(*)::text as line from named.screening where verdict = 'valid'").await, ["5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_work_that_names_its_author_is_not_valid_unopened() {
    let (app, clerk) = desk().await;
    let ids = five(&app).await;
    let write = async |id: &str, name: &str, phrase: &str| {
        app.execute(&format!(
            "update named.author a set name = '{name}' from named.version v where v.id = a.version and v.entry = '{id}';
             update named.version set body = body || ' {phrase}' where entry = '{id}'"
        ))
        .await;
    };
    write(&ids[0], "Nguyễn Văn An", "Em là nguyen van an, lớp 9.").await;
    write(&ids[1], "Trần Thu Hà", "Thu hà rời bến lúc sáu giờ.").await; // a guess: not the whole name
    let page = select(&clerk, "/c/nho/desk", &["1", "2"]).await;
    page.says("1 bài đạt").says("Bài có chỗ lộ tên").says("Không thấy họ tên");
    assert_eq!(page.attrs("input[name=seen]", "value"), ["2:1"]);
    // sent all the same
    let answer = clerk.post("/c/nho/desk/selection", &[("seen".into(), "1:1".into()), ("seen".into(), "2:1".into())]).await.is(409);
    answer.says("Đã ghi hợp lệ 1 bài").says("Bài có chỗ lộ tên");
    assert_eq!(app.ask("select string_agg(number::text, ' ') as line from named.entry where state = 'valid'").await, ["2"]);
}
