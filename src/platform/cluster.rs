//! A private `PostgreSQL` below one folder, for a program that is started with one command. No TCP and no password:
//! whoever may pass through `run` (mode 0700) is the superuser. Blocking; called once, before anything is served.
//!
//! `lock` holds off a second program, `data` is the cluster, `run` holds the socket and the log, `server.conf` our
//! settings. A server that outlived its program is adopted; what a killed server left behind is cleared away.

mod binaries;
mod error;
mod place;
mod settings;
mod survivors;
#[cfg(test)]
mod tests;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process;

use rustix::process::{Pid, Signal, kill_process};

use binaries::Binaries;
use error::At;
pub use error::ClusterError;
use place::Place;
use survivors::Found;

/// The superuser that initdb makes.
const SUPERUSER: &str = "postgres";
/// Seconds for `pg_ctl -w`: redo after a power cut may take minutes.
const START_WITHIN: &str = "600";
const STOP_WITHIN: &str = "60";
/// Tried in this order; the next one only if this machine's locales are the reason of the failure. Text is ordered by its bytes: C.UTF-8 does the
/// same, but through the system's comparison, which costs a queue of 45 codes a fifth of its time.
const LOCALES: [&[&str]; 3] = [&["--locale=C.UTF-8", "--lc-collate=C"], &["--locale=C", "--locale-provider=icu", "--icu-locale=und"], &["--locale=C"]];

/// How the cluster is to be run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// False only for test clusters: a power cut then loses the data.
    pub durable: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { durable: true }
    }
}

/// A running server that is ours. Dropping it leaves the server running, to be adopted by the next start.
#[derive(Debug)]
pub struct Cluster {
    place: Place,
    pid: Pid,
    _lock: Lock,
}

impl Cluster {
    /// Starts the cluster below `base`, makes it first if there is none, or adopts the server that still runs there.
    pub fn start(base: &Path, options: Options) -> Result<Self, ClusterError> {
        let base = place::prepare_base(base)?;
        let lock = Lock::take(&base)?;
        let place = Place::below(base)?;
        let pid = match survivors::running(&place) {
            // it keeps running, whichever programs it came from
            Some(pid) => {
                place.prepare_run()?;
                let changed = settings::write(&place, options)?;
                adopt(pid, changed)
            }
            None => start_or_settle(&place, options)?,
        };
        Ok(Self { place, pid, _lock: lock })
    }

    /// A superuser's URL over the unix socket.
    pub fn admin_url(&self, database: &str) -> String {
        url_of(&self.place, database)
    }

    /// The same for a server that another copy of the program runs on `base`: for commands typed beside `serve`.
    pub fn url_beside(base: &Path, database: &str) -> Result<String, ClusterError> {
        Ok(url_of(&Place::below(place::prepare_base(base)?)?, database))
    }

    /// The postmaster.
    pub fn pid(&self) -> u32 {
        self.pid.as_raw_nonzero().get().unsigned_abs()
    }

    /// Whether the postmaster runs.
    pub fn is_alive(&self) -> bool {
        rustix::process::test_kill_process(self.pid) != Err(rustix::io::Errno::SRCH)
    }

    /// Starts the server again after somebody killed it: orphans are waited for, stale files removed, the log redone.
    pub fn revive(&mut self) -> Result<(), ClusterError> {
        let binaries = Binaries::find(&self.place)?;
        self.pid = match survivors::settle(&self.place)? {
            Found::Ready(pid) => pid,
            Found::Nothing => launch(&self.place, &binaries)?,
        };
        Ok(())
    }

    /// Ends the server: sessions are cut off, a checkpoint is written. A server that is gone already counts as stopped.
    pub fn stop(self) -> Result<(), ClusterError> {
        if !survivors::living(&self.place)?.contains(&self.pid) {
            return Ok(()); // never signal a process that merely inherited the number
        }
        let mut stop = self.place.command(Binaries::find(&self.place)?.program("pg_ctl"));
        stop.arg("-D").arg(self.place.data());
        stop.args(["-m", "fast", "-w", "-t", STOP_WITHIN, "stop"]);
        place::run(stop)?;
        Ok(())
    }
}

