//! The contestant's own list: what of it is asked for, and what it adds up to. All of it is one account's, so it is read at
//! once and filtered here.
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::Listed;
use super::rules::{Locked, has_ended, may_edit};
use crate::contests::Contest;
use crate::documents::fold;

/// What can be asked for, in this order; `unsent` is any entry with changes that were not sent.
pub const STATES: [&str; 8] = ["draft", "unsent", "waiting", "queried", "valid", "refused", "withdrawn", "struck_out"];
/// Entries on a page.
pub const ON_A_PAGE: usize = 50;
/// So many are seen at a glance: no search above them.
pub const AT_A_GLANCE: usize = 8;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFilter {
    /// One of `STATES`; empty: all.
    pub state: &'static str,
    /// Part of a title or a name, or an entry number; as typed.
    pub wanted: String,
    pub category: Option<Uuid>,
    /// From 1.
    pub page: usize,
}

/// Until when something is asked of the contestant before an hour of its own: an answer to a query, a repaired text after the cut,
/// or an entry that was given more time.
pub fn asked_until(contest: &Contest, e: &Listed) -> Option<DateTime<Utc>> {
    match e.entry.state.as_str() {
        "queried" => Some(contest.queries_close_at),
        state if has_ended(state) => None,
        _ if e.entry.cut => e.repair_due,
        _ => e.entry.extended_to.filter(|until| *until > contest.closes_at),
    }
    .filter(|until| contest.now < *until)
}

impl ListFilter {
    /// From the query of an address; what is not understood is as if it were not there.
    pub fn of(query: &str) -> ListFilter {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let asked = |name: &str| pairs.iter().find(|(k, _)| k == name).map(|(_, v)| v.trim()).unwrap_or_default();
        ListFilter {
            state: STATES.into_iter().find(|s| *s == asked("state")).unwrap_or_default(),
            wanted: asked("q").chars().filter(|c| !c.is_control()).take(200).collect(),
            category: asked("category").parse().ok(),
            page: asked("page").parse().ok().filter(|n| (1..=100_000).contains(n)).unwrap_or(1),
        }
    }
    /// Nothing is asked for.
    pub fn is_plain(&self) -> bool {
        self.state.is_empty() && self.wanted.is_empty() && self.category.is_none()
    }
    /// `?state=…`; empty for the first page of all.
    pub fn query(&self) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            let _ = write!(out, "{}{name}={value}", if out.is_empty() { '?' } else { '&' });
        };
        for (name, value) in [("state", self.state), ("q", self.wanted.as_str())] {
            if !value.is_empty() {
                add(name, value);
            }
        }
        if let Some(category) = self.category {
            add("category", &category.to_string());
        }
        if self.page > 1 {
            add("page", &self.page.to_string());
        }
        out
    }
    /// Whether an entry is asked for.
    pub fn fits(&self, contest: &Contest, e: &Listed) -> bool {
        let state = match self.state {
            "" => true,
            "unsent" => is_unsent(contest, e),
            state => e.entry.state == state,
        };
        state && self.category.is_none_or(|k| e.category == Some(k)) && self.finds(e)
    }
    fn finds(&self, e: &Listed) -> bool {
        let key = fold(&self.wanted);
        let number = key.replace(['.', ','], "").parse().ok();
        key.is_empty() || (number.is_some() && e.entry.number == number) || fold(&e.title).contains(&key) || fold(&e.authors).contains(&key)
    }
}

/// Whether changes wait to be sent, and still can be.
pub fn is_unsent(contest: &Contest, e: &Listed) -> bool {
    e.changed && may_edit(contest, &e.entry).is_ok()
}

/// Whether a draft that was never sent can be sent no more.
pub fn is_late(contest: &Contest, e: &Listed) -> bool {
    e.entry.state == "draft" && may_edit(contest, &e.entry) == Err(Locked::Closed)
}

/// How many are in each of `STATES`.
pub fn counts(contest: &Contest, entries: &[Listed]) -> [(&'static str, usize); STATES.len()] {
    STATES.map(|state| {
        let filter = ListFilter { state, wanted: String::new(), category: None, page: 1 };
        (state, entries.iter().filter(|e| filter.fits(contest, e)).count())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::model::Entry;
    use chrono::DateTime;

    fn listed(number: i32, title: &str, authors: &str) -> Listed {
        let at = DateTime::UNIX_EPOCH;
        let entry = Entry {
            id: Uuid::nil(),
            state: "waiting".into(),
            number: Some(number),
            version: 1,
            cut: false,
            sealed: false,
            by_post: false,
            extended_to: None,
            state_at: at,
            submitted_at: Some(at),
        };
        Listed { entry, title: title.into(), category: None, authors: authors.into(), due_at: None, repair_due: None, at, changed: false }
    }

    #[test]
    fn a_title_a_name_or_a_number_is_found_whatever_its_accents() {
        let e = listed(1234, "Đường về bản", "Đặng Thị Hòa, Lê An");
        for (wanted, found) in
            [("", true), ("duong ve", true), ("DANG THI HOÀ", true), ("le an", true), ("1.234", true), ("1234", true), ("123", false), ("bình", false), ("%", false)]
        {
            let filter = ListFilter { wanted: wanted.into(), ..ListFilter::of("") };
            assert_eq!(filter.finds(&e), found, "{wanted}");
        }
    }
    #[test]
    fn a_filter_survives_its_own_link_and_nonsense_is_the_whole_list() {
        let filter = ListFilter { state: "queried", wanted: "đặng & sơn".into(), category: Some(Uuid::from_u128(7)), page: 3 };
        assert_eq!(ListFilter::of(filter.query().trim_start_matches('?')), filter);
        let odd = ListFilter::of("state=cut&category=x&page=0&page=9&q=%00");
        assert!(odd.is_plain() && odd.page == 1 && odd.query().is_empty());
    }
}
