//! Dates and clock changes. The sound file is in New York: clocks skip 02:00 to 03:00 on 14 March 2027
//! and show 01:00 to 02:00 twice on 7 November.

use chrono::{TimeZone, Utc};

use super::super::parse;
use super::{changed, refusals, sound};

#[test]
fn dates_are_local_and_stored_in_utc() {
    let dates = sound().dates;
    assert_eq!(dates.opens, Utc.with_ymd_and_hms(2027, 1, 5, 13, 0, 0).unwrap());
    assert_eq!(dates.closes, Utc.with_ymd_and_hms(2027, 3, 1, 22, 0, 0).unwrap());
}

#[test]
fn twenty_four_hours_is_the_end_of_the_day() {
    let written = parse(&changed("2027-03-10 24:00", "2027-03-11 00:00"));
    assert_eq!(written, Ok(sound()));
}

#[test]
fn a_date_may_be_written_with_and_without_quotation_marks_t_and_zero_seconds() {
    for form in ["2027-01-05T08:00:00", "\"2027-01-05T08:00\"", "2027-01-05 08:00", "\"2027-01-05 08:00:00\""] {
        let written = parse(&changed("\"2027-01-05 08:00\"", form));
        assert_eq!(written, Ok(sound()), "{form}");
    }
}

#[test]
fn intake_and_queries_may_end_with_submission() {
    let text = changed("2027-03-10 24:00", "2027-03-01 17:00");
    let text = text.replace("2027-03-20 17:00", "2027-03-01 17:00");
    let dates = parse(&text).unwrap().dates;
    assert_eq!(dates.closes, dates.queries_close);
}

#[test]
fn the_minutes_around_a_clock_change_are_taken() {
    let text = changed("2027-03-20 17:00", "2027-03-14 03:00");
    let first = parse(&text).unwrap().dates.queries_close;
    assert_eq!(first, Utc.with_ymd_and_hms(2027, 3, 14, 7, 0, 0).unwrap());
    let text = changed("2027-03-20 17:00", "2027-03-14 01:59");
    let last = parse(&text).unwrap().dates.queries_close;
    assert_eq!(last, Utc.with_ymd_and_hms(2027, 3, 14, 6, 59, 0).unwrap());
}

#[test]
fn without_a_known_zone_the_form_of_dates_is_still_checked() {
    let text = changed("America/New_York", "Nowhere").replace("2027-03-20 17:00", "soon");
    let lines: Vec<u32> = parse(&text).unwrap_err().iter().map(|e| e.line).collect();
    assert_eq!(lines, [super::line_of(&text, "Nowhere"), super::line_of(&text, "soon")]);
}

refusals! {
    a_postmark_with_an_hour_is_refused: "postmark_by = 2027-03-01" => "postmark_by = \"2027-03-05 17:00\"",
        "postmark_by", "không phải một ngày", "is not a day";
    a_postmark_before_the_opening_is_refused: "postmark_by = 2027-03-01" => "postmark_by = 2027-01-04",
        "postmark_by", "`postmark_by` không được trước `opens`", "`postmark_by` must not come before `opens`";
    a_postmark_after_the_intake_is_refused: "postmark_by = 2027-03-01" => "postmark_by = 2027-03-12",
        "postmark_by", "`intake_closes` không được trước `postmark_by`", "`intake_closes` must not come before `postmark_by`";
    a_time_that_clocks_skip_is_refused: "2027-03-20 17:00" => "2027-03-14 02:30",
        "02:30", "không có 2027-03-14 02:30, đồng hồ đã chỉnh tới; hãy viết \"2027-03-14 03:00\"",
        "there is no 2027-03-14 02:30 in America/New_York, clocks go forward over it; write \"2027-03-14 03:00\"";
    a_time_that_clocks_show_twice_is_refused: "2027-03-20 17:00" => "2027-11-07 01:30",
        "01:30", "có hai lần 2027-11-07 01:30", "such as \"2027-11-07 02:00\"";
    closing_before_opening_is_refused: "2027-01-05 08:00" => "2027-04-05 08:00",
        "closes =", "`closes` phải sau `opens`", "`closes` must come after `opens`";
    closing_at_the_instant_of_opening_is_refused: "2027-01-05 08:00" => "2027-03-01 17:00",
        "closes =", "`closes` phải sau `opens`", "`closes` must come after `opens`";
    intake_ending_before_submission_is_refused: "2027-03-10 24:00" => "2027-02-28 24:00",
        "intake_closes", "`intake_closes` không được trước `closes`", "move `intake_closes` back";
    queries_ending_before_intake_are_refused: "2027-03-20 17:00" => "2027-03-10 23:59",
        "queries_close", "không được trước `intake_closes`", "move `queries_close` back";
    a_day_without_a_time_is_refused: "\"2027-03-20 17:00\"" => "2027-03-20",
        "queries_close", "hãy viết \"2027-03-20 24:00\"", "write \"2027-03-20 24:00\"";
    a_date_with_the_day_first_is_turned_round: "2027-03-20 17:00" => "20/03/2027 17:00",
        "queries_close", "hãy viết \"2027-03-20 17:00\"", "write \"2027-03-20 17:00\"";
    seconds_are_refused: "2027-03-01 17:00:00" => "2027-03-01 17:00:59",
        "closes =", "hãy viết \"2027-03-01 17:00\"", "to the minute, no seconds";
    a_date_with_its_own_zone_is_refused: "2027-03-01 17:00:00" => "2027-03-01 17:00:00+07:00",
        "closes =", "hãy bỏ múi giờ", "take the time zone out";
    a_zone_letter_is_refused: "2027-03-20 17:00" => "2027-03-20T17:00Z",
        "queries_close", "hãy bỏ múi giờ", "write the contest's own time";
    a_day_that_does_not_exist_is_refused: "2027-03-20 17:00" => "2027-02-30 17:00",
        "queries_close", "không phải ngày giờ", "is not a date and time";
    a_day_that_does_not_exist_is_refused_without_quotation_marks_too: "\"2027-03-20 17:00\"" => "2027-02-30 17:00",
        "queries_close", "không phải ngày giờ", "is not a date and time";
    a_year_of_five_digits_is_refused: "2027-03-20 17:00" => "20270-03-20 17:00",
        "queries_close", "không phải ngày giờ", "such as \"2027-07-15 17:00\"";
    a_short_hour_is_refused: "2027-03-20 17:00" => "2027-03-20 7:00",
        "queries_close", "không phải ngày giờ", "such as \"2027-07-15 17:00\"";
    a_number_is_no_date: "\"2027-03-20 17:00\"" => "2027",
        "queries_close", "`2027` không phải ngày giờ", "`2027` is not a date and time";
    a_missing_date_is_named_with_an_example: "queries_close = \"2027-03-20 17:00\"\n" => "",
        "[dates]", "queries_close = \"2027-08-05 17:00\"", "the key `queries_close` is missing in [dates]";
    a_misspelled_zone_is_corrected: "America/New_York" => "America/NewYork",
        "NewYork", "có thể bạn muốn viết `America/New_York`", "did you mean `America/New_York`?";
}
