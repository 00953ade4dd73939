//! What in a text may give its author away: names, addresses, numbers and the unit of the slip, found without accents
//! (guesses, and units in lower case, only as they are spelt).
//! A hint for the clerk, never a promise, and never a change of the text.
use unicode_normalization::UnicodeNormalization;

use crate::documents::fold;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Name,
    PenName,
    Email,
    Phone,
    Unit,
}

impl Kind {
    /// Key of its word: `desk-hit-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::PenName => "pen",
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Unit => "unit",
        }
    }
}

/// A place in a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// The whole name or number, not a part of it.
    pub sure: bool,
}

/// Something to look for.
#[derive(Clone, Debug)]
struct Sought {
    folded: String,
    /// As it is spelt, lower case: a guess must stand so, or without any accent; Báo Ngàn is no Bảo Ngân.
    spelt: String,
    kind: Kind,
    sure: bool,
    /// Part of a name is one only where it is written as one: every word with a capital.
    capitals: bool,
}

/// What the slip says of an entry's authors.
#[derive(Default)]
pub struct Identity {
    sought: Vec<Sought>,
    phones: Vec<String>,
}

impl Identity {
    /// Of authors (guardians among the names) and their unit's names: the one list of what is looked for.
    pub fn of<'a>(
        (names, pens): (impl Iterator<Item = &'a str>, impl Iterator<Item = &'a str>),
        (emails, phones): (impl Iterator<Item = &'a str>, impl Iterator<Item = &'a str>),
        units: impl Iterator<Item = &'a str>,
    ) -> Identity {
        let mut who = Identity::default();
        names.for_each(|n| who.name(n));
        pens.for_each(|n| who.pen_name(n));
        emails.for_each(|e| who.email(e));
        phones.for_each(|p| who.phone(p));
        units.for_each(|u| who.unit(u));
        who
    }
    fn add(&mut self, text: &str, kind: Kind, sure: bool, capitals: bool) {
        let folded = fold(text);
        if folded.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
            self.sought.push(Sought { folded, spelt: lower(text), kind, sure, capitals });
        }
    }
    /// The whole name for sure; its last two words (a middle name and the given name), or a name of one word, only where
    /// they are written with capitals.
    pub fn name(&mut self, name: &str) {
        let words: Vec<&str> = name.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            [one] => self.add(one, Kind::Name, false, true),
            [_, _] => self.add(name, Kind::Name, true, false),
            [.., middle, given] => {
                self.add(name, Kind::Name, true, false);
                self.add(&format!("{middle} {given}"), Kind::Name, false, true);
            }
        }
    }
    pub fn pen_name(&mut self, name: &str) {
        // pen names are often ordinary words
        self.add(name, Kind::PenName, name.split_whitespace().nth(1).is_some(), true);
    }
    pub fn email(&mut self, email: &str) {
        self.add(email, Kind::Email, true, false);
    }
    /// The whole name in any case; what stands behind the word of its kind (Phường, Xã …) is a guess, with capitals.
    pub fn unit(&mut self, name: &str) {
        let own = own_name(name);
        self.add(name, Kind::Unit, name.split_whitespace().nth(1).is_some(), true);
        if own != name && own.split_whitespace().nth(1).is_some() {
            self.add(own, Kind::Unit, false, true);
        }
    }
    /// What is looked for at all: of these alone can it be said that none was found.
    pub fn kinds(&self) -> Vec<Kind> {
        const ALL: [Kind; 5] = [Kind::Name, Kind::PenName, Kind::Email, Kind::Phone, Kind::Unit];
        let looked_for = |k: &Kind| self.sought.iter().any(|s| s.kind == *k) || *k == Kind::Phone && !self.phones.is_empty();
        ALL.into_iter().filter(looked_for).collect()
    }
    /// Nine digits or more; the country's code and the leading zero are one.
    pub fn phone(&mut self, phone: &str) {
        let digits = national(&phone.chars().filter(char::is_ascii_digit).collect::<String>());
        if digits.len() >= 8 {
            self.phones.push(digits);
        }
    }
    /// A text that names somebody for sure: a whole name, an address, a number.
    pub fn stands_in(&self, text: &str) -> bool {
        self.find(text).iter().any(|hit| hit.sure)
    }
    /// Every place, in order, none over another; a longer and a surer one first.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let map = Folded::of(text);
        let mut hits: Vec<Hit> = self.sought.iter().flat_map(|s| map.find(text, s)).collect();
        hits.extend(phones_in(text).into_iter().filter(|(_, _, digits)| self.phones.contains(digits)).map(|(start, end, _)| Hit { start, end, kind: Kind::Phone, sure: true }));
        hits.sort_by_key(|h| (h.start, !h.sure, std::cmp::Reverse(h.end)));
        let mut out: Vec<Hit> = vec![];
        for hit in hits {
            match out.last_mut() {
                Some(last) if hit.start < last.end => {
                    // a sure one that begins inside a guess takes its place
                    if hit.sure && !last.sure {
                        *last = hit;
                    }
                }
                _ => out.push(hit),
            }
        }
        out
    }
}

