//! The crossings: the only room that may mention both sides.
pub mod forms;
pub mod handlers;
pub mod pages;
pub mod rules;
pub mod store;
