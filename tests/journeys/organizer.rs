//! Who opens a contest: copies shipped rules or uploads a file, invites officials, allows a small batch.
use crate::support::{Browser, Filling, TestApp};

fn filled(form: Filling, slug: &str) -> Filling {
    form.fill("slug", slug).fill("holder_1", "khoa1@example.org").fill("holder_2", "khoa2@example.org")
}

async fn own_contest(app: &TestApp) -> Browser {
    let organizer = app.creator("tochuc@example.org").await;
    let form = organizer.get("/contests/new/province?trial=1").await.is(200).form("/contests/new");
    filled(form, "thu-nghiem").submit().await.is(303);
    organizer
}

#[tokio::test(flavor = "multi_thread")]
async fn each_shipped_contest_is_copied_whole_and_its_rules_are_public() {
    let app = TestApp::spawn().await;
    let organizer = app.creator("tochuc@example.org").await;
    for word in ["national", "province", "jfk"] {
        let form = organizer.get(&format!("/contests/new/{word}")).await.is(200).form("/contests/new");
        filled(form, &format!("ban-sao-{word}")).submit().await.is(303).follow().await.is(200).says("Cuộc thi đã được tạo").says("Vào việc: Ban Tổ chức");
        let rules = app.browser().get(&format!("/c/ban-sao-{word}")).await.is(200);
        assert!(rules.all("table tbody tr").len() > 3, "{word}");
        rules.says("Làm bằng tay").hides("khoa1@example.org");
    }
    let front = app.browser().get("/").await.is(200);
    assert_eq!(front.attrs("h3 a", "href").len(), 3);
    let national = app.ask("select count(*)::text as line from contest.category k join contest.contest c on c.id = k.contest where c.slug = 'ban-sao-national'").await;
    assert!(national[0].parse::<i32>().unwrap() >= 5, "{national:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_create_contests_finds_no_such_page() {
    let app = TestApp::spawn().await;
    let somebody = app.person("Ai Đó", "ai@example.org").await;
    let absent = somebody.get("/contests/khong-co").await.is(404).body;
    for path in ["/contests/new", "/contests/new/jfk"] {
        assert_eq!(somebody.get(path).await.is(404).body, absent);
    }
    somebody.post("/contests/new", &[("from".into(), "jfk".into())]).await.is(404);
    app.browser().get("/contests/new").await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_head_comes_back_with_every_mistake_and_everything_typed() {
    let app = TestApp::spawn().await;
    let organizer = app.creator("tochuc@example.org").await;
    let form = organizer.get("/contests/new/jfk").await.form("/contests/new");
    let seen = form.fill("slug", "Không Được").fill("title_vi", "Tên Tôi Gõ").fill("closes", "mai").fill("holder_1", "khoa1@example.org").submit().await.is(422);
    assert_eq!(seen.all(".errors li").len(), 3, "{}", seen.text());
    let again = seen.form("/contests/new");
    assert_eq!((again.value("title_vi"), again.value("slug"), again.value("holder_1")), (Some("Tên Tôi Gõ"), Some("không được"), Some("khoa1@example.org")));
    assert!(app.ask("select slug as line from contest.contest").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_taken_is_refused_and_the_next_copy_is_offered_another() {
    let app = TestApp::spawn().await;
    let organizer = own_contest(&app).await;
    let form = organizer.get("/contests/new/province").await.form("/contests/new");
    filled(form, "thu-nghiem").submit().await.is(409).says("Hãy chọn tên khác");
    let form = organizer.get("/contests/new/province").await.form("/contests/new");
    let free = form.value("slug").unwrap().to_owned();
    filled(form, &free).submit().await.is(303);
    let next = organizer.get("/contests/new/province").await.form("/contests/new");
    assert_eq!(next.value("slug"), Some(format!("{free}-2").as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uploaded_file_becomes_the_form_and_a_broken_one_the_list_of_its_lines() {
    let app = TestApp::spawn().await;
    let organizer = app.creator("tochuc@example.org").await;
    let file = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/contests/jfk.toml")).unwrap();
    let broken = file.replace("step = 0.5", "step = \"nửa\"").replace("closes = ", "closess = ");
    let upload = async |bytes: Vec<u8>| organizer.get("/contests/new").await.form("/contests/new/file").attach("file", "jfk.toml", bytes).submit().await;
    let seen = upload(broken.into_bytes()).await.is(422);
    assert!(seen.all(".errors li").iter().all(|l| l.starts_with("dòng ")) && seen.all(".errors li").len() >= 2, "{:?}", seen.all(".errors li"));
    upload(vec![0xff, 0xfe, 0x00]).await.is(422).says("UTF-8");
    upload(vec![b'a'; 1_100_000]).await.is(422).says("lớn hơn 1 MB");
    upload(vec![]).await.is(422).says("Chọn một tệp");
    let form = upload(file.into_bytes()).await.is(200).form("/contests/new");
    assert!(form.value("rules").unwrap().contains("[contest]"));
    form.fill("slug", "tu-tep").submit().await.is(303);
    app.browser().get("/c/tu-tep").await.is(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_list_invites_everybody_once_and_nobody_when_one_address_is_wrong() {
    let app = TestApp::spawn().await;
    let organizer = own_contest(&app).await;
    let page = || organizer.get("/c/thu-nghiem/organizer");
    let wrong = page().await.form("/c/thu-nghiem/organizer/invitations").fill("hat", "judge").fill("people", "a@example.org\nkhông@@phải").submit().await.is(422);
    wrong.says("chưa lời mời nào được gửi");
    assert!(wrong.form("/c/thu-nghiem/organizer/invitations").value("people").unwrap().contains("a@example.org"));
    page().await.form("/c/thu-nghiem/organizer/invitations").fill("hat", "judge").fill("people", "A <a@example.org>, b@example.org\nA@example.org").submit().await.is(303);
    let shown = page().await;
    assert_eq!(shown.says("Đang chờ").all("tbody th").len(), 2);
    let a = app.take_invitation("Giám Khảo A", "a@example.org").await;
    a.get("/me").await.says("Giám khảo");
    page().await.says("Giám Khảo A").says("Đã nhận");
    page().await.form("/c/thu-nghiem/organizer/invitations").fill("hat", "clerk").fill("people", "tochuc@example.org").submit().await.is(422);
    page().await.form("/c/thu-nghiem/organizer/invitations").fill("hat", "auditor").fill("people", "khoa1@example.org").submit().await.is(303);
    app.take_invitation("Người Khóa", "khoa1@example.org").await;
    page().await.says("Sẵn sàng");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiver_stands_on_the_rules_page_with_its_reason() {
    let app = TestApp::spawn().await;
    let organizer = own_contest(&app).await;
    let page = organizer.get("/c/thu-nghiem/organizer").await;
    let category = page.attrs("select[name=category] option", "value")[1].clone();
    page.form("/c/thu-nghiem/organizer/waiver").fill("category", &category).fill("reason", "vì").submit().await.is(422).says("5 đến 500");
    page.form("/c/thu-nghiem/organizer/waiver").fill("category", &category).fill("reason", "Bưu điện chậm vì bão").submit().await.is(303);
    app.browser().get("/c/thu-nghiem").await.says("Bưu điện chậm vì bão");
}

async fn invite(organizer: &Browser, hat: &str, people: &str) -> crate::support::Seen {
    let page = organizer.get("/c/thu-nghiem/organizer").await;
    page.form("/c/thu-nghiem/organizer/invitations").fill("hat", hat).fill("people", people).submit().await
}

async fn letters_to(app: &TestApp, email: &str) -> usize {
    app.ask(&format!("select id::text as line from mail.letter where to_address = '{email}' and kind = 'invitation'")).await.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_no_address_comes_back_with_its_number_and_the_whole_list() {
    let app = TestApp::spawn().await;
    let organizer = own_contest(&app).await;
    let seen = invite(&organizer, "judge", "a@example.org\nông Ba ở huyện\nb@example.org").await.is(422);
    seen.says("Dòng 2").says("ông Ba ở huyện");
    assert!(seen.form("/c/thu-nghiem/organizer/invitations").value("people").unwrap().contains("b@example.org"));
    assert_eq!(letters_to(&app, "a@example.org").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_waits_is_not_sent_twice_but_again_with_a_new_link_or_cancelled() {
    let app = TestApp::spawn().await;
    let organizer = own_contest(&app).await;
    let invite = |people| invite(&organizer, "judge", people);
    invite("Nguyễn An <a@example.org>\nb@example.org").await.is(303).follow().await.says("Đã gửi 2 lời mời");
    invite("a@example.org\nc@example.org").await.is(303).follow().await.says("Đã gửi 1 lời mời").says("1 địa chỉ đang có lời mời chờ nhận");
    assert_eq!(letters_to(&app, "a@example.org").await, 1);
    let letter = app.letter("a@example.org", "invitation").await;
    assert_eq!((letter["name"].as_str(), app.letter("b@example.org", "invitation").await["name"].as_str()), (Some("Nguyễn An"), Some("")));
    let old = letter["link"].as_str().unwrap().strip_prefix(&app.base).unwrap().to_owned();
    assert_eq!(app.browser().get(&old).await.is(200).form("").value("name"), Some("Nguyễn An"));

    let again = |what: &'static str| {
        let organizer = organizer.clone();
        async move { organizer.get("/c/thu-nghiem/organizer").await.form(&format!("/c/thu-nghiem/organizer/{what}")).submit().await }
    };
    again("again").await.is(303).follow().await.says("Đã gửi lại lời mời");
    app.browser().get(&old).await.is(409).says("đã được nhận hoặc đã hết hạn");
    let fresh = app.ask("select params->>'link' as line from mail.letter where to_address = 'a@example.org' and kind = 'invitation'").await;
    let fresh = fresh.iter().find(|l| !l.ends_with(&old)).unwrap().strip_prefix(&app.base).unwrap().to_owned();
    app.browser().get(&fresh).await.is(200);
    again("cancellation").await.is(303).follow().await.says("Đã hủy lời mời").says("Đã hủy");
    app.browser().get(&fresh).await.is(409);
    organizer.post("/c/thu-nghiem/organizer/cancellation", &[("id".into(), uuid::Uuid::now_v7().to_string())]).await.is(409);
    invite("a@example.org").await.is(303).follow().await.says("Đã gửi 1 lời mời");
    app.take_invitation("Giám Khảo B", "b@example.org").await;
    invite("b@example.org").await.is(303).follow().await.says("Không có lời mời mới").says("1 địa chỉ đã giữ vai trò này");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_invited_to_one_side_is_not_invited_to_the_other() {
    let app = TestApp::spawn().await;
    let organizer = own_contest(&app).await;
    invite(&organizer, "judge", "a@example.org").await.is(303);
    invite(&organizer, "clerk", "moi@example.org\na@example.org").await.is(422).says("a@example.org đã thuộc phía kia");
    assert_eq!(letters_to(&app, "moi@example.org").await, 0);
    app.take_invitation("Giám Khảo A", "a@example.org").await;
    invite(&organizer, "clerk", "a@example.org").await.is(422).says("a@example.org đã thuộc phía kia");
    invite(&organizer, "chair", "a@example.org").await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_officials_are_a_number_on_the_first_page_and_found_by_pages_on_their_own() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let organizer = app.official("nho", "organizer", "Người Tổ Chức", "khoa1@example.org").await;
    app.execute(
        "insert into account.account(id, email, email_key, name, lang, password_hash) select gen_random_uuid(), 'gk' || i || '@example.org', 'gk' || i || '@example.org', 'Giám Khảo Số' || i, 'vi', 'none' from generate_series(1, 250) i;
         select account.grant_hat(a.id, '01900000-0000-7000-8000-000000000001', 'judge', null) from account.account a where a.email like 'gk%';
         insert into account.invitation(id, hash, contest, hat, email, email_key, name, invited_by, expires_at)
           select gen_random_uuid(), sha256(i::text::bytea), '01900000-0000-7000-8000-000000000001', 'judge', 'moi' || i || '@example.org', 'moi' || i || '@example.org', '',
             (select id from account.account where email_key = 'khoa1@example.org'), phach.now() + interval '9 days' from generate_series(1, 130) i",
    )
    .await;
    let page = organizer.get("/c/nho/organizer").await.is(200);
    page.says("250 người").says("Xem tất cả 130 lời mời").hides("Giám Khảo Số7");
    assert_eq!(page.all("table.cards tbody tr").len(), 50);
    assert!(page.body.len() < 80_000, "{}", page.body.len());
    let judges = organizer.get("/c/nho/organizer/people?hat=judge").await.is(200);
    assert_eq!((judges.says("Tìm thấy 250").all("tbody tr").len(), judges.all("tbody th")[0].as_str()), (100, "Giám Khảo Số1"));
    let later = judges.attrs("main p.row a", "href");
    assert_eq!(later, ["/c/nho/organizer/people?list=worn&hat=judge&from=100"]);
    assert_eq!(organizer.get("/c/nho/organizer/people?list=worn&hat=judge&from=200").await.all("tbody tr").len(), 50);
    organizer.get("/c/nho/organizer/people?q=giam+khao+so77").await.is(200).says("Tìm thấy 1").says("Giám Khảo Số77");
    organizer.get("/c/nho/organizer/people?q=khong").await.says("Không có ai như vậy");
    // a button of the list comes back to the list as it was searched
    let found = organizer.get("/c/nho/organizer/people?list=invited&q=moi130").await.is(200);
    let back = found.form("/c/nho/organizer/cancellation").submit().await.is(303);
    assert_eq!(back.location, "/c/nho/organizer/people?list=invited&q=moi130&said=invitation-cancelled#invited");
    back.follow().await.says("Đã hủy");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_is_named_as_one_and_leaves_the_contests_own_address_free() {
    let app = TestApp::spawn().await;
    let organizer = app.creator("tochuc@example.org").await;
    let real = organizer.get("/contests/new/jfk").await.is(200).form("/contests/new");
    let (own, title) = (real.value("slug").unwrap().to_owned(), real.value("title_vi").unwrap().to_owned());
    let page = organizer.get("/contests/new/jfk?trial=1").await.is(200);
    let trial = page.says("Cuộc thi chạy thử").form("/contests/new");
    assert_eq!((trial.value("slug"), trial.value("title_vi")), (Some(format!("thu-{own}").as_str()), Some(format!("Chạy thử: {title}").as_str())));
    // what is wrong in it comes back still as a trial
    let trial = trial.fill("slug", "Không").submit().await.is(422).says("Cuộc thi chạy thử").form("/contests/new").fill("slug", &format!("thu-{own}"));
    trial.fill("holder_1", "khoa1@example.org").fill("holder_2", "khoa2@example.org").submit().await.is(303);
    assert_eq!(organizer.get("/contests/new/jfk").await.form("/contests/new").value("slug"), Some(own.as_str()));
    assert_eq!(organizer.get("/contests/new/jfk?trial=1").await.form("/contests/new").value("slug"), Some(format!("thu-{own}-2").as_str()));
    // and one that begins with nothing
    organizer.get("/contests/new/blank?trial=1").await.is(200).form("/contests/new").submit().await.is(303);
    app.browser().get("/c/chay-thu").await.is(200).says("Cuộc thi chạy thử");
}
