//! Vietnamese names: in order by given name, and found without their marks.
use unicode_normalization::UnicodeNormalization;

/// The alphabet in its order; a letter outside it comes after.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// Where a name stands in a list: by given name (the last word), then family name (the first), then what is between; in
/// each word by letters, then by tones (ngang, huyền, hỏi, ngã, sắc, nặng).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameOrder(Vec<(Vec<u32>, Vec<u8>)>);

/// For `sort_by_cached_key`.
pub fn by_given_name(name: &str) -> NameOrder {
    let mut words: Vec<_> = name.split_whitespace().map(letters_and_tones).collect();
    if let Some(given) = words.pop() {
        words.insert(0, given);
    }
    NameOrder(words)
}

/// Where any words stand in a list, read from the first on; for `sort_by_cached_key`.
pub fn by_words(text: &str) -> NameOrder {
    NameOrder(text.split_whitespace().map(letters_and_tones).collect())
}

fn letters_and_tones(word: &str) -> (Vec<u32>, Vec<u8>) {
    let (mut letters, mut tones): (Vec<char>, Vec<u8>) = (vec![], vec![]);
    for c in word.to_lowercase().nfd() {
        let tone = match c {
            '\u{300}' => 1,
            '\u{309}' => 2,
            '\u{303}' => 3,
            '\u{301}' => 4,
            '\u{323}' => 5,
            '\u{302}' | '\u{306}' | '\u{31b}' => {
                if let Some(last) = letters.last_mut() {
                    *last = [*last, c].into_iter().nfc().next().unwrap_or(*last); // a + ˆ is the letter â
                }
                continue;
            }
            _ => {
                letters.push(c);
                tones.push(0);
                continue;
            }
        };
        if let Some(last) = tones.last_mut() {
            *last = tone;
        }
    }
    let rank = |c: char| ALPHABET.chars().position(|a| a == c).map_or(1_000 + u32::from(c), |i| u32::try_from(i).unwrap_or(0));
    (letters.into_iter().map(rank).collect(), tones)
}

/// As `phach.fold` in SQL: lower case, without marks, đ as d, single spaces.
pub fn fold(text: &str) -> String {
    let plain: String = text.to_lowercase().nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).map(|c| if c == 'đ' { 'd' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_stand_in_order_of_their_given_names() {
        let mut names = ["Trần Văn Ân", "Lê Thị Đào", "Nguyễn Ăn", "Phạm Anh", "Đỗ Dũng", "Nguyễn Văn Dũng", "Bùi Anh", "Vũ Ảnh", "Vũ Ánh", "Phạm An"];
        names.sort_by_cached_key(|n| by_given_name(n));
        assert_eq!(names, ["Phạm An", "Bùi Anh", "Phạm Anh", "Vũ Ảnh", "Vũ Ánh", "Nguyễn Ăn", "Trần Văn Ân", "Đỗ Dũng", "Nguyễn Văn Dũng", "Lê Thị Đào"]);
    }
    #[test]
    fn words_stand_as_in_a_dictionary() {
        let mut words = ["Đóng chấm", "Dùng khóa", "Cắt phách", "Ăn trưa", "Chấm bài", "Cất giữ"];
        words.sort_by_cached_key(|w| by_words(w));
        assert_eq!(words, ["Ăn trưa", "Cắt phách", "Cất giữ", "Chấm bài", "Dùng khóa", "Đóng chấm"]);
    }
    #[test]
    fn composed_and_decomposed_spellings_stand_in_one_place() {
        let decomposed: String = "Đặng Thị Hường".nfd().collect();
        assert_eq!(by_given_name("Đặng Thị Hường"), by_given_name(&decomposed));
        assert_eq!((fold("  ĐẶNG  Thị Hường "), fold(&decomposed)), ("dang thi huong".into(), "dang thi huong".into()));
    }
}
