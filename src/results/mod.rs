//! Prizes, the seal, the opening, decisions on collectives, publication. Up to the opening everything here goes by code.
pub mod forms;
pub mod guards;
pub mod handlers;
pub mod pages;
pub mod record_page;
pub mod record_words;
pub mod rules;
pub mod store;
