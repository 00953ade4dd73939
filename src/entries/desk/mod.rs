//! The desk: the queue, one entry with its slip, a decision on the version it saw.
pub mod filter;
pub mod guards;
pub mod handlers;
pub mod hits;
pub mod model;
pub mod pages;
pub mod rules;
pub mod store;
