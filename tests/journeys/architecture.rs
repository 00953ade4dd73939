//! The sources keep the design's rules: rooms in order, parsers in the child only, SQL in stores, no author's word on the
//! blind side.
use std::path::{Path, PathBuf};

const ROOMS: [&str; 13] = ["platform", "outbox", "record", "accounts", "contests", "documents", "entries", "slips", "judging", "tally", "results", "demo", "app"];

fn sources(under: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        for item in std::fs::read_dir(folder).unwrap().map(|i| i.unwrap().path()) {
            if item.is_dir() {
                walk(&item, out);
            } else if item.extension().is_some_and(|e| e == "rs") {
                out.push((item.clone(), std::fs::read_to_string(&item).unwrap()));
            }
        }
    }
    let mut out = vec![];
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(under), &mut out);
    assert!(!out.is_empty(), "no sources under {under}");
    out
}

fn without_comments(text: &str) -> String {
    text.lines().map(|l| l.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[test]
fn lib_names_the_rooms_in_the_order_of_the_design() {
    let lib = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).unwrap();
    let places: Vec<usize> = ROOMS.iter().map(|r| lib.find(&format!("pub mod {r};")).unwrap_or_else(|| panic!("lib.rs lacks {r}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    for (i, room) in ROOMS.iter().enumerate().take(ROOMS.len() - 1) {
        for (path, text) in sources(room) {
            for below in ROOMS.iter().skip(i + 1) {
                let uses = without_comments(&text).contains(&format!("crate::{below}::"));
                assert!(!uses, "{} uses the room {below} below it", path.display());
            }
        }
    }
}

#[test]
fn the_blind_side_has_no_word_for_an_author() {
    for room in ["judging", "tally"] {
        for (path, text) in sources(room) {
            let code = without_comments(&text).to_lowercase();
            for word in ["author", "named.", "entries", "contestant"] {
                assert!(!code.contains(word), "{} says «{word}»", path.display());
            }
        }
    }
}

#[test]
fn only_the_reading_child_knows_a_parser() {
    for room in ROOMS.iter().filter(|r| !["documents", "app"].contains(r)) {
        for (path, text) in sources(room) {
            for parser in ["zip::", "quick_xml::", "use zip", "use quick_xml"] {
                assert!(!without_comments(&text).contains(parser), "{} calls a parser", path.display());
            }
        }
    }
}

#[test]
fn sql_stands_in_stores_only() {
    for room in ROOMS.iter().filter(|r| !["platform", "app"].contains(r)) {
        for (path, text) in sources(room) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let is_store = name.starts_with("store") || path.to_str().unwrap().contains("/store/") || path.ends_with("contests/head.rs") || path.ends_with("contests/rules.rs");
            assert!(is_store || !without_comments(&text).contains("prepared("), "{} holds SQL", path.display());
        }
    }
}

#[test]
fn a_migration_goes_down_in_its_own_words() {
    for folder in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap().map(|f| f.unwrap().path()) {
        for side in ["up.sql", "down.sql"] {
            let text = std::fs::read_to_string(folder.join(side)).unwrap();
            assert!(!text.trim().is_empty(), "{}/{side}", folder.display());
            assert!(!text.contains("drop role"), "{}: roles belong to the server", folder.display());
        }
    }
}

#[test]
fn every_file_that_the_documents_name_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src/", "migrations/", "templates/", "tests/", "benches/", "contests/", "docs/", "static/", "bin/"];
    let papers = ["README.md", "docs/architecture.md", "docs/operations.md", "docs/organizers-guide.md"];
    let mut named = 0;
    for paper in papers {
        let text = std::fs::read_to_string(root.join(paper)).unwrap();
        for name in text.split('`').skip(1).step_by(2).filter(|n| folders.iter().any(|f| n.starts_with(f)) && !n.contains(' ')) {
            assert!(root.join(name).exists(), "{paper} names {name}, which is not there");
            named += 1;
        }
    }
    assert!(named > 20, "only {named} files are named");
}
