//! HTTP in and out, a file for each page.
mod collectives;
mod opening;
mod prizes;
mod public;
mod record;

pub use collectives::{decide, publish, show_collectives, withdraw};
pub use opening::{show_opening, turn_key};
pub use prizes::{answer_reopening, propose, seal, show_prizes};
pub use public::show_results;
pub use record::show_record;
