//! The contests that ship with the program, whole, to be copied: files of `contests/`, compiled in.
use super::file;
use super::model::Ruleset;

/// A shipped contest: its word in addresses and its file.
pub struct Shipped {
    pub word: &'static str,
    pub text: &'static str,
}

pub const ALL: [Shipped; 3] = [
    Shipped { word: "national", text: include_str!("../../contests/national.toml") },
    Shipped { word: "province", text: include_str!("../../contests/province.toml") },
    Shipped { word: "jfk", text: include_str!("../../contests/jfk.toml") },
];

/// The rules of a shipped contest; None for another word.
pub fn ruleset(word: &str) -> Option<Ruleset> {
    let shipped = ALL.iter().find(|s| s.word == word)?;
    file::parse(shipped.text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_contest_can_be_copied() {
        for shipped in ALL {
            assert!(ruleset(shipped.word).is_some(), "{}", shipped.word);
        }
        assert!(ruleset("khac").is_none());
    }
}
