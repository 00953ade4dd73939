//! What an earlier program or a killed server left: a server to adopt, orphans to wait for, stale files to remove.
//!
//! A process is ours only if it is PostgreSQL and its working folder is our data folder. A number in a file proves
//! nothing: after kill -9 it may belong to anybody.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::error::{At, ClusterError};
use super::place::{self, Place};

/// Orphaned sessions notice within seconds; a postmaster that starts or stops may take longer.
const PATIENCE: Duration = Duration::from_secs(120);
/// Where in `postmaster.pid` the postmaster tells how it is.
const STATUS_LINE: usize = 7;

pub(super) enum Found {
    Ready(Pid),
    Nothing,
}

/// A server that answers and is ours, without looking through all processes: what every start but the first one after a crash finds. None where
/// it cannot be told at once.
pub(super) fn running(place: &Place) -> Option<Pid> {
    let pid = ready_pid(place)?;
    let number = pid.as_raw_nonzero();
    let name = fs::read_to_string(format!("/proc/{number}/comm")).ok()?;
    let (works_in, data) = (fs::metadata(format!("/proc/{number}/cwd")).ok()?, fs::metadata(place.data()).ok()?);
    let ours = matches!(name.trim_end(), "postgres" | "postmaster") && (works_in.dev(), works_in.ino()) == (data.dev(), data.ino());
    ours.then_some(pid)
}

/// Ends in one of two clean states: a server that answers, or no server and no trace of one.
pub(super) fn settle(place: &Place) -> Result<Found, ClusterError> {
    let deadline = Instant::now() + PATIENCE;
    let mut asked_to_end = None;
    loop {
        let living = living(place)?;
        if living.is_empty() {
            clear(place)?;
            return Ok(Found::Nothing);
        }
        if let Some(postmaster) = postmaster(place).filter(|pid| living.contains(pid)) {
            match state(place) {
                State::Ready => return Ok(Found::Ready(postmaster)),
                State::Busy => {}
                State::Lost if asked_to_end == Some(postmaster) => {}
                State::Lost => {
                    let _ = kill_process(postmaster, Signal::INT); // fast shutdown
                    asked_to_end = Some(postmaster);
                }
            }
        }
        if Instant::now() > deadline {
            let pids = living.iter().map(|p| p.as_raw_nonzero().get().unsigned_abs()).collect();
            return Err(ClusterError::StillBusy { folder: place.data(), pids });
        }
        sleep(Duration::from_millis(50));
    }
}

/// The postmaster, if its own file says that it is ready.
pub(super) fn ready_pid(place: &Place) -> Option<Pid> {
    matches!(state(place), State::Ready).then(|| postmaster(place))?
}

enum State {
    Ready,
    /// Starting or stopping: it will change by itself.
    Busy,
    /// Alive, but its file or its socket was removed: nobody can reach it.
    Lost,
}

fn state(place: &Place) -> State {
    let Ok(file) = fs::read_to_string(place.pid_file()) else {
        return State::Lost;
    };
    match file.lines().nth(STATUS_LINE).map(str::trim) {
        Some("ready") if UnixStream::connect(place.socket()).is_ok() => State::Ready,
        Some("ready") => State::Lost,
        _ => State::Busy,
    }
}

/// As named by its own file, else by the lock beside its socket. Only a claim: check it against `living`.
fn postmaster(place: &Place) -> Option<Pid> {
    first_line_pid(&place.pid_file()).or_else(|| first_line_pid(&place.socket_lock()))
}

fn first_line_pid(path: &Path) -> Option<Pid> {
    let text = fs::read_to_string(path).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}

fn clear(place: &Place) -> Result<(), ClusterError> {
    for path in [place.pid_file(), place.socket(), place.socket_lock()] {
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e).at(path),
            _ => {}
        }
    }
    Ok(())
}

/// Prints the numbers of all PostgreSQL processes whose working folder is `$1`. Zombies have none.
const IN_PROC: &str = r#"for p in /proc/[0-9]*; do
    read -r name 2>/dev/null <"$p/comm" || continue
    case $name in postgres|postmaster) [ "$p/cwd" -ef "$1" ] && echo "${p#/proc/}";; esac
done; exit 0"#;
/// Without /proc (macOS): those started with `-D $1`, which only the postmaster shows.
const BY_PS: &str = r#"ps -axww -o pid= -o command= | while read -r pid line; do
    case $line in */postgres\ -D\ "$1"|*/postgres\ -D\ "$1"\ *) echo "$pid";; esac
done; exit 0"#;

/// All processes of ours, asked as the server's user: in a container root may lack the right to see where another
/// user's processes work.
pub(super) fn living(place: &Place) -> Result<Vec<Pid>, ClusterError> {
    let script = if Path::new("/proc/self/comm").exists() { IN_PROC } else { BY_PS };
    ask(place, script)
}

fn ask(place: &Place, script: &str) -> Result<Vec<Pid>, ClusterError> {
    let mut sh = place.command("/bin/sh");
    sh.args(["-c", script, "sh"]).arg(place.data());
    let said = place::run(sh)?;
    Ok(said.lines().filter_map(|l| Pid::from_raw(l.trim().parse().ok()?)).collect())
}
