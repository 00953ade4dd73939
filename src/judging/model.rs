//! Nouns of the room.
use std::collections::BTreeMap;

/// A paper's blind code: ten letters out of 32, without 0, O, 1 and I. Parsed, so that nothing else reaches SQL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PaperCode(String);

impl PaperCode {
    /// None where it cannot be one; whether such a paper exists, and for whom, Postgres says.
    pub fn parse(s: &str) -> Option<PaperCode> {
        let letter = |b: u8| matches!(b, b'A'..=b'Z' | b'2'..=b'9') && !matches!(b, b'O' | b'I');
        (s.len() == 10 && s.bytes().all(letter)).then(|| PaperCode(s.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A mark sheet as typed: nothing in it is believed yet, and nothing of it is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSheet {
    /// By the criterion's key, in the visitor's own decimals.
    pub marks: BTreeMap<String, String>,
    pub comment: String,
    /// To oneself; never part of the sheet.
    pub note: String,
}

impl TypedSheet {
    pub fn mark(&self, key: &str) -> &str {
        self.marks.get(key).map(String::as_str).unwrap_or_default()
    }
}

/// Hundredths by the criterion's key, complete and checked.
pub type Marks = BTreeMap<String, i32>;

/// The reasons a judge can give for not marking a paper; a fixed list, so that no reason tells whose paper it is.
pub const RECUSALS: [&str; 5] = ["recognised", "helped", "relation", "unwell", "cannot-say"];

/// What a judge can report of a paper.
pub const REPORTS: [&str; 3] = ["identity-seen", "unreadable", "suspected-copy"];

/// A report as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedReport {
    /// One of `REPORTS`, if it can be read.
    pub kind: String,
    pub paragraph: String,
    /// For the chair alone.
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_ten_letters_that_nobody_confuses() {
        assert!(PaperCode::parse("ABCDEFGHJK").is_some());
        for bad in ["ABCDEFGHJ", "ABCDEFGHJKL", "ABCDEFGHJ0", "ABCDEFGHIJ", "abcdefghjk", "ABCDE\0GHJK", "ABCDEFGHÉ"] {
            assert!(PaperCode::parse(bad).is_none(), "{bad}");
        }
    }
}
