//! What somebody probably meant to write.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::super::model::Slug;

/// The candidate that a misspelled word most resembles, if one is close enough to be a slip of the hand.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    let length = word.chars().count();
    let limit = match length {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    known
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (distance(&word, &plain(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A name as a slug: `Báo điện tử` becomes `bao-dien-tu`.
pub fn slug_of(text: &str) -> String {
    let words = plain(text).replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    let joined = words.split_whitespace().collect::<Vec<_>>().join("-");
    let short: String = joined.chars().take(Slug::MAX).collect();
    short.trim_end_matches('-').to_owned()
}

/// Lower case without marks. Đ does not decompose, so it is mapped by hand.
fn plain(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Letters to put in, take out or change (Levenshtein), one row of the table at a time.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (1..=to.chars().count()).collect();
    for (above_left, letter) in from.chars().enumerate() {
        let (mut diagonal, mut left) = (above_left, above_left + 1);
        for (cell, other) in row.iter_mut().zip(to.chars()) {
            let change = diagonal + usize::from(letter != other);
            diagonal = *cell;
            left = change.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(from.chars().count())
}
