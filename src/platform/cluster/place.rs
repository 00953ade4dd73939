//! The folders of a cluster, whose they are, and commands run on that user's behalf.

use std::ffi::OsStr;
use std::fs::{self, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::{At, ClusterError};

/// Only names the socket: there is no TCP.
pub(super) const PORT: u16 = 5432;
/// `sun_path` has 108 bytes on Linux, 104 on the BSDs and macOS, one of them the closing zero.
pub(super) const LONGEST_SOCKET: usize = if cfg!(target_os = "linux") { 107 } else { 103 };
/// How the folder of an unfinished initdb is called.
pub(super) const NEW: &str = "data.new";
/// A log longer than this is set aside at the next start.
const LOG_BYTES: u64 = 4 << 20;
/// The only parts of our environment that the server sees: it must not hold the program's secrets.
const INHERITED: [&str; 4] = ["PATH", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

/// Who runs the server when we are root, which PostgreSQL refuses to be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Account {
    name: String,
    uid: u32,
    gid: u32,
}

#[derive(Debug)]
pub(super) struct Place {
    base: PathBuf,
    run: String,
    account: Option<Account>,
}

/// Makes the folder and gives its real path: the server's settings hold it.
pub(super) fn prepare_base(base: &Path) -> Result<PathBuf, ClusterError> {
    make_passable(base).at(base)?;
    fs::canonicalize(base).at(base)
}

/// What root makes, another user must pass through, whatever the umask; what a user makes stays private.
pub(super) fn make_passable(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_passable(parent)?;
    }
    fs::create_dir(folder)?;
    let mode = if is_root() { 0o711 } else { 0o700 };
    fs::set_permissions(folder, Permissions::from_mode(mode))
}

impl Place {
    /// Checks what would otherwise fail later, in the server's words.
    pub(super) fn below(base: PathBuf) -> Result<Self, ClusterError> {
        let run = match base.join("run").to_str() {
            Some(run) if !run.contains(['"', '\'', '$', '`', '\\', ',']) && !run.contains(char::is_control) => run.to_owned(),
            _ => return Err(ClusterError::UnusableName { folder: base }),
        };
        let mut place = Self { base, run, account: None };
        if place.socket().as_os_str().len() > LONGEST_SOCKET {
            return Err(ClusterError::PathTooLong { socket: place.socket() });
        }
        if is_root() {
            let account = place.account_for_root()?;
            check_passable(&place.base, &account)?;
            place.account = Some(account);
        }
        Ok(place)
    }

    /// The owner of existing data, else `postgres`, else `nobody`.
    fn account_for_root(&self) -> Result<Account, ClusterError> {
        let passwd = fs::read_to_string("/etc/passwd").at("/etc/passwd")?;
        let accounts = || passwd.lines().filter_map(account_in);
        let owner = fs::metadata(self.data()).ok().map(|m| m.uid()).filter(|uid| *uid != 0);
        let by_name = |name: &str| accounts().find(|a| a.name == name);
        let of_data = owner.and_then(|uid| accounts().find(|a| a.uid == uid));
        of_data.or_else(|| by_name("postgres")).or_else(|| by_name("nobody")).ok_or(ClusterError::NoServiceUser)
    }

    pub(super) fn base(&self) -> &Path {
        &self.base
    }
    pub(super) fn data(&self) -> PathBuf {
        self.base.join("data")
    }
    pub(super) fn settings(&self) -> PathBuf {
        self.base.join("server.conf")
    }
    pub(super) fn run_text(&self) -> &str {
        &self.run
    }
    pub(super) fn log(&self) -> PathBuf {
        Path::new(&self.run).join("log")
    }
    pub(super) fn socket(&self) -> PathBuf {
        Path::new(&self.run).join(format!(".s.PGSQL.{PORT}"))
    }
    pub(super) fn socket_lock(&self) -> PathBuf {
        Path::new(&self.run).join(format!(".s.PGSQL.{PORT}.lock"))
    }
    pub(super) fn pid_file(&self) -> PathBuf {
        self.data().join("postmaster.pid")
    }

    pub(super) fn has_cluster(&self) -> Result<bool, ClusterError> {
        if self.data().join("PG_VERSION").is_file() {
            return Ok(true);
        }
        match fs::read_dir(self.data()).map(|inside| inside.count()) {
            Ok(0) => Ok(false),
            Ok(_) => Err(ClusterError::NotACluster { folder: self.data() }),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(e).at(self.data()),
        }
    }

