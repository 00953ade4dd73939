//! The walls around a reading, met by real children of the program: what a parser that was taken over cannot do, and that what
//! an upload reads as is the same behind them.
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use phach::documents::{Unreadable, Walls, ask_walls, read_in_child, samples, zoo};

use crate::support::{Browser, Program, TestApp};

const SIGABRT: i32 = 6;
const SIGSYS: i32 = 31;

fn exe() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_phach"))
}

/// As `serve` starts a child, but that it tries something behind one wall.
fn attempt(what: &str, behind: &str) -> Output {
    let mut child = Command::new(exe());
    child.args(["read", "--attempt", what, "--behind", behind]).env_clear().env("MIMALLOC_ARENA_RESERVE", "32768").current_dir("/").stdin(Stdio::null());
    child.output().unwrap()
}
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// What this machine's kernel can do; every machine that this project is tested on has a filter of system calls.
async fn walls() -> Walls {
    let walls = ask_walls(exe()).await.unwrap();
    assert!(walls.no_new_privs && walls.seccomp, "{}", walls.words(false));
    walls
}

/// Somewhere to write, somebody to end, somewhere to connect to.
struct Prey {
    folder: tempfile::TempDir,
    bystander: std::process::Child,
    door: TcpListener,
}

impl Prey {
    fn new() -> Prey {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("there"), "left alone").unwrap();
        Prey { folder, bystander: Command::new("/bin/sleep").arg("60").spawn().unwrap(), door: TcpListener::bind("127.0.0.1:0").unwrap() }
    }
    fn paths(&self) -> [String; 2] {
        ["new", "there"].map(|name| self.folder.path().join(name).to_str().unwrap().to_owned())
    }
    fn files(&self) -> Vec<String> {
        let [new, there] = self.paths();
        vec!["open:/etc/passwd".into(), "list:/".into(), format!("write:{new}"), format!("write:{there}"), format!("remove:{there}")]
    }
    fn connecting(&self) -> String {
        format!("connect:{}", self.door.local_addr().unwrap())
    }
    fn is_whole(&mut self) -> bool {
        let [new, there] = self.paths();
        !Path::new(&new).exists() && fs::read_to_string(there).unwrap() == "left alone" && self.bystander.try_wait().unwrap().is_none()
    }
}

impl Drop for Prey {
    fn drop(&mut self) {
        self.bystander.kill().unwrap();
        self.bystander.wait().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_is_taken_over_opens_writes_connects_starts_and_ends_nothing() {
    walls().await;
    let mut prey = Prey::new();
    let mut attempts = prey.files();
    attempts.extend([prey.connecting(), format!("kill:{}", prey.bystander.id())]);
    attempts.extend(["datagram", "exec:/bin/true", "fork:/bin/true", "thread"].map(String::from));
    for what in &attempts {
        let output = attempt(what, "all");
        assert_eq!((output.status.signal(), said(&output).as_str()), (Some(SIGSYS), ""), "{what}");
    }
    assert!(prey.is_whole());
    // the same attempts succeed where no wall stands, so it was the walls
    for what in attempts.iter().filter(|w| !w.starts_with("exec")) {
        let output = attempt(what, "nothing");
        assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), "done"), "{what}");
    }
    assert_eq!(attempt("exec:/bin/echo", "nothing").stdout, b"\n");
    assert!(!prey.is_whole());
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_landlock_alone_no_path_and_no_port_is_reached() {
    let walls = walls().await;
    let mut prey = Prey::new();
    let mut attempts = if walls.files { prey.files() } else { vec![] };
    attempts.extend(walls.files.then(|| "exec:/bin/true".into()));
    attempts.extend(walls.files.then(|| "fork:/bin/true".into())); // the copy may not become another program
    attempts.extend(walls.tcp.then(|| prey.connecting()));
    for what in &attempts {
        assert_eq!(said(&attempt(what, "landlock")), "PermissionDenied", "{what}");
    }
    assert!(prey.is_whole());
}

#[test]
fn an_old_kernel_without_either_still_opens_no_file_and_no_socket_behind_the_limits_alone() {
    let mut prey = Prey::new();
    let [new, there] = prey.paths();
    for what in ["open:/etc/passwd".to_owned(), format!("write:{new}"), format!("write:{there}"), prey.connecting(), "datagram".into()] {
        assert_ne!(said(&attempt(&what, "limits")), "done", "{what}");
    }
    assert!(prey.is_whole());
}

#[test]
fn what_was_left_open_by_whoever_started_it_is_closed_first() {
    let with_a_file = |behind: &str| {
        let line = format!("exec {} read --attempt open:/proc/self/fd/9 --behind {behind} 9</etc/passwd", exe().display());
        said(&Command::new("/bin/sh").args(["-c", &line]).stdin(Stdio::null()).output().unwrap())
    };
    assert_eq!([with_a_file("nothing"), with_a_file("closing")], ["done", "NotFound"]);
}

