//! Prizes, the seal, the opening, decisions on collectives, publication. Up to the opening everything here goes by code.
pub mod decisions_page;
pub mod forms;
pub mod guards;
pub mod handlers;
pub mod keys_pages;
pub mod pages;
pub mod record_page;
pub mod record_words;
pub mod rules;
pub mod store;
pub mod store_decisions;
pub mod store_keys;
pub mod store_strikes;
pub mod strikes_page;
pub mod store_verify;
