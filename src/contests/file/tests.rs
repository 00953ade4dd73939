//! Contest files, sound and broken.

mod dates;
mod scoring;
mod shipped;
mod size;
mod structure;
mod syntax;
mod values;

use super::super::model::{Locale, Ruleset};
use super::{FileError, Problem, parse};

/// A sound file that uses every section; tests break it in one place.
const SOUND: &str = include_str!("tests/sound.toml");

fn sound() -> Ruleset {
    parse(SOUND).unwrap()
}

/// The sound file with the first occurrence of one passage replaced.
#[track_caller]
fn changed(from: &str, to: &str) -> String {
    assert!(SOUND.contains(from), "the sound file lacks {from:?}");
    SOUND.replacen(from, to, 1)
}

/// The line in which a passage first occurs.
#[track_caller]
fn line_of(text: &str, passage: &str) -> u32 {
    let at = text.find(passage).expect("the passage is in the file");
    let before = text.bytes().take(at).filter(|b| *b == b'\n').count();
    u32::try_from(before).unwrap() + 1
}

/// The one mistake of a file.
#[track_caller]
fn only_error(text: &str) -> FileError {
    let mut errors = parse(text).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors.remove(0)
}

/// Breaks the sound file and expects one mistake: its line, and words of both sentences.
#[track_caller]
fn refused((from, to): (&str, &str), at: &str, vi: &str, en: &str) {
    let text = changed(from, to);
    let (error, line) = (only_error(&text), line_of(&text, at));
    assert_eq!(error.line, line, "{error:?}");
    let (said_vi, said_en) = (error.sentence(Locale::Vi), error.sentence(Locale::En));
    assert!(said_vi.starts_with(&format!("dòng {line}: ")), "{said_vi}");
    assert!(said_en.starts_with(&format!("line {line}: ")), "{said_en}");
    assert!(said_vi.contains(vi), "{said_vi}");
    assert!(said_en.contains(en), "{said_en}");
}

/// Tests of one broken place each: the sentence proven, the change, where the mistake lies, and what the
/// Vietnamese and the English sentence say.
macro_rules! refusals {
    ($($name:ident: $from:literal => $to:literal, $at:literal, $vi:literal, $en:literal;)*) => {$(
        #[test]
        fn $name() {
            super::refused(($from, $to), $at, $vi, $en);
        }
    )*};
}
use refusals;
