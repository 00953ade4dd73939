//! What of the queue is shown: kept in the address, so that every link and every decision keeps it.
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// States that the queue can be filtered by, in its order; `all` is every one.
pub const STATES: [&str; 7] = ["waiting", "queried", "valid", "refused", "withdrawn", "struck_out", "all"];
/// Kinds of doubt, as `named.flag_bit` numbers them: the n-th kind is the n-th bit.
pub const FLAGS: [&str; 15] = [
    "same-person",
    "coauthor-silent",
    "coauthor-objects",
    "mail-unconfirmed",
    "mail-failed",
    "limit-doubt",
    "guardian-missing",
    "same-text",
    "post-late",
    "paper-incomplete",
    "withdrawal-asked",
    "repair-asked",
    "repair-came",
    "report-came",
    "names-author",
];
/// Whether a kind is settled by what it asks for alone: a request for a repaired text is answered or taken back, what came is decided on, a
/// report is answered. After the seal no report can be answered any more: a note settles it.
pub fn by_answer(kind: &str, sealed: bool) -> bool {
    matches!(kind, "repair-asked" | "repair-came") || kind == "report-came" && !sealed
}
/// Days in its state, at least.
pub const WAITED: [i32; 5] = [1, 3, 7, 14, 30];
/// By entry number; by how long it is in its state; by the day until when an answer was asked for.
pub const SORTS: [&str; 3] = ["number", "since", "due"];

/// Open doubts of an entry, by name.
pub fn flags_of(bits: i32) -> impl Iterator<Item = &'static str> {
    FLAGS.into_iter().enumerate().filter(move |(i, _)| bits & (1 << i) != 0).map(|(_, kind)| kind)
}

/// Where the author's unit must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitFilter {
    Any,
    /// Of no unit.
    Without,
    /// This one, or one under it.
    Under(Uuid),
}

/// A place in the list: an entry's number and, where something else sorts, that too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub number: i32,
    /// What sorts, where it is not the number.
    pub at: Option<DateTime<Utc>>,
    /// The page before this place, not from it on.
    pub back: bool,
}

impl Place {
    pub const START: Place = Place { number: 1, at: None, back: false };
    pub const END: Place = Place { number: i32::MAX, at: None, back: true };
    /// From an entry on.
    pub fn of(number: i32, at: Option<DateTime<Utc>>) -> Place {
        Place { number, at, back: false }
    }
    /// In front of this place.
    pub fn before(self) -> Place {
        Place { back: true, ..self }
    }
    /// The moment as Postgres compares it: before all, or after all, where none is said.
    pub fn moment(&self) -> DateTime<Utc> {
        let edge = if self.back { 253_402_300_000 } else { 0 };
        self.at.or_else(|| DateTime::from_timestamp(edge, 0)).unwrap_or_default()
    }
    /// As it stands in an address.
    pub fn query(&self) -> String {
        let mut out = if *self == Place::END { "last=1".to_owned() } else { format!("{}={}", if self.back { "before" } else { "from" }, self.number) };
        if let Some(at) = self.at {
            let _ = write!(out, "&at={}", at.timestamp_micros());
        }
        out
    }
}

/// The filter of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// One of `STATES`.
    pub state: &'static str,
    /// As typed; Postgres folds it.
    pub wanted: String,
    pub category: Option<Uuid>,
    pub unit: UnitFilter,
    /// One of `FLAGS`, `any`, or empty.
    pub flag: &'static str,
    /// One of `WAITED`, or 0.
    pub waited: i32,
    /// Only what came by post.
    pub post: bool,
    /// One of `SORTS` that the state has.
    pub sort: &'static str,
    /// The page of the list.
    pub place: Place,
}

