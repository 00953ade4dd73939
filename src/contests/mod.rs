//! The call: categories, limits, rubric, ranking groups, units, prizes, dates; how a contest is made from a file.
pub mod head;
pub mod rules;

pub use head::{Contest, get_contest};
