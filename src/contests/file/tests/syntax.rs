//! Files that are not TOML.

use super::super::super::model::Locale;
use super::super::parse;
use super::{Problem, SOUND, changed, line_of, refusals, sound};

#[test]
fn notepad_s_byte_order_mark_and_line_ends_are_taken() {
    let text = format!("\u{feff}{}", SOUND.replace('\n', "\r\n"));
    assert_eq!(parse(&text), Ok(sound()));
}

#[test]
fn every_line_of_broken_syntax_is_reported_once() {
    let text = changed("per_category = 1", "per_category = 1,5").replace("readers = 2", "readers");
    let errors = parse(&text).unwrap_err();
    let lines: Vec<u32> = errors.iter().map(|error| error.line).collect();
    assert_eq!(lines, [line_of(&text, "1,5"), line_of(&text, "readers")]);
}

#[test]
fn a_text_of_several_lines_that_never_ends_is_found_where_it_begins() {
    let text = format!("{SOUND}\n[x]\nzz = \"\"\"\nnever\nends\n");
    let error = parse(&text).unwrap_err().remove(0);
    assert_eq!((error.line, error.what), (line_of(&text, "zz ="), Problem::OpenQuote {}));
}

#[test]
fn an_empty_file_names_every_section_that_it_needs() {
    let errors = parse("").unwrap_err();
    let missing: Vec<String> = errors.iter().map(|e| e.what.sentence(Locale::En)).collect();
    for section in ["[contest]", "[dates]", "[round]", "[[rubric]]", "[[ranking_group]]", "[[category]]", "[[key_holder]]"] {
        let begins = format!("the section {section} is missing");
        assert_eq!(missing.iter().filter(|said| said.starts_with(&begins)).count(), 1);
    }
    assert_eq!(errors.len(), 7);
}

refusals! {
    an_unquoted_text_is_told_to_take_quotation_marks: "\"Ban Tổ chức\"" => "Ban Tổ chức",
        "host", "hãy viết chữ trong dấu ngoặc kép", "put text in straight quotation marks";
    an_unquoted_word_that_looks_like_a_number_is_told_so_too: "\"Ban Tổ chức\"" => "none",
        "host", "hãy viết chữ trong dấu ngoặc kép", "put text in straight quotation marks";
    a_key_without_a_value_is_refused: "readers = 2" => "readers =",
        "readers", "thiếu giá trị", "no value";
    a_line_without_an_equals_sign_is_refused: "readers = 2" => "readers 2",
        "readers", "thiếu dấu bằng", "no equals sign";
    curly_quotation_marks_are_refused: "\"Ban Tổ chức\"" => "“Ban Tổ chức”",
        "host", "dấu ngoặc kép cong", "use straight ones";
    a_text_that_is_not_closed_is_refused: "\"Ban Tổ chức\"" => "\"Ban Tổ chức",
        "host", "hãy thêm \"", "add \" at the end";
    a_header_that_is_not_closed_is_refused: "[round]" => "[round",
        "[round", "tên mục `[round` chưa đóng ngoặc", "the header `[round` is not closed";
    a_list_header_that_is_not_closed_is_refused: "[[ranking_group]]" => "[[ranking_group]",
        "[[ranking_group]", "chưa đóng ngoặc", "is not closed";
    a_key_that_comes_twice_is_refused: "overall = 2" => "overall = 2\noverall = 3",
        "overall = 3", "`overall` đã được viết ở trên", "`overall` is already written above";
    a_section_that_comes_twice_is_refused: "[round]" => "[dates]\n[round]",
        "[dates]\n[round]", "`[dates]` đã được viết ở trên", "`[dates]` is already written above";
    a_decimal_comma_without_quotation_marks_gets_a_point: "max = 99.5" => "max = 99,5",
        "99,5", "hãy viết dấu chấm: 99.5", "write a point: 99.5";
    thousands_parted_by_points_are_joined: "20_000_000" => "20.000.000",
        "20.000.000", "hãy viết liền: 20000000", "write it in one: 20000000";
    thousands_parted_by_commas_are_joined: "20_000_000" => "20,000,000",
        "20,000,000", "hãy viết liền: 20000000", "write it in one: 20000000";
    a_key_with_vietnamese_letters_is_refused: "readers = 2" => "số_người = 2",
        "số_người", "khóa `số_người` có chữ có dấu", "has letters that no key has";
    other_mistakes_of_syntax_are_told_in_the_parser_s_words: "{ max = 2 }" => "{ max = 2,, }",
        ",,", "không đúng cú pháp TOML", "this line is not TOML";
}
