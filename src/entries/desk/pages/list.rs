//! The queue, ready to print.
use serde::Serialize;

use crate::entries::desk::filter::{FLAGS, SORTS, STATES, WAITED};
use crate::platform::form::Errors;
use crate::platform::page::{Page, Side};

/// A choice of the filter.
#[derive(Serialize, Default, Clone)]
pub struct FilterChoice {
    pub id: String,
    pub name: String,
    pub n: String,
    pub chosen: bool,
}
#[derive(Serialize, Default, Clone)]
pub struct QueueRow {
    pub href: String,
    /// The entry number, plain, for the box that selects it.
    pub n: i32,
    pub number: String,
    pub title: String,
    pub at: String,
    pub category: String,
    pub words: String,
    /// waiting | queried | valid | refused | withdrawn | struck_out
    pub state: String,
    /// pending | unreadable | untyped | short | long | warnings | clean
    pub sign: String,
    /// Syllables missing or too many.
    pub by: String,
    /// Open doubts.
    pub flags: Vec<String>,
    /// Whole days in its state, while somebody waits; 0: none yet.
    pub days: i64,
    /// Of a query: until when.
    pub due: String,
    pub overdue: bool,
    pub selectable: bool,
    pub here: bool,
    /// Written by the desk, from paper.
    pub by_desk: bool,
}
/// A pair that a form sends along.
#[derive(Serialize, Default, Clone)]
pub struct Hidden {
    pub name: String,
    pub value: String,
}
/// The list on the left, with its filter.
#[derive(Serialize, Default, Clone)]
pub struct Queue {
    pub action: String,
    pub states: Vec<FilterChoice>,
    pub categories: Vec<FilterChoice>,
    pub flags: Vec<FilterChoice>,
    pub waited: Vec<FilterChoice>,
    pub sorts: Vec<FilterChoice>,
    pub wanted: String,
    pub state: String,
    /// The name of the unit asked for; empty where none is.
    pub unit: String,
    /// As the address has it: an id, `none`, or empty.
    pub unit_value: String,
    pub units_href: String,
    /// The same without the unit.
    pub no_unit_href: String,
    /// Only what came by post is asked for.
    pub post: bool,
    /// More than state, category and words is asked for.
    pub narrow: bool,
    /// How many are in the state; empty where the counts do not say.
    pub total: String,
    pub rows: Vec<QueueRow>,
    /// Stands beside an entry: without titles.
    pub beside: bool,
    pub first_href: String,
    pub prev_href: String,
    pub next_href: String,
    pub last_href: String,
    /// For the progress: decided of all that are to be decided.
    pub decided: i64,
    pub all: i64,
    pub decided_words: String,
    pub all_words: String,
}

/// What the counts of a category, or of all, add up to.
#[derive(Serialize, Default, Clone)]
pub struct CountRow {
    pub name: String,
    pub received: String,
    pub valid: String,
    pub waiting: String,
    pub queried: String,
    pub refused: String,
    pub withdrawn: String,
    pub struck_out: String,
    /// How far its readings are: marking | read; empty before the cut.
    pub readings: String,
}
#[derive(Serialize, Default, Clone)]
pub struct SavedLink {
    pub id: String,
    pub name: String,
    pub href: String,
}

/// Open doubts of a kind, and where they are listed.
#[derive(Serialize, Default, Clone)]
pub struct DoubtLink {
    pub kind: String,
    pub n: String,
    /// That many, or more.
    pub many: bool,
    pub href: String,
}

