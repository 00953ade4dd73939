//! The rules, edited on pages: everything until submissions open, later with a reason that everybody reads; what is frozen,
//! what is used, what is lacking.
use chrono::{TimeDelta, Utc};

use crate::support::{Browser, Filling, Seen, TestApp};

/// Fields and what is typed in them.
type Values<'a> = &'a [(&'a str, &'a str)];

fn section(slug: &str, word: &str) -> String {
    format!("/c/{slug}/organizer/rules/{word}")
}

/// A section's form, filled and sent.
async fn fill(organizer: &Browser, slug: &str, word: &str, values: Values<'_>) -> Seen {
    let form = organizer.get(&section(slug, word)).await.is(200).form("");
    values.iter().fold(form, |form, (name, value)| form.fill(name, value)).submit().await
}

async fn saves(organizer: &Browser, slug: &str, word: &str, values: Values<'_>) -> Seen {
    fill(organizer, slug, word, values).await.is(303).follow().await.is(200)
}

/// A minute of the contest's zone, so many hours from now.
fn hours(n: i64) -> String {
    (Utc::now() + TimeDelta::hours(n + 7)).format("%Y-%m-%dT%H:%M").to_string()
}

pub fn dated(form: Filling, from: i64) -> Filling {
    form.fill("opens", &hours(from)).fill("closes", &hours(from + 48)).fill("intake_closes", &hours(from + 72)).fill("queries_close", &hours(from + 96))
}

/// A contest with a title and dates, and nothing else.
pub async fn blank(app: &TestApp, from: i64) -> Browser {
    let organizer = app.creator("tochuc@example.org").await;
    let form = organizer.get("/contests/new/blank").await.is(200).form("/contests/new");
    let made = dated(form.fill("title_vi", "Cuộc thi soạn tay"), from).submit().await.is(303).follow().await.is(200);
    made.says("Chưa có loại hình nào").says("Cần ít nhất hai người giữ khóa");
    organizer
}

pub const SLUG: &str = "cuoc-thi-soan-tay";

/// Every section of the blank contest, by hand.
pub async fn by_hand(organizer: &Browser) {
    let units = "Tỉnh đoàn | Province\n  Huyện Một\n  Huyện Hai | District Two | hai\nTrường";
    let filled: [(&str, Values); 13] = [
        ("basics", &[("host_vi", "Tỉnh đoàn"), ("summary_vi", "Mời gửi bài.\n\nBài do chính bạn viết."), ("summary_en", "Send your essay.")]),
        ("entrants", &[("per_category", "1"), ("overall", "2"), ("subject", "author-set"), ("min_age", "14"), ("guardian_age", "18"), ("bar_officials", "yes")]),
        ("declarations", &[("text_vi_1", "Tôi tự viết bài này."), ("text_en_1", "I wrote this myself.")]),
        (
            "questions",
            &[
                ("text_vi_1", "Bạn biết cuộc thi qua đâu?"),
                ("answer_1", "choice"),
                ("choices_1", "Báo chí | The press\nBạn bè"),
                ("required_1", "yes"),
                ("text_vi_2", "Lớp"),
                ("answer_2", "text"),
            ],
        ),
        ("rubrics", &[("name_vi_1", "Phiếu chấm bài viết"), ("step_1", "0,5")]),
        (
            "criteria",
            &[("rubric_1", "phieu-cham-bai-viet"), ("name_vi_1", "Nội dung"), ("max_1", "60"), ("rubric_2", "phieu-cham-bai-viet"), ("name_vi_2", "Hình thức"), ("max_2", "40")],
        ),
        ("groups", &[("name_vi_1", "Bảng chung")]),
        (
            "categories",
            &[
                ("name_vi_1", "Báo"),
                ("kind_1", "text"),
                ("rubric_1", "phieu-cham-bai-viet"),
                ("ranking_group_1", "bang-chung"),
                ("min_words_1", "100"),
                ("max_words_1", "5.000"),
                ("max_authors_1", "2"),
            ],
        ),
        (
            "prizes",
            &[
                ("name_vi_1", "Giải A"),
                ("recipient_1", "individual"),
                ("ranking_group_1", "bang-chung"),
                ("level_1", "1"),
                ("places_1", "1"),
                ("amount_1", "10.000.000"),
                ("minimum_1", "80,5"),
                ("name_vi_2", "Tập thể"),
                ("recipient_2", "collective"),
                ("level_2", "1"),
                ("places_2", "2"),
            ],
        ),
        ("units", &[("units", units)]),
        ("marking", &[("readers", "2"), ("threshold", "12,5"), ("third", "closest-pair"), ("own_result", "mark_and_comments")]),
        ("hand", &[("rule_vi_1", "Trao giải tại lễ.")]),
        // the last thing lacking: from here on it is open, if its hour has come
        ("holders", &[("email_1", "khoa1@example.org"), ("office_vi_1", "Trưởng ban"), ("email_2", "khoa2@example.org"), ("office_vi_2", "Thanh tra")]),
    ];
    for (word, values) in filled {
        saves(organizer, SLUG, word, values).await.says("Đã lưu");
    }
}