impl Filter {
    /// From the query of an address; what is not understood is as if it were not there.
    pub fn of(query: &str) -> Filter {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let asked = |name: &str| pairs.iter().find(|(k, _)| k == name).map(|(_, v)| v.trim()).unwrap_or_default();
        let state = STATES.into_iter().find(|s| *s == asked("state")).unwrap_or("waiting");
        let wanted: String = asked("q").chars().filter(|c| !c.is_control()).take(200).collect();
        let sort = SORTS.into_iter().find(|s| *s == asked("sort")).unwrap_or("number");
        let number = |name: &str| asked(name).replace(['.', ','], "").parse().ok().filter(|n: &i32| *n > 0);
        let at = asked("at").parse().ok().and_then(DateTime::from_timestamp_micros).filter(|at| at.timestamp() >= 0);
        let place = match (asked("last"), number("before"), number("from")) {
            ("1", ..) => Place::END,
            (_, Some(number), _) => Place { number, at, back: true },
            (_, _, Some(number)) => Place::of(number, at),
            _ => Place::START,
        };
        let mut filter = Filter {
            state,
            category: asked("category").parse().ok(),
            unit: match asked("unit") {
                "none" => UnitFilter::Without,
                id => id.parse().map_or(UnitFilter::Any, UnitFilter::Under),
            },
            flag: FLAGS.into_iter().chain(["any"]).find(|k| *k == asked("flag")).unwrap_or_default(),
            // only what somebody waits for has waited
            waited: WAITED.into_iter().find(|d| d.to_string() == asked("waited") && matches!(state, "waiting" | "queried")).unwrap_or(0),
            post: asked("post") == "1",
            sort: "number",
            wanted,
            place,
        };
        // a search goes by number; what waited long, by how long
        filter.sort = match (sort, filter.state, filter.waited > 0) {
            _ if !filter.wanted.is_empty() => "number",
            ("due", "queried", _) => "due",
            ("since", "waiting" | "queried", _) | (_, _, true) => "since",
            _ => "number",
        };
        if filter.sort == "number" {
            filter.place.at = None;
        } else if filter.place.at.is_none() && filter.place != Place::END {
            filter.place = Place::START;
        }
        filter
    }
    /// As `named.find` takes it.
    pub fn json(&self) -> Value {
        let unit = match self.unit {
            UnitFilter::Any => None,
            UnitFilter::Without => Some("none".to_owned()),
            UnitFilter::Under(id) => Some(id.to_string()),
        };
        let state = if self.state == "all" { "" } else { self.state };
        let (flag, waited) = ((!self.flag.is_empty()).then_some(self.flag), (self.waited > 0).then_some(self.waited));
        json!({ "q": self.wanted, "state": state, "category": self.category, "unit": unit, "flag": flag, "waited": waited, "post": self.post.then_some(true), "sort": self.sort })
    }
    /// The same filter for what comes after a decision: of all entries, those that wait.
    pub fn next(&self) -> Filter {
        Filter { state: if self.state == "all" { "waiting" } else { self.state }, place: Place::START, ..self.clone() }
    }
    /// How long an entry is in its state, or its day: what sorts, where it is not the number.
    pub fn sorts_by(&self, state_at: DateTime<Utc>, due_at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        match self.sort {
            "since" => Some(state_at),
            "due" => due_at,
            _ => None,
        }
    }
    /// More than state and category is asked for: the counts say nothing of how many there are.
    pub fn is_narrow(&self) -> bool {
        !self.wanted.is_empty() || self.unit != UnitFilter::Any || !self.flag.is_empty() || self.waited > 0 || self.post
    }
    /// `?state=…`, without the place in the list; empty for the plain queue.
    pub fn query(&self) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            let _ = write!(out, "{}{name}={value}", if out.is_empty() { '?' } else { '&' });
        };
        for (name, value, plain) in [("state", self.state, "waiting"), ("q", self.wanted.as_str(), ""), ("flag", self.flag, ""), ("sort", self.sort, "number")] {
            if value != plain {
                add(name, value);
            }
        }
        if let Some(category) = self.category {
            add("category", &category.to_string());
        }
        match self.unit {
            UnitFilter::Any => {}
            UnitFilter::Without => add("unit", "none"),
            UnitFilter::Under(id) => add("unit", &id.to_string()),
        }
        if self.waited > 0 {
            add("waited", &self.waited.to_string());
        }
        if self.post {
            add("post", "1");
        }
        out
    }
    /// A path with the filter and one thing more.
    pub fn link(&self, path: &str, more: &str) -> String {
        let query = self.query();
        match (query.is_empty(), more.is_empty()) {
            (_, true) => format!("{path}{query}"),
            (true, false) => format!("{path}?{more}"),
            (false, false) => format!("{path}{query}&{more}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_survives_its_own_link_and_nonsense_is_the_plain_queue() {
        let id = Uuid::from_u128(7);
        let filter = Filter {
            state: "queried",
            wanted: "đặng & sơn".into(),
            category: Some(id),
            unit: UnitFilter::Under(id),
            flag: "mail-failed",
            waited: 7,
            post: true,
            sort: "number", // a search
            place: Place::START,
        };
        let link = filter.link("/c/x/desk", "said=y");
        assert_eq!(Filter::of(link.split_once('?').unwrap().1), filter);
        assert_eq!(Filter::of("state=sealed&from=-3&category=1&unit=x&flag=y&waited=2&sort=random&at=z").link("/c/x/desk", ""), "/c/x/desk");
    }
    #[test]
    fn after_a_decision_among_all_entries_those_that_wait_come_next() {
        assert_eq!((Filter::of("state=all").next().state, Filter::of("state=queried").next().state), ("waiting", "queried"));
    }
    #[test]
    fn a_place_survives_its_own_link_in_every_order() {
        for query in ["from=7", "before=7", "last=1", "sort=since&from=7&at=1800000000000001", "state=queried&sort=due&before=7&at=1800000000000001"] {
            let filter = Filter::of(query);
            let link = filter.link("", &filter.place.query());
            assert_eq!(Filter::of(link.trim_start_matches('?')), filter, "{query}");
        }
    }
    #[test]
    fn what_has_no_day_is_not_sorted_by_it_and_a_search_goes_by_number() {
        let sorts = ["state=valid&sort=since", "state=waiting&sort=due", "sort=since&q=an", "state=queried&sort=due", "sort=since"].map(|q| Filter::of(q).sort);
        assert_eq!(sorts, ["number", "number", "number", "due", "since"]);
    }
    #[test]
    fn doubts_are_named_by_their_bits() {
        assert_eq!(flags_of(1 | 16).collect::<Vec<_>>(), ["same-person", "mail-failed"]);
    }
}
