//! The four contests' rules: those of files that ship, with names, dates and units of their own.
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::contests::file;
use crate::contests::model::{Bilingual, Email, Key, KeyHolder, OwnResult, RankingGroup, Ruleset, Slug, Unit, WordLimits};
use crate::contests::shipped;
use crate::documents::fold;

use super::essays::{LONGEST, SHORTEST};

const ESSAY: &str = include_str!("../../contests/demo/essay.toml");
const ZONE: Tz = Tz::Asia__Ho_Chi_Minh;

/// So many days after another moment, at that hour of the contests' own day.
pub fn moment(now: DateTime<Utc>, days: i64, hour: u32, minute: u32) -> DateTime<Utc> {
    let today = now.with_timezone(&ZONE).date_naive();
    let shift = Days::new(days.unsigned_abs());
    let day = if days < 0 { today.checked_sub_days(shift) } else { today.checked_add_days(shift) }.unwrap_or(today);
    let at = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    ZONE.from_local_datetime(&day.and_time(at)).earliest().map_or(now, |t| t.with_timezone(&Utc))
}

/// The days of a contest, counted from today: from when, until when, and until when letters and queries.
#[derive(Clone, Copy)]
pub struct Days4 {
    pub opens: i64,
    pub closes: i64,
    pub intake: i64,
    pub queries: i64,
}

/// What makes one of the four.
pub struct Outline {
    pub slug: &'static str,
    pub base: &'static str,
    pub title: (&'static str, &'static str),
    pub host: (&'static str, &'static str),
    pub summary: (&'static str, &'static str),
    pub days: Days4,
    pub units: usize,
}

pub const OPEN: Outline = Outline {
    slug: "mot-ngay-binh-thuong",
    base: "national",
    title: ("Cuộc thi viết “Một ngày bình thường”", "Essay contest “An ordinary day”"),
    host: ("Hội Khuyến học", "The Society for Learning"),
    summary: (
        "Hãy chọn một ngày không có gì đặc biệt và kể lại cho thật kỹ.\n\nMỗi người một bài ở mỗi loại hình. Bài dài 600 đến 2.000 từ. Tên tác giả không được xuất hiện trong bài: giám khảo chỉ thấy số phách.",
        "Choose a day on which nothing special happened and tell it closely.\n\nOne entry a person in each category, 600 to 2,000 words. No work may name its author: judges see only a code.",
    ),
    days: Days4 { opens: -40, closes: 13, intake: 20, queries: 27 },
    units: 24,
};
pub const MARKING: Outline = Outline {
    slug: "chuyen-quanh-ta",
    base: "essay",
    title: ("Cuộc thi viết “Chuyện quanh ta”", "Essay contest “Things around us”"),
    host: ("Thư viện tỉnh", "The Provincial Library"),
    summary: ("", ""),
    days: Days4 { opens: -75, closes: -26, intake: -20, queries: -15 },
    units: 24,
};
pub const SEALED: Outline = Outline {
    slug: "viec-lam-bang-tay",
    base: "essay",
    title: ("Cuộc thi viết “Những việc làm bằng tay”", "Essay contest “Work of the hands”"),
    host: ("Bảo tàng tỉnh", "The Provincial Museum"),
    summary: ("", ""),
    days: Days4 { opens: -100, closes: -55, intake: -49, queries: -43 },
    units: 24,
};
pub const PUBLISHED: Outline = Outline {
    slug: "noi-toi-song",
    base: "province",
    title: ("Cuộc thi viết cấp tỉnh “Nơi tôi sống”", "Provincial essay contest “Where I live”"),
    host: ("Ban Tổ chức Cuộc thi “Nơi tôi sống”", "The organizers of “Where I live”"),
    summary: (
        "Cuộc thi mời mọi người trong tỉnh viết về nơi mình sống: một con đường, một khu chợ, một dòng sông, những người ở cạnh nhà.\n\nBài viết, bài phát thanh, kịch bản truyền hình và video clip đều dự thi được, qua đơn vị hoặc trực tiếp.",
        "Everybody in the province is invited to write about where they live: a street, a market, a river, the people next door.\n\nArticles, radio pieces and scripts may be entered, through a unit or by oneself.",
    ),
    days: Days4 { opens: -130, closes: -68, intake: -61, queries: -55 },
    units: 60,
};

