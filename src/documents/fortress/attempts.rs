//! For tests, and in no release build: a child that has been taken over tries what it should not be able to do.
use std::fs::{self, File};
use std::io;
use std::net::{TcpStream, UdpSocket};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use rustix::process::{Pid, Signal, kill_process};

use super::super::read::read_input;
use super::{close_inherited, give_up_rights, limit_myself, raise};

/// What `phach read --attempt WHAT --behind WALL` does: raises one wall, or all, tries one thing (`open:PATH`, `fork` …), and says
/// `done` or why not; killed, it says nothing. `read` reads as always: so that what each wall costs can be measured.
#[expect(clippy::print_stdout, reason = "what the test reads")]
pub fn attempt(what: &str, behind: &str) -> ExitCode {
    match behind {
        "nothing" => {}
        "closing" => close_inherited(),
        "limits" => limit_myself(),
        "landlock" => {
            give_up_rights();
        }
        _ => {
            raise();
        }
    }
    if what == "read" {
        return read_input();
    }
    match attempted(what) {
        Ok(()) => println!("done"),
        Err(e) => println!("{:?}", e.kind()),
    }
    ExitCode::SUCCESS
}

fn attempted(what: &str) -> io::Result<()> {
    let (what, on) = what.split_once(':').unwrap_or((what, ""));
    match what {
        "open" => File::open(on).map(drop),
        "list" => fs::read_dir(on).map(drop),
        "write" => fs::write(on, "x"),
        "remove" => fs::remove_file(on),
        "connect" => TcpStream::connect(on).map(drop),
        "datagram" => UdpSocket::bind("127.0.0.1:0").map(drop),
        "exec" => Err(Command::new(on).exec()),
        "fork" => Command::new(on).spawn().and_then(|mut child| child.wait()).map(drop),
        "thread" => std::thread::Builder::new().spawn(|| ()).map(drop),
        "kill" => end(on),
        "overflow" => Err(io::Error::from_raw_os_error(i32::from(dig(0) == 0))),
        "memory" => Err(io::Error::from_raw_os_error(i32::from(std::hint::black_box(vec![1u8; 1 << 30]).is_empty()))),
        "abort" => std::process::abort(),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

fn end(pid: &str) -> io::Result<()> {
    let pid = pid.parse().ok().and_then(Pid::from_raw).ok_or(io::ErrorKind::InvalidInput)?;
    Ok(kill_process(pid, Signal::KILL)?)
}

/// Deeper than any stack.
fn dig(depth: u64) -> u64 {
    let here = std::hint::black_box([depth; 64]);
    if depth == u64::MAX { 0 } else { dig(depth + 1) ^ here[0] }
}