#[derive(Serialize, Default)]
pub struct DeskPage {
    pub queue: Queue,
    /// What waits for a second look; only above the plain queue.
    pub doubts: Vec<DoubtLink>,
    pub counts: Vec<CountRow>,
    pub total: CountRow,
    /// A category is cut.
    pub any_cut: bool,
    /// Independent readings that the rules ask for.
    pub readers: i32,
    pub searches: Vec<SavedLink>,
    /// The filter, for the forms that send it along.
    pub hidden: Vec<Hidden>,
    pub selection_action: String,
    /// With the filter in their addresses.
    pub search_action: String,
    pub export_action: String,
    pub removal_action: String,
    pub templates_href: String,
    pub extension_href: String,
    /// Where an envelope is written down; empty: no more, or not yet.
    pub post_href: String,
    pub selectable: bool,
    /// As typed.
    pub search_name: String,
    pub errors: Errors,
}
impl Page for DeskPage {
    const TEMPLATE: &'static str = "desk/list.html";
    const SIDE: Side = Side::Named;
    fn samples() -> Vec<Self> {
        let page = |queue: Queue| DeskPage {
            queue,
            counts: ["", "marking", "read"].map(|word| CountRow { name: "Báo".into(), readings: word.into(), ..CountRow::default() }).to_vec(),
            any_cut: true,
            readers: 2,
            doubts: vec![
                DoubtLink { kind: "withdrawal-asked".into(), n: "2".into(), href: "/c/x/desk?state=all&flag=withdrawal-asked".into(), many: false },
                DoubtLink { kind: "names-author".into(), n: "100".into(), href: "/c/x/desk?state=all&flag=names-author".into(), many: true },
            ],
            searches: vec![SavedLink { id: "1".into(), name: "Của tôi".into(), href: "/c/x/desk?q=an".into() }],
            hidden: vec![Hidden { name: "state".into(), value: "all".into() }],
            selectable: true,
            post_href: "/c/x/desk/post".into(),
            ..DeskPage::default()
        };
        let none = |state: &str, wanted: &str, narrow| page(Queue { state: state.into(), wanted: wanted.into(), rows: vec![], narrow, ..sample_queue() });
        let mut errors = Errors::default();
        errors.add("name", "Đặt tên".into());
        let with_unit = Queue { unit: "Xã An Bình".into(), unit_value: "1".into(), narrow: true, ..sample_queue() };
        vec![
            page(sample_queue()),
            DeskPage { errors, ..page(with_unit) },
            none("waiting", "", false),
            none("refused", "", false),
            none("all", "đặng", false),
            none("queried", "", true),
        ]
    }
}

pub fn sample_queue() -> Queue {
    let row = |(state, sign): (&str, &str)| QueueRow {
        href: "/c/x/desk/1".into(),
        n: 1186,
        number: "1.186".into(),
        title: "Giữ lấy giờ mở cửa".into(),
        at: "09/05, 21:14".into(),
        category: "Báo".into(),
        words: "1.842".into(),
        state: state.into(),
        sign: sign.into(),
        by: "12".into(),
        flags: FLAGS.map(str::to_owned).to_vec(),
        days: 3,
        due: "12/05, 17:00".into(),
        overdue: sign == "short",
        selectable: state == "waiting",
        here: sign == "clean",
        by_desk: sign == "untyped",
    };
    let rows = [
        ("waiting", "clean"),
        ("queried", "short"),
        ("queried", "clean"),
        ("valid", "long"),
        ("refused", "pending"),
        ("withdrawn", "unreadable"),
        ("waiting", "untyped"),
        ("struck_out", "clean"),
        ("waiting", "warnings"),
    ];
    let choice = |id: String| FilterChoice { chosen: id == "waiting", id, name: "Báo".into(), n: "3".into() };
    Queue {
        action: "/c/x/desk".into(),
        states: STATES.map(|s| choice(s.into())).to_vec(),
        categories: vec![choice("1".into()), choice("2".into())],
        flags: FLAGS.map(|s| choice(s.into())).to_vec(),
        waited: WAITED.map(|d| choice(d.to_string())).to_vec(),
        sorts: SORTS.map(|s| choice(s.into())).to_vec(),
        state: "waiting".into(),
        total: "126".into(),
        rows: rows.into_iter().map(row).collect(),
        first_href: "/c/x/desk".into(),
        prev_href: "/c/x/desk?before=7".into(),
        next_href: "/c/x/desk?from=60".into(),
        last_href: "/c/x/desk?last=1".into(),
        decided: 7,
        all: 9,
        decided_words: "7".into(),
        all_words: "9".into(),
        ..Queue::default()
    }
}
