//! HTTP in and out, for the desk.
mod after_cut;
mod changes;
mod decide;
mod export;
mod extension;
mod flags;
mod gather;
mod kept;
mod queue;
mod selection;
mod show;
mod text;
mod texts;

pub use after_cut::{grant_withdrawal, show_after_cut, strike_out};
pub use changes::show_changes;
pub use decide::{DecisionForm, decide};
pub use export::export;
pub use extension::{extend, extend_drafts, show_draft_extension, show_extension};
pub use flags::settle;
pub use kept::{remove_search, remove_template, save_search, save_template, show_templates, show_units};
pub use queue::show_desk;
pub use selection::{decide_selection, show_selection};
pub use show::{download, show_entry};
pub use text::{amend, show_text};
