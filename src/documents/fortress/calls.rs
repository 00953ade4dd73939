//! The system calls that are left to a reading: those that traces of readings of every kind show, and those of the ways out that
//! they do not show (a lock that waits, a stack that overflows, memory that ends). Anything else ends the process (SIGSYS).
use std::collections::BTreeMap;

use seccompiler::{BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch};

/// Calls whose arguments do not matter: they reach nothing but the process itself.
const FREE: [i64; 16] = [
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_madvise, // the allocator gives pages back
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_getrandom,     // hash maps
    libc::SYS_clock_gettime, // where the kernel's page for it is missing
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigaction, // Rust's handler of a stack overflow says so and aborts
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_restart_syscall,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_exit,
    libc::SYS_exit_group,
];
/// `prctl(PR_SET_VMA, …)`: the allocator names its memory.
const PR_SET_VMA: u64 = 0x5356_4d41;

/// The filter from here on, for every thread of this process. Errors: the kernel or the processor has none.
pub fn narrow() -> Result<(), seccompiler::Error> {
    let arch = TargetArch::try_from(std::env::consts::ARCH)?;
    seccompiler::apply_filter_all_threads(&program(arch, std::process::id())?)
}

/// The filter as the kernel takes it, for the process of that id.
pub fn program(arch: TargetArch, own: u32) -> Result<BpfProgram, BackendError> {
    SeccompFilter::new(rules(own)?, SeccompAction::KillProcess, SeccompAction::Allow, arch)?.try_into()
}

fn rules(own: u32) -> Result<BTreeMap<i64, Vec<SeccompRule>>, BackendError> {
    let equals = |argument, value: u64| condition(argument, SeccompCmpOp::Eq, value);
    // memory: never executable, and of no file
    let plain = |argument| condition(argument, SeccompCmpOp::MaskedEq(bits(libc::PROT_EXEC)), 0);
    let anonymous = bits(libc::MAP_ANONYMOUS);
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = FREE.into_iter().map(|call| (call, vec![])).collect();
    let output = || -> Result<_, BackendError> { Ok(vec![SeccompRule::new(vec![equals(0, 1)?])?, SeccompRule::new(vec![equals(0, 2)?])?]) };
    rules.insert(libc::SYS_read, vec![SeccompRule::new(vec![equals(0, 0)?])?]);
    rules.insert(libc::SYS_write, output()?);
    rules.insert(libc::SYS_writev, output()?);
    rules.insert(libc::SYS_mmap, vec![SeccompRule::new(vec![plain(2)?, condition(3, SeccompCmpOp::MaskedEq(anonymous), anonymous)?])?]);
    rules.insert(libc::SYS_mprotect, vec![SeccompRule::new(vec![plain(2)?])?]);
    rules.insert(libc::SYS_prctl, vec![SeccompRule::new(vec![equals(0, PR_SET_VMA)?])?]);
    rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(vec![equals(0, u64::from(own))?])?]); // abort() is a signal to oneself
    Ok(rules)
}

fn condition(argument: u8, compare: SeccompCmpOp, value: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, compare, value)
}

fn bits(flag: i32) -> u64 {
    u64::from(flag.unsigned_abs())
}
