//! Clean text: what the named side stores and the blind side reads.
use unicode_normalization::UnicodeNormalization;

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

/// Cleans text from any source. Letters typed apart from their marks (file names of some systems, some editors) are joined.
pub fn clean(raw: &str) -> CleanText {
    let text: String = raw
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{0b}', '\u{0c}'], "\n")
        .nfc()
        .filter(|c| keeps(*c))
        .map(|c| if c == '\u{a0}' { ' ' } else { c })
        .collect();
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines() {
        let line = line.trim_end();
        if line.trim().is_empty() {
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

/// Bidi overrides could make a text read otherwise than it is stored; zero-width characters could mark one.
fn keeps(c: char) -> bool {
    let hidden = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{ad}');
    !hidden && (!c.is_control() || matches!(c, '\n' | '\t'))
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
