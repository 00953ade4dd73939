//! Sections and keys that are missing, misspelled or in the wrong place.

use super::super::super::model::Locale;
use super::super::parse;
use super::{changed, line_of, refusals};

#[test]
fn mistakes_in_different_places_are_all_reported_in_the_order_of_their_lines() {
    let text = changed("slug = \"thi-thu\"", "slug = \"Thi Thử\"")
        .replace("words =", "wrods =")
        .replace("rubric = \"kich-ban\"", "rubric = \"kichban\"")
        .replace("hai@example.org", "hai")
        .replace("2027-03-20 17:00", "2027-03-20");
    let errors = parse(&text).unwrap_err();
    let lines: Vec<u32> = errors.iter().map(|error| error.line).collect();
    let places = ["slug", "queries_close", "wrods", "kichban", "\"hai\""];
    assert_eq!(lines, places.map(|place| line_of(&text, place)));
    for error in errors {
        for locale in [Locale::Vi, Locale::En] {
            assert!(error.sentence(locale).contains(['`', '[']), "{error}");
        }
    }
}

#[test]
fn a_broken_section_does_not_make_others_look_broken() {
    let text = changed("key = \"bao\"\nname = \"Báo\"\nkind = \"text\"", "key = \"bao\"\nkind = \"text\"");
    assert_eq!(super::only_error(&text).line, line_of(&text, "[[category]]"));
}

refusals! {
    a_misspelled_key_is_corrected: "words =" => "wrods =",
        "wrods", "khóa `wrods` không có; có thể bạn muốn viết `words`",
        "there is no key `wrods`; did you mean `words`?";
    a_misspelled_key_inside_an_inline_table_is_corrected: "min = 1500" => "mim = 1500",
        "words =", "có thể bạn muốn viết `min`", "did you mean `min`?";
    a_key_in_vietnamese_style_is_corrected: "overall = 2" => "Overal = 2",
        "Overal", "có thể bạn muốn viết `overall`", "did you mean `overall`?";
    an_unknown_key_is_told_which_there_are: "overall = 2" => "overall = 2\nquota = 40",
        "quota", "các khóa: per_category, overall, subject", "delete it, or use one of: per_category, overall, subject";
    a_key_of_another_section_is_sent_there: "level = 2" => "level = 2\nthreshold = 10",
        "threshold = 10", "hãy chuyển nó đến [round]", "move it to [round]";
    a_key_above_the_first_section_is_sent_to_its_own: "# A sound" => "organizer = \"x@example.org\"\n# A sound",
        "organizer", "hãy chuyển nó đến [contest]", "move it to [contest]";
    a_misspelled_section_is_corrected: "[limits]" => "[limit]",
        "[limit]", "có thể bạn muốn viết [limits]", "did you mean [limits]?";
    an_unknown_section_is_told_which_there_are: "[limits]" => "[sponsors]\n[limits]",
        "[sponsors]", "mục `sponsors` không có", "delete it, or use one of: [contest], [dates]";
    a_missing_section_is_named: "[round]\nreaders = 2\nthreshold = 15.5\nthird = \"closest-pair\"\n" => "",
        "# A sound", "thiếu mục [round]", "the section [round] is missing";
    a_missing_key_comes_with_an_example: "kind = \"script\"\n" => "",
        "[[category]]\nkey = \"clip\"", "hãy thêm một dòng, ví dụ kind = \"text\"", "add a line, such as kind = \"text\"";
    a_name_in_one_language_of_two_is_refused: "title.en = \"Trial contest\"\n" => "",
        "title.vi", "thiếu khóa `en`", "the key `en` is missing";
    a_misspelled_language_is_refused: "en = \"Content\"" => "en = \"Content\", fr = \"Contenu\"",
        "Contenu", "khóa `fr` không có trong { vi, en }", "use one of: vi, en";
    a_list_in_single_brackets_is_refused: "[[ranking_group]]" => "[ranking_group]",
        "[ranking_group]", "một dòng [[ranking_group]], hai dấu ngoặc vuông", "open each item with a line [[ranking_group]]";
    a_section_in_double_brackets_is_refused: "[limits]" => "[[limits]]",
        "[[limits]]", "hãy viết: [limits]", "write: [limits]";
    a_range_written_as_a_number_is_refused: "{ min = 1500, max = 3000 }" => "3000",
        "words", "hãy viết: { min = 1500, max = 3000 }", "write: { min = 1500, max = 3000 }";
    by_hand_in_single_brackets_is_refused: "[[by_hand]]" => "[by_hand]",
        "[by_hand]", "một dòng [[by_hand]]", "open each item with a line [[by_hand]]";
    a_sixth_key_holder_is_refused: "[[key_holder]]" => "[[key_holder]]\nemail=\"a@e.org\"\noffice=\"A\"\n[[key_holder]]\nemail=\"b@e.org\"\noffice=\"B\"\n[[key_holder]]\nemail=\"c@e.org\"\noffice=\"C\"\n[[key_holder]]\nemail=\"d@e.org\"\noffice=\"D\"\n[[key_holder]]",
        "[[key_holder]]", "có 6 mục [[key_holder]], nhiều nhất là 5", "there are 6 of [[key_holder]], at most 5";
    a_question_with_one_choice_is_refused: "[[question.choice]]\nkey = \"ban-be\"\nname = \"Bạn bè\"\n" => "",
        "kind = \"choice\"", "câu hỏi `biet-qua` có 1 lựa chọn", "the question `biet-qua` has 1 choices";
    choices_of_a_question_in_words_are_refused: "kind = \"choice\"" => "kind = \"text\"",
        "kind = \"text\"\nrequired", "trả lời bằng chữ nên không có lựa chọn", "is answered in words and has no choices";
    a_single_key_holder_is_refused: "[[key_holder]]\nemail = \"hai@example.org\"\noffice = \"Thanh tra\"\n" => "",
        "[[key_holder]]", "có 1 người giữ khóa, cần ít nhất 2", "there are 1 key holders";
    two_keys_in_one_hand_are_refused: "hai@example.org" => "Mot@Example.ORG",
        "Mot@Example.ORG", "`mot@example.org` đã giữ một khóa ở dòng", "name another person's address";
    a_unit_that_comes_twice_is_refused: "key = \"xa\"" => "key = \"phuong\"",
        "key = \"phuong\"\nname = \"Xã\"", "[[unit]] `phuong` đã có ở dòng 81", "is already there in line 81";
    a_criterion_that_comes_twice_is_refused: "key = \"hinh-thuc\"" => "key = \"noi-dung\"",
        "key = \"noi-dung\"\nname = \"Hình thức\"", "[[rubric.criterion]] `noi-dung` đã có", "give this one another key";
    a_parent_that_is_no_unit_is_corrected: "parent = \"tinh\" # of xa" => "parent = \"tihn\" # of xa",
        "tihn", "có thể bạn muốn viết `tinh`", "did you mean `tinh`?";
    a_unit_above_itself_is_refused: "parent = \"tinh\" # of xa" => "parent = \"xa\" # of xa",
        "# of xa", "thành vòng: xa → xa", "in a circle: xa → xa";
    a_circle_of_units_is_refused: "name = \"Tỉnh\"" => "name = \"Tỉnh\"\nparent = \"phuong\"",
        "parent = \"tinh\"", "thành vòng: phuong → tinh → phuong", "mend the `parent` of one";
}
