//! One throw-away cluster (fsync off) for all tests, a migrated template, a clone for each test.
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::web::Data;
use chrono::{DateTime, Utc};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use phach::app::{self, Parts};
use phach::platform::admin;
use phach::platform::cluster::{Cluster, Options};
use phach::platform::page::Pages;
use phach::platform::secret::Secret;
use phach::platform::site::Site;
use phach::platform::storage::Store;
use phach::record::chain;
use tokio::sync::Mutex;

use super::Browser;

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static TEMPLATE: Mutex<Option<String>> = Mutex::const_new(None);
static NEXT: AtomicU32 = AtomicU32::new(1);

fn base() -> PathBuf {
    std::env::var("PHACH_TEST_BASE").map_or_else(|_| std::env::temp_dir().join("phach-tests"), PathBuf::from)
}

fn cluster() -> &'static Cluster {
    CLUSTER.get_or_init(|| Cluster::start(&base().join("postgres"), Options { durable: false }).expect("the tests' cluster"))
}

/// Creates `name` as a clone of the migrated template; the template is made once per process.
async fn clone_template(name: &str) {
    let mut template = TEMPLATE.lock().await; // one CREATE DATABASE … TEMPLATE at a time
    let server = tokio::task::spawn_blocking(cluster).await.unwrap();
    let mut admin = admin::connect(&server.admin_url("postgres")).await.unwrap();
    if template.is_none() {
        sweep(&mut admin).await;
        let made = format!("phach_template_{}", std::process::id());
        admin.batch_execute(&format!("create database {made}")).await.unwrap();
        let url = server.admin_url(&made);
        admin::migrate(&url, false).await.unwrap();
        bend_the_clock(&url).await;
        *template = Some(made);
    }
    let source = template.clone().unwrap();
    admin.batch_execute(&format!("create database {name} template {source}")).await.unwrap();
}

/// What earlier runs left: databases, then the logins named after them.
async fn sweep(admin: &mut AsyncPgConnection) {
    #[derive(diesel::QueryableByName)]
    struct Name {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    let old: Vec<Name> =
        diesel::sql_query("select datname::text as name from pg_database where datname like 'phach\\_test\\_%' or datname like 'phach\\_template\\_%'").load(admin).await.unwrap();
    for Name { name } in old {
        admin.batch_execute(&format!("drop database if exists \"{name}\" with (force)")).await.unwrap();
    }
    let logins: Vec<Name> = diesel::sql_query("select rolname::text as name from pg_roles where rolname like 'phach\\_phach\\_test\\_%'").load(admin).await.unwrap();
    for Name { name } in logins {
        admin.batch_execute(&format!("drop role if exists \"{name}\"")).await.unwrap();
    }
}

/// phach.now() reads no setting; in the tests' template it reads a table that only the administrator writes.
async fn bend_the_clock(url: &str) {
    let mut conn = admin::connect(url).await.unwrap();
    conn.batch_execute(
        "create table phach.test_clock(shift interval not null); insert into phach.test_clock values ('0');
         alter table phach.test_clock owner to phach_owner;
         set role phach_owner;
         create or replace function phach.now() returns timestamptz language sql stable parallel safe security definer
           set search_path = pg_catalog, pg_temp as 'select now() + (select shift from phach.test_clock)';
         reset role",
    )
    .await
    .unwrap();
}

pub async fn execute_at(admin_url: &str, sql: &str) {
    admin::connect(admin_url).await.unwrap().batch_execute(sql).await.unwrap();
}

pub async fn ask_at(admin_url: &str, sql: &str) -> Vec<String> {
    #[derive(diesel::QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
        line: Option<String>,
    }
    let rows: Vec<Line> = diesel::sql_query(sql).load(&mut admin::connect(admin_url).await.unwrap()).await.unwrap();
    rows.into_iter().map(|l| l.line.unwrap_or_default()).collect()
}

/// Reads the record's chain as the administrator and checks it as an outsider would; the position of the first break.
pub async fn broken_link_at(admin_url: &str) -> Result<(), i64> {
    let sql = "select l.position || ' ' || l.event || ' ' || encode(l.hash, 'hex') || ' ' || concat_ws(E'\\n', e.id::text, coalesce(e.contest::text, '-'),
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), coalesce(e.actor::text, '-'), e.hat, e.verb, e.subject, e.content::text) as line
        from record.link l join record.event e on e.id = l.event order by l.position";
    let linked: Vec<_> = ask_at(admin_url, sql).await.iter().map(|row| link_of(row)).collect();
    chain::first_break(&linked).map_or(Ok(()), Err)
}

fn link_of(row: &str) -> (chain::Link, chain::Event) {
    let mut parts = row.splitn(4, ' ');
    let (position, event) = (parts.next().unwrap().parse().unwrap(), parts.next().unwrap().parse().unwrap());
    let hex = parts.next().unwrap();
    let hash: Vec<u8> = (0..32).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect();
    (chain::Link { position, event, hash: hash.try_into().unwrap() }, chain::Event { id: event, canonical: parts.next().unwrap().to_owned() })
}

/// The app, serving on a port of its own.
pub struct TestApp {
    pub base: String,
    pub site: Data<Site>,
    pub admin_url: String,
    pub database: String,
    pub data: tempfile::TempDir,
    handle: actix_web::dev::ServerHandle,
}

