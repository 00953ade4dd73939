//! The program as an operator meets it: one command, a second copy, signals, kill -9, settings, the other commands.
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use diesel_async::SimpleAsyncConnection;
use phach::platform::admin;
use phach::platform::cluster::{Cluster, Options};

use crate::support::{Browser, PASSWORD, Program, TestApp, phach, words_of};

async fn sign_up(base: &str, name: &str, email: &str) -> Browser {
    let browser = Browser::new(base);
    browser.get("/sign-up").await.form("/sign-up").fill("name", name).fill("email", email).fill("password", PASSWORD).submit().await.is(303);
    browser.sign_in(email).await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn one_command_serves_survives_every_kill_and_ends_within_ten_seconds() {
    let mut program = Program::new();
    program.start(&[]);
    let link = program.said.lines().find(|l| l.contains("/invitation/")).expect(&program.said).trim().to_owned();
    assert!(program.said.contains("phach letters") && program.said.contains(&format!("{}/invitation/", program.base())), "{}", program.said);
    let organizer = Browser::new(&program.base());
    let page = organizer.get(link.strip_prefix(&program.base()).unwrap()).await.is(200);
    page.form("").fill("name", "Canary Đỗ Bí Mật").fill("email", "canary.nguoi@example.org").fill("password", PASSWORD).submit().await.is(303);
    organizer.get("/contests/new").await.is(200);

    // a second copy: the same port, then another port on the same folder
    let second = program.command(&["serve"], &[]);
    assert!(!second.status.success() && words_of(&second).contains("Is another copy running?"), "{}", words_of(&second));
    let second = phach(&["serve"], &[("PHACH_LISTEN", "127.0.0.1:0")]).env("PHACH_DATA", program.data()).output().unwrap();
    assert!(!second.status.success() && words_of(&second).contains("already running on the folder"), "{}", words_of(&second));
    organizer.get("/me").await.is(200);

    // Postgres killed under it: it comes back by itself
    program.kill_postgres_9();
    within(Duration::from_secs(30), async || Browser::new(&program.base()).get("/readyz").await.status == 200).await;
    organizer.get("/me").await.is(200).says("Canary");
    // the program killed: its Postgres is adopted; then both
    program.kill_9();
    let postmaster = program.postmaster();
    program.start(&[]);
    assert_eq!(program.postmaster(), postmaster, "adopted");
    assert!(!program.said.contains("/invitation/"), "there is an account already: {}", program.said);
    organizer.get("/me").await.is(200).says("Canary");
    program.kill_9();
    program.kill_postgres_9();
    program.start(&[]);
    organizer.get("/me").await.is(200).says("Canary");

    // SIGTERM while a form is being sent and idle connections are open
    let mut slow = TcpStream::connect(program.base().strip_prefix("http://").unwrap()).unwrap();
    write!(slow, "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\ncontent-type: application/x-www-form-urlencoded\r\n\r\nemail=").unwrap();
    let (took, status) = program.stop();
    assert!(took < Duration::from_secs(10) && status.success(), "{took:?} {status}\n{}", program.log());
    assert!(program.postmaster().is_none(), "Postgres ended with it");
    program.start(&[]);
    organizer.get("/me").await.is(200).says("Canary");

    // nothing of a person stands in a log
    sign_up(&program.base(), "Canary Hai", "canary.hai@example.org").await;
    for log in [program.log(), program.postgres_log()] {
        assert!(!log.to_lowercase().contains("canary") && !log.contains("example.org") && !log.contains(PASSWORD) && !log.contains(link.rsplit('/').next().unwrap()), "{log}");
    }
    assert!(program.log().contains("route=/sign-up") && program.log().contains("request="), "{}", program.log());
    within(Duration::from_secs(10), async || words_of(&program.command(&["letters", "--last", "1"], &[])).contains("/confirm/")).await;
    // the record of all that holds, and a contest that is not there is said
    let verified = program.command(&["verify"], &[]);
    assert!(verified.status.success() && words_of(&verified).contains("holds  record: "), "{}", words_of(&verified));
    let unknown = program.command(&["verify", "khong-co"], &[]);
    assert!(!unknown.status.success() && words_of(&unknown).contains("no contest with this address has papers"), "{}", words_of(&unknown));
}

async fn within(longest: Duration, holds: impl AsyncFn() -> bool) {
    let until = std::time::Instant::now() + longest;
    while !holds().await {
        assert!(std::time::Instant::now() < until, "not within {longest:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_ones_own_is_used_as_superuser_or_as_createrole_owner_and_must_be_durable() {
    let folder = tempfile::Builder::new().prefix("phach-").tempdir_in("/tmp").unwrap();
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
    let base = folder.path().join("p");
    let cluster = tokio::task::spawn_blocking(move || Cluster::start(&base, Options { durable: true }).unwrap()).await.unwrap();
    let mut conn = admin::connect(&cluster.admin_url("postgres")).await.unwrap();
    for sql in ["create role chu login createrole", "create database thi owner chu", "create database thi_hai"] {
        conn.batch_execute(sql).await.unwrap();
    }
    let owner = cluster.admin_url("thi").replace("user=postgres", "user=chu");
    let superuser = cluster.admin_url("thi_hai");
    // two installations on one server, one after another and both at once
    let (mut one, mut two) = (Program::new(), Program::new());
    one.start(&[("DATABASE_URL", &owner)]);
    two.start(&[("DATABASE_URL", &superuser)]);
    sign_up(&one.base(), "Một", "mot@example.org").await.get("/me").await.is(200);
    assert!(Browser::new(&two.base()).get("/").await.is(200).body.contains("<h1"));
    assert!(!one.data().join("postgres").exists(), "no private server beside one's own");
    let (took, status) = one.stop();
    assert!(took < Duration::from_secs(10) && status.success(), "{took:?}");
    one.start(&[("DATABASE_URL", &owner)]);
    // a login grown too strong meanwhile: nothing is served
    one.stop();
    conn.batch_execute("grant phach_slip_owner to phach_thi_named").await.unwrap();
    let refused = one.command(&["serve"], &[("DATABASE_URL", &owner)]);
    assert!(!refused.status.success() && words_of(&refused).contains("may become phach_slip_owner"), "{}", words_of(&refused));
    two.stop();
    conn.batch_execute("alter database thi_hai set synchronous_commit = off").await.unwrap();
    let refused = two.command(&["serve"], &[("DATABASE_URL", &superuser)]);
    assert!(!refused.status.success() && words_of(&refused).contains("synchronous_commit off"), "{}", words_of(&refused));
    drop(conn);
    tokio::task::spawn_blocking(move || cluster.stop().unwrap()).await.unwrap();
    let gone = one.command(&["serve"], &[("DATABASE_URL", "postgres://a:bi-mat@127.0.0.1:1/thi")]);
    let said = words_of(&gone);
    assert!(!gone.status.success() && said.contains("cannot be reached") && said.contains("DATABASE_URL") && !said.contains("bi-mat"), "{said}");
}

#[test]
fn a_setting_that_cannot_be_used_is_named_before_anything_is_started() {
    let program = Program::new();
    for (name, value, word) in [
        ("PHACH_LISTEN", "chỗ này", "--listen"),
        ("PHACH_PUBLIC_URL", "thi.example.vn", "https://host"),
        ("PHACH_PUBLIC_URL", "https://thi.example.vn/thi", "without a path"),
        ("PHACH_SMTP_URL", "mail.example.vn", "PHACH_SMTP_URL"),
        ("PHACH_MAIL_FROM", "Ban Tổ chức", "PHACH_MAIL_FROM"),
        ("PHACH_STORAGE_URL", "ftp://x/y", "s3://bucket"),
        ("PHACH_SECRET_FILE", "/dev/null", "shorter than 32 bytes"),
        ("PHACH_LOG", "!!=?", "PHACH_LOG"),
        ("DATABASE_URL", "mysql://x/y", "postgres://user"),
        ("PHACH_DATA", "/dev/null/x", "/dev/null"),
    ] {
        let mut settings = program.settings().to_vec();
        settings.retain(|(n, _)| n != name);
        let output = phach(&["serve"], &[]).envs(settings).env(name, value).output().unwrap();
        assert!(!output.status.success() && words_of(&output).contains(word), "{name}={value}: {}", words_of(&output));
    }
}

#[test]
fn every_command_helps_and_a_contest_file_is_checked_line_by_line_and_loaded() {
    for arguments in [
        &["--help"][..],
        &["serve", "--help"],
        &["migrate", "--help"],
        &["contest", "--help"],
        &["contest", "load", "--help"],
        &["account", "invite", "--help"],
        &["letters", "--help"],
    ] {
        let output = phach(arguments, &[("DATABASE_URL", "postgres://a:bi-mat@b/c")]).output().unwrap();
        let said = words_of(&output);
        assert!(output.status.success() && said.contains("Usage: phach") && !said.contains("bi-mat"), "{arguments:?}: {said}");
    }
    for name in ["PHACH_LISTEN", "PHACH_DATA", "PHACH_PUBLIC_URL", "PHACH_SMTP_URL", "PHACH_STORAGE_URL", "PHACH_SECRET_FILE", "PHACH_LOG", "DATABASE_URL"] {
        assert!(words_of(&phach(&["serve", "--help"], &[]).output().unwrap()).contains(name), "{name}");
    }
    let root = env!("CARGO_MANIFEST_DIR");
    let sound = phach(&["contest", "check", &format!("{root}/contests/province.toml")], &[]).output().unwrap();
    assert!(sound.status.success() && words_of(&sound).contains("sound"), "{}", words_of(&sound));
    let program = Program::new();
    let file = program.data().with_extension("toml");
    let text = std::fs::read_to_string(format!("{root}/contests/province.toml")).unwrap();
    for (broken, words) in [
        (text.replacen("readers = 2", "readers = hai", 1), ["readers", ": line "]),
        (text.replacen("[contest]", "[contest", 1), ["line ", "]"]),
        (text.replacen("opens", "opnes", 1), ["opnes", "opens"]),
        (String::new(), ["line ", "contest"]),
    ] {
        assert_ne!(broken, text);
        std::fs::write(&file, &broken).unwrap();
        let refused = phach(&["contest", "check", file.to_str().unwrap()], &[]).output().unwrap();
        let said = words_of(&refused);
        assert!(!refused.status.success() && words.iter().all(|w| said.contains(w)), "{words:?}: {said}");
    }
    // before any `serve`: the folder is made, migrated, and left as it was found
    std::fs::write(&file, &text).unwrap();
    let loaded = program.command(&["contest", "load", file.to_str().unwrap()], &[]);
    assert!(loaded.status.success() && words_of(&loaded).contains(&format!("{}/invitation/", program.base())), "{}", words_of(&loaded));
    let twice = program.command(&["contest", "load", file.to_str().unwrap()], &[]);
    assert!(!twice.status.success() && words_of(&twice).contains("exists already"), "{}", words_of(&twice));
    let invited = program.command(&["account", "invite", "ai@example.org"], &[]);
    assert!(invited.status.success() && words_of(&invited).contains("/invitation/"), "{}", words_of(&invited));
    let wrong = program.command(&["account", "invite", "ai"], &[]);
    assert!(!wrong.status.success() && words_of(&wrong).contains("not an e-mail address"), "{}", words_of(&wrong));
    assert!(program.postmaster().is_none(), "the command ended what it started");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_databases_of_one_server_are_migrated_at_the_same_moment() {
    let app = TestApp::spawn().await;
    let names: Vec<String> = (0..4).map(|i| format!("{}_m{i}", app.database)).collect();
    for name in &names {
        app.admin().await.batch_execute(&format!("create database {name}")).await.unwrap();
    }
    let urls: Vec<String> = names.iter().map(|n| app.admin_url.replace(&app.database, n)).collect();
    let done = futures_util::future::join_all(urls.iter().map(|u| async move {
        admin::migrate(u, false).await?;
        admin::migrate(u, true).await
    }))
    .await;
    for outcome in done {
        assert!(!outcome.unwrap().is_empty());
    }
    for name in &names {
        app.admin().await.batch_execute(&format!("drop database {name} with (force)")).await.unwrap();
    }
}
