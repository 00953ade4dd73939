//! Files far larger than any contest.

use std::fmt::Write as _;

use super::super::{MAX_BYTES, MAX_ERRORS, parse};
use super::{Problem, SOUND, sound};

/// Comments up to a size in bytes.
fn padded(bytes: usize) -> String {
    let room = bytes - SOUND.len();
    let lines = "#\n".repeat(room / 2);
    format!("{SOUND}{lines}{}", "#".repeat(room % 2))
}

#[test]
fn a_file_of_one_megabyte_is_read_and_one_byte_more_is_refused() {
    assert_eq!(parse(&padded(MAX_BYTES)), Ok(sound()));
    let error = super::only_error(&padded(MAX_BYTES + 1));
    let (bytes, limit) = (MAX_BYTES + 1, MAX_BYTES);
    assert_eq!((error.line, error.what), (1, Problem::TooLarge { bytes, limit }));
}

#[test]
fn no_more_mistakes_are_reported_than_anybody_would_read() {
    let stray: String = (0..60_000).fold(SOUND.to_owned(), |mut text, n| {
        writeln!(text, "stray{n} = 1").unwrap();
        text
    });
    assert_eq!(parse(&stray).unwrap_err().len(), MAX_ERRORS);
    assert_eq!(parse(&"a=,\n".repeat(100_000)).unwrap_err().len(), MAX_ERRORS);
}

#[test]
fn a_long_chain_of_units_is_a_tree() {
    let chain: String = (1..9_000).fold(String::new(), |mut text, n| {
        writeln!(text, "[[unit]]\nkey=\"u{n}\"\nname=\"U\"\nparent=\"u{}\"", n - 1).unwrap();
        text
    });
    let text = format!("{SOUND}[[unit]]\nkey=\"u0\"\nname=\"U\"\n{chain}");
    assert_eq!(parse(&text).unwrap().units.len(), 9_003);
    let circle = text.replace("key=\"u0\"", "parent=\"u8999\"\nkey=\"u0\"");
    let error = super::only_error(&circle);
    assert!(error.to_string().contains("in a circle: u"), "{error}");
    assert!(error.to_string().len() < 300, "{error}");
}

#[test]
fn thousands_of_wrong_parents_are_refused_quickly() {
    let units: String = (0..9_000).fold(String::new(), |mut text, n| {
        writeln!(text, "[[unit]]\nkey=\"unit-number-{n}\"\nname=\"U\"\nparent=\"x-number-{n}\"").unwrap();
        text
    });
    assert_eq!(parse(&format!("{SOUND}{units}")).unwrap_err().len(), MAX_ERRORS);
}

#[test]
fn a_mistake_shows_the_beginning_of_what_was_written() {
    let text = super::changed("slug = \"thi-thu\"", &format!("slug = \"{}\"", "A".repeat(100_000)));
    assert!(super::only_error(&text).to_string().len() < 300);
}

/// Cuts the sound file in a thousand places: whatever is left, the answer is a ruleset or a list of mistakes.
#[test]
fn no_beginning_of_a_file_is_refused_without_a_reason() {
    for end in (0..SOUND.chars().count()).step_by(3) {
        let start: String = SOUND.chars().take(end).collect();
        assert!(parse(&start).is_err_and(|errors| !errors.is_empty()) || start.contains("Thanh tra"));
    }
}