impl TestApp {
    pub async fn spawn() -> TestApp {
        TestApp::spawn_with(|_| {}).await
    }

    /// With another program for the reading of uploads.
    pub async fn spawn_reading_with(exe: PathBuf) -> TestApp {
        TestApp::spawn_with(|p| p.exe = exe).await
    }

    /// With other parts than usual.
    pub async fn spawn_with(change: impl FnOnce(&mut Parts)) -> TestApp {
        // RUST_LOG-free: only what is broken, shown with a failing test
        let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_test_writer().try_init();
        let database = format!("phach_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        clone_template(&database).await;
        let admin_url = cluster().admin_url(&database);
        let data = tempfile::tempdir().unwrap();
        let secret = Secret::load_or_create(&data.path().join("secret")).unwrap();
        let logins = admin::prepare_logins(&admin_url, &secret).await.unwrap();
        app::refuse_strong_logins(&logins).await.unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let mut parts = Parts {
            logins,
            store: Store::open(None, data.path()).unwrap(),
            pages: Pages::load().unwrap(),
            public_url: base.clone(),
            behind_proxy: false,
            metrics_token: None,
            exe: env!("CARGO_BIN_EXE_phach").into(),
            pool_size: 6,
            copies: std::time::Duration::ZERO,
        };
        change(&mut parts);
        let site = app::build(parts).unwrap();
        let server = app::server(site.clone(), listener, 1).unwrap();
        let handle = server.handle();
        tokio::spawn(server);
        TestApp { base, site, admin_url, database, data, handle }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// The administrator's connection: superuser, sees all.
    pub async fn admin(&self) -> AsyncPgConnection {
        admin::connect(&self.admin_url).await.unwrap()
    }

    pub async fn execute(&self, sql: &str) {
        execute_at(&self.admin_url, sql).await;
    }

    /// One text per row; `select … as line`.
    pub async fn ask(&self, sql: &str) -> Vec<String> {
        ask_at(&self.admin_url, sql).await
    }

    /// From here on the server logs this database's statements; to be called before the app's first request.
    pub async fn log_statements(&self) {
        self.execute(&format!("alter database {} set log_statement = 'all'", self.database)).await;
    }
    /// How many statements have been logged so far: the difference is what a page costs.
    pub fn statements(&self) -> usize {
        let log = std::fs::read(base().join("postgres/run/log")).unwrap();
        String::from_utf8_lossy(&log).lines().filter(|l| l.contains("LOG:  execute") || l.contains("LOG:  statement")).count()
    }

    /// What stands beside an assignment for the judge's queue is what the paper and the own sheet say.
    pub async fn queues_agree(&self) {
        let wrong = "select a.paper || ' ' || a.judge as line from blind.assignment a join blind.paper p on p.code = a.paper left join blind.sheet s on s.paper = a.paper and s.judge = a.judge
            where (a.title, a.category, a.total) is distinct from (p.title, p.category, s.total)";
        assert_eq!(self.ask(wrong).await, Vec::<String>::new());
    }

    /// From here on the database's clock says `when`, and goes on from there.
    pub async fn travel_to(&self, when: DateTime<Utc>) {
        self.execute(&format!("update phach.test_clock set shift = timestamptz '{}' - now()", when.to_rfc3339())).await;
    }

    /// The newest letter of a kind to an address, as its params.
    pub async fn letter(&self, to: &str, kind: &str) -> serde_json::Value {
        let found = self.ask(&format!("select params::text as line from mail.letter where to_address = '{to}' and kind = '{kind}' order by created_at desc limit 1")).await;
        serde_json::from_str(found.into_iter().next().unwrap_or_else(|| panic!("no letter {kind} to {to}")).as_str()).unwrap()
    }

    /// The batch of the next night passes, as the job would let it.
    pub async fn night(&self) {
        phach::judging::batch::pass_due(&self.site).await.unwrap();
        self.execute("update blind.night set day = day - 1").await;
        phach::judging::batch::pass_due(&self.site).await.unwrap();
    }

    /// A person with an account, signed in.
    pub async fn person(&self, name: &str, email: &str) -> Browser {
        let browser = self.browser();
        browser.get("/sign-up").await.form("/sign-up").fill("name", name).fill("email", email).fill("password", super::PASSWORD).submit().await.is(303);
        browser.sign_in(email).await;
        browser
    }

    /// Somebody who may create contests, signed in.
    pub async fn creator(&self, email: &str) -> Browser {
        let mut conn = self.admin().await;
        let address = phach::platform::form::Email::parse(email).unwrap();
        let key = phach::accounts::grant_by_administrator(&mut conn, Some(&address), None).await.unwrap();
        let browser = self.browser();
        let page = browser.get(&format!("/invitation/{key}")).await;
        page.form("").fill("name", "Người Tổ Chức").fill("password", super::PASSWORD).submit().await.is(303);
        browser
    }

    /// Takes up the newest invitation sent to an address, as a new person or the one signed in.
    pub async fn take_invitation(&self, name: &str, email: &str) -> Browser {
        let link = self.letter(email, "invitation").await["link"].as_str().unwrap().to_owned();
        let browser = self.browser();
        let page = browser.get(link.strip_prefix(&self.base).unwrap()).await;
        page.form("").fill("name", name).fill("password", super::PASSWORD).submit().await.is(303);
        browser
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let handle = self.handle.clone();
        tokio::spawn(async move { handle.stop(false).await });
    }
}
