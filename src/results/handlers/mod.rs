//! HTTP in and out, a file for each page.
mod collectives;
mod corrections;
mod decisions;
mod holders;
mod keyed;
mod minutes;
mod opening;
mod prizes;
mod public;
mod record;
mod strikes;
mod unmet;

pub use collectives::{propose_award, propose_take_back, publish, show_collectives};
pub use corrections::{propose_correction, show_correction};
pub use decisions::{confirm_decision, drop_decision, show_decisions};
pub use holders::{confirm_holder, drop_holder, propose_holder, show_keys};
pub use minutes::{show_opening_minutes, show_seal_minutes};
pub use opening::{show_opening, turn_key};
pub use prizes::{answer_reopening, propose, seal, show_prizes};
pub use public::{show_edition, show_results};
pub use record::show_record;
pub use strikes::{confirm_strike, drop_strike, propose_strike, show_strikes};
