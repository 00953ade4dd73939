//! The real binary with a private Postgres of its own, as an operator runs it: started, killed, started again.
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use phach::platform::cluster::Cluster;

/// A data folder and what was started on it. Whatever still runs there ends with it.
pub struct Program {
    folder: tempfile::TempDir,
    port: u16,
    child: Option<Child>,
    /// What the newest start printed, up to the address.
    pub said: String,
}

/// `phach …` with nothing of our environment but what is given.
pub fn phach(arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_phach"));
    command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("PHACH_LOG", "info").stdin(Stdio::null());
    command.envs(settings.iter().copied());
    command
}

/// Standard output and standard error of a command that ends.
pub fn words_of(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Program {
    pub fn new() -> Program {
        let folder = tempfile::Builder::new().prefix("phach-").tempdir_in("/tmp").unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap(); // Postgres may run as another user
        Program { folder, port: free_port(), child: None, said: String::new() }
    }
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("d")
    }
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
    pub fn settings(&self) -> [(String, String); 2] {
        [("PHACH_DATA".into(), self.data().to_str().unwrap().into()), ("PHACH_LISTEN".into(), format!("127.0.0.1:{}", self.port))]
    }
    /// A command typed beside it.
    pub fn command(&self, arguments: &[&str], more: &[(&str, &str)]) -> Output {
        phach(arguments, more).envs(self.settings()).output().unwrap()
    }
    /// Everything that was logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
    pub fn postgres_log(&self) -> String {
        fs::read_to_string(self.data().join("postgres/run/log")).unwrap_or_default()
    }

    /// Starts it and waits for the address, which it prints last.
    pub fn start(&mut self, more: &[(&str, &str)]) {
        let log = File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        let mut command = phach(&["serve"], more);
        let child = self.child.insert(command.envs(self.settings()).stdout(Stdio::piped()).stderr(log).spawn().unwrap());
        let out = child.stdout.take().unwrap();
        self.said.clear();
        let wanted = format!("Phách: {}", self.base());
        for line in BufReader::new(out).lines() {
            self.said.push_str(&line.unwrap());
            self.said.push('\n');
            if self.said.trim_end().ends_with(&wanted) {
                return;
            }
        }
        panic!("it did not start: {}\n{}", self.said, self.log());
    }

    pub fn pid(&self) -> u32 {
        self.child.as_ref().expect("it runs").id()
    }
    pub fn kill_9(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().unwrap();
        child.wait().unwrap();
    }
    pub fn kill_postgres_9(&self) {
        if let Some(pid) = self.postmaster() {
            signal(pid, "-KILL");
        }
    }
    pub fn postmaster(&self) -> Option<u32> {
        fs::read_to_string(self.data().join("postgres/data/postmaster.pid")).ok()?.lines().next()?.parse().ok()
    }
    /// SIGTERM; how long it took to end, and how it ended.
    pub fn stop(&mut self) -> (Duration, ExitStatus) {
        let started = Instant::now();
        let mut child = self.child.take().expect("it runs");
        signal(child.id(), "-TERM");
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return (started.elapsed(), status);
            }
            assert!(started.elapsed() < Duration::from_secs(60), "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    pub fn admin_url(&self) -> String {
        Cluster::url_beside(&self.data().join("postgres"), "phach").unwrap()
    }
}

fn signal(pid: u32, which: &str) {
    Command::new("kill").args([which, &pid.to_string()]).output().unwrap();
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if let Some(pid) = self.postmaster().filter(|pid| is_postgres(*pid)) {
            signal(pid, "-INT");
            let until = Instant::now() + Duration::from_secs(10);
            while is_postgres(pid) && Instant::now() < until {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

fn is_postgres(pid: u32) -> bool {
    fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("comm")).is_ok_and(|c| c.starts_with("postgres"))
}
