//! The command line.
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use phach::config::Settings;
use phach::platform::admin;
use phach::{accounts, contests, demo, serve};

/// It gives large blocks back at once (`give_memory_back`): the system's allocator keeps 19 MiB of each thread that ever
/// hashed a password. Without huge pages, which treble the memory at rest.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Phách runs essay contests blind, fair and provable.
#[derive(Parser)]
#[command(version, about, after_help = "phach serve --help lists every setting; each is also an environment variable.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start everything and serve the pages.
    Serve(Settings),
    /// Bring the database to this version; with --back, down to nothing and up again (all data is lost).
    Migrate {
        #[command(flatten)]
        settings: Settings,
        #[arg(long)]
        back: bool,
    },
    /// Read one document from standard input and print its text as JSON, under limits of its own; `serve` calls it for
    /// every upload.
    #[command(hide = true)]
    Read {
        /// Read nothing: print which walls stand around a reading on this machine.
        #[arg(long)]
        check: bool,
        /// Try what no reading may do; for tests.
        #[cfg(debug_assertions)]
        #[arg(long)]
        attempt: Option<String>,
        /// The one wall that is raised before it.
        #[cfg(debug_assertions)]
        #[arg(long, default_value = "all")]
        behind: String,
    },
    /// Hash a password so many times: what one costs on this machine, for benches/.
    #[command(hide = true)]
    Hash {
        #[arg(long, default_value_t = 1)]
        times: u32,
    },
    /// Ask the running server whether it answers (for a container's health check).
    Health {
        #[command(flatten)]
        settings: Settings,
    },
    /// Show the newest letters of the folder, while no mail server is set.
    Letters {
        #[command(flatten)]
        settings: Settings,
        /// How many; the newest stands last.
        #[arg(long, default_value_t = 10)]
        last: usize,
    },
    /// Compute the record's chain, tallies, standings, seals and published results once more and say whether they are what the
    /// database keeps. Ends with an error where one is not.
    Verify {
        /// A contest's address (the word after /c/); all, where none is given.
        contest: Option<String>,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Contests from files.
    Contest {
        #[command(subcommand)]
        command: ContestCommand,
    },
    /// A demonstration to look at.
    Demo {
        #[command(subcommand)]
        command: demo::Command,
    },
    /// People.
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
}

#[derive(Subcommand)]
enum ContestCommand {
    /// Read a contest file and say what is wrong with it, line by line.
    Check { file: std::path::PathBuf },
    /// Make a contest of a file and print the link for the organizer whom it names.
    Load {
        file: std::path::PathBuf,
        #[command(flatten)]
        settings: Box<Settings>,
    },
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Print a one-time link that lets somebody create contests.
    Invite {
        /// The address the link is for; it must be the account's.
        email: String,
        #[command(flatten)]
        settings: Settings,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match &cli.command {
        // no threads: it lives for one file, and its walls stand around the thread that raises them
        #[cfg(debug_assertions)]
        Command::Read { attempt: Some(what), behind, .. } => return phach::documents::attempt(what, behind),
        Command::Read { check: true, .. } => return phach::documents::tell_walls(),
        Command::Read { .. } => return phach::documents::serve_one_reading(),
        Command::Serve(_) => give_memory_back(),
        _ => {}
    }
    let ran = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| e.to_string()).and_then(|runtime| runtime.block_on(run(cli.command)));
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            complain(&why);
            ExitCode::FAILURE
        }
    }
}

/// The allocator reads its settings before `main`: the same program once more, with the one that has it return free memory to
/// the system at once, not when a thread next asks for some. Where that fails, it serves as it is.
fn give_memory_back() {
    use std::os::unix::process::CommandExt;
    const SETTING: &str = "MIMALLOC_PURGE_DELAY";
    if std::env::var_os(SETTING).is_none()
        && let Ok(exe) = std::env::current_exe()
    {
        let _ = std::process::Command::new(exe).args(std::env::args_os().skip(1)).env(SETTING, "0").exec();
    }
}

#[expect(clippy::print_stderr, reason = "a command's complaint")]
fn complain(why: &str) {
    eprintln!("phach: {why}");
}

