//! HTTP in and out.
mod list;
mod standings;

pub use list::export;
pub use standings::{answer_tie, show_standings, show_to_organizer};
