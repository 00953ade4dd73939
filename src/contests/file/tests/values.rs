//! Single values: texts, words, numbers, decimals.

use super::super::super::model::{AuthorLimits, DecimalFault, Hundredths, WordLimits};
use super::super::parse;
use super::{changed, refusals, sound};

#[test]
fn decimals_are_exact() {
    let read = |text| Hundredths::parse(text).map(Hundredths::get);
    assert_eq!(read("8.05"), Ok(805));
    assert_eq!(read("8.5"), Ok(850));
    assert_eq!(read("8"), Ok(800));
    assert_eq!(read("0.50"), Ok(50));
    assert_eq!(read("8.0500"), Ok(805));
    assert_eq!(read("-0.5"), Ok(-50));
    assert_eq!(Hundredths::new(805).get() - Hundredths::new(655).get(), 150);
}

#[test]
fn what_is_not_a_decimal_is_told_apart() {
    assert_eq!(Hundredths::parse("8,05"), Err(DecimalFault::Comma("8.05".to_owned())));
    assert_eq!(Hundredths::parse("8.051"), Err(DecimalFault::TooFine));
    assert_eq!(Hundredths::parse("99999999999"), Err(DecimalFault::TooLarge));
    for text in ["", ".", "8.", ".5", "1e2", "1,000", "8,0,5", "٨", "--8", "nan"] {
        assert_eq!(Hundredths::parse(text), Err(DecimalFault::Malformed), "{text}");
    }
}

#[test]
fn decimals_are_printed_in_their_shortest_form_and_read_back() {
    for hundredths in [0, 5, 50, 805, 850, 10_000, -50, -805, i32::MAX, i32::MIN + 1] {
        let number = Hundredths::new(hundredths);
        assert_eq!(Hundredths::parse(&number.to_string()), Ok(number));
    }
    assert_eq!(Hundredths::new(805).to_string(), "8.05");
    assert_eq!(Hundredths::new(10_000).to_string(), "100");
    assert_eq!(Hundredths::new(-50).to_string(), "-0.5");
}

#[test]
fn a_mark_may_be_a_number_or_a_text() {
    let rules = sound();
    let maxima: Vec<i32> = rules.rubrics[0].criteria.iter().map(|c| c.max.get()).collect();
    assert_eq!(maxima, [6_000, 4_000]);
    assert_eq!(parse(&changed("max = 60", "max = \"60.00\"")), Ok(rules));
}

#[test]
fn limits_that_are_left_out_are_none() {
    let categories = sound().categories;
    assert_eq!(categories[0].authors, AuthorLimits { min: 1, max: 2 });
    assert_eq!(categories[1].authors, AuthorLimits { min: 1, max: 1 });
    assert_eq!(categories[1].words, WordLimits { min: None, max: None });
}

#[test]
fn letters_typed_apart_from_their_marks_are_stored_as_one() {
    let apart = changed("Ban Tổ chức", "Ban To\u{302}\u{309} chu\u{31b}\u{301}c");
    assert_eq!(parse(&apart), Ok(sound()));
}

#[test]
fn addresses_are_kept_in_lower_case() {
    assert_eq!(sound().contest.organizer.unwrap().as_str(), "chu.tri@example.org");
}

#[test]
fn reminders_are_on_unless_the_file_says_no() {
    let off = include_str!("sound.toml").replace("locale = \"vi\"", "locale = \"vi\"\nremind_drafts = false");
    let off = super::super::parse(&off).unwrap();
    assert!(sound().contest.remind_drafts && !off.contest.remind_drafts);
    assert!(super::super::render(&off).contains("\nremind_drafts = false\n"));
}

#[test]
fn a_text_keeps_its_paragraphs() {
    let summary = sound().contest.summary;
    assert_eq!(summary.vi, "Đoạn một.\n\nĐoạn hai có \"ngoặc kép\" và \\ gạch.");
    assert_eq!(summary.vi, summary.en);
}

