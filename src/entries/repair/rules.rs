//! What a request and an answer must hold, as far as a form can tell; Postgres asks the same again under its lock.
use std::ops::RangeInclusive;

use super::forms::{AskForm, Choice, ChoiceForm};
use crate::documents::{MAX_TEXT, clean, count_words};
use crate::platform::failure::Refusal;
use crate::platform::form::is_reason;

/// Letters of what the author reads: what is wrong, and why what came cannot be used.
const MESSAGE: RangeInclusive<usize> = 5..=2_000;
/// Days for an answer.
pub const DAYS: RangeInclusive<i32> = 1..=30;
/// Those that the page offers.
pub const OFFERED: [i32; 8] = [2, 3, 5, 7, 10, 14, 21, 30];

/// What is wrong with a request, by field.
pub fn ask_wrong(form: &AskForm) -> Vec<(&'static str, Refusal)> {
    let mut wrong = vec![];
    if !MESSAGE.contains(&form.message.chars().count()) {
        wrong.push(("message", Refusal::of("repair_message")));
    }
    if !DAYS.contains(&form.days) {
        wrong.push(("days", Refusal::of("repair_days")));
    }
    wrong
}

/// What is wrong with what the desk chose, by field.
pub fn choice_wrong(form: &ChoiceForm) -> Option<(&'static str, Refusal)> {
    match form.choice {
        None => Some(("", Refusal::of("form_unreadable"))),
        Some(Choice::Take) if !is_reason(&form.taking) => Some(("taking", Refusal::of("text_reason_needed"))),
        Some(Choice::Decline) if !MESSAGE.contains(&form.unusable.chars().count()) => Some(("unusable", Refusal::of("repair_answer"))),
        Some(_) => None,
    }
}

/// A typed text as judges would read it, and its words.
pub fn read_typed(typed: &str) -> Result<(String, u32), Refusal> {
    let body = clean(typed).into_string();
    match count_words(&body) {
        0 => Err(Refusal::of("text_needed")),
        _ if body.len() > MAX_TEXT || typed.len() > MAX_TEXT => Err(Refusal::of("repair_text_long")),
        words => Ok((body, words)),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_request_says_what_is_wrong_and_gives_one_to_thirty_days() {
        let fields = |message: &str, days| ask_wrong(&AskForm { message: message.into(), days }).into_iter().map(|(f, _)| f).collect::<Vec<_>>();
        assert_eq!(fields("Thiếu trang hai.", 30), Vec::<&str>::new());
        assert_eq!((fields("hở", 31), fields(&"a".repeat(2_001), 0)), (vec!["message", "days"], vec!["message", "days"]));
    }
    #[test]
    fn the_desk_keeps_a_reason_and_tells_the_author_why_not() {
        let of = |choice, taking: &str, unusable: &str| {
            let form = ChoiceForm { choice, repair: Uuid::nil(), came: Uuid::nil(), seen: 0, taking: taking.into(), unusable: unusable.into() };
            choice_wrong(&form).map(|(field, _)| field)
        };
        assert_eq!(of(Some(Choice::Take), &"a".repeat(501), ""), Some("taking"));
        assert_eq!(of(Some(Choice::Take), "Đủ trang hai", ""), None);
        assert_eq!(of(Some(Choice::Decline), "Đủ trang hai", "hở"), Some("unusable"));
        assert_eq!((of(Some(Choice::TakeBack), "", ""), of(None, "", "")), (None, Some("")));
    }
    #[test]
    fn a_typed_text_is_cleaned_and_must_hold_words_within_what_a_draft_holds() {
        assert_eq!(read_typed(" \u{200b}Một\0  \r\n\r\n\r\nhai"), Ok((" Một\n\nhai".into(), 2)));
        assert_eq!((read_typed(" … \n"), read_typed(&"a ".repeat(MAX_TEXT / 2 + 1))), (Err(Refusal::of("text_needed")), Err(Refusal::of("repair_text_long"))));
    }
}
