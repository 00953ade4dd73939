//! The blind side: papers, assignment, mark sheets, the discrepancy ladder. Nothing here knows who wrote a paper; a judge
//! sees the own assignments, the chair every paper by its code.
pub mod forms;
pub mod guards;
pub mod handlers;
pub mod model;
pub mod pages;
pub mod rules;
pub mod store;
