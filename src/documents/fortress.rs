//! The walls around one reading. A parser of hostile files needs no file, no network and no other process: before one byte of
//! an upload is looked at, the child gives all of that up, for good. What a kernel lacks is left out and told (`Walls`).
#[cfg(debug_assertions)]
pub mod attempts;
mod calls;
#[cfg(test)]
mod tests;

use landlock::{ABI, Access, AccessFs, AccessNet, LandlockStatus, Ruleset, RulesetAttr, RulesetError, RulesetStatus, Scope};
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

/// The newest rights of Landlock that are asked for; an older kernel gives those it knows.
const NEWEST: ABI = ABI::V6;

/// Which walls a child of this program can raise on this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walls {
    /// No program started from here gains rights (`PR_SET_NO_NEW_PRIVS`).
    pub no_new_privs: bool,
    /// Landlock: no path is read, written or executed (Linux 5.13).
    pub files: bool,
    /// Landlock: no TCP port is bound or connected to (Linux 6.7).
    pub tcp: bool,
    /// Any system call that a reading does not need ends the process.
    pub seccomp: bool,
}

impl Walls {
    fn named(self) -> [(&'static str, bool); 4] {
        [("no_new_privs", self.no_new_privs), ("landlock-files", self.files), ("landlock-tcp", self.tcp), ("seccomp", self.seccomp)]
    }
    /// The walls that stand (or do not) in a line: `no_new_privs, landlock-files, landlock-tcp, seccomp`; `none`, where none is such.
    pub fn words(self, standing: bool) -> String {
        let words: Vec<&str> = self.named().into_iter().filter(|(_, stands)| *stands == standing).map(|(word, _)| word).collect();
        if words.is_empty() { "none".into() } else { words.join(", ") }
    }
    /// Whether all of them stand.
    pub fn is_whole(self) -> bool {
        self.named().into_iter().all(|(_, stands)| stands)
    }
}

/// Raises every wall that this machine has around the calling process, which must have one thread. There is no way back.
pub fn raise() -> Walls {
    let _ = setrlimit(Resource::Fsize, Rlimit { current: Some(0), maximum: Some(0) }); // the answer goes into a pipe
    raise_to_tell()
}

/// The same for an answer that may go into a file, where somebody types the command.
pub fn raise_to_tell() -> Walls {
    close_inherited();
    let mut walls = give_up_rights();
    limit_myself();
    walls.seccomp = calls::narrow().is_ok(); // last: what is called above may not be called after it
    walls
}

/// What whoever started `serve` left open without meaning to: a file that is open already asks no Landlock. Nothing here owns
/// a descriptor above 2 yet.
fn close_inherited() {
    let open: Vec<i32> = match std::fs::read_dir("/proc/self/fd") {
        Ok(list) => list.flatten().filter_map(|item| item.file_name().to_str()?.parse().ok()).collect(),
        Err(_) => (3..256).collect(), // no /proc
    };
    for descriptor in open.into_iter().filter(|d| *d > 2) {
        let _ = nix::unistd::close(descriptor); // the list's own is closed already
    }
}

fn give_up_rights() -> Walls {
    let no_new_privs = rustix::thread::set_no_new_privs(true).is_ok();
    let (files, tcp) = give_up_paths_and_ports().unwrap_or_default();
    Walls { no_new_privs, files, tcp, seccomp: false }
}

/// A ruleset without a rule allows nothing of what it governs. Returns whether files are governed, and TCP.
fn give_up_paths_and_ports() -> Result<(bool, bool), RulesetError> {
    let ruleset = Ruleset::default().handle_access(AccessFs::from_all(NEWEST))?.handle_access(AccessNet::from_all(NEWEST))?.scope(Scope::from_all(NEWEST))?;
    let status = ruleset.create()?.restrict_self()?;
    let stands = status.ruleset != RulesetStatus::NotEnforced;
    let tcp = matches!(status.landlock, LandlockStatus::Available { effective_abi, .. } if effective_abi >= ABI::V4);
    Ok((stands, stands && tcp))
}

/// 512 MiB of memory, 8 s of processor, no file opened, no process started (root is exempt), no core. A limit
/// that cannot be set is no reason to go on without it, but the parent's own limits of time and output still hold.
fn limit_myself() {
    let limit = |n| Rlimit { current: Some(n), maximum: Some(n) };
    for (what, n) in [(Resource::As, 512 << 20), (Resource::Cpu, 8), (Resource::Nofile, 3), (Resource::Nproc, 0), (Resource::Core, 0)] {
        let _ = setrlimit(what, limit(n));
    }
}
