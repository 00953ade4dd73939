//! The parent's side of a reading: the serving process never calls a parser. A stack overflow or a failed allocation kills
//! the child alone.
use std::io::{Seek, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use actix_web::web::Bytes;
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use super::fortress::Walls;
use super::model::{Reading, Unreadable};
use super::text;

/// Readings at once.
static PLACES: Semaphore = Semaphore::const_new(2);
/// By the wall clock: a limit of processor time does not stop a sleeper.
const LONGEST: Duration = Duration::from_secs(10);
/// Bytes of the child's answer.
const MOST: u64 = 12 * 1024 * 1024;

/// Reads a file's bytes in a child of our own binary (`phach read`), with nothing but them.
pub async fn read_in_child(exe: &Path, bytes: Bytes) -> Result<Reading, Unreadable> {
    let _place = PLACES.acquire().await.map_err(|_| Unreadable::ReaderDied)?;
    let input = as_file(&bytes).map_err(|_| Unreadable::ReaderDied)?;
    let json = said_by(command(exe).stdin(Stdio::from(input))).await?;
    let said = serde_json::from_slice::<Result<Reading, Unreadable>>(&json).unwrap_or(Err(Unreadable::ReaderDied))?;
    text::reading_of(&said.text, said.warnings) // cleaned and counted here: a parser that was taken over could say anything
}

/// Asks a child which walls it can raise around a reading on this machine; None where none answers.
pub async fn ask_walls(exe: &Path) -> Option<Walls> {
    let json = said_by(command(exe).arg("--check").stdin(Stdio::null())).await.ok()?;
    serde_json::from_slice(&json).ok()
}

fn command(exe: &Path) -> Command {
    let mut command = Command::new(exe);
    command
        .arg("read")
        .env_clear()
        .env("MIMALLOC_ARENA_RESERVE", "32768") // KiB: its usual gigabyte of addresses is more than the child may have
        .current_dir("/")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true);
    command
}

/// Runs a child to its end, or ends it, and returns what it printed.
async fn said_by(command: &mut Command) -> Result<Vec<u8>, Unreadable> {
    let mut child = command.spawn().map_err(|e| {
        tracing::error!(error = %e, "the reading child did not start");
        Unreadable::ReaderDied
    })?;
    let group = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
    let outcome = tokio::time::timeout(LONGEST, answer_of(&mut child)).await;
    if outcome.is_err()
        && let Some(group) = group
    {
        let _ = kill_process_group(group, Signal::KILL);
    }
    if let Ok(status) = child.wait().await {
        tell_of_a_broken_wall(status); // and no zombie stays
    }
    outcome.unwrap_or(Err(Unreadable::TooSlow))
}

/// Either an upload that took the parser over, or a call that a new system library makes and the filter does not know yet: the
/// operator should look.
fn tell_of_a_broken_wall(status: ExitStatus) {
    if status.signal() == Some(Signal::SYS.as_raw()) {
        tracing::error!("a reading child was ended by its filter of system calls: it tried what no reading needs");
    }
}

/// In memory alone: a file on disk costs more than many a reading, and a pipe would have both sides wait for each other.
fn as_file(bytes: &[u8]) -> std::io::Result<std::fs::File> {
    let mut file = std::fs::File::from(rustix::fs::memfd_create("upload", rustix::fs::MemfdFlags::CLOEXEC)?);
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file)
}

async fn answer_of(child: &mut Child) -> Result<Vec<u8>, Unreadable> {
    let Some(out) = child.stdout.take() else { return Err(Unreadable::ReaderDied) };
    let mut json = Vec::new();
    out.take(MOST).read_to_end(&mut json).await.map_err(|_| Unreadable::ReaderDied)?;
    Ok(json)
}