async fn run(command: Command) -> Result<(), String> {
    match command {
        Command::Serve(settings) => {
            start_logging(&settings.log)?;
            serve::serve(settings.check()?).await
        }
        Command::Migrate { settings, back } => migrate(settings, back).await,
        Command::Read { .. } => Ok(()), // answered before anything else
        Command::Hash { times } => phach::platform::password::hash_often(times),
        Command::Health { settings } => health(&settings),
        Command::Letters { settings, last } => letters(settings, last),
        Command::Verify { contest, settings } => verify(contest.as_deref(), *settings).await,
        Command::Contest { command: ContestCommand::Check { file } } => check(&file),
        Command::Contest { command: ContestCommand::Load { file, settings } } => load(&file, *settings).await,
        Command::Demo { command } => Box::pin(command.run(&explain)).await,
        Command::Account { command: AccountCommand::Invite { email, settings } } => invite(&email, settings).await,
    }
}

fn start_logging(filter: &str) -> Result<(), String> {
    use std::io::IsTerminal;
    let filter = tracing_subscriber::EnvFilter::try_new(filter).map_err(|e| format!("PHACH_LOG: {filter}: {e}: write info, warn or phach=debug"))?;
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_target(false)
        .with_ansi(colours)
        .init();
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
async fn migrate(settings: Settings, back: bool) -> Result<(), String> {
    let administered = serve::Administered::join(&settings.check()?).await?;
    let done = admin::migrate(&administered.url, back).await;
    administered.leave().await?;
    let done = done?;
    println!("{}", if done.is_empty() { "Nothing to do.".into() } else { done.join("\n") });
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
async fn invite(email: &str, settings: Settings) -> Result<(), String> {
    let config = settings.check()?;
    let administered = serve::Administered::join(&config).await?;
    let link = match admin::migrate(&administered.url, false).await {
        Ok(_) => accounts::invitation_link(&administered.url, email, &config.public_url).await,
        Err(e) => Err(e),
    };
    administered.leave().await?;
    let link = link?;
    explain(&format!("{email} may create contests by this link, once, within 30 days:"));
    println!("{link}");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
async fn verify(only: Option<&str>, settings: Settings) -> Result<(), String> {
    let administered = serve::Administered::join(&settings.check()?).await?;
    let findings = match admin::connect(&administered.url).await {
        Ok(mut conn) => phach::verify::verify(&mut conn, only).await,
        Err(e) => Err(e),
    };
    administered.leave().await?;
    let findings = findings?;
    for f in &findings {
        println!("{} {}: {}", if f.holds { "holds " } else { "BROKEN" }, f.about, f.words);
    }
    match findings.iter().filter(|f| !f.holds).count() {
        0 => Ok(()),
        n => Err(format!("{n} of {} findings do not hold", findings.len())),
    }
}

/// Beside the answer, which stays the link alone for scripts.
#[expect(clippy::print_stderr, reason = "a command's explanation")]
fn explain(what: &str) {
    eprintln!("{what}");
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
fn check(file: &std::path::Path) -> Result<(), String> {
    let rules = contests::load::check(file)?;
    let (categories, units, prizes) = (rules.categories.len(), rules.units.len(), rules.prizes.len());
    println!("{}: sound. {} categories, {} units, {} prizes, {} key holders.", rules.contest.slug.as_str(), categories, units, prizes, rules.key_holders.len());
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
async fn load(file: &std::path::Path, settings: Settings) -> Result<(), String> {
    let rules = contests::load::check(file)?;
    let config = settings.check()?;
    let administered = serve::Administered::join(&config).await?;
    let link = match admin::migrate(&administered.url, false).await {
        Ok(_) => contests::load::load(&administered.url, &rules, &config.public_url).await,
        Err(e) => Err(e),
    };
    administered.leave().await?;
    let link = link?;
    let organizer = rules.contest.organizer.as_ref().map(|o| o.as_str().to_owned()).unwrap_or_default();
    explain(&format!("{organizer} becomes the organizer of {} by this link, once, within 30 days:", rules.contest.slug.as_str()));
    println!("{link}");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
fn letters(settings: Settings, last: usize) -> Result<(), String> {
    println!("{}", phach::outbox::print_folder(&settings.check()?.data, last)?);
    Ok(())
}

/// One request over plain HTTP on this machine: no client library is worth it.
fn health(settings: &Settings) -> Result<(), String> {
    use std::io::{Read, Write};
    let mut to = settings.listen;
    if to.ip().is_unspecified() {
        to.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let why = |e: std::io::Error| format!("{to}: {e}");
    let mut stream = std::net::TcpStream::connect_timeout(&to, std::time::Duration::from_secs(2)).map_err(why)?;
    stream.set_read_timeout(Some(std::time::Duration::from_secs(2))).map_err(why)?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").map_err(why)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(why)?;
    if answer.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(format!("{to} is not ready")) }
}
