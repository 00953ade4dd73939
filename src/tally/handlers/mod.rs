//! HTTP in and out.
mod standings;

pub use standings::{answer_tie, show_standings};
