//! What can be wrong with a contest file, as sentences for the person who wrote it.

use super::super::model::Locale;

/// One mistake in a contest file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Locale::En))]
pub struct FileError {
    /// The line to look at, from 1; 1 as well when something is missing from the whole file.
    pub line: u32,
    /// What is wrong there.
    pub what: Problem,
}

impl FileError {
    /// The mistake as a sentence that starts with its line.
    pub fn sentence(&self, locale: Locale) -> String {
        let (line, what) = (self.line, self.what.sentence(locale));
        match locale {
            Locale::Vi => format!("dòng {line}: {what}"),
            Locale::En => format!("line {line}: {what}"),
        }
    }
}

/// Declares `Problem` with its sentences side by side. A field that one language leaves out is an unused
/// variable and does not compile, so both languages always tell the same facts.
macro_rules! problems {
    ($($(#[$doc:meta])* $variant:ident { $($field:ident: $type:ty),* } $vi:literal $en:literal;)*) => {
        /// What is wrong, and in its sentence what to do about it.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Problem {
            $($(#[$doc])* $variant { $(#[doc = "As the sentence shows it."] $field: $type),* },)*
        }

        impl Problem {
            /// The mistake and its remedy as one sentence, without the line.
            pub fn sentence(&self, locale: Locale) -> String {
                match locale {
                    Locale::Vi => match self { $(Self::$variant { $($field),* } => format!($vi)),* },
                    Locale::En => match self { $(Self::$variant { $($field),* } => format!($en)),* },
                }
            }
        }
    };
}

problems! {
    /// Longer than any set of rules.
    TooLarge { bytes: usize, limit: usize }
    "tệp dài {bytes} byte, quá mức {limit}; hãy kiểm tra xem có nhầm tệp không, hoặc rút gọn"
    "the file has {bytes} bytes, more than {limit}; check that it is the right one, or shorten it";

    /// Not TOML, for a reason that only the parser can name.
    Syntax { detail: String }
    "dòng này không đúng cú pháp TOML ({detail}); hãy viết theo dạng `khóa = giá trị`"
    "this line is not TOML ({detail}); write it as `key = value`";
    /// The same key twice in one place.
    RepeatedKey { key: String }
    "`{key}` đã được viết ở trên; hãy xóa một trong hai chỗ"
    "`{key}` is already written above; delete one of the two";
    /// A text without quotation marks.
    Unquoted { found: String }
    "thiếu giá trị hoặc thiếu dấu ngoặc kép ở `{found}`; hãy viết chữ trong dấu ngoặc kép thẳng: \"…\""
    "no value, or no quotation marks, at `{found}`; put text in straight quotation marks: \"…\"";
    /// Quotation marks as a word processor sets them.
    CurlyQuotes { found: String }
    "dấu ngoặc kép cong ở `{found}`; hãy thay bằng dấu ngoặc kép thẳng: \"…\""
    "curly quotation marks at `{found}`; use straight ones: \"…\"";
    /// A quotation mark without its partner.
    OpenQuote {}
    "dấu ngoặc kép mở mà không đóng; hãy thêm \" ở cuối (hoặc \"\"\" nếu chữ có nhiều dòng)"
    "a quotation mark is opened and not closed; add \" at the end (or \"\"\" for text of several lines)";
    /// A header without its bracket.
    OpenHeader { found: String }
    "tên mục `{found}` chưa đóng ngoặc; hãy viết như [contest] hoặc [[category]]"
    "the header `{found}` is not closed; write it like [contest] or [[category]]";
    /// A line without an equals sign.
    NoEquals { found: String }
    "thiếu dấu bằng ở `{found}`; hãy viết theo dạng `khóa = giá trị`"
    "no equals sign at `{found}`; write it as `key = value`";
    /// A key with letters that no key has.
    OddKey { key: String }
    "khóa `{key}` có chữ có dấu hoặc ký tự lạ; khóa chỉ gồm a-z và dấu gạch dưới, ví dụ `name`"
    "the key `{key}` has letters that no key has; keys are made of a-z and underscores, such as `name`";
    /// A number with its thousands parted.
    GroupedNumber { found: String, fix: String }
    "số `{found}` có dấu ngăn hàng nghìn; hãy viết liền: {fix}"
    "the number `{found}` has its thousands parted; write it in one: {fix}";

    /// A section that no contest file has.
    UnknownSection { found: String, known: String }
    "mục `{found}` không có; hãy xóa nó, hoặc dùng một trong các mục: {known}"
    "there is no section `{found}`; delete it, or use one of: {known}";
    /// A section that is nearly one.
    MisspelledSection { found: String, near: String }
    "mục `{found}` không có; có thể bạn muốn viết {near}"
    "there is no section `{found}`; did you mean {near}?";
    /// A key that its section does not have.
    UnknownKey { key: String, section: String, known: String }
    "khóa `{key}` không có trong {section}; hãy xóa nó, hoặc dùng một trong các khóa: {known}"
    "there is no key `{key}` in {section}; delete it, or use one of: {known}";
    /// A key that is nearly one of its section.
    MisspelledKey { key: String, near: String }
    "khóa `{key}` không có; có thể bạn muốn viết `{near}`"
    "there is no key `{key}`; did you mean `{near}`?";
    /// A key that belongs elsewhere.
    MisplacedKey { key: String, section: String, home: String }
    "khóa `{key}` không thuộc {section}; hãy chuyển nó đến {home}"
    "the key `{key}` is not one of {section}; move it to {home}";
    /// A section that every contest file has.
    MissingSection { section: String }
    "thiếu mục {section}; hãy thêm một dòng {section} và các khóa của nó bên dưới"
    "the section {section} is missing; add a line {section} with its keys below it";
    /// A key that its section must have.
    MissingKey { key: String, section: String, example: String }
    "thiếu khóa `{key}` trong {section}; hãy thêm một dòng, ví dụ {key} = {example}"
    "the key `{key}` is missing in {section}; add a line, such as {key} = {example}";
    /// Something else where a table belongs.
    NotTable { key: String, form: String }
    "`{key}` không đúng dạng; hãy viết: {form}"
    "`{key}` does not have the right form; write: {form}";
    /// Something else where a list of tables belongs.
    NotList { key: String, section: String }
    "`{key}` là một danh sách; hãy mở mỗi phần tử bằng một dòng {section}, hai dấu ngoặc vuông"
    "`{key}` is a list; open each item with a line {section}, in two square brackets";
    /// More items than a contest can have.
    TooMany { section: String, found: usize, limit: usize }
    "có {found} mục {section}, nhiều nhất là {limit}; hãy bỏ bớt"
    "there are {found} of {section}, at most {limit} are allowed; take some out";

    /// Something else where a text belongs.
    NotText { key: String, example: String }
    "`{key}` phải là chữ; hãy viết trong dấu ngoặc kép: {key} = {example}"
    "`{key}` must be text; write it in quotation marks: {key} = {example}";
    /// A text with nothing in it.
    Empty { key: String }
    "`{key}` còn trống; hãy viết nội dung, hoặc xóa dòng này nếu không bắt buộc"
    "`{key}` is empty; write something, or delete the line if it is not required";
    /// A text that is too long.
    TooLong { key: String, found: usize, limit: usize }
    "`{key}` dài {found} ký tự, nhiều nhất là {limit}; hãy rút ngắn"
    "`{key}` has {found} characters, at most {limit} are allowed; shorten it";
    /// A text of several lines where one belongs.
    ManyLines { key: String }
    "`{key}` phải nằm trên một dòng; hãy bỏ chỗ xuống dòng"
    "`{key}` must be one line; take out the line break";
    /// A character that cannot be seen.
    Hidden { key: String, code: String }
    "`{key}` có ký tự ẩn {code}, thường do sao chép; hãy xóa và gõ lại chỗ đó"
    "`{key}` has a hidden character {code}, usually from pasting; delete and retype that place";
    /// A name that cannot stand in an address.
    BadSlug { key: String, found: String, low: usize, fix: String }
    "`{key}` chỉ gồm a-z, 0-9 và dấu gạch nối ở giữa, {low} đến 40 ký tự; thay `{found}` bằng, ví dụ, `{fix}`"
    "`{key}` takes a-z, 0-9 and hyphens between them, {low} to 40 characters; for `{found}` write, say, `{fix}`";
    /// Not an e-mail address.
    BadEmail { key: String, found: String }
    "`{key}`: `{found}` không phải địa chỉ thư điện tử; hãy viết như `thu-ky@example.org`"
    "`{key}`: `{found}` is not an e-mail address; write it like `desk@example.org`";
    /// Not a currency.
    BadCurrency { found: String }
    "`{found}` không phải mã tiền tệ; hãy viết ba chữ hoa, ví dụ \"VND\" hoặc \"USD\""
    "`{found}` is not a currency code; write three capital letters, such as \"VND\" or \"USD\"";
    /// A word that is not one of those offered.
    NotAChoice { key: String, found: String, known: String }
    "`{key}` không nhận `{found}`; hãy chọn một trong: {known}"
    "`{key}` cannot be `{found}`; choose one of: {known}";
    /// A word that is nearly one of those offered.
    MisspelledChoice { key: String, found: String, near: String }
    "`{key}` không nhận `{found}`; có thể bạn muốn viết `{near}`"
    "`{key}` cannot be `{found}`; did you mean `{near}`?";

    /// Not a whole number, or outside its range.
    NotWhole { key: String, found: String, low: i64, high: i64 }
    "`{key}` không nhận `{found}`; hãy viết số nguyên từ {low} đến {high}, không dấu ngăn, không ngoặc kép"
    "`{key}` cannot be `{found}`; write a whole number from {low} to {high}, unparted and unquoted";
    /// Neither yes nor no.
    NotFlag { key: String, found: String }
    "`{key}` không nhận `{found}`; hãy viết true (có) hoặc false (không), không ngoặc kép"
    "`{key}` cannot be `{found}`; write true or false, unquoted";
    /// A decimal with a comma.
    DecimalComma { found: String, fix: String }
    "số thập phân `{found}` dùng dấu phẩy; hãy viết dấu chấm: {fix}"
    "the decimal `{found}` has a comma; write a point: {fix}";
    /// A decimal with more than two places.
    TooFine { key: String, found: String }
    "`{key}`: `{found}` có quá hai chữ số thập phân; hãy làm tròn đến phần trăm, ví dụ 8.05"
    "`{key}`: `{found}` has more than two decimals; round it to hundredths, such as 8.05";
    /// Not a decimal, or outside its range.
    NotDecimal { key: String, found: String, low: String, high: String }
    "`{key}` không nhận `{found}`; hãy viết số từ {low} đến {high}, ví dụ 8.05"
    "`{key}` cannot be `{found}`; write a number from {low} to {high}, such as 8.05";
    /// The smallest above the largest.
    Reversed { low: String, high: String, least: String, most: String }
    "`{low}` ({least}) lớn hơn `{high}` ({most}); hãy đổi chỗ hoặc sửa một trong hai"
    "`{low}` ({least}) is above `{high}` ({most}); swap them or mend one";

    /// Not a date and time.
    BadDate { key: String, found: String }
    "`{key}`: `{found}` không phải ngày giờ; hãy viết năm-tháng-ngày giờ:phút, ví dụ \"2027-07-15 17:00\""
    "`{key}`: `{found}` is not a date and time; write year-month-day hour:minute, such as \"2027-07-15 17:00\"";
    /// A date and time in a form that is understood and not taken.
    OtherDate { key: String, found: String, fix: String }
    "`{key}`: hãy viết \"{fix}\" thay cho `{found}`: năm trước, đến phút, không có giây"
    "`{key}`: write \"{fix}\" for `{found}`: the year first, to the minute, no seconds";
    /// A date and time with a time zone of its own.
    ZonedDate { key: String, found: String }
    "`{key}`: hãy bỏ múi giờ trong `{found}` và viết theo giờ của cuộc thi, ví dụ \"2027-07-15 17:00\""
    "`{key}`: take the time zone out of `{found}` and write the contest's own time, such as \"2027-07-15 17:00\"";
    /// A day without a time.
    DayAlone { key: String, found: String }
    "`{key}` thiếu giờ; nếu là hết ngày, hãy viết \"{found} 24:00\""
    "`{key}` has no time; for the end of that day write \"{found} 24:00\"";
    /// Not a day.
    BadDay { key: String, found: String }
    "`{key}`: `{found}` không phải một ngày; hãy viết năm-tháng-ngày, không có giờ, ví dụ \"2027-07-15\""
    "`{key}`: `{found}` is not a day; write year-month-day without a time, such as \"2027-07-15\"";
    /// A local time that clocks skip.
    SkippedTime { key: String, found: String, zone: String, fix: String }
    "`{key}`: ở {zone} không có {found}, đồng hồ đã chỉnh tới; hãy viết \"{fix}\""
    "`{key}`: there is no {found} in {zone}, clocks go forward over it; write \"{fix}\"";
    /// A local time that clocks show twice.
    DoubleTime { key: String, found: String, zone: String, fix: String }
    "`{key}`: ở {zone} có hai lần {found}, đồng hồ chỉnh lùi; hãy chọn giờ khác, ví dụ \"{fix}\""
    "`{key}`: {found} comes twice in {zone}, clocks go back over it; choose another, such as \"{fix}\"";
    /// An instant that must come later.
    NotAfter { later: String, earlier: String }
    "`{later}` phải sau `{earlier}`; hãy sửa một trong hai ngày"
    "`{later}` must come after `{earlier}`; mend one of the two dates";
    /// An instant that must not come earlier.
    Before { later: String, earlier: String }
    "`{later}` không được trước `{earlier}`; hãy lùi `{later}` lại, hoặc cho hai ngày bằng nhau"
    "`{later}` must not come before `{earlier}`; move `{later}` back, or make the two equal";

    /// A key that two items share.
    DuplicateKey { key: String, section: String, line: u32 }
    "{section} `{key}` đã có ở dòng {line}; hãy đặt khóa khác"
    "{section} `{key}` is already there in line {line}; give this one another key";
    /// A rubric or ranking group that no category names.
    Unused { section: String, key: String, by: String }
    "{section} `{key}` không có [[category]] nào dùng; hãy xóa nó, hoặc ghi {by} = \"{key}\" ở một thể loại"
    "no [[category]] uses {section} `{key}`; delete it, or write {by} = \"{key}\" in a category";
    /// Two rubrics of one ranking group with different totals.
    TotalsDiffer { group: String, rubric: String, total: String, other: String, expected: String }
    "nhóm xếp hạng `{group}`: `{rubric}` cộng được {total} điểm mà `{other}` được {expected}; hãy sửa cho bằng nhau, hoặc tách nhóm"
    "ranking group `{group}`: `{rubric}` adds up to {total} and `{other}` to {expected}; make them equal, or part the group";
    /// A highest mark that no judge could give.
    OffStep { found: String, step: String }
    "điểm tối đa {found} không chia hết cho bước điểm {step}; hãy sửa một trong hai"
    "the highest mark {found} is not a whole number of steps of {step}; mend one of the two";
    /// A threshold that no two marks can pass.
    HighThreshold { found: String, total: String }
    "ngưỡng chênh lệch {found} không bao giờ bị vượt, vì tổng điểm là {total}; hãy viết số nhỏ hơn {total}"
    "no difference can be above {found} where the total is {total}; write a threshold below {total}";
    /// A minimum on a prize that no marks decide.
    CollectiveMinimum {}
    "giải tập thể không xét theo điểm; hãy xóa `minimum`"
    "a collective prize is not given by marks; delete `minimum`";
    /// A minimum that no mark can reach.
    HighMinimum { found: String, total: String }
    "không bài nào đạt được {found} điểm, vì tổng điểm là {total}; hãy viết số không quá {total}"
    "no mark can reach {found} where the total is {total}; write a minimum up to {total}";
    /// Units that lie above themselves.
    Circle { path: String }
    "các đơn vị làm cấp trên của nhau thành vòng: {path}; hãy sửa `parent` của một đơn vị"
    "these units are each other's parents in a circle: {path}; mend the `parent` of one";
    /// A question that leaves nothing to choose.
    FewChoices { key: String, found: usize }
    "câu hỏi `{key}` có {found} lựa chọn, cần ít nhất 2; hãy thêm [[question.choice]], hoặc viết kind = \"text\""
    "the question `{key}` has {found} choices and needs at least 2; add a [[question.choice]], or write kind = \"text\"";
    /// Choices where a text is asked for.
    StrayChoices { key: String }
    "câu hỏi `{key}` trả lời bằng chữ nên không có lựa chọn; hãy xóa [[question.choice]], hoặc viết kind = \"choice\""
    "the question `{key}` is answered in words and has no choices; delete its [[question.choice]], or write kind = \"choice\"";
    /// Fewer key holders than an opening needs.
    TooFewHolders { found: usize }
    "có {found} người giữ khóa, cần ít nhất 2; hãy thêm một mục [[key_holder]]"
    "there are {found} key holders and must be at least 2; add a [[key_holder]]";
    /// One person with two keys.
    SameHolder { email: String, line: u32 }
    "`{email}` đã giữ một khóa ở dòng {line}; hãy ghi địa chỉ của một người khác"
    "`{email}` already holds a key in line {line}; name another person's address";
    /// Two prizes at one level.
    LevelTaken { level: u32, prize: String, line: u32 }
    "bậc {level} đã thuộc giải `{prize}` ở dòng {line}; hãy đặt bậc khác (1 là cao nhất)"
    "level {level} already belongs to the prize `{prize}` in line {line}; give this one another (1 is the highest)";
    /// A collective prize tied to the standings.
    CollectiveInGroup {}
    "giải tập thể không thuộc nhóm xếp hạng; hãy xóa `ranking_group`, hoặc viết kind = \"individual\""
    "a collective prize belongs to no ranking group; delete `ranking_group`, or write kind = \"individual\"";
    /// Conditions of an individual prize.
    IndividualNeeds {}
    "`needs` chỉ dùng cho giải tập thể; hãy xóa dòng này, hoặc đổi thành kind = \"collective\""
    "`needs` is for collective prizes; delete this line, or write kind = \"collective\"";
}
