//! Clean text: what the named side stores and the blind side reads.
use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::model::{MAX_TEXT, Reading, Unreadable, Warning};

/// Text in NFC, without controls, bidi overrides and zero-width characters; paragraphs parted by one blank line or a line
/// break; no trailing spaces.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CleanText(String);

impl CleanText {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn into_string(self) -> String {
        self.0
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Cleans text from any source. Letters typed apart from their marks (file names of some systems, some editors) are joined. What a form
/// shows is cleaned at each look at it, and nearly all of it is clean already: then nothing is made anew but the lines.
pub fn clean(raw: &str) -> CleanText {
    let text = if raw.chars().all(is_plain) { Cow::Borrowed(raw) } else { Cow::Owned(make_plain(raw)) };
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines() {
        let line = line.trim_end();
        if line.trim_start().is_empty() {
            blank += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        blank = 0;
        out.push_str(line);
    }
    CleanText(out)
}

/// A letter that NFC leaves as it is whatever stands beside it (Latin before the combining marks, Vietnamese with two marks, dashes and quotes),
/// and neither a control nor hidden nor a space of another kind.
fn is_plain(c: char) -> bool {
    matches!(c, '\n' | '\t' | ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2027}')
}

fn make_plain(raw: &str) -> String {
    raw.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{0b}', '\u{0c}'], "\n").nfc().filter(|c| keeps(*c)).map(|c| if c == '\u{a0}' { ' ' } else { c }).collect()
}

/// Bidi overrides could make a text read otherwise than it is stored; zero-width characters could mark one.
fn keeps(c: char) -> bool {
    let hidden = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{ad}');
    !hidden && (!c.is_control() || matches!(c, '\n' | '\t'))
}

/// A reading of what was found in a file: clean and counted. Errors: no word in it, or more than a draft holds.
pub fn reading_of(raw: &str, warnings: Vec<Warning>) -> Result<Reading, Unreadable> {
    let text = clean(raw).into_string();
    let words = count_words(&text);
    match (words, text.len()) {
        (0, _) => Err(Unreadable::Empty),
        (_, long) if long > MAX_TEXT => Err(Unreadable::TooLarge),
        _ => Ok(Reading { text, words, warnings }),
    }
}

/// The paragraphs as a reader sees them: every line that is not blank.
pub fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|l| !l.is_empty())
}

/// Syllables, as word processors count Vietnamese: tokens between white space that hold a letter or a digit.
pub fn count_words(text: &str) -> u32 {
    let n = text.split_whitespace().filter(|t| t.chars().any(char::is_alphanumeric)).count();
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Accent-blind key for finding names in a text: marks dropped, đ as d, lower case, one space between words.
pub fn fold(text: &str) -> String {
    let plain: String = text.to_lowercase().nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).map(|c| if c == 'đ' { 'd' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_typed_apart_are_joined_and_hidden_characters_go() {
        assert_eq!(clean("Tie\u{302}\u{301}ng\u{200b} Vie\u{323}\u{302}t\u{202e}").as_str(), "Tiếng Việt");
    }
    #[test]
    fn what_is_taken_as_plain_is_left_by_the_long_way_as_it_is() {
        for c in ('\0'..=char::MAX).filter(|c| is_plain(*c)) {
            // alone, and with a letter and a mark before it that a composition could reach across
            for text in [c.to_string(), format!("e{c}"), format!("{c}{c}"), format!("ế{c}ặ")] {
                assert_eq!(make_plain(&text), text, "{c:?}");
            }
        }
        assert!("Nghiêng mình, “ngoảnh lại” – đường về… 14/5\n".chars().all(is_plain));
        for c in ['\u{300}', '\u{323}', '\u{31b}', '\u{a0}', '\u{ad}', '\u{200b}', '\u{202e}', '\r', '\u{1}', '\u{85}'] {
            assert!(!is_plain(c), "{c:?}");
        }
    }
    #[test]
    fn blank_lines_become_one_and_line_breaks_stay() {
        assert_eq!(clean("\r\n\r\nMột  \r\nHai\n\n\n\nBa\n").as_str(), "Một\nHai\n\nBa");
    }
    #[test]
    fn a_word_is_a_token_with_a_letter_or_a_digit() {
        assert_eq!(count_words("Sáu giờ chiều, 14/5 – nhà văn hóa … “mở cửa”."), 9);
    }
    #[test]
    fn three_spellings_of_a_name_fold_to_one() {
        assert_eq!(fold("ĐẶNG  Thị Hòa"), "dang thi hoa");
        assert_eq!(fold("Đặng Thị Ho\u{300}a"), fold("dang thi hoa"));
    }
}
