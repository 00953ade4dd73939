//! Which of the own papers a judge is looking at: kept in the address, so that every link and every button keeps it.
use super::store::Queued;
use crate::platform::http::query_value;

/// The states that the queue can be narrowed to, in its order. Whether a reading is a first or a third one is none of them.
pub const STATES: [&str; 3] = ["open", "begun", "marked"];

/// All papers, or those in one state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown(&'static str);

impl Shown {
    /// From the query of an address; what is not understood is as if it were not there.
    pub fn of(query: &str) -> Shown {
        let asked = query_value(query, "state").unwrap_or_default();
        Shown(STATES.into_iter().find(|s| *s == asked).unwrap_or_default())
    }
    /// One of `STATES`, or empty.
    pub fn state(self) -> &'static str {
        self.0
    }
    /// An address that keeps it.
    pub fn keep(self, path: &str) -> String {
        match (self.0, path.contains('?')) {
            ("", _) => path.to_owned(),
            (state, false) => format!("{path}?state={state}"),
            (state, true) => format!("{path}&state={state}"),
        }
    }
    /// Whether a line of the queue is among them; a paper sent back is only among all.
    pub fn takes(self, q: &Queued) -> bool {
        self.0.is_empty() || self.0 == state_of(q)
    }
}

/// open | begun | marked | recused. Begun: a draft is there, and no sheet.
pub fn state_of(q: &Queued) -> &str {
    if q.state == "open" && q.begun { "begun" } else { &q.state }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_kept_in_every_address() {
        let shown = Shown::of("said=x&state=begun");
        assert_eq!((shown.keep("/m/A"), shown.keep("/m/A?said=x")), ("/m/A?state=begun".into(), "/m/A?said=x&state=begun".into()));
    }
    #[test]
    fn a_state_that_is_none_shows_all() {
        for query in ["", "state=", "state=third", "state=recused", "state=%00"] {
            assert_eq!(Shown::of(query), Shown::default(), "{query}");
        }
        assert_eq!(Shown::default().keep("/m"), "/m");
    }
}