/// The rules as the page lets them be downloaded.
pub async fn file(organizer: &Browser, slug: &str) -> phach::contests::model::Ruleset {
    let text = organizer.get(&format!("/c/{slug}/organizer/rules/file")).await.is(200).body;
    phach::contests::file::parse(&text).unwrap_or_else(|e| panic!("{e:#?}\n{text}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_made_by_hand_on_pages_alone_opens_and_its_file_makes_the_same_contest() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, -1).await;
    // its hour has come, but it lacks what it cannot do without
    app.browser().get(&format!("/c/{SLUG}")).await.is(200).says("Sắp mở");
    organizer.get(&format!("/c/{SLUG}/organizer/rules")).await.says("Chưa mở được nhận bài");
    by_hand(&organizer).await;
    let seen = app.browser().get(&format!("/c/{SLUG}")).await.is(200);
    seen.says("Còn nhận bài")
        .says("Tác giả từ 14 tuổi")
        .says("Người làm việc của cuộc thi")
        .says("Tôi tự viết bài này.")
        .says("(Báo chí, Bạn bè)")
        .says("10.000.000 đ")
        .says("12,5 điểm")
        .says("điểm của bài mình và nhận xét của giám khảo")
        .says("Từ 80,5 điểm trở lên");
    let rules = file(&organizer, SLUG).await;
    assert_eq!((rules.categories.len(), rules.units.len(), rules.questions[0].choices.len()), (1, 4, 2));
    assert_eq!(rules.units[2].key.as_str(), "hai");
    assert_eq!(rules.round.own_result.word(), "mark_and_comments");
    assert_eq!(rules.units[1].parent.as_ref().map(|p| p.as_str()), Some("tinh-doan"));
    assert_eq!(rules.contest.organizer.as_ref().map(|e| e.as_str()), Some("tochuc@example.org"));
    // loaded elsewhere, it is the same
    let other = TestApp::spawn().await;
    let loaded = phach::contests::load::load(&other.admin_url, &rules, &other.base).await.unwrap();
    let theirs = other.browser();
    theirs.get(loaded.strip_prefix(&other.base).unwrap()).await.form("").fill("name", "Người Kia").fill("password", crate::support::PASSWORD).submit().await.is(303);
    assert_eq!(file(&theirs, SLUG).await, rules);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_shipped_contest_comes_back_from_its_pages_as_it_was_copied() {
    let app = TestApp::spawn().await;
    let organizer = app.creator("tochuc@example.org").await;
    for word in ["national", "province", "jfk"] {
        let form = organizer.get(&format!("/contests/new/{word}")).await.form("/contests/new");
        let slug = form.value("slug").unwrap().to_owned();
        form.fill("holder_1", "khoa1@example.org").fill("holder_2", "khoa2@example.org").submit().await.is(303);
        // every section saved as it is shown changes nothing
        for section in phach::contests::editor::SECTIONS {
            saves(&organizer, &slug, section.word, &[]).await.says("Đã lưu");
        }
        let (mut rules, shipped) = (file(&organizer, &slug).await, phach::contests::shipped::ruleset(word).unwrap());
        rules.contest.organizer = shipped.contest.organizer.clone();
        rules.key_holders = shipped.key_holders.clone();
        assert_eq!(rules, shipped, "{word}");
    }
    assert!(app.ask("select verb as line from record.event where verb = 'change_rules'").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_added_changed_moved_renamed_and_removed_without_a_script() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, 24).await;
    by_hand(&organizer).await;
    let ids = || app.ask("select id || ' ' || key as line from contest.category order by position");
    let first = ids().await.concat();
    saves(&organizer, SLUG, "categories", &[("name_vi_2", "Tạp chí"), ("order_2", "1"), ("rubric_2", "phieu-cham-bai-viet"), ("ranking_group_2", "bang-chung")]).await;
    let two = ids().await;
    assert!(two[0].ends_with(" tap-chi") && two[1] == first, "{two:?}");
    // a key changes and its row stays, with everything that names it
    saves(&organizer, SLUG, "rubrics", &[("key_1", "phieu")]).await;
    saves(&organizer, SLUG, "groups", &[("key_1", "chung")]).await;
    let rules = file(&organizer, SLUG).await;
    assert!(rules.categories.iter().all(|k| k.rubric.as_ref().unwrap().as_str() == "phieu" && k.ranking_group.as_ref().unwrap().as_str() == "chung"));
    assert_eq!(app.ask("select count(distinct rubric)::text as line from contest.criterion").await, ["1"]);
    saves(&organizer, SLUG, "categories", &[("remove_1", "yes")]).await;
    assert_eq!(ids().await, [first]);
    // a rubric that goes leaves its category without one, which is said
    let seen = saves(&organizer, SLUG, "rubrics", &[("remove_1", "yes")]).await;
    assert!(!seen.text().contains("Phiếu chấm bài viết"));
    organizer.get(&format!("/c/{SLUG}/organizer")).await.says("Loại hình “Báo” chưa có phiếu chấm");
    organizer.get(&section(SLUG, "categories")).await.says("chưa có phiếu chấm");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_used_is_said_under_its_field_and_nothing_typed_is_lost() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, 24).await;
    by_hand(&organizer).await;
    let wrong: [(&str, Values, &str); 18] = [
        ("basics", &[("title_vi", "")], "Chưa ghi nội dung ở đây"),
        ("basics", &[("timezone", "Hà Nội")], "Asia/Ho_Chi_Minh"),
        ("basics", &[("slug", "Có Dấu")], "Tên trong địa chỉ chỉ gồm"),
        ("dates", &[("closes_at", "2020-01-01T10:00")], "Hạn gửi bài phải sau giờ mở nhận bài"),
        ("dates", &[("postmark_by", "2020-01-01")], "Ngày này phải từ ngày mở nhận bài"),
        ("entrants", &[("per_category", "3")], "Giới hạn cả cuộc thi không được nhỏ hơn"),
        ("entrants", &[("guardian_age", "13")], "không được nhỏ hơn tuổi nhỏ nhất"),
        ("entrants", &[("overall", "nhiều")], "Ghi một số nguyên từ 1 đến 1000"),
        ("categories", &[("max_words_1", "50")], "Số nhiều nhất không được nhỏ hơn"),
        ("categories", &[("name_vi_2", "Báo"), ("key_2", "bao")], "Mã này đã có ở một mục khác"),
        ("criteria", &[("max_1", "0,3")], "chia hết cho bước điểm 0.5"),
        ("rubrics", &[("step_1", "7")], "không chia hết cho bước điểm này"),
        ("prizes", &[("name_vi_3", "Giải B"), ("ranking_group_3", "bang-chung"), ("level_3", "1"), ("places_3", "1")], "có cùng bậc"),
        ("prizes", &[("minimum_1", "nhiều")], "Ghi một số từ 0.01 đến 1000"),
        ("prizes", &[("minimum_2", "50")], "Giải tập thể không xét theo điểm"),
        ("holders", &[("email_2", "khoa1@example.org")], "Mỗi người giữ khóa một địa chỉ khác nhau"),
        ("units", &[("units", "Một | hai | ba | bốn")], "Không đọc được dòng “Một | hai | ba | bốn”"),
        ("questions", &[("choices_1", "A | | x\nB | | x")], "Mã “B | | x” có hai lần"),
    ];
    for (word, values, says) in wrong {
        let seen = fill(&organizer, SLUG, word, values).await.is(422);
        seen.says(says);
        let form = seen.form("");
        for (name, value) in values {
            assert_eq!(form.value(name), Some(*value), "{word} {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_change_one_section_do_not_overwrite_each_other() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, 24).await;
    by_hand(&organizer).await;
    let mine = organizer.get(&section(SLUG, "marking")).await.form("").fill("readers", "3");
    let another = organizer.get(&section(SLUG, "holders")).await.form("").fill("office_vi_1", "Chủ tịch");
    saves(&organizer, SLUG, "marking", &[("threshold", "20")]).await;
    let seen = mine.submit().await.is(409);
    seen.says("Người khác vừa sửa phần này");
    assert_eq!(seen.form("").value("readers"), Some("3"));
    // another section is nobody's business; and a second press, having read this, counts
    another.submit().await.is(303);
    seen.form("").submit().await.is(303);
    assert_eq!(app.ask("select readers || ' ' || threshold as line from contest.contest").await, ["3 1250"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_opening_a_change_needs_a_reason_and_stands_on_the_rules_page_with_its_day() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, -1).await;
    by_hand(&organizer).await;
    let seen = fill(&organizer, SLUG, "categories", &[("max_words_1", "6000")]).await.is(422);
    seen.says("Ghi lý do sửa");
    assert_eq!(seen.form("").value("max_words_1"), Some("6000"));
    seen.form("").fill("reason", "Nhiều bài dài hơn").submit().await.is(303);
    let public = app.browser().get(&format!("/c/{SLUG}")).await;
    public.says("Nhiều bài dài hơn").says("Báo: Nhiều nhất (từ): 5000 → 6000");
    let noted = app.ask("select content->>'section' || ' ' || (content->>'reason') as line from record.event where verb = 'change_rules' order by id desc limit 1").await;
    assert_eq!(noted, ["categories Nhiều bài dài hơn"]);
    // a key holder's address stays private, also in the change
    fill(&organizer, SLUG, "holders", &[("email_2", "khoa3@example.org"), ("reason", "Người cũ nghỉ hưu")]).await.is(303);
    app.browser().get(&format!("/c/{SLUG}")).await.says("Người cũ nghỉ hưu").hides("khoa3@example.org").hides("khoa2@example.org");
    assert!(!app.ask("select content::text as line from record.event where verb = 'change_rules'").await.concat().contains("khoa3"));
}

#[tokio::test(flavor = "multi_thread")]
async fn once_open_the_address_and_the_opening_are_frozen_dates_move_later_only_and_nothing_needed_goes() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, -1).await;
    by_hand(&organizer).await;
    let why = ("reason", "Vì có lý do");
    fill(&organizer, SLUG, "basics", &[("slug", "ten-khac"), why]).await.is(409).says("không đổi được nữa");
    fill(&organizer, SLUG, "basics", &[("separation", "declared"), why]).await.is(409).says("không đổi được nữa");
    fill(&organizer, SLUG, "dates", &[("opens_at", &hours(-5)), why]).await.is(409).says("không đổi được nữa");
    fill(&organizer, SLUG, "dates", &[("queries_close_at", &hours(80)), why]).await.is(422).says("chỉ được lùi về sau");
    fill(&organizer, SLUG, "dates", &[("closes_at", &hours(60)), why]).await.is(409).says("một người đề nghị, người thứ hai xác nhận");
    fill(&organizer, SLUG, "holders", &[("remove_1", "yes"), why]).await.is(422).says("không thể bỏ điều mà cuộc thi không thể thiếu");
    fill(&organizer, SLUG, "dates", &[("queries_close_at", &hours(200)), why]).await.is(303);
    fill(&organizer, SLUG, "basics", &[("title_vi", "Tên rõ hơn"), why]).await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_opening_the_address_and_the_separation_may_still_change() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, 24).await;
    by_hand(&organizer).await;
    saves(&organizer, SLUG, "basics", &[("slug", "ten-khac"), ("separation", "declared"), ("timezone", "Asia/Tokyo")]).await;
    organizer.get(&format!("/c/{SLUG}")).await.is(404);
    app.browser().get("/c/ten-khac").await.is(200).says("công khai rằng có người giữ cả hai vai");
    // what was worn follows: one person may now wear both sides, and then it cannot be taken back
    app.official("ten-khac", "clerk", "Cả Hai", "cahai@example.org").await;
    app.official("ten-khac", "judge", "Cả Hai", "cahai@example.org").await;
    fill(&organizer, "ten-khac", "basics", &[("separation", "strict")]).await.is(409);
    assert_eq!(app.ask("select separation as line from contest.contest").await, ["declared"]);
}

async fn organizer_of_small(app: &TestApp) -> Browser {
    app.small_contest().await;
    app.official("nho", "organizer", "Người Tổ Chức", "tochuc@example.org").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_or_unit_with_an_entry_or_a_draft_is_not_removed() {
    let app = TestApp::spawn().await;
    let organizer = organizer_of_small(&app).await;
    app.received(crate::support::Sent { unit: "truong", ..crate::support::Sent::default() }).await;
    let why = ("reason", "Gộp lại cho gọn");
    // another one is there, so that the contest would not break
    let more = [("name_vi_2", "Tạp chí"), ("rubric_2", "chung"), ("ranking_group_2", "chung"), why];
    fill(&organizer, "nho", "categories", &more).await.is(303);
    fill(&organizer, "nho", "categories", &[("remove_1", "yes"), why]).await.is(409).says("đã có bài dự thi hoặc bài đang viết");
    fill(&organizer, "nho", "categories", &[("remove_2", "yes"), why]).await.is(303);
    let units = async |text: &str| fill(&organizer, "nho", "units", &[("units", text), why]).await;
    units("Tỉnh đoàn | Province | tinh\n  Huyện đoàn | District | huyen").await.is(409).says("Một đơn vị bạn bỏ đã có bài");
    units("Tỉnh đoàn | Province | tinh\nTrường học | School | truong").await.is(303);
    assert_eq!(app.ask("select name_vi as line from contest.unit order by position").await, ["Tỉnh đoàn", "Trường học"]);
    assert_eq!(app.ask("select u.key as line from named.entry e join contest.unit u on u.id = e.unit").await, ["truong"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rubric_groups_and_readers_freeze_at_the_first_assignment_prizes_and_holders_at_the_seal() {
    let app = TestApp::spawn().await;
    let organizer = organizer_of_small(&app).await;
    let codes = app.cut_papers(5).await;
    app.stay_signed_in().await;
    let why = ("reason", "Vì có lý do");
    // cut but not assigned: the papers follow
    fill(&organizer, "nho", "marking", &[("readers", "3"), why]).await.is(303);
    assert_eq!(app.ask("select distinct wanted::text as line from blind.paper").await, ["3"]);
    fill(&organizer, "nho", "dates", &[("queries_close_at", "2030-01-01T10:00"), why]).await.is(409).says("Đã cắt phách");
    app.judge("Một", "gk1@example.org").await;
    app.assign("gk1@example.org", &codes[0]).await;
    for word in ["marking", "rubrics", "criteria", "groups"] {
        // what cannot be changed has no empty rows to fill in
        organizer.get(&section("nho", word)).await.says("khóa từ lần phân công chấm đầu tiên").hides("Thêm một mục").hides("Lưu phần này");
    }
    // the page hides the button; Postgres refuses whoever presses it all the same
    fill(&organizer, "nho", "marking", &[("readers", "2"), why]).await.is(409).says("Đã phân công chấm");
    fill(&organizer, "nho", "criteria", &[("max_1", "61"), why]).await.is(409);
    fill(&organizer, "nho", "rubrics", &[("name_vi_1", "Tên khác"), why]).await.is(409);
    fill(&organizer, "nho", "groups", &[("name_vi_2", "Bảng khác"), why]).await.is(409);
    fill(&organizer, "nho", "categories", &[("name_vi_2", "Tạp chí"), ("rubric_2", "chung"), ("ranking_group_2", "chung"), why]).await.is(409);
    fill(&organizer, "nho", "prizes", &[("places_1", "2"), why]).await.is(303);
    app.execute("insert into blind.seal(contest, content, sha256, organizer) values ('01900000-0000-7000-8000-000000000001', 'x', sha256('x'), gen_random_uuid())").await;
    fill(&organizer, "nho", "prizes", &[("places_1", "3"), why]).await.is(409).says("đã niêm phong");
    fill(&organizer, "nho", "holders", &[("email_1", "khac@example.org"), why]).await.is(409).says("đã niêm phong");
    fill(&organizer, "nho", "hand", &[("rule_vi_1", "Trao giải tại hội trường."), why]).await.is(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_communes_are_pasted_at_once_and_pasted_anew_are_the_same() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, 24).await;
    let list: String = (1..=300).map(|n| if n % 50 == 1 { format!("Huyện {n}\n") } else { format!("\tXã số {n}\n") }).collect();
    saves(&organizer, SLUG, "units", &[("units", &list)]).await;
    let ids = || app.ask("select string_agg(id::text, ' ' order by position) as line from contest.unit");
    let first = ids().await;
    assert_eq!(app.ask("select count(*) || ' ' || count(parent) as line from contest.unit").await, ["300 294"]);
    saves(&organizer, SLUG, "units", &[("units", &list)]).await;
    assert_eq!(ids().await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_organizer_edits_rules_and_no_hat_writes_them_straight() {
    let app = TestApp::spawn().await;
    organizer_of_small(&app).await;
    for (hat, email) in [("clerk", "thuky@example.org"), ("chair", "truong@example.org"), ("judge", "gk@example.org")] {
        let other = app.official("nho", hat, "Người Khác", email).await;
        other.get("/c/nho/organizer/rules").await.is(404);
        other.get("/c/nho/organizer/rules/file").await.is(404);
        other.post(&section("nho", "marking"), &[]).await.is(404);
    }
    let mut organizer = crate::hats::wear(&app, "organizer", "tochuc@example.org").await;
    for sql in [
        "update contest.contest set readers = 1 returning readers::text as line",
        "insert into contest.change(contest, n, section, reason, what) values (phach.contest(), 1, 'x', 'không có', '[]') returning section as line",
        "select contest.write(phach.contest(), '{}')::text as line",
        "select contest.create('{}')::text as line",
        "select contest.confirm_extension(gen_random_uuid(), gen_random_uuid())::text as line",
    ] {
        assert!(crate::hats::ask(&mut organizer, sql).await.unwrap_err().contains("permission denied"), "{sql}");
    }
    // another contest's rows, named by their ids, stay what they are
    app.another_contest().await;
    let hostile = "select contest.revise('categories', contest.rules(true) || jsonb_build_object('categories',
        (select jsonb_agg(to_jsonb(k) || '{\"name_vi\": \"Chiếm\"}') from contest.category k)), 'vì thế', '[]')::text as line";
    let _ = crate::hats::ask(&mut organizer, hostile).await;
    diesel_async::SimpleAsyncConnection::batch_execute(&mut organizer, "commit").await.unwrap();
    assert_eq!(app.ask("select name_vi as line from contest.category where contest = '01900000-0000-7000-8000-0000000000ff'").await, ["Báo"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn going_on_saves_first_and_what_cannot_be_saved_stays_with_everything_typed() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, 24).await;
    let page = organizer.get(&section(SLUG, "rubrics")).await.is(200);
    assert!(page.attrs("form a", "href").is_empty(), "no way on that drops what is typed");
    let on = page.form("").fill("name_vi_1", "Phiếu chấm").fill("step_1", "0,5").fill("then", "next").submit().await.is(303);
    assert_eq!(on.location, format!("/c/{SLUG}/organizer/rules/criteria?said=rules-saved"));
    assert_eq!(organizer.get(&section(SLUG, "criteria")).await.attrs("select[name=rubric_1] option", "value"), ["phieu-cham"]);
    let wrong = page.form("").fill("name_vi_1", "Phiếu chấm").fill("step_1", "nửa").fill("then", "next").submit().await;
    assert_eq!(wrong.form("").value("step_1"), Some("nửa"));
    // the last section has no next one
    let last = organizer.get(&section(SLUG, "hand")).await.is(200).form("").fill("rule_vi_1", "Trao giải tại lễ.").fill("then", "next").submit().await.is(303);
    assert_eq!(last.location, format!("/c/{SLUG}/organizer/rules/hand?said=rules-saved"));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_rows_are_had_with_what_is_typed_still_there_and_nothing_saved() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, 24).await;
    let rows = |page: &Seen| page.all(".rule-rows > details").len();
    let page = organizer.get(&section(SLUG, "groups")).await.is(200);
    assert_eq!(rows(&page), 2);
    let more = page.form("").fill("name_vi_1", "Bảng A").fill("name_vi_2", "Bảng B").fill("then", "rows").submit().await.is(200);
    assert_eq!((rows(&more), more.form("").value("name_vi_2"), more.all("#next-row[open]").len()), (9, Some("Bảng B"), 1));
    assert!(file_groups(&organizer).await.is_empty());
    let form = more.form("").fill("name_vi_3", "Bảng C").fill("name_vi_9", "Bảng D");
    form.submit().await.is(303);
    assert_eq!(file_groups(&organizer).await, ["Bảng A", "Bảng B", "Bảng C", "Bảng D"]);
}
async fn file_groups(organizer: &Browser) -> Vec<String> {
    let page = organizer.get(&section(SLUG, "groups")).await;
    page.all(".rule-rows > details > summary").into_iter().filter(|s| s.starts_with("Bảng")).collect()
}
