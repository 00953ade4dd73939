//! What changed between two versions of a text, paragraph by paragraph and, within one, word by word.
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

/// How long a comparison may take; what is not told apart by then is shown as replaced.
const PATIENCE: Duration = Duration::from_millis(300);

/// A run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    /// Only on its own side.
    pub changed: bool,
}

/// A paragraph beside what it was: either may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    pub old: Vec<Run>,
    pub new: Vec<Run>,
    pub same: bool,
}

fn whole(text: &str, changed: bool) -> Vec<Run> {
    vec![Run { text: text.to_owned(), changed }]
}

/// Both texts, side by side.
pub fn compare(old: &[&str], new: &[&str]) -> Vec<Pair> {
    let until = Instant::now() + PATIENCE;
    let mut out = vec![];
    for op in capture_diff_slices_deadline(Algorithm::Patience, old, new, Some(until)) {
        let (tag, before, after) = op.as_tag_tuple();
        let (before, after) = (old.get(before).unwrap_or_default(), new.get(after).unwrap_or_default());
        if tag == DiffTag::Equal {
            out.extend(before.iter().map(|p| Pair { old: whole(p, false), new: whole(p, false), same: true }));
            continue;
        }
        for i in 0..before.len().max(after.len()) {
            out.push(match (before.get(i), after.get(i)) {
                (Some(a), Some(b)) => within(a, b, until),
                (a, b) => Pair { old: a.map(|t| whole(t, true)).unwrap_or_default(), new: b.map(|t| whole(t, true)).unwrap_or_default(), same: false },
            });
        }
    }
    out
}

/// Two paragraphs, word by word; as a whole, where they have little in common.
fn within(old: &str, new: &str, until: Instant) -> Pair {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_inclusive(' ').collect(), new.split_inclusive(' ').collect());
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &a, &b, Some(until));
    let kept: usize = ops.iter().filter(|op| op.tag() == DiffTag::Equal).map(|op| op.old_range().len()).sum();
    if kept * 3 < a.len().max(b.len()) {
        return Pair { old: whole(old, true), new: whole(new, true), same: false };
    }
    let mut pair = Pair::default();
    for op in ops {
        let (tag, before, after) = op.as_tag_tuple();
        let run = |words: &[&str]| Run { text: words.concat(), changed: tag != DiffTag::Equal };
        pair.old.extend(a.get(before).filter(|w| !w.is_empty()).map(run));
        pair.new.extend(b.get(after).filter(|w| !w.is_empty()).map(run));
    }
    pair
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(runs: &[Run]) -> String {
        runs.iter().map(|r| if r.changed { format!("[{}]", r.text) } else { r.text.clone() }).collect()
    }

    #[test]
    fn a_changed_word_is_marked_and_what_stays_is_not() {
        let pairs = compare(&["Một.", "Tôi là Bảo Ngân ở xã.", "Ba."], &["Một.", "Tôi là một người ở xã.", "Ba."]);
        let seen: Vec<_> = pairs.iter().map(|p| (marked(&p.old), marked(&p.new), p.same)).collect();
        assert_eq!(seen[0], ("Một.".into(), "Một.".into(), true));
        assert_eq!(seen[1], ("Tôi là [Bảo Ngân ]ở xã.".into(), "Tôi là [một người ]ở xã.".into(), false));
        assert_eq!(seen.len(), 3);
    }
    #[test]
    fn a_paragraph_added_or_removed_stands_alone() {
        let pairs = compare(&["Một.", "Hai."], &["Một.", "Một rưỡi.", "Hai."]);
        assert_eq!(
            pairs.iter().map(|p| (marked(&p.old), marked(&p.new))).collect::<Vec<_>>(),
            [("Một.".into(), "Một.".into()), (String::new(), "[Một rưỡi.]".into()), ("Hai.".into(), "Hai.".into())]
        );
        assert_eq!(compare(&[], &["Hai."]).len(), 1);
    }
    #[test]
    fn paragraphs_with_little_in_common_are_replaced_as_a_whole() {
        let pairs = compare(&["Mưa rơi suốt đêm trên mái lá."], &["Con đường mới đã xong rồi nhé."]);
        assert_eq!((marked(&pairs[0].old), marked(&pairs[0].new)), ("[Mưa rơi suốt đêm trên mái lá.]".into(), "[Con đường mới đã xong rồi nhé.]".into()));
    }
    #[test]
    fn two_long_strange_texts_are_told_apart_in_time() {
        let text = |n: usize| (0..60_000).map(|i| format!("đoạn {} {}", (i * n) % 977, i % 7)).collect::<Vec<_>>();
        let (a, b) = (text(3), text(5));
        let (a, b): (Vec<&str>, Vec<&str>) = (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
        let started = Instant::now();
        assert!(!compare(&a, &b).is_empty());
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}
