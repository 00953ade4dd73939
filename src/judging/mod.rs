//! The blind side: papers, assignment, mark sheets, the discrepancy ladder. Nothing here knows who wrote a paper; a judge
//! sees the own assignments, the chair every paper by its code.
pub mod batch;
pub mod board_acts_pages;
pub mod board_forms;
pub mod board_guards;
pub mod board_pages;
pub mod board_rules;
pub mod deal;
pub mod forms;
pub mod guards;
pub mod handlers;
pub mod model;
pub mod pages;
pub mod print_pages;
pub mod request_forms;
pub mod request_pages;
pub mod rules;
pub mod shown;
pub mod store;
pub mod store_acts;
pub mod store_batch;
pub mod store_board;
pub mod store_reopening;
pub mod store_print;
pub mod store_requests;
