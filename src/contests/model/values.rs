//! Single values, each made by a `parse` that accepts nothing else.

use std::fmt;
use std::iter::Sum;

use super::choices::Locale;

/// A text in both languages of the program, in NFC, trimmed, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Bilingual {
    /// One text for both languages.
    pub fn same(text: String) -> Self {
        Self { vi: text.clone(), en: text }
    }

    /// The text in one language.
    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::Vi => &self.vi,
            Locale::En => &self.en,
        }
    }
}

/// Words of `a-z` and `0-9` joined by single hyphens.
fn is_hyphenated(text: &str) -> bool {
    text.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// The name of a contest in addresses: `a-z`, `0-9`, single hyphens between; 3 to 40 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The longest slug and the longest key.
    pub const MAX: usize = 40;

    /// For rules that have no name yet: never stored, a form asks for another.
    pub fn stand_in() -> Self {
        Self("cuoc-thi".to_owned())
    }

    /// Takes a well-formed slug and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        ((3..=Self::MAX).contains(&text.len()) && is_hyphenated(text)).then(|| Self(text.to_owned()))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What one part of the rules calls another by: written as a slug, 1 to 40 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// Takes a well-formed key and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        ((1..=Slug::MAX).contains(&text.len()) && is_hyphenated(text)).then(|| Self(text.to_owned()))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address in lower case, so that equal addresses are equal text; at most 254 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// Takes `local@host.domain` in ASCII, any case; quoted and international forms are refused.
    pub fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.split_once('@')?;
        let known = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
        let local_holds = local.len() <= 64 && local.split('.').all(|part| !part.is_empty() && part.bytes().all(known));
        let domain_holds = domain.contains('.')
            && domain
                .split('.')
                .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        (text.len() <= 254 && local_holds && domain_holds).then(|| Self(text.to_ascii_lowercase()))
    }

    /// In lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A currency by its three capital letters (ISO 4217).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(String);

impl Currency {
    /// Takes three capital letters; whether such a currency exists is not asked.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())).then(|| Self(text.to_owned()))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An exact decimal with two places, counted in hundredths: 8.05 is 805.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(i32);

/// Why a text is not a decimal with at most two places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecimalFault {
    /// A comma where the point belongs; what was probably meant.
    Comma(String),
    /// More than two places that say something.
    TooFine,
    /// More digits than a mark can have.
    TooLarge,
    /// Not a decimal at all.
    Malformed,
}

impl Hundredths {
    /// From a count of hundredths.
    pub const fn new(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// The count of hundredths.
    pub const fn get(self) -> i32 {
        self.0
    }

    /// Reads `8`, `8.5` or `8.05`, digit by digit: a float would turn 8.05 into 8.0500000000000007.
    pub fn parse(text: &str) -> Result<Self, DecimalFault> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
        if !is_number(whole) || !is_number(places) {
            return Err(with_point(text).map_or(DecimalFault::Malformed, DecimalFault::Comma));
        }
        let places = places.trim_end_matches('0');
        if places.len() > 2 {
            return Err(DecimalFault::TooFine);
        }
        let count = format!("{whole}{places:0<2}").parse::<i32>().or(Err(DecimalFault::TooLarge))?;
        Ok(Self(if negative { -count } else { count }))
    }

    /// Whether it is a whole number of steps; of a step of nothing, never.
    pub fn is_multiple_of(self, step: Self) -> bool {
        self.0.checked_rem(step.0) == Some(0)
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `8,05` with a point. Three places are left alone: `1,000` may well be a thousand.
fn with_point(text: &str) -> Option<String> {
    let (whole, places) = text.split_once(',')?;
    (is_number(whole) && is_number(places) && places.len() <= 2).then(|| format!("{whole}.{places}"))
}

impl Sum for Hundredths {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        Self(iter.fold(0, |sum, each| sum.saturating_add(each.0)))
    }
}

impl fmt::Display for Hundredths {
    /// The shortest exact form: `8.05`, `0.5`, `100`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, places) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match places {
            0 => write!(f, "{sign}{whole}"),
            tens if tens % 10 == 0 => write!(f, "{sign}{whole}.{}", tens / 10),
            _ => write!(f, "{sign}{whole}.{places:02}"),
        }
    }
}
