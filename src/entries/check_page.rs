//! Whether a receipt is real: what is typed or read from its code, and the one thing that is answered.
use serde::Serialize;

use crate::platform::http::query_value;
use crate::platform::page::{Page, Side};

/// What is asked, as typed.
#[derive(Default, Clone, Debug, PartialEq, Eq)]
pub struct AskedReceipt {
    pub number: String,
    pub sha256: String,
}

impl AskedReceipt {
    /// From the address; None where nothing is asked yet. Cut where nobody types on.
    pub fn of(query: &str) -> Option<AskedReceipt> {
        let line = |name: &str| query_value(query, name).map(|v| v.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim().to_owned());
        let (number, sha256) = (line("number"), line("sha256"));
        (number.is_some() || sha256.is_some()).then(|| AskedReceipt { number: number.unwrap_or_default(), sha256: sha256.unwrap_or_default() })
    }
    /// Sixteen letters without the dashes that it is printed with; what cannot be one is a number that nobody has.
    pub fn key(&self) -> String {
        self.number.chars().filter(char::is_ascii_alphanumeric).take(16).collect::<String>().to_ascii_uppercase()
    }
    /// The hash's hexadecimal digits; what cannot be one fits nothing.
    pub fn hash(&self) -> String {
        self.sha256.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase()
    }
}

/// Tells a moment, or that nothing fits; never a name, title, entry number or code.
#[derive(Serialize, Default, Clone)]
pub struct CheckPage {
    pub contest: String,
    pub action: String,
    pub number: String,
    pub sha256: String,
    pub asked: bool,
    /// Empty where nothing fits.
    pub received_at: String,
    pub offset: String,
}
impl Page for CheckPage {
    const TEMPLATE: &'static str = "entries/check.html";
    const SIDE: Side = Side::Open;
    fn samples() -> Vec<Self> {
        let asked = CheckPage { asked: true, number: "AAAA-BBBB-CCCC-DDDD".into(), ..CheckPage::default() };
        vec![CheckPage::default(), CheckPage { received_at: "10:00:00 ngày 01/05/2027".into(), ..asked.clone() }, asked]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_typed_in_fours_in_small_letters_and_a_hash_with_spaces() {
        let hash = format!("{}%20{}", "0a".repeat(16), "0B".repeat(16));
        let asked = AskedReceipt::of(&format!("number=aaaa-bbbb+cccc%20DDDD&sha256={hash}")).unwrap();
        assert_eq!((asked.key(), asked.hash()), ("AAAABBBBCCCCDDDD".to_owned(), format!("{}{}", "0a".repeat(16), "0b".repeat(16))));
    }
    #[test]
    fn what_cannot_be_a_number_or_a_hash_fits_nothing_and_nothing_asked_is_no_question() {
        let asked = AskedReceipt::of("number=%00'--&sha256=z%00z").unwrap();
        assert_eq!((asked.key().as_str(), asked.hash().as_str()), ("", "zz"));
        assert_eq!(AskedReceipt::of("said=x"), None);
    }
}