#[test]
fn a_stack_that_overflows_and_memory_that_ends_are_their_own_death_not_the_filters() {
    for what in ["overflow", "memory", "abort"] {
        let output = attempt(what, "all");
        assert_eq!((output.status.signal(), said(&output).as_str()), (Some(SIGABRT), ""), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_file_reads_the_same_behind_the_walls() {
    walls().await;
    for (what, bytes, expected) in zoo::animals() {
        assert!(read_in_child(exe(), bytes.into()).await == expected, "{what}");
    }
    // damage of every kind ends in an answer of the parser's, never at a wall
    let good = samples::docx(&["Một đoạn văn đủ dài để nén.", "Đoạn hai."]);
    for i in 0..60 {
        let mut bad = good.clone();
        let at = (i * 7919) % bad.len();
        bad[at] ^= u8::try_from(1 + i % 255).unwrap();
        bad.truncate(if i % 3 == 0 { at + 1 } else { bad.len() });
        assert_ne!(read_in_child(exe(), bad.into()).await, Err(Unreadable::ReaderDied), "{i}");
    }
}

/// The program, but that each reading does this instead.
fn taken_over(line: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("phach");
    fs::write(&script, format!("#!/bin/sh\n{line}\n")).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    (folder, script)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_taken_over_reader_says_is_cleaned_counted_and_measured_like_any_text() {
    for (line, expected) in [
        (r#"echo '{"Ok":{"text":"Hai \u202eba\u200b ","words":2000,"warnings":[]}}'"#, Ok(("Hai ba".to_owned(), 2))),
        (r#"echo '{"Ok":{"text":" \u200b ","words":2000,"warnings":[]}}'"#, Err(Unreadable::Empty)),
        (r#"printf '{"Ok":{"text":"'; head -c 5000000 /dev/zero | tr '\0' a; printf '","words":1,"warnings":[]}}'"#, Err(Unreadable::TooLarge)),
        ("echo '{\"Ok\":1}'", Err(Unreadable::ReaderDied)),
        ("yes", Err(Unreadable::ReaderDied)),
    ] {
        let (_folder, exe) = taken_over(line);
        let reading = read_in_child(&exe, samples::docx(&["Một"]).into()).await;
        assert_eq!(reading.map(|r| (r.text, r.words)), expected, "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_its_filter_ends_gives_a_clear_refusal_and_the_draft_goes_on() {
    let (_folder, exe) = taken_over(&format!("exec {} read --attempt open:/etc/passwd", exe().display()));
    assert_eq!(read_in_child(&exe, samples::docx(&["Một"]).into()).await, Err(Unreadable::ReaderDied));
    let app = TestApp::spawn_reading_with(exe).await;
    app.small_contest().await;
    let browser = app.person("Nguyễn Thảo Miên", "mien@example.org").await;
    let page = browser.get("/c/nho/entries").await.is(200).form("/c/nho/entries").submit().await.is(303).follow().await.is(200);
    let essay = "chữ ".repeat(120);
    let form = page.form("").fill("category", "01900000-0000-7000-8000-000000000006").fill("title", "Tủ sách").fill("text", essay.trim());
    let page = form.fill("do", "save").attach("file", "bai.docx", samples::docx(&["Một"])).submit().await.is(303).follow().await.is(200);
    page.says("Máy chủ chưa đọc được tệp này. Hãy đính kèm lại; nếu vẫn vậy, dán nội dung vào ô.").hides("root:");
    assert_eq!(app.ask("select state || ' ' || reason || ' ' || coalesce(body, 'no text') as line from named.attachment").await, ["unreadable reader-died no text"]);
    let page = page.form("").fill("do", "submit").submit().await.is(422);
    page.says("Tệp đang đính kèm không đọc được");
    // the way out that the sentence names, with all that was typed
    page.form("").fill("by", "text").fill("do", "submit").submit().await.is(303).follow().await.says("Đã nhận bài số 1").says("120 từ");
}

#[tokio::test(flavor = "multi_thread")]
async fn serve_says_once_which_walls_stand_and_readyz_repeats_it() {
    let walls = walls().await;
    let mut program = Program::new();
    program.start(&[]);
    let browser = Browser::new(&program.base());
    let expected = format!("ready\nreader: {}\n", walls.words(true));
    for _ in 0..100 {
        if browser.get("/readyz").await.is(200).body == expected {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(browser.get("/readyz").await.is(200).body, expected);
    assert_eq!(program.log().matches("uploads are read").count(), 1, "{}", program.log());
    assert!(program.log().contains(&format!("walls=\"{}\"", walls.words(true))), "{}", program.log());
}
