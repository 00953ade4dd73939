//! The demonstration: its mark, its four contests, its helpers; and that without the mark there are none.
use diesel_async::SimpleAsyncConnection;
use phach::demo::{self, AtSize, Plan, What};
use phach::platform::db::{Mode, Public, Tx, Who};
use phach::verify::verify;

use crate::support::{Browser, TestApp};

async fn demonstration() -> TestApp {
    let app = TestApp::spawn().await;
    assert_eq!(demo::why_not(&mut app.admin().await).await.unwrap(), None);
    demo::load(&app.site, (app.admin().await, &app.admin_url), What::Four(Plan::SMALL), &|_| ()).await.unwrap();
    app.site.pages.say_demonstration(); // as `serve` does, where it finds the mark
    app
}

/// By one press on the sign-in page, the n-th of the list; and where it led.
async fn stand_in(app: &TestApp, n: usize) -> (Browser, String) {
    let browser = app.browser();
    let page = browser.get("/sign-in").await.is(200);
    let person = page.attrs("form[action='/demo/sign-in'] input[name=person]", "value")[n].clone();
    let place = browser.post("/demo/sign-in", &[("person".into(), person)]).await.is(303).location;
    (browser, place)
}

#[tokio::test(flavor = "multi_thread")]
async fn four_contests_have_happened_and_whatever_can_be_verified_holds() {
    let app = demonstration().await;
    let findings = verify(&mut app.admin().await, None).await.unwrap();
    assert!(findings.len() >= 10 && findings.iter().all(|f| f.holds), "{findings:#?}");
    // the clock is the database's own again, and nobody's session is left
    assert_eq!(app.ask("select (pg_get_functiondef('phach.now()'::regprocedure) like '%phach.moment%')::text as line").await, ["false"]);
    assert_eq!(app.ask("select count(*)::text as line from account.session").await, ["0"]);
    assert_eq!(app.ask("select count(*)::text as line from mail.letter where sent_at is null").await, ["0"]);
    let states = "select concat_ws(' ', c.slug, c.closes_at > now(), exists (select from blind.paper p where p.contest = c.id and cardinality(p.marks) < p.wanted),
        exists (select from blind.seal s where s.contest = c.id), (select count(*) from slip.key_turn t where t.contest = c.id), c.published_at is not null) as line from contest.contest c order by 1";
    // open? marking? sealed? keys turned, published?
    assert_eq!(app.ask(states).await, ["chuyen-quanh-ta f t f 0 f", "mot-ngay-binh-thuong t f f 0 f", "noi-toi-song f f t 2 t", "viec-lam-bang-tay f f t 1 f"]);
    // what was received is real: each file lies in the store under its hash, and was read by the program's own reader
    let files = app.ask("select storage_key || ' ' || encode(sha256, 'hex') || ' ' || state as line from named.attachment order by id limit 20").await;
    for file in &files {
        let [key, sha256, state] = file.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let bytes = app.site.store.get(key).await.unwrap();
        assert!(bytes.starts_with(b"PK") && state == "read");
        assert_eq!(phach::platform::secret::hex(&phach::platform::secret::sha256(&bytes)), sha256);
    }
    assert_eq!(files.len(), 20);
    let kinds = app.ask("select distinct f.kind as line from named.flag f where f.settled_at is null order by 1").await;
    for kind in ["mail-unconfirmed", "post-late", "repair-asked", "same-text", "withdrawal-asked"] {
        assert!(kinds.iter().any(|k| k == kind), "{kind}: {kinds:?}");
    }
    let of_open = app.ask("select distinct e.state as line from named.entry e join contest.contest c on c.id = e.contest where c.slug = 'mot-ngay-binh-thuong' order by 1").await;
    for state in ["draft", "queried", "valid", "waiting"] {
        assert!(of_open.iter().any(|s| s == state), "{state}: {of_open:?}");
    }
    // texts of entries that count are told apart, but for the one pair that is a doubt
    let twins = app.ask("select count(*)::text as line from (select v.sha256 from named.version v where v.n = 1 and v.sha256 is not null group by 1 having count(*) > 1) x").await;
    assert_eq!(twins, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_press_signs_in_as_each_of_the_list_and_every_page_says_what_this_is() {
    let app = demonstration().await;
    let visitor = app.browser();
    let page = visitor.get("/sign-in").await.is(200);
    assert_eq!(page.all("form[action='/demo/sign-in'] button").len(), 8);
    for path in ["/", "/sign-in", "/about", "/c/noi-toi-song", "/c/noi-toi-song/results", "/khong-co"] {
        for (lang, words) in [("vi", "Bản trình diễn"), ("en", "Demonstration")] {
            let seen = visitor.get_in(path, lang).await;
            assert_eq!(seen.all("aside.trial b"), [words], "{path}");
        }
    }
    for path in ["/c/noi-toi-song", "/c/noi-toi-song/call", "/c/noi-toi-song/results", "/c/noi-toi-song/receipt"] {
        assert_eq!(visitor.get(path).await.all(".practice b"), ["Tập dượt."], "{path}");
    }
    for n in 0..8 {
        let (browser, place) = stand_in(&app, n).await;
        let seen = browser.get(&place).await.is(200);
        assert_eq!(seen.all("aside.trial").len(), 1, "{place}");
    }
    // a contestant's receipt says that it is practice
    let (contestant, _) = stand_in(&app, 0).await;
    let own = "select e.id::text as line from named.entry e join account.account a on a.id = e.account join contest.contest c on c.id = e.contest where a.email = 'nguoi-du-thi@example.org' and c.slug = 'noi-toi-song'";
    let receipt = format!("/c/noi-toi-song/entries/{}/receipt", app.ask(own).await.concat());
    assert_eq!(contestant.get(&receipt).await.is(200).all(".practice b"), ["Tập dượt."]);
    // who holds the second key opens the slips with the password that the sign-in page tells
    let (first, _) = stand_in(&app, 5).await;
    let minutes = first.get("/c/viec-lam-bang-tay/minutes/seal").await.is(200).text();
    let seal = app.ask("select encode(s.sha256, 'hex') as line from blind.seal s join contest.contest c on c.id = s.contest where c.slug = 'viec-lam-bang-tay'").await.concat();
    assert!(minutes.contains(&seal), "{minutes}");
    let (second, opening) = stand_in(&app, 6).await;
    let form = second.get(&opening).await.is(200);
    let password = phach::accounts::model::DEMO_PASSWORD;
    page.says(password);
    form.form(&opening).fill("last4", &seal[60..]).fill("password", password).fill("sure", "yes").submit().await.is(303);
    assert_eq!(app.ask("select count(*)::text as line from slip.opening").await, ["2"]);
    // who may create contests makes one here, and it is practice as well
    assert!(first.get("/me").await.attrs("a", "href").iter().any(|h| h == "/contests/new"));
    // a person who is not on the list is nobody's to be
    let other = app.ask("select id::text as line from account.account where id not in (select account from account.stand_in) limit 1").await.concat();
    visitor.post("/demo/sign-in", &[("person".into(), other)]).await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_read_on_a_page_newest_first_and_by_address() {
    let app = demonstration().await;
    let visitor = app.browser();
    let page = visitor.get("/demo/letters").await.is(200);
    assert_eq!(page.all(".letters details").len(), 25);
    let older = page.attrs("a", "href").into_iter().find(|h| h.contains("below=")).unwrap();
    let next = visitor.get(&older).await.is(200);
    assert_eq!(next.all(".letters details").len(), 25);
    assert!(page.all(".letters summary") != next.all(".letters summary"));
    let own = visitor.get("/demo/letters?to=to-chuc-2%40example.org").await.is(200);
    let heads = own.all(".letters summary");
    assert!(!heads.is_empty() && heads.iter().all(|h| h.contains("to-chuc-2@example.org")), "{heads:?}");
    let name = app.ask("select name as line from account.account where email = 'to-chuc-2@example.org'").await.concat();
    assert!(heads.iter().all(|h| h.contains(&name)), "{name}: {heads:?}");
    let links = own.attrs(".letters details a", "href");
    assert!(links.iter().any(|l| l.ends_with("/opening")) && links.iter().all(|l| l.starts_with('/')), "{links:?}");
    visitor.get("/demo/letters?to=nobody%40example.org").await.is(200).says("Chưa có thư nào");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_shuts_the_others_out_of_a_demonstration() {
    let app = demonstration().await;
    // who typed something wrong still has the people to choose from
    let page = app.browser().get("/sign-in").await;
    let wrong = page.form("/sign-in").fill("email", "to-chuc-2@example.org").fill("password", "không phải đâu nhé").submit().await.is(422);
    assert_eq!(wrong.all("form[action='/demo/sign-in'] button").len(), 8);
    assert_eq!(wrong.form("/sign-in").value("email"), Some("to-chuc-2@example.org"));
    let letters = async || app.ask("select count(*)::text as line from mail.letter").await;
    let before = letters().await;
    let forgotten = app.browser().get("/forgot").await.form("/forgot").fill("email", "to-chuc-2@example.org").submit().await.is(409);
    forgotten.says("ai cũng giữ nguyên mật khẩu");
    let (organizer, _) = stand_in(&app, 5).await;
    let address = organizer.get("/me").await.form("/me/address").fill("email", "khac@example.org").fill("password", phach::accounts::model::DEMO_PASSWORD);
    address.submit().await.is(409).says("ai cũng giữ nguyên mật khẩu");
    assert_eq!(letters().await, before);
    // whatever way somebody finds to it, Postgres refuses; a name or a language is nobody's key
    let mut conn = app.admin().await;
    for change in ["password_hash = 'x'", "email = 'x@example.org'", "email_key = 'x@example.org'"] {
        let refused = conn.batch_execute(&format!("update account.account set {change} where email = 'to-chuc-2@example.org'")).await.unwrap_err().to_string();
        assert!(refused.contains("demonstration_keeps"), "{change}: {refused}");
    }
    conn.batch_execute("update account.account set lang = 'en'").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_mark_there_are_no_helpers_whoever_asks_and_postgres_refuses_them() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let visitor = app.person("Người Nào", "nao@example.org").await;
    visitor.get("/demo/letters").await.is(404);
    let id = app.ask("select id::text as line from account.account where email_key = 'nao@example.org'").await.concat();
    visitor.post("/demo/sign-in", &[("person".into(), id.clone())]).await.is(404);
    let page = visitor.get("/sign-in").await.is(200);
    assert_eq!((page.all(".stand-ins, .people").len(), page.all("aside.trial").len()), (0, 0));
    // also where the program thinks otherwise
    app.site.pages.say_demonstration();
    visitor.get("/demo/letters").await.is(404);
    visitor.post("/demo/sign-in", &[("person".into(), id.clone())]).await.is(404);
    assert_eq!(visitor.get("/sign-in").await.is(200).all(".people li").len(), 0);
    let mut conn = app.admin().await;
    for call in [format!("account.sign_in_as('{id}', sha256('x'))"), "mail.shown('', now(), 1, 10)".into()] {
        let refused = conn.batch_execute(&format!("begin; set local role phach_public; select {call}")).await.unwrap_err().to_string();
        assert!(refused.contains("enter_not_found"), "{call}: {refused}");
        conn.batch_execute("rollback").await.unwrap();
    }
    assert_eq!(app.ask("select count(*)::text as line from account.stand_ins()").await, ["0"]);
    for hat in ["contestant", "clerk", "worker", "reader", "judge", "chair", "dealer", "organizer", "auditor"] {
        for call in ["account.sign_in_as(null, null)", "account.stand_ins()", "mail.shown('', now(), 1, 10)", "phach.is_demonstration()"] {
            let refused = conn.batch_execute(&format!("begin; set local role phach_{hat}; select {call}")).await.unwrap_err().to_string();
            assert!(refused.contains("permission denied"), "{hat} {call}: {refused}");
            conn.batch_execute("rollback").await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mark_is_set_on_an_empty_database_alone_and_never_changed() {
    let mark = "insert into phach.demonstration(one) values (true)";
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let mut conn = app.admin().await;
    let refused = conn.batch_execute(mark).await.unwrap_err().to_string();
    assert!(refused.contains("only an empty database"), "{refused}");
    assert!(demo::why_not(&mut app.admin().await).await.unwrap().is_some());
    let refused = demo::load(&app.site, (app.admin().await, &app.admin_url), What::Four(Plan::SMALL), &|_| ()).await.unwrap_err();
    assert!(refused.contains("not loaded"), "{refused}");
    assert_eq!(app.ask("select count(*)::text as line from phach.demonstration").await, ["0"]);
    // an account alone is enough
    let app = TestApp::spawn().await;
    app.person("Người Nào", "nao@example.org").await;
    let mut conn = app.admin().await;
    assert!(conn.batch_execute(mark).await.is_err());
    // so is somebody invited, an entry's letter; and such a database is left as it is, in whatever version
    for (table, fill) in [
        ("invitation", "insert into account.invitation(id, hash, email, email_key) values (gen_random_uuid(), sha256('x'), 'a@example.org', 'a@example.org')"),
        ("letter", "insert into mail.letter(to_address, lang, kind, params) values ('a@example.org', 'vi', 'receipt', '{}')"),
    ] {
        let app = TestApp::spawn().await;
        app.execute(fill).await;
        assert!(app.admin().await.batch_execute(mark).await.is_err(), "{table}");
    }
    // the link of a first start is nobody's
    let app = TestApp::spawn().await;
    app.execute("insert into account.invitation(id, hash) values (gen_random_uuid(), sha256('x'))").await;
    assert_eq!(demo::why_not(&mut app.admin().await).await.unwrap(), None);
    app.execute("insert into account.invitation(id, hash, email, email_key) values (gen_random_uuid(), sha256('y'), 'a@example.org', 'a@example.org')").await;
    assert!(demo::why_not(&mut app.admin().await).await.unwrap().is_some());
    // an empty one takes it, once and for good; nobody but an administrator has a way to it
    let app = TestApp::spawn().await;
    let mut conn = app.admin().await;
    for hat in ["public", "contestant", "clerk", "worker", "reader", "judge", "chair", "dealer", "organizer", "auditor"] {
        for act in [mark, "delete from phach.demonstration", "select from phach.demonstration", "truncate phach.demonstration"] {
            let refused = conn.batch_execute(&format!("begin; set local role phach_{hat}; {act}")).await.unwrap_err().to_string();
            assert!(refused.contains("permission denied"), "{hat} {act}: {refused}");
            conn.batch_execute("rollback").await.unwrap();
        }
    }
    conn.batch_execute(mark).await.unwrap();
    for act in [mark, "update phach.demonstration set at = now()", "delete from phach.demonstration", "truncate phach.demonstration"] {
        assert!(conn.batch_execute(act).await.is_err(), "{act}");
    }
    assert_eq!(app.ask("select count(*)::text as line from record.event where verb = 'mark_demonstration'").await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_was_broken_off_is_known_by_its_clock() {
    let app = TestApp::spawn().await;
    let mut conn = app.admin().await;
    assert!(!demo::is_unfinished(&mut conn).await.unwrap());
    let bent = "create or replace function phach.now() returns timestamptz language sql stable parallel safe as
        $$ select coalesce(nullif(current_setting('phach.moment', true), '')::timestamptz, now()) $$";
    conn.batch_execute(bent).await.unwrap();
    assert!(demo::is_unfinished(&mut conn).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_a_running_server_nothing_is_loaded() {
    let app = TestApp::spawn().await;
    app.browser().get("/").await.is(200); // its logins are connected from here on
    assert!(demo::is_served(&mut app.admin().await).await.unwrap());
    let data = tempfile::tempdir().unwrap();
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_phach"))
        .args(["demo", "load"])
        .envs([("DATABASE_URL", app.admin_url.as_str()), ("PHACH_DATA", data.path().to_str().unwrap())])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&program.stderr).into_owned();
    assert!(!program.status.success() && said.contains("a server is running"), "{said}");
    assert_eq!(app.ask("select count(*)::text as line from phach.demonstration").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_starts_waits_for_the_mark_that_is_being_set() {
    let app = TestApp::spawn().await;
    let mut load = app.admin().await;
    demo::hold_back_servers(&mut load).await.unwrap();
    let site = app.site.clone();
    let server = tokio::spawn(async move {
        let tx: Tx<Public> = site.db.open(Mode::Read, &Who::Program { contest: None }).await.unwrap();
        demo::wait_for_a_mark(&tx).await.unwrap();
        demo::is_marked(&tx).await.unwrap()
    });
    let waits =
        "select count(*)::text as line from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())";
    while app.ask(waits).await != ["1"] {
        assert!(!server.is_finished());
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    // by its connection the load would know of it
    assert!(demo::is_served(&mut load).await.unwrap());
    // as the load does it: the mark stands before the lock goes
    load.batch_execute("begin; insert into phach.demonstration(one) values (true); commit; select pg_advisory_unlock_all()").await.unwrap();
    assert!(server.await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_in_use_is_neither_loaded_nor_migrated() {
    let app = TestApp::spawn().await;
    app.execute("insert into account.account(id, email, email_key, name, lang, password_hash) values (gen_random_uuid(), 'a@example.org', 'a@example.org', 'A', 'vi', 'none')")
        .await;
    // as an older version left it
    app.execute("delete from __diesel_schema_migrations where version = (select max(version) from __diesel_schema_migrations)").await;
    let versions = async || app.ask("select version as line from __diesel_schema_migrations order by 1").await;
    let before = versions().await;
    let data = tempfile::tempdir().unwrap();
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_phach"))
        .args(["demo", "load"])
        .envs([("DATABASE_URL", app.admin_url.as_str()), ("PHACH_DATA", data.path().to_str().unwrap())])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&program.stderr).into_owned();
    assert!(!program.status.success() && said.contains("not empty"), "{said}");
    assert_eq!(versions().await, before);
}

/// As `bin/run` calls it at each start: a folder that holds a database is left as it is.
#[test]
fn a_data_folder_that_is_no_longer_new_gets_no_demonstration() {
    let data = tempfile::tempdir().unwrap();
    std::fs::create_dir(data.path().join("postgres")).unwrap();
    let program = || {
        let mut p = std::process::Command::new(env!("CARGO_BIN_EXE_phach"));
        p.args(["demo", "load", "--only-if-new"]).env("PHACH_DATA", data.path()).env_remove("DATABASE_URL");
        p
    };
    for ran in [program().output().unwrap(), program().env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none").output().unwrap()] {
        assert!(ran.status.success() && ran.stdout.is_empty() && ran.stderr.is_empty(), "{ran:?}");
    }
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(data.path().join("postgres")).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_size_two_contests_stand_as_if_everything_had_been_pressed_and_go_on_by_the_pages() {
    let app = TestApp::spawn().await;
    demo::load(&app.site, (app.admin().await, &app.admin_url), What::AtSize(AtSize { entries: 400, judges: 12 }), &|_| ()).await.unwrap();
    app.site.pages.say_demonstration();
    // the triggers that the tables were written without would have left the same
    let odd = |sql: &'static str| app.ask(sql);
    assert_eq!(odd("select contest::text || category || state || cut || n as line from (select contest, category, state, cut, count(*) as n from named.entry where version > 0 group by 1, 2, 3, 4) e
        except select contest::text || category || state || cut || sum(n) from named.counter group by contest, category, state, cut").await, Vec::<String>::new());
    assert_eq!(
        odd("select e.id::text as line from named.entry e join named.version v on v.entry = e.id and v.n = e.version where e.authors_key <>
        (select string_agg(a.name_key, ' / ' order by a.position) from named.author a where a.version = v.id) or v.sha256 <> sha256(convert_to(v.body, 'UTF8'))
        or not exists (select from named.search s where s.entry = e.id and s.key = ' ' || e.title_key || ' / ' || e.authors_key)")
        .await,
        Vec::<String>::new()
    );
    assert_eq!(odd("select tgname::text as line from pg_trigger where tgenabled = 'D'").await, Vec::<String>::new());
    // first readings; how many third marks that judge has in hand besides, the lot says
    assert_eq!(odd("select count(*) filter (where not a.third) || ' ' || count(distinct a.judge) as line from blind.assignment a where a.state = 'open'").await, ["100 1"]);
    // one judge has not begun; the command marks what is left
    demo::mark(&app.site, &app.admin_url, "nghin-trang-viet", &|_| ()).await.unwrap();
    assert_eq!(odd("select count(*)::text as line from blind.assignment a where a.state = 'open'").await, ["0"]);
    let findings = verify(&mut app.admin().await, None).await.unwrap();
    assert!(findings.len() >= 3 && findings.iter().all(|f| f.holds), "{findings:#?}");
    // the next number follows, the queue shows what waits, the round closes
    let (clerk, _) = stand_in(&app, 1).await;
    assert!(clerk.get("/c/moi-nguoi-mot-trang/desk").await.is(200).body.contains("/desk/"));
    let (chair, _) = stand_in(&app, 4).await;
    chair.post("/c/nghin-trang-viet/chair/closing", &[("sure".into(), "yes".into())]).await.is(303);
    let findings = verify(&mut app.admin().await, None).await.unwrap();
    assert!(findings.iter().all(|f| f.holds), "{findings:#?}");
    let refused = demo::mark(&app.site, &app.admin_url, "khong-co", &|_| ()).await.unwrap_err();
    assert!(refused.contains("khong-co"), "{refused}");
}