/// The two at size: a province's rules with a nation's units.
pub const UNITS_AT_SIZE: usize = 300;
pub const OPEN_AT_SIZE: Outline = Outline {
    slug: "moi-nguoi-mot-trang",
    base: "province",
    title: ("Cuộc thi viết “Mỗi người một trang”", "Essay contest “A page each”"),
    host: ("Ban Tổ chức Cuộc thi “Mỗi người một trang”", "The organizers of “A page each”"),
    summary: ("", ""),
    days: Days4 { opens: -40, closes: 5, intake: 6, queries: 9 },
    units: UNITS_AT_SIZE,
};
pub const MARKING_AT_SIZE: Outline = Outline {
    slug: "nghin-trang-viet",
    base: "province",
    title: ("Cuộc thi viết “Nghìn trang viết”", "Essay contest “A thousand pages”"),
    host: ("Ban Tổ chức Cuộc thi “Nghìn trang viết”", "The organizers of “A thousand pages”"),
    summary: ("", ""),
    days: Days4 { opens: -100, closes: -55, intake: -49, queries: -43 },
    units: UNITS_AT_SIZE,
};
/// Of the one in marking: two ranking groups of a known size, each of one category; three readings.
fn grow(rules: &mut Ruleset) {
    for (category, vi, en) in [("phatthanh", "Nhóm một phần trăm", "The group of one in a hundred"), ("truyenhinh", "Nhóm năm phần trăm", "The group of one in twenty")]
    {
        let Some(key) = Key::parse(&format!("nhom-{category}")) else { continue };
        rules.categories.iter_mut().filter(|c| c.key.as_str() == category).for_each(|c| c.ranking_group = Some(key.clone()));
        rules.ranking_groups.push(RankingGroup { key, name: Bilingual { vi: vi.into(), en: en.into() } });
    }
    rules.round.readers = 3;
}

const DEPARTMENTS: [(&str, &str); 14] = [
    ("Sở Giáo dục và Đào tạo", "Department of Education and Training"),
    ("Sở Văn hóa, Thể thao và Du lịch", "Department of Culture, Sports and Tourism"),
    ("Sở Y tế", "Department of Health"),
    ("Sở Nông nghiệp và Môi trường", "Department of Agriculture and Environment"),
    ("Sở Xây dựng", "Department of Construction"),
    ("Sở Khoa học và Công nghệ", "Department of Science and Technology"),
    ("Thư viện tỉnh", "Provincial Library"),
    ("Bảo tàng tỉnh", "Provincial Museum"),
    ("Bệnh viện Đa khoa tỉnh", "Provincial General Hospital"),
    ("Trường Cao đẳng Sư phạm", "Teachers’ College"),
    ("Trường Trung học phổ thông Chuyên", "Specialised Upper Secondary School"),
    ("Hội Người cao tuổi", "Association of the Elderly"),
    ("Hội Chữ thập đỏ", "Red Cross Society"),
    ("Báo và phát thanh, truyền hình tỉnh", "Provincial Newspaper, Radio and Television"),
];
const NAMES: [&str; 46] = [
    "An Bình",
    "Bắc Hà",
    "Bến Sông",
    "Bình Minh",
    "Cẩm Lĩnh",
    "Cầu Đá",
    "Châu Sơn",
    "Đại Lộc",
    "Đông Viên",
    "Đồng Tâm",
    "Giang Đông",
    "Hạ Trì",
    "Hải Yên",
    "Hòa Lạc",
    "Hồng Phong",
    "Khánh Hội",
    "Kim Trạch",
    "Lạc Thủy",
    "Lương Sơn",
    "Mỹ Lệ",
    "Nam Hà",
    "Nghĩa Trung",
    "Ninh Phú",
    "Phú Thịnh",
    "Phước Long",
    "Quang Trung",
    "Quế Lâm",
    "Sơn Hội",
    "Tam Giang",
    "Tân Hòa",
    "Tân Phú",
    "Thái Lai",
    "Thanh Khê",
    "Thạch Bàn",
    "Thuận An",
    "Tiên Hải",
    "Trà Lĩnh",
    "Trung Tâm",
    "Trường Xuân",
    "Tú Sơn",
    "Vân Canh",
    "Vĩnh An",
    "Vĩnh Lộc",
    "Xuân Mai",
    "Yên Lộc",
    "Yên Thế",
];

fn plain(name: &str) -> String {
    let word = |w: &str| w.split_at_checked(1).map_or_else(|| w.to_owned(), |(a, b)| format!("{}{b}", a.to_uppercase()));
    fold(name).split(' ').map(word).collect::<Vec<_>>().join(" ")
}

const SCHOOLS: [(&str, &str); 6] = [
    ("Trường Tiểu học", "Primary School"),
    ("Trường Trung học cơ sở", "Lower Secondary School"),
    ("Trường Trung học phổ thông", "Upper Secondary School"),
    ("Trường Mầm non", "Kindergarten"),
    ("Trung tâm Giáo dục thường xuyên", "Continuing Education Centre"),
    ("Trường Nghề", "Vocational School"),
];