fn adopt(pid: Pid, settings_changed: bool) -> Pid {
    if settings_changed {
        let _ = kill_process(pid, Signal::HUP); // gone meanwhile: the next query will tell
    }
    pid
}

fn start_or_settle(place: &Place, options: Options) -> Result<Pid, ClusterError> {
    let binaries = Binaries::find(place)?;
    if !place.has_cluster()? {
        make_cluster(place, &binaries, options)?;
    }
    place.prepare_run()?;
    let changed = settings::write(place, options)?;
    match survivors::settle(place)? {
        Found::Ready(pid) => Ok(adopt(pid, changed)),
        Found::Nothing => launch(place, &binaries),
    }
}

/// Makes a folder that the server's user can pass through and others cannot read.
pub fn make_folder(folder: &Path) -> std::io::Result<()> {
    place::make_passable(folder)
}

/// The host is a parameter: URL parsers refuse a user before no host.
fn url_of(place: &Place, database: &str) -> String {
    format!("postgres:///{}?host={}&port={}&user={SUPERUSER}", percent_encoded(database), percent_encoded(place.run_text()), place::PORT,)
}

/// One program per folder. Unlocked explicitly: a child forked by another thread may still hold a copy for a moment.
#[derive(Debug)]
struct Lock(File);

impl Lock {
    fn take(base: &Path) -> Result<Self, ClusterError> {
        let path = base.join("lock");
        let mut open = OpenOptions::new();
        open.write(true).create(true).truncate(false).mode(0o600);
        let file = open.open(&path).at(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(ClusterError::InUse { folder: base.into() }),
            Err(TryLockError::Error(source)) => Err(ClusterError::Io { path, source }),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.unlock(); // closing does the same, a moment later
    }
}

/// initdb elsewhere, then rename: an interrupted first start leaves no half cluster. The number in the name keeps an
/// initdb that outlived its program from sweeping the new one's files when it fails.
fn make_cluster(place: &Place, binaries: &Binaries, options: Options) -> Result<(), ClusterError> {
    place.sweep_leftovers()?;
    let new = place.base().join(format!("{}.{}", place::NEW, process::id()));
    for (nth, locale) in LOCALES.iter().enumerate() {
        place.make_folder(&new)?;
        let mut initdb = place.command(binaries.program("initdb"));
        initdb.arg("-D").arg(&new).args(["-U", SUPERUSER, "-E", "UTF8"]);
        initdb.args(["--auth-local=trust", "--auth-host=reject"]).args(*locale);
        if !options.durable {
            initdb.arg("--no-sync");
        }
        match place::run(initdb) {
            Err(ClusterError::Failed { said, .. }) if nth + 1 < LOCALES.len() && speaks_of_locales(&said) => {
                fs::remove_dir_all(&new).at(&new)?;
            }
            other => {
                other?;
                break;
            }
        }
    }
    fs::rename(&new, place.data()).at(place.data())?;
    File::open(place.base()).and_then(|folder| folder.sync_all()).at(place.base())
}

fn speaks_of_locales(said: &str) -> bool {
    said.contains("locale") || said.contains("ICU")
}

/// In a process group of its own, so that Ctrl-C reaches the program first.
fn launch(place: &Place, binaries: &Binaries) -> Result<Pid, ClusterError> {
    place.turn_log()?;
    let mut start = place.command(binaries.program("pg_ctl"));
    start.arg("-D").arg(place.data()).arg("-l").arg(place.log());
    start.args(["-w", "-t", START_WITHIN, "start"]).process_group(0);
    place::run(start).map_err(|failed| failed.with_end_of(place.log()))?;
    survivors::ready_pid(place).ok_or_else(|| ClusterError::Vanished { log: place.log() })
}

/// Every byte but letters, digits and `-._~` as %XX.
fn percent_encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