    /// What an interrupted first start left. One that still writes there is left alone: it has its own folder.
    pub(super) fn sweep_leftovers(&self) -> Result<(), ClusterError> {
        for entry in fs::read_dir(&self.base).at(&self.base)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(NEW) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    pub(super) fn prepare_run(&self) -> Result<(), ClusterError> {
        self.make_folder(Path::new(&self.run))
    }

    /// Mode 0700, the server's own.
    pub(super) fn make_folder(&self, folder: &Path) -> Result<(), ClusterError> {
        match fs::create_dir(folder) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e).at(folder),
            _ => fs::set_permissions(folder, Permissions::from_mode(0o700)).at(folder)?,
        }
        match &self.account {
            Some(a) => chown(folder, Some(a.uid), Some(a.gid)).at(folder),
            None => Ok(()),
        }
    }

    /// Sets a long log aside, so that it takes twice `LOG_BYTES` at most, and what one run wrote.
    pub(super) fn turn_log(&self) -> Result<(), ClusterError> {
        let log = self.log();
        match fs::symlink_metadata(&log) {
            Ok(m) if m.len() > LOG_BYTES => fs::rename(&log, log.with_extension("1")).at(&log),
            _ => Ok(()),
        }
    }

    /// As the server's user, in `/`, with next to no environment, speaking English.
    pub(super) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").stdin(Stdio::null()).env_clear();
        command.envs(INHERITED.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        command.env("LC_ALL", "C");
        if let Some(a) = &self.account {
            command.uid(a.uid).gid(a.gid); // std drops root's other groups by itself
        }
        command
    }
}

/// What it printed, or what it complained of.
pub(super) fn run(mut command: Command) -> Result<String, ClusterError> {
    let program = command.get_program().to_owned();
    let output = command.output().at(&program)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let words = [output.stdout, output.stderr].concat();
    let said = match String::from_utf8_lossy(&words).trim() {
        "" => output.status.to_string(),
        said => said.to_owned(),
    };
    Err(ClusterError::Failed { program: program.to_string_lossy().into_owned(), said })
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// `name:x:uid:gid:…`
fn account_in(line: &str) -> Option<Account> {
    let mut fields = line.split(':');
    let name = fields.next()?.to_owned();
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some(Account { name, uid, gid })
}

fn check_passable(base: &Path, account: &Account) -> Result<(), ClusterError> {
    for folder in base.ancestors() {
        if !may_pass(&fs::metadata(folder).at(folder)?, account) {
            return Err(ClusterError::NotPassable { folder: folder.into(), user: account.name.clone() });
        }
    }
    Ok(())
}

fn may_pass(folder: &Metadata, account: &Account) -> bool {
    let bit = match folder {
        f if f.uid() == account.uid => 0o100,
        f if f.gid() == account.gid => 0o010,
        _ => 0o001,
    };
    folder.mode() & bit != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_from_its_line() {
        let postgres = Account { name: "postgres".into(), uid: 101, gid: 104 };
        assert_eq!(account_in("postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash"), Some(postgres));
        assert_eq!(account_in("+::::::"), None);
    }

    #[test]
    fn a_folder_is_passed_by_owner_group_or_anybody() {
        let folder = tempfile::tempdir().unwrap();
        let me = fs::metadata(folder.path()).unwrap();
        let account = |uid, gid| Account { name: "x".into(), uid, gid };
        let passes = |mode, account: &Account| {
            fs::set_permissions(folder.path(), Permissions::from_mode(mode)).unwrap();
            may_pass(&fs::metadata(folder.path()).unwrap(), account)
        };
        assert!(passes(0o700, &account(me.uid(), me.gid())));
        assert!(!passes(0o700, &account(me.uid() + 1, me.gid() + 1)));
        assert!(passes(0o711, &account(me.uid() + 1, me.gid() + 1)));
        assert!(!passes(0o701, &account(me.uid() + 1, me.gid())), "the group's bits decide for the group");
    }

    #[test]
    fn a_long_path_is_refused_with_its_length() {
        let base = PathBuf::from(format!("/tmp/{}", "x".repeat(100)));
        let refused = Place::below(base).unwrap_err().to_string();
        assert!(refused.contains("is 123 bytes long") && refused.contains("at most 107"), "{refused}");
    }

    #[test]
    fn a_name_that_a_shell_would_read_is_refused() {
        for name in ["/tmp/a,b", "/tmp/a$b", "/tmp/a\"b", "/tmp/it's", "/tmp/a`b", "/tmp/a\\b", "/tmp/a\nb"] {
            assert!(matches!(Place::below(name.into()), Err(ClusterError::UnusableName { .. })), "{name}");
        }
    }
}