/// Agencies of the province, then its wards and communes; beyond them schools, under the first of the agencies.
fn units(n: usize) -> Vec<Unit> {
    let key = |i: usize| Key::parse(&format!("don-vi-{}", i + 1));
    let over = DEPARTMENTS.len() + NAMES.len();
    let of = |i: usize, vi: String, en: String| Some(Unit { key: key(i)?, name: Bilingual { vi, en }, parent: if i < over { None } else { key(0) } });
    let schools = SCHOOLS.iter().flat_map(|(vi, en)| NAMES.iter().map(move |name| (format!("{vi} {name}"), format!("{} {en}", plain(name)))));
    let agencies = DEPARTMENTS.iter().map(|(vi, en)| ((*vi).to_owned(), (*en).to_owned()));
    let places = NAMES.iter().enumerate().map(|(i, name)| match i % 3 {
        0 => (format!("Phường {name}"), format!("{} Ward", plain(name))),
        _ => (format!("Xã {name}"), format!("{} Commune", plain(name))),
    });
    let few = n / 4;
    let all = agencies.take(few.max(n.saturating_sub(NAMES.len()))).chain(places).chain(schools).take(n);
    all.enumerate().filter_map(|(i, (vi, en))| of(i, vi, en)).collect()
}

fn local_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

/// Whole rules. Errors: a shipped file that cannot be read.
pub fn rules(of: &Outline, now: DateTime<Utc>, most_units: usize) -> Result<Ruleset, String> {
    let unread = || format!("{}: the file cannot be read", of.base);
    let mut rules = match of.base {
        "essay" => file::parse(ESSAY).ok(),
        word => shipped::ruleset(word),
    }
    .ok_or_else(unread)?;
    let both = |(vi, en): (&str, &str)| Bilingual { vi: vi.into(), en: en.into() };
    rules.contest.slug = Slug::parse(of.slug).ok_or_else(unread)?;
    (rules.contest.title, rules.contest.host) = (both(of.title), both(of.host));
    if !of.summary.0.is_empty() {
        rules.contest.summary = both(of.summary);
    }
    rules.contest.organizer = None;
    rules.dates.opens = moment(now, of.days.opens, 8, 0);
    rules.dates.closes = moment(now, of.days.closes, 0, 0);
    rules.dates.intake_closes = moment(now, of.days.intake, 0, 0);
    rules.dates.queries_close = moment(now, of.days.queries, 17, 0);
    rules.dates.postmark_by = local_date(rules.dates.closes).pred_opt();
    (rules.limits.per_category, rules.limits.overall) = (Some(1), Some(2));
    rules.entrants.bar_officials = true;
    rules.round.own_result = if of.base == "national" { OwnResult::Mark } else { rules.round.own_result };
    for category in &mut rules.categories {
        category.words = WordLimits { min: u32::try_from(SHORTEST).ok(), max: u32::try_from(LONGEST).ok() };
    }
    if of.slug == MARKING_AT_SIZE.slug {
        grow(&mut rules);
    }
    rules.units = units(of.units.min(most_units));
    let holder = |address: &str, vi: &str, en: &str| Some(KeyHolder { email: Email::parse(address)?, office: both((vi, en)) });
    rules.key_holders = [
        holder("to-chuc-1@example.org", "Trưởng Ban Tổ chức", "Head of the Organizing Committee"),
        holder("to-chuc-2@example.org", "Phó Trưởng Ban Tổ chức", "Deputy Head of the Organizing Committee"),
        holder("giam-sat@example.org", "Đại diện Ban Giám sát", "Representative of the Auditors"),
    ]
    .into_iter()
    .flatten()
    .collect();
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contests_have_units_dates_and_holders_of_their_own() {
        let now = Utc.with_ymd_and_hms(2026, 11, 29, 12, 0, 0).unwrap();
        for (outline, n) in [(&OPEN, 24), (&MARKING, 24), (&SEALED, 24), (&PUBLISHED, 60), (&OPEN_AT_SIZE, 300), (&MARKING_AT_SIZE, 300)] {
            let rules = rules(outline, now, 300).unwrap();
            assert_eq!((rules.units.len(), rules.key_holders.len()), (n, 3), "{}", outline.slug);
            assert!(rules.dates.opens < rules.dates.closes && rules.dates.closes <= rules.dates.intake_closes && rules.dates.intake_closes <= rules.dates.queries_close);
            let again = file::parse(&file::render(&rules));
            assert!(again.is_ok(), "{}: {again:?}", outline.slug);
        }
        assert_eq!(moment(now, -1, 8, 30), Utc.with_ymd_and_hms(2026, 11, 28, 1, 30, 0).unwrap());
    }
}
