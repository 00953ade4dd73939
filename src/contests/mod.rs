//! The call: categories, limits, rubric, ranking groups, units, prizes, dates; how a contest is made from a file, and the
//! page where its organizer invites officials.
pub mod call;
pub mod editor;
pub mod file;
pub mod form_rules;
pub mod forms;
pub mod guards;
pub mod handlers;
pub mod head;
pub mod invite_form;
pub mod invite_pages;
pub mod invite_rows;
pub mod load;
pub mod model;
pub mod notice_form;
pub mod notice_pages;
pub mod organizer_pages;
pub mod pages;
pub mod people_pages;
pub mod phase;
pub mod rows;
pub mod rules;
pub mod shipped;
pub mod rules_pages;
pub mod store;
pub mod store_asked;
pub mod store_notices;
pub mod store_rules;
pub mod store_turns;
pub mod turns;

pub use guards::{ContestKey, Wearing, slug_of};
pub use head::{Contest, get_contest};
