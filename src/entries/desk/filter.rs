//! What of the queue is shown: kept in the address, so that every link and every decision keeps it.
use std::fmt::Write as _;

use uuid::Uuid;

/// States that the queue can be filtered by, in its order; `all` is every one.
pub const STATES: [&str; 6] = ["waiting", "queried", "valid", "refused", "withdrawn", "all"];

/// The filter of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// One of `STATES`.
    pub state: &'static str,
    /// As typed; Postgres folds it.
    pub wanted: String,
    pub category: Option<Uuid>,
    /// The first number of the page of the list.
    pub from: i32,
}

impl Filter {
    /// From the query of an address; what is not understood is as if it were not there.
    pub fn of(query: &str) -> Filter {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let asked = |name: &str| pairs.iter().find(|(k, _)| k == name).map(|(_, v)| v.trim()).unwrap_or_default();
        Filter {
            state: STATES.into_iter().find(|s| *s == asked("state")).unwrap_or("waiting"),
            wanted: asked("q").chars().filter(|c| !c.is_control()).take(200).collect(),
            category: asked("category").parse().ok(),
            from: asked("from").parse().ok().filter(|n| *n > 0).unwrap_or(1),
        }
    }
    /// The state as Postgres takes it: empty for every one.
    pub fn in_state(&self) -> &'static str {
        if self.state == "all" { "" } else { self.state }
    }
    /// The same filter for what comes after a decision: of all entries, those that wait.
    pub fn next(&self) -> Filter {
        Filter { state: if self.state == "all" { "waiting" } else { self.state }, from: 1, ..self.clone() }
    }
    /// `?state=…`, without the place in the list; empty for the plain queue.
    pub fn query(&self) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            let _ = write!(out, "{}{name}={value}", if out.is_empty() { '?' } else { '&' });
        };
        if self.state != "waiting" {
            add("state", self.state);
        }
        if !self.wanted.is_empty() {
            add("q", &self.wanted);
        }
        if let Some(category) = self.category {
            add("category", &category.to_string());
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
        let filter = Filter { state: "queried", wanted: "đặng & sơn".into(), category: Some(id), from: 1 };
        let link = filter.link("/c/x/desk", "said=y");
        assert_eq!(Filter::of(link.split_once('?').unwrap().1), filter);
        assert_eq!(Filter::of("state=sealed&from=-3&category=1").link("/c/x/desk", ""), "/c/x/desk");
    }
    #[test]
    fn after_a_decision_among_all_entries_those_that_wait_come_next() {
        assert_eq!((Filter::of("state=all").next().state, Filter::of("state=queried").next().state), ("waiting", "queried"));
    }
}