refusals! {
    a_yes_in_quotation_marks_is_refused: "bar_officials = true" => "bar_officials = \"có\"",
        "bar_officials", "hãy viết true (có) hoặc false (không)", "write true or false";
    a_guardian_younger_than_the_youngest_is_refused: "min_age = 14" => "min_age = 19",
        "min_age", "`min_age` (19) lớn hơn `guardian_age` (18)", "`min_age` (19) is above `guardian_age` (18)";
    a_slug_with_capitals_and_marks_gets_a_plain_one: "slug = \"thi-thu\"" => "slug = \"Thi Thử Đợt 1\"",
        "slug", "ví dụ, `thi-thu-dot-1`", "write, say, `thi-thu-dot-1`";
    a_slug_of_two_letters_is_refused: "slug = \"thi-thu\"" => "slug = \"ab\"",
        "slug", "3 đến 40 ký tự", "3 to 40 characters";
    a_slug_of_41_letters_is_refused: "slug = \"thi-thu\"" => "slug = \"aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbc\"",
        "slug", "`aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbb`", "3 to 40 characters";
    a_slug_that_ends_with_a_hyphen_is_refused: "slug = \"thi-thu\"" => "slug = \"thi-thu-\"",
        "slug", "ví dụ, `thi-thu`", "write, say, `thi-thu`";
    a_key_with_an_underscore_gets_a_hyphen: "key = \"xa\"" => "key = \"xa_moi\"",
        "xa_moi", "ví dụ, `xa-moi`", "write, say, `xa-moi`";
    an_empty_title_is_refused: "\"Cuộc thi thử\"" => "\"  \"",
        "title.vi", "`vi` còn trống", "`vi` is empty";
    an_empty_word_is_refused: "kind = \"script\"" => "kind = \"\"",
        "kind = \"\"", "`kind` còn trống", "`kind` is empty";
    a_name_of_two_lines_is_refused: "\"Ban Tổ chức\"" => "\"Ban\\nTổ chức\"",
        "host", "phải nằm trên một dòng", "take out the line break";
    a_hidden_character_is_refused: "Ban Tổ chức" => "Ban\u{200b} Tổ chức",
        "host", "ký tự ẩn U+200B", "a hidden character U+200B";
    a_null_that_postgres_cannot_hold_is_refused: "Ban Tổ chức" => "Ban\\u0000 Tổ chức",
        "host", "ký tự ẩn U+0000", "a hidden character U+0000";
    a_number_where_a_text_belongs_gets_quotation_marks: "host = \"Ban Tổ chức\"" => "host = 2027",
        "host", "host = \"2027\"", "write it in quotation marks: host = \"2027\"";
    a_truth_value_is_no_text: "host = \"Ban Tổ chức\"" => "host = true",
        "host", "`host` phải là chữ", "`host` must be text";
    an_address_without_a_domain_is_refused: "Chu.Tri@Example.org" => "Chu.Tri@example",
        "Chu.Tri", "không phải địa chỉ thư điện tử", "is not an e-mail address";
    an_address_with_a_name_is_refused: "mot@example.org" => "Một <mot@example.org>",
        "Một <", "hãy viết như `thu-ky@example.org`", "write it like `desk@example.org`";
    a_misspelled_choice_is_corrected: "third = \"closest-pair\"" => "third = \"closest_pair\"",
        "third", "có thể bạn muốn viết `closest-pair`", "did you mean `closest-pair`?";
    an_unknown_choice_is_told_which_there_are: "kind = \"script\"" => "kind = \"opera\"",
        "opera", "hãy chọn một trong: text, script", "choose one of: text, script";
    a_third_separation_is_refused: "separation = \"strict\"" => "separation = \"no\"",
        "separation", "strict, declared", "choose one of: strict, declared";
    a_language_without_pages_is_refused: "locale = \"vi\"" => "locale = \"french\"",
        "locale", "vi, en", "choose one of: vi, en";
    a_currency_in_vietnamese_letters_is_refused: "\"VND\"" => "\"VNĐ\"",
        "VNĐ", "ba chữ hoa", "three capital letters";
    an_amount_in_a_text_is_refused: "20_000_000" => "\"20 triệu\"",
        "20 triệu", "hãy viết số nguyên từ 1 đến 1000000000000", "write a whole number from 1";
    an_amount_without_its_currency_is_refused: "currency = \"VND\"\n" => "",
        "[[prize]]", "currency = \"VND\"", "the key `currency` is missing";
    a_currency_without_its_amount_is_refused: "amount = 20_000_000\n" => "",
        "[[prize]]", "thiếu khóa `amount`", "the key `amount` is missing";
    no_reader_is_refused: "readers = 2" => "readers = 0",
        "readers", "số nguyên từ 1 đến 9", "from 1 to 9";
    ten_readers_are_refused: "readers = 2" => "readers = 10",
        "readers", "số nguyên từ 1 đến 9", "from 1 to 9";
    half_a_reader_is_refused: "readers = 2" => "readers = 2.5",
        "readers", "không nhận `2.5`", "cannot be `2.5`";
    a_negative_count_is_refused: "count = 3" => "count = -3",
        "count = -3", "không nhận `-3`", "cannot be `-3`";
    a_number_beyond_64_bits_is_refused: "count = 3" => "count = 99999999999999999999",
        "count = 9", "số nguyên từ 1", "write a whole number";
    a_decimal_comma_in_a_text_gets_a_point: "max = 60" => "max = \"8,05\"",
        "8,05", "hãy viết dấu chấm: 8.05", "write a point: 8.05";
    three_decimals_are_refused: "max = 60" => "max = 60.125",
        "60.125", "quá hai chữ số thập phân", "round it to hundredths";
    an_exponent_is_no_mark: "max = 60" => "max = 6e1",
        "6e1", "hãy viết số từ 0.01 đến 1000", "write a number from 0.01 to 1000";
    not_a_number_is_no_mark: "max = 60" => "max = nan",
        "nan", "không nhận `nan`", "cannot be `nan`";
    a_hexadecimal_is_no_mark: "max = 60" => "max = 0x3C",
        "0x3C", "không nhận `0x3C`", "cannot be `0x3C`";
    a_step_of_nothing_is_refused: "step = \"0.5\"" => "step = 0",
        "step = 0\n", "số từ 0.01 đến 1000", "from 0.01 to 1000";
    a_negative_threshold_is_refused: "threshold = 15.5" => "threshold = -1",
        "threshold", "số từ 0 đến 1000", "from 0 to 1000";
}
