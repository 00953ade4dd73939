//! The demonstration: four contests with everybody in them, loaded into an empty database that bears its mark from then on, and
//! the page where its letters can be read (docs/decisions/0013); or, at size, two by which everything is measured.
mod at_size;
mod cast;
mod command;
mod desk;
mod dice;
mod essays;
mod guards;
pub mod handlers;
mod load;
mod marking;
mod marks;
pub mod pages;
mod plan;
mod results;
mod rules;
mod store;
mod store_acts;
mod store_at_size;
mod submitting;
mod world;

pub use at_size::{AtSize, mark};
pub use command::Command;
pub use load::{What, load, why_not};
pub use plan::Plan;
pub use store::{hold_back_servers, is_marked, is_served, is_unfinished, wait_for_a_mark};