/// A unit's name without the word of its kind: `Bến Sông` of `Phường Bến Sông`.
fn own_name(unit: &str) -> &str {
    const KINDS: [&str; 12] = ["phường", "xã", "huyện", "quận", "tỉnh", "thành phố", "thị trấn", "thị xã", "đặc khu", "đảng bộ", "trường", "ward"];
    let Some((kind, rest)) = KINDS.iter().find_map(|k| unit.char_indices().nth(k.chars().count()).map(|(i, _)| unit.split_at(i)).filter(|(head, _)| lower(head) == *k)) else {
        return unit;
    };
    if kind.is_empty() || !rest.starts_with(char::is_whitespace) { unit } else { rest.trim() }
}

/// Lower case, composed, with single spaces.
fn lower(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without the country's code and the leading zero.
fn national(digits: &str) -> String {
    let rest = digits.strip_prefix("84").filter(|r| r.len() >= 9).unwrap_or(digits);
    rest.trim_start_matches('0').to_owned()
}

/// Runs of digits with spaces, dots, dashes and brackets between them: where, and the national digits.
fn phones_in(text: &str) -> Vec<(usize, usize, String)> {
    let mut out = vec![];
    let mut run: Option<(usize, usize, String)> = None;
    for (i, c) in text.char_indices() {
        if c.is_ascii_digit() {
            let (_, end, digits) = run.get_or_insert((i, i, String::new()));
            *end = i + 1;
            digits.push(c);
        } else if !matches!(c, ' ' | '.' | '-' | '(' | ')' | '+') {
            out.extend(run.take());
        }
    }
    out.extend(run);
    out.into_iter().map(|(s, e, d)| (s, e, national(&d))).filter(|(_, _, d)| d.len() >= 8).collect()
}

/// A text without accents, and where each of its characters came from.
struct Folded {
    chars: Vec<char>,
    /// Byte of the original, one more than there are characters.
    at: Vec<usize>,
}

impl Folded {
    fn of(text: &str) -> Folded {
        let (mut chars, mut at) = (vec![], vec![]);
        for (i, c) in text.char_indices() {
            if c.is_whitespace() {
                if chars.last().is_some_and(|l| *l != ' ') {
                    chars.push(' ');
                    at.push(i);
                }
                continue;
            }
            // one character at a time: a mark standing alone folds to nothing
            for f in fold(c.encode_utf8(&mut [0; 4])).chars() {
                chars.push(f);
                at.push(i);
            }
        }
        at.push(text.len());
        Folded { chars, at }
    }
    fn find(&self, text: &str, sought: &Sought) -> Vec<Hit> {
        let wanted: Vec<char> = sought.folded.chars().collect();
        let is_letter = |i: Option<usize>| i.and_then(|i| self.chars.get(i)).is_some_and(|c| c.is_alphanumeric());
        let mut out = vec![];
        for (i, window) in self.chars.windows(wanted.len()).enumerate() {
            let whole = || !is_letter(i.checked_sub(1)) && !is_letter(Some(i + wanted.len()));
            if window != wanted.as_slice() || !whole() {
                continue;
            }
            let (Some(start), Some(end)) = (self.at.get(i), self.at.get(i + wanted.len())) else { continue };
            // the end is where the next character begins: a space taken with it goes
            let Some(found) = text.get(*start..*end).map(str::trim_end) else { continue };
            if !sought.sure && !found.is_ascii() && lower(found) != sought.spelt {
                continue;
            }
            let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
            // a unit is written in lower case as often as not: then its accents must be its own
            let as_spelt = sought.kind == Kind::Unit && sought.sure && lower(found) == sought.spelt;
            if as_spelt
                || !sought.capitals
                || found.split_whitespace().next().is_some_and(capital) && (sought.kind == Kind::Unit && sought.sure || found.split_whitespace().all(capital))
            {
                out.push(Hit { start: *start, end: start + found.len(), kind: sought.kind, sure: sought.sure });
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, &'static str, bool)> {
        let mut who = Identity::default();
        who.name("Hoàng Bảo Ngân");
        who.name("Đặng Thị Hòa");
        who.pen_name("Mây Đông");
        who.email("ngan@example.org");
        who.phone("+84 900 000 246");
        who.unit("Thư viện huyện Đông Lĩnh");
        who.find(text).into_iter().map(|h| (text.get(h.start..h.end).unwrap(), h.kind.code(), h.sure)).collect()
    }

    #[test]
    fn a_whole_name_is_found_in_any_spelling() {
        assert_eq!(found("Tôi, HOANG BAO NGAN, viết."), [("HOANG BAO NGAN", "name", true)]);
        assert_eq!(found("em là đặng  thị hoà"), [("đặng  thị hoà", "name", true)]);
        assert_eq!(found("Đặng Thị Hòa"), [("Đặng Thị Hòa", "name", true)]);
    }
    #[test]
    fn a_part_of_a_name_is_a_guess_and_only_with_capitals() {
        assert_eq!(found("Bảo Ngân xin cảm ơn"), [("Bảo Ngân", "name", false)]);
        assert_eq!(found("cơ bảo ngân hàng"), []);
        assert_eq!(found("Báo Ngàn năm, chị Thị Hoàng"), []);
    }
    #[test]
    fn addresses_numbers_pen_names_and_the_unit_are_found() {
        assert_eq!(
            found("Gọi 0900.000.246 hay (84) 900 000 246, thư Ngan@Example.org, ký Mây Đông, thư viện huyện Đông Lĩnh."),
            [
                ("0900.000.246", "phone", true),
                ("84) 900 000 246", "phone", true),
                ("Ngan@Example.org", "email", true),
                ("Mây Đông", "pen", true),
                ("thư viện huyện Đông Lĩnh", "unit", true)
            ]
        );
        assert_eq!(found("Ở Thư viện huyện Đông Lĩnh có 2.000.246 cuốn"), [("Thư viện huyện Đông Lĩnh", "unit", true)]);
    }
    #[test]
    fn a_short_unit_is_found_in_any_case_and_its_own_name_where_it_has_capitals() {
        let mut who = Identity::default();
        who.unit("Phường Bến Sông");
        who.unit("Xã An Bình");
        let found = |text: &'static str| who.find(text).into_iter().map(|h| (text.get(h.start..h.end).unwrap(), h.sure)).collect::<Vec<_>>();
        assert_eq!(found("Ở phường Bến Sông, PHƯỜNG BẾN SÔNG, phường bến sông."), [("phường Bến Sông", true), ("PHƯỜNG BẾN SÔNG", true), ("phường bến sông", true)]);
        assert_eq!(found("Người xã An Bình, quê An Bình"), [("xã An Bình", true), ("An Bình", false)]);
        assert_eq!(found("Một bến sông, đời an bình; phương bên song, xa an binh."), []);
        assert_eq!(who.kinds().into_iter().map(Kind::code).collect::<Vec<_>>(), ["unit"]);
    }
    #[test]
    fn an_ordinary_text_has_no_hit() {
        assert_eq!(found("Năm 1945, 20 triệu đồng bào ngạn ngữ; hoàng hôn mây đông lại."), []);
    }
}
