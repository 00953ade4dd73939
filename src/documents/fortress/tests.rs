//! The filter, run call by call as the kernel runs it: exact on any machine, also one without seccomp.
use seccompiler::{TargetArch, sock_filter};

use super::Walls;
use super::calls::program;

const OWN: u32 = 4321;
const ALLOW: u32 = 0x7fff_0000;
const KILL_PROCESS: u32 = 0x8000_0000;
/// As the kernel names them (linux/audit.h).
const X86_64: u32 = 0xc000_003e;
const AARCH64: u32 = 0xc000_00b7;

/// What the kernel would answer: the classic BPF that seccomp programs are made of, on `struct seccomp_data`.
fn run(filter: &[sock_filter], arch: u32, call: u32, arguments: [u64; 6]) -> u32 {
    let mut data = Vec::new();
    data.extend(call.to_le_bytes());
    data.extend(arch.to_le_bytes());
    data.extend(0u64.to_le_bytes());
    data.extend(arguments.iter().flat_map(|a| a.to_le_bytes()));
    let (mut at, mut accumulator) = (0, 0u32);
    loop {
        let step = &filter[at];
        at += 1;
        let jump = |taken: bool| usize::from(if taken { step.jt } else { step.jf });
        match step.code {
            0x20 => accumulator = u32::from_le_bytes(data[step.k as usize..step.k as usize + 4].try_into().unwrap()),
            0x54 => accumulator &= step.k,
            0x05 => at += step.k as usize,
            0x15 => at += jump(accumulator == step.k),
            0x25 => at += jump(accumulator > step.k),
            0x35 => at += jump(accumulator >= step.k),
            0x06 => return step.k,
            other => panic!("an instruction that is not known here: {other:#x}"),
        }
    }
}

fn here(call: i64, arguments: [u64; 6]) -> bool {
    let (arch, audit) = if cfg!(target_arch = "aarch64") { (TargetArch::aarch64, AARCH64) } else { (TargetArch::x86_64, X86_64) };
    match run(&program(arch, OWN).unwrap(), audit, u32::try_from(call).unwrap(), arguments) {
        ALLOW => true,
        KILL_PROCESS => false,
        other => panic!("neither allowed nor killed: {other:#x}"),
    }
}

#[test]
fn what_opens_starts_connects_or_reaches_another_process_ends_the_reading() {
    for call in [
        libc::SYS_openat,
        libc::SYS_openat2,
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_clone,
        libc::SYS_clone3,
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_sendmsg,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_kill,
        libc::SYS_tkill,
        libc::SYS_pidfd_open,
        libc::SYS_io_uring_setup,
        libc::SYS_memfd_create,
        libc::SYS_dup3,
        libc::SYS_fcntl,
        libc::SYS_ioctl,
        libc::SYS_sendfile,
        libc::SYS_pread64,
        libc::SYS_unlinkat,
        libc::SYS_mount,
        libc::SYS_setuid,
        libc::SYS_prlimit64,
        libc::SYS_bpf,
        libc::SYS_seccomp,
    ] {
        assert!(!here(call, [0; 6]), "{call}");
    }
}

#[test]
fn of_all_system_calls_only_those_of_the_list_are_left() {
    let left = (0..1024).filter(|call| here(*call, [0; 6])).count();
    // the free ones, and read from 0; the others look at their arguments: mprotect to nothing is one
    assert_eq!(left, 16 + 2);
    assert!(!here(0x4000_0000, [0; 6]), "the calls of x32 are others");
}

#[test]
fn a_reading_reads_its_input_writes_its_answer_and_maps_no_code_and_no_file() {
    let first = |a: u64| [a, 0, 0, 0, 0, 0];
    assert_eq!([0, 1, 3, 9].map(|fd| here(libc::SYS_read, first(fd))), [true, false, false, false]);
    assert_eq!([0, 1, 2, 3].map(|fd| here(libc::SYS_write, first(fd))), [false, true, true, false]);
    let map = |protection: i32, flags: i32| here(libc::SYS_mmap, [0, 4096, protection as u64, flags as u64, u64::MAX, 0]);
    let (data, own) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    assert!(map(data, own) && map(data, own | libc::MAP_NORESERVE) && map(libc::PROT_NONE, own));
    assert!(!map(data | libc::PROT_EXEC, own) && !map(libc::PROT_READ, libc::MAP_PRIVATE));
    assert!(here(libc::SYS_mprotect, [0, 4096, data as u64, 0, 0, 0]) && !here(libc::SYS_mprotect, [0, 4096, libc::PROT_EXEC as u64, 0, 0, 0]));
    assert_eq!([u64::from(OWN), 1].map(|pid| here(libc::SYS_tgkill, [pid, pid, 6, 0, 0, 0])), [true, false]);
    assert!(here(libc::SYS_prctl, first(0x5356_4d41)) && !here(libc::SYS_prctl, first(38)));
}

#[test]
fn another_processor_has_a_filter_too_and_a_foreign_call_is_no_call() {
    for (arch, audit) in [(TargetArch::x86_64, X86_64), (TargetArch::aarch64, AARCH64)] {
        let filter = program(arch, OWN).unwrap();
        let exit = u32::try_from(libc::SYS_exit_group).unwrap();
        assert_eq!(run(&filter, audit, exit, [0; 6]), ALLOW);
        assert_eq!(run(&filter, 0x4000_0003, exit, [0; 6]), KILL_PROCESS, "32-bit calls have other numbers");
    }
}

#[test]
fn walls_are_named_in_a_line() {
    let some = Walls { no_new_privs: true, seccomp: true, ..Walls::default() };
    assert_eq!((some.words(true).as_str(), some.words(false).as_str()), ("no_new_privs, seccomp", "landlock-files, landlock-tcp"));
    let whole = Walls { files: true, tcp: true, ..some };
    assert_eq!((whole.words(false).as_str(), Walls::default().words(true).as_str()), ("none", "none"));
    assert!(whole.is_whole() && !some.is_whole());
}
