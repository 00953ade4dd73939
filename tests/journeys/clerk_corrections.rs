//! The desk corrects an author or the unit: a row with what stood before, told to the contact.
use crate::clerk::{by, desk};
use crate::support::{Browser, Filling, TestApp};

async fn form_of(clerk: &Browser, entry: &str, position: &str) -> Filling {
    let page = clerk.get(&format!("/c/nho/desk/{entry}/authors")).await.is(200);
    let action = format!("/c/nho/desk/{entry}/authors");
    // the first form that posts there is the first author's; the unit's comes last
    if position == "0" { page.form(&action).without("name_1").fill("position", "0") } else { page.form(&action) }
}
async fn flags(app: &TestApp) -> String {
    app.ask("select flags::text as line from named.entry where version > 0 order by number").await.join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_author_counts_is_found_and_told_and_what_stood_before_stays_in_sight() {
    let (app, clerk) = desk().await;
    let id = app.received(by("Đặng Thị Hoa", "hoa@example.org", "Đường về bản")).await;
    form_of(&clerk, &id, "1").await.submit().await.is(422).says("Ghi từ 5 đến 500 ký tự");
    form_of(&clerk, &id, "1").await.fill("reason_1", "Không đổi gì cả").submit().await.is(422).says("Chưa có gì thay đổi");
    let wrong = form_of(&clerk, &id, "1").await.fill("year_1", "năm ngoái").fill("email_1", "x").fill("name_1", "").fill("reason_1", "Theo giấy khai sinh").submit().await.is(422);
    wrong.says("năm sinh gồm 4 chữ số");
    assert_eq!(wrong.form(&format!("/c/nho/desk/{id}/authors")).value("year_1"), Some("năm ngoái"));
    let form = form_of(&clerk, &id, "1").await.fill("name_1", "Đặng Thị Hòa").fill("year_1", "2001").fill("pen_1", "Hòa Bình");
    let done = form.fill("reason_1", "Theo giấy khai sinh").submit().await.is(303).follow().await.is(200);
    done.says("Đã ghi lần sửa").says("Đặng Thị Hoa → Đặng Thị Hòa").says("không có → 2001").says("Theo giấy khai sinh");
    clerk.get(&format!("/c/nho/desk/{id}")).await.says("Đặng Thị Hòa");
    assert_eq!(app.ask("select name || birth_year as line from named.author").await, ["Đặng Thị Hòa2001"]);
    assert_eq!(app.ask("select was->>'name' || ' ' || (becomes->>'name') as line from named.correction").await, ["Đặng Thị Hoa Đặng Thị Hòa"]);
    assert_eq!(app.letter("hoa@example.org", "author-corrected").await["number"], 1);
    clerk.get("/c/nho/desk?q=dang+thi+hoa").await.says("Đường về bản");
    assert_eq!(app.ask("select count(*)::text as line from record.event where content::text like '%Đặng%' or content::text like '%khai sinh%'").await, ["0"]);
    // a corrected version is the same version: what was received stands
    assert_eq!(app.ask("select count(*) || ' ' || max(n) as line from named.version").await, ["1 1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_that_goes_over_a_limit_is_a_doubt_and_one_of_a_replaced_version_is_told() {
    let (app, clerk) = desk().await;
    app.execute("update contest.contest set limit_per_category = 1").await;
    app.received(by("Đặng Thị Hòa", "hoa@example.org", "Đường về bản")).await;
    let id = app.received(by("Dang Hoa", "hoa2@example.org", "Nước sạch")).await;
    let late = form_of(&clerk, &id, "1").await;
    app.replaced(&id, by("Dang Hoa", "hoa2@example.org", "Nước sạch, sửa")).await.unwrap();
    late.fill("name_1", "Đặng Hòa").fill("reason_1", "Viết sai dấu").submit().await.is(409);
    let form = form_of(&clerk, &id, "1").await.fill("name_1", "Đặng Thị Hòa").fill("email_1", "hoa@example.org");
    form.fill("reason_1", "Cùng một người").submit().await.is(303);
    assert_eq!(flags(&app).await, "0 32");
    assert_eq!(app.ask("select state as line from named.entry order by number").await, ["waiting", "waiting"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_corrected_within_the_contest_and_nothing_is_that_has_ended_or_is_sealed() {
    let (app, clerk) = desk().await;
    let id = app.received(by("Đặng Thị Hòa", "hoa@example.org", "Đường về bản")).await;
    let post = async |unit: &str, reason: &str| {
        let fields = [("position", "0"), ("version", "1"), ("unit", unit), ("reason_0", reason)].map(|(n, v)| (n.to_owned(), v.to_owned()));
        clerk.post(&format!("/c/nho/desk/{id}/authors"), &fields).await
    };
    let huyen = "01900000-0000-7000-8000-000000000008";
    post("01900000-0000-7000-8000-0000000000aa", "Ghi nhầm đơn vị").await.is(422).says("Không có đơn vị này");
    post("lạ", "Ghi nhầm đơn vị").await.is(422);
    post("", "Ghi nhầm đơn vị").await.is(422).says("Chưa có gì thay đổi");
    post(huyen, "x").await.is(422);
    post(huyen, "Ghi nhầm đơn vị").await.is(303).follow().await.says("không có → Huyện đoàn");
    assert_eq!(app.ask("select e.unit || ' ' || v.unit as line from named.entry e join named.version v on v.entry = e.id").await, [format!("{huyen} {huyen}")]);
    app.execute("update named.entry set state = 'withdrawn'").await;
    post("", "Ghi nhầm đơn vị").await.is(409);
    clerk.get(&format!("/c/nho/desk/{id}/authors")).await.says("đã kết thúc");
    let foreign = [("position", "1"), ("version", "1"), ("reason_1", "Ghi nhầm tên")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    clerk.post("/c/nho/desk/01900000-0000-7000-8000-00000000eeee/authors", &foreign).await.is(404);
}
