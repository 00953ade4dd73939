use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::survivors::living;
use super::*;

const TEST: Options = Options { durable: false };

/// A folder that goes with the test, and with it whatever server is left there.
struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("phach-").tempdir_in("/tmp").unwrap();
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o711);
        fs::set_permissions(folder.path(), open).unwrap();
        Self { folder }
    }
    fn base(&self) -> PathBuf {
        self.folder.path().join("b")
    }
    fn file(&self, name: &str) -> PathBuf {
        self.base().join(name)
    }
    fn start(&self) -> Result<Cluster, ClusterError> {
        Cluster::start(&self.base(), TEST)
    }
    fn place(&self) -> Place {
        Place::below(self.base()).unwrap()
    }
    fn log(&self) -> String {
        fs::read_to_string(self.file("run/log")).unwrap()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let Ok(place) = Place::below(self.base()) else {
            return;
        };
        for pid in living(&place).unwrap_or_default() {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

fn ask(cluster: &Cluster, sql: &str) -> String {
    let url = cluster.admin_url("postgres");
    let out = Command::new("psql").args(["-XAtqc", sql, &url]).output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout).trim().to_owned();
    if out.status.success() { said } else { String::from_utf8_lossy(&out.stderr).into_owned() }
}

/// kill -9 of the postmaster, waiting until it is gone. Its children may live a moment longer.
fn kill_9(cluster: Cluster) {
    let proc = format!("/proc/{}/comm", cluster.pid());
    kill_process(cluster.pid, Signal::KILL).unwrap();
    drop(cluster);
    let end = Instant::now() + Duration::from_secs(10);
    while fs::exists(&proc).unwrap() && Instant::now() < end {
        sleep(Duration::from_millis(10));
    }
}

/// A live process that is not PostgreSQL.
struct Stranger(Child);

impl Stranger {
    fn new(folder: &Path) -> Self {
        let mut sleep = Command::new("sleep");
        sleep.arg("300").current_dir(folder).stdin(Stdio::null());
        Self(sleep.spawn().unwrap())
    }
    fn is_alive(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn what_was_written_is_there_after_stop_and_start() {
    let site = Site::new();
    let first = site.start().unwrap();
    ask(&first, "create table paper (code text); insert into paper values ('Đ-17')");
    first.stop().unwrap();
    assert_eq!(living(&site.place()).unwrap(), []);
    let second = site.start().unwrap();
    assert_eq!(ask(&second, "select code from paper"), "Đ-17");
    second.stop().unwrap();
}

#[test]
fn the_cluster_is_private_and_speaks_utf8() {
    let site = Site::new();
    let cluster = site.start().unwrap();
    for (name, value) in [
        ("listen_addresses", ""),
        ("unix_socket_permissions", "0700"),
        ("fsync", "off"),
        ("synchronous_commit", "off"),
        ("full_page_writes", "off"),
        ("max_connections", "60"),
        ("shared_buffers", "128MB"),
        ("password_encryption", "scram-sha-256"),
        ("server_encoding", "UTF8"),
        ("log_error_verbosity", "terse"),
        ("log_min_error_statement", "panic"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
    ] {
        assert_eq!(ask(&cluster, &format!("show {name}")), value, "{name}");
    }
    assert_eq!(ask(&cluster, "select lower('ĐỀ VĂN'), current_user"), "đề văn|postgres");
    let rules = ask(&cluster, "select string_agg(distinct type || ' ' || auth_method, ',') from pg_hba_file_rules");
    assert_eq!(rules, "host reject,local trust");
    for folder in ["run", "data"] {
        let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(site.file(folder)).unwrap());
        assert_eq!(mode & 0o777, 0o700, "{folder}");
    }
    cluster.stop().unwrap();
}

#[test]
fn durable_is_the_default_and_a_running_server_follows_a_change() {
    let site = Site::new();
    drop(site.start().unwrap());
    let cluster = Cluster::start(&site.base(), Options::default()).unwrap();
    let end = Instant::now() + Duration::from_secs(5);
    while ask(&cluster, "show fsync") != "on" && Instant::now() < end {
        sleep(Duration::from_millis(20));
    }
    for name in ["fsync", "synchronous_commit", "full_page_writes"] {
        assert_eq!(ask(&cluster, &format!("show {name}")), "on", "{name}");
    }
    cluster.stop().unwrap();
}

#[test]
fn the_log_holds_no_personal_data() {
    let site = Site::new();
    let cluster = site.start().unwrap();
    ask(&cluster, "create table a (mail text primary key check (mail <> 'nguyen.b@example.vn'))");
    let insert = "insert into a values ('nguyen.a@example.vn')";
    ask(&cluster, insert);
    assert!(ask(&cluster, insert).contains("duplicate key"));
    assert!(ask(&cluster, "insert into a values ('nguyen.b@example.vn')").contains("check"));
    ask(&cluster, "do $$ begin execute 'insert into a values (''nguyen.a@example.vn'')'; end $$");
    assert!(site.log().contains("duplicate key"), "errors are logged: {}", site.log());
    assert!(!site.log().contains("nguyen"), "{}", site.log());
    cluster.stop().unwrap();
}

#[test]
fn a_second_start_on_the_folder_is_refused_by_its_name() {
    let site = Site::new();
    let first = site.start().unwrap();
    let refused = site.start().unwrap_err();
    assert!(matches!(refused, ClusterError::InUse { .. }));
    let folder = fs::canonicalize(site.base()).unwrap();
    for said in [refused.to_string(), refused.vi()] {
        assert!(said.contains(folder.to_str().unwrap()), "{said}");
    }
    assert_eq!(ask(&first, "select 1"), "1");
    first.stop().unwrap();
}

#[test]
fn a_server_that_outlived_its_program_is_adopted() {
    let site = Site::new();
    let first = site.start().unwrap();
    let pid = first.pid();
    drop(first);
    let second = site.start().unwrap();
    assert_eq!((second.pid(), ask(&second, "select 1").as_str()), (pid, "1"));
    second.stop().unwrap();
}

#[test]
fn a_killed_server_starts_again_with_what_was_committed() {
    let site = Site::new();
    let first = Cluster::start(&site.base(), Options::default()).unwrap();
    ask(&first, "create table paper as select 17 as code");
    kill_9(first);
    let second = site.start().unwrap();
    assert_eq!(ask(&second, "select code from paper"), "17");
    second.stop().unwrap();
}

#[test]
fn a_killed_server_whose_pid_file_is_gone_starts_again() {
    let site = Site::new();
    kill_9(site.start().unwrap());
    fs::remove_file(site.file("data/postmaster.pid")).unwrap();
    assert!(site.file("run/.s.PGSQL.5432.lock").exists());
    site.start().unwrap().stop().unwrap();
}

#[test]
fn a_stale_pid_file_that_names_a_stranger_is_removed_and_the_stranger_left_alone() {
    let site = Site::new();
    site.start().unwrap().stop().unwrap();
    let mut stranger = Stranger::new(&site.file("data")); // even in our folder: it is not PostgreSQL
    let pid_file = format!("{}\n/x\n1\n5432\n/x\n\n1\nready\n", stranger.0.id());
    fs::write(site.file("data/postmaster.pid"), pid_file).unwrap();
    let cluster = site.start().unwrap();
    assert_ne!(cluster.pid(), stranger.0.id());
    assert_eq!(ask(&cluster, "select 1"), "1");
    cluster.stop().unwrap();
    assert!(stranger.is_alive());
}

#[test]
fn a_stale_pid_file_that_names_another_server_is_removed_and_that_server_left_alone() {
    let (site, other) = (Site::new(), Site::new());
    let theirs = other.start().unwrap();
    site.start().unwrap().stop().unwrap();
    for name in ["data/postmaster.pid", "run/.s.PGSQL.5432.lock"] {
        fs::copy(other.file(name), site.file(name)).unwrap();
    }
    let ours = site.start().unwrap();
    assert_ne!(ours.pid(), theirs.pid());
    ours.stop().unwrap();
    assert_eq!(ask(&theirs, "select 1"), "1");
    theirs.stop().unwrap();
}

#[test]
fn a_socket_lock_left_behind_is_removed() {
    let site = Site::new();
    site.start().unwrap().stop().unwrap();
    let mut stranger = Stranger::new(Path::new("/"));
    let lock = format!("{}\n/x\n1\n5432\n/x\n", stranger.0.id());
    fs::write(site.file("run/.s.PGSQL.5432.lock"), lock).unwrap();
    fs::write(site.file("run/.s.PGSQL.5432"), "").unwrap();
    let cluster = site.start().unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
    cluster.stop().unwrap();
    assert!(stranger.is_alive());
}

#[test]
fn a_live_server_that_lost_its_pid_file_or_socket_is_ended_and_started_anew() {
    for name in ["data/postmaster.pid", "run/.s.PGSQL.5432"] {
        let site = Site::new();
        let first = site.start().unwrap();
        let pid = first.pid();
        ask(&first, "create table paper as select 17 as code");
        drop(first);
        fs::remove_file(site.file(name)).unwrap();
        let second = site.start().unwrap();
        assert_ne!(second.pid(), pid, "{name}");
        assert_eq!(ask(&second, "select code from paper"), "17");
        second.stop().unwrap();
    }
}

#[test]
fn a_busy_orphan_of_a_killed_server_is_waited_for() {
    let site = Site::new();
    let first = site.start().unwrap();
    let url = first.admin_url("postgres");
    let mut busy = Command::new("psql");
    busy.args(["-XAtqc", "select pg_sleep(4)", &url]).stderr(Stdio::null());
    let mut busy = busy.spawn().unwrap();
    let asleep = "select count(*) from pg_stat_activity where query like 'select pg_sleep%' and pid <> pg_backend_pid()";
    let seen = (0..100).any(|_| {
        sleep(Duration::from_millis(20));
        ask(&first, asleep) == "1"
    });
    assert!(seen, "the busy session never began");
    kill_9(first);
    let second = site.start().unwrap();
    assert_eq!(ask(&second, "select 1"), "1");
    busy.wait().unwrap();
    second.stop().unwrap();
}

#[test]
fn an_interrupted_first_start_leaves_no_half_cluster() {
    let site = Site::new();
    for name in ["data.new.1", "data.new"] {
        fs::create_dir_all(site.file(name).join("base")).unwrap();
        fs::write(site.file(name).join("PG_VERSION"), "15\n").unwrap();
    }
    #[cfg(unix)]
    fs::set_permissions(site.base(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
    let cluster = site.start().unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
    assert!(!site.file("data.new").exists() && !site.file("data.new.1").exists());
    cluster.stop().unwrap();
}

#[test]
fn a_data_folder_with_other_things_is_not_touched() {
    let site = Site::new();
    fs::create_dir_all(site.file("data")).unwrap();
    fs::set_permissions(site.base(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
    fs::write(site.file("data/letters.txt"), "mine").unwrap();
    assert!(matches!(site.start(), Err(ClusterError::NotACluster { .. })));
    assert_eq!(fs::read_to_string(site.file("data/letters.txt")).unwrap(), "mine");
}

#[test]
fn a_failed_start_shows_the_end_of_the_log() {
    let site = Site::new();
    site.start().unwrap().stop().unwrap();
    fs::remove_file(site.file("data/global/pg_control")).unwrap();
    let failed = site.start().unwrap_err().to_string();
    assert!(failed.contains("pg_control"), "{failed}");
}

#[test]
fn as_root_a_folder_that_the_server_cannot_pass_is_named() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let site = Site::new();
    let closed = site.folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let refused = Cluster::start(&closed.join("b"), TEST).unwrap_err();
    let ClusterError::NotPassable { folder, .. } = &refused else { panic!("{refused}") };
    assert_eq!(*folder, fs::canonicalize(&closed).unwrap());
    assert!(refused.vi().contains("closed"));
}

#[test]
fn a_folder_may_have_spaces_and_vietnamese_letters() {
    let site = Site::new();
    let base = site.base().join("Phách thử 1%");
    let cluster = Cluster::start(&base, TEST).unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
    assert!(cluster.admin_url("a/b").starts_with("postgres:///a%2Fb?host=%2F"), "{}", cluster.admin_url("a/b"));
    cluster.stop().unwrap();
    let again = Cluster::start(&base, TEST).unwrap();
    again.stop().unwrap();
}

#[test]
fn stopping_a_server_that_is_gone_is_no_error() {
    let site = Site::new();
    let cluster = site.start().unwrap();
    kill_process(cluster.pid, Signal::INT).unwrap();
    while !living(&cluster.place).unwrap().is_empty() {
        sleep(Duration::from_millis(20));
    }
    cluster.stop().unwrap();
}

#[test]
fn a_moved_folder_keeps_working() {
    let site = Site::new();
    site.start().unwrap().stop().unwrap();
    let moved = site.folder.path().join("elsewhere");
    fs::rename(site.base(), &moved).unwrap();
    let cluster = Cluster::start(&moved, TEST).unwrap();
    assert_eq!(ask(&cluster, "show listen_addresses"), "");
    cluster.stop().unwrap();
}
