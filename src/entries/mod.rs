//! The named side's work before the cut: drafts, submissions, receipts, answers to queries; and the desk's screening.
pub mod actions;
pub mod ages;
pub mod asked;
pub mod desk;
pub mod forms;
pub mod guards;
pub mod handlers;
pub mod model;
pub mod pages;
pub mod reading;
pub mod receipt_page;
pub mod reminders;
pub mod rules;
pub mod store;
pub mod store_jobs;
