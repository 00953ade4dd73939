//! What the parts of a file must be to one another.

use super::super::super::model::{CategoryKind, Hundredths, Key, Recipient, Rubric};
use super::super::parse;
use super::{changed, refusals, sound};

#[test]
fn rubrics_with_one_total_may_share_a_group() {
    let totals: Vec<Hundredths> = sound().rubrics.iter().map(Rubric::total).collect();
    assert_eq!(totals, [Hundredths::new(10_000); 2]);
}

#[test]
fn collective_and_individual_prizes_have_levels_of_their_own() {
    let prizes = sound().prizes;
    let ranking_group = Key::parse("chung").unwrap();
    assert_eq!(prizes[0].recipient, Recipient::Individual { ranking_group: Some(ranking_group) });
    assert_eq!(prizes[2].recipient, Recipient::Collective);
    assert_eq!((prizes[0].level, prizes[2].level), (1, 1));
}

#[test]
fn a_prize_without_money_is_allowed() {
    let prizes = sound().prizes;
    assert_eq!(prizes[0].money.as_ref().map(|money| money.amount), Some(20_000_000));
    assert_eq!(prizes[1].money, None);
}

#[test]
fn a_least_mark_is_exact_and_of_the_prize_that_says_it() {
    let prizes = parse(&changed("level = 2", "level = 2\nminimum = 80.05")).unwrap().prizes;
    assert_eq!((prizes[0].minimum, prizes[1].minimum), (None, Some(Hundredths::new(8_005))));
}

#[test]
fn a_clip_is_marked_by_its_script() {
    assert_eq!(sound().categories[1].kind, CategoryKind::Script);
}

#[test]
fn a_threshold_just_below_the_total_is_allowed() {
    let round = parse(&changed("threshold = 15.5", "threshold = 99.99")).unwrap().round;
    assert_eq!(round.threshold, Hundredths::new(9_999));
}

refusals! {
    different_totals_in_one_group_are_refused: "max = 99.5" => "max = 49.5",
        "rubric = \"kich-ban\"", "`kich-ban` cộng được 50 điểm mà `bai-viet` được 100",
        "`kich-ban` adds up to 50 and `bai-viet` to 100; make them equal";
    a_mark_that_is_not_made_of_steps_is_refused: "step = \"0.5\"" => "step = 99.5",
        "max = 0.5", "0.5 không chia hết cho bước điểm 99.5", "0.5 is not a whole number of steps of 99.5";
    a_threshold_at_the_total_is_refused: "threshold = 15.5" => "threshold = 100",
        "threshold", "hãy viết số nhỏ hơn 100", "write a threshold below 100";
    a_minimum_above_the_total_is_refused: "level = 2" => "level = 2\nminimum = 100.01",
        "level = 2", "không bài nào đạt được 100.01 điểm", "write a minimum up to 100";
    a_minimum_of_a_collective_prize_is_refused: "level = 1 # of collectives" => "level = 1 # of collectives\nminimum = 50",
        "minimum = 50", "hãy xóa `minimum`", "is not given by marks";
    a_minimum_of_three_decimals_is_refused: "level = 2" => "level = 2\nminimum = 80.125",
        "minimum = 80.125", "80.125", "80.125";
    a_rubric_without_criteria_is_refused: "[[rubric]]\nkey = \"kich-ban\"" => "[[rubric]]\nkey = \"thua\"\nname = \"Thừa\"\nstep = 1\n[[rubric]]\nkey = \"kich-ban\"",
        "[[rubric]]\nkey = \"thua\"", "thiếu mục [[rubric.criterion]]", "the section [[rubric.criterion]] is missing";
    a_rubric_that_nobody_uses_is_refused: "rubric = \"kich-ban\"" => "rubric = \"bai-viet\"",
        "[[rubric]]\nkey = \"kich-ban\"", "hãy xóa nó, hoặc ghi rubric = \"kich-ban\"", "no [[category]] uses [[rubric]] `kich-ban`";
    a_group_that_nobody_uses_is_refused: "[[ranking_group]]" => "[[ranking_group]]\nkey = \"rieng\"\nname = \"Riêng\"\n[[ranking_group]]",
        "[[ranking_group]]", "[[ranking_group]] `rieng` không có", "write ranking_group = \"rieng\" in a category";
    a_rubric_that_does_not_exist_is_corrected: "rubric = \"kich-ban\"" => "rubric = \"kich-bam\"",
        "kich-bam", "có thể bạn muốn viết `kich-ban`", "did you mean `kich-ban`?";
    a_group_that_does_not_exist_is_told_which_there_are: "ranking_group = \"chung\"" => "ranking_group = \"nguoi-lon\"",
        "nguoi-lon", "hãy chọn một trong: chung", "choose one of: chung";
    a_prize_in_no_group_is_refused: "ranking_group = \"chung\"\nlevel = 2" => "level = 2",
        "[[prize]]\nkey = \"giai-b\"", "thiếu khóa `ranking_group`", "the key `ranking_group` is missing in [[prize]]";
    a_collective_prize_in_a_group_is_refused: "level = 1 # of collectives" => "level = 1\nranking_group = \"chung\" # of collectives",
        "# of collectives", "giải tập thể không thuộc nhóm xếp hạng", "delete `ranking_group`";
    two_prizes_at_one_level_are_refused: "level = 2" => "level = 1 # again",
        "# again", "bậc 1 đã thuộc giải `giai-a` ở dòng 97", "already belongs to the prize `giai-a` in line 97";
    two_prizes_with_one_key_are_refused: "key = \"giai-b\"" => "key = \"giai-a\"",
        "key = \"giai-a\"\nname = \"Giải B\"", "[[prize]] `giai-a` đã có ở dòng", "give this one another key";
    a_level_below_1_is_refused: "level = 2" => "level = 0",
        "level = 0", "số nguyên từ 1 đến 20", "from 1 to 20";
    more_words_at_least_than_at_most_are_refused: "min = 1500" => "min = 3001",
        "words", "`min` (3001) lớn hơn `max` (3000)", "swap them or mend one";
    more_authors_at_least_than_at_most_are_refused: "authors = { max = 2 }" => "authors = { min = 3, max = 2 }",
        "authors", "`min` (3) lớn hơn `max` (2)", "`min` (3) is above `max` (2)";
    more_entries_in_a_category_than_in_all_are_refused: "per_category = 1" => "per_category = 3",
        "per_category", "`per_category` (3) lớn hơn `overall` (2)", "`per_category` (3) is above `overall` (2)";
}
