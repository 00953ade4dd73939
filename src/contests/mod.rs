//! The call: categories, limits, rubric, ranking groups, units, prizes, dates; how a contest is made from a file.
pub mod guards;
pub mod head;
pub mod rules;

pub use guards::{ContestKey, Wearing, slug_of};
pub use head::{Contest, get_contest};
